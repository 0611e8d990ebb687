"""What can be chosen on the History page, and what is chosen, said as a sentence.

Every choice is an address: it works without JavaScript, can be kept, and is the same for files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, Kind, Significance
from goldenthread.usecases.chronology.history_request import (
    NOT_JUDGED,
    Asked,
    pairs_of,
    query_of,
)
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.kit.words import counted, day_in_words

EVERY_AGENCY = "every agency I may see"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One question of the filter panel with its options."""

    name: str
    legend: str
    options: tuple[Option, ...]


def family_agencies(history: History) -> list[UUID]:
    """The agencies around this family, always in one order: by sort of agency, then name.

    Those of the team, those that made an entry shown, and those that know one.
    """
    seen = {member.agency for member in history.family.team}
    for entry in history.entries:
        seen.add(entry.agency.id)
        seen.update(knower.agency for knower in entry.knowers)
    order = {str(kind): place for place, kind in enumerate(AgencyKind)}
    rows = [history.agencies[agency] for agency in seen]
    return [row.id for row in sorted(rows, key=lambda r: (order.get(r.kind, 99), r.name))]


def viewpoint_options(history: History, asked: Asked) -> dict[str, list[Option]]:
    """The agencies whose knowledge can be shown: those around the family first, then the others."""
    near = family_agencies(history)
    others = [agency for agency in history.agencies if agency not in set(near)]
    return {
        "near": [_agency(history, a, asked.viewpoint.agency) for a in near],
        "others": [_agency(history, a, asked.viewpoint.agency) for a in others],
        "compare": [_agency(history, a, asked.compare) for a in (*near, *others)],
    }


def _agency(history: History, agency: UUID, chosen: UUID | None) -> Option:
    return Option(str(agency), history.agencies[agency].name, agency == chosen)


def filter_choices(history: History, asked: Asked) -> tuple[Choice, ...]:
    """The questions of the filter panel: only what this history has, and what is chosen already."""
    wanted = asked.sought
    said = [entry.statement for entry in history.entries]
    agencies = {s.agency for s in said} | wanted.agencies
    kinds = {s.kind for s in said} | wanted.kinds
    concerns = {c for s in said for c in s.concerns} | wanted.concerns
    judged = {e.significance for e in history.entries} | asked.significances
    return (
        Choice(
            "agency",
            "Recorded by",
            tuple(
                Option(str(row.id), row.name, row.id in wanted.agencies)
                for row in history.agencies.values()
                if row.id in agencies
            ),
        ),
        Choice(
            "person",
            "About",
            tuple(
                Option(str(one.person), one.name, one.person in wanted.people)
                for one in history.family.members
            ),
        ),
        Choice("concern", "Concern or strength", _of(Concern, concerns, wanted.concerns)),
        Choice("kind", "Kind of entry", _of(Kind, kinds, wanted.kinds)),
        Choice(
            "significance",
            "Significance",
            tuple(
                Option(str(word) or NOT_JUDGED, word.label, str(word) in asked.significances)
                for word in Significance
                if str(word) in judged
            ),
        ),
    )


def _of(vocabulary, present: Iterable[str], chosen: frozenset[str]) -> tuple[Option, ...]:
    found = set(present)
    return tuple(
        Option(str(word), word.label, str(word) in chosen)
        for word in vocabulary
        if str(word) in found
    )


def kept_fields(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """The hidden fields of a form that changes only the parts named."""
    return [(name, value) for name, value in pairs_of(asked) if name not in without]


def sentence(history: History, asked: Asked, address: str) -> list[str | dict[str, str]]:
    """What is shown as a sentence of chips, each removable; empty when nothing is left out."""
    if asked.is_everything:
        return []
    wanted = asked.sought
    parts: list[str | dict[str, str]] = [
        "Showing",
        {"chip": counted(len(history.entries), "entry", "entries")},
    ]

    def chips(before: str, chosen: Iterable[tuple[str, Asked]]) -> None:
        for place, (text, removed) in enumerate(chosen):
            parts.append(before if place == 0 else "or")
            parts.append({"chip": text, "href": address + query_of(removed)})

    def without(field: str, value: object) -> Asked:
        left = getattr(wanted, field) - {value}
        return replace(asked, sought=replace(wanted, **{field: left}))

    def each(field: str, name: Callable) -> list[tuple[str, Asked]]:
        values = sorted(getattr(wanted, field), key=name)
        return [(name(value), without(field, value)) for value in values]

    chips("recorded by", each("agencies", lambda a: history.agencies[a].name))
    people = {member.person: member.name for member in history.family.members}
    chips("about", each("people", lambda p: people[p]))
    chips("touching", each("concerns", Concern.label_of))
    chips("of the kind", each("kinds", Kind.label_of))
    judged = sorted(asked.significances)
    chips(
        "judged",
        [
            (Significance.label_of(s), replace(asked, significances=asked.significances - {s}))
            for s in judged
        ],
    )
    if asked.held_alone:
        chips("", [("that one agency held alone", replace(asked, held_alone=False))])
    if asked.between != (None, None):
        open_period = replace(asked, between=(None, None))
        chips("", [(between_words(asked.between), open_period)])
    if wanted.words:
        no_words = replace(asked, sought=replace(wanted, words=""), search="")
        chips("with the words", [(f"“{wanted.words}”", no_words)])
    return [part for part in parts if part]


def between_words(between: tuple[date | None, date | None]) -> str:
    """A period in words: "from 1 March 2026 to 31 March 2026", either end open."""
    first, last = between
    if first and last:
        return f"from {day_in_words(first)} to {day_in_words(last)}"
    return f"from {day_in_words(first)} on" if first else f"up to {day_in_words(last)}"


def whose_words(history: History, asked: Asked) -> str:
    """Whose knowledge is shown, within a sentence."""
    row = history.agencies.get(asked.viewpoint.agency) if asked.viewpoint.agency else None
    return row.name if row else "every agency you may see"


def what_left(history: History, asked: Asked) -> str:
    """What left the page by the viewpoint, in a sentence; empty when nothing did."""
    gone = history.not_yet_known
    if not gone:
        return ""
    verb = "was" if gone == 1 else "were"
    whom = whose_words(history, asked) if asked.viewpoint.agency else "any agency you may see"
    return (
        f"{counted(gone, 'entry', 'entries')} {verb} not yet known to {whom} "
        f"on {day_in_words(asked.on)}."
    )


def nobody_knew(history: History, asked: Asked) -> str:
    """What an empty page says: that nothing was known yet, or that there is nothing yet."""
    if not history.not_yet_known:
        return "There is nothing in this history yet."
    whom = whose_words(history, asked) if asked.viewpoint.agency else "any agency you may see"
    return f"Nothing in this history was known to {whom} on {day_in_words(asked.on)}."


def seen_as(history: History, asked: Asked) -> str:
    """The viewpoint, for the foot of the page and of every printed sheet."""
    reader = history.family.reader
    return (
        f"As known to {whose_words(history, asked)} on {day_in_words(asked.on)}. "
        f"Seen as {reader.agency_name}"
    )
