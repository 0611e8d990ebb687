"""Challenge a decision: allowed, refused, audited, once; told, and never changed afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from goldenthread.domain.challenges.course import State, StepKind
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.challenges.models import Challenge, ChallengeStep
from goldenthread.usecases.challenges.drafts import (
    AlreadyKept,
    id_of_draft,
    keep_challenge_draft,
    open_challenge_draft,
)
from goldenthread.usecases.challenges.praise_challenge import praise_challenge
from goldenthread.usecases.challenges.raise_challenge import (
    CannotBeChallenged,
    ChallengeNotRaised,
    NotFoundHere,
    raise_challenge,
)
from goldenthread.usecases.challenges.read_challenges import (
    challenges_about,
    read_challenges,
)
from goldenthread.usecases.challenges.waiting import challenges_waiting
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from tests.families.world import NOW, World, build_world
from tests.usecases.challenging import answer, decided, further, raised, read, said, settled

TODAY = day_of(NOW)  # Wednesday 10 June 2026


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


def test_whoever_may_read_a_decision_raises_a_challenge_and_it_is_told_to_who_decided(world):
    target = decided(world)
    relied = decided(world, happened="2026-05-20", kind="observation")
    id = raised(world, target, entries=(relied,))

    seen = read(world, id)
    assert (seen.seen.row.target, seen.seen.row.asked_of_name) == (
        target,
        "Fenwick Children's Services",
    )
    assert seen.seen.course.state is State.WAITING
    assert (seen.seen.clock.due.on, seen.seen.clock.due.days) == (date(2026, 6, 24), 10)
    assert (seen.relies, seen.relies_on_more, seen.changed, seen.is_whole) == (
        (relied,),
        False,
        (),
        True,
    )
    entry = read_entry(world.actors["priya"], world.case, seen.seen.row.statement, now=NOW).entry
    assert entry.statement.text == (
        "The plan closes before anyone has asked who is there at night.\n\nAsk, and then decide."
    )
    assert entry.statement.kind == "challenge"
    assert entry.statement.reasoning == "Nobody has been there after five."
    assert {one.name for one in entry.knowers} == {
        "Fenwick Health Visiting",
        "Fenwick Children's Services",
    }
    assert read(world, id, "priya").may_answer and not read(world, id, "priya").is_raiser


def test_chosen_others_of_the_team_are_told_too(world):
    id = raised(world, tell=(world.agency("police"),))

    assert read(world, id, "tom").seen.issue.startswith("The plan closes")
    with pytest.raises(NotFoundHere):
        read(world, id, "lund")


@pytest.mark.parametrize("who", ["tom", "lund"])
def test_who_may_not_read_the_decision_can_neither_challenge_it_nor_know_of_a_challenge(world, who):
    target = decided(world)
    id = raised(world, target)
    actor = world.actors[who]

    with pytest.raises(NotFoundHere):
        raised(world, target, who)
    for attempt in (
        lambda: read(world, id, who),
        lambda: challenges_about(actor, world.case, target, now=NOW),
        lambda: answer(world, id, who),
        lambda: further(world, id, who),
        lambda: settled(world, id, who=who),
        lambda: praise_challenge(actor, world.case, id, "Well done.", id=uuid4(), now=NOW),
    ):
        with pytest.raises(NotFoundHere):
            attempt()
    assert read_challenges(actor, world.case, now=NOW).challenges == ()
    assert challenges_waiting(actor, now=NOW) == []
    with pytest.raises(NotFoundHere) as hidden:
        read(world, id, who)
    with pytest.raises(NotFoundHere) as unknown:
        read(world, uuid4(), who)
    assert str(hidden.value) == str(unknown.value)
    events = AuditEvent.objects.using("reader").filter(account=actor.account, resource=str(id))
    assert {(e.action, e.outcome) for e in events} == {
        ("view_family", "deny"), ("challenge_decision", "deny"),
    }  # fmt: skip


def test_somebody_with_no_part_in_the_family_is_refused_and_that_is_audited(world):
    id = raised(world)
    outsider = world.actors["admin"]

    for attempt in (
        lambda: read_challenges(outsider, world.case, now=NOW),
        lambda: raise_challenge(outsider, world.case, uuid4(), said(), id=uuid4(), now=NOW),
        lambda: answer(world, id, "mina"),
    ):
        with pytest.raises(NotFoundHere):
            attempt()
    denied = AuditEvent.objects.using("reader").filter(outcome="deny")
    assert {e.action for e in denied} == {"view_family", "challenge_decision"}


def test_each_step_is_audited_and_no_word_of_it(world):
    id = raised(world)
    answer(world, id)
    further(world, id)
    settled(world, id, StepKind.WITHDRAWN)
    praise_challenge(world.actors["priya"], world.case, id, "Canary.", id=uuid4(), now=NOW)

    events = AuditEvent.objects.using("reader").filter(
        action="challenge_decision", resource=str(id)
    )
    steps = [e.detail["step"] for e in events.order_by("recorded_at") if "step" in e.detail]
    assert steps == ["raised", "answered", "taken_further", "withdrawn"]
    assert any(e.detail.get("praised") for e in events)
    everything = str([(e.detail, e.resource) for e in events])
    for words in ("Canary", "eight", "plan", "asked who"):
        assert words not in everything


def test_asked_twice_each_is_kept_once(world):
    target, ids = decided(world), [uuid4() for _ in range(5)]
    for _ in range(2):
        raised(world, target, id=ids[0])
        answer(world, ids[0], id=ids[1])
        further(world, ids[0], id=ids[2])
        settled(world, ids[0], StepKind.RESOLVED, id=ids[3])
        praise_challenge(world.actors["priya"], world.case, ids[0], "Good.", id=ids[4], now=NOW)

    assert [one.number for one in read(world, ids[0]).seen.steps] == [1, 2, 3, 4]
    assert len(read(world, ids[0]).praise) == 1
    assert Challenge.objects.count() == 1


@pytest.mark.parametrize("part", ["issue", "wanted", "why"])
def test_a_challenge_without_its_words_is_refused_where_they_are_missing(world, part):
    with pytest.raises(ChallengeNotRaised) as refused:
        raised(world, **{part: "  "})
    assert set(refused.value.problems) == {part}
    assert Challenge.objects.count() == 0


def test_everything_that_is_wrong_is_said_at_once(world):
    target = decided(world)
    with pytest.raises(ChallengeNotRaised) as refused:
        raised(
            world, target, issue="", wanted="", immediate_risk=None,
            raised_on=TODAY + timedelta(days=1), tell=(uuid4(),),
        )  # fmt: skip
    assert set(refused.value.problems) == {"issue", "wanted", "immediate_risk", "raised_on", "tell"}


def test_where_a_child_is_at_risk_now_what_was_done_now_is_said(world):
    with pytest.raises(ChallengeNotRaised) as refused:
        raised(world, immediate_risk=True)
    assert set(refused.value.problems) == {"acted_now"}

    id = raised(world, immediate_risk=True, acted_now="Rang the emergency duty team at 14.10.")
    assert read(world, id).seen.row.acted_now.startswith("Rang")


def test_a_challenge_before_the_decision_is_refused(world):
    with pytest.raises(ChallengeNotRaised) as refused:
        raised(world, raised_on=date(2026, 5, 31))
    assert set(refused.value.problems) == {"raised_on"}


def test_an_entry_the_raiser_may_not_read_cannot_be_relied_on(world):
    theirs = decided(world, told={})
    for entry in (theirs, uuid4()):
        with pytest.raises(ChallengeNotRaised) as refused:
            raised(world, entries=(entry,))
        assert refused.value.problems == {
            "entries": "One of these entries is not in what you can read. Choose again."
        }


def test_what_is_no_decision_cannot_be_challenged(world):
    with pytest.raises(CannotBeChallenged):
        raised(world, decided(world, kind="observation"))


def test_ones_own_agencys_decision_can_be_challenged(world):
    id = raised(world, who="sam")

    assert read(world, id, "sam").seen.row.asked_of == world.agency("social_care")
    assert answer(world, id, "priya").already is False


def test_a_challenge_stops_nothing(world):
    """Whatever is open, entries go on being recorded and told as before."""
    target = decided(world)
    raised(world, target, immediate_risk=True, acted_now="Rang.")

    decided(world, kind="plan_change")
    decided(world, kind="closure")
    telling = Telling(world.agency("police"), told=on_day(TODAY))
    assert share_entry(world.actors["priya"], world.case, target, [telling], now=NOW).added == 1


def test_an_agency_told_only_of_the_raising_is_not_shown_where_it_stands(world):
    id = raised(world)
    raise_entry = read(world, id).seen.row.statement
    answer(world, id)
    settled(world, id)
    telling = Telling(world.agency("police"), told=on_day(TODAY))
    share_entry(world.actors["ama"], world.case, raise_entry, [telling], now=NOW)

    seen = read(world, id, "tom")
    assert seen.seen.is_partial and seen.seen.clock is None and seen.praise == ()
    assert [one.kind for one in seen.seen.steps] == ["raised"]
    assert "eight" not in str(seen) and "That settles" not in str(seen)
    assert read(world, id, "grace").seen.course.state is State.SETTLED
    with pytest.raises(NotFoundHere):
        praise_challenge(world.actors["tom"], world.case, id, "Good.", id=uuid4(), now=NOW)


def test_what_it_relies_on_that_a_reader_may_not_see_is_left_out_and_the_raiser_is_told(world):
    own = world.entry("health_visiting", "The light was on at three.", kind="observation")
    record_entry(world.actors["ama"], world.case, own, now=NOW)
    id = raised(world, entries=(own.id,))

    theirs = read(world, id, "priya")
    assert (theirs.relies, theirs.relies_on_more, theirs.lacking) == ((), True, ())
    assert str(own.id) not in str(theirs.relies)
    assert read(world, id).lacking == ("Fenwick Children's Services",)


def test_a_change_behind_the_services_back_is_seen(world):
    id = raised(world)
    answer(world, id)
    step = ChallengeStep.objects.get(challenge=id, number=2)

    for planted in (
        f"UPDATE challenges_challengestep SET words = 'We agree.' WHERE id = '{step.id}'",
        f"UPDATE challenges_challengestep SET \"on\" = '2026-06-01' WHERE id = '{step.id}'",
        f"UPDATE challenges_challenge SET wanted = 'Nothing.' WHERE id = '{id}'",
    ):
        assert read(world, id).is_whole
        before = _tampered(planted)
        assert not read(world, id).is_whole
        before()
    assert read(world, id).is_whole


def _tampered(planted: str):
    """Change a row with the triggers off, as only the owner of the database could; gives the undo."""
    tables = ("challenges_challenge", "challenges_challengestep")
    kept = {}
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"SELECT id, * FROM {table}")
            kept[table] = [d.name for d in cursor.description][1:], cursor.fetchall()
        cursor.execute(planted)

    def undo() -> None:
        with connections["owner"].cursor() as cursor:
            for table, (names, rows) in kept.items():
                sets = ", ".join(f'"{name}" = %s' for name in names)
                for id, *row in rows:
                    cursor.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*row, id])
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return undo


def test_a_pinned_entry_that_says_something_else_now_is_named(world):
    target = decided(world)
    relied = decided(world, kind="observation")
    id = raised(world, target, entries=(relied,))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE provenance_statement DISABLE TRIGGER USER")
        cursor.execute("UPDATE provenance_statement SET text = 'Other.' WHERE id = %s", [relied])
        cursor.execute("ALTER TABLE provenance_statement ENABLE TRIGGER USER")

    assert read(world, id).changed == (relied,)


def test_a_draft_is_kept_as_typed_for_its_author_and_becomes_one_challenge(world):
    ama, target, draft = world.actors["ama"], decided(world), uuid4()
    keep_challenge_draft(
        ama, world.case, draft, {"issue": [" half a sen"]}, {"target": str(target)}, now=NOW
    )

    assert open_challenge_draft(ama, world.case, draft, now=NOW).fields["challenge"] == {
        "issue": [" half a sen"]
    }
    assert open_challenge_draft(world.actors["priya"], world.case, draft, now=NOW) is None
    id = id_of_draft(ama, draft)
    raise_challenge(ama, world.case, target, said(), id=id, now=NOW, draft=draft)
    for attempt in (
        lambda: open_challenge_draft(ama, world.case, draft, now=NOW),
        lambda: keep_challenge_draft(ama, world.case, draft, {"issue": ["x"]}, {}, now=NOW),
    ):
        with pytest.raises(AlreadyKept) as already:
            attempt()
        assert already.value.challenge == id
