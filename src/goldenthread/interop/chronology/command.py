"""What `goldenthread import` does, apart from talking to a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from goldenthread.interop import clock
from goldenthread.interop.chronology.bring_in import Receipt, bring_in
from goldenthread.interop.chronology.sheets import bytes_of
from goldenthread.usecases.access.asking import who_asks

Progress = Callable[[int, int], None]


def import_files(
    paths: Sequence[Path], *, family: str, email: str, check_only: bool,
    on_progress: Progress | None = None,
) -> list[tuple[str, Receipt]]:  # fmt: skip
    """Bring files into a family's record as the account that signs in with `email`.

    Each file's layout is the one its headings suggest. Raises NotFoundHere, CannotImport,
    FileRefused and CannotRead; files before a refused one stay in the record.
    """
    actor, case = who_asks(email, family)
    receipts = []
    for place, path in enumerate(paths, start=1):
        receipts.append(
            (
                path.name,
                bring_in(
                    actor, case, bytes_of(path), path.name, id=clock.new_id(), now=clock.now(),
                    confirm=not check_only,
                ),
            )
        )  # fmt: skip
        if on_progress:
            on_progress(place, receipts[-1][1].kept)
    return receipts
