"""GEDCOM files as networks: who is what to whom, from both sides of each link, and what is said."""

from __future__ import annotations

import pytest

from goldenthread.domain.network.graphing import graph_of
from tests.interop.genealogy.making import claims, person, read, said

FAMILY = """
    0 @I1@ INDI
    1 NAME Ada /Quill/
    1 SEX F
    1 BIRT
    2 DATE 3 MAR 1990
    1 FAMS @F1@
    1 FAMS @F2@
    0 @I2@ INDI
    1 NAME Ben /Quill/
    1 SEX M
    1 DEAT Y
    1 FAMS @F1@
    0 @I3@ INDI
    1 NAME Cy /Quill/
    1 SEX M
    1 FAMC @F1@
    0 @I4@ INDI
    1 NAME Dee
    1 SEX X
    1 FAMC @F2@
    0 @F1@ FAM
    1 HUSB @I2@
    1 WIFE @I1@
    1 CHIL @I3@
    1 MARR
    2 DATE 4 JUL 2010
    1 DIV
    2 DATE 2015
    0 @F2@ FAM
    1 WIFE @I1@
    1 CHIL @I4@
"""


def test_people_are_known_by_the_files_own_ids_and_claims_have_no_source():
    found = read(FAMILY)

    assert [one.id for one in found.network.people] == ["I1", "I2", "I3", "I4"]
    assert person(found, "I1").name == "Ada Quill"
    assert [one.gender for one in found.network.people] == ["woman", "man", "man", "non_binary"]
    assert person(found, "I2").died is not None
    assert not person(found, "I2").died.is_known
    assert all(claim.source is None for claim in found.network.claims)
    assert found.warnings == ()


def test_parents_couples_and_their_times():
    found = read(FAMILY)

    assert claims(found, "parent") == {
        ("I2", "birth", "I3"), ("I1", "birth", "I3"), ("I1", "birth", "I4"),
    }  # fmt: skip
    couple = [(str(c.nature), c.happened.edtf) for c in found.network.claims if c.kind == "couple"]
    assert couple == [("married", "2010-07-04/2015"), ("divorced", "2015/..")]


def test_married_divorced_and_married_again_is_three_claims():
    found = read("""
        0 @I1@ INDI
        0 @I2@ INDI
        0 @F1@ FAM
        1 HUSB @I1@
        1 WIFE @I2@
        1 MARR
        2 DATE 1 APR 1911
        1 DIV
        2 DATE 2 MAY 1912
        1 MARR
        2 DATE 4 JUL 1914
    """)

    assert [(str(c.nature), c.happened.edtf) for c in found.network.claims] == [
        ("married", "1911-04-01/1912-05-02"),
        ("divorced", "1912-05-02/1914-07-04"),
        ("married", "1914-07-04/.."),
    ]


def test_two_men_are_a_couple():
    found = read("""
        0 @I1@ INDI
        1 SEX M
        0 @I2@ INDI
        1 SEX M
        0 @F1@ FAM
        1 HUSB @I1@
        1 WIFE @I2@
    """)

    assert claims(found, "couple") == {("I1", "not_known", "I2")}


def test_kinds_of_parents():
    found = read("""
        0 @I1@ INDI
        0 @I2@ INDI
        0 @I3@ INDI
        0 @I4@ INDI
        1 FAMC @F1@
        2 PEDI birth
        1 FAMC @F2@
        2 PEDI adopted
        1 FAMC @F3@
        2 PEDI foster
        1 FAMC @F4@
        2 STAT challenged
        0 @I5@ INDI
        0 @F1@ FAM
        1 WIFE @I1@
        1 CHIL @I4@
        0 @F2@ FAM
        1 WIFE @I2@
        1 CHIL @I4@
        0 @F3@ FAM
        1 WIFE @I3@
        1 CHIL @I4@
        0 @F4@ FAM
        1 HUSB @I5@
        1 CHIL @I4@
    """)

    assert claims(found, "parent") == {
        ("I1", "birth", "I4"), ("I2", "adoptive", "I4"), ("I3", "foster", "I4"),
        ("I5", "alleged", "I4"),
    }  # fmt: skip


def test_a_second_family_of_no_stated_kind_is_kept_and_said():
    found = read("""
        0 @I1@ INDI
        0 @I2@ INDI
        0 @I3@ INDI
        1 NAME Cy
        1 FAMC @F1@
        1 FAMC @F2@
        0 @F1@ FAM
        1 WIFE @I1@
        1 CHIL @I3@
        0 @F2@ FAM
        1 WIFE @I2@
        1 CHIL @I3@
    """)

    assert claims(found, "parent") == {("I1", "birth", "I3"), ("I2", "not_known", "I3")}
    assert "I3 is a child of family F1 and of F2" in said(found)


def test_two_families_of_one_parent_are_half_brothers_with_two_unknown_fathers():
    found = read("""
        0 @I1@ INDI
        1 SEX F
        0 @I2@ INDI
        0 @I3@ INDI
        0 @I4@ INDI
        0 @F1@ FAM
        1 WIFE @I1@
        1 CHIL @I2@
        1 CHIL @I3@
        0 @F2@ FAM
        1 WIFE @I1@
        1 CHIL @I4@
    """)

    unions = {
        frozenset(d.child for d in union.children): union.partners
        for union in graph_of(found.network).unions
    }
    assert set(unions) == {frozenset(("I2", "I3")), frozenset(("I4",))}
    assert len({partner for partners in unions.values() for partner in partners}) == 3


