"""A decision about the small world's baby, to sign in tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from goldenthread.domain.decisions.proposing import ProposedDecision, ProposedPin
from goldenthread.domain.decisions.record import MustTell, Option, Party
from goldenthread.domain.decisions.vocabulary import (
    Asked,
    Heading,
    Met,
    Part,
    Setting,
    Tell,
    Threshold,
    Use,
    View,
)
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.decisions.sign_decision import Signed, sign_decision
from tests.families.world import NOW, World, build_world, key

DAY = date(2026, 6, 1)
SEEN, ALONE, LATER = key("entry seen"), key("entry alone"), key("entry later")


def deciding_world() -> World:
    """The small world with Tom on the team and three entries of health visiting's.

    One told to social care in March, one told to nobody, one known only after the decision.
    """
    world = build_world(tom="named_member")
    for id, words, more in (
        (SEEN, "Ada slept on the sofa.", {"told": {"social_care": "2026-03-15"}}),
        (ALONE, "Ruth said she was afraid.", {}),
        (LATER, "A bruise.", {"known": "2026-06-05", "told": {"social_care": "2026-06-05"}}),
    ):
        entry = world.entry("health_visiting", words, id=id, **more)
        record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return world


def proposed(world: World, **said: object) -> ProposedDecision:
    """A decision that lacks nothing; `said` replaces parts of it."""
    whole = ProposedDecision(
        question="Is Ada safe at home tonight?",
        decided="Ada stays at home with Ruth; Ama visits tomorrow.",
        rationale="Ruth asks for help and keeps appointments; the sofa can be put right today.",
        day=DAY,
        setting=Setting.STRATEGY_MEETING,
        threshold=Threshold.SECTION_47,
        met=Met.NOT_MET,
        asked=Asked.YES,
        look_again_by=date(2026, 6, 15),
        parts={heading: f"Of {heading.label.lower()}." for heading in Heading},
        about=(world.person("ada"), world.person("ruth")),
        options=(Option("Home", "Ruth asks for help.", taken=True), Option("Care", "Too soon.")),
        parties=(
            Party(Part.DECIDED, key("practitioner priya"), view=View.AGREES),
            Party(
                Part.PRESENT, key("practitioner ama"), view=View.DISSENTS,
                said="I would have liked a cot there first.",
            ),
            Party(Part.ABSENT, key("practitioner lund"), note="On leave; rang the ward."),
            Party(Part.CONSULTED, name="Nan", role="grandmother"),
        ),
        pins=(ProposedPin(SEEN, Use.WEIGHED_AGAINST, "It can be put right today."),),
        must_tell=(
            MustTell(world.agency("police")),
            MustTell(world.agency("mental_health"), Tell.NOT_YET, "Dr Lund is on leave."),
        ),
    )  # fmt: skip
    return replace(whole, **said)


def signed(
    world: World, who: str = "priya", *, draft: UUID | None = None, now: datetime = NOW,
    **said: object,
) -> Signed:  # fmt: skip
    """A decision signed by somebody; the draft's id is new where none is given."""
    actor = world.actors[who]
    return sign_decision(actor, world.case, draft or uuid4(), proposed(world, **said), now=now)


def audited(who: str, **detail: object) -> list[AuditEvent]:
    """The rows of the trail of one account with this detail."""
    rows = AuditEvent.objects.using("reader").filter(account=key(f"account {who}"))
    return [row for row in rows if all(row.detail.get(k) == v for k, v in detail.items())]
