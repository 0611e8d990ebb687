"""What a file is called: of which family, as known on which day, by whom, for whom and when.

A CSV or a family tree holds entries and nothing beside them: a line of its maker's within would be
read back as one. So its name says it. It never holds the name of anybody of the family.
"""

from __future__ import annotations

import re
from datetime import date

from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.file_names import plain_in_name
from goldenthread.usecases.chronology.shown import Family

MOST_NAMED = 3


def file_name(what: str, *, family: Family, as_of: date, on: date, ending: str) -> str:
    """`chronology-GT-0001-2026-06-10-by-and-for-priya-nair.csv`.

    With the day it was made where it is another, and `by-priya-nair-for-ama-boateng` where it is
    for others. Of those only practitioners are named. Letters and digits alone stay of a name and
    of the reference.
    """
    reference = plain_in_name(family.case.reference)
    made = "" if on == as_of else f"-made-{on.isoformat()}"
    return f"{what}-{reference}-{as_of.isoformat()}{made}-{by_and_for(family)}.{ending}"


def by_and_for(family: Family) -> str:
    """By whom a file was made and for whom it is, as a part of its name."""
    maker = _plain(family.reader.name)
    named = [_plain(one.colleague) for one in family.given_to if one.colleague]
    if named == [maker] and len(family.given_to) == 1:
        return f"by-and-for-{maker}"
    others = "somebody-else" if len(family.given_to) > len(named) else ""
    whom = "-and-".join(filter(None, (*named[:MOST_NAMED], others)))
    more = "-and-others" if len(named) > MOST_NAMED else ""
    return f"by-{maker}-for-{whom}{more}" if whom else f"by-{maker}"


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "somebody"
