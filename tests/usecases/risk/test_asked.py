"""A reader's questions: of their own agency's knowledge, of everything for a chair, never mixed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.answer_entry import answer_entry
from tests.families.world import NOW, World, build_world
from tests.usecases.risk.thread import AGAIN, LEFT, as_known, asked, bruise, keys, record, refer


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def test_each_reader_sees_the_questions_of_their_own_scope(world: World):
    refer(world)
    bruise(world, "2026-03-14")
    bruise(world, "2026-04-20")

    assert keys(asked(world, "priya").open) == {LEFT}
    assert keys(asked(world, "ama").open) == {AGAIN}
    assert keys(asked(world, "grace").open) == {LEFT, AGAIN, "lead_not_told_of_harm"}
    assert keys(asked(world, "lund").open) == set()
    with pytest.raises(NotFoundHere):
        asked(world, "tom")


def test_a_scope_never_names_what_it_does_not_hold(world: World):
    """Police know of one bruise; nothing tells them, or any other, that there was a second."""
    known = bruise(world, "2026-03-14", told={"social_care": "2026-03-15"})
    hidden = bruise(world, "2026-04-20")
    refer(world)

    for who in ("priya", "lund"):
        seen = asked(world, who)
        ids = {id for one in seen.everything for id in one.because}
        assert hidden.id not in ids
        assert AGAIN not in keys(seen.everything)
        assert seen.not_yet_considered == 0
    assert {known.id, hidden.id} <= {id for one in asked(world, "grace").open for id in one.because}


def test_a_question_names_a_person_why_and_because_of_what(world: World):
    entry = refer(world)

    (question,) = asked(world, "priya").open

    assert question.asked_person.name == "Priya Nair"
    assert question.because == (entry.id,)
    assert question.evidence == {entry.id}
    assert (question.since, question.times) == (date(2026, 3, 31), 1)
    assert question.why
    assert question.guidance
    assert question.question.endswith("?")
    assert question.state_label == "Raised"


def test_what_holds_stands_beside_and_is_no_question(world: World):
    for who, agency, on in (
        ("priya", "social_care", "2026-05-01"),
        ("ama", "health_visiting", "2026-05-10"),
        ("lund", "mental_health", "2026-05-20"),
    ):
        record(world, who, agency, "Ruth asked for help.", on, kind="strength",
               concerns=("strength",))  # fmt: skip

    seen = asked(world, "grace")

    assert "strengths_seen_by_several" in keys(seen.strengths)
    assert seen.open == ()
    assert asked(world, "priya").strengths == ()


def test_silence_goes_on_after_the_last_entry_and_a_reading_carries_it_on(world: World):
    refer(world, on="2026-06-01")

    assert asked(world, "priya").open == ()
    later = NOW + timedelta(days=30)
    seen = asked(world, "priya", now=later)

    assert keys(seen.open) == {LEFT}
    assert seen.considered_on == later.date()


def test_as_known_on_an_earlier_day_is_what_was_asked_then(world: World):
    refer(world)
    bruise(world, "2026-03-14")
    bruise(world, "2026-04-20")

    def on(month: int, day: int) -> set[str]:
        return keys(as_known(world, "grace", end_of_day(date(2026, month, day))).open) & {
            LEFT,
            AGAIN,
        }

    assert (on(3, 30), on(3, 31)) == (set(), {LEFT})
    assert (on(4, 19), on(4, 20)) == ({LEFT}, {LEFT, AGAIN})


def test_as_known_now_is_as_seen_now(world: World):
    refer(world)
    bruise(world, "2026-03-14", told={"social_care": "2026-03-16"})
    bruise(world, "2026-04-20")

    for who in ("grace", "priya", "ama", "lund"):
        now, known = asked(world, who), as_known(world, who, NOW)
        assert known.open == now.open
        assert known.settled == now.settled
        assert known.strengths == now.strengths


def test_a_chair_may_ask_of_one_agency_and_another_reader_only_of_what_they_may_see(world: World):
    bruise(world, "2026-03-14", told={"social_care": "2026-03-16"})
    bruise(world, "2026-04-20")

    assert keys(as_known(world, "grace", NOW, "health_visiting").open) == {AGAIN}
    assert keys(as_known(world, "priya", NOW, "health_visiting").open) == set()
    assert keys(as_known(world, "priya", NOW, "mental_health").everything) == set()


def test_a_withdrawn_entry_asks_no_longer_and_did_until_then(world: World):
    entry = refer(world)
    withdrawal = world.entry(
        "social_care", "Written on the wrong family.", "2026-06-09", known="2026-06-09"
    )
    answer_entry(
        world.actors["priya"], world.case, entry.id, LinkKind.WITHDRAWS, withdrawal,
        reason="Another family.", now=NOW,
    )  # fmt: skip

    seen = asked(world, "priya")

    assert seen.open == ()
    assert [(one.pattern, one.state) for one in seen.settled] == [(LEFT, "cleared")]
    assert keys(as_known(world, "priya", datetime(2026, 6, 1, tzinfo=UTC)).open) == {LEFT}


def test_queries_do_not_grow_with_the_questions_or_the_entries(world: World):
    def counted() -> int:
        asked(world, "grace")
        with CaptureQueriesContext(connection) as captured:
            asked(world, "grace")
        return len(captured)

    refer(world)
    few = counted()
    for day in range(10, 20):
        bruise(world, f"2026-04-{day}")

    assert counted() == few <= 14
