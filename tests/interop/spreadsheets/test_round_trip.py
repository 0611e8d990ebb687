"""What is written is read back whole, and nothing written is live in a spreadsheet program."""

import csv
import html
import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goldenthread.domain.provenance.vocabulary import (
    AgencyKind,
    Concern,
    HowKnown,
    Kind,
    Significance,
)
from goldenthread.domain.shared.partial_date import NOT_KNOWN
from goldenthread.interop.spreadsheets import columns, contents, escaping
from goldenthread.interop.spreadsheets.entries import PlainEntry, joined, listed
from goldenthread.interop.spreadsheets.interpreting import canonical_layout, interpret
from goldenthread.interop.spreadsheets.reading import RawRow, rows, survey
from goldenthread.interop.spreadsheets.writing import write_csv, write_xlsx

TODAY = date(2026, 11, 24)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'=", "''@", "\uff1d")

# NUL is the one character the record cannot hold; half of a surrogate pair is not a character.
characters = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
anything = st.text(characters, max_size=30)
texts = st.one_of(anything, st.builds(str.__add__, st.sampled_from(DANGEROUS), anything)).map(
    lambda text: text if text.strip() else ""
)
names = st.text(
    st.characters(exclude_characters="\0\n", exclude_categories=("Cs",)), max_size=12
).map(str.strip)
edtf = st.sampled_from(
    [
        "2026-03-14",
        "2026-03",
        "2019",
        "2024-21",
        "2025-06~",
        "2020?",
        "[..2024-03]",
        "[2020..]",
        "2024-01/2024-06-03",
        "2024/..",
        "../2021-05",
        "[2019-01..2019-06-30]",
    ]
)
slugs = st.sampled_from([agency.value for agency in AgencyKind])


def value_of(vocabulary):
    return st.sampled_from([word.value for word in vocabulary])


entries = st.builds(
    PlainEntry,
    ref=texts,
    happened=edtf | st.just(NOT_KNOWN),
    agency=slugs,
    source=texts,
    how_known=value_of(HowKnown),
    told_by=texts,
    people=st.lists(names.filter(bool), max_size=3).map(tuple),
    kind=value_of(Kind),
    concerns=st.lists(value_of(Concern), max_size=3, unique=True).map(tuple),
    text=texts.filter(bool),
    impact=texts,
    action=texts,
    known_from=edtf | st.just(""),
    shares=st.lists(st.tuples(slugs, edtf | st.just("")), max_size=3).map(tuple),
    significance=value_of(Significance),
)


def in_process(content: bytes, filename: str) -> list[RawRow]:
    """The reader itself without its child: hundreds of children would slow the test."""
    sheet = contents.sheets(io.BytesIO(content), filename)[0]
    return [RawRow(n, cells, tuple(notes)) for n, cells, notes in contents.read(sheet, 1)]


def understood(raw_rows) -> list[PlainEntry]:
    read = [interpret(raw, canonical_layout(), agency="other", today=TODAY) for raw in raw_rows]
    assert [found.problems for found in read if found.problems] == []
    return [found.values for found in read]


def as_csv(written) -> bytes:
    out = io.BytesIO()
    write_csv(written, out)
    return out.getvalue()


def as_xlsx(written) -> bytes:
    out = io.BytesIO()
    write_xlsx(
        written,
        out,
        made="Made by Ruth Bailey\nAs known to health visiting",
        header="By Ruth Bailey",
        footer="For Ama Boateng",
    )
    return out.getvalue()


def entry(**fields) -> PlainEntry:
    plain = {
        "ref": "1", "happened": "2026-03-14", "agency": "gp", "source": "", "how_known": "saw",
        "told_by": "", "people": (), "kind": "visit", "concerns": (), "text": "Seen",
        "impact": "", "action": "", "known_from": "", "shares": (), "significance": "",
    }  # fmt: skip
    return PlainEntry(**(plain | fields))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(written=[entry(text="=1+1", source="'=x", impact="a\rb\r\nc\n", told_by="\r=x")])
@given(written=st.lists(entries, max_size=4))
def test_csv_written_is_read_back_whole(written):
    assert understood(in_process(as_csv(written), "x.csv")) == written


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(written=[entry(text="_x000D_", source="_x005F_x0041_", impact="a\r\x0b\uffff")])
@given(written=st.lists(entries, max_size=4))
def test_a_workbook_written_is_read_back_whole(written):
    assert understood(in_process(as_xlsx(written), "x.xlsx")) == written


