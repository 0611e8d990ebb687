"""Pedigrees in columns, of every program we know: who is read, and what each column is taken for."""

from __future__ import annotations

import pytest

from goldenthread.interop.genealogy.reading import read_family
from goldenthread.interop.genealogy.refusals import NotAFamilyFile
from tests.interop.genealogy.making import claims, person, said

FAMILIES = {
    "LINKAGE without headings": b"F 1 0 0 1 2\nF 2 0 0 2 1\nF 3 1 2 1 1\n",
    "PLINK": b"#FID IID PAT MAT SEX\nF 1 0 0 1\nF 2 0 0 2\nF 3 1 2 1\n",
    "four columns": b"1 0 0 1\n2 0 0 2\n3 1 2 1\n",
    "QuickPed": b"id\tfid\tmid\tsex\n1\t0\t0\t1\n2\t0\t0\t2\n3\t1\t2\t1\n",
    "R, with names of rows": b'"ped" "id" "father" "mother" "sex"\n"1" F 1 0 0 1\n"2" F 2 0 0 2\n'
    b'"3" F 3 1 2 1\n',
    "CSV": b"ID,sex,dadID,momID\r\n1,M,NA,NA\r\n2,F,NA,NA\r\n3,M,1,2\r\n",
    "CSV with 0 for women": b"ID,sex,dadID,momID\r\n1,1,NA,NA\r\n2,0,NA,NA\r\n3,1,1,2\r\n",
    "Madeline": b"FamilyId\nIndividualId\nGender\nFather\nMother\n\nF 1 M . .\nF 2 F . .\nF 3 M 1 2\n",
}


@pytest.mark.parametrize("program", FAMILIES)
def test_the_same_family_is_read_from_every_program(program):
    found = read_family(FAMILIES[program], "family.ped")

    assert [(one.id, str(one.gender)) for one in found.network.people] == [
        ("1", "man"), ("2", "woman"), ("3", "man"),
    ]  # fmt: skip
    assert claims(found, "parent") == {("1", "birth", "3"), ("2", "birth", "3")}
    assert claims(found, "couple") == {("1", "not_known", "2")}


def test_names_dates_couples_and_twins():
    found = read_family(
        b"id,name,father,mother,sex,DOB,Deceased,spouse,twinID,zygosity\n"
        b"1,Ada,,,F,1990-05-12,Y,4,,\n"
        b"2,Bo,,1,M,2012.03.04,,,3,MZ\n"
        b"3,Cy,,1,M,someday,,,2,MZ\n"
        b"4,Dee,,,F,,,1,,\n",
        "family.csv",
    )

    assert person(found, "1").born.edtf == "1990-05-12"
    assert person(found, "1").died is not None
    assert person(found, "2").name == "Bo"
    assert "someday" in person(found, "3").description
    assert claims(found, "couple") == {("1", "not_known", "4")}
    assert claims(found, "sibling") == {("2", "identical_twin", "3")}


def test_a_name_with_blanks_is_an_id_in_a_table_with_tabs():
    found = read_family(b"id\tfid\tmid\nQueen  Ada\t0\t0\nBo\t0\tQueen  Ada\n", "family.ped")

    assert {one.id for one in found.network.people} == {"Queen  Ada", "Bo"}


def test_ids_that_repeat_across_families_keep_their_family():
    found = read_family(b"A 1 0 0 1\nA 2 1 0 1\nB 1 0 0 2\nB 2 0 1 2\n", "family.ped")

    assert {one.id for one in found.network.people} == {"A:1", "A:2", "B:1", "B:2"}
    assert claims(found, "parent") == {("A:1", "birth", "A:2"), ("B:1", "birth", "B:2")}


def test_a_parent_without_a_row_is_a_person():
    found = read_family(b"id father mother sex\n3 1 2 1\n", "family.ped")

    assert [(one.id, str(one.gender)) for one in found.network.people] == [
        ("1", "man"), ("2", "woman"), ("3", "man"),
    ]  # fmt: skip
    assert "1 is named but has no row, and was added." in said(found)


def test_odd_rows_are_named_and_the_rest_kept():
    found = read_family(
        b"id,father,mother,sex,note\n1,0,0,1,x\n1,0,0,2,x\n2,2,1,1,x\n3,1,1,2,x\n,1,,1,x\n",
        "family.csv",
    )

    assert [one.id for one in found.network.people] == ["1", "2", "3"]
    for part in (
        "second row for 1",
        "2 is named as their own parent",
        "has 1 as father and as mother",
        "Line 6 has no id",
        "Columns not read: note",
    ):
        assert part in said(found), part


@pytest.mark.parametrize(
    "content",
    [b"a,b,c\n1,2,3\n", b"hello world\nhow are you\n", b"one two three\nfour five six\n", b"x\n"],
)
def test_other_tables_are_refused_in_a_sentence(content):
    with pytest.raises(NotAFamilyFile) as refused:
        read_family(content, "family.csv")

    assert refused.value.reason.endswith(".")
