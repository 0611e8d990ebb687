"""How much of a file is read, and why no more: every limit of the file reader in one place."""

MEGABYTE = 1024 * 1024

# A chronology of 60,000 rows with long narratives is about 15 MB as XLSX.
UPLOAD_BYTES = 20 * MEGABYTE
# A child's file holds hundreds of events and an agency's export thousands; more than this is a
# register of many families and belongs to a different kind of transfer.
ROWS = 60_000
# The widest agency layout we know of has under 30 columns.
COLUMNS = 60
# Excel itself holds 32,767 characters in a cell; a pasted report is longer, a book is a mistake.
CELL_CHARACTERS = 50_000
SHEETS = 60

# Processor seconds the child may use. An ordinary file of 5,000 rows takes about one.
SECONDS = 20
# Address space of the child. Sheets are streamed, so files at the limits above fit; a file built
# to fill memory stops here.
MEMORY_BYTES = 256 * MEGABYTE

# An ordinary workbook has 10 to 100 parts inside.
ARCHIVE_MEMBERS = 2_000
# 20 MB of spreadsheet XML shrinks about tenfold when packed.
INFLATED_BYTES = 250 * MEGABYTE
# Spreadsheet XML shrinks 5 to 50 times; deflate cannot pass 1,032. Small parts may shrink freely.
INFLATION_RATIO = 200
RATIO_FREE_BYTES = 5 * MEGABYTE
# The child gives up on one tag or attribute longer than this: text is never inside a tag.
TAG_BYTES = 1 * MEGABYTE

# How far down a sheet the row of column headings is looked for.
HEADER_SEARCH_ROWS = 40
SAMPLE_ROWS = 5
# Merged areas remembered per sheet; hand-kept chronologies have a few hundred.
MERGED_AREAS = 20_000
