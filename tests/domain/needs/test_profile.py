"""A profile: every area answered or not asked, nothing lost between versions, plain differences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.asking import open_questions
from goldenthread.domain.needs.checking import (
    LONGEST,
    NotComplete,
    check_adjustment,
    check_delivery,
    check_profile,
)
from goldenthread.domain.needs.delivery import SETTING_OF, is_contact
from goldenthread.domain.needs.differing import Difference, differences
from goldenthread.domain.needs.digest import digest_of_adjustment, digest_of_profile
from goldenthread.domain.needs.profile import (
    AreaAnswer,
    Effect,
    Profile,
    Strength,
    as_one,
    together,
)
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Answer,
    Area,
    Delivered,
    Demand,
    EffectAnswer,
    Setting,
    Voice,
)
from goldenthread.domain.provenance.vocabulary import Kind

KERRY, ADA = (uuid5(UUID(int=7), name) for name in ("kerry", "ada"))
VERSION, STATEMENT = uuid5(KERRY, "version"), uuid5(KERRY, "statement")
TODAY = date(2026, 3, 12)
LETTERS = AreaAnswer(Area.READING, Answer.SAID, "The words swim.", makes_hard=(Demand.READING,))
UNWELL = Effect(
    EffectAnswer.AFFECTS, ADA, "Up all night, talks fast.", "Sleeps under four hours",
    "Her mother", "Her mother rings the team", "Crisis line", "With their grandmother",
)  # fmt: skip


def profile(**said) -> Profile:
    return Profile(KERRY, VERSION, **said)


def problems_of(one: Profile) -> dict[str, str]:
    with pytest.raises(NotComplete) as refused:
        check_profile(one, today=TODAY)
    return {problem.part: problem.sentence for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (AreaAnswer(Area.READING, Answer.SAID, " "), "write what there is to know"),
        (AreaAnswer(Area.READING, Answer.NONE), "on which day nothing was needed"),
        (replace(LETTERS, voice=Voice.ANOTHER), "whose words these are"),
        (replace(LETTERS, asked_on=date(2026, 3, 13)), "in the future"),
        (AreaAnswer(Area.READING, Answer.DECLINED, makes_hard=(Demand.READING,)), "what is hard"),
        (replace(LETTERS, words="x" * (LONGEST + 1)), "longer than"),
    ],
)
def test_an_answer_that_leaves_something_out_is_refused_in_words(answer, sentence):
    (part, said), *more = problems_of(profile(answers=(answer,))).items()
    assert (part.startswith("area-reading-"), more) == (True, [])
    assert sentence in said


@pytest.mark.parametrize("answer", [Answer.DECLINED, Answer.NOT_KNOWN, Answer.NOT_ASKED])
def test_not_asked_not_known_and_not_wanting_to_say_are_answers(answer):
    check_profile(profile(answers=(AreaAnswer(Area.READING, answer),)), today=TODAY)


def test_none_is_an_answer_with_a_day():
    none = AreaAnswer(Area.READING, Answer.NONE, asked_on=TODAY)

    check_profile(profile(answers=(none,)), today=TODAY)


def test_no_known_effect_needs_a_source_and_a_day():
    said = Effect(EffectAnswer.NO_KNOWN_EFFECT, ADA)

    problems = problems_of(profile(effects=(said,)))
    assert set(problems) == {f"child-{ADA}-source", f"child-{ADA}-source_on"}
    sourced = replace(said, source="Her nurse", source_on=TODAY)
    check_profile(profile(effects=(sourced,)), today=TODAY)
    twice = problems_of(profile(effects=(sourced, sourced)))
    assert twice == {f"child-{ADA}-words": "Write of each child once."}


def test_a_diagnosis_is_written_only_where_the_adult_wishes_it():
    named = profile(answers=(LETTERS,), diagnosis="Dyslexia")

    assert "only where they want it" in problems_of(named)["diagnosis"]
    check_profile(replace(named, wishes_diagnosis=True), today=TODAY)
    check_profile(profile(answers=(LETTERS,)), today=TODAY)


def test_a_profile_that_says_nothing_is_refused_at_its_first_field():
    assert problems_of(profile()) == {
        "how_to_work_with_me": "Write one thing at least, or say that nothing was asked yet."
    }


def test_an_adjustment_says_what_with_whom_from_when_and_where():
    nothing = Adjustment(VERSION, KERRY, " ", "", date(2026, 3, 13), review_on=date(2026, 3, 1))

    with pytest.raises(NotComplete) as refused:
        check_adjustment(nothing, today=TODAY)

    assert {one.part for one in refused.value.problems} == {
        "what", "agreed_by", "settings", "from_on", "review_on",
    }  # fmt: skip


def test_not_used_needs_a_reason_and_the_other_answers_none():
    with pytest.raises(NotComplete, match="why it was not used"):
        check_delivery(Delivered.NO, "  ")
    for answer in set(Delivered) - {Delivered.NO}:
        check_delivery(answer, "")


def test_it_is_asked_at_contacts_and_at_those_that_did_not_come_about():
    assert is_contact(Kind.VISIT) and is_contact(Kind.NO_ACCESS) and is_contact(Kind.CONFERENCE)
    assert not is_contact(Kind.BIRTH)
    assert set(SETTING_OF) <= set(Kind)


def test_what_is_open_is_a_question_and_what_was_answered_is_not():
    asked = profile(
        answers=(LETTERS, AreaAnswer(Area.MEMORY, Answer.DECLINED)),
        strengths=(Strength("I ring when I am worried."),),
        effects=(replace(UNWELL, children_then=""),),
        advocate=Advocate.WOULD_LIKE_ONE,
        review_on=date(2026, 3, 1),
    )

    said = open_questions(asked, "Kerry", today=TODAY, sees_everything=False)

    assert (
        "Nobody has asked Kerry about sleep, and about anything taken that matters at night."
        in said
    )
    assert not any("keeping track" in one or "reading letters" in one for one in said)
    assert "Nothing is agreed yet that helps Kerry with reading." in said
    assert "Nobody has written down where the children are when Kerry is unwell." in said
    assert "Kerry would like an advocate: who is asking for one?" in said
    assert said[-1] == "The day to look at this again with Kerry has passed."


def test_a_reader_of_no_version_is_never_told_that_nobody_asked():
    unread = Profile(KERRY)

    (own,) = open_questions(unread, "Kerry", today=TODAY, sees_everything=False)
    (chair,) = open_questions(unread, "Kerry", today=TODAY, sees_everything=True)

    assert own == "Your agency has written or been told nothing of what Kerry needs."
    assert chair.startswith("Nobody has")


def test_a_difference_names_the_part_with_both_texts():
    before = profile(answers=(LETTERS,), effects=(UNWELL,))
    after = profile(answers=(replace(LETTERS, words="Large print helps."),))

    found = differences(before, after, called={ADA: "Ada"})

    assert [one.part for one in found] == ["Reading and writing", "What it means for Ada"]
    assert found[0] == Difference(
        "Reading and writing", "The words swim. Hard: reading", "Large print helps. Hard: reading"
    )
    assert "Signs that it is getting worse: Sleeps under four hours" in found[1].before


answers = st.builds(
    AreaAnswer,
    area=st.sampled_from(list(Area)),
    answer=st.sampled_from(list(Answer)),
    words=st.sampled_from(["The words swim.", "I lose track."]),
    makes_hard=st.frozensets(st.sampled_from(list(Demand)), max_size=2).map(tuple),
)
profiles = st.builds(
    Profile,
    adult=st.just(KERRY),
    version=st.just(VERSION),
    answers=st.lists(answers, unique_by=lambda one: one.area, max_size=5).map(tuple),
    strengths=st.lists(st.builds(Strength, st.sampled_from("abc")), max_size=2).map(tuple),
    effects=st.sampled_from([(), (UNWELL,)]),
    how_to_work_with_me=st.sampled_from(["", "Ring first."]),
)


@given(st.lists(profiles, min_size=1, max_size=3))
def test_profiles_put_together_lose_nothing_that_was_said(several):
    whole = together(several)

    for one in several:
        assert set(one.needs) <= set(whole.needs)
        assert set(one.strengths) <= set(whole.strengths)
        assert set(one.effects) <= set(whole.effects)
        assert set(whole.not_asked) <= set(one.not_asked)
        assert one.how_to_work_with_me in whole.how_to_work_with_me


@given(st.lists(profiles, min_size=1, max_size=3))
def test_a_form_that_begins_from_several_loses_nothing_that_was_said(several):
    whole = as_one(together(several))

    assert len({one.area for one in whole.answers}) == len(whole.answers)
    assert len({one.child for one in whole.effects}) == len(whole.effects)
    for one in (need for profile in several for need in profile.needs):
        (kept,) = (answer for answer in whole.needs if answer.area is one.area)
        assert one.words in kept.words
        assert set(one.makes_hard) <= set(kept.makes_hard)


@given(profiles, profiles)
def test_two_versions_differ_exactly_where_something_reads_otherwise(old, new):
    found = differences(old, new, called={})

    assert differences(old, old, called={}) == ()
    assert all(one.before != one.after for one in found)
    assert {(one.part, one.after, one.before) for one in differences(new, old, called={})} == {
        (one.part, one.before, one.after) for one in found
    }
    assert bool(found) == (_said(old) != _said(new))


def _said(one: Profile) -> Profile:
    """What a reader would see: an answer that was not asked reads like one left out."""
    asked = sorted(
        (a for a in one.answers if a.answer is not Answer.NOT_ASKED), key=lambda a: a.area
    )
    return replace(one, answers=tuple(asked))


@given(profiles, profiles)
def test_the_digest_is_of_all_that_a_version_says(one, other):
    def digest(of: Profile) -> str:
        return digest_of_profile(of, statement=STATEMENT, earlier=[])

    assert (digest(one) == digest(other)) == (one == other)
    later = digest_of_profile(one, statement=STATEMENT, earlier=[VERSION])
    assert later != digest(one)


def test_the_digest_of_an_adjustment_covers_each_of_its_parts():
    one = Adjustment(VERSION, KERRY, "Ring first.", "Kerry", TODAY, (Setting.VISITS,))
    others = [
        replace(one, what="Write."),
        replace(one, agreed_by="Sam"),
        replace(one, from_on=date(2026, 1, 1)),
        replace(one, settings=(Setting.LETTERS,)),
        replace(one, helps_with=(Demand.READING,)),
        replace(one, review_on=TODAY),
    ]

    said = {
        digest_of_adjustment(each, statement=STATEMENT, instead_of=None, ended=False)
        for each in (one, *others)
    }
    ended = digest_of_adjustment(one, statement=STATEMENT, instead_of=VERSION, ended=True)

    assert len(said | {ended}) == 8
