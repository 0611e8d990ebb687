"""Files that are broken, huge, hostile or of another kind: a plain refusal or warning, in bounds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy.gedcom_writing import write_gedcom
from goldenthread.interop.genealogy.reading import read_family, read_upload
from goldenthread.interop.genealogy.refusals import (
    EncodingNotCertain,
    FamilyFileRefused,
    FamilyFileTooLarge,
    NotAFamilyFile,
)
from tests.interop.genealogy.making import HEAD, claims, gedcom, person, read, said

NAME = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n1 CHAR {}\n0 @I1@ INDI\n1 NAME Zoë\n0 TRLR\n"


@pytest.mark.parametrize(
    ("content", "warns"),
    [
        (NAME.format("UTF-8").encode(), False),
        (b"\xef\xbb\xbf" + NAME.format("UTF-8").encode(), False),
        (b"\xff\xfe" + NAME.format("UNICODE").encode("utf-16-le"), False),
        (NAME.format("UNICODE").encode("utf-16-le"), False),
        (NAME.format("UNICODE").encode("utf-16-be"), False),
        (NAME.format("ANSI").encode("cp1252"), True),
        (NAME.format("IBMPC").encode("cp437"), True),
        (NAME.format("ANSEL").replace("ë", "?").encode().replace(b"?", b"\xe8e"), False),
        (NAME.format("ANSI").encode("utf-8"), True),
        (NAME.format("ISO-8859-1").encode("latin-1"), False),
    ],
)
def test_letters_are_read_as_the_file_says_or_shows(content, warns):
    found = read_family(content, "family.ged")

    assert person(found, "I1").name == "Zoë"
    assert bool(found.warnings) is warns


@pytest.mark.parametrize(
    "content",
    [
        NAME.format("UTF-8").encode("cp1252"),
        NAME.format("ASCII").encode("cp1252"),
        NAME.replace("1 CHAR {}\n", "").encode("cp1252"),
        NAME.format("KLINGON").encode("cp1252"),
        b"\xef\xbb\xbf" + NAME.format("UTF-8").encode("cp1252"),
        NAME.format("ANSI").encode("cp1252").replace(b"\xeb", b"\x81"),
    ],
)
def test_a_guess_says_so_and_stops(content):
    with pytest.raises(EncodingNotCertain) as refused:
        read_family(content, "family.ged")

    assert "encoding" in refused.value.reason
    assert person(read_family(content, "family.ged", encoding="latin-1"), "I1").name.startswith(
        "Zo"
    )


def test_an_encoding_that_does_not_exist_is_refused():
    with pytest.raises(EncodingNotCertain):
        read_family(NAME.format("UTF-8").encode(), "family.ged", encoding="klingon")


def test_broken_levels_and_lines_are_named_with_their_line():
    found = read("0 @I1@ INDI\n3 NAME Ada\nthis is no line\n1 SEX F\n\n    1 BIRT\n5 DATE 1990")

    assert person(found, "I1").name == "Ada"
    assert person(found, "I1").gender == "woman"
    assert person(found, "I1").born.edtf == "1990"
    assert "Line 7 is at level 3" in said(found)
    assert "Line 8 is no line of GEDCOM" in said(found)


def test_a_file_cut_short_is_read_and_said():
    found = read_family(gedcom("0 @I1@ INDI\n1 NAME Ada").removesuffix(b"0 TRLR\n"), "family.ged")

    assert person(found, "I1").name == "Ada"
    assert "cut short" in said(found)


def test_nul_characters_are_left_out_and_said():
    found = read_family(gedcom("0 @I1@ INDI\n1 NAME A\0da\n1 SEX F"), "family.ged")

    assert person(found, "I1").name == "Ada"
    assert "1 empty (NUL) characters" in said(found)


def test_a_line_of_a_million_letters_is_cut_and_said():
    found = read(f"0 @I1@ INDI\n1 NAME {'A' * 1_000_000}\n1 SEX F\nxx{'y' * 300_000}")

    assert len(person(found, "I1").name) < limits.LINE_CHARACTERS
    assert person(found, "I1").gender == "woman"
    assert max(len(warned.sentence) for warned in found.warnings) < 300


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\0", b"\xef\xbb\xbf\n\n", b"%PDF-1.7", b"PK\x03\x04zzzz", b"<html></html>", b"{}",
     bytes(range(256)) * 20, HEAD.encode() + b"0 TRLR\n", b"0 HEAD\n"],
)  # fmt: skip
def test_other_files_are_refused_in_a_sentence(content):
    for name in ("family.ged", "family.csv"):
        with pytest.raises(FamilyFileRefused) as refused:
            read_family(content, name)
        assert refused.value.reason.endswith(".")


def test_more_than_is_read_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "PEOPLE", 3)
    many = "\n".join(f"0 @I{n}@ INDI" for n in range(4))
    with pytest.raises(FamilyFileTooLarge):
        read(many)
    with pytest.raises(FamilyFileTooLarge):
        read_family(b"id,father,mother\n" + b"".join(b"%d,0,0\n" % n for n in range(4)), "x.csv")
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    with pytest.raises(FamilyFileTooLarge):
        read_family(b"0 HEAD\n" * 100, "family.ged")


def ten_thousand() -> bytes:
    """A line of descent with couples: 10,000 people in 5,000 families."""
    lines = []
    for n in range(5_000):
        lines += [f"0 @I{2 * n}@ INDI", f"1 NAME Person {n} /Long/", "1 BIRT", f"2 DATE {1000 + n // 6}",
                  f"0 @I{2 * n + 1}@ INDI", f"0 @F{n}@ FAM", f"1 HUSB @I{2 * n}@", f"1 WIFE @I{2 * n + 1}@",
                  f"1 CHIL @I{2 * n + 2}@"]  # fmt: skip
    return gedcom("\n".join(lines))


@pytest.mark.slow
def test_ten_thousand_people_are_read_in_bounded_time_and_memory():
    content = ten_thousand()
    started = time.process_time()

    found = read_upload(content, "family.ged")

    assert len(found.network.people) == 10_000
    assert len(claims(found, "parent")) == 9_998
    assert time.process_time() - started < 20


def test_a_thousand_warnings_are_counted_not_listed():
    found = read("0 @I1@ INDI\n" + "\n".join(f"nonsense {n}" for n in range(1_000)))

    assert len(found.warnings) == limits.WARNINGS + 1
    assert "500 more warnings" in found.warnings[-1].sentence


def test_an_upload_is_read_in_a_child_and_says_the_same():
    body = gedcom("0 @I1@ INDI\n1 NAME Ada\n1 BIRT\n2 DATE 1619\n0 @I2@ INDI\n0 @F1@ FAM\n"
                  "1 WIFE @I1@\n1 CHIL @I2@\n1 CHIL @I7@")  # fmt: skip

    here, there = read_family(body, "family.ged"), read_upload(body, "family.ged")

    assert there.network == here.network
    assert there.warnings == here.warnings


def test_an_uploads_refusal_comes_back_by_name():
    with pytest.raises(NotAFamilyFile) as refused:
        read_upload(b"%PDF-1.7", "family.ged")
    assert refused.value.reason == "This is a PDF, not a family file."
    with pytest.raises(EncodingNotCertain):
        read_upload(NAME.format("UTF-8").encode("cp1252"), "family.ged")


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["0 @I1@ INDI", "0 @I2@ INDI", "0 @F1@ FAM", "1 HUSB @I1@", "1 WIFE @I2@", "1 CHIL @I1@",
             "1 CHIL @I2@", "1 FAMC @F1@", "1 FAMS @F1@", "1 NAME A /B/", "1 BIRT", "2 DATE 1990",
             "2 DATE BET 2000 AND 1990", "1 MARR", "1 DIV", "1 EVEN", "2 TYPE Separation", "0 TRLR",
             "1 FAMC", "1 ADOP", "2 FAMC @F1@", "3 ADOP BOTH", "2 CONC x", "0 HEAD", "9 X", "0"]
        ),
        st.text(max_size=20),
    ),
    max_size=30,
)  # fmt: skip


def found_or_refused(content: bytes, name: str):
    """What is found, or None for a refusal, which is a sentence; anything else is a fault."""
    try:
        return read_family(content, name)
    except FamilyFileRefused as refused:
        reason = refused.reason
    assert reason.endswith(".")
    return None


@given(LINES)
@settings(max_examples=200)
def test_any_lines_are_read_or_refused_in_a_sentence(lines):
    content = "\n".join(["0 HEAD", "0 @I0@ INDI", *lines]).encode("utf-8", "replace")
    found = found_or_refused(content, "family.ged")
    if found is None:
        return
    people = {one.id for one in found.network.people}
    assert all(set(claim.people) <= people for claim in found.network.claims)
    assert all(claim.person != claim.other for claim in found.network.claims)
    write_gedcom(found.network, version=7)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(content):
    for name in ("family.ged", "family.csv"):
        found = found_or_refused(content, name)
        assert found is None or found.network.people
