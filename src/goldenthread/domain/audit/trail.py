"""Who has looked at a family's record, as one reader may be told of it.

The trail holds more than any reader may know: that somebody read an entry tells that there is one.
So what is not plainly allowed is left out, and never counted. Five rules, the first that fits:

1. What was done to something the reader may not know of is left out, for everybody but whoever did
   it.
2. Of reading an entry, another agency's is shown to the agency that made the entry and to a chair:
   what somebody did with what they were told is between the two (`read_sharing`). To others it is a
   look at the family.
3. Opening a page of the family, or taking a copy of it away, is a look at the family, whichever
   page it is. A page that is there whatever the record holds is told even where what stood on it is
   not the reader's to know: without that, the same page would have been opened.
4. Which page or copy it was is told of the reader's own agency, and to a chair. Of another agency
   the day is told, without a number.
5. Any other kind of event is left out: a new kind has to be allowed here.

Refusals are not shown: who was kept out may be kept out because of what is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
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


class Part(Word):
    """Which part of a family was opened, or copied: its page, and never which of several."""

    ENTRIES = "entries", "entries"
    NETWORK = "network", "the network"
    PICTURE = "picture", "the Picture"
    SUMMARY = "summary", "a summary"
    PLAN = "plan", "the safety plan"
    NEEDS = "needs", "an adult’s needs"
    DECISIONS = "decisions", "decisions"
    TO_ASK = "to_ask", "whom to ask before deciding"
    CHALLENGES = "challenges", "challenges"
    SHARING = "sharing", "who was told"
    REPLAY = "replay", "the replay"
    SEARCH = "search", "a search"
    ACCESS = "access", "who can open it"
    TEAM = "team", "the team around it"
    LOOKS = "looks", "who has looked"
    FOR_FAMILY = "for_family", "the copy for the family"
    PACKS = "packs", "a request for what is kept"
    FORM = "form", "a form to fill in"


# Of the family as a whole, or of something in it that is opened or copied as one page.
_OF_FAMILY: dict[str, Doing] = {
    Action.VIEW_FAMILY: Doing.OPENED,
    Action.EXPORT_CHRONOLOGY: Doing.TOOK_COPY,
    Action.CHECK_PACK: Doing.OPENED,
    Action.PREPARE_PACK: Doing.OPENED,
    Action.RELEASE_PACK: Doing.OPENED,
    PartnershipAction.BREAK_GLASS: Doing.BROKE,
}
# What is written is another event; with nothing named, its page or its form was opened.
_OPENS_TO_WRITE = frozenset(
    {
        Action.ADD_ENTRY, Action.IMPORT_CHRONOLOGY, Action.KEEP_ADDRESS, Action.WRITE_SUMMARY,
        Action.WRITE_PLAN, Action.SIGN_DECISION, Action.CHALLENGE_DECISION, Action.ANSWER_GAP,
        Action.ANSWER_QUESTION, Action.PUBLISH_CHRONOLOGY, Action.JOIN_TEAM,
    }
)  # fmt: skip
_BY_ITS_ID = frozenset(_OF_FAMILY) | {Action.VIEW_ENTRY, Action.RECEIVE_ENTRY}
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
# Pages of the whole family that the trail names by a word; there whatever the record holds.
_WHOLE: dict[str, Part | None] = {
    "": None,
    "search": Part.SEARCH,
    "network": Part.NETWORK,
    "picture": Part.PICTURE,
    "decisions": Part.DECISIONS,
    "decision": Part.DECISIONS,
    "before_deciding": Part.TO_ASK,
    "sharing": Part.SHARING,
    "who-has-looked": Part.LOOKS,
    "who-may-open": Part.ACCESS,
    "who-can-see": Part.ACCESS,
    "team": Part.TEAM,
    "conflicts": None,
    "family-ledger": Part.FOR_FAMILY,
    "sweep": Part.ENTRIES,
}
# The same by what the event says was opened: pages that are there with nothing on them too.
_PAGES: dict[str, Part] = {
    "plan": Part.PLAN,
    "needs": Part.NEEDS,
    "challenges": Part.CHALLENGES,
    "replay": Part.REPLAY,
    "packs": Part.PACKS,
    "form": Part.FORM,
}
# What is opened by its id, where the reader may know of it.
_BY_ID: dict[str, Part] = {
    "decision": Part.DECISIONS,
    "plan version": Part.PLAN,
    "own copy of a plan": Part.PLAN,
    "summary": Part.SUMMARY,
    "challenge": Part.CHALLENGES,
    "pack": Part.PACKS,
    "as it leaves": Part.PACKS,
    "pack taken out": Part.PACKS,
}
_TAKEN_OUT = "pack taken out"
# A page that shows by itself which thing it is about, one or another or none.
_CHOOSES = "plan"
# Told before any other rule of the day: nobody reads past it.
GLASS_BROKEN = "glass-broken"
# By which rule somebody was let in, of anybody; a rule that is not here is not told.
RULES_OF_ANYBODY = {
    "allocated-worker": "Allocated to this family",
    "conference-chair": "Conference chair",
    "named-member": "Named member of the team",
    "supervisor": "Supervises the allocated worker",
    "core-group-member": "Member of the core group",
    "strategy-meeting-member": "Member of a strategy meeting",
    "review-panel-member": "Member of a review panel",
    "same-agency": "A colleague is part of the team",
    GLASS_BROKEN: "Broke the glass, for a reason that is reviewed",
}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the trail, as it was written; `opened` is what it says was opened."""

    at: datetime
    practitioner: UUID
    agency: UUID
    action: str
    outcome: str
    rule: str
    resource: str = ""
    opened: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who reads the trail, and which entries they may read; `ours` are their agency's own.

    `known` are the ids of all in the family that they may know of, entries among it.
    """

    practitioner: UUID
    agency: UUID
    is_chair: bool
    readable: frozenset[str]
    ours: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def is_near(self, agency: UUID) -> bool:
        """Whether the reader is told of this agency's people by the minute."""
        return self.is_chair or agency == self.agency


