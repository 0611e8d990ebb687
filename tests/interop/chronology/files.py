"""Small chronologies about the invented family of the test world, as agencies would send them."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook

HEADINGS = (
    "Ref", "Date", "Who", "Type", "What happened", "How known", "Shared with", "Date shared",
)  # fmt: skip
HOME_VISIT = (
    "HV1", "03/03/2026", "Ada; Mum", "home visit",
    "Ada asleep in her basket. Ruth was warm with her and asked good questions.", "saw", "", "",
)  # fmt: skip
NOT_BROUGHT = (
    "HV2", "20/03/2026", "Ada", "WNB", "Ada was not brought to the six week check.", "record",
    "children's social care", "24/03/2026",
)  # fmt: skip
CALL = (
    "HV3", "about April 2026", "Mum", "phone call",
    "Ruth rang to say her sister stays on Tuesdays to help.", "told by mother", "", "",
)  # fmt: skip
ROWS = (HOME_VISIT, NOT_BROUGHT, CALL)


def as_csv(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def as_xlsx(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """The rows as a workbook."""
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_cell(row: tuple[str, ...], heading: str, text: str) -> tuple[str, ...]:
    """A row with one cell changed."""
    at = HEADINGS.index(heading)
    return (*row[:at], text, *row[at + 1 :])
