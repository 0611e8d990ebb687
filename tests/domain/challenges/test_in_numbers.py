"""How disagreements were resolved, counted so that nobody can be found in it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.challenges.course import AnswerOutcome, Step, StepKind, course_of
from goldenthread.domain.challenges.in_numbers import DID, HOW, Counted, resolving
from goldenthread.domain.risk.unanswered import CountingRules

RULES = CountingRules(
    ((0, "under 1 week"), (7, "1 week to under 4"), (28, "4 weeks or more")), 5, 5
)
TODAY = date(2026, 11, 26)
BY = UUID(int=9)


def challenge(family: int, *, end=None, stage=1, took=10, outcome=None) -> Counted:
    start = TODAY - timedelta(days=took)
    steps = [Step(1, StepKind.RAISED, 1, start, BY)]
    if stage > 1:
        steps.append(Step(2, StepKind.TAKEN_FURTHER, stage, start, BY))
    if outcome:
        steps.append(Step(len(steps) + 1, StepKind.ANSWERED, stage, TODAY, BY, outcome=outcome))
    if end:
        steps.append(Step(len(steps) + 1, end, stage, TODAY, BY))
    return Counted(UUID(int=family), course_of(steps))


def test_families_are_counted_by_how_it_ended_what_was_answered_and_the_stage():
    told = [challenge(n, end=StepKind.ACCEPTED, outcome=AnswerOutcome.CHANGED) for n in range(12)]
    told += [challenge(n, stage=2, took=40) for n in range(12, 22)]
    found = resolving(told, RULES, TODAY)

    how = {line.heading: line for line in found.how}
    assert tuple(how) == tuple(HOW)
    assert how["Answer accepted"].all == "about 10"
    assert how["Answer accepted"].bands == ("fewer than 5", "about 10", "fewer than 5")
    assert how["Waiting for an answer"].bands == ("fewer than 5", "fewer than 5", "about 10")
    assert how["Withdrawn"].all == "fewer than 5"
    assert [line.all for line in found.stages] == ["about 10", "about 10"]
    assert tuple(line.heading for line in found.did) == DID
    assert found.did[0].all == "about 10"


def test_few_families_are_told_of_in_one_word_alone():
    found = resolving([challenge(n) for n in range(4)], RULES, TODAY)

    assert (found.how, found.did, found.stages) == ((), (), ())
    assert found.all.all == "fewer than 5"


@given(
    st.lists(
        st.builds(
            challenge,
            st.integers(1, 40),
            end=st.sampled_from(
                [None, *[k for k in StepKind if k.value in ("resolved", "withdrawn")]]
            ),
            stage=st.integers(1, 4),
            took=st.integers(0, 200),
            outcome=st.sampled_from([None, *AnswerOutcome]),
        ),
        max_size=60,
    )
)
def test_no_small_count_is_ever_told(told):
    found = resolving(told, RULES, TODAY)

    for line in (*found.how, *found.did, *found.stages, found.all):
        for words in (*line.bands, line.all):
            assert words in ("fewer than 5", "not told") or words.startswith("about ")
        if line.all == "fewer than 5":
            assert set(line.bands) == {"not told"}
