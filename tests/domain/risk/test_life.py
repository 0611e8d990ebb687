"""A question is raised once, answered with reasons, cleared by itself, re-opened by what is new."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.life import (
    Answer,
    AnswerWithoutReasons,
    Given,
    NothingToAnswer,
    PromptState,
    answer_all,
    answered,
    live,
)
from goldenthread.domain.risk.vocabulary import Nature, PromptType
from goldenthread.usecases.risk.shipped import shipped_patterns

PATTERNS = {one.key: one for one in shipped_patterns()}
MONDAY = date(2024, 3, 4)
KEY = ("referral_left", "")
ANSWER = Answer(MONDAY, "Priya", "The referral was met by telephone the same day.", "Write it up.")


def raised(*ids, pattern="referral_left"):
    return Raised(
        pattern, 1, Nature.HARM, PromptType.DELAY, MONDAY, "Who?", "Lead", ids, frozenset(ids), ()
    )


def lived(*days, prompts=None):
    """The states in which a question stands on following days, `None` where it does not arise."""
    prompts, states = prompts or {}, []
    for later, arising in enumerate(days):
        on = MONDAY + timedelta(days=later)
        after = live(prompts, [arising] if arising else [], on, PATTERNS)
        prompts = after.prompts
        states.append([change.state for change in after.changes])
    return states, prompts


def test_raised_once_and_never_again_while_it_is_open():
    states, prompts = lived(raised("1"), raised("1"), raised("1", "2"), raised("1", "2", "3"))

    assert states == [[PromptState.RAISED], [], [], []]
    assert prompts[KEY].asked_about == {"1", "2", "3"}
    assert prompts[KEY].raised.because == ("1", "2", "3")


def test_cleared_when_it_no_longer_arises_and_not_asked_again_about_the_same():
    states, _ = lived(raised("1"), None, raised("1"), None, raised("1", "2"))

    assert states == [[PromptState.RAISED], [PromptState.CLEARED], [], [], [PromptState.REOPENED]]


def test_answered_stays_quiet_until_something_new_comes():
    _, prompts = lived(raised("1"))
    prompts = {KEY: answered(prompts[KEY], ANSWER)}

    states, after = lived(raised("1"), None, raised("1"), raised("1", "2"), prompts=prompts)

    assert states == [[], [], [], [PromptState.REOPENED]]
    assert after[KEY].answer is None


def test_how_much_is_new_enough_is_the_patterns_own():
    key = ("neglect_building", "")
    needed = PATTERNS["neglect_building"].reopens_after
    first = raised("1", "2", pattern="neglect_building")
    _, prompts = lived(first)
    prompts = {key: answered(prompts[key], ANSWER)}
    more = [f"n{n}" for n in range(needed)]

    states, _ = lived(
        raised("1", "2", *more[:-1], pattern="neglect_building"),
        raised("1", "2", *more, pattern="neglect_building"),
        prompts=prompts,
    )

    assert needed > 1
    assert states == [[], [PromptState.REOPENED]]


def test_a_bare_dismissal_is_no_answer():
    _, prompts = lived(raised("1"))

    with pytest.raises(AnswerWithoutReasons, match="what you make of it"):
        answered(prompts[KEY], Answer(MONDAY, "Priya", "  "))


def test_a_closed_question_cannot_be_answered():
    _, prompts = lived(raised("1"), None)

    with pytest.raises(NothingToAnswer):
        answered(prompts[KEY], ANSWER)


@pytest.mark.parametrize(("about", "is_open"), [("1", True), ("2", True), ("12", False)])
def test_an_answer_closes_it_only_when_every_entry_was_answered_for(about, is_open):
    """Even where the pattern takes three new entries to ask again."""
    pattern = "new_adult_without_checks"
    assert PATTERNS[pattern].reopens_after == 3
    _, prompts = lived(raised("1", "2", pattern=pattern))
    given = [Given(raised(*about, pattern=pattern), ANSWER)]

    after = answer_all(prompts, given, MONDAY).prompts

    assert after[(pattern, "")].is_open is is_open
