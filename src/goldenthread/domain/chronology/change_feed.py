"""What changed since somebody last looked, and whether it affects what they are responsible for.

Nothing is weighed here: a change stands under "affects what you are responsible for" where one of
the rules below says why, and under "also new" otherwise. Every change stands once. What a reader
may not see never comes here: changes are read from what they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word


class ChangeKind(Word):
    """What sort of change it is."""

    ENTRY = "entry", "New entry"
    TOLD = "told", "Your agency was told"
    CORRECTION = "correction", "Correction"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    DISPUTE = "dispute", "Dispute"
    HOME = "home", "Who lives where"
    CARE = "care", "Who looks after the children"
    PARTNER = "partner", "Partner"
    DECISION = "decision", "Decision"
    PLAN = "plan", "Plan"
    MEETING = "meeting", "Meeting"
    CHALLENGE = "challenge", "Challenge"
    QUESTION = "question", "Question"
    RECEIPT = "receipt", "What your agency passed on"
    TEAM = "team", "The team"


# What an entry of each kind changes, beside the history; any other is a new entry.
KIND_OF = {
    Kind.MOVE: ChangeKind.HOME,
    Kind.HOUSEHOLD_CHANGE: ChangeKind.HOME,
    Kind.CARER_CHANGE: ChangeKind.CARE,
    Kind.NEW_PARTNER: ChangeKind.PARTNER,
    Kind.RELATIONSHIP_ENDED: ChangeKind.PARTNER,
    Kind.DECISION: ChangeKind.DECISION,
    Kind.CLOSURE: ChangeKind.DECISION,
    Kind.COURT_ORDER: ChangeKind.DECISION,
    Kind.PLAN_CHANGE: ChangeKind.PLAN,
    Kind.CONFERENCE: ChangeKind.MEETING,
    Kind.CORE_GROUP: ChangeKind.MEETING,
    Kind.STRATEGY_MEETING: ChangeKind.MEETING,
    Kind.CHALLENGE: ChangeKind.CHALLENGE,
    Kind.ALLOCATION_CHANGE: ChangeKind.TEAM,
}


class Why(Word):
    """Why a change affects what somebody is responsible for, the most direct first."""

    ASKED = "asked", "it is a question with your name on it"
    NAMED = "named", "it gives you something to do"
    TOLD_IN_PERSON = "told_in_person", "you were told it in person"
    ANSWERS_YOURS = "answers_yours", "it says something about what you wrote"
    CHANGES_PASSED_ON = "changes_passed_on", "your agency told others what it changes"
    LEADS = "leads", "you are the allocated worker"
    CHAIRS = "chairs", "you chair the conference"
    CAME_BACK = "came_back", "you passed it on"
    WORKS_WITH = "works_with", "your agency works with"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason; `people` are those the agency works with, where that is the reason."""

    why: Why
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, as the reader may see it. `key` is its own: it stands once.

    `about` are the people it concerns, `asks` and `names` the practitioners it asks and gives
    something to do, `told` those told in person, `answers` the statements it says something about.
    `passed_on_by` is who passed on what a receipt is for. `at` is when it became new to the reader
    and `happened` the day it was so, where that is another.
    """

    key: str
    kind: ChangeKind
    at: datetime
    happened: date | None = None
    statement: UUID | None = None
    about: frozenset[UUID] = frozenset()
    asks: frozenset[UUID] = frozenset()
    names: frozenset[UUID] = frozenset()
    told: frozenset[UUID] = frozenset()
    answers: frozenset[UUID] = frozenset()
    passed_on_by: UUID | None = None
    # What it is called where no entry says it: a question's title, a person of the team.
    words: str = ""
    # Changes with the same of these, such as what people did with one entry, make one line.
    together: str = ""
    who: UUID | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What somebody answers for in one family.

    `role` is their part in the team, `wrote` the statements they made, `passed_on` those their
    agency told others, `works_with` the people their agency sees, in the family's order.
    """

    practitioner: UUID
    role: str | None
    wrote: frozenset[UUID] = frozenset()
    passed_on: frozenset[UUID] = frozenset()
    works_with: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One change with every reason why it affects the reader, the most direct first.

    `others` are those that are one line with it, the newest first.
    """

    change: Change
    because: tuple[Because, ...] = ()
    others: tuple[Change, ...] = ()

    @property
    def people(self) -> int:
        """How many people did what the line tells of; 0 where it does not say who."""
        return len({one.who for one in (self.change, *self.others) if one.who is not None})


@dataclass(frozen=True, slots=True)
class Feed:
    """What changed, each once: what affects the reader's work, and what is also new."""

    affects: tuple[Line, ...] = ()
    also: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Both, in the order they are read."""
        return (*self.affects, *self.also)


# What a lead practitioner and a chair answer for whoever it concerns.
LED = frozenset(
    {
        ChangeKind.HOME, ChangeKind.CARE, ChangeKind.PARTNER, ChangeKind.DECISION, ChangeKind.PLAN,
        ChangeKind.MEETING, ChangeKind.CHALLENGE, ChangeKind.TEAM,
    }
)  # fmt: skip
CHAIRED = frozenset(
    {ChangeKind.DECISION, ChangeKind.PLAN, ChangeKind.MEETING, ChangeKind.CHALLENGE}
)
Rule = Callable[[Change, Responsibility], bool]
RULES: Mapping[Why, Rule] = {
    Why.ASKED: lambda change, mine: mine.practitioner in change.asks,
    Why.NAMED: lambda change, mine: mine.practitioner in change.names,
    Why.TOLD_IN_PERSON: lambda change, mine: mine.practitioner in change.told,
    Why.ANSWERS_YOURS: lambda change, mine: not mine.wrote.isdisjoint(change.answers),
    Why.CHANGES_PASSED_ON: lambda change, mine: (
        change.kind in (ChangeKind.CORRECTION, ChangeKind.WITHDRAWAL)
        and not mine.passed_on.isdisjoint(change.answers)
    ),
    Why.LEADS: lambda change, mine: mine.role == TeamRole.ALLOCATED and change.kind in LED,
    Why.CHAIRS: lambda change, mine: mine.role == TeamRole.CHAIR and change.kind in CHAIRED,
    Why.CAME_BACK: lambda change, mine: change.passed_on_by == mine.practitioner,
}


def because_of(change: Change, mine: Responsibility) -> tuple[Because, ...]:
    """Every reason why a change affects somebody; none where it does not."""
    found = [Because(why) for why, applies in RULES.items() if applies(change, mine)]
    people = tuple(person for person in mine.works_with if person in change.about)
    return (*found, Because(Why.WORKS_WITH, people)) if people else tuple(found)


def feed_of(changes: Iterable[Change], mine: Responsibility) -> Feed:
    """Every change once: those that affect the reader by their most direct reason, then newest.

    What became new on one day stands in the order of the days it happened: a file brought in at
    once reads as a history does.
    A change that is told twice under one key is the one told first, and what several people did
    with one entry is one line.
    """
    once: dict[str, Change] = {}
    for change in changes:
        once.setdefault(change.key, change)
    lines = [Line(change, because_of(change, mine)) for change in once.values()]
    lines.sort(key=lambda line: line.change.key)
    lines.sort(key=_newness, reverse=True)
    lines = _gathered(lines)
    affects = sorted((one for one in lines if one.because), key=_directness)
    return Feed(tuple(affects), tuple(one for one in lines if not one.because))


def _gathered(lines: Iterable[Line]) -> list[Line]:
    """One line for those that belong together for the same reasons, where its newest stands."""
    found: dict[tuple[str, tuple[Because, ...]], Line] = {}
    for line in lines:
        key = (line.change.together or f"alone:{line.change.key}", line.because)
        first = found.get(key)
        found[key] = replace(first, others=(*first.others, line.change)) if first else line
    return list(found.values())


def _newness(line: Line) -> tuple[date, date, datetime]:
    change = line.change
    became_new = day_of(change.at)
    return became_new, change.happened or became_new, change.at


_ORDER = {why: place for place, why in enumerate(Why)}


def _directness(line: Line) -> int:
    return _ORDER[line.because[0].why]
