"""A signed version is sealed whole; two versions differ word by word; readers say it back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.decisions.differing import Sort, differences, folded, stretches
from goldenthread.domain.decisions.reading_back import (
    CannotBeReadBack,
    ReadBack,
    checked,
    may_read_back,
)
from goldenthread.domain.decisions.record import (
    DecisionRecord,
    MustTell,
    Option,
    Party,
    Pin,
    digest_of_record,
)
from goldenthread.domain.decisions.vocabulary import Sure
from tests.domain.decisions.proposals import CHAIR, COMPLETE, GP, OFFICER, key, record

# The seal of the example as it was worked out before anybody was asked how sure they were.
SEALED_BEFORE = "23eeecd93dc3b37761aac1995b537b3323a06347169cef597f916c80f0ba33a7"
# One other value for every part of a record, so that none can be left out of the seal.
OTHERWISE = {
    "id": key("other"),
    "case": key("other"),
    "first": key("other"),
    "after": key("other"),
    "statement": key("other"),
    "statement_digest": "c" * 64,
    "decided_at": datetime(2026, 3, 11, tzinfo=UTC),
    "time_is_known": True,
    "setting": "telephone",
    "question": "Another?",
    "rationale": "Others.",
    "signed_by": key("other"),
    "why_again": "x",
    "threshold": "section_47",
    "met": "met",
    "asked": "no",
    "look_again_by": date(2026, 5, 1),
    "parts": (("risk", "x"),),
    "options": (),
    "parties": (),
    "pins": (),
    "must_tell": (),
}


@pytest.mark.parametrize("name", [field.name for field in fields(DecisionRecord)])
def test_the_seal_covers_every_part(name):
    changed = replace(record(), **{name: OTHERWISE[name]})
    assert digest_of_record(changed) != digest_of_record(record())


@pytest.mark.parametrize(
    ("kind", "part"),
    [(Option, "options"), (Party, "parties"), (Pin, "pins"), (MustTell, "must_tell")],
)
def test_the_seal_covers_every_part_of_each_row(kind, part):
    whole = record()
    first, *rest = getattr(whole, part)
    for field in fields(kind):
        before = getattr(first, field.name)
        other = {bool: not before, date: date(2026, 1, 1)}.get(type(before), "other words")
        other = date(2026, 1, 1) if field.name == "review_on" else other
        changed = replace(whole, **{part: (replace(first, **{field.name: other}), *rest)})
        assert digest_of_record(changed) != digest_of_record(whole), field.name


def test_a_record_that_says_nothing_of_how_sure_anybody_was_keeps_the_seal_it_had():
    """The seal of a version signed before it was asked, as it was worked out then."""
    assert {one.sure for one in record().parties} == {Sure.NOT_SAID}
    assert digest_of_record(record()) == SEALED_BEFORE


def test_the_order_in_which_headings_are_kept_is_not_said():
    whole = record()
    assert digest_of_record(replace(whole, parts=whole.parts[::-1])) == digest_of_record(whole)


prose = st.lists(st.sampled_from(["He ", "sleeps ", "there.\n", "Nan ", "went "])).map("".join)


@given(old=prose, new=prose)
def test_a_difference_holds_both_versions_whole(old, new):
    found = stretches(old, new)
    assert "".join(one.words for one in found if one.sort is not Sort.ADDED) == old
    assert "".join(one.words for one in found if one.sort is not Sort.TAKEN_OUT) == new
    assert (old == new) == all(one.sort is Sort.SAME for one in found)


def test_each_part_is_told_apart_and_empty_ones_are_left_out():
    found = differences(
        (("Question", "A plan?"), ("Reasons", "Nan is there."), ("Gone", "x"), ("Neither", "")),
        (("Question", "A plan?"), ("Reasons", "Nan is away."), ("New", "y"), ("Neither", "")),
    )
    assert [(one.title, one.is_same) for one in found] == [
        ("Question", True),
        ("Reasons", False),
        ("New", False),
        ("Gone", False),
    ]
    assert [(s.sort, s.words) for s in found[1].stretches] == [
        (Sort.SAME, "Nan is "),
        (Sort.TAKEN_OUT, "there."),
        (Sort.ADDED, "away."),
    ]


def test_unchanged_lines_of_a_list_are_counted_and_no_change_is_folded_away():
    old = "one\ntwo\nthree\nfour\nfive"
    [found] = differences((("Entries", old),), (("Entries", old + "\nsix"),))
    shown = folded(found)
    assert [(s.sort, s.words) for s in shown.stretches] == [
        (Sort.SAME, "[4 lines unchanged]\nfive"),
        (Sort.ADDED, "\nsix"),
    ]
    [short] = differences((("Entries", "one\ntwo"),), (("Entries", "one\n2"),))
    assert folded(short) == short


def test_whoever_decided_or_signed_is_not_asked_to_say_it_back():
    whole = record()
    assert not may_read_back(whole, account=key("account"), practitioner=key("anybody"))
    assert not may_read_back(whole, account=key("a"), practitioner=CHAIR)
    assert may_read_back(
        whole, account=key("a"), practitioner=OFFICER
    )  # was there, and decided not


def test_a_reader_restates_or_says_what_they_do_not_understand():
    assert checked(ReadBack(" Nights. ", " Illness. ", True, "unused")) == ReadBack(
        "Nights.", "Illness.", True, ""
    )
    assert checked(ReadBack("", "", False, "Who is at home?")).because == "Who is at home?"


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (ReadBack("", "", None), ["understood"]),
        (ReadBack(" ", "x", True), ["risk"]),
        (ReadBack("x", "", True), ["reason"]),
        (ReadBack("x", "y", False, " "), ["because"]),
        (ReadBack("x" * 4001, "y", True), ["risk"]),
    ],
)
def test_what_a_reader_left_out_is_said_beside_it(said, parts):
    with pytest.raises(CannotBeReadBack) as refused:
        checked(said)
    assert [one.part for one in refused.value.remarks] == parts


def test_a_part_of_the_room_is_told_apart_from_those_elsewhere():
    whole = record()
    assert {one.practitioner for one in whole.in_the_room} == {CHAIR, OFFICER}
    assert whole.must_tell[1].agency == GP
    assert len(COMPLETE.parties) == 3
