"""CSV in every encoding and with every separator agencies send; nothing is silently dropped."""

import codecs

import pytest

from goldenthread.interop.spreadsheets import limits, reading
from tests.interop.spreadsheets.making import read_csv

PLAIN = "Date,What happened,Source\r\n3/3/2026,Siân said “no” – café,GP\r\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode("utf-8"),
        codecs.BOM_UTF8 + PLAIN.encode("utf-8"),
        PLAIN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 be", "utf-16 without mark", "cp1252"],
)
def test_each_encoding_is_found(content):
    (found,) = read_csv(content)
    assert found.cells == {
        "Date": "3/3/2026",
        "What happened": "Siân said “no” – café",
        "Source": "GP",
    }
    assert found.notes == ()


def test_a_row_in_another_encoding_is_read_and_said():
    content = (
        "Date,What happened\r\n2025,Zoë\r\n".encode()
        + "2026,Siân\r\n".encode("cp1252")
        + b"2026,plain\r\n"
    )
    first, second, third = read_csv(content)
    assert (first.cells["What happened"], first.notes) == ("Zoë", ())
    assert second.cells["What happened"] == "Siân"
    assert "another encoding" in second.notes[0]
    assert third.notes == ()


def test_bytes_that_mean_nothing_are_shown_as_such_and_said():
    (found,) = read_csv(b"Date,What happened\r\n2026,a\x81b\r\n")
    assert found.cells["What happened"] == "a\ufffdb"
    assert "cannot be read" in found.notes[0]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator):
    rows = [["Date", "What happened", "Source"], ["3/3/2026", "Seen, well; happy", "HV"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in cells) for cells in rows)
    assert list(read_csv(text)[0].cells.values()) == rows[1]


def test_a_separator_announced_by_the_spreadsheet_program_is_followed():
    (found,) = read_csv("sep=;\r\nDate;What happened\r\n3/3/2026;a, b\r\n")
    assert found.cells == {"Date": "3/3/2026", "What happened": "a, b"}
    assert found.number == 2


def test_nul_characters_are_left_out_and_said():
    (found,) = read_csv(b"Date,What happened\r\n2026,a\0b\r\n")
    assert found.cells["What happened"] == "ab"
    assert found.notes == ("Empty (NUL) characters in this row were left out.",)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_quoted_line_breaks_belong_to_the_cell(line_end):
    text = line_end.join(["Date,What happened", '2026,"one', 'two"', "", "2027,three"])
    first, second = read_csv(text)
    assert first.cells["What happened"] == f"one{line_end}two"
    assert [first.number, second.number] == [2, 4]


def test_a_10_mb_cell_is_cut_one_character_past_the_limit_and_said():
    big = "x" * (10 * limits.MEGABYTE)
    first, second = read_csv(f"Date,What happened\r\n2026,{big}\r\n2026,small\r\n")
    assert len(first.cells["What happened"]) == limits.CELL_CHARACTERS + 1
    assert first.notes == ("Cell B2 holds 10,485,760 characters; at most 50,000 can be kept.",)
    assert second.cells["What happened"] == "small"


def test_a_quotation_mark_never_closed_is_said():
    text = 'Date,What happened\r\n2026,"open\r\n' + "2026,more\r\n" * 100
    (found,) = read_csv(text)
    assert "quotation mark" in found.notes[0]


def test_cells_beyond_the_headings_are_kept():
    assert read_csv("Date,What happened\r\n2026,a,b\r\n")[0].cells["Column C"] == "b"


def test_text_like_a_formula_is_read_as_typed():
    typed = ["=1+1", "+44", "-", "@x", "'=kept"]
    text = "Date,What happened\r\n" + "".join(f"2026,{cell}\r\n" for cell in typed)
    assert [found.cells["What happened"] for found in read_csv(text)] == typed


def test_a_file_is_surveyed_under_its_own_name():
    (found,) = reading.survey(PLAIN.encode(), "C:\\Users\\me\\police log.csv")
    assert found.name == "police log.csv"
    assert (found.header_row, found.rows, found.hidden) == (1, 1, False)
