"""Answering a question: allowed, refused, audited, once; it holds for what it was given about."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.risk.models import QuestionAnswer
from goldenthread.usecases.risk.answer_question import (
    AnswerGiven,
    CannotAnswerQuestion,
    NotFoundHere,
    answer_question,
)
from goldenthread.usecases.risk.digest import questions_of_mine
from goldenthread.usecases.risk.what_changed import what_changed
from tests.families.world import NOW, World, build_world, key
from tests.usecases.risk.thread import AGAIN, LEFT, asked, bruise, keys, record, refer

GIVEN = AnswerGiven("It was met by telephone the same day.")


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def answer(world: World, who: str = "priya", question: str = LEFT, given=GIVEN, id=None, now=NOW):
    return answer_question(
        world.actors[who], world.case, question, given, id=id or uuid4(), now=now
    )


def test_an_answer_closes_the_question_and_stands_beside_it(world: World):
    refer(world)
    friday = day_of(NOW) + timedelta(days=2)

    done = answer(
        world,
        given=AnswerGiven(
            " It was met by telephone. ",
            "Write it up.",
            friday,
            (world.actors["ama"].practitioner,),
        ),
    )

    assert (done.already, done.still_open) == (False, False)
    seen = asked(world, "priya")
    assert seen.open == ()
    (question,) = seen.settled
    assert question.state == "answered"
    (said,) = question.answers
    assert said.what_we_make_of_it == "It was met by telephone."
    assert (said.what_we_will_do, said.by_when) == ("Write it up.", friday)
    assert (said.by_name, said.who_agrees) == ("Priya Nair", ("Ama Boateng",))


def test_asking_twice_answers_once(world: World):
    refer(world)
    id = uuid4()

    assert not answer(world, id=id).already
    assert answer(world, id=id).already
    assert QuestionAnswer.objects.count() == 1


def test_an_id_that_is_somebody_elses_tells_nothing(world: World):
    refer(world)
    id = uuid4()
    answer(world, id=id)

    with pytest.raises(NotFoundHere):
        answer(world, who="sam", id=id)


def test_it_is_audited_without_content(world: World):
    refer(world)
    answer(world)

    (event,) = [e for e in events_of_case(world.case) if e.action == "answer_question"]
    assert (event.outcome, event.resource) == ("allow", LEFT)
    assert "telephone" not in str(event)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (AnswerGiven("  "), "what_we_make_of_it"),
        (AnswerGiven("x" * 4_001), "what_we_make_of_it"),
        (AnswerGiven("Met.", by_when=day_of(NOW)), "what_we_will_do"),
        (AnswerGiven("Met.", "Write.", day_of(NOW) - timedelta(days=1)), "by_when"),
        (AnswerGiven("Met.", who_agrees=(key("practitioner tom"),)), "who_agrees"),
    ],
)
def test_what_lacks_a_part_is_refused_in_words(world: World, given, part):
    refer(world)

    with pytest.raises(CannotAnswerQuestion) as refused:
        answer(world, given=given)

    assert refused.value.part == part
    assert refused.value.reason.endswith(".")
    assert not QuestionAnswer.objects.exists()


def test_another_scopes_question_is_no_question_at_all(world: World):
    """Social care may not tell by answering that health visiting is asked something."""
    bruise(world, "2026-03-14")
    bruise(world, "2026-04-20")
    assert keys(asked(world, "ama").open) == {AGAIN}

    for who, question in (("priya", AGAIN), ("lund", AGAIN), ("ama", "no_such_question")):
        with pytest.raises(NotFoundHere):
            answer(world, who=who, question=question)
    with pytest.raises(NotFoundHere):
        answer(world, who="tom", question=AGAIN)
    assert "deny" in {
        e.outcome for e in events_of_case(world.case) if e.action == "answer_question"
    }


def test_what_is_settled_cannot_be_answered(world: World):
    refer(world)
    answer(world)

    with pytest.raises(CannotAnswerQuestion, match="stands as: answered"):
        answer(world)


def test_an_agencys_answer_counts_in_the_pooled_picture_for_what_it_was_about(world: World):
    both = {"social_care": "2026-04-20"}
    bruise(world, "2026-03-14", told=both)
    bruise(world, "2026-04-20", told=both)
    third = bruise(world, "2026-05-01")
    answer(world, question=AGAIN, given=AnswerGiven("Both were seen by a doctor."))

    pooled = next(one for one in asked(world, "grace").open if one.pattern == AGAIN)

    assert third.id in pooled.because
    assert [one.by_name for one in pooled.answers] == ["Priya Nair"]
    assert keys(asked(world, "ama").open) == {AGAIN}
    assert asked(world, "ama").open[0].answers == ()


def test_a_chairs_answer_is_never_shown_to_an_agency(world: World):
    refer(world)
    bruise(world, "2026-03-14")
    answer(world, who="grace", given=AnswerGiven("The chair knows of the bruise."))

    assert LEFT not in keys(asked(world, "grace").open)
    seen = asked(world, "priya")
    assert keys(seen.open) == {LEFT}
    assert "bruise" not in str(seen)


def test_new_evidence_asks_again_and_the_same_never(world: World):
    refer(world)
    answer(world)
    refer(world, on="2026-06-11", now=NOW + timedelta(days=2))

    assert asked(world, "priya", now=NOW + timedelta(days=5)).open == ()
    later = asked(world, "priya", now=NOW + timedelta(days=25))

    assert [(one.state, one.times) for one in later.open] == [("reopened", 2)]


def test_an_answer_holds_for_what_its_author_had_read(world: World):
    first = refer(world)
    refer(world, on="2026-05-02")

    done = answer(world, given=AnswerGiven("Met.", seen=frozenset({first.id})))

    assert done.still_open
    with pytest.raises(CannotAnswerQuestion, match="other entries"):
        answer(world, given=AnswerGiven("Met.", seen=frozenset({uuid4()})))


def test_the_questions_with_my_name_on_them(world: World):
    refer(world)
    bruise(world, "2026-03-14")
    bruise(world, "2026-04-20")

    mine = questions_of_mine(world.actors["priya"], now=NOW)

    assert [(one.key, one.reference) for one in mine.questions] == [(LEFT, "GT-0001")]
    assert mine.behind == 0
    for who in ("lund", "tom", "admin", "sam"):
        assert questions_of_mine(world.actors[who], now=NOW).questions == ()
    assert questions_of_mine(world.actors["priya"], now=NOW + timedelta(days=1)).behind == 1
    answer(world)
    assert questions_of_mine(world.actors["priya"], now=NOW).questions == ()


def test_what_an_entry_changed_is_said_to_whom_may_see_it(world: World):
    refer(world)
    first = bruise(world, "2026-03-14")
    second = bruise(world, "2026-04-20")
    third = bruise(world, "2026-05-20")
    ended = record(
        world, "priya", "social_care", "Decided to assess.", "2026-06-10", kind="decision"
    )

    def of(who, entry):
        found = what_changed(world.actors[who], world.case, entry.id, now=NOW)
        return tuple(sorted(keys(part)) for part in (found.put, found.added_to, found.ended))

    assert of("ama", second) == ([AGAIN], [], [])
    assert of("ama", third) == ([], [AGAIN], [])
    assert of("ama", first) == ([AGAIN], [], [])
    assert of("priya", ended) == ([], [], [LEFT])
    with pytest.raises(NotFoundHere):
        of("priya", second)
