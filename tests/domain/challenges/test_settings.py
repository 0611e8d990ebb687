"""The ladder and who answers: read as typed, and refused in plain words where they cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.challenges.answering import (
    Answerer,
    DeputyNotUnderstood,
    DeputyState,
    ExpiredDeputy,
    NotWhoAnswers,
    answerer_of,
    refuse_who_does_not_answer,
)
from goldenthread.domain.challenges.ladder import LadderNotUnderstood, ladder_of
from goldenthread.domain.challenges.sealing import is_whole, sealed
from goldenthread.domain.challenges.working_days import Unit

TEAM_MANAGER, DEPUTY, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = {TEAM_MANAGER: "Bev Holroyd", DEPUTY: "Imran Aziz"}
TODAY = date(2026, 11, 4)
ONE = ("Practitioner to practitioner", "Whoever decided", "10", "working_days")


def test_a_ladder_is_read_as_typed():
    ladder = ladder_of([ONE, (" Managers ", "The line manager", "", "calendar_days")], version=3)

    assert [(s.number, s.name, s.days, s.unit) for s in ladder.stages] == [
        (1, "Practitioner to practitioner", 10, Unit.WORKING), (2, "Managers", None, Unit.CALENDAR),
    ]  # fmt: skip
    assert [s.number for s in ladder.after(1)] == [2]
    assert ladder.at(7).number == 2 and ladder.at(1).number == 1


@pytest.mark.parametrize(
    ("stages", "part"),
    [
        ([], "stages"),
        ([ONE] * 10, "stages"),
        ([("", *ONE[1:])], "1.name"),
        ([(ONE[0], " ", *ONE[2:])], "1.who"),
        ([("x" * 81, *ONE[1:])], "1.name"),
        ([ONE, ONE], "2.name"),
        ([(*ONE[:2], "0", ONE[3])], "1.days"),
        ([(*ONE[:2], "ten", ONE[3])], "1.days"),
        ([(*ONE[:2], "-3", ONE[3])], "1.days"),
        ([(*ONE[:2], "٣", ONE[3])], "1.days"),
        ([(*ONE[:2], "99999999999999999999", ONE[3])], "1.days"),
        ([(*ONE[:3], "fortnights")], "1.unit"),
    ],
)
def test_what_cannot_be_used_is_said_by_its_part(stages, part):
    with pytest.raises(LadderNotUnderstood) as refused:
        ladder_of(stages)
    assert part in refused.value.problems
    assert all(one.endswith(".") for one in refused.value.problems.values())


@given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.text()), max_size=12))
def test_any_words_are_read_or_refused_with_a_sentence(stages):
    problems: dict[str, str] = {"nothing": "yet"}
    try:
        ladder_of(stages)
    except LadderNotUnderstood as refused:
        problems = refused.problems
    assert problems and all(problems.values())


STANDING_IN = Answerer(TEAM_MANAGER, DEPUTY, date(2026, 11, 1), date(2026, 11, 3))


@given(st.dates(date(2026, 10, 1), date(2026, 12, 1)))
def test_a_deputy_answers_in_their_time_and_on_no_other_day(on):
    within = date(2026, 11, 1) <= on <= date(2026, 11, 3)

    assert (DEPUTY in STANDING_IN.answering(on)) == within
    assert (STANDING_IN.deputy_state(on) is DeputyState.STANDS_IN) == within
    assert TEAM_MANAGER in STANDING_IN.answering(on)


def test_an_expired_deputy_is_told_so_and_whom_to_ask():
    with pytest.raises(ExpiredDeputy) as refused:
        refuse_who_does_not_answer(STANDING_IN, DEPUTY, TODAY, names=NAMES)

    assert refused.value.reason == (
        "Imran Aziz stood in until 3 November 2026. Ask Bev Holroyd, or ask the partnership "
        "manager to name a deputy for now. What you wrote is kept."
    )


def test_a_deputy_who_is_yet_to_come_is_told_from_when():
    with pytest.raises(ExpiredDeputy, match="stands in from 1 November 2026"):
        refuse_who_does_not_answer(STANDING_IN, DEPUTY, date(2026, 10, 31), names=NAMES)


def test_somebody_else_is_told_who_answers():
    with pytest.raises(NotWhoAnswers, match="Bev Holroyd"):
        refuse_who_does_not_answer(STANDING_IN, STRANGER, TODAY, names=NAMES)


@pytest.mark.parametrize(
    ("deputy", "begins", "ends", "part"),
    [
        (TEAM_MANAGER, TODAY, TODAY, "deputy"),
        (DEPUTY, None, TODAY, "deputy_from"),
        (DEPUTY, TODAY, None, "deputy_to"),
        (DEPUTY, TODAY, TODAY - timedelta(days=1), "deputy_to"),
        (DEPUTY, TODAY - timedelta(days=9), TODAY - timedelta(days=1), "deputy_to"),
    ],
)
def test_a_deputy_is_named_with_days_that_can_be(deputy, begins, ends, part):
    with pytest.raises(DeputyNotUnderstood) as refused:
        answerer_of(TEAM_MANAGER, deputy, begins, ends, today=TODAY)
    assert refused.value.part == part


def test_a_seal_is_broken_by_any_other_word_and_by_a_step_that_is_gone():
    first, rest = {"issue": "A"}, [{"words": "B"}, {"words": "C"}]
    one = sealed(first)
    two = sealed(rest[0], after=one)
    seals = [one, two, sealed(rest[1], after=two)]

    assert is_whole(first, rest, seals)
    assert not is_whole({"issue": "a"}, rest, seals)
    assert not is_whole(first, [{"words": "b"}, rest[1]], seals)
    assert not is_whole(first, rest[1:], seals[:1] + seals[2:])
    assert not is_whole(first, rest, seals[:2])
