"""Which sheet of a file is the chronology, and what its headings probably hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.spreadsheets import columns
from goldenthread.interop.spreadsheets.reading import SheetFound


class NoChronologyFound(Refusal):
    """No sheet of the file looks like a chronology."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say which of several files a refusal speaks of."""
    try:
        yield
    except Refusal as refused:
        if path.name not in refused.reason:
            refused.reason = f"{path.name}: {refused.reason}"
            refused.args = (refused.reason,)
        raise


def choose_sheet(found: tuple[SheetFound, ...]) -> SheetFound:
    """The visible sheet that looks most like a chronology. Raises NoChronologyFound."""
    shown = [sheet for sheet in found if not sheet.hidden and sheet.header_row is not None]
    if not shown:
        raise NoChronologyFound("No sheet of this file has a row of headings we can read.")
    return max(shown, key=lambda sheet: len(suggested_columns(sheet.headers)))


def suggested_columns(headers: tuple[str, ...]) -> dict[str, str]:
    """The canonical columns that these headings probably hold."""
    return {name: heading for name, heading in columns.suggest(headers).items() if heading}


class CannotRead(Refusal):
    """A file named on the command line is not there or may not be read."""


def bytes_of(path: Path) -> bytes:
    """The bytes of a file named on the command line. Raises CannotRead."""
    try:
        return path.read_bytes()
    except OSError as missing:
        raise CannotRead(f"{path} cannot be read: {missing.strerror}.") from missing
