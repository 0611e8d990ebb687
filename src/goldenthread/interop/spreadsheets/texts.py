"""The table of texts that an XLSX workbook's cells point into, held in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.interop.spreadsheets import limits, markup

# One character of a cell can be spelled with seven (`_x000D_`).
_SPELLED = 7 * limits.CELL_CHARACTERS + 1


class Collected:
    """Text gathered from pieces; beyond what a cell can hold it only counts."""

    __slots__ = ("length", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, piece: str) -> None:
        """Take one more piece."""
        room = _SPELLED - self.length
        self.length += len(piece)
        if room > 0:
            self.pieces.append(piece[:room])

    def stored(self) -> str:
        """What was gathered, as it stands in the file."""
        return "".join(self.pieces)

    def shown(self) -> tuple[str, int]:
        """The text as it is shown, cut one character past the limit of a cell, and its length."""
        text = markup.unescaped("".join(self.pieces))
        length = len(text) if self.length < _SPELLED else self.length
        return text[: limits.CELL_CHARACTERS + 1], length


class SharedTexts:
    """The shared texts of a workbook, in order; rich text is read as its words."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._lengths: dict[int, int] = {}
        self._now: Collected | None = None
        self._reading = False
        self._phonetic = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the whole table. Raises the FileRefused kinds of a damaged or unsafe part."""
        for _ in markup.feed(chunks, start=self._start, end=self._end, text=self._text):
            pass

    def at(self, index: str) -> tuple[str, int]:
        """The text a cell points to and its full length; the length is -1 when it is missing."""
        try:
            number = int(index)
            text = self._texts[number] if number >= 0 else None
        except (ValueError, IndexError):
            return "", -1
        return ("", -1) if text is None else (text, self._lengths.get(number, len(text)))

    def _start(self, tag: str, _: dict[str, str]) -> None:
        tag = markup.local(tag)
        if tag == "si":
            self._now = Collected()
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._reading = self._now is not None and not self._phonetic

    def _end(self, tag: str) -> None:
        tag = markup.local(tag)
        if tag == "t":
            self._reading = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si" and self._now is not None:
            text, length = self._now.shown()
            if length > len(text):
                self._lengths[len(self._texts)] = length
            self._texts.append(text)
            self._now = None

    def _text(self, piece: str) -> None:
        if self._reading and self._now is not None:
            self._now.add(piece)
