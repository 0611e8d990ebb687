"""Open questions as a page: families for those who may open them, counts for those who may not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW


@pytest.fixture
def worried(world):
    entry = world.entry(
        "mental_health", "Ruth has a new partner.", known="2026-03-14", kind="new_partner",
        concerns=("unsafe_adult",), about=("ruth",),
    )  # fmt: skip
    record_entry(world.actors["lund"], world.case, entry, now=NOW)
    return world


def page(client) -> str:
    answer = client.get(reverse("unanswered"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_practitioner_opens_each_of_their_families_from_it(worried, signed_in):
    answer = signed_in("lund").get(reverse("unanswered")).content.decode()

    assert "1 family of yours has a question that nobody has answered" in answer
    assert reverse("picture", kwargs={"case": worried.case}) in answer
    assert "Okafor family" in answer


def test_who_has_no_question_is_told_what_would_appear(worried, signed_in):
    said = page(signed_in("ama"))

    assert "No question is open in your families." in said
    assert "Okafor" not in said


def test_the_partnership_manager_reads_counts_and_no_family(worried, signed_in):
    said = page(signed_in("mina"))

    assert "fewer than 5" in said
    assert "Okafor" not in said and "GT-0001" not in said


def test_an_administrator_is_answered_as_if_there_were_no_page(worried, signed_in):
    assert signed_in("admin").get(reverse("unanswered")).status_code == 404
