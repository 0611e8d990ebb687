"""The closed set of shapes: the ten ways in which a pattern may look at a history.

A shape holds thresholds and filters and no code. Numbers are days unless they say otherwise. Each
field says what it may be, so that a file with an impossible one is refused when it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goldenthread.domain.risk.matching import NOTHING, Filter

LONGEST = 36_525  # a hundred years: as long as a life


def _days(default: int | None = None, *, least: int = 0) -> Any:
    return _number(default, least=least, most=LONGEST)


def _number(default: int | None = None, *, least: int = 0, most: int = 1000) -> Any:
    limits = {"least": least, "most": most}
    if default is None:
        return field(metadata=limits)
    return field(default=default, metadata=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What every shape has: the entries it looks at, and those that answer them.

    `answered_by` are entries after which the question no longer arises; `settled_by` earlier ones
    that explain an event which bears no concern itself. With `must_know`, only one
    by an agency that knew of what raised it. `grace` is how long there is to answer before the
    question is put; `fresh` how long the last event may lie back for it to be put at all.
    """

    events: Filter = NOTHING
    answered_by: Filter = NOTHING
    settled_by: Filter = NOTHING
    must_know: bool = False
    grace: int = _days(0)
    fresh: int = _days(365, least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Shape):
    """At least so many occasions within a window, not answered since.

    Two agencies' entries of the same day or the next are one occasion.
    """

    at_least: int = _number(least=2)
    within: int = _days(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources(Shape):
    """At least so many agencies with an entry within a window, not answered since.

    There must be `occasions` of it: several agencies' entries of one event are one.
    """

    at_least: int = _number(least=2, most=27)
    within: int = _days(least=1)
    occasions: int = _number(2, least=1, most=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceleration(Shape):
    """Coming at least `times` as fast as this family's own pace before.

    At least `at_least` occasions in the last `recent` days, against at least one in the `baseline`
    days before these.
    """

    at_least: int = _number(least=2)
    recent: int = _days(least=7)
    baseline: int = _days(least=30)
    times: int = _number(least=2, most=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence(Shape):
    """The events again within a time after something that had been thought to end them.

    With `same_concern` or `same_people`, only where they share an area of concern (any, where the
    ending names none), or at least so many people who are not children. With `first_only`, only
    the first event after it.
    """

    after: Filter = NOTHING
    within: int = _days(least=1)
    same_concern: bool = False
    same_people: int = _number(0, most=10)
    first_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Shape):
    """No event for so long since the last, or since `since` began the wait; `until` ends it."""

    since: Filter = NOTHING
    until: Filter = NOTHING
    days: int = _days(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Shape):
    """An event that nothing followed within its `grace`.

    `also_before` lets an answer count that came so many days before. With `same_person` it must be
    about the person the question is about; with `later_day` it must not be of the same day.
    """

    also_before: int = _days(0)
    same_person: bool = False
    later_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs(Shape):
    """At least so many different needs of adults recorded within a window, not answered since."""

    needs: frozenset[str] = frozenset()
    at_least: int = _number(least=2, most=12)
    within: int = _days(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold(Shape):
    """Known to one agency for longer than its `grace`, and to none of those who should know.

    Nothing is asked where they know of the same people and the same kind of thing another way.
    """

    should_know: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale(Shape):
    """Something newer than what rests on it: a plan, an assessment, a decision.

    `basis` is what rests; its agency did not know the event on the day it was made, or it had not
    happened. With `about_same` the event must be about an adult, not a mother, whom the basis
    names; with `at_decision` the question is put when such a thing is decided after the event, at
    least `older_by` days after.
    """

    basis: Filter = NOTHING
    older_by: int = _days(0)
    about_same: bool = False
    at_decision: bool = False
    same_concern: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Shape):
    """A decision taken while something is open.

    `events` is the decision. Open is an entry of `open` in the `look_back` days before it that no
    entry of `closed_by` followed by then; or, with `unseen`, that no entry of it lies in these
    days. `only_if` must have been recorded at some time before.
    """

    open: Filter = NOTHING
    closed_by: Filter = NOTHING
    unseen: Filter = NOTHING
    only_if: Filter = NOTHING
    look_back: int = _days(least=1)
    at_least: int = _number(1, least=1, most=20)


SHAPES: dict[str, type[Shape]] = {
    "count": Count,
    "sources": Sources,
    "acceleration": Acceleration,
    "recurrence": Recurrence,
    "silence": Silence,
    "follow_up": FollowUp,
    "needs": Needs,
    "untold": Untold,
    "stale": Stale,
    "closing": Closing,
}
# What a shape cannot be without: filters and sets that may not be left empty.
NEEDED: dict[str, tuple[str, ...]] = {
    "count": ("events",),
    "sources": ("events",),
    "acceleration": ("events",),
    "recurrence": ("events", "after"),
    "silence": ("events", "since"),
    "follow_up": ("events", "answered_by"),
    "needs": ("events", "needs"),
    "untold": ("events", "should_know"),
    "stale": ("events", "basis"),
    "closing": ("events",),
}
