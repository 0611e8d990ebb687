"""Whatever is withheld is not in what leaves, in any script; offsets never slip."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.subject_access.pack import Leaving, LeavingEntry, digest_of, leaving
from goldenthread.domain.subject_access.rules import due_on
from goldenthread.domain.subject_access.spans import (
    Span,
    Withholding,
    pieces,
    places_of,
    sentences,
)
from goldenthread.usecases.subject_access.access_rules import access_rules
from tests.families.world import key

TEXTS = st.text(st.characters(codec="utf-8"), max_size=120)
CODES = st.sampled_from(["third_party", "crime", "serious_harm", ""])


@st.composite
def withheld_texts(draw):
    text = draw(TEXTS.filter(bool))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda pair: pair[0] < pair[1]
    )
    chosen = draw(st.lists(st.tuples(places, CODES), max_size=6))
    return text, [Withholding(Span(*place), code) for place, code in chosen]


def left_of(text: str, withheld: list[Withholding]) -> list[str]:
    """The characters that may leave, one by one: the plain oracle."""
    taken = {at for one in withheld for at in range(one.span.begins, one.span.ends)}
    return [c for at, c in enumerate(text) if at not in taken]


@given(withheld_texts())
def test_exactly_what_is_not_withheld_is_left(case):
    """Space between two places that are withheld for one reason goes with them; nothing else."""
    text, withheld = case
    left = "".join(one.words for one in pieces(text, withheld))
    oracle = left_of(text, withheld)
    assert "".join(left.split()) == "".join("".join(oracle).split())
    assert len(left) <= len(oracle)


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "S", "P"]), min_size=1),
       TEXTS, TEXTS)  # fmt: skip
def test_no_withheld_character_survives(secret, before, after):
    """Between marks of its own, so that the same characters stand nowhere else."""
    begin, end = "\ue000", "\ue001"
    text = f"{before}{begin}{secret}{end}{after}"
    at = text.index(begin)
    span = Span(at, at + len(secret) + 2)
    left = pieces(text, [Withholding(span, "third_party")])
    whole = "".join(one.words for one in left)
    assert begin not in whole.replace(before, "") or begin in before
    assert whole == before + after
    assert sum(one.codes is not None for one in left) == 1


@given(withheld_texts())
def test_places_of_one_reason_side_by_side_have_one_mark(case):
    text, withheld = case
    found = pieces(text, withheld)
    for one, other in pairwise(found):
        assert one.codes is None or other.codes is None or one.codes != other.codes


@given(TEXTS)
def test_every_character_that_is_no_space_is_in_one_sentence(text):
    spans = sentences(text)
    assert all(a.ends <= b.begins for a, b in pairwise(spans))
    inside = {at for one in spans for at in range(one.begins, one.ends)}
    assert all(at in inside for at, c in enumerate(text) if not c.isspace())


@given(TEXTS, TEXTS)
def test_words_are_found_where_they_stand(before, after):
    text = f"{before} Zoë O’Brien {after}"
    at = len(before) + 1
    assert Span(at, at + len("Zoë O’Brien")) in places_of(text, "zoë  o'brien")


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Dean and Deanna", "Dean", 1),
        ("dean, DEAN; Dean’s", "Dean", 3),
        ("Dean\nCarter", "Dean Carter", 1),
        ("a.b", "a*b", 0),
        ("👩‍👧 Dean 👩‍👧 Dean", "Dean", 2),
        ("Dean", "   ", 0),
    ],
)
def test_whole_words_only(text, words, found):
    assert len(places_of(text, words)) == found


def test_sentences_are_as_they_are_read():
    text = "She came. “Go away!” he said.\nNo end"
    said = [text[one.begins : one.ends] for one in sentences(text)]
    assert said == ["She came.", "“Go away!”", "he said.", "No end"]


@pytest.mark.parametrize(
    ("asked", "months", "due"),
    [
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_it_is_due_a_calendar_month_on(asked, months, due):
    assert due_on(asked, months) == due


def entry(text: str, name: str = "one", on: str = "2026-03-14") -> LeavingEntry:
    parts = (("text", pieces(text, [])),)
    return LeavingEntry(key(name), on, on, "visit", "police", "saw", "", parts)


def document(*entries: LeavingEntry, left_out: tuple[str, ...] = ()) -> Leaving:
    return leaving(
        key("pack"), asked_by="Ruth", about="Ada", asked_on=date(2026, 6, 1), entries=entries,
        left_out=left_out, rules=access_rules(),
    )  # fmt: skip


@given(TEXTS, TEXTS)
def test_two_documents_have_one_digest_only_if_they_say_the_same(one, other):
    same = digest_of(document(entry(one))) == digest_of(document(entry(other)))
    assert same == (one == other)


def test_it_is_a_story_whatever_order_it_is_given_in():
    first, second = entry("a", "a", "2026-01-01"), entry("b", "b", "2026-02-01")
    assert document(second, first) == document(first, second)
    assert document(second, first).entries == (first, second)


def test_reasons_that_are_not_told_are_neither_counted_nor_marked():
    rules = access_rules()
    assert document(left_out=("crime", "third_party")).entries_out == (("third_party", 1),)
    assert rules.mark_of({"crime"}) == "[withheld]"
    assert rules.mark_of({"crime", "third_party"}) == "[withheld: third party]"
