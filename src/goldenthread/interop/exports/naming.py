"""What a file is called: of which family, as known on which day, by whom it was made and when.

A CSV or a family tree holds entries and nothing beside them: a line of its maker's within would be
read back as one. So its name says it. It never holds the name of anybody of the family.
"""

from __future__ import annotations

import re
from datetime import date

from goldenthread.domain.people.names import fold


def file_name(what: str, reference: str, *, as_of: date, maker: str, on: date, ending: str) -> str:
    """`chronology-GT-0001-2026-06-10-by-priya-nair.csv`; the day it was made where it is another.

    `maker` is the practitioner's name; only letters and digits of it and of the reference stay.
    """
    family = "".join(c for c in reference if c.isalnum() or c == "-")
    by = re.sub(r"[^a-z0-9]+", "-", fold(maker)).strip("-") or "somebody"
    made = "" if on == as_of else f"-made-{on.isoformat()}"
    return f"{what}-{family}-{as_of.isoformat()}{made}-by-{by}.{ending}"
