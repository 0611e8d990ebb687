"""A file of a past case lived through: would it have been seen? Nothing of the file is kept.

Anybody in the partnership may ask it of a chronology they hold themselves. The audit trail says
that somebody did, and how many rows it had: never what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.sharing import askings
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.records.audit import store as audit
from goldenthread.usecases._steps.beside_families import may, permitted_beside_families
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.risk.living_twice import Replayed, live_twice

__all__ = [
    "MOST_ROWS",
    "CannotBeReplayed",
    "FileRow",
    "HistoryRead",
    "NotFoundHere",
    "ReplayOfFile",
    "may_replay",
    "replay_file",
]


# A family's chronology has some hundreds of rows, a long one two thousand. A page answers while
# somebody waits; the command line has no such limit.
MOST_ROWS = 5_000


class CannotBeReplayed(Refusal):
    """A file cannot be lived through; the reason says what to do about it."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file as a page shows it; `happened` is EDTF text."""

    number: int
    agency: str
    happened: str
    kind: str
    how_known: str
    people: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """What was read of a file: facts, their rows by id, and sentences about the other rows."""

    facts: tuple[Fact, ...]
    rows: Mapping[str, FileRow]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayOfFile:
    """A file lived through: all agencies together, beside one of them.

    `asked_of_each` counts, for every agency that has rows or was told one, the questions its own
    knowledge would have raised; empty where there was no time left to work it out.
    """

    read: HistoryRead
    agency: AgencyKind
    replayed: Replayed
    asked_of_each: tuple[tuple[AgencyKind, int], ...]


def may_replay(actor: Actor) -> None:
    """Say whether somebody may ask this of a file of theirs. Raises NotFoundHere."""
    if not may(actor, PartnershipAction.REPLAY_FILE):
        raise NotFoundHere("There is no such page for you.")


def replay_file(
    actor: Actor,
    read: HistoryRead,
    agency: AgencyKind,
    *,
    now: datetime,
    is_over: Callable[[], bool] = lambda: False,
) -> ReplayOfFile:
    """Live through what was read of a file. Raises NotFoundHere.

    `is_over` says when no more time may be spent; what was found by then is given.
    """
    with permitted_beside_families(actor, PartnershipAction.REPLAY_FILE) as permission:
        patterns = patterns_in_force(now)
        audit.append(permission.event(rows=len(read.facts), left_out=len(read.sentences)))
    history = History(read.facts)
    replayed = live_twice(
        patterns, history, agency.value, agency.value, is_pooled=True, is_over=is_over
    )
    each = tuple(_of_each(read.facts, patterns, is_over))
    complete = not is_over() and replayed.stopped_on is None
    return ReplayOfFile(read, agency, replayed, each if complete else ())


def _of_each(
    facts: tuple[Fact, ...], patterns: tuple[Pattern, ...], is_over: Callable[[], bool]
) -> Iterator[tuple[AgencyKind, int]]:
    """How many questions each agency's own knowledge would have raised, while there is time."""
    for agency in _agencies(facts):
        if is_over():
            return
        yield agency, len(askings(unfold(patterns, facts, agency.value)))


def _agencies(facts: Iterable[Fact]) -> tuple[AgencyKind, ...]:
    """Every agency that has an entry or was told one, in the vocabulary's order."""
    found = {fact.agency for fact in facts} | {to for fact in facts for to, _ in fact.told}
    return tuple(kind for kind in AgencyKind if kind.value in found)
