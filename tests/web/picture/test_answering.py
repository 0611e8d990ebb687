"""A question is answered on one page; what is amiss is said there, and nothing typed is lost."""

from __future__ import annotations

from goldenthread.records.risk.models import QuestionAnswer
from tests.families.world import key
from tests.web.picture.conftest import QUESTION, ago, at, signed_in
from tests.web.picture.test_page import words

GIVEN = {
    "what_we_make_of_it": "Ruth had the dates wrong: the letters went to her old address.",
    "what_we_will_do": "Ama rings before each appointment.",
    "who_agrees": [str(key("practitioner ama"))],
}


def day(name: str, days: int) -> dict[str, str]:
    when = ago(days)
    return {
        f"{name}-day": str(when.day),
        f"{name}-month": str(when.month),
        f"{name}-year": str(when.year),
    }


def test_the_form_shows_the_question_its_entries_and_the_team(world, building):
    page = signed_in(world, "grace").get(at(world, "picture_answer", question=QUESTION))
    said = words(page.content.decode())

    assert "3 appointments or visits did not take place" in said
    assert all(f"Ada was not brought, number {n}." in said for n in (1, 2, 3))
    assert "Ama Boateng Health visitor, Fenwick Health Visiting" in said
    assert page.content.decode().count('name="seen"') == 3


def test_an_answer_is_recorded_and_the_page_says_what_happened(world, building):
    grace = signed_in(world, "grace")
    here = at(world, "picture_answer", question=QUESTION)

    done = grace.post(here, {**GIVEN, **day("by_when", -7), "seen": [str(id) for id in building]})

    assert done.status_code == 302
    assert done["Location"] == f"{at(world)}#q-{QUESTION}"
    page = grace.get(at(world)).content.decode()
    said = words(page)
    assert "Your answer is recorded. The question stands as answered" in said
    assert "Questions open 3 appointments" not in said
    assert "letters went to her old address" in said
    assert "Who agrees Ama Boateng" in said
    assert QuestionAnswer.objects.count() == 1
    again = grace.get(here, follow=True)
    assert "This question is not open: answered." in words(again.content.decode())


def test_the_same_form_sent_twice_answers_once(world, building):
    grace = signed_in(world, "grace")
    here = at(world, "picture_answer", question=QUESTION)
    sent = {**GIVEN, "id": str(key("answer")), "seen": [str(id) for id in building]}

    assert [grace.post(here, sent).status_code for _ in range(2)] == [302, 302]

    assert QuestionAnswer.objects.count() == 1


def test_what_is_amiss_is_said_where_it_is_and_nothing_typed_is_lost(world, building):
    grace = signed_in(world, "grace")
    here = at(world, "picture_answer", question=QUESTION)
    for sent, said in (
        ({**GIVEN, "what_we_make_of_it": " "}, "Say what you make of it"),
        (
            {**GIVEN, "by_when-day": "31", "by_when-month": "2", "by_when-year": "2027"},
            "is not a date",
        ),
        ({**GIVEN, **day("by_when", 3)}, "Choose today or a day to come."),
        (
            {**GIVEN, "who_agrees": [str(key("practitioner tom"))]},
            "Choose people of this family’s team",
        ),
    ):
        answer = grace.post(here, sent)
        text = words(answer.content.decode())
        assert answer.status_code == 422
        assert said.replace("’", "'") in text.replace("’", "'")
        assert "Ama rings before each appointment." in text
    assert QuestionAnswer.objects.count() == 0


def test_a_question_of_another_sight_is_no_question(world, building):
    """What everything together asks, an agency alone may not be asked: nor told that it is."""
    for who in ("priya", "sam"):
        page = signed_in(world, who).get(at(world, "picture_answer", question=QUESTION))
        assert page.status_code == 404
    assert (
        signed_in(world, "tom").get(at(world, "picture_answer", question=QUESTION)).status_code
        == 404
    )
