"""A challenge recorded as one is what the pattern asks about, and its answer what the pattern takes.

The pattern reads entries alone, of imported files too; the record of challenges knows more. Here the
two are held together: for all agencies' sight, and for each agency that was told.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.challenges.course import State, StepKind
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.risk.life import OPEN
from goldenthread.records.risk import reading
from goldenthread.usecases.challenges.answer_challenge import AnswerSaid, answer_challenge
from goldenthread.usecases.challenges.raise_challenge import ChallengeSaid, raise_challenge
from goldenthread.usecases.challenges.read_challenges import read_challenge
from goldenthread.usecases.challenges.settle_challenge import StepSaid, settle_challenge
from goldenthread.usecases.challenges.take_further import FurtherSaid, take_further
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.consider_families import consider_family
from tests.agreement.test_thread import assert_kept_is_worked_out
from tests.families.world import NOW, World, build_world

PATTERN = "challenge_unanswered"
GRACE = timedelta(days=15)
# Whose decision it is, who challenges it, and who answers.
PAIRS = [
    ("social_care", "priya", "health_visiting", "ama"),
    (
        "health_visiting",
        "ama",
        "social_care",
        "priya",
    ),  # no other entry of a health visitor answers
    ("social_care", "priya", "social_care", "sam"),
]


class Between:
    """Two people of the small world, one of whom challenges what the other's agency decided."""

    def __init__(self, world: World, agency: str, decider: str, other: str, raiser: str) -> None:
        self.world, self.decider, self.raiser = world, decider, raiser
        self.agencies = {world.agency(agency), world.agency(other)}
        told = {other: "2026-06-09"} if other != agency else {}
        entry = world.entry(agency, "Discharged.", "2026-06-09", kind="decision", told=told)
        record_entry(world.actors[decider], world.case, entry, now=NOW)
        said = ChallengeSaid("Too soon.", "Wait.", "Nobody has asked.", False)
        self.id = raise_challenge(
            world.actors[raiser], world.case, entry.id, said, id=uuid4(), now=NOW
        ).id

    def answer(self, *, now=NOW) -> None:
        said = AnswerSaid("partly", "We looked again.", "A visit on Friday.")
        answer_challenge(
            self.world.actors[self.decider], self.world.case, self.id, said, id=uuid4(), now=now
        )

    def goes_on(self, *, now=NOW) -> None:
        take_further(
            self.world.actors[self.raiser], self.world.case, self.id,
            FurtherSaid("It was put off."), id=uuid4(), now=now,
        )  # fmt: skip

    def settles(self, how: StepKind, *, now=NOW) -> None:
        settle_challenge(
            self.world.actors[self.raiser], self.world.case, self.id, how,
            StepSaid("We agreed.", "Seen each week."), id=uuid4(), now=now,
        )  # fmt: skip

    def asked(self, now) -> bool:
        """Whether the pattern asks; the same in every sight that knows of the challenge."""
        consider_family(self.world.case, now=now)
        assert_kept_is_worked_out(self.world.case, now=now)
        answers = {
            any(
                row.pattern == PATTERN and row.state in OPEN
                for row in reading.questions_of(self.world.case, scope)
            )
            for scope in (None, *self.agencies)
        }
        (answer,) = answers
        return answer

    def waits(self, now) -> bool:
        seen = read_challenge(
            self.world.actors[self.raiser], self.world.case, self.id, now=now
        ).seen
        return seen.course.state is State.WAITING


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair[3]} challenges {pair[0]}")
def between(record: str, request) -> Between:
    return Between(build_world(), *request.param)


def test_unanswered_both_say_so_once_there_was_time_to_answer(between):
    assert not between.asked(NOW + timedelta(days=13))
    assert between.asked(NOW + GRACE) and between.waits(NOW + GRACE)


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=3), timedelta(days=20)])
def test_answered_neither_does_on_whatever_day_and_by_whatever_agency(between, after):
    between.answer(now=NOW + after)

    late = NOW + max(after, GRACE) + timedelta(days=1)
    assert not between.asked(late) and not between.waits(late)


def test_taken_further_both_wait_again(between):
    between.answer(now=NOW + timedelta(days=1))
    between.goes_on(now=NOW + timedelta(days=2))

    late = NOW + GRACE + timedelta(days=3)
    assert between.asked(late) and between.waits(late)
    between.answer(now=late)
    assert not between.asked(late + timedelta(days=1)) and not between.waits(late)


@pytest.mark.parametrize("how", [StepKind.RESOLVED, StepKind.WITHDRAWN])
def test_settled_without_an_answer_neither_does(between, how):
    between.settles(how, now=NOW)

    assert not between.asked(NOW + GRACE) and not between.waits(NOW + GRACE)


def test_accepting_adds_no_challenge_of_its_own(between):
    between.answer()
    between.settles(StepKind.ACCEPTED)

    assert not between.asked(NOW + timedelta(days=60))


def test_explaining_an_entry_of_a_challenge_answers_nothing(record):
    """Only a decision that says so answers; anybody may explain what they challenged."""
    between = Between(build_world(), *PAIRS[1])
    seen = read_challenge(
        between.world.actors["priya"], between.world.case, between.id, now=NOW
    ).seen
    more = between.world.entry("social_care", "I meant the weekend.", "2026-06-10", kind="contact")
    answer_entry(
        between.world.actors["priya"], between.world.case, seen.row.statement, LinkKind.CLARIFIES, more,
        reason="Asked what I meant.", now=NOW,
    )  # fmt: skip

    assert between.asked(NOW + GRACE)


def test_an_answer_that_was_withdrawn_answers_no_longer(record):
    between = Between(build_world(), *PAIRS[1])
    between.answer()
    world = between.world
    seen = read_challenge(world.actors["priya"], world.case, between.id, now=NOW).seen
    assert not between.asked(NOW + GRACE)
    taken_back = world.entry(
        "health_visiting",
        "That was another child.",
        "2026-06-11",
        kind="contact",
        told={"social_care": "2026-06-11"},
    )
    answer_entry(
        world.actors["ama"], world.case, seen.steps[-1].statement, LinkKind.WITHDRAWS, taken_back,
        reason="Wrong record.", now=NOW + GRACE,
    )  # fmt: skip

    assert between.asked(NOW + GRACE + timedelta(days=1))
