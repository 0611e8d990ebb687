"""A file's name says of which family it is, by whom and when; and holds nothing that leads out."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.interop.exports.naming import file_name

DAY, LATER = date(2026, 6, 10), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("maker", "on", "name"),
    [
        ("Priya Nair", DAY, "chronology-GT-0001-2026-06-10-by-priya-nair.csv"),
        (
            "Dr Zoë O’Neil",
            LATER,
            "chronology-GT-0001-2026-06-10-made-2026-11-27-by-dr-zoe-oneil.csv",
        ),
        ('../"\r\nX: y', DAY, "chronology-GT-0001-2026-06-10-by-x-y.csv"),
        ("Оля", DAY, "chronology-GT-0001-2026-06-10-by-somebody.csv"),
    ],
)
def test_it_says_by_whom_and_when(maker, on, name):
    said = file_name("chronology", "GT-0001/..", as_of=DAY, maker=maker, on=on, ending="csv")
    assert said == name
