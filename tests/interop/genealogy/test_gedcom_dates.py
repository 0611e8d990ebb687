"""Dates of GEDCOM files, whatever the program and the century; and that ours survive the way back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.interop.genealogy.any_year import parse_any_year, year_as_number
from goldenthread.interop.genealogy.gedcom_dates import gedcom_date_of, parse_gedcom_date

READ = [
    ("12 MAY 1990", "1990-05-12"),
    ("12 May 1990", "1990-05-12"),
    ("May 12, 1990", "1990-05-12"),
    ("MAY 1990", "1990-05"),
    ("1990", "1990"),
    ("867", "0867"),
    ("ABT 1990", "1990~"),
    ("EST MAR 1990", "1990-03~"),
    ("CAL 1990", "1990~"),
    ("INT 1990 (from a letter)", "1990~"),
    ("BEF 1990", "[..1989]"),
    ("BEF 9 FEB 1900", "[..1900-02-08]"),
    ("BEF JAN 1900", "[..1899-12]"),
    ("AFT DEC 1999", "[2000-01..]"),
    ("BET 1990 AND 1992", "[1990..1992]"),
    ("1850-1860", "[1850..1860]"),
    ("FROM 1990 TO 1992", "1990/1992"),
    ("FROM 1990", "1990/.."),
    ("TO 1990", "../1990"),
    ("44 B.C.", "-0043"),
    ("44 BCE", "-0043"),
    ("1 BC", "0000"),
    ("BEF 44 BC", "[..-0044]"),
    ("11 FEB 1731/32", "1732-02-11"),
    ("11 FEB 1699/00", "1700-02-11"),
    ("@#DJULIAN@ 25 OCT 1917", "1917-11-07"),
    ("JULIAN 2 SEP 1752", "1752-09-13"),
    ("@#DGREGORIAN@ 4 JUL 1976", "1976-07-04"),
    ("1990-05-12", "1990-05-12"),
]


@pytest.mark.parametrize(("written", "edtf"), READ)
def test_a_date_is_read(written, edtf):
    assert parse_gedcom_date(written).edtf == edtf


@pytest.mark.parametrize(
    "written",
    ["", "last winter", "31 FEB 1990", "(about the war)", "12 FOO 1990", "@#DHEBREW@ 2 TVT 5758",
     "@#DFRENCH R@ 1 VEND 1", "99999", "BET 1992 AND 1990", "1990 " * 60],
)  # fmt: skip
def test_what_is_no_date_says_so(written):
    with pytest.raises(DateNotUnderstood) as refused:
        parse_gedcom_date(written)

    assert refused.value.reason.endswith(".")


def test_a_date_before_the_record_begins_has_bounds_and_one_before_christ_an_order():
    assert parse_gedcom_date("1619").from_min == date(1619, 1, 1)
    assert not parse_gedcom_date("44 BC").is_known
    assert year_as_number("-0043") == -44
    assert year_as_number("-0043") < year_as_number("0000") < year_as_number("0001")


UNITS = st.one_of(
    st.dates(date(2, 1, 1), date(2150, 12, 31)).map(lambda day: day.isoformat()),
    st.dates(date(2, 1, 1), date(2150, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.integers(-999, 2150).map(lambda year: f"{year:04}" if year >= 0 else f"-{-year:04}"),
)


@st.composite
def edtf_texts(draw) -> str:
    """Any date of ours that GEDCOM can hold whole."""
    one, other = sorted((draw(UNITS), draw(UNITS)), key=lambda unit: year_as_number(unit) or 0)
    shape = draw(st.sampled_from(["{0}", "{0}~", "[..{0}]", "[{0}..]", "{0}/..", "../{0}"]))
    if year_as_number(other) - year_as_number(one) > 2:
        shape = draw(st.sampled_from([shape, "[{0}..{1}]", "{0}/{1}"]))
    return shape.format(one, other)


@given(edtf_texts(), st.sampled_from([5, 7]))
def test_a_date_written_reads_back_the_same(text, version):
    when = parse_any_year(text)

    written, whole = gedcom_date_of(when, version=version)

    assert whole
    assert parse_gedcom_date(written) == when


@pytest.mark.parametrize(
    ("edtf", "written"),
    [("2024-21", "BET MAR 2024 AND MAY 2024"), ("2024?", "ABT 2024"), ("2019~/2021", "FROM 2019 TO 2021"),
     ("2024-24", "BET DEC 2024 AND FEB 2025")],
)  # fmt: skip
def test_what_gedcom_cannot_hold_is_written_as_near_as_it_can_and_said(edtf, written):
    assert gedcom_date_of(parse_any_year(edtf), version=7) == (written, False)
