"""What an entry changed: the questions it put, added to or answered, as its reader may see them.

Said on the page after saving, so that whoever records sees what follows from it. It is worked out
from what is kept, and nothing is guessed: that a question ceased by an entry is said only where it
would arise on that day without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.life import OPEN, PromptState
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.provenance.reading import known_from_of
from goldenthread.records.risk import reading
from goldenthread.records.risk.lean import load_lean
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.risk.asked import Asked, QuestionSeen, key_of, questions_seen, scope_of

__all__ = ["Changed", "NotFoundHere", "QuestionSeen", "what_changed"]


@dataclass(frozen=True, slots=True)
class Changed:
    """What one entry led to: questions it put (or put again), added to, and ended.

    `holds` are what holds in the family, as far as this entry is part of it. `not_yet_considered`
    counts the entries of the reader's scope that were not considered; where there are any, this one
    may be among them.
    """

    put: tuple[QuestionSeen, ...]
    added_to: tuple[QuestionSeen, ...]
    ended: tuple[QuestionSeen, ...]
    holds: tuple[QuestionSeen, ...]
    not_yet_considered: int

    @property
    def is_nothing(self) -> bool:
        """Whether no question was put, added to or ended, and it is no part of what holds."""
        return not (self.put or self.added_to or self.ended or self.holds)


def what_changed(actor: Actor, case_id: UUID, statement: UUID, *, now: datetime) -> Changed:
    """Say what an entry the actor may read led to in what they see. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=statement).exists():
            raise NotFoundHere("There is no such entry in what you can read.", statement)
        asked = questions_seen(permission, now=now)
        audit.append(permission.event(resource=str(statement), step="what it changed"))
        return _changed(permission, asked, statement, now=now)


def _changed(permission: Permission, asked: Asked, statement: UUID, *, now: datetime) -> Changed:
    case, scope = permission.family.id, scope_of(permission)
    with_it = [one for one in asked.open if statement in one.because]
    last_put = {
        key_of(row.pattern, row.subject): row
        for row in reading.changes_of(case, scope)
        if row.state in OPEN
    }
    put = [one for one in with_it if one.key in last_put and statement in last_put[one.key].because]
    known = known_from_of(statement, agency=permission.actor.agency, by=now)
    ended = _ended(permission, asked, statement, day_of(known), now=now) if known else ()
    return Changed(
        put=tuple(put),
        added_to=tuple(one for one in with_it if one not in put),
        ended=tuple(ended),
        holds=tuple(one for one in asked.strengths if statement in one.because),
        not_yet_considered=asked.not_yet_considered,
    )


def _ended(
    permission: Permission, asked: Asked, statement: UUID, on: date, *, now: datetime
) -> Iterable[QuestionSeen]:
    """The questions that ceased on the day an entry became known and would arise without it."""
    ceased = [one for one in asked.settled if one.state == PromptState.CLEARED and one.since == on]
    if not ceased:
        return ()
    scope = scope_of(permission)
    lean = load_lean(permission.family.id, scope)
    arising = evaluate(
        patterns_in_force(now),
        (fact for fact in lean.facts if fact.id != str(statement)),
        on,
        None if scope is None else str(scope),
        lean.agency_kind,
    )
    without = {key_of(one.pattern, one.subject) for one in arising}
    return tuple(one for one in ceased if one.key in without)
