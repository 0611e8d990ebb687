"""Reading XML from outside, piece by piece: no declarations, no entities, no endless tags.

A document type declaration is where every XML bomb and every request for a file on the server
begins, and no spreadsheet needs one: the reader stops at its first character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from goldenthread.interop.spreadsheets import limits
from goldenthread.interop.spreadsheets.archive import DAMAGED
from goldenthread.interop.spreadsheets.refusals import FileDamaged, TooLargeInside, UnsafeInside

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def local(name: str) -> str:
    """The tag or attribute name without its prefix."""
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    """Undo the `_x000D_` spelling that workbooks use for characters XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _character(found), text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def feed(
    chunks: Iterable[bytes],
    *,
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> Iterator[None]:
    """Read `chunks` and call back for each tag; yields after each chunk so rows can be collected.

    Raises UnsafeInside at a document type declaration, TooLargeInside at an endless tag,
    FileDamaged where it is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            # An unfinished tag is parsed again from its beginning at every chunk.
            if fed - max(parser.CurrentByteIndex, 0) > limits.TAG_BYTES:
                raise TooLargeInside("One tag inside this file never ends, so it was not read.")
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise FileDamaged(DAMAGED) from error


def read_whole(chunks: Iterable[bytes], start: Callable[[str, dict[str, str]], Any]) -> None:
    """Read a small part to its end for its tags alone."""
    for _ in feed(chunks, start=start):
        pass


def _no_declarations(*_: Any) -> None:
    raise UnsafeInside(
        "This file holds an XML declaration that no spreadsheet needs, so it was not opened."
    )
