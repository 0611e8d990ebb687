"""Makes a PDF from a page of ours with WeasyPrint; nothing is fetched from anywhere."""

from __future__ import annotations

from pathlib import Path

from goldenthread.domain.shared.refusal import Refusal

FACES = tuple(
    Path(__file__).parents[1] / "kit/static/kit/font" / name
    for name in ("atkinson-latin.woff2", "atkinson-latin-ext.woff2")
)
PAPER = Path(__file__).with_name("paper.css")


class PdfUnavailable(Refusal):
    """The libraries that draw a PDF are not on this machine."""


def pdf_of(page: str, *, styles: Path | None = PAPER) -> bytes:
    """Draw a whole HTML document as a PDF; `styles` is a style sheet beside its own.

    Raises PdfUnavailable where Pango, which WeasyPrint draws text with, is not installed.
    """
    try:
        import weasyprint
    except OSError as missing:
        raise PdfUnavailable(
            "PDF files cannot be made on this server, because the Pango library is not installed. "
            "You can print the page instead."
        ) from missing
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [weasyprint.CSS(string=_faces(), font_config=fonts)]
    sheets += [weasyprint.CSS(filename=styles)] if styles else []
    return weasyprint.HTML(string=page, url_fetcher=_nothing_is_fetched).write_pdf(
        stylesheets=sheets, font_config=fonts
    )


def _faces() -> str:
    """The house's own typeface, from its file: words are then as wide as drawings take them for."""
    return "".join(
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";src:url("{file.as_uri()}");'
        "font-weight:200 800}"
        for file in FACES
    )


def _nothing_is_fetched(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    """Refuse every address: a document may not reach for anything, inside or out."""
    raise ValueError(f"A printed chronology may not fetch {url[:100]}")
