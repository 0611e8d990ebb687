"""Puts restrictions on the small world, as an agency's lead and its practitioners do; ordinary.

Rosa Lind leads for restricted records in children's social care, Ben Ito in health visiting. Both
are in `build_restricted`, which is the small world and they.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from goldenthread.domain.access.decision import Actor
from goldenthread.usecases.access import (
    clearances,
    conflicts,
    label_entry,
    seal_record,
    withhold_record,
)
from goldenthread.usecases.people import set_up
from tests.families.world import NOW, World, build_world, key

LEADS = {"rosa": ("social_care", "Rosa Lind"), "ben": ("health_visiting", "Ben Ito")}
BECAUSE = "It was agreed with the lead."


def build_restricted(**roles: str) -> World:
    """The small world with a lead for restricted records in two of its agencies."""
    world = build_world(**roles)
    add_leads(world)
    return world


def add_leads(world: World) -> None:
    """Add the two leads; they open what their agency's team opens."""
    by = world.actors["admin"]
    set_up.set_up_agencies(
        by,
        [],
        [
            set_up.NewPractitioner(
                id=key(f"practitioner {who}"),
                agency=world.agency(agency),
                name=name,
                role="Lead for restricted records",
                remit="agency_lead",
                account=key(f"account {who}"),
                email=f"{who}@example.org",
            )
            for who, (agency, name) in LEADS.items()
        ],
    )
    for who, (agency, _) in LEADS.items():
        world.actors[who] = Actor(
            key(f"account {who}"), key(f"practitioner {who}"), world.agency(agency), "agency_lead"
        )


def label(world: World, who: str, statement: UUID, name: str) -> None:
    """Put a label on an entry."""
    label_entry.put_label(
        world.actors[who], world.case, statement, name, reason=BECAUSE, id=uuid4(), now=NOW
    )


def unlabel(world: World, who: str, statement: UUID, name: str) -> None:
    """Take a label off an entry."""
    label_entry.take_off_label(
        world.actors[who], world.case, statement, name, reason=BECAUSE, id=uuid4(), now=NOW
    )


def clear(world: World, lead: str, who: str, name: str) -> None:
    """Clear a colleague of the lead's for a label."""
    clearances.clear_for_label(
        world.actors[lead], world.actors[who].practitioner, name, reason=BECAUSE, id=uuid4(),
        now=NOW,
    )  # fmt: skip


def seal(world: World, who: str, *named: str, statement: UUID | None = None) -> UUID:
    """Seal the family, or one entry, for these people and whoever seals it."""
    id = uuid4()
    seal_record.seal_record(
        world.actors[who], world.case, kind="high_risk", reason=BECAUSE, id=id, now=NOW,
        named=[world.actors[one].practitioner for one in named], statement=statement,
    )  # fmt: skip
    return id


def withhold(
    world: World, who: str, *, statement: UUID | None = None, person: str = "", agency: str = ""
) -> UUID:
    """Withhold an entry, or the family, from somebody or from an agency."""
    id = uuid4()
    withhold_record.withhold(
        world.actors[who], world.case, reason=BECAUSE, id=id, now=NOW, statement=statement,
        practitioner=world.actors[person].practitioner if person else None,
        agency=world.agency(agency) if agency else None,
    )  # fmt: skip
    return id


def conflict(world: World, who: str, family: str = "GT-0001") -> UUID:
    """Declare a conflict of one's own."""
    id = uuid4()
    conflicts.declare_own(world.actors[who], family=family, reason="My sister.", id=id, now=NOW)
    return id
