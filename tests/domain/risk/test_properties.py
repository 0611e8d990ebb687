"""Whatever the history: order does not matter, nothing leaks back, strengths raise no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.risk.engine import evaluate, new_ledger, questions
from goldenthread.domain.risk.joining import arrivals
from goldenthread.domain.risk.life import PromptState
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.usecases.risk.shipped import shipped_patterns
from tests.domain.risk.histories import START, asking_days, facts, histories, viewpoints

PATTERNS = shipped_patterns()
FEW = settings(max_examples=40, deadline=None)
FEWER = settings(max_examples=10, deadline=None)


def changes(history, viewpoint=None):
    return [change for day in unfold(PATTERNS, history, viewpoint) for change in day.changes]


@given(histories(), st.randoms(), asking_days, viewpoints)
@FEW
def test_order_of_arrival_never_matters(history, chance, on, viewpoint):
    shuffled = list(history)
    chance.shuffle(shuffled)

    assert evaluate(PATTERNS, shuffled, on, viewpoint) == evaluate(PATTERNS, history, on, viewpoint)


@given(histories(15), st.randoms(), viewpoints)
@FEWER
def test_living_through_again_gives_the_same(history, chance, viewpoint):
    once = changes(history, viewpoint)
    shuffled = list(history)
    chance.shuffle(shuffled)

    assert changes(history, viewpoint) == once
    assert changes(shuffled, viewpoint) == once


@given(histories(), asking_days, viewpoints)
@FEW
def test_what_became_known_later_never_leaks_back(history, on, viewpoint):
    """Without what arrived after the day, and without whom it was told after it: the same."""
    known = arrivals(history, viewpoint)
    by_then = [
        replace(fact, told=tuple(pair for pair in fact.told if pair[1] <= on))
        for fact in history
        if fact.id in known and known[fact.id] <= on
    ]

    assert evaluate(PATTERNS, history, on, viewpoint) == evaluate(PATTERNS, by_then, on, viewpoint)


@given(histories(), asking_days, st.sampled_from(["gp", "school", "probation"]))
@FEW
def test_one_agency_never_sees_what_it_was_not_told(history, on, agency):
    own = [f for f in history if f.agency == agency or any(to == agency for to, _ in f.told)]
    hidden = [  # whom others told is not its to know either
        f
        if f.agency == agency
        else replace(f, told=tuple(pair for pair in f.told if pair[0] == agency))
        for f in own
    ]

    assert evaluate(PATTERNS, history, on, agency) == evaluate(PATTERNS, hidden, on, agency)


@given(histories(), st.lists(facts(strength=True), min_size=1, max_size=3), asking_days, viewpoints)
@FEW
def test_a_strength_never_raises_a_question_of_harm(history, strengths, on, viewpoint):
    strengths = [replace(one, id=f"S{n}") for n, one in enumerate(strengths)]
    assert all(one.is_strength for one in strengths)

    def harms(known):
        found = evaluate(PATTERNS, known, on, viewpoint)
        return {one.key for one in found if one.nature is Nature.HARM}

    assert harms([*history, *strengths]) <= harms(history)


@given(histories(20), viewpoints)
@FEWER
def test_never_asked_twice_about_the_same_facts(history, viewpoint):
    asked = {}
    for change in changes(history, viewpoint):
        if change.state in (PromptState.RAISED, PromptState.REOPENED):
            raised = change.prompt.raised
            before = asked.setdefault(raised.key, set())
            assert raised.evidence - before
            before |= raised.evidence


@given(histories(20), viewpoints, st.integers(1, 60))
@FEWER
def test_a_ledger_that_grows_day_by_day_answers_as_a_fresh_one(history, viewpoint, step):
    joined = arrivals(history, viewpoint)
    ledger = new_ledger(PATTERNS, viewpoint)
    for later in range(0, 270, step):
        on = START + timedelta(days=later)
        for fact in history:
            if joined.get(fact.id, date.max) <= on:
                ledger.add(fact, joined[fact.id])

        assert questions(PATTERNS, ledger, on) == evaluate(PATTERNS, history, on, viewpoint)


@given(histories(), asking_days, viewpoints)
@FEW
def test_every_question_rests_on_what_was_known(history, on, viewpoint):
    known = {id for id, day in arrivals(history, viewpoint).items() if day <= on}

    for raised in evaluate(PATTERNS, history, on, viewpoint):
        assert set(raised.because) <= known
        assert raised.evidence
        assert raised.question.endswith("?")


def test_the_histories_of_chance_do_raise_questions():
    """Else none of the properties above would say anything."""
    raised = set()

    @given(histories(), asking_days)
    @settings(max_examples=60, deadline=None, database=None)
    def look(history, on):
        raised.update(one.pattern for one in evaluate(PATTERNS, history, on))

    look()
    assert len(raised) >= 12


def test_a_history_of_nothing_asks_nothing():
    assert evaluate(PATTERNS, [], START) == ()
    assert list(unfold(PATTERNS, [])) == []
