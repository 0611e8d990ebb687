"""Workbooks as agencies keep them: what is shown is read, what is hidden or worked out is said."""

import datetime
import io

import openpyxl
import pytest

from goldenthread.interop.spreadsheets import limits, reading, refusals
from tests.interop.spreadsheets import making
from tests.interop.spreadsheets.making import HEADER, read, row, workbook


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_rows(*rows) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Log"
    for cells in rows:
        book.active.append(cells)
    return book


def test_dates_times_and_numbers_are_read_as_they_are_shown():
    book = with_rows(
        ["Date", "What happened", "Count", "Share", "Time", "Seen"],
        [
            datetime.date(2026, 3, 14),
            datetime.datetime(2026, 3, 14, 9, 30),
            3.0,
            0.1,
            datetime.time(14, 5),
            True,
        ],
        [datetime.date(1900, 1, 5), "x", 9434765919, -2.5, None, False],
    )
    first, second = read(saved(book))
    assert list(first.cells.values()) == [
        "2026-03-14",
        "2026-03-14 09:30",
        "3",
        "0.1",
        "14:05",
        "TRUE",
    ]
    assert list(second.cells.values()) == ["1900-01-05", "x", "9434765919", "-2.5", "FALSE"]


def test_a_workbook_that_counts_days_from_1904_gives_the_same_dates():
    book = with_rows(["Date", "What happened"], [datetime.date(2026, 3, 14), "x"])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read(saved(book))[0].cells["Date"] == "2026-03-14"


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("dd/mm/yyyy", "2026-03-14"),
        ("[$-809]dddd d mmmm yyyy", "2026-03-14"),
        ('"Day" 0', "46095"),
        ("[Red]0", "46095"),
        ("General", "46095"),
    ],
)
def test_only_a_format_that_shows_a_date_makes_a_date(number_format, shown):
    book = with_rows(["Date", "What happened"], [46095, "x"])
    book.active["A2"].number_format = number_format
    assert read(saved(book))[0].cells["Date"] == shown


def test_a_formula_gives_its_shown_value_and_says_so():
    rows = [HEADER, '<row r="2"><c r="C2" t="str"><f>A1&amp;"x"</f><v>Datex</v></c></row>']
    found = read(workbook(rows))[0]
    assert found.cells == {"Source": "Datex"}
    assert found.notes == ("Cell C2 holds a formula; its shown value was taken.",)


def test_a_formula_that_shows_nothing_gives_its_own_text_and_says_so():
    book = with_rows(["Date", "What happened"], ["2026", '=HYPERLINK("http://x","y")'])
    found = read(saved(book))[0]
    assert found.cells["What happened"] == '=HYPERLINK("http://x","y")'
    assert "B2 holds a formula that shows nothing" in found.notes[0]


@pytest.mark.parametrize("text", ["=1+1", "+44 7700 900123", "-", "@home", "  spaced  ", "O'Brien"])
def test_text_that_looks_like_a_formula_is_read_as_typed_without_a_note(text):
    found = read(workbook([HEADER, row(2, "2026", text)]))[0]
    assert found.cells["What happened"] == text
    assert found.notes == ()


def test_titles_above_the_headings_are_passed_over():
    rows = [
        row(1, "Chronology for the family of Amara O."),
        row(2, "Printed 3/3/2026"),
        row(4, "Event date or period", "Significant event", "Source"),
        row(5, "3/3/2026", "Seen at home", "Health visitor"),
    ]
    (found,) = reading.survey(workbook(rows), "log.xlsx")
    assert found.header_row == 4
    assert found.headers == ("Event date or period", "Significant event", "Source")
    assert found.rows == 1
    assert found.sample == (("3/3/2026", "Seen at home", "Health visitor"),)


def test_headings_nobody_knows_are_still_found():
    rows = [row(1, "Rhestr"), row(3, "Dyddiad", "Beth", "Pwy"), row(4, "3/3/2026", "a", "b")]
    (found,) = reading.survey(workbook(rows), "log.xlsx")
    assert found.header_row == 3


def test_headings_in_merged_rows_are_joined():
    rows = [
        row(1, "Police log"),
        row(2, "Event", "", "Source"),
        row(3, "Date", "What happened"),
        row(4, "3/3/2026", "Arrest", "PC Adeyemi"),
    ]
    merged = (
        '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:B2"/>'
        '<mergeCell ref="C2:C3"/></mergeCells>'
    )
    content = workbook(rows, after=merged)
    (found,) = reading.survey(content, "log.xlsx")
    assert found.headers == ("Event Date", "Event What happened", "Source")
    for header_row in (2, 3):
        (only,) = read(content, header_row=header_row)
        assert only.number == 4
        assert only.cells == {
            "Event Date": "3/3/2026",
            "Event What happened": "Arrest",
            "Source": "PC Adeyemi",
        }


def test_cells_merged_downwards_give_their_words_to_each_row_and_say_so():
    rows = [HEADER, row(2, "3/3/2026", "Call"), row(3, "", "Visit"), row(4, "", "Letter")]
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    first, second, third = read(workbook(rows, after=merged))
    assert first.notes == ()
    assert second.cells["Date"] == "3/3/2026"
    assert second.notes == ("Cell A3 is merged with A2; its words were taken.",)
    assert "Date" not in third.cells


