"""Makes a PDF from a page of ours with WeasyPrint; nothing is fetched from anywhere."""

from __future__ import annotations

from pathlib import Path

from goldenthread.domain.shared.refusal import Refusal

PAPER = Path(__file__).with_name("paper.css")


class PdfUnavailable(Refusal):
    """The libraries that draw a PDF are not on this machine."""


def pdf_of(page: str) -> bytes:
    """Draw a whole HTML document as a PDF.

    Raises PdfUnavailable where Pango, which WeasyPrint draws text with, is not installed.
    """
    try:
        import weasyprint
    except OSError as missing:
        raise PdfUnavailable(
            "PDF files cannot be made on this server, because the Pango library is not installed. "
            "You can print the page instead."
        ) from missing
    styles = weasyprint.CSS(filename=PAPER)
    return weasyprint.HTML(string=page, url_fetcher=_nothing_is_fetched).write_pdf(
        stylesheets=[styles]
    )


def _nothing_is_fetched(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    """Refuse every address: a document may not reach for anything, inside or out."""
    raise ValueError(f"A printed chronology may not fetch {url[:100]}")
