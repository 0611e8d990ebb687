"""A history lived through day by day, as it became known: which questions arose, and which ceased.

The same engine serves a live family and the look back at a past one. Of a file it ends with the
last day on which anything became known: what was silent after its end nobody can tell. A live
family goes on through the present day, since silence goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from goldenthread.domain.risk.engine import questions
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.life import Change, Given, Key, Prompt, answer_all, live
from goldenthread.domain.risk.pattern import Pattern, reach_of
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.thread.becoming_known import BecomingKnown, Ending

_DAY = timedelta(days=1)
ASKING = frozenset({Nature.HARM})


@dataclass(frozen=True, slots=True)
class Day:
    """What changed on a day, and how many entries of the history had become known by its end.

    `arrived` says that some became known on it.
    """

    on: date
    changes: tuple[Change, ...]
    known: int
    prompts: Mapping[Key, Prompt] = field(default_factory=dict)
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Stood:
    """How every question stood at the end of a day."""

    on: date
    prompts: Mapping[Key, Prompt]


def unfold(
    patterns: Sequence[Pattern],
    facts: Iterable[Fact],
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
    *,
    endings: Iterable[Ending] = (),
    answers: Iterable[Given] = (),
    through: date | None = None,
    natures: frozenset[Nature] = ASKING,
) -> Iterator[Day]:
    """Live through a history from one viewpoint (None pools every agency's knowledge).

    `viewpoint_kind` is the kind of that agency, where agencies go by other names than their kinds.
    `endings` say which entries cease to stand, `answers` what was answered. With `through` it goes
    on to that day and no further: nothing known, told, ended or answered later is looked at. Gives
    each day on which something became known or a question changed, and with `through` the last on
    which anything could; of patterns of other `natures` nothing is said. The order of what is given
    does not matter.
    """
    asking = tuple(one for one in patterns if one.nature in natures)
    course = BecomingKnown(asking, facts, viewpoint, viewpoint_kind, endings)
    unsaid = None
    for day in days_of(asking, course, answers, through):
        unsaid = None if day.changes or day.arrived else day
        if unsaid is None:
            yield day
    if through is not None and unsaid is not None:
        yield unsaid


def days_of(
    patterns: Sequence[Pattern],
    course: BecomingKnown,
    answers: Iterable[Given],
    through: date | None,
    begun: Stood | None = None,
) -> Iterator[Day]:
    """Every day of a course on which anything might change, as `unfold` lives it.

    With `begun` it goes on from how every question stood at the end of that day.
    """
    by_key = {one.key: one for one in patterns}
    given: dict[date, list[Given]] = {}
    for one in answers:
        given.setdefault(one.answer.on, []).append(one)
    prompts: Mapping[Key, Prompt] = {}
    if begun is not None:
        prompts = begun.prompts
        course.come_to(begun.on)
    for day in _every_day(sorted(course.days | given.keys()), reach_of(tuple(patterns)), through):
        if begun is not None and day <= begun.on:
            continue
        arrived, back = course.go_on_to(day)
        lived = live(prompts, questions(patterns, course.ledger, day), day, by_key, back=back)
        after = answer_all(lived.prompts, given.get(day, ()), day)
        prompts = after.prompts
        yield Day(day, lived.changes + after.changes, course.known, prompts, arrived)


def _every_day(days: Sequence[date], reach: int, through: date | None) -> Iterator[date]:
    """Every day from the first to the last, but for those on which nothing can change any more."""
    if through is not None:
        days = [day for day in days if day <= through]
    for day, following in zip_longest(days, days[1:]):
        yield day
        if following is None and through is None:
            return
        end = through + _DAY if through and following is None else following
        quiet = min(end, day + timedelta(days=reach + 1))
        between = day + _DAY
        while between < quiet:
            yield between
            between += _DAY