def test_repeated_and_missing_headings_keep_their_columns_apart():
    rows = [row(1, "Date", "Note", "Note"), row(2, "2026", "a", "b", "c")]
    assert read(workbook(rows))[0].cells == {
        "Date": "2026",
        "Note": "a",
        "Note (2)": "b",
        "Column D": "c",
    }


def test_hidden_rows_and_columns_are_said():
    rows = [HEADER, row(2, "2026", "a", "b"), row(3, "2026", "c", "d", attributes='hidden="1"')]
    content = workbook(rows, before='<cols><col min="3" max="3" width="9" hidden="1"/></cols>')
    first, second = read(content)
    assert first.notes == ("Column C is hidden in the spreadsheet.",)
    assert second.notes == ("Row 3 is hidden in the spreadsheet.",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_listed_as_hidden(state):
    content = workbook([HEADER, row(2, "2026", "a")], state=state)
    (found,) = reading.survey(content, "log.xlsx")
    assert found.hidden
    assert found.rows == 1


def test_every_sheet_is_listed_and_only_the_one_asked_for_is_read():
    book = with_rows(["Date", "What happened"], ["2026", "first"])
    book.create_sheet("Old").append(["Date", "What happened"])
    book["Old"].append(["2025", "second"])
    book["Old"].sheet_state = "hidden"
    content = saved(book)
    assert [(s.name, s.hidden) for s in reading.survey(content, "x.xlsx")] == [
        ("Log", False),
        ("Old", True),
    ]
    assert [r.cells["What happened"] for r in read(content)] == ["first"]
    assert [r.cells["What happened"] for r in read(content, sheet="Old")] == ["second"]


def test_a_sheet_or_heading_row_that_is_not_there_is_refused():
    content = workbook([HEADER])
    with pytest.raises(refusals.NoSuchSheet):
        read(content, sheet="Other")
    with pytest.raises(refusals.NoSuchSheet):
        read(content, header_row=9)


def test_a_sheet_without_headings_is_read_by_column():
    assert read(workbook([row(1, "2026", "a")]), header_row=0)[0].cells == {
        "Column A": "2026",
        "Column B": "a",
    }


def test_blank_rows_are_passed_over_and_numbers_are_those_of_the_spreadsheet():
    rows = [HEADER, row(2, "2026", "a"), row(3, " "), row(9, "2026", "b")]
    assert [found.number for found in read(workbook(rows))] == [2, 9]


@pytest.mark.parametrize("shared", [False, True])
def test_a_10_mb_cell_is_cut_one_character_past_the_limit_and_said(shared):
    text = "kept " * (2 * limits.MEGABYTE)
    parts = {}
    cells = row(2, "2026", text)
    if shared:
        cells = '<row r="2"><c r="B2" t="s"><v>0</v></c></row>'
        parts = {
            "xl/sharedStrings.xml": f'<sst xmlns="{making.MAIN}"><si><t>{text}</t></si></sst>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{making.PACKAGE}">'
            f'<Relationship Id="r1" Type="{making.LINKS}/worksheet" '
            'Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{making.LINKS}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        }
    content = workbook([HEADER, cells], parts=parts, compression=0)
    (found,) = read(content)
    assert len(found.cells["What happened"]) == limits.CELL_CHARACTERS + 1
    assert found.notes == ("Cell B2 holds 10,485,760 characters; at most 50,000 can be kept.",)


def test_rich_text_is_read_as_its_words_and_phonetic_hints_are_not():
    cell = (
        '<row r="2"><c r="B2" t="inlineStr"><is><r><t>Seen </t></r><r><rPr><b/></rPr>'
        '<t>alone</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c></row>'
    )
    assert read(workbook([HEADER, cell]))[0].cells["What happened"] == "Seen alone"


def test_an_error_shown_in_a_cell_is_said():
    cell = '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>'
    found = read(workbook([HEADER, cell]))[0]
    assert found.cells["What happened"] == "#REF!"
    assert found.notes == ("Cell B2 shows the error #REF!.",)


def test_names_are_read_exactly_as_given():
    names = "Siân, Zoë; O’Brien \N{BABY}"  # one composed, one decomposed letter below
    decomposed = "Zoe\u0308"
    found = read(workbook([HEADER, row(2, "2026", names, decomposed)]))[0]
    assert found.cells["What happened"] == names
    assert found.cells["Source"] == decomposed


def test_characters_that_turn_the_text_are_said_and_kept():
    found = read(workbook([HEADER, row(2, "2026", "safe\u202ednuof")]))[0]
    assert found.cells["What happened"] == "safe\u202ednuof"
    assert "turn the direction" in found.notes[0]


def test_what_is_read_agrees_with_openpyxl_over_an_ordinary_file():
    book = with_rows(
        ["Date", "What happened", "Source"],
        *(
            [datetime.date(2026, 1, 1) + datetime.timedelta(n), f"Event {n}\nline two", n]
            for n in range(300)
        ),
    )
    content = saved(book)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    expected = [
        [day.date().isoformat(), text, str(n)]
        for day, text, n in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert [list(found.cells.values()) for found in read(content)] == expected
