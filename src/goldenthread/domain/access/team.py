"""The parts a practitioner can play in the team around a family, and for which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.shared.word import Word


class TeamRole(Word):
    """How somebody stands to a family; membership is dated and ends."""

    ALLOCATED = "allocated", "Allocated worker"
    NAMED_MEMBER = "named_member", "Named member of the team"
    CHAIR = "chair", "Conference chair"
    SUPERVISOR = "supervisor", "Supervisor of the allocated worker"
    CORE_GROUP = "core_group", "Member of the core group"
    STRATEGY_MEETING = "strategy_meeting", "Member of a strategy meeting"
    REVIEW_PANEL = "review_panel", "Member of a review panel"


# For the dates of membership, or of the review: these have a last day from the first.
FOR_A_TERM = (TeamRole.CORE_GROUP, TeamRole.STRATEGY_MEETING, TeamRole.REVIEW_PANEL)
# They answer for the team: they say who is on it.
LOOK_AFTER_THE_TEAM = (TeamRole.ALLOCATED, TeamRole.CHAIR)

# A day further away than this is taken for a slip of the year.
FURTHEST_AHEAD = timedelta(days=731)


class MembershipStep(Word):
    """What somebody did about a membership."""

    JOINED = "joined", "Put on the team"
    ENDED = "ended", "Ended"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whose membership of a family's team is decided about, of which agency, and as what."""

    practitioner: UUID
    agency: UUID
    role: str


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a membership: the first, and the first on which it is over; None while open."""

    from_on: date
    to_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while it is open, or where it never began."""
        return None if self.to_on is None or self.is_empty else self.to_on - timedelta(days=1)

    @property
    def is_empty(self) -> bool:
        """Whether it was ended before it held for a day: it opens nothing and never counts."""
        return self.to_on is not None and self.to_on <= self.from_on

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    def meets(self, other: Term) -> bool:
        """Whether there is a day on which both hold."""
        if self.is_empty or other.is_empty:
            return False
        return (self.to_on is None or other.from_on < self.to_on) and (
            other.to_on is None or self.from_on < other.to_on
        )


def first_day_without(lost: Term, others: Iterable[Term]) -> date | None:
    """The first day of `lost` that none of the others holds on; None where they hold on each.

    For the allocated worker of a family: no day may be left without one.
    """
    day = lost.from_on
    if lost.is_empty:
        return None
    for other in sorted(others, key=lambda one: one.from_on):
        if other.is_empty or not other.holds_on(day):
            continue
        if other.to_on is None:
            return None
        day = other.to_on
    return day if lost.holds_on(day) else None


def unfit_term(role: str, term: Term, *, today: date) -> Mapping[str, str]:
    """What is wrong with the days somebody is to be on a team, by field: `from` and `until`.

    Access policy, section 2: a core group and a strategy meeting for the dates of membership, a
    review panel for a fixed scope. A day gone by would say that access was there before.
    """
    problems = {}
    if term.from_on < today:
        problems["from"] = (
            "Choose today or a day to come. An earlier day would say that they could open this "
            "record before somebody let them."
        )
    if term.to_on is None and role in FOR_A_TERM:
        problems["until"] = f"Give the last day: {TeamRole.label_of(role)} is for a time alone."
    elif term.is_empty:
        problems["until"] = "Choose the first day, or a day after it."
    elif term.to_on is not None and term.to_on > today + FURTHEST_AHEAD:
        problems["until"] = "Choose a day within two years."
    if term.from_on > today + FURTHEST_AHEAD:
        problems["from"] = "Choose a day within two years."
    return problems
