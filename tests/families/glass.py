"""Breaks the glass of the small world as practitioners do; ordinary.

Dora Quick is on emergency duty for the police, who have no tie to the family; Ivy Marsh looks after
information governance at the surgery. Rosa Lind and Ben Ito lead their agencies, and Vera Stone
leads the police. All are in `build_glass`, which is the restricted world and they.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.conf import settings

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.glass import Asked
from goldenthread.domain.access.step_up import StepShown
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.people.models import Case
from goldenthread.usecases.access import break_glass, review_glass
from goldenthread.usecases.people import set_up
from tests.families import restricted
from tests.families.world import NOW, World, key

POSTS = {
    "dora": ("police", "Dora Quick", "Emergency duty", "emergency_duty"),
    "vera": ("police", "Vera Stone", "Superintendent", "agency_lead"),
    "ivy": ("gp", "Ivy Marsh", "Caldicott Guardian", "information_governance"),
}
WORDS = "A neighbour heard a child scream; nobody opens the door."
LASTS = glass_rules().lasts


def build_glass(**roles: str) -> World:
    """The restricted world with somebody on duty, a lead of theirs, and information governance."""
    world = restricted.build_restricted(**roles)
    add_posts(world)
    return world


def add_posts(world: World) -> None:
    """Add the three to a world that has the agencies."""
    set_up.set_up_agencies(
        world.actors["admin"],
        [],
        [
            set_up.NewPractitioner(
                id=key(f"practitioner {who}"), agency=world.agency(agency), name=name, role=post,
                remit=remit, account=key(f"account {who}"), email=f"{who}@example.org",
            )
            for who, (agency, name, post, remit) in POSTS.items()
        ],
    )  # fmt: skip
    for who, (agency, _, _, remit) in POSTS.items():
        world.actors[who] = Actor(
            key(f"account {who}"), key(f"practitioner {who}"), world.agency(agency), remit
        )


def asked(reference: str = "GT-0001", **other: str) -> Asked:
    """What is typed, well."""
    typed = {"reason": "child_in_danger", "basis": "vital_interests", "words": WORDS}
    return Asked(**{"reference": reference, **typed, **other})


def shown(at: datetime = NOW) -> StepShown:
    """The second step, shown just now."""
    return StepShown(at, settings.STEP_UP_LASTS)


def broke(
    world: World, who: str = "dora", *, now: datetime = NOW, second: str = "", id: UUID | None = None,
    **typed: str,
) -> break_glass.Answered:  # fmt: skip
    """Break the glass of the family."""
    return break_glass.break_glass(
        world.actors[who], asked(**typed), shown=shown(now), id=id or uuid4(), now=now,
        second=world.actors[second].practitioner if second else None,
    )  # fmt: skip


def agreed(
    world: World, ask: UUID, who: str = "vera", *, yes: bool = True, now: datetime = NOW
) -> None:
    """Answer a colleague who asks for agreement."""
    review_glass.answer_ask(
        world.actors[who], ask, agrees=yes, reason="I rang them.", shown=shown(now), now=now
    )


def reviewed(
    world: World, broken: UUID, who: str = "vera", outcome: str = "justified", *,
    now: datetime = NOW,
) -> None:  # fmt: skip
    """Review a break."""
    review_glass.review_break(
        world.actors[who], broken, outcome=outcome, reason="It could not wait.", now=now
    )


def present() -> datetime:
    """The hour of the machine, in which pages are asked."""
    return datetime.now(UTC)


def reference_of(world: World) -> str:
    """The family's reference, as the record has it."""
    return Case.objects.values_list("reference", flat=True).get(id=world.case)
