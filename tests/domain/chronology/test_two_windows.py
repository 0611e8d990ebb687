"""Whether one page's words would be put over what another kept since; never within one window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.domain.chronology.two_windows import (
    ChangedElsewhere,
    noted,
    page_words,
    pages_of,
    refuse_overtaken,
    without_pages,
)

NINE = datetime(2026, 6, 10, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


class Kept:
    """A draft as its pages save it."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}

    def saves(self, page: str, made: int, now: int, words: str, part: str = "what") -> None:
        sent = {part: {"text": [words], "page": [page_words(page, at(made))]}}
        pages, fields = pages_of(sent, at(now))
        assert fields == {part: {"text": [words]}}  # what a page says of itself is no answer
        refuse_overtaken(self.fields, fields, pages)
        self.fields = {**self.fields, **fields, **noted(self.fields, pages)}

    @property
    def words(self) -> dict[str, object]:
        return {part: said["text"][0] for part, said in without_pages(self.fields).items()}


@pytest.fixture
def draft() -> Kept:
    kept = Kept()
    kept.saves("one", made=0, now=1, words="Ama rang.")
    return kept


def test_the_saves_of_one_page_follow_each_other(draft: Kept):
    for minute in (2, 3, 60):
        draft.saves("one", made=0, now=minute, words=f"Ama rang at {minute}.")
    assert draft.words == {"what": "Ama rang at 60."}


def test_a_page_made_after_what_is_kept_goes_on_from_it(draft: Kept):
    draft.saves("two", made=2, now=3, words="Ama rang twice.")
    draft.saves("three", made=4, now=5, words="Ama rang three times.")
    assert draft.words == {"what": "Ama rang three times."}


def test_a_page_made_before_another_saved_is_refused_with_what_is_kept(draft: Kept):
    with pytest.raises(ChangedElsewhere) as refused:
        draft.saves("two", made=0, now=5, words="Priya rang.")
    assert refused.value.kept == {"text": ["Ama rang."]}
    assert draft.words == {"what": "Ama rang."}


def test_whoever_has_read_both_and_sends_theirs_again_is_heard(draft: Kept):
    with pytest.raises(ChangedElsewhere):
        draft.saves("two", made=0, now=5, words="Priya rang.")
    draft.saves("both", made=6, now=7, words="Priya rang.")
    with pytest.raises(ChangedElsewhere):
        draft.saves("one", made=0, now=8, words="Ama rang, I said.")
    assert draft.words == {"what": "Priya rang."}


def test_the_same_words_from_two_windows_are_no_conflict(draft: Kept):
    draft.saves("two", made=0, now=5, words="Ama rang.")
    assert draft.words == {"what": "Ama rang."}


def test_other_parts_of_one_draft_do_not_meet(draft: Kept):
    draft.saves("two", made=0, now=5, words="Tuesday", part="when")
    draft.saves("one", made=0, now=6, words="Ama rang again.")
    assert draft.words == {"what": "Ama rang again.", "when": "Tuesday"}


@pytest.mark.parametrize("said", ["", "one", "one yesterday", "one 2026-06-10T09:00:00"])
def test_a_page_that_says_nothing_of_itself_that_can_be_read_is_saved_as_before(draft, said):
    pages, fields = pages_of({"what": {"text": ["x"], "page": [said]}}, at(9))
    assert (pages, fields) == ({}, {"what": {"text": ["x"]}})
    refuse_overtaken(draft.fields, fields, pages)
