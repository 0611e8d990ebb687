"""Who has looked at a family's record, as one reader may be told of it.

The trail holds more than any reader may know: that somebody read an entry tells that there is one.
So what is not plainly allowed is left out, and never counted. Four rules, the first that fits:

1. What was done to something the reader may not read is left out, for everybody but whoever did it.
2. Of reading an entry, another agency's is shown to the agency that made the entry and to a chair:
   what somebody did with what they were told is between the two (`read_sharing`).
3. Looks at the family as a whole are shown, of another agency by the day and without a number.
4. Any other kind of event is left out: a new kind has to be allowed here.

Refusals are not shown: who was kept out may be kept out because of what is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Outcome
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word


class TrailNotWritten(Exception):
    """A look or a change could not be written down, so it must not be: no row, no page."""


class Doing(Word):
    """What sort of thing somebody did, as the page says it."""

    BROKE = "broke", "Broke the glass"
    OPENED = "opened", "Opened the record"
    READ = "read", "Read"
    ADDED = "added", "Added"
    ANSWERED = "answered", "Corrected, withdrew or disputed"
    TOLD = "told", "Recorded who was told of"
    WORKED = "worked", "Worked on"
    TOOK_COPY = "took_copy", "Took a copy away"


# Of the family as a whole: how they are told, where the event names nothing by its id.
_OF_FAMILY: dict[str, Doing] = {
    Action.VIEW_FAMILY: Doing.OPENED,
    Action.EXPORT_CHRONOLOGY: Doing.TOOK_COPY,
    PartnershipAction.BREAK_GLASS: Doing.BROKE,
}
# Of an entry that the reader may read.
_OF_ENTRY: dict[str, Doing] = {
    Action.VIEW_ENTRY: Doing.READ,
    Action.RECEIVE_ENTRY: Doing.READ,
    Action.ADD_ENTRY: Doing.ADDED,
    Action.ANSWER_ENTRY: Doing.ANSWERED,
    Action.SHARE_ENTRY: Doing.TOLD,
    Action.JUDGE_SIGNIFICANCE: Doing.WORKED,
    Action.LINK_EVENTS: Doing.WORKED,
}
# Pages of the whole family that the trail names by a word.
_WHOLE = frozenset({"", "search", "sharing", "who-has-looked", "who-may-open", "family-ledger"})
# Told before any other rule of the day: nobody reads past it.
GLASS_BROKEN = "glass-broken"
# By which rule somebody was let in, of anybody; a rule that is not here is not told.
RULES_OF_ANYBODY = {
    "allocated-worker": "Allocated to this family",
    "conference-chair": "Conference chair",
    "named-member": "Named member of the team",
    "same-agency": "A colleague is part of the team",
    GLASS_BROKEN: "Broke the glass, for a reason that is reviewed",
}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the trail, as it was written."""

    at: datetime
    practitioner: UUID
    agency: UUID
    action: str
    outcome: str
    rule: str
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who reads the trail, and which entries they may read; `ours` are their agency's own."""

    practitioner: UUID
    agency: UUID
    is_chair: bool
    readable: frozenset[str]
    ours: frozenset[str] = frozenset()

    def is_near(self, agency: UUID) -> bool:
        """Whether the reader is told of this agency's people by the minute."""
        return self.is_chair or agency == self.agency


@dataclass(slots=True)
class Day:
    """What one person did in one family on one day, as the reader may know it.

    `things` are the entries each sort of doing was about, by id; empty for the family as a whole.
    `first_at` is None where the reader is told of the day alone.
    """

    day: date
    practitioner: UUID
    agency: UUID
    rule: str = ""
    things: dict[Doing, set[str]] = field(default_factory=dict)
    first_at: datetime | None = None


def is_look_at_family(action: str, outcome: str, resource: str) -> bool:
    """Whether an event is a look at a family as a whole, and at nothing in it that is named."""
    return outcome != Outcome.DENY and action in _OF_FAMILY and resource in _WHOLE


def doing_of(event: Happening, sight: Sight) -> tuple[Doing, frozenset[str]] | None:
    """What the reader may be told of an event, and about which entries; None for nothing."""
    if event.outcome == Outcome.DENY:
        return None
    ids = frozenset(_ID.findall(event.resource))
    if not ids:
        whole = _OF_FAMILY.get(event.action) if event.resource in _WHOLE else None
        return (whole, frozenset()) if whole else None
    doing = _OF_ENTRY.get(event.action)
    if doing is None:
        return None
    is_own = event.practitioner == sight.practitioner
    if not is_own and not ids <= sight.readable:
        return None
    is_between_others = doing is Doing.READ and not sight.is_near(event.agency)
    if is_between_others and not ids <= sight.ours:
        return None
    return doing, ids


def days_shown(events: Iterable[Happening], sight: Sight) -> list[Day]:
    """Who did what on which day, as the reader may know it; the latest day first."""
    found: dict[tuple[date, UUID], Day] = {}
    for event in events:
        told = doing_of(event, sight)
        if told is None:
            continue
        doing, ids = told
        day = day_of(event.at)
        one = found.setdefault(
            (day, event.practitioner), Day(day, event.practitioner, event.agency)
        )
        one.things.setdefault(doing, set()).update(ids)
        if not one.rule or event.rule == GLASS_BROKEN:
            one.rule = RULES_OF_ANYBODY.get(event.rule, "")
        if sight.is_near(event.agency):
            one.first_at = min(filter(None, (one.first_at, event.at)))
    return sorted(found.values(), key=lambda one: one.day, reverse=True)


def in_words(one: Day) -> str:
    """What was done that day: "Opened the record, read 3 entries, added an entry"."""
    said = []
    for doing in Doing:
        if doing not in one.things:
            continue
        number = len(one.things[doing])
        entries = "" if not number else " an entry" if number == 1 else f" {number} entries"
        said.append(f"{doing.label}{entries}")
    whole = ", ".join(said)
    return whole[:1] + whole[1:].lower()