def test_both_files_pass_through_the_child_unchanged():
    written = [entry(text=f"{start}SUM(A1)", ref=str(n)) for n, start in enumerate(DANGEROUS)]
    assert understood(rows(as_csv(written), "x.csv", "x.csv", 1)) == written
    assert understood(rows(as_xlsx(written), "x.xlsx", "Chronology", 1)) == written


@given(text=st.text(st.sampled_from("'=+-@\t\r\nax"), max_size=6) | st.text(max_size=10))
def test_escaping_is_undone_exactly_and_leaves_nothing_live(text):
    written = escaping.escaped(text)
    assert escaping.unescaped(written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(values=st.lists(names.filter(bool), max_size=4))
@example(values=["a;b", "c\\", "\\;", "d\\;e"])
def test_several_values_in_one_cell_are_read_back(values):
    assert list(listed(joined(values))) == values


@pytest.mark.parametrize("typed", ["mother\\partner", "child\\", "mother; \\", "a\\b;c"])
def test_a_backslash_somebody_typed_is_kept(typed):
    assert "".join(listed(typed)).count("\\") == typed.count("\\")


@pytest.mark.parametrize("start", DANGEROUS)
def test_dangerous_cells_of_a_workbook_are_text_and_never_formulas(start):
    text = start + "cmd|' /C calc'!A0"
    content = as_xlsx([entry(text=text, source=text, ref=text)])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Chronology"]
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    quoted = [cell for cell in cells if "cmd" in cell.value]
    assert len(quoted) == 3
    assert all(cell.quotePrefix for cell in quoted if not text.startswith("'"))


@pytest.mark.parametrize("start", DANGEROUS)
def test_dangerous_cells_of_csv_begin_with_an_apostrophe(start):
    content = as_csv([entry(text=start + "cmd")])
    line = list(csv.reader(io.StringIO(content.decode(), newline="")))[1]
    assert line[columns.NAMES.index("what")] == "'" + start + "cmd"
    assert content.decode().splitlines()[1].startswith('"1","2026-03-14"')


def test_a_file_that_is_not_ours_keeps_its_apostrophes():
    content = b"date,what\r\n2026,'=1+1\r\n"
    assert in_process(content, "x.csv")[0].cells["what"] == "'=1+1"


def test_a_workbook_says_who_made_it_and_what_its_columns_mean():
    content = as_xlsx([entry()])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Chronology", "About this file"]
    about = [[cell.value for cell in line] for line in book["About this file"].iter_rows()]
    assert about[0] == ["Made", "Made by Ruth Bailey"]
    assert about[1] == ["Made", "As known to health visiting"]
    assert {line[0] for line in about[3:]} == set(columns.NAMES)
    header = [cell.value for cell in book["Chronology"][1]]
    assert header == list(columns.NAMES)
    assert survey(content, "x.xlsx")[0].header_row == 1


def test_an_empty_chronology_is_a_file_with_headings_alone():
    assert as_csv([]).decode().strip() == ",".join(f'"{name}"' for name in columns.NAMES)
    assert in_process(as_xlsx([]), "x.xlsx") == []


def test_what_is_printed_on_each_sheet_is_text_and_fits():
    """A name may hold what a program takes for a mark of its own, or be long."""
    out = io.BytesIO()
    header, footer = "By Ruth &P & Sons\x00\n", "For " + "a solicitor & partners; " * 40
    write_xlsx([entry()], out, made="x", header=header, footer=footer)
    with zipfile.ZipFile(out) as parts:
        sheets = [parts.read(one).decode() for one in parts.namelist() if "worksheets/" in one]
    assert len(sheets) == 2
    for sheet in sheets:
        (head,) = re.findall("<oddHeader>(.*?)</oddHeader>", sheet)
        (foot,) = re.findall("<oddFooter>(.*?)</oddFooter>", sheet)
        assert html.unescape(head) == "&LBy Ruth &&P && Sons"
        assert len(html.unescape(foot)) <= 255 and "About this file" in foot
        assert html.unescape(foot).endswith("&RPage &P of &N")
