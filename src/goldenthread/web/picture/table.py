"""The picture as a table: every entry with its lanes, its date, its source and how it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.web.case.history.sentences import KIND_LABELS, STANDING_WORDS
from goldenthread.web.kit.words import machine_date
from goldenthread.web.picture.counts import when_of
from goldenthread.web.picture.scene import Placed, Scene, beginning

# Enough of an entry to know which one is meant; the entry itself is one press away.
SHORT = 160


@dataclass(frozen=True, slots=True)
class TableRow:
    """One entry, ready to show."""

    id: str
    href: str
    when: str
    machine: str | None
    lanes: tuple[str, ...]
    kind: str
    text: str
    agency: str
    how: str
    standing: str
    is_asked_about: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, what they are in words, and whether the table opens by itself."""

    rows: tuple[TableRow, ...]
    caption: str
    is_open: bool


def table_of(scene: Scene, behind: Iterable = ()) -> Table:
    """Every entry of the drawn time, those without a date last; one lane's alone where chosen."""
    chosen, names = scene.asked.lane, scene.names()
    asked = frozenset(behind)
    shown = [
        one
        for one in scene.placed
        if (scene.is_drawn(one.happened) or not one.happened.is_known)
        and (not chosen or chosen in one.lanes)
    ]
    rows = tuple(_row(one, scene, names, one.entry.id in asked) for one in shown)
    caption = names.get(chosen, "Every entry drawn") if chosen else "Every entry drawn"
    return Table(rows, caption, bool(chosen) or len(rows) <= 12)


def _row(one: Placed, scene: Scene, names: dict[str, str], is_asked_about: bool) -> TableRow:
    said = one.entry.statement
    return TableRow(
        id=f"row-{said.id}",
        href=scene.address_of(said.id),
        when=when_of(one),
        machine=machine_date(said.happened),
        lanes=tuple(names[lane] for lane in one.lanes),
        kind=KIND_LABELS.get(said.kind, said.kind),
        text=beginning(one.entry, SHORT),
        agency=one.entry.agency.name,
        how=scene.say.how(one.entry),
        standing=STANDING_WORDS.get(one.entry.standing, ""),
        is_asked_about=is_asked_about,
    )
