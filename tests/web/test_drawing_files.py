"""Drawings to take away: SVG, PDF on two sizes of paper and PNG, made for real."""

from io import BytesIO

import pypdf
import pytest
from PIL import Image

from goldenthread.drawing.marks import Sheet, Words
from goldenthread.drawing.paper import MadeBy
from goldenthread.web.outputs.drawings import drawing_file

MADE_BY = MadeBy("R. Example", "14 April 2026", "As known to Elm School on 3 June 2026")
SHEET = Sheet(
    1700.0, 400.0, "Genogram of Ivy", "Two people.", (Words(90, 90, "Ada Ashby"),), "genogram"
)


def test_an_svg_is_text_with_the_names():
    assert b"Ada Ashby" in drawing_file(SHEET, (), MADE_BY, form="svg")


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "wide", "pages"), [("A4", 842, 2), ("A3", 1191, 2)])
def test_a_pdf_is_paper_of_the_size_asked_for_with_who_made_it_on_every_page(paper, wide, pages):
    read = pypdf.PdfReader(BytesIO(drawing_file(SHEET, (), MADE_BY, form="pdf", paper=paper)))

    assert len(read.pages) == pages
    for page in read.pages:
        assert round(float(page.mediabox.width)) == wide
        said = page.extract_text()
        assert "R. Example" in said
        assert "As known to Elm School on 3 June 2026" in said


@pytest.mark.slow
def test_a_png_is_the_whole_drawing_at_twice_its_size():
    image = Image.open(BytesIO(drawing_file(SHEET, (), MADE_BY, form="png")))

    assert image.width == pytest.approx(3400, abs=4)
    assert image.convert("L").getextrema()[0] < 80  # something is drawn
