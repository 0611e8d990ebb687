"""The handbook as pages: what each says, who may set one, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from goldenthread.domain.risk.shapes import SHAPES
from goldenthread.domain.risk.thresholds import thresholds_of
from goldenthread.records.risk.models import PatternVersion
from goldenthread.usecases.risk.handbook import setting_in_words
from goldenthread.usecases.risk.shipped import shipped_patterns
from goldenthread.web.patterns import wording
from tests.web.case.conftest import words

KEY = "new_adult_without_checks"
SET = {"n-grace": "7", "reason": "Our audit.", "holds_from": "", "based_on": "1"}


def at(name: str, **where: str) -> str:
    return reverse(name, kwargs=where)


@pytest.fixture
def manager(signed_in):
    return signed_in("mina")


def set_numbers(client, **said: str):
    return client.post(at("set_pattern", key=KEY), {**SET, **said})


def decide(client, **said: str):
    return client.post(
        at("set_pattern", key=KEY), {**SET, "step": "decide", **said}, follow=True
    )  # fmt: skip


@pytest.mark.parametrize("who", ["priya", "admin", "mina"])
def test_everybody_reads_every_pattern_by_theme(signed_in, who):
    shown = words(signed_in(who).get(at("patterns")))

    for one in shipped_patterns():
        assert f'href="/patterns/{one.key}/"' in shown
    assert f"There are {len(shipped_patterns())} patterns" in shown


@pytest.mark.parametrize("key", [one.key for one in shipped_patterns()][::6])
def test_a_page_says_question_source_numbers_example_and_versions(signed_in, key):
    one = next(one for one in shipped_patterns() if one.key == key)

    shown = words(signed_in("ama").get(at("pattern", key=key)))

    text = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert one.certainty.label in text
    assert "Worked example" in text
    assert "Version 1" in text
    for number in thresholds_of(one):
        assert setting_in_words(number.part) in text.replace("&#39;", "'")
    assert "{" not in text
    assert "`" not in text


def test_every_shape_and_every_number_has_words_of_its_own():
    assert set(wording.SHAPES) == set(SHAPES.values())
    for one in shipped_patterns():
        for number in thresholds_of(one):
            assert setting_in_words(number.part)


@pytest.mark.parametrize("who", ["priya", "grace", "admin"])
def test_nobody_else_is_offered_the_form_or_answered_it(signed_in, who):
    client = signed_in(who)

    assert "Set these numbers" not in words(client.get(at("pattern", key=KEY)))
    assert client.get(at("set_pattern", key=KEY)).status_code == 404
    assert decide(client).status_code == 404
    assert not PatternVersion.objects.exists()


@pytest.mark.parametrize("name", ["pattern", "set_pattern"])
def test_a_pattern_nobody_ships_is_not_there(manager, name):
    assert manager.get(at(name, key="no-such")).status_code == 404


def test_a_decision_is_first_looked_at_and_then_made(manager):
    preview = words(set_numbers(manager))

    assert "Days to act before it is asked: from 14 to 7" in preview
    assert "8 February 2024, 7 days earlier" in preview
    assert "1 near-miss would no longer stay silent" in preview
    assert not PatternVersion.objects.exists()

    shown = words(decide(manager))

    assert "Version 2 of this pattern is decided." in shown
    assert "Our audit." in shown
    assert "Decided by Mina Rao" in shown
    assert "Asked with the numbers that hold now, and silent as shipped" in shown


def test_the_same_form_sent_twice_is_one_decision(manager):
    for _ in range(2):
        decide(manager, decision="6f9619ff-8b86-4d01-b42d-00cf4fc964ff")

    assert PatternVersion.objects.count() == 1


def test_a_slip_is_said_at_its_place_and_nothing_typed_is_lost(manager):
    answer = set_numbers(manager, **{"n-grace": "soon", "reason": "Kept words"})

    shown = words(answer)
    assert answer.status_code == 422
    assert 'href="#n-grace">Days to act before it is asked: write a whole number' in shown
    assert 'value="soon"' in shown
    assert "Kept words" in shown


def test_numbers_that_cannot_be_together_are_said_in_a_sentence(manager):
    shown = words(set_numbers(manager, **{"n-grace": "400", "n-fresh": "30"}))

    assert "After 400 days of grace nothing is fresh any more" in shown
    assert KEY + ":" not in shown


def test_going_back_begins_with_the_earlier_numbers(manager):
    decide(manager)

    form = words(manager.get(at("set_pattern", key=KEY) + "?like=1"))

    assert re.search(r'id="n-grace"[^>]*value="14"', form)
    assert "Back to version 1: " in form


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(manager):
    decide(manager)

    answer = decide(manager, **{"n-grace": "21"})

    assert answer.status_code == 422
    assert "Somebody has set this pattern since you opened the page" in words(answer)
    assert PatternVersion.objects.count() == 1
