"""What stands unanswered: each reader's own families, and counts for whoever keeps them."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4, uuid5

import pytest

from goldenthread.domain.provenance.statement import Subject
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.risk.reading import questions_of
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.answer_question import AnswerGiven, answer_question
from goldenthread.usecases.risk.asked import key_of
from goldenthread.usecases.risk.unanswered import unanswered_families, unanswered_in_numbers
from tests.families.world import NOW, World, build_world, open_another_family


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def worry(world: World, case=None, who: str = "lund", agency: str = "mental_health"):
    """Adult mental health has known for weeks of a partner somebody worries about."""
    entry = world.entry(
        agency,
        "Ruth has a new partner, whom her sister is afraid of.",
        known="2026-03-14",
        kind="new_partner",
        concerns=("unsafe_adult",),
        about=("ruth",),
    )
    record_entry(world.actors[who], case or world.case, entry, now=NOW)
    return entry


def test_each_reader_sees_what_their_own_agency_s_knowledge_asks(world: World):
    worry(world)

    (own,) = unanswered_families(world.actors["lund"], now=NOW)

    assert own.case.id == world.case
    assert sum(number for _, number in own.asked) == own.questions > 0
    assert own.since <= NOW.date()
    # The chair reads everything together; nobody else learns that adult mental health holds it.
    assert [one.case.id for one in unanswered_families(world.actors["grace"], now=NOW)] == [
        world.case
    ]
    assert unanswered_families(world.actors["ama"], now=NOW) == []
    assert unanswered_families(world.actors["priya"], now=NOW) == []


@pytest.mark.parametrize("who", ["tom", "admin", "mina"])
def test_whoever_opens_no_family_sees_none(world: World, who: str):
    worry(world)

    assert unanswered_families(world.actors[who], now=NOW) == []
    events = AuditEvent.objects.using("reader").filter(action="list_unanswered")
    assert [event.outcome for event in events] == ["deny"]


def test_an_answered_question_is_listed_no_longer(world: World):
    worry(world)

    scope = world.agency("mental_health")
    for row in questions_of(world.case, scope):
        given = AnswerGiven("We have rung the social worker today.")
        key = key_of(row.pattern, row.subject)
        answer_question(world.actors["lund"], world.case, key, given, id=uuid4(), now=NOW)

    assert unanswered_families(world.actors["lund"], now=NOW) == []


def test_the_one_open_longest_stands_first(world: World):
    other = open_another_family(world, "Bell family")
    worry(world)
    early = world.entry(
        "health_visiting", "Ruth has a new partner.", "2026-01-20", known="2026-01-20",
        kind="new_partner", concerns=("unsafe_adult",), about=("ruth",),
    )  # fmt: skip
    early = replace(early, subjects=(Subject(uuid5(other, "ruth")),))
    record_entry(world.actors["ama"], other, early, now=NOW)

    found = unanswered_families(world.actors["grace"], now=NOW)

    assert [one.case.id for one in found] == [other, world.case]


def test_the_partnership_manager_sees_counts_in_which_no_family_can_be_found(world: World):
    worry(world)

    numbers = unanswered_in_numbers(world.actors["mina"], now=NOW)

    assert numbers.all.all == "fewer than 5"
    assert (numbers.by_agency, numbers.by_type) == ((), ())
    assert "Okafor" not in repr(numbers)
    (event,) = AuditEvent.objects.using("reader").filter(action="count_unanswered")
    assert (event.outcome, event.case, event.detail) == ("allow", None, {})


def test_enough_families_are_counted_by_agency_and_by_what_is_asked(world: World):
    for n in range(6):
        case = open_another_family(world, f"Family {n}")
        entry = world.entry(
            "health_visiting", "Ruth has a new partner.", known="2026-03-14",
            kind="new_partner", concerns=("unsafe_adult",), about=("ruth",),
        )  # fmt: skip
        entry = replace(entry, subjects=(Subject(uuid5(case, "ruth")),))
        record_entry(world.actors["ama"], case, entry, now=NOW)

    numbers = unanswered_in_numbers(world.actors["mina"], now=NOW)

    assert numbers.all.all == "about 5"
    assert [(line.heading, line.bands[-2], line.all) for line in numbers.by_agency] == [
        ("Fenwick Children's Services", "about 5", "about 5")
    ]
    assert [line.heading for line in numbers.by_type] == ["An adult nobody has asked about"]


@pytest.mark.parametrize("who", ["lund", "grace", "priya", "admin"])
def test_nobody_else_counts_the_partnership(world: World, who: str):
    with pytest.raises(NotFoundHere):
        unanswered_in_numbers(world.actors[who], now=NOW)

    (event,) = AuditEvent.objects.using("reader").filter(action="count_unanswered")
    assert event.outcome == "deny"
