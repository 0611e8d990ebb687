"""Before a decision: whom to ask, because they hold something, and what those deciding lack.

That an agency of the team holds something a reader has not been told is said so that they can ask;
never what, how much or since when. With whom it has to do is said only of people the reader knows
of, and not where the agency's name beside a person's would itself tell what it is about: see
docs/decisions/0021. Whether it was asked and has told anything since is worked out from entries.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import known_of, team_of, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.decisions.knowledge import Asking, askings_of, holders_beyond
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.decisions.knowledge_gap import GapSeen, Present, Wanted, gap_at

__all__ = ["Before", "NotFoundHere", "ToAsk", "before_deciding"]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One agency of the team before a decision.

    `holds` is whether it recorded something the reader has not been told; `about` are the people
    it has to do with, by name, where that may be said. `asked` is when this reader's agency last
    asked it for information, `told_since` when it last told them anything after that.
    """

    agency: UUID
    name: str
    people: tuple[tuple[str, str, str], ...]
    holds: bool
    about: tuple[str, ...]
    asked: Asking | None


@dataclass(frozen=True)
class Before:
    """What to see to before a decision, and the gap as it is now for whoever will decide."""

    gap: GapSeen
    deciding: frozenset[UUID]
    to_ask: tuple[ToAsk, ...]


@cache
def never_beside_a_person() -> frozenset[str]:
    """Kinds of agency that are not named beside a person, as their name would tell what it is."""
    said = files("goldenthread.usecases.decisions").joinpath("whom_to_ask.toml")
    with said.open("rb") as opened:
        return frozenset(tomllib.load(opened)["never_beside_a_person"]["kinds"])


def before_deciding(
    actor: Actor,
    case_id: UUID,
    deciding: Collection[UUID],
    wanted: Wanted,
    *,
    now: datetime,
) -> Before:
    """Whom to ask and what those deciding lack, as of now; audited. Raises NotFoundHere.

    `deciding` are agencies of today's team; where none is given, the allocated worker's and the
    reader's own.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        team = team_of(case_id, on=day_of(now))
        of_team = frozenset(member.agency for member in team)
        usual = {member.agency for member in team if member.role == TeamRole.ALLOCATED}
        chosen = of_team & (frozenset(deciding) or {*usual, actor.agency}) or of_team
        present = tuple(
            Present(one.practitioner, one.name, one.agency, decided=True)
            for one in team
            if one.agency in chosen
        )
        gap = gap_at(permission, wanted, at=now, deciding=chosen, present=present, now=now)
        to_ask = _to_ask(permission, gap, now)
        audit.append(permission.event(resource="before_deciding", gap=str(wanted.reach)))
        return Before(gap, chosen, to_ask)


def _to_ask(permission: Permission, gap: GapSeen, now: datetime) -> tuple[ToAsk, ...]:
    actor, case = permission.actor, permission.family.id
    visible = visible_to(case, actor, permission.ties, now=now)
    holding, about = holders_beyond(known_of(case, actor, permission.ties), visible)
    known = {one.person: one.name for one in members_seen(case, actor, permission.ties, now=now)}
    asked = askings_of(visible, by_agency=actor.agency)
    kinds = {id: row.kind for id, row in agencies().items()}
    found: dict[UUID, ToAsk] = {}
    for member in gap.family.team:
        agency = member.agency
        if agency == actor.agency or agency in found:
            continue
        people = about.get(agency, frozenset())
        may_say = kinds.get(agency) not in never_beside_a_person()
        found[agency] = ToAsk(
            agency,
            member.agency_name,
            tuple(
                (one.name, one.post, one.phone) for one in gap.family.team if one.agency == agency
            ),
            agency in holding,
            tuple(sorted(known[one] for one in people if may_say and one in known)),
            asked.get(agency),
        )
    return tuple(found.values())
