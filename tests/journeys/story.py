"""The demonstration family as journeys speak of it: who signs in, and what each row says."""

from __future__ import annotations

import re
from uuid import UUID

from goldenthread.interop.demo.loader import key
from goldenthread.interop.demo.story import read_story, read_toml

FAMILY = read_toml("family.toml")
EXPECTED = read_toml("expected.toml")
ROWS = {row.id: row for row in read_story()}
CASE: UUID = key("case", FAMILY["case"]["reference"])
PEOPLE = {someone["key"]: someone for someone in FAMILY["practitioner"]}
# And those who work with the second family, whom only its own journeys speak of.
SECOND = {one["key"]: one for one in read_toml("family.toml", "wetherill")["practitioner"]}
AGENCIES = {agency["key"]: agency["name"] for agency in FAMILY["agency"]}
NAMES = sorted(
    {
        person[part]
        for person in FAMILY["person"]
        for part in ("given_name", "family_name", "known_as")
        if person[part]
    }
)


def canary(row: str) -> str:
    """The longest stretch of a row's words that is the same in a page's bytes as in the story."""
    return max(re.split(r"[‘’“”'\"&<>\n]", ROWS[row].what), key=len).strip()


def rows_hidden_from(agency: str) -> list[str]:
    """The rows that matter and that another agency than this one held alone."""
    return [
        row for holder, rows in EXPECTED["held_alone"].items() if holder != agency for row in rows
    ]


def of_family(path: str = "") -> str:
    """The address of a page of the family."""
    return f"/families/{CASE}/{path}"
