"""Whether two accounts are one event is a person's answer, kept with who gave it."""

from __future__ import annotations

import pytest

from goldenthread.records.provenance.models import StatementLink
from tests.web.case.conftest import address, words


@pytest.fixture
def pair(add):
    """Two agencies' accounts of one evening, both known to social care."""
    said = "Neighbour heard shouting and glass breaking upstairs late evening."
    return (
        str(add("social_care", said, kind="incident")),
        str(add("health_visiting", f"{said} Police came.", kind="incident",
                told={"social_care": "2026-03-15"})),
    )  # fmt: skip


def test_an_open_pair_is_shown_side_by_side_with_why_it_is_asked(page, pair):
    shown = page("priya", "same_events")

    assert "Why we ask: Two agencies, the same day" in shown
    assert "Police came." in shown


def test_an_answer_settles_the_pair_and_says_who_gave_it(world, signed_in, pair):
    client = signed_in("priya")
    answer = {"one": pair[0], "other": pair[1], "answer": "same", "reason": "Same glass."}

    shown = words(client.post(address(world, "same_events"), answer, follow=True))

    assert "Saved: one event" in shown
    assert "Why we ask" not in shown
    settled = shown.split("Already answered", 1)[1]
    assert "One event" in settled
    assert "Priya Nair" in settled
    assert "Same glass." in settled
    entry = words(client.get(address(world, "entry", statement=pair[0])))
    assert "Other accounts of the same event" in entry


def test_saying_no_keeps_them_apart(world, signed_in, pair):
    answer = {"one": pair[0], "other": pair[1], "answer": "not"}

    shown = words(signed_in("priya").post(address(world, "same_events"), answer, follow=True))

    assert "Two different events" in shown.split("Already answered", 1)[1]


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_an_answer_that_is_neither_changes_nothing(world, signed_in, pair, answer):
    given = {"one": pair[0], "other": pair[1], "answer": answer}

    shown = words(signed_in("priya").post(address(world, "same_events"), given, follow=True))

    assert "Nothing was changed" in shown
    assert "Why we ask" in shown
    assert not StatementLink.objects.exists()


def test_a_pair_i_may_not_read_is_not_there_to_be_answered(world, signed_in, pair):
    given = {"one": pair[0], "other": pair[1], "answer": "same"}

    response = signed_in("lund").post(address(world, "same_events"), given)

    assert response.status_code == 404
    assert not StatementLink.objects.exists()
