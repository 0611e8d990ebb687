"""A history lived through day by day, as it became known: which questions arose, and which ceased.

The same engine serves a live family and the look back at a past one. It ends with the last day on
which anything became known: what was silent after the end of a file nobody can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from goldenthread.domain.risk.engine import new_ledger, questions
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.joining import arrivals
from goldenthread.domain.risk.life import Change, Key, Prompt, live
from goldenthread.domain.risk.pattern import Pattern, reach_of
from goldenthread.domain.risk.vocabulary import Nature

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What changed on a day, and how many entries of the history had become known by its end."""

    on: date
    changes: tuple[Change, ...]
    known: int
    prompts: Mapping[Key, Prompt] = field(default_factory=dict)


def unfold(
    patterns: Sequence[Pattern],
    facts: Iterable[Fact],
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
) -> Iterator[Day]:
    """Live through a history from one viewpoint (None pools every agency's knowledge).

    `viewpoint_kind` is the kind of that agency, where agencies go by other names than their kinds.
    Gives each day on which something became known or a question changed. Strengths are not put as
    questions here. The order of `facts` does not matter.
    """
    asking = tuple(one for one in patterns if one.nature is Nature.HARM)
    by_key = {one.key: one for one in asking}
    ledger = new_ledger(asking, viewpoint, viewpoint_kind)
    arriving: dict[date, list[Fact]] = defaultdict(list)
    telling: set[date] = set()
    history = tuple(facts)
    joined = arrivals(history, viewpoint)
    for fact in history:
        if fact.id in joined:
            arriving[joined[fact.id]].append(fact)
            telling.update(day for _, day in fact.told if viewpoint in (None, fact.agency))
    days = sorted(arriving.keys() | telling)
    prompts: Mapping[Key, Prompt] = {}
    known = 0
    for day in _every_day(days, reach_of(asking)):
        for fact in arriving.get(day, ()):
            ledger.add(fact, day)
            known += 1
        lived = live(prompts, questions(asking, ledger, day), day, by_key)
        prompts = lived.prompts
        if lived.changes or day in arriving:
            yield Day(day, lived.changes, known, prompts)


def _every_day(days: Sequence[date], reach: int) -> Iterator[date]:
    """Every day from the first to the last, but for those on which nothing can change any more."""
    for day, following in zip_longest(days, days[1:]):
        yield day
        if following is None:
            return
        quiet = min(following, day + timedelta(days=reach + 1))
        between = day + _DAY
        while between < quiet:
            yield between
            between += _DAY