@dataclass(slots=True)
class Day:
    """What one person did in one family on one day, as the reader may know it.

    `things` are the entries each sort of doing was about, by id; empty for the family as a whole.
    `parts` are the pages that were opened or copied, as far as they are told. `first_at` is None
    where the reader is told of the day alone.
    """

    day: date
    practitioner: UUID
    agency: UUID
    rule: str = ""
    things: dict[Doing, set[str]] = field(default_factory=dict)
    parts: dict[Doing, set[Part]] = field(default_factory=dict)
    first_at: datetime | None = None


class Told(NamedTuple):
    """What a reader is told of one event: what was done, to which entries, on which page."""

    doing: Doing
    ids: frozenset[str] = frozenset()
    part: Part | None = None


def is_look_at_family(
    action: str, outcome: str, resource: str, opened: str = "", known: frozenset[str] = frozenset()
) -> bool:
    """Whether an event is a look at a family for whoever asks of access, or a copy of any of it.

    At a page of the family always; at something by its id where that is `known` to whoever is told
    of it. Opening a form is one, and what is then written none; a followed link is none.
    """
    if outcome == Outcome.DENY:
        return False
    ids = frozenset(_ID.findall(resource))
    if _is_page(action, resource, opened, ids):
        return True
    return is_by_id(action, outcome, resource) and ids <= known


def is_by_id(action: str, outcome: str, resource: str) -> bool:
    """Whether something in a family was opened, read or copied by its id, known or not."""
    return outcome != Outcome.DENY and action in _BY_ITS_ID and bool(_ID.search(resource))


def doing_of(event: Happening, sight: Sight) -> Told | None:
    """What the reader may be told of an event; None for nothing."""
    if event.outcome == Outcome.DENY:
        return None
    ids = frozenset(_ID.findall(event.resource))
    if ids and event.action in _OF_ENTRY:
        return _of_entries(event, ids, sight)
    if event.action in _OF_FAMILY or event.action in _OPENS_TO_WRITE:
        return _of_family(event, ids, sight)
    return None


def _of_entries(event: Happening, ids: frozenset[str], sight: Sight) -> Told | None:
    """By the first two rules."""
    doing = _OF_ENTRY[event.action]
    is_own = event.practitioner == sight.practitioner
    if not is_own and not ids <= sight.readable:
        return None
    is_between_others = doing is Doing.READ and not sight.is_near(event.agency)
    if is_between_others and not ids <= sight.ours:
        return Told(Doing.OPENED)
    return Told(doing, ids)


def _of_family(event: Happening, ids: frozenset[str], sight: Sight) -> Told | None:
    """By the last three."""
    doing = _OF_FAMILY.get(event.action, Doing.OPENED)
    if event.opened == _TAKEN_OUT:
        doing = Doing.TOOK_COPY
    is_own = event.practitioner == sight.practitioner
    if _is_page(event.action, event.resource, event.opened, ids):
        part = _page_of(event)
    elif ids and event.action in _OF_FAMILY and (is_own or ids <= sight.known | sight.readable):
        part = _by_id(event)
    else:
        return None
    return Told(doing, part=part if is_own or sight.is_near(event.agency) else None)


def _is_page(action: str, resource: str, opened: str, ids: frozenset[str]) -> bool:
    """Whether a page of the whole family was opened, which is there whatever the record holds."""
    if action in _OF_FAMILY:
        return opened == _CHOOSES or (not ids and resource in _WHOLE)
    return action in _OPENS_TO_WRITE and resource in ("", "decision", "team")


def _page_of(event: Happening) -> Part | None:
    if event.action == Action.EXPORT_CHRONOLOGY and not event.resource:
        return Part.ENTRIES
    return _WHOLE.get(event.resource) or _PAGES.get(event.opened)


def _by_id(event: Happening) -> Part | None:
    return _BY_ID.get(event.opened) or _PAGES.get(event.opened)


def days_shown(events: Iterable[Happening], sight: Sight) -> list[Day]:
    """Who did what on which day, as the reader may know it; the latest day first."""
    found: dict[tuple[date, UUID], Day] = {}
    for event in events:
        told = doing_of(event, sight)
        if told is None:
            continue
        day = day_of(event.at)
        one = found.setdefault(
            (day, event.practitioner), Day(day, event.practitioner, event.agency)
        )
        one.things.setdefault(told.doing, set()).update(told.ids)
        if told.part is not None:
            one.parts.setdefault(told.doing, set()).add(told.part)
        if not one.rule or event.rule == GLASS_BROKEN:
            one.rule = RULES_OF_ANYBODY.get(event.rule, "")
        if sight.is_near(event.agency):
            one.first_at = min(filter(None, (one.first_at, event.at)))
    return sorted(found.values(), key=lambda one: one.day, reverse=True)


def did(one: Day) -> list[str]:
    """Each sort of thing that was done that day: "Opened the record: the network"."""
    said = []
    for doing in Doing:
        if doing not in one.things:
            continue
        number = len(one.things[doing])
        entries = "" if not number else " an entry" if number == 1 else f" {number} entries"
        parts = ", ".join(part.label for part in Part if part in one.parts.get(doing, ()))
        said.append(f"{doing.label}{entries}{f': {parts}' if parts else ''}")
    return said
