"""Gives, family after family, what every agency knows together, to somebody who may read it all.

For the sweep. Each family is a look of its own: asked of the policy, and left in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.from_statements import set_aside_by
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import cases_of
from goldenthread.records.audit import store as audit
from goldenthread.records.risk.lean import LeanScope, load_lean
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import actor_by_email
from goldenthread.usecases._steps.permission import permitted


class NoWholeHistories(Refusal):
    """The account reads no family's history whole: it chairs none, or there is no such account."""


def who_sweeps(email: str) -> Actor:
    """The account's actor. Raises NoWholeHistories, as for one that may read nothing whole."""
    actor = actor_by_email(email)
    if actor is None:
        raise NoWholeHistories("No family's history may be read whole by this account.")
    return actor


def whole_histories(
    actor: Actor,
    *,
    now: datetime,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each family that the actor chairs, by reference, with the facts that stand.

    `on_progress` is told (families given, families in all). Raises NoWholeHistories.
    """
    with transaction.atomic():
        wall.open_for_own(actor, on=day_of(now))
        pairs = cases_of(actor, on=day_of(now))
    chaired = [case for case, role in pairs if role == TeamRole.CHAIR]
    if not chaired:
        raise NoWholeHistories("No family's history may be read whole by this account.")
    for done, case in enumerate(chaired, start=1):
        with permitted(actor, case.id, Action.EXPORT_CHRONOLOGY, now=now) as permission:
            facts = _standing(load_lean(case.id, None))
            audit.append(permission.event(resource="sweep", entries=len(facts)))
        yield case.reference, facts
        if on_progress:
            on_progress(done, len(chaired))


def _standing(scope: LeanScope) -> tuple[Fact, ...]:
    """The facts that nothing has corrected or withdrawn."""
    aside = set_aside_by((one.by.id, one.of, one.kind) for one in scope.endings)
    return tuple(fact for fact in scope.facts if fact.id not in aside)
