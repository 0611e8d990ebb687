"""The demonstration's families as text: a folder for each, with one TOML file per agency's history.

The story is what is written and read by people; the spreadsheets are made from it. It must never be
read by the product in place of the spreadsheets: the demonstration goes through the real import.
Agencies and practitioners stand in the file of the family they were first named for, and any other
family may name them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FIRST = "rudland"  # the family most pages and tests speak of


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One event as one agency wrote it; names are keys of `family.toml`, dates are EDTF text.

    `shared_on` has no date, one date for every agency told, or one for each in the same order.
    """

    agency: str
    id: str
    date: str
    by: str
    how_known: str
    people: tuple[str, ...]
    kind: str
    domain: tuple[str, ...]
    what: str
    significance: str
    told_by: str = ""
    impact: str = ""
    action: str = ""
    known_from: str = ""
    shared_with: tuple[str, ...] = ()
    shared_on: tuple[str, ...] = ()

    @property
    def known(self) -> str:
        """When the agency came to know it: as written, else the date of the event."""
        return self.known_from or self.date

    def told_on(self, agency: str) -> str:
        """The date on which `agency` was told. Raises ValueError where it was not."""
        place = self.shared_with.index(agency)
        return self.shared_on[place] if len(self.shared_on) > 1 else self.shared_on[0]


def families() -> tuple[str, ...]:
    """The folder of every family, in the order of their references."""
    found = [path.parent.name for path in FOLDER.glob("*/family.toml")]
    return tuple(
        sorted(found, key=lambda name: read_toml("family.toml", name)["case"]["reference"])
    )


def read_story(family: str = FIRST) -> tuple[StoryRow, ...]:
    """Every row, agency by agency. Raises TypeError where an entry has a key it should not."""
    return tuple(
        row for path in sorted((FOLDER / family / "story").glob("*.toml")) for row in _rows_of(path)
    )


def read_toml(name: str, family: str = FIRST) -> dict[str, Any]:
    """One of a family's own files, such as `family.toml`, `layouts.toml` or `network.toml`."""
    return tomllib.loads((FOLDER / family / name).read_text(encoding="utf-8"))


def is_told(name: str, family: str = FIRST) -> bool:
    """Whether a family has a file of its own of this name."""
    return (FOLDER / family / name).is_file()


def read_partnership() -> dict[str, list[dict[str, Any]]]:
    """Every `agency` and `practitioner` of the demonstration, whichever family named them."""
    told = [read_toml("family.toml", family) for family in families()]
    return {
        kind: [one for family in told for one in family[kind]]
        for kind in ("agency", "practitioner")
    }


def read_links() -> list[dict[str, Any]]:
    """The judgements on whether people of two families are one, as `links.toml` says."""
    return tomllib.loads((FOLDER / "links.toml").read_text(encoding="utf-8"))["link"]


def _rows_of(path: Path) -> list[StoryRow]:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_row(told["agency"], entry) for entry in told["entry"]]


def _row(agency: str, entry: dict[str, Any]) -> StoryRow:
    known = {field.name for field in fields(StoryRow)}
    if strange := set(entry) - known:
        raise TypeError(
            f"{entry.get('id')}: no such part of an entry: {', '.join(sorted(strange))}"
        )
    dates = entry.get("shared_on", [])
    lists = {name: tuple(entry.get(name, ())) for name in ("people", "domain", "shared_with")}
    lists["shared_on"] = (dates,) if isinstance(dates, str) else tuple(dates)
    return StoryRow(agency=agency, **{**entry, **lists})
