"""How much of a family file is read, and why no more."""

MEGABYTE = 1024 * 1024

# The largest public trees we know of (under 5,000 people) are about 2 MB.
FILE_BYTES = 20 * MEGABYTE
# A family around a child has tens of people, a whole published dynasty hundreds.
PEOPLE = 20_000
ROWS = 400_000
# GEDCOM 5.5.1 allows 255 characters in a line; version 7 sets no limit. A book is a mistake.
LINE_CHARACTERS = 20_000
# Warnings are read by a person; past this many they are counted.
WARNINGS = 500

# Of the child process that opens files from outside.
SECONDS = 20
MEMORY_BYTES = 512 * MEGABYTE
