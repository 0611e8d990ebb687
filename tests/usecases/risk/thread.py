"""A family's history in the small world, and the questions it asks."""

from __future__ import annotations

from datetime import datetime

from goldenthread.domain.access.decision import Action
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.asked import Asked, questions_as_known, questions_seen
from tests.families.world import NOW, World

LEFT, AGAIN = "referral_left", "injury_of_concern_again"


def refer(world: World, on: str = "2026-03-10", **more):
    """A referral about the mother that nothing follows: its one question is social care's."""
    return record(world, "priya", "social_care", "Referred by the surgery.", on, kind="referral",
                  concerns=("physical",), about=("ruth",), **more)  # fmt: skip


def bruise(world: World, on: str, **more):
    """A bruise that the health visitor sees and, unless `told` says more, tells nobody of."""
    return record(world, "ama", "health_visiting", "A bruise was seen.", on, kind="injury",
                  concerns=("physical",), about=("ada",), **more)  # fmt: skip


def record(world: World, who: str, agency: str, text: str, on: str, now: datetime = NOW, **more):
    entry = world.entry(agency, text, on, known=more.pop("known", on), **more)
    record_entry(world.actors[who], world.case, entry, now=now)
    return entry


def asked(world: World, who: str, now: datetime = NOW) -> Asked:
    with permitted(world.actors[who], world.case, Action.VIEW_FAMILY, now=now) as permission:
        return questions_seen(permission, now=now)


def as_known(world: World, who: str, as_of: datetime, agency: str | None = None) -> Asked:
    with permitted(world.actors[who], world.case, Action.VIEW_FAMILY, now=NOW) as permission:
        known = None if agency is None else world.agency(agency)
        return questions_as_known(permission, agency=known, as_of=as_of, now=NOW)


def keys(questions) -> set[str]:
    return {one.pattern for one in questions}
