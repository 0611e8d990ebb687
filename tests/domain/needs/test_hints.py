"""What an adult cannot do as it is written: said of what was said, and never taking anything away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.needs.adjustment import SAFETY, Adjustment
from goldenthread.domain.needs.hints import HintNature, hints_for
from goldenthread.domain.needs.profile import AreaAnswer, Profile
from goldenthread.domain.needs.vocabulary import (
    ASKED_ABOUT,
    SHOWN_BY,
    Answer,
    Area,
    Demand,
    Setting,
)

KERRY = uuid5(UUID(int=7), "kerry")
VERSION = uuid5(KERRY, "version")
LETTERS = AreaAnswer(
    Area.READING, Answer.SAID, "I lose letters. The words swim.", makes_hard=(Demand.READING,)
)


def agreed(what: str, *helps_with: Demand) -> Adjustment:
    return Adjustment(
        uuid5(KERRY, what), KERRY, what, "Kerry", date(2026, 3, 2), (Setting.LETTERS,), helps_with
    )


def profile(*answers: AreaAnswer, adjustments: tuple[Adjustment, ...] = ()) -> Profile:
    return Profile(KERRY, VERSION, answers, adjustments=adjustments)


def test_what_is_hard_is_said_with_the_need_and_with_what_would_let_them():
    aloud = agreed("Read it aloud with her.", Demand.READING)

    (hint,) = hints_for([Demand.READING], profile(LETTERS, adjustments=(aloud,)))

    assert (hint.nature, hint.need, hint.adjustments) == (HintNature.ADJUSTED, LETTERS, (aloud,))
    assert hint.sentence("Kerry") == (
        "This asks for reading, which is hard for Kerry: reading and writing. "
        "Agreed: Read it aloud with her."
    )


def test_where_none_has_been_agreed_it_says_so_and_whom_to_ask():
    (hint,) = hints_for([Demand.READING], profile(LETTERS))

    assert hint.nature is HintNature.NONE_AGREED
    assert hint.sentence("Kerry").endswith(
        "No adjustment has been agreed yet: ask Kerry what would help."
    )


def test_what_was_never_asked_is_a_question_and_not_a_need():
    (hint,) = hints_for([Demand.AWAKE_AT_NIGHT], profile(LETTERS))

    assert (hint.nature, hint.area, hint.need) == (HintNature.NOT_ASKED, Area.NIGHT, None)
    assert hint.sentence("Kerry") == (
        "This asks for being awake at night. "
        "Nobody has asked Kerry about sleep, and about anything taken that matters at night."
    )


def test_what_was_asked_and_is_not_hard_gives_no_hint():
    fine = AreaAnswer(Area.NIGHT, Answer.NONE, said_by="Kerry", asked_on=date(2026, 3, 2))
    kept_back = AreaAnswer(Area.MEMORY, Answer.DECLINED)

    assert hints_for([Demand.AWAKE_AT_NIGHT], profile(fine)) == ()
    assert hints_for([Demand.REMEMBERING_TIMES], profile(kept_back)) == ()


def test_a_diagnosis_gives_no_hint_and_a_need_needs_no_diagnosis():
    named = replace(profile(), diagnosis="Dyslexia")

    assert hints_for([Demand.READING], named) == hints_for([Demand.READING], profile())
    assert hints_for([Demand.READING], profile(LETTERS))[0].need == LETTERS


def test_of_a_profile_that_may_not_be_read_only_the_adjustment_is_said():
    aloud = agreed("Read it aloud with her.", Demand.READING)
    unread = Profile(KERRY, adjustments=(aloud,))

    (hint,) = hints_for(Demand, unread)

    assert (hint.nature, hint.need) == (HintNature.AGREED_ONLY, None)
    assert hint.sentence("Kerry") == (
        "This asks for reading. Agreed with Kerry: Read it aloud with her."
    )
    assert hints_for(Demand, Profile(KERRY)) == ()


def test_every_demand_has_an_area_that_shows_it_and_every_area_a_question():
    assert set(SHOWN_BY) == set(Demand)
    assert set(ASKED_ABOUT) == set(Area)


def test_the_childs_safety_is_said_to_stay_the_same():
    assert "never lowers the child’s safety" in SAFETY


demands = st.frozensets(st.sampled_from(list(Demand)))
answers = st.builds(
    AreaAnswer,
    area=st.sampled_from(list(Area)),
    answer=st.sampled_from(list(Answer)),
    makes_hard=demands.map(tuple),
)
adjustments = st.builds(agreed, st.text(min_size=1, max_size=5)).flatmap(
    lambda one: demands.map(lambda helps: replace(one, helps_with=tuple(helps)))
)
profiles = st.builds(
    Profile,
    adult=st.just(KERRY),
    version=st.sampled_from([None, VERSION]),
    answers=st.lists(answers, unique_by=lambda one: one.area, max_size=6).map(tuple),
    adjustments=st.lists(adjustments, max_size=3).map(tuple),
)


@given(demands, demands, profiles)
def test_more_demands_never_give_fewer_hints(some, more, one):
    assert set(hints_for(some, one)) <= set(hints_for(some | more, one))
    assert set(hints_for(some | more, one)) == {*hints_for(some, one), *hints_for(more, one)}


@given(demands, profiles, adjustments)
def test_agreeing_an_adjustment_never_takes_a_hint_away(asked, one, adjustment):
    def points_out(of: Profile) -> set[tuple[object, ...]]:
        return {(hint.demand, hint.need, hint.area) for hint in hints_for(asked, of)}

    adjusted = replace(one, adjustments=(*one.adjustments, adjustment))

    assert points_out(one) <= points_out(adjusted)
    for hint in hints_for(asked, adjusted):
        assert hint.demand in asked


@given(demands, profiles)
def test_every_hint_says_because_of_what(asked, one):
    for hint in hints_for(asked, one):
        assert hint.need is not None or hint.adjustments or hint.area is not None
        assert hint.sentence("Kerry").startswith("This asks for ")
        if hint.need is not None:
            assert hint.demand in hint.need.makes_hard
        assert all(hint.demand in adjustment.helps_with for adjustment in hint.adjustments)
