"""What changed between two versions, in words a newcomer can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.domain.plans.difference import ChangeOf, RowChange
from goldenthread.domain.plans.plan import Pin, Who, WhomToRing
from goldenthread.domain.shared.word import Word
from goldenthread.usecases.plans.shown import EntryLine, Named
from goldenthread.web.kit.words import date_in_words, day_in_words, listed

# What each field of a row is called; those not named here are told by the row's own words.
FIELDS = {
    "who_is_worried": "Who is worried",
    "about_what": "About what",
    "if_nothing_changes": "If nothing changes",
    "adult_does": "What the adult does",
    "child_experiences": "What the child experiences",
    "professionals_see": "What professionals see",
    "about": "About whom",
    "what": "What",
    "who": "Who",
    "parts": "When",
    "times": "Times",
    "red_flag": "At which red flag",
    "until": "Until when",
    "own_words": "In words for whoever does it",
    "asks_of": "What it asks of them",
    "situation": "If",
    "if_words": "If",
    "then_words": "Then",
    "nature": "What sort",
    "words": "What is taken to be so",
    "people": "Of whom",
    "practitioners": "Who keeps an eye",
    "household": "Where",
    "rests_on": "Entries it rests on",
}
_TITLES = {"dangers": "about_what", "actions": "what", "what_ifs": "then_words"}


def changes_shown(
    changes: Iterable[RowChange], named: Named, entries: Mapping[UUID, EntryLine]
) -> list[dict[str, object]]:
    """Each change with what was and what is, field by field; `entries` are those it may name."""
    return [_shown(one, _Words(named, entries)) for one in changes]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a change may name."""

    named: Named
    entries: Mapping[UUID, EntryLine]


def _shown(one: RowChange, named: _Words) -> dict[str, object]:
    row = (
        one.after if one.after is not None and one.change is not ChangeOf.TAKEN_OUT else one.before
    )
    title = ""
    if hasattr(row, "key"):
        title = str(getattr(row, _TITLES.get(one.part, "words"), ""))
    lines = []
    for field in one.fields if hasattr(row, "key") else (None,):
        before, after = _said(one.before, field, named), _said(one.after, field, named)
        if before != after:
            name = FIELDS.get(field or "", "")
            lines.append({"name": name, "before": before, "after": after})
    return {"part": one.title, "change": one.change.label, "title": title, "lines": lines}


def _said(row: Any, field: str | None, named: _Words) -> str:
    return _words(getattr(row, field, None) if field else row, named)


def _words(value: Any, known: _Words) -> str:
    named = known.named
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        if all(isinstance(one, str) and not isinstance(one, Word) for one in value):
            return "; ".join(one.rstrip(".") for one in value)
        return listed([_words(one, known) for one in value])
    if isinstance(value, Pin):
        line = known.entries[value.statement]
        return f"{line.agency_name}, {date_in_words(line.happened, weekday=False)}"
    if isinstance(value, Word):
        return value.label
    if isinstance(value, Who):
        return named.of(value)
    if isinstance(value, WhomToRing):
        return " ".join(filter(None, (value.name, value.number, value.when)))
    if isinstance(value, UUID):
        home = named.households.get(value)
        person = named.of(Who(value)) if value in named.people else ""
        row = named.practitioners.get(value)
        return home.name if home else person or (row.name if row else "Somebody not known to you")
    return day_in_words(value) if isinstance(value, date) else str(value)
