"""The columns of our own relations CSV. See docs/reference/relations-csv.md.

One file holds a whole network: a row for each person, household and agency, and a row for each
claim. `kind` says which; the names and words are permanent.
"""

from __future__ import annotations

PERSON, HOUSEHOLD, AGENCY = "person", "household", "agency"

# What is said, in the order a person would read it.
OF_A_CLAIM = (
    "id kind person other household agency nature happened polarity status days nights words"
).split()
# Who said it: `said_by` is the agency by name, `known_from` the day it was known to it.
OF_A_SOURCE = ("said_by how_known known_from said_by_id statement author told_by standing").split()
OF_A_PERSON = (
    "name gender born died due loss role is_child is_identified description birth_order"
).split()
NAMES: tuple[str, ...] = (*OF_A_CLAIM, *OF_A_SOURCE, *OF_A_PERSON)

YES, NO = "yes", "no"
