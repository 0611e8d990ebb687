"""Words of work count for nothing in a password; what is left must be long enough by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.access.passwords import (
    LEFT_AT_LEAST,
    OF_THE_SERVICE,
    is_made_of_words,
    left_of,
    words_of_work,
)

WORDS = words_of_work(["Fenwick Health Visiting", "St Bede’s School"])


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("Goldenthread2026!", True),
        ("g0ld3nthr3ad-2026", True),
        ("safeguarding police", True),
        ("Fenwick health visiting 1", True),
        ("FenwickHealthVisitingTeam", True),
        ("account administrator 12345", True),
        ("seven quiet herons wading", False),
        ("Fenwick under copper lanterns", False),
        ("correct horse battery staple", False),
        ("мокрые зонты на лестнице", False),
    ],
)
def test_a_password_made_of_words_of_work_is_refused(password, refused):
    assert is_made_of_words(password, WORDS) is refused


def test_the_words_are_of_the_service_the_agencies_the_posts_and_kinds_of_agency():
    assert {"fenwick", "police", "midwifery", "conference", "administrator"} <= WORDS
    assert set(OF_THE_SERVICE) <= WORDS
    assert not {"of", "care", "bede", "st"} & WORDS, "short words stand in innocent ones"


@given(st.text(alphabet="bcdfghjkqvwxz 2689", min_size=1, max_size=30))
def test_letters_that_make_no_word_of_work_all_count(password):
    left = left_of(password, WORDS)
    assert left == password.replace(" ", "")
    assert is_made_of_words(password, WORDS) is (len(left) < LEFT_AT_LEAST)


@given(st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(WORDS)))
def test_two_words_of_work_make_no_password(one, other):
    assert is_made_of_words(f"{one}-{other.upper()}", WORDS)
