"""Read the settings of challenges: everybody may; the partnership manager may set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.challenges.answering import DeputyState
from goldenthread.domain.challenges.ladder import Ladder
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.challenges import ladders
from goldenthread.records.challenges.ladders import AnswererRow, LadderRow
from goldenthread.records.shared.reading import AgencyRow, PractitionerRow, agencies, everybody
from goldenthread.usecases._steps.beside_families import may, permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.in_force import answerers_by, generic_says, ladder_by

__all__ = ["NotFoundHere", "StagesRead", "read_stages"]


@dataclass(frozen=True, slots=True)
class StagesRead:
    """The stages that hold and every decision on them; who answers, by agency and stage.

    `generic` and `source` label the ladder that ships, "" where the partnership decided its own.
    `expired` are those whose deputy stands in no longer. `latest` gives the number of the decision
    that was made last for an agency and stage, whether it holds already or later.
    """

    ladder: Ladder
    generic: str
    source: str
    versions: tuple[LadderRow, ...]
    agencies: tuple[AgencyRow, ...]
    answerers: dict[tuple[UUID, int], AnswererRow]
    latest: dict[tuple[UUID, int], int]
    expired: frozenset[tuple[UUID, int]]
    people: tuple[PractitionerRow, ...]
    may_set: bool


def read_stages(actor: Actor, *, now: datetime) -> StagesRead:
    """The settings as they hold now. Raises NotFoundHere for an account that is not active."""
    with permitted_beside_families(actor, PartnershipAction.READ_STAGES):
        versions = tuple(ladders.ladder_versions())
        decided = ladders.answerer_versions()
        answerers = answerers_by(decided, now)
        ladder = ladder_by(versions, now)
        label, source = generic_says() if ladder.is_generic else ("", "")
        may_set = may(actor, PartnershipAction.SET_STAGES)
        on = day_of(now)
        return StagesRead(
            ladder=ladder,
            generic=label,
            source=source,
            versions=versions,
            agencies=tuple(agencies().values()),
            answerers=answerers,
            latest={(one.agency, one.stage): one.version for one in decided},
            expired=frozenset(
                at
                for at, one in answerers.items()
                if one.answerer.deputy_state(on) is DeputyState.OVER
            ),
            people=tuple(everybody()) if may_set else (),
            may_set=may_set,
        )
