"""Settles who is on the team of the small world, as its practitioners do; ordinary.

Rosa and Ben lead in children's social care and health visiting; Cara Finch's post is conference
chair, in children's social care.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.step_up import StepShown
from goldenthread.usecases.access import end_membership, join_team
from goldenthread.usecases.people import set_up
from tests.families import restricted
from tests.families.world import NOW, World, key

WHY = "The strategy meeting on Monday asked for them."
SHOWN = StepShown(NOW, timedelta(minutes=15))


def build_team(**roles: str) -> World:
    """The small world with two leads and somebody whose post is conference chair."""
    world = restricted.build_restricted(**roles)
    set_up.set_up_agencies(
        world.actors["admin"],
        [],
        [
            set_up.NewPractitioner(
                id=key("practitioner cara"),
                agency=world.agency("social_care"),
                name="Cara Finch",
                role="Conference chair",
                remit="conference_chair",
                account=key("account cara"),
                email="cara@example.org",
            )
        ],
    )
    world.actors["cara"] = Actor(
        key("account cara"), key("practitioner cara"), world.agency("social_care"),
        "conference_chair",
    )  # fmt: skip
    return world


def wanted(who: str | UUID, role: str = "core_group", first: str = "", last: str = "", why=WHY):
    """What is typed to put somebody on the team; a core group ends on Friday 12 June 2026."""
    last = last or ("12 June 2026" if role in ("core_group", "strategy_meeting") else "")
    id = key(f"practitioner {who}") if isinstance(who, str) else who
    return join_team.Wanted(id, role, first, last, why)


def join(
    world: World, by: str, who: str, role: str = "core_group", *, id: UUID | None = None,
    now: datetime = NOW, shown: StepShown | None = None, **days: str,
) -> UUID:  # fmt: skip
    """Put somebody on the team, with the second step just shown."""
    id = id or uuid4()
    join_team.join_team(
        world.actors[by], world.case, wanted(who, role, **days), id=id,
        shown=shown or StepShown(now, SHOWN.lasts), now=now,
    )  # fmt: skip
    return id


def end(
    world: World, by: str, member: UUID, *, last: str = "", next: str = "", why: str = WHY,
    id: UUID | None = None, now: datetime = NOW, shown: StepShown | None = None,
) -> end_membership.Ended | None:  # fmt: skip
    """End a place on the team, at once or after a last day."""
    asked = end_membership.Ending(
        not last, last, why, key(f"practitioner {next}") if next else None
    )
    return end_membership.end_membership(
        world.actors[by], world.case, member, asked, id=id or uuid4(),
        shown=shown or StepShown(now, SHOWN.lasts), now=now,
    )  # fmt: skip
