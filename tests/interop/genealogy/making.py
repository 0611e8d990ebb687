"""Family files as tests write them: lines, and everybody invented."""

from __future__ import annotations

import random
from textwrap import dedent

from goldenthread.interop.genealogy.found import FromFile
from goldenthread.interop.genealogy.reading import read_family

HEAD = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n2 FORM LINEAGE-LINKED\n1 CHAR UTF-8\n"


def gedcom(body: str, head: str = HEAD) -> bytes:
    """A GEDCOM file with these records."""
    return f"{head}{dedent(body).strip()}\n0 TRLR\n".encode()


def read(body: str, head: str = HEAD) -> FromFile:
    """What is found in a GEDCOM file with these records."""
    return read_family(gedcom(body, head), "family.ged")


def person(found: FromFile, key: str):
    """One person of it."""
    return next(one for one in found.network.people if one.id == key)


def said(found: FromFile) -> str:
    """All the warnings, as one text."""
    return "\n".join(warned.sentence for warned in found.warnings)


def claims(found: FromFile, kind: str) -> set[tuple[str, str, str]]:
    """Claims of one kind as (person, nature, other)."""
    return {(c.person, str(c.nature), c.other) for c in found.network.claims if c.kind == kind}


def shuffled(content: bytes, seed: int) -> bytes:
    """The same GEDCOM file with its records in another order."""
    first, *records = content.decode().split("\n0 ")
    last = records.pop()
    random.Random(seed).shuffle(records)
    return "\n0 ".join([first, *records, last]).encode()