def test_brothers_and_sisters_without_parents_stand_together():
    found = read("0 @I1@ INDI\n0 @I2@ INDI\n0 @F1@ FAM\n1 CHIL @I1@\n1 CHIL @I2@")

    assert claims(found, "sibling") == {("I1", "full", "I2")}


def test_links_that_one_side_alone_tells_are_mended_and_said():
    found = read("""
        0 @I1@ INDI
        1 FAMS @F1@
        0 @I2@ INDI
        1 FAMC @F1@
        0 @I3@ INDI
        0 @F1@ FAM
        1 HUSB @I3@
        1 CHIL @I9@
    """)

    assert claims(found, "parent") == {("I1", "birth", "I2"), ("I3", "birth", "I2")}
    assert claims(found, "couple") == {("I3", "not_known", "I1")}
    assert "I1 is a partner in family F1, which does not say so." in said(found)
    assert "I2 is a child of family F1, which does not say so." in said(found)
    assert "names I9, who is not in the file" in said(found)


def test_odd_families_are_named_and_the_rest_kept():
    found = read("""
        0 @I1@ INDI
        0 @I2@ INDI
        0 @I3@ INDI
        0 @F1@ FAM
        1 HUSB @I1@
        1 WIFE @I1@
        1 CHIL @I2@
        1 CHIL @I2@
        1 CHIL @I1@
        0 @F2@ FAM
        1 HUSB @I1@
        1 WIFE @I2@
        1 HUSB @I3@
    """)

    assert "a couple with themselves" in said(found)
    assert "lists I2 as a child twice" in said(found)
    assert "I1 as their own parent" in said(found)
    assert "has 3 partners" in said(found)
    assert claims(found, "couple") == {("I1", "not_known", "I2"), ("I1", "not_known", "I3")}


def test_two_records_of_one_id_and_one_without_are_all_people():
    found = read("0 @I1@ INDI\n1 NAME Ada\n0 @I1@ INDI\n1 NAME Ben\n0 INDI\n1 NAME Cy")

    assert {(one.id, one.name) for one in found.network.people} == {
        ("I1", "Ada"), ("I1-2", "Ben"), ("person-3", "Cy"),
    }  # fmt: skip
    assert "Two people have the id I1" in said(found)
    assert "Cy has no id" in said(found)


def test_a_date_that_cannot_be_read_is_kept_in_words():
    found = read("0 @I1@ INDI\n1 NAME Ada\n1 BIRT\n2 DATE the winter of the flood")

    assert person(found, "I1").born is None
    assert "the winter of the flood" in person(found, "I1").description
    assert "kept in words" in said(found)


@pytest.mark.parametrize(
    ("birth", "order"),
    [
        ("1 BIRT\n2 DATE 44 BC", -44),
        ("1 CHR\n2 DATE 1620", 1620),
        ("1 BIRT\n2 DATE BEF 1620\n1 CHR\n2 DATE 1619", 1619),
        ("1 BIRT\n2 DATE 1620", None),
    ],
)
def test_an_order_is_kept_where_plain_dates_cannot_give_it(birth, order):
    assert person(read(f"0 @I1@ INDI\n{birth}"), "I1").birth_order == order


def test_two_births_are_said():
    found = read("0 @I1@ INDI\n1 NAME Ada\n1 BIRT\n2 DATE 1990\n1 BIRT\n2 DATE 1992")

    assert person(found, "I1").born.edtf == "1990"
    assert "1992" in person(found, "I1").description
    assert "more than one birth" in said(found)


def test_what_is_not_read_is_listed():
    found = read("0 @I1@ INDI\n1 OCCU Baker\n1 NOTE Kind\n1 BIRT\n2 PLAC Kelderby\n1 _ODD x")

    assert found.warnings[-1].sentence.startswith("Not read from this file: ")
    for part in ("occupations (OCCU)", "notes (NOTE)", "places (PLAC)", "1 × _ODD"):
        assert part in found.warnings[-1].sentence


def test_version_7_is_read_with_its_at_signs():
    head = "\ufeff0 HEAD\n1 GEDC\n2 VERS 7.0\n"
    found = read("0 @I1@ INDI\n1 NAME @@Ada@home\n1 FAMC @F1@\n2 PEDI ADOPTED\n0 @I2@ INDI\n"
                 "0 @F1@ FAM\n1 WIFE @I2@\n1 CHIL @I1@", head)  # fmt: skip

    assert person(found, "I1").name == "@Ada@home"
    assert claims(found, "parent") == {("I2", "adoptive", "I1")}


def test_long_texts_are_put_together():
    found = read("0 @I1@ INDI\n1 NAME Ada the\n2 CONC  Elder")

    assert person(found, "I1").name == "Ada the Elder"


def test_a_person_without_an_id_is_not_nobody():
    found = read("0 INDI\n1 NAME Ada")

    assert [one.name for one in found.network.people] == ["Ada"]
