"""What a family's history adds up to by a day, from one viewpoint: every question and what held.

One pure function of what is known and what was answered. Whoever runs it again from nothing has the
same answer, in whatever order things arrived. A day once lived through may be kept: a later run
goes on from there as long as nothing that was known by then has become another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.joining import arrival
from goldenthread.domain.risk.life import Change, Key, Prompt
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.thread.becoming_known import BecomingKnown
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.unfolding import Stood, days_of

EVERYTHING = frozenset(Nature)


@dataclass(frozen=True, slots=True)
class Followed:
    """Every question of a history as it stands at the end of a day, and what became of each.

    `changes` are in the order of days, those after `begun` where it was gone on from a kept day.
    What holds is followed as the questions are: it is raised when it begins to hold and cleared
    when it ceases. `stood` are the days that were asked for.
    """

    through: date
    begun: date | None
    prompts: Mapping[Key, Prompt]
    changes: tuple[Change, ...]
    stood: tuple[Stood, ...] = ()


def follow(
    patterns: Sequence[Pattern],
    history: History,
    through: date,
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
    *,
    begun: Stood | None = None,
    keep: Iterable[date] = (),
) -> Followed:
    """Follow a history through a day from one viewpoint, as `unfold` does.

    `begun` must be how everything stood by this same history (`basis_of`); `keep` asks how
    everything stood at the end of these days, of which those before `begun` are left out.
    """
    course = BecomingKnown(patterns, history.facts, viewpoint, viewpoint_kind, history.endings)
    wanted = sorted(day for day in set(keep) if day < through and (not begun or day > begun.on))
    prompts: Mapping[Key, Prompt] = begun.prompts if begun else {}
    changes: list[Change] = []
    stood: list[Stood] = []
    for day in days_of(patterns, course, history.answers, through, begun):
        while wanted and wanted[0] < day.on:
            stood.append(Stood(wanted.pop(0), prompts))
        changes.extend(day.changes)
        prompts = day.prompts
    stood.extend(Stood(day, prompts) for day in wanted)
    return Followed(through, begun.on if begun else None, prompts, tuple(changes), tuple(stood))


def basis_of(history: History, by: date, viewpoint: str | None = None) -> str:
    """A digest of all of a history that bears on a day or any before it, and of nothing later.

    What an entry says never changes, so its id stands for it; what people are called may.
    """
    parts = [f"said {one.put.key} {one.answer.on} {one.answer.by}" for one in history.answers
             if one.answer.on <= by]  # fmt: skip
    for one in history.endings:
        known = arrival(one.by, viewpoint)
        if known is not None and known <= by:
            parts.append(f"ended {one.of} {one.by.id} {one.kind} {known}")
    for fact in history.facts:
        known = arrival(fact, viewpoint)
        if known is not None and known <= by:
            told = [pair for pair in fact.told if pair[1] <= by]
            parts.append(f"{fact.id} {fact.known_from} {fact.agency_kind} {fact.people} {told}")
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()
