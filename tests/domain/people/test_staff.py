"""When somebody who works for an agency may be a person of a record, by what, and what that closes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from goldenthread.domain.people.staff import (
    MatchingNotUnderstood,
    MatchStrength,
    Recorded,
    Staff,
    folded_postcode,
    match,
    read_matching,
    restricts,
    surname_of,
)
from goldenthread.domain.shared.partial_date import parse_edtf

FILE = Path(__file__).parents[3] / "src/goldenthread/usecases/_steps/staff_matching.toml"
RULES = read_matching(tomllib.loads(FILE.read_text()))
TODAY = date(2026, 11, 27)
BORN = date(1988, 4, 2)


def person(given="Ruth", family="Okafor", born="", **more) -> Recorded:
    return Recorded(given, family, born=parse_edtf(born) if born else None, **more)


@pytest.mark.parametrize(
    ("staff", "there", "expected"),
    [
        (Staff("Ruth Okafor"), person(), "name_alone"),
        (Staff("Dr RUTH Okáfor"), person(), "name_alone"),
        (Staff("Ruth Okafor", BORN), person(), "name_alone"),
        (Staff("Ruth Okafor", BORN), person(born="1988-04-02"), "name_and_birth"),
        (Staff("Ruth Okafor", BORN), person(born="1988-04-03"), None),
        (Staff("Ruth Okafor", BORN), person(born="1988"), "name_alone"),
        (Staff("Ruth Okafor", BORN), person(born="1990"), None),
        (Staff("Ruth Okafor", BORN), person(born="1990~"), "name_alone"),
        (Staff("Ruth Okafor"), person(born="1988-04-02"), "name_alone"),
        (Staff("Ruth Okafor"), person(born="2015-04-02"), None),
        (Staff("Ruth Okafor"), person(has_died=True), None),
        (Staff("Ruth Anne Okafor"), person(), "name_alone"),
        (Staff("Ruthie Okafor"), person(known_as="Ruthie"), "name_alone"),
        (Staff("Miriam Okafor"), person(), None),
        (Staff("Ruth"), person(), None),
        (Staff("Ruth Okafor"), person(family=""), None),
        (Staff("Ruth Smith Okafor"), person(family="Smith Okafor"), "name_alone"),
        (Staff("Ruth Okafor", None, "ZZ19ZZ"), person(postcodes=frozenset({"ZZ19ZZ"})),
         "name_and_postcode"),
        (Staff("Miriam Okafor", None, "ZZ19ZZ"), person(postcodes=frozenset({"ZZ19ZZ"})),
         "surname_and_postcode"),
        (Staff("Miriam Hale", None, "ZZ19ZZ"), person(postcodes=frozenset({"ZZ19ZZ"})), None),
        (Staff("Miriam Okafor", None, "ZZ18ZZ"), person(postcodes=frozenset({"ZZ19ZZ"})), None),
        # A namesake by another date of birth who lives there is a relative.
        (Staff("Ruth Okafor", BORN, "ZZ19ZZ"),
         person(born="1960-01-01", postcodes=frozenset({"ZZ19ZZ"})), "surname_and_postcode"),
    ],
)  # fmt: skip
def test_by_what_they_match(staff, there, expected):
    assert match(staff, there, RULES, today=TODAY) == expected


@pytest.mark.parametrize(
    ("strength", "has_part", "families", "closes"),
    [
        ("name_and_birth", True, 1, True),
        ("name_and_postcode", True, 1, True),
        ("surname_and_postcode", False, 1, True),
        ("name_alone", False, 1, True),
        ("name_alone", False, 2, True),
        ("name_alone", False, 3, False),
        ("name_alone", True, 1, False),
    ],
)
def test_what_a_match_closes_until_it_is_answered(strength, has_part, families, closes):
    found = MatchStrength(strength)
    assert restricts(found, RULES, has_part=has_part, families=families) is closes


def test_a_title_is_no_name_and_one_word_no_surname():
    assert [surname_of(name, RULES) for name in ("Dr Inga Lund", "PC Hale", "Tom O'Hale", "")] == [
        "lund", "", "ohale", "",
    ]  # fmt: skip
    assert folded_postcode(" zz1 9zz ") == "ZZ19ZZ"


@pytest.mark.parametrize("part", ["titles", "common_name_at", "works_from_age"])
def test_rules_that_cannot_be_read_are_refused(part):
    told = tomllib.loads(FILE.read_text())
    with pytest.raises(MatchingNotUnderstood):
        read_matching({**told, part: {"value": "many"}})
