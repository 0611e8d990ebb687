"""Where an entry stands in a picture of one child's life, and what it says went on from its day.

The rules of the picture, in one place: which lanes, which entries turn the course of a case, and
how long a plan or a worker stood. It counts nothing up and ranks nothing: the lanes are always in
the order of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from uuid import UUID

from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import Concern, Kind, Polarity

# What changes the course of a case is drawn through every lane.
TURNS = {
    Kind.STRATEGY_MEETING: "Strategy meeting",
    Kind.CONFERENCE: "Conference",
    Kind.CORE_GROUP: "Core group",
    Kind.DECISION: "Decision",
    Kind.PLAN_CHANGE: "Plan",
    Kind.COURT_ORDER: "Court order",
    Kind.CLOSURE: "Closed or stepped down",
}
PLAN_OPENS = frozenset({Kind.PLAN_CHANGE})
PLAN_CLOSES = frozenset({Kind.CLOSURE})
WORKER_OPENS = frozenset({Kind.ALLOCATION_CHANGE})
# The lanes of the child's own life, in their order; strength and neither come last, and always.
LANES: tuple[Concern, ...] = (
    *(c for c in Concern if c not in (Concern.NONE, Concern.STRENGTH)),
    Concern.STRENGTH,
    Concern.NONE,
)
# The needs of the adults themselves, as areas of concern.
ADULT_NEEDS = frozenset(
    {
        Concern.PARENTAL_MENTAL_HEALTH, Concern.PARENTAL_PHYSICAL_HEALTH,
        Concern.NEURODIVERGENCE, Concern.SUBSTANCE_MISUSE,
    }
)  # fmt: skip
_SIBLING = "sibling:"


def sibling_lane(child: UUID) -> str:
    """The key of the lane of a brother's or sister's own history."""
    return f"{_SIBLING}{child}"


def lanes_of(said: Statement, child: UUID | None, children: Collection[UUID]) -> tuple[str, ...]:
    """The lanes an entry stands in, in the picture of `child` among the family's `children`.

    An entry that names only brothers or sisters stands in their lanes. Any other stands in a lane
    for each area of concern it bears and, where it bears a strength, in that of strengths; where
    it bears neither, in the lane of entries without a concern. It is always in one at least.
    """
    named = [subject.person for subject in said.subjects if subject.person in children]
    if named and child not in named:
        return tuple(dict.fromkeys(sibling_lane(one) for one in named))
    borne = {str(c) for c in said.concerns} - {str(Concern.STRENGTH), str(Concern.NONE)}
    lanes = [str(lane) for lane in LANES if str(lane) in borne]
    lanes += [str(Concern.STRENGTH)] if said.bears_strength else []
    return tuple(lanes) or (str(Concern.NONE),)


@dataclass(frozen=True, slots=True)
class Course:
    """That a plan, or a worker, stood from one entry to the next; `ended` is None while it does."""

    because: UUID
    began: date
    ended: date | None


def courses(
    statements: Iterable[Statement], opens: Collection[str], closes: Collection[str] = ()
) -> tuple[Course, ...]:
    """From each entry of a kind that `opens` to the next of either sort, oldest first.

    Only what is asserted and has a day counts. Nothing is taken to have stood before the first
    entry: it was not recorded.
    """
    turning = sorted(
        (
            (s.happened.sort_day, str(s.id), s)
            for s in statements
            if s.kind in {*opens, *closes}
            and s.happened.is_known
            and s.polarity == Polarity.ASSERTS
        ),
        key=lambda one: one[:2],
    )
    days: list[date | None] = [day for day, _, _ in turning]
    return tuple(
        Course(said.id, day, after)
        for (day, _, said), after in zip_longest(turning, days[1:])
        if said.kind in opens
    )
