"""What somebody who left was answerable for, for whoever hands it on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from goldenthread.records.access.models import TeamMember
from goldenthread.records.network.models import GapAnswer
from goldenthread.usecases.accounts.handing_on import WorkKind, handing_on
from tests.families.world import NOW, World, key
from tests.usecases.accounts.looking_after import left


def take_on(world: World, who: str) -> None:
    actor = world.actors[who]
    GapAnswer.objects.create(
        id=key(f"gap {who}"), case_id=world.case, gap="father:1", question="Who is the father?",
        outcome="taken_on", words="I will ask.", owner_id=actor.practitioner,
        due=date(2026, 6, 20), agency_id=actor.agency, answered_by_id=actor.account,
        recorded_at=datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def test_what_was_taken_on_is_listed_for_whoever_hands_it_on(jo, world):
    take_on(world, "priya")
    left(jo, "priya", to="grace")
    [one] = handing_on(world.actors["grace"], now=NOW).left
    assert (one.name, one.kind) == ("Priya Nair", "left")
    assert [(w.kind, w.words, w.due) for w in one.work] == [
        (WorkKind.FIND_OUT, "Who is the father?", date(2026, 6, 20))
    ]
    assert handing_on(world.actors["sam"], now=NOW).left == ()


def test_whoever_may_open_none_of_the_families_is_listed_nothing(jo, world):
    """With Priya and Grace gone from the team nobody of the agency may open the family."""
    take_on(world, "priya")
    TeamMember.objects.filter(practitioner=key("practitioner grace")).update(to_on=date(2026, 6, 1))
    left(jo, "priya", to="sam")
    [one] = handing_on(world.actors["sam"], now=NOW).left
    assert one.work == ()


def test_what_a_chair_had_taken_on_is_not_for_somebody_who_does_not_chair(jo, world):
    take_on(world, "grace")
    left(jo, "grace", to="sam")
    [one] = handing_on(world.actors["sam"], now=NOW).left
    assert one.work == ()
