"""What was found in a family's file: the network, the file's own families, and the warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.network.claim import Network
from goldenthread.interop.genealogy import limits


@dataclass(frozen=True, slots=True)
class Warned:
    """One plain sentence about one record: its id in the file, "" where it is about the file."""

    record: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FileFamily:
    """A family as the file itself numbers it, so that a drawing can use the file's own names."""

    id: str
    partners: tuple[str, ...]
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FromFile:
    """The family read from a file. Claims have no source: the file names none that we could keep.

    `unknown_parents` are people the reader added, each with the family it stands in for.
    """

    network: Network
    warnings: tuple[Warned, ...] = ()
    families: tuple[FileFamily, ...] = ()
    unknown_parents: tuple[tuple[str, str], ...] = ()


class Warnings:
    """Warnings as they are met; past a limit they are only counted."""

    def __init__(self) -> None:
        self._kept: list[Warned] = []
        self._over = 0

    def add(self, record: str, sentence: str) -> None:
        """Remember one, unless there are too many to be read."""
        if len(self._kept) < limits.WARNINGS:
            self._kept.append(Warned(record, sentence))
        else:
            self._over += 1

    def __iter__(self) -> Iterator[Warned]:
        yield from self._kept
        if self._over:
            yield Warned("", f"There are {self._over:,} more warnings about this file.")


def shortened(text: str, most: int = 60) -> str:
    """The text as it can stand in a sentence."""
    text = " ".join(text.replace("\0", " ").split())
    return text if len(text) <= most else text[: most - 1] + "…"
