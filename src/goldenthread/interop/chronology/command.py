"""What `goldenthread import` does, apart from talking to a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldenthread.interop import clock
from goldenthread.interop.chronology.bring_in import Progress, Receipt, bring_in
from goldenthread.interop.chronology.sheets import bytes_of, naming
from goldenthread.usecases.access.asking import which_agency, who_asks
from goldenthread.usecases.chronology.imports.reading import problem_rows


@dataclass(frozen=True, slots=True)
class Brought:
    """What one file became, and each row that was not kept: its number and why."""

    file: str
    receipt: Receipt
    not_kept: tuple[tuple[int, str], ...]

    def as_json(self) -> dict[str, object]:
        """What a machine reads of it."""
        return {
            "file": self.file,
            "kept": self.receipt.kept,
            "rows": self.receipt.counts,
            "not_kept": [{"row": row, "because": because} for row, because in self.not_kept],
        }


def import_files(
    paths: Sequence[Path], *, family: str, email: str, check_only: bool, agency: str = "",
    on_progress: Callable[[float], None] | None = None,
) -> list[Brought]:  # fmt: skip
    """Bring files into a family's record as the account that signs in with `email`.

    `agency` is whose chronology it is, by name or by the slug of its kind; the account's own when
    not given. Each file's layout is the one confirmed last time, else the one its headings
    suggest. `on_progress` is told how many files are done, in parts of a file. Raises
    NotFoundHere, CannotImport, FileRefused and CannotRead, naming the file; files before a
    refused one stay in the record.
    """
    actor, case = who_asks(email, family)
    whose = which_agency(agency) if agency else None
    brought = []
    for place, path in enumerate(paths):
        with naming(path):
            receipt = bring_in(
                actor, case, bytes_of(path), path.name, id=clock.new_id(), now=clock.now(),
                agency=whose, confirm=not check_only, on_progress=_within(place, on_progress),
            )  # fmt: skip
        _, rows = problem_rows(actor, case, receipt.file, now=clock.now())
        not_kept = tuple((row.number, " ".join(row.sentences)) for row in rows)
        brought.append(Brought(path.name, receipt, not_kept))
        if on_progress:
            on_progress(place + 1)
    return brought


def _within(place: int, on_progress: Callable[[float], None] | None) -> Progress | None:
    """Progress within one file as a part of all files."""
    if on_progress is None:
        return None
    return lambda done, total: on_progress(place + min(done / total, 0.99) if total else place)
