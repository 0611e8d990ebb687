"""Every kind of bad input, through the whole import: a sentence, and nothing half-saved."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest

from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.interop.chronology.problem_rows import as_csv as not_kept_as_csv
from goldenthread.interop.spreadsheets.reading import FileRefused, survey
from goldenthread.records.chronology.models import ImportRow
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.chronology.imports.reading import problem_rows, read_import
from tests.families.world import NOW, World, build_world
from tests.interop.chronology.files import HEADINGS, HOME_VISIT, as_csv, with_cell
from tests.interop.spreadsheets import making

GOOD = HOME_VISIT


@pytest.fixture
def world(record) -> World:
    return build_world()


def brought(world: World, content: bytes, name: str = "hv.csv", **more):
    return bring_in(
        world.actors["ama"], world.case, content, name, id=more.pop("id", uuid4()), now=NOW, **more
    )


def held_back(world: World, receipt) -> list[str]:
    _, rows = problem_rows(world.actors["ama"], world.case, receipt.file, now=NOW)
    return [" ".join(row.sentences) for row in rows]


@pytest.mark.parametrize(
    ("heading", "typed", "says"),
    [
        ("Date", "31/02/2026", "28 days"),
        ("Date", "03/03/2031", "future"),
        ("Date", "03/03/84", "year in full"),
        ("Date", "soonish", "soonish"),
        ("What happened", "", "does not say what happened"),
        ("Who", "", "who this is about"),
        ("Who", "Dean M", "Dean M"),
        ("Shared with", "the Rotary Club", "Rotary Club"),
        ("What happened", "x" * 50_001, "50,000"),
        ("Ref", "R" * 101, "100 characters"),
    ],
)
def test_a_bad_row_is_held_back_in_words_and_the_good_row_is_kept(world, heading, typed, says):
    bad = with_cell(with_cell(GOOD, "Ref", "bad"), heading, typed)
    receipt = brought(world, as_csv(bad, GOOD))

    assert receipt.counts == {"new": 1, "problem": 1}
    assert [s.reference for s in Statement.objects.all()] == ["HV1"]
    assert says in held_back(world, receipt)[0]


def test_a_birth_in_the_future_is_held_back(world):
    birth = with_cell(with_cell(GOOD, "Type", "birth"), "Date", "01/12/2026")
    receipt = brought(world, as_csv(birth))

    assert (receipt.kept, receipt.counts) == (0, {"problem": 1})
    assert "birth" in held_back(world, receipt)[0].lower()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_kept_as_typed_in_any_encoding(world, encoding):
    text = "Zoë’s café visit – Ruth said “he’s lovely”"
    content = as_csv(with_cell(GOOD, "What happened", text)).decode().encode(encoding)
    brought(world, content)

    assert Statement.objects.get().text == text


def test_mixed_encodings_and_nul_neither_break_nor_lose_the_row(world):
    mixed = as_csv(GOOD).replace(b"Ada asleep", "Adé ".encode() + b"caf\xe9 \x00asleep")
    receipt = brought(world, mixed)

    assert sum(receipt.counts.values()) == 1
    rows = ImportRow.objects.get()
    text = Statement.objects.get().text if receipt.kept else str(rows.entry)
    assert "asleep in her basket" in text
    assert "\x00" not in text


def test_a_ten_megabyte_cell_is_refused_in_words_and_the_good_row_kept(world):
    big = with_cell(with_cell(GOOD, "Ref", "big"), "What happened", "word " * 2_000_000)
    receipt = brought(world, as_csv(GOOD, big))

    assert receipt.counts == {"new": 1, "problem": 1}
    assert "50,000" in held_back(world, receipt)[0]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+44 7700 900123", "-5 kg", "@home", "\tTab", "=cmd|'/C'!A0"]
)
def test_what_looks_like_a_formula_is_kept_as_typed_and_given_back_disarmed(world, typed):
    bad = with_cell(with_cell(GOOD, "What happened", typed), "Date", "31/02/2026")
    receipt = brought(world, as_csv(with_cell(GOOD, "What happened", typed), bad))

    assert Statement.objects.get().text.strip() == typed.strip()
    _, rows = problem_rows(world.actors["ama"], world.case, receipt.file, now=NOW)
    assert f'"{typed}"' not in not_kept_as_csv(rows).decode("utf-8-sig")


def test_merged_headings_and_a_hidden_sheet(world):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Health visiting record of Ada", *[None] * 7])
    sheet.merge_cells("A1:H1")
    for row in (HEADINGS, GOOD):
        sheet.append(row)
    hidden = book.create_sheet("Old notes")
    hidden.sheet_state = "hidden"
    for row in (HEADINGS, with_cell(GOOD, "Ref", "hidden")):
        hidden.append(row)
    out = io.BytesIO()
    book.save(out)
    found = survey(out.getvalue(), "hv.xlsx")
    receipt = brought(world, out.getvalue(), "hv.xlsx")

    assert [sheet.name for sheet in found if sheet.hidden] == ["Old notes"]
    assert receipt.counts == {"new": 1}
    assert Statement.objects.get().reference == "HV1"
    # What was not brought in is not kept either, nor its name.
    page = read_import(world.actors["ama"], world.case, receipt.file, now=NOW)
    assert "Old notes" not in str(page.file.survey)


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<a/>")):
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300 * 1024 * 1024)
    return out.getvalue()


def xml_bomb() -> bytes:
    laughs = '<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
    return making.workbook(parts={"xl/worksheets/sheet1.xml": laughs})


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xlsx"),
        (zip_bomb, "a.xlsx"),
        (xml_bomb, "a.xlsx"),
        (lambda: b"Date,Who,What\n" + b"03/03/2026,Ada,Seen\n" * 200_000, "a.csv"),
        (lambda: b"\x00" * 100, "a.csv"),
        (lambda: b"PK\x03\x04 broken", "a.xlsx"),
    ],
    ids=["password", "inflates to gigabytes", "xml bomb", "200,000 rows", "nothing", "damaged"],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(world, make, name):
    file = uuid4()
    with pytest.raises(FileRefused) as refused:
        brought(world, make(), name, id=file)

    page = read_import(world.actors["ama"], world.case, file, now=NOW)
    assert page.file.stage == "refused"
    assert page.file.refused_because == refused.value.reason
    assert refused.value.reason.endswith(".")
    assert not Statement.objects.exists()
    assert not ImportRow.objects.exists()


def test_hidden_direction_marks_are_kept_and_said(world):
    turned = with_cell(GOOD, "What happened", "Ruth said \u202eevil\u202c things")
    receipt = brought(world, as_csv(turned))

    page = read_import(world.actors["ama"], world.case, receipt.file, now=NOW)
    assert "direction" in " ".join(page.rows[0].sentences)
    assert "\u202e" in Statement.objects.get().text


def test_a_file_name_that_leads_elsewhere_is_only_a_name(world):
    receipt = brought(world, as_csv(GOOD), "../../etc/\x00pass\nwd.csv")

    page = read_import(world.actors["ama"], world.case, receipt.file, now=NOW)
    assert page.file.file_name == "passwd.csv"
