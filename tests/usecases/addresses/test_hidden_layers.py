"""The control: each hidden layer, planted in a file that holds none otherwise, is found."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pypdfium2
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PngImagePlugin

from goldenthread.usecases.addresses.hidden_layers import NotOpened, hidden_in
from goldenthread.web.outputs.pdf import pdf_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECRET = "saffron kettle"


def pdf(body: str, style: str = "", head: str = "") -> bytes:
    return pdf_of(
        f"<html><head><title>A page</title>{head}<style>{style}</style></head>"
        f"<body><p>Plain words.</p>{body}</body></html>",
        styles=None,
    )


def whats(content: bytes, kind: str) -> str:
    return "; ".join(one.what for one in hidden_in(content, kind))


def test_a_plain_page_hides_nothing():
    assert hidden_in(pdf("<p>More.</p>"), "application/pdf") == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f'<p style="color:white">{SECRET}</p>', "white text"),
        (f'<p style="font-size:1pt">{SECRET}</p>', "too small"),
        (f'<p style="color:transparent">{SECRET}</p>', "clear"),
        (
            f'<p>{SECRET}</p><div style="position:absolute;top:0;left:0;width:18cm;height:9cm;'
            'background:black"></div>',
            "under a shape",
        ),
    ],
)
def test_unseen_text_of_a_page_is_found(body, found):
    made = pdf(body)
    assert SECRET in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert found in whats(made, "application/pdf")


def test_white_letters_on_a_dark_ground_are_seen():
    made = pdf('<p style="background:black;color:white">Read me</p>')
    assert hidden_in(made, "application/pdf") == ()


def on_svg(*texts: tuple[str, str, int]) -> bytes:
    drawn = "".join(
        f'<text x="20" y="{y}" fill="{colour}">{words}</text>' for words, colour, y in texts
    )
    return pdf(f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90">{drawn}</svg>')


def test_white_letters_that_are_the_ground_of_the_same_letters_are_seen():
    assert hidden_in(on_svg(("Ruth", "#fff", 40), ("Ruth", "#111", 40)), "application/pdf") == ()


def test_white_letters_beneath_other_letters_are_found():
    for over in (("Dean", "#111", 40), ("Ruth", "#111", 70)):
        assert "white text" in whats(on_svg(("Ruth", "#fff", 40), over), "application/pdf")


def test_properties_of_a_pdf_that_name_somebody_are_found():
    made = pdf("", head=f'<meta name="author" content="{SECRET}">')
    assert f"Author: {SECRET}" in whats(made, "application/pdf")


def test_what_is_attached_to_a_pdf_is_found():
    opened = pypdfium2.PdfDocument(pdf(""))
    opened.new_attachment("notes.txt").set_data(SECRET.encode())
    out = io.BytesIO()
    opened.save(out)
    found = hidden_in(out.getvalue(), "application/pdf")
    assert "its attachments" in {one.where for one in found}


def workbook(change) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Plain", "words"])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hide_sheet(book):
    book.create_sheet("Other").sheet_state = "veryHidden"


def hide_row(book):
    book.active.row_dimensions[1].hidden = True


def hide_column(book):
    book.active.column_dimensions["B"].hidden = True


def comment(book):
    book.active["A1"].comment = Comment(SECRET, "x")


def name(book):
    book.defined_names["secret"] = DefinedName("secret", attr_text="Sheet!$A$1")


def formula(book):
    book.active["C1"] = "=1+1"


def maker(book):
    book.properties.creator = "Somebody"


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (hide_sheet, "a hidden sheet"),
        (hide_row, "a hidden row or column"),
        (hide_column, "a hidden row or column"),
        (comment, "a part that no plain workbook has"),
        (name, "a name for cells"),
        (formula, "a formula"),
        (maker, "creator: Somebody"),
    ],
)
def test_what_a_workbook_hides_is_found(plant, found):
    assert hidden_in(workbook(lambda book: None), XLSX) == ()
    assert found in whats(workbook(plant), XLSX)


def test_a_macro_in_a_workbook_is_found():
    out = io.BytesIO(workbook(lambda book: None))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "a part that no plain workbook has" in whats(out.getvalue(), XLSX)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"<svg><!-- {SECRET} --><text>a</text></svg>", SECRET),
        (f'<svg><text display="none">{SECRET}</text></svg>', "not shown"),
        (f'<svg><text opacity="0">{SECRET}</text></svg>', "not shown"),
        (f'<svg><text style="visibility:hidden">{SECRET}</text></svg>', "not shown"),
        (f"<svg><metadata>{SECRET}</metadata></svg>", "words are not shown"),
        (f"<p hidden>{SECRET}</p>", "not shown"),
        (f"<style>p{{display:none}}</style><p>{SECRET}</p>", "display:none"),
        ("<p>a\u200bb</p>", "200B"),
        ("<p>a\u202eb</p>", "202E"),
    ],
)
def test_what_markup_hides_is_found(text, found):
    assert found in whats(text.encode(), "image/svg+xml")


def test_plain_markup_hides_nothing():
    shown = '<svg fill-opacity="0.5"><text opacity="0.05" font-size="10px">a</text></svg>'
    assert hidden_in(shown.encode(), "image/svg+xml") == ()


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "＝1+1"])
def test_a_cell_that_would_run_is_found(cell):
    assert "would run" in whats(f'a,b\r\n"{cell}",c\r\n'.encode(), "text/csv")


def test_cells_that_run_nothing_are_not():
    assert hidden_in(b"a,'=1+1,-3,+44 1632 960\r\n", "text/csv") == ()


def test_words_beside_the_pixels_of_a_picture_are_found():
    plain, marked = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (4, 4)).save(plain, "PNG")
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    Image.new("RGB", (4, 4)).save(marked, "PNG", pnginfo=words)
    assert hidden_in(plain.getvalue(), "image/png") == ()
    assert "tEXt" in whats(marked.getvalue(), "image/png")
    assert "5 bytes" in whats(plain.getvalue() + b"extra", "image/png")


def test_what_a_calendar_hides_is_found():
    event = "BEGIN:VEVENT\r\nSUMMARY:Visit\r\nX-NOTE:at the flat\r\nEND:VEVENT\r\n"
    assert "X-NOTE" in whats(event.encode(), "text/calendar")


def test_what_cannot_be_opened_is_refused():
    with pytest.raises(NotOpened):
        hidden_in(b"\x00\x01", "application/octet-stream")
