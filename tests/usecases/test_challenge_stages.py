"""Who answers a challenge and how soon is set by the partnership manager, by decision, and kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.challenges.course import StepKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.challenges.models import AnswererVersion, LadderVersion
from goldenthread.usecases.challenges.answer_challenge import (
    AnswerSaid,
    ExpiredDeputy,
    NotWhoAnswers,
    answer_challenge,
)
from goldenthread.usecases.challenges.in_numbers import challenges_in_numbers
from goldenthread.usecases.challenges.raise_challenge import ChallengeSaid, raise_challenge
from goldenthread.usecases.challenges.read_challenges import read_challenge
from goldenthread.usecases.challenges.read_stages import read_stages
from goldenthread.usecases.challenges.set_answerer import AnswererProposed, set_answerer
from goldenthread.usecases.challenges.set_stages import (
    NotFoundHere,
    SetMeanwhile,
    SettingsNotSet,
    StagesProposed,
    set_stages,
)
from goldenthread.usecases.challenges.settle_challenge import StepSaid, settle_challenge
from goldenthread.usecases.challenges.waiting import Part, challenges_waiting
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import World, build_world, open_another_family

OURS = (
    ("Talk to each other", "Whoever decided", "3", "working_days"),
    ("Managers", "The team manager", "5", "calendar_days"),
)


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def now() -> datetime:
    """The database dates a decision itself, so this clock is the real one."""
    return datetime.now(UTC)


def decide(
    world,
    now,
    *,
    stages=OURS,
    reason="Agreed in March.",
    holds_from="",
    who="mina",
    based_on=0,
    id=None,
):
    proposed = StagesProposed(stages, reason, holds_from)
    return set_stages(world.actors[who], proposed, id=id or uuid4(), based_on=based_on, now=now)


def name(
    world,
    now,
    *,
    person="priya",
    agency="social_care",
    stage=1,
    who="mina",
    based_on=0,
    id=None,
    **more,
):
    proposed = AnswererProposed(
        world.actors[person].practitioner if person else None, **{"reason": "Named.", **more}
    )
    return set_answerer(
        world.actors[who], world.agency(agency), stage, proposed, id=id or uuid4(), based_on=based_on, now=now
    )  # fmt: skip


def raised(world, now, **more):
    on = day_of(now) - timedelta(days=2)
    entry = world.entry(
        "social_care",
        "Close the plan.",
        str(on),
        kind="decision",
        told={"health_visiting": str(on)},
    )
    record_entry(world.actors["priya"], world.case, entry, now=now)
    said = ChallengeSaid("Too soon.", "Wait.", "Nobody asked.", False, raised_on=day_of(now))
    return raise_challenge(world.actors["ama"], world.case, entry.id, said, id=uuid4(), now=now).id


def answer(world, challenge, now, who="priya", **more):
    said = AnswerSaid("stands", "We looked again.", "Nothing yet.", **more)
    return answer_challenge(world.actors[who], world.case, challenge, said, id=uuid4(), now=now)


def test_until_the_partnership_decides_the_generic_ladder_holds_and_says_so(world, now):
    found = read_stages(world.actors["ama"], now=now)

    assert found.generic == "Generic; replace with your partnership’s own"
    assert "Rotherham" in found.source
    assert [stage.number for stage in found.ladder.stages] == [1, 2, 3, 4, 5]
    assert (found.versions, found.may_set, found.people) == ((), False, ())


def test_a_decision_holds_at_once_with_its_author_and_reason(world, now):
    assert decide(world, now) == 1

    found = read_stages(world.actors["mina"], now=now + timedelta(seconds=1))
    assert [(s.name, s.days) for s in found.ladder.stages] == [
        ("Talk to each other", 3),
        ("Managers", 5),
    ]
    assert (found.generic, found.ladder.version, found.may_set) == ("", 1, True)
    (version,) = found.versions
    assert (version.set_by_name, version.reason) == ("Mina Rao", "Agreed in March.")
    assert read_stages(world.actors["ama"], now=now - timedelta(minutes=1)).generic


def test_a_clock_that_runs_keeps_the_time_it_started_with(world, now):
    id = raised(world, now)
    decide(world, now)
    later = now + timedelta(seconds=1)

    before = read_challenge(world.actors["ama"], world.case, id, now=later).seen
    assert (before.clock.due.days, before.steps[0].stage_name) == (
        10,
        "Practitioner to practitioner",
    )
    after = read_challenge(world.actors["ama"], world.case, raised(world, later), now=later).seen
    assert (after.clock.due.days, after.steps[0].stage_name) == (3, "Talk to each other")


def test_a_decision_for_a_later_day_holds_from_then(world, now):
    decide(world, now, holds_from=f"{day_of(now) + timedelta(days=30):%-d %B %Y}")

    assert read_stages(world.actors["ama"], now=now).generic
    assert not read_stages(world.actors["ama"], now=now + timedelta(days=31)).generic


def test_asked_twice_it_is_set_once_and_nobody_overwrites_another(world, now):
    id = uuid4()
    assert decide(world, now, id=id) == decide(world, now, id=id) == 1
    with pytest.raises(SetMeanwhile):
        decide(world, now, stages=OURS[:1])
    assert decide(world, now, stages=OURS[:1], based_on=1) == 2

    who = uuid4()
    assert name(world, now, id=who) == name(world, now, id=who) == 1
    with pytest.raises(SetMeanwhile):
        name(world, now, person="sam")
    assert (LadderVersion.objects.count(), AnswererVersion.objects.count()) == (2, 1)


@pytest.mark.parametrize("who", ["priya", "grace", "ama", "tom", "admin"])
def test_nobody_else_sets_anything_and_that_is_audited(world, now, who):
    for attempt in (lambda: decide(world, now, who=who), lambda: name(world, now, who=who)):
        with pytest.raises(NotFoundHere):
            attempt()

    events = AuditEvent.objects.using("reader").filter(action="set_stages")
    assert [(e.outcome, e.account) for e in events] == [("deny", world.actors[who].account)] * 2
    assert LadderVersion.objects.count() == AnswererVersion.objects.count() == 0


def test_what_was_set_is_audited_without_the_reason(world, now):
    decide(world, now, reason="Canary")
    name(world, now, reason="Canary")

    details = [e.detail for e in AuditEvent.objects.using("reader").filter(action="set_stages")]
    assert {"version": 1} in details
    assert "Canary" not in str(details)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"holds_from": "1 March 2020"}, "holds_from"),
        ({"holds_from": "spring"}, "holds_from"),
        ({"stages": (("", "Who", "3", "working_days"),)}, "1.name"),
        ({"stages": (("One", "Who", "soon", "working_days"),)}, "1.days"),
        ({"stages": ()}, "stages"),
    ],
)
def test_stages_that_cannot_be_are_refused_where_they_are_wrong(world, now, more, part):
    with pytest.raises(SettingsNotSet) as refused:
        decide(world, now, **more)
    assert part in refused.value.problems
    assert LadderVersion.objects.count() == 0


def test_the_same_stages_again_are_no_decision(world, now):
    decide(world, now)
    with pytest.raises(SettingsNotSet, match="decided last"):
        decide(world, now, based_on=1)


def deputy(world, now, begins, ends, **more):
    """Priya answers; Sam stands in from one day to another, counted from today."""
    day = day_of(now)
    return name(
        world, now, deputy=world.actors["sam"].practitioner,
        deputy_from=f"{day + timedelta(days=begins):%-d %B %Y}",
        deputy_to=f"{day + timedelta(days=ends):%-d %B %Y}", **more,
    )  # fmt: skip


def test_a_deputy_whose_days_are_over_is_refused_when_named(world, now):
    with pytest.raises(SettingsNotSet) as refused:
        deputy(world, now, -9, -1)
    assert refused.value.problems == {
        "deputy_to": "This day has passed, so nobody would stand in. Give a later day."
    }
    for more, part in (
        ({"person": None}, "practitioner"),
        ({"deputy_from": "x", "deputy": world.actors["sam"].practitioner}, "deputy_from"),
        ({"deputy": uuid4()}, "deputy"),
        ({"deputy": world.actors["priya"].practitioner}, "deputy"),
    ):
        with pytest.raises(SettingsNotSet) as refused:
            name(world, now, **more)
        assert part in refused.value.problems
    with pytest.raises(NotFoundHere):
        set_answerer(
            world.actors["mina"], uuid4(), 1, AnswererProposed(uuid4(), reason="x"), id=uuid4(),
            based_on=0, now=now,
        )  # fmt: skip


def test_an_expired_deputy_is_told_so_when_they_answer_and_shown_where_it_is_set(world, now):
    deputy(world, now, 0, 1)
    id = raised(world, now)
    later = now + timedelta(days=3)

    with pytest.raises(ExpiredDeputy, match=r"Sam Reed stood in until .* Ask Priya Nair"):
        answer(world, id, later, "sam")
    found = read_stages(world.actors["mina"], now=later)
    assert found.expired == {(world.agency("social_care"), 1)}
    assert read_stages(world.actors["mina"], now=now + timedelta(seconds=1)).expired == frozenset()
    answer(world, id, later, "sam", given_by=world.actors["priya"].practitioner)


def test_an_answer_given_while_the_deputy_stood_in_can_be_written_down_afterwards(world, now):
    deputy(world, now, 0, 1)
    id = raised(world, now)
    later = now + timedelta(days=3)

    answer(world, id, later, "sam", on=day_of(now) + timedelta(days=1))


def test_whoever_is_named_answers_and_their_deputy_in_time_is_asked_too(world, now):
    deputy(world, now, 0, 5)
    id = raised(world, now)
    later = now + timedelta(seconds=1)

    assert [one.part for one in challenges_waiting(world.actors["priya"], now=later)] == [
        Part.ANSWERS
    ]
    assert [one.part for one in challenges_waiting(world.actors["sam"], now=later)] == [
        Part.STANDS_IN
    ]
    with pytest.raises(NotWhoAnswers, match="Priya Nair answers"):
        answer(world, id, later, "grace")
    answer(world, id, later, "sam")
    assert challenges_waiting(world.actors["sam"], now=now + timedelta(days=9)) == []


def test_the_partnership_sees_how_disagreements_end_and_not_whose(world, now):
    for place in range(6):
        case = open_another_family(world, f"other{place}")
        _one_challenge_settled(world, case, now)

    found = challenges_in_numbers(world.actors["mina"], now=now).found
    assert found.all.all == "about 5"
    assert {line.heading: line.all for line in found.how}["Answer accepted"] == "about 5"
    assert [line.heading for line in found.stages] == ["Stage 1"]
    everything = str(found)
    for word in ("other", "Fenwick", "Priya", "Ama", "Too soon", str(world.agency("social_care"))):
        assert word not in everything
    for who in ("priya", "grace", "admin"):
        with pytest.raises(NotFoundHere):
            challenges_in_numbers(world.actors[who], now=now)


def _one_challenge_settled(world, case, now):
    from uuid import uuid5

    from goldenthread.domain.provenance.statement import Subject

    on = day_of(now) - timedelta(days=2)
    entry = world.entry(
        "social_care",
        "Close.",
        str(on),
        kind="decision",
        told={"health_visiting": str(on)},
        about=(),
    )
    object.__setattr__(entry, "subjects", (Subject(uuid5(case, "ada")),))
    record_entry(world.actors["priya"], case, entry, now=now)
    ama = world.actors["ama"]
    said = ChallengeSaid("Too soon.", "Wait.", "Nobody asked.", False)
    id = raise_challenge(ama, case, entry.id, said, id=uuid4(), now=now).id
    given = AnswerSaid("changed", "Yes.", "It waits.")
    answer_challenge(world.actors["priya"], case, id, given, id=uuid4(), now=now)
    accepted = StepSaid("Good.", "It waits.")
    settle_challenge(ama, case, id, StepKind.ACCEPTED, accepted, id=uuid4(), now=now)


def test_a_year_end_and_bank_holidays_are_in_the_clock_that_is_shown(world):
    """Ten working days from 17 December 2026 pass Christmas, Boxing Day and New Year."""
    then = datetime(2026, 12, 17, 12, tzinfo=UTC)
    id = raised(world, then)

    due = read_challenge(world.actors["ama"], world.case, id, now=then).seen.clock.due
    assert due.on == date(2027, 1, 5)
    named = [why for _, why in due.left_out if why not in ("Saturday", "Sunday")]
    assert named == ["Christmas Day", "Boxing Day (substitute day)", "New Year’s Day"]
