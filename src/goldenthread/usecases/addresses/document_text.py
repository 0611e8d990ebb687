"""Every text inside a document that would leave: what is printed, and what lies beneath it.

A hidden sheet, a comment, a file's properties, an attachment, a layer or a picture's own words are
text like any other. It must never leave a part of a file unread that it can read; what it cannot
read at all (the pixels of a picture) is read from the same drawing as text, by whoever asks.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.addresses.finding import SEAM
from goldenthread.domain.shared.refusal import Refusal

_TAG = re.compile(r"<[^>]*>")
_WITHIN_A_LINE = re.compile(
    r"(?:</?(?:\w+:)?(?:t|r|rPr|tspan|text|b|i|em|strong|span|a|mark|ins|del)\b[^>]*>)+"
)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_PNG_TEXT = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
_CONTINUED = re.compile(r"\r?\n\d+ CON[CT] ?")  # how GEDCOM carries one text over lines
LARGEST = 200 * 1024 * 1024  # bytes of one document, unpacked


class CannotBeRead(Refusal):
    """A document is of a kind whose text nobody here can read, so it cannot leave unlooked at."""


@dataclass(frozen=True, slots=True, repr=False)
class Within:
    """One text of a document, and where in it that is, in words."""

    where: str
    text: str


def texts_of(content: bytes, content_type: str) -> Iterator[Within]:
    """Every text inside a document of this media type. Raises CannotBeRead."""
    kind = content_type.partition(";")[0].strip().lower()
    if content.startswith(b"%PDF-"):
        yield from _of_pdf(content)
    elif content.startswith(b"PK"):
        yield from _of_archive(content)
    elif content.startswith(b"\x89PNG"):
        yield from _of_png(content)
    elif kind.startswith("text/") or kind.endswith(("json", "xml")):
        yield from _of_text(content)
    else:
        raise CannotBeRead(f"A document of the kind {kind or 'not said'} cannot be looked through.")


def words_within(markup: str) -> str:
    """The words of HTML, SVG or XML, its attributes and comments among them, as they are read."""
    values = " \n".join(one or other for one, other in _ATTRIBUTE.findall(markup))
    comments = " \n".join(re.findall(r"<!--(.*?)-->", markup, re.DOTALL))
    printed = _TAG.sub("\n", _WITHIN_A_LINE.sub(SEAM, markup))
    return html.unescape("\n".join((printed, values, comments)))


def _of_text(content: bytes) -> Iterator[Within]:
    text = content.decode("utf-8-sig", errors="replace")
    yield Within("its text", html.unescape(text))
    if text.startswith("0 HEAD"):
        yield Within("its text", _CONTINUED.sub("\n", text))
    if "<" in text:
        yield Within("its text", words_within(text))


def _of_archive(content: bytes) -> Iterator[Within]:
    """A workbook or other office file: every part of it, whether it is shown or hidden."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > LARGEST:
            raise CannotBeRead("This document is too large to be looked through.")
        for one in archive.infolist():
            part = archive.read(one)
            if part.startswith(b"\x89PNG"):
                yield from _of_png(part)
                continue
            where = "its properties" if one.filename.startswith("docProps") else one.filename
            yield Within(where, words_within(part.decode("utf-8", errors="replace")))
        yield Within("its properties", archive.comment.decode("latin-1"))


def _of_pdf(content: bytes) -> Iterator[Within]:
    """The pages as they are read, the properties, and every stream and string of the file."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        yield Within("its properties", "\n".join(opened.get_metadata_dict().values()))
        for number in range(len(opened)):
            page = opened[number]
            text = page.get_textpage()
            yield Within(f"page {number + 1}", text.get_text_bounded())
            text.close()
            page.close()
    finally:
        opened.close()
    inside = [content, *_unpacked(content)]
    for part in inside:
        plain = part.decode("latin-1")
        yield Within("the file beneath its pages", plain)
        for found in _HEX.findall(part):
            yield Within("the file beneath its pages", _of_hex(found))
        if b"\x00" in part:
            yield Within("the file beneath its pages", part.replace(b"\x00", b"").decode("latin-1"))


def _unpacked(content: bytes) -> Iterator[bytes]:
    room = LARGEST
    for stream in _STREAM.findall(content):
        try:
            part = zlib.decompressobj().decompress(stream, room)
        except zlib.error:
            continue
        room -= len(part)
        if room <= 0:
            raise CannotBeRead("This document is too large to be looked through.")
        yield part


def _of_hex(found: bytes) -> str:
    digits = re.sub(rb"\s", b"", found)
    raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return raw.replace(b"\x00", b"").decode("latin-1")


def _of_png(content: bytes) -> Iterator[Within]:
    """The words a picture's file carries beside its pixels."""
    place = 8
    while place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if kind in _PNG_TEXT:
            yield Within("its properties", body.decode("latin-1").replace("\x00", " "))
            packed = body.rpartition(b"\x00")[2]
            with contextlib.suppress(zlib.error):
                yield Within("its properties", zlib.decompress(packed).decode("latin-1"))
        place += 12 + length
