"""A drawing as a file to take away: SVG, PDF on A4 or A3, or PNG. Nothing is fetched for it."""

from __future__ import annotations

from io import BytesIO

from goldenthread.drawing.marks import Sheet
from goldenthread.drawing.paper import (
    Legend,
    MadeBy,
    document,
    picture_document,
    standalone_svg,
)
from goldenthread.web.outputs.pdf import pdf_of

TYPES = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
TWICE = 2  # pixels of a PNG for each of the drawing's, to stay sharp when it is enlarged


def drawing_file(
    sheet: Sheet, legend: Legend, made_by: MadeBy, *, form: str, paper: str = "A4"
) -> bytes:
    """The drawing with its title, legend, maker and viewpoint, as `form`: svg, pdf or png.

    Raises PdfUnavailable where Pango is not installed (for pdf and png), KeyError for a paper that
    is neither A4 nor A3.
    """
    if form == "svg":
        return standalone_svg(sheet, legend, made_by).encode()
    if form == "pdf":
        return pdf_of(document(sheet, legend, made_by, paper=paper), styles=None)
    return _png_of(pdf_of(picture_document(sheet, legend, made_by), styles=None))


def _png_of(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf)
    try:
        page = opened[0]
        image = page.render(scale=TWICE * 96 / 72).to_pil()
        page.close()
    finally:
        opened.close()
    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()
