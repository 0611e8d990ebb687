"""A family's history lived through again: when each question would have been asked, and of whom.

Answers "would it have been seen?" for a family on record, as far as the reader may see. A
conference chair sees what all agencies together would have been asked beside any one of them. Any
other reader sees their own agency alone: as it came to know, beside how it would have been had it
been told everything it now holds on the day that was first known. Nothing else is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.risk.loading import Loaded, load_for
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases._steps.scope_history import history_loaded
from goldenthread.usecases.risk.living_twice import Replayed, live_twice

__all__ = ["NotFoundHere", "ReplayOfCase", "Replayed", "replay_case"]


@dataclass(frozen=True, slots=True)
class ReplayOfCase:
    """A family's history lived through, with everything a page needs to show it.

    `agency` is the one agency; `choices` those a reader may choose between, `is_pooled` whether
    all agencies' entries stand beside it. `entries` are the entries looked at, by id.
    """

    family: Family
    agency: AgencyRow
    choices: tuple[AgencyRow, ...]
    is_pooled: bool
    replayed: Replayed
    entries: Mapping[str, Statement]
    agencies: Mapping[UUID, AgencyRow]
    through: date


def replay_case(
    actor: Actor, case_id: UUID, *, agency: UUID | None = None, now: datetime,
    is_over: Callable[[], bool] = lambda: False,
) -> ReplayOfCase:  # fmt: skip
    """Live through a family's history as this reader may see it; every look is audited.

    `agency` is chosen by a chair alone and left aside for anybody else, and where it has nothing to
    do with this family. `is_over` says when no more time may be spent. Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        family = family_of(permission, now)
        is_chair = permission.ties.role == TeamRole.CHAIR
        loaded = load_for(case_id, visible_to(case_id, actor, permission.ties, now=now))
        known = agencies()
        choices = _choices(family, loaded, known) if is_chair else (known[actor.agency],)
        chosen = _chosen(family, choices, agency)
        patterns = patterns_in_force(now)
        replayed = live_twice(
            patterns, history_loaded(loaded, (), patterns), str(chosen.id), str(chosen.kind),
            is_pooled=is_chair, through=day_of(now), is_over=is_over,
        )  # fmt: skip
        audit.append(
            permission.event(
                opened="replay", viewpoint=str(chosen.id), pooled=is_chair,
                entries=len(loaded.statements),
            )
        )  # fmt: skip
    return ReplayOfCase(
        family=family,
        agency=chosen,
        choices=choices,
        is_pooled=is_chair,
        replayed=replayed,
        entries={str(one.id): one for one in loaded.statements},
        agencies=known,
        through=day_of(now),
    )


def _choices(
    family: Family, loaded: Loaded, known: Mapping[UUID, AgencyRow]
) -> tuple[AgencyRow, ...]:
    """The agencies around the family: of its team, and those that made or were told an entry."""
    around = {member.agency for member in family.team}
    around.update(one.agency for one in loaded.statements)
    around.update(row.agency for rows in loaded.awareness.values() for row in rows)
    return tuple(row for id, row in known.items() if id in around)


def _chosen(family: Family, choices: Sequence[AgencyRow], agency: UUID | None) -> AgencyRow:
    """The agency asked for, else that of the allocated worker, else the first there is."""
    lead = family.whom_to_ask
    for wanted in (agency, lead.agency if lead else None):
        for row in choices:
            if row.id == wanted:
                return row
    return choices[0]
