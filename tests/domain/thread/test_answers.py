"""An answer holds for what it was given about; what had silenced a question may cease to stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.life import Answer, Given, PromptState
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.thread.becoming_known import Ending
from goldenthread.domain.thread.following import follow
from goldenthread.domain.thread.history import History
from goldenthread.usecases.risk.shipped import shipped_patterns

PATTERNS = tuple(
    one for one in shipped_patterns() if one.key in ("referral_left", "child_not_seen")
)
CSC = "children_social_care"
MONDAY = date(2024, 3, 4)
RAISED, ANSWERED = PromptState.RAISED, PromptState.ANSWERED
CLEARED, REOPENED = PromptState.CLEARED, PromptState.REOPENED


def day(number):
    return MONDAY + timedelta(days=number)


def fact(number, on, kind, concerns="neglect", known=None, **more):
    return Fact(
        id=str(UUID(int=number)),
        agency=CSC,
        kind=kind,
        happened=on_day(day(on)),
        known_from=day(on if known is None else known),
        people=("child", "mother"),
        concerns=frozenset(concerns.split()),
        **more,
    )


REFERRAL, ANOTHER = fact(1, 0, "referral"), fact(2, 30, "referral")
VISIT = fact(3, 10, "visit", "none")


def lived(facts, through=100, answers=(), endings=()):
    return follow(PATTERNS, History(tuple(facts), tuple(endings), tuple(answers)), day(through))


def became(*args, **more):
    """What became of the one question: days after the Monday, and states."""
    return [((one.on - MONDAY).days, one.state) for one in lived(*args, **more).changes]


def answer(on, *about, by="Priya"):
    put = lived([REFERRAL]).changes[0].prompt.raised
    ids = tuple(one.id for one in about)
    put = replace(put, because=ids, evidence=frozenset(ids))
    return Given(put, Answer(day(on), by, "It was met by telephone the same day."))


def test_put_answered_and_quiet_about_the_same():
    assert became([REFERRAL], answers=[answer(25, REFERRAL)]) == [(21, RAISED), (25, ANSWERED)]


def test_what_is_new_asks_again_and_an_answer_does_not_hold_for_it():
    states = became([REFERRAL, ANOTHER], answers=[answer(25, REFERRAL)])

    assert states == [(21, RAISED), (25, ANSWERED), (51, REOPENED)]


def test_an_answer_about_a_part_leaves_the_rest_open():
    """Social care answers what it knows of; the question of all agencies together goes on."""
    states = became([REFERRAL, ANOTHER], answers=[answer(60, REFERRAL)])
    both = became(
        [REFERRAL, ANOTHER], answers=[answer(60, REFERRAL), answer(60, ANOTHER, by="Ama")]
    )

    assert states == [(21, RAISED)]
    assert both == [(21, RAISED), (60, ANSWERED)]


def test_what_was_known_that_day_and_recorded_after_the_answer_asks_again():
    """The answer of the day says what it was about; the day alone would have silenced it."""
    late = fact(2, 1, "referral", known=3)

    assert became([REFERRAL, late], answers=[answer(25, REFERRAL)])[-1] != (25, ANSWERED)


def test_an_answer_is_kept_where_later_knowledge_shows_that_nothing_was_to_be_asked():
    """A visit is recorded late: nobody is asked of the referral again, and the answer stays."""
    found = lived([REFERRAL, VISIT], answers=[answer(25, REFERRAL)])

    assert [one.state for one in found.changes] == [ANSWERED]
    assert found.changes[0].on == day(25)
    (prompt,) = found.prompts.values()
    assert prompt.times == 0
    assert became([REFERRAL, VISIT, ANOTHER], answers=[answer(25, REFERRAL)])[-1] == (51, REOPENED)


def test_what_had_cleared_it_is_withdrawn_and_it_is_put_again():
    visit = fact(3, 30, "visit", "none")
    withdrawal = fact(4, 40, "contact", "none")
    cleared = [(21, RAISED), (30, CLEARED)]
    ending = Ending(visit.id, withdrawal, LinkKind.WITHDRAWS)

    assert became([REFERRAL, visit]) == cleared
    assert became([REFERRAL, visit, withdrawal], endings=[ending]) == [*cleared, (40, REOPENED)]


@pytest.mark.parametrize(("viewpoint", "on"), [(None, 40), (CSC, 40), ("multi_agency", 60)])
def test_a_withdrawn_entry_asks_until_whoever_looks_knows_of_it(viewpoint, on):
    referral = replace(REFERRAL, told=(("multi_agency", MONDAY),), told_kinds=())
    withdrawal = fact(4, 40, "contact", "none", told=(("multi_agency", day(60)),))
    ending = Ending(referral.id, withdrawal, LinkKind.WITHDRAWS)
    history = History((referral, withdrawal), (ending,))

    found = follow(PATTERNS, history, day(100), viewpoint).changes

    assert [(one.on, one.state) for one in found] == [(day(21), RAISED), (day(on), CLEARED)]


def test_a_correction_that_is_withdrawn_counts_no_longer():
    correction, withdrawal = fact(4, 40, "contact", "none"), fact(5, 50, "contact", "none")
    endings = [
        Ending(REFERRAL.id, correction, LinkKind.CORRECTS),
        Ending(correction.id, withdrawal, LinkKind.WITHDRAWS),
    ]

    states = became([REFERRAL, correction, withdrawal], endings=endings)

    assert states == [(21, RAISED), (40, CLEARED), (50, REOPENED)]


@pytest.mark.parametrize(("through", "asked"), [(41, False), (42, True), (43, True)])
def test_silence_goes_on_after_the_last_entry(through, asked):
    plan = fact(6, 0, "conference", "none", text="child protection plan made")

    states = [one.state for one in lived([plan], through).changes]

    assert states == ([RAISED] if asked else [])


def test_two_answers_of_a_day_are_in_no_order():
    given = [answer(25, REFERRAL, by="Ama"), answer(25, REFERRAL, by="Priya")]

    assert lived([REFERRAL], answers=given) == lived([REFERRAL], answers=given[::-1])


def test_a_kept_day_goes_on_without_what_had_been_withdrawn_by_then():
    withdrawal = fact(4, 10, "contact", "none")
    history = History(
        (REFERRAL, withdrawal), (Ending(REFERRAL.id, withdrawal, LinkKind.WITHDRAWS),)
    )
    whole = follow(PATTERNS, history, day(100), keep=[day(15)])

    on = follow(PATTERNS, history, day(100), begun=whole.stood[0])

    assert whole.changes == on.changes == ()
