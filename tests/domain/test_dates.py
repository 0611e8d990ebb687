"""Dates as people type them, and their bounds: what is understood, and what is refused in words."""

from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    not_known,
    on_day,
    parse_edtf,
)

UNDERSTOOD = [
    # as typed, kept as, first day it can have begun, last day it can have ended
    ("3/3/2026", "2026-03-03", "2026-03-03", "2026-03-03"),
    ("03.03.2026", "2026-03-03", "2026-03-03", "2026-03-03"),
    ("Tuesday 3rd March 2026", "2026-03-03", "2026-03-03", "2026-03-03"),
    ("2026-03-03 14:05", "2026-03-03", "2026-03-03", "2026-03-03"),
    ("Mar 2026", "2026-03", "2026-03-01", "2026-03-31"),
    ("2026", "2026", "2026-01-01", "2026-12-31"),
    ("about spring 2024", "2024-21~", "2024-03-01", "2024-05-31"),
    ("winter 2024", "2024-24", "2024-12-01", "2025-02-28"),
    ("c. 2019", "2019~", "2019-01-01", "2019-12-31"),
    ("before 2020", "[..2019-12-31]", None, "2019-12-31"),
    ("by 3 March 2026", "[..2026-03-03]", None, "2026-03-03"),
    ("after June 2024", "[2024-07-01..]", "2024-07-01", None),
    ("between 3 March 2024 and June 2024", "[2024-03-03..2024-06]", "2024-03-03", "2024-06-30"),
    ("May 2024 to July 2024", "2024-05/2024-07", "2024-05-01", "2024-07-31"),
    ("since May 2025", "2025-05/..", "2025-05-01", None),
    ("29/02/2024", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("not known", "XXXX-XX-XX", None, None),
    ("", "XXXX-XX-XX", None, None),
]
REFUSED = [
    ("31/02/2026", "February 2026 has 28 days"),
    ("29/02/2026", "February 2026 has 28 days"),
    ("03/03/26", "write the year in full"),
    ("13/2024", "no month 13"),
    ("2024-07/2024-05", "ends before it begins"),
    ("3 Smarch 2026", "not a month"),
    ("soon", "not a date we can read"),
    ("1066", "outside living memory"),
    ("../..", "neither a beginning nor an end"),
]


@pytest.mark.parametrize(("typed", "kept", "first", "last"), UNDERSTOOD)
def test_a_date_is_understood(typed, kept, first, last):
    read = parse_as_typed(typed)

    assert read.edtf == kept
    assert (read.earliest and read.earliest.isoformat()) == first
    assert (read.latest and read.latest.isoformat()) == last


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_a_date_is_refused_in_words(typed, reason):
    with pytest.raises(DateNotUnderstood, match=reason):
        parse_as_typed(typed)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31)))
def test_every_day_reads_back_as_itself_however_it_is_written(day):
    exact = on_day(day)

    assert parse_edtf(exact.edtf) == exact
    assert parse_as_typed(f"{day.day}/{day.month}/{day.year}") == exact
    assert parse_as_typed(f"{day:%A} {day.day} {day:%B} {day.year}") == exact


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused_in_a_sentence(text):
    try:
        read = parse_as_typed(text)
    except DateNotUnderstood as refused:
        said = refused.reason
        read = None
    if read is None:
        assert said.endswith(".")
    else:
        assert read == not_known() or read.is_known
        assert read.from_min is None or read.to_max is None or read.from_min <= read.to_max


@pytest.mark.parametrize("kept", ["2024", "2024-03", "2024-03-05", "2024-05/2024-07", "2024-03~"])
def test_our_part_of_edtf_is_edtf(kept):
    """The edtf package as an oracle: it reads the same text and agrees on the plain bounds."""
    theirs = edtf.parse_edtf(kept)
    ours = parse_edtf(kept)

    if "~" not in kept:
        assert tuple(theirs.lower_strict()[:3]) == ours.earliest.timetuple()[:3]
        assert tuple(theirs.upper_strict()[:3]) == ours.latest.timetuple()[:3]
