"""Whatever a file holds that whoever opens it does not see: looked for in every kind that leaves.

A hidden sheet, a comment, a property with a name in it, text that is white, tiny or under a shape,
a formula that runs: each is how files of others have told what they should not. It answers with
every one it finds and never mends one. Source of the list: the design's leak class 14, and the
ICO's account of a hidden worksheet that told of 9,483 people (PSNI, August 2023).

What a program cannot know to be hidden, words in the pixels of a picture, it does not find.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.addresses.hidden_in_pdf import in_pdf
from goldenthread.usecases.addresses.hidden_in_workbook import in_workbook

# Characters nobody sees, and that move or hide others.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\u202a-\u202e\u2066-\u2069]")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(?:\.\d+)?")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:[;\"']|$)"
    r"|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em|rem|;|\"|'|$)",
    re.IGNORECASE,
)
_UNSEEN_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?:hidden(?=[\s>=/]|$)|(?:display=[\"']none)|(?:visibility=[\"'](?:hidden|collapse))"
    r"|(?:(?:fill-|stroke-)?opacity=[\"']0(?:\.0+)?[\"'])|(?:font-size=[\"'][01](?:\.\d+)?(?:px|pt)?[\"']))",
    re.IGNORECASE,
)
_NEVER_SHOWN = frozenset({"metadata", "template", "foreignobject", "object", "embed", "iframe"})
# Chunks of a PNG that hold words, or a moment.
_PNG_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_CALENDAR = re.compile(
    r"^(X-[\w-]+|COMMENT|ATTACH|CONTACT|ATTENDEE|ORGANIZER|GEO)[;:]", re.MULTILINE
)


class NotOpened(Refusal):
    """A file is of a kind that this cannot open."""


@dataclass(frozen=True, slots=True, order=True)
class Hidden:
    """One thing that is in a file and is not seen: where in it, and what in words."""

    where: str
    what: str


def hidden_in(content: bytes, content_type: str) -> tuple[Hidden, ...]:
    """Everything hidden in a file, in order. Raises NotOpened for a kind it cannot open."""
    return tuple(Hidden(where, what) for where, what in _found(content, content_type))


def _found(content: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    kind = content_type.partition(";")[0].strip().lower()
    if content.startswith(b"%PDF-"):
        yield from in_pdf(content)
    elif content.startswith(b"PK"):
        yield from in_workbook(content)
    elif content.startswith(b"\x89PNG"):
        yield from in_png(content)
    elif kind.startswith("text/") or kind.endswith(("xml", "json")):
        text = content.decode("utf-8-sig")
        yield from (("its text", f"the character {ord(c):04X}") for c in _INVISIBLE.findall(text))
        if kind == "text/csv":
            yield from in_csv(text)
        elif kind == "text/calendar":
            yield from (("an event", found) for found in _CALENDAR.findall(text))
        elif kind == "text/html" or kind.endswith("xml"):
            yield from in_markup(text)
    else:
        raise NotOpened(f"A file of the kind {kind or 'not said'} cannot be opened here.")


def in_csv(text: str) -> Iterator[tuple[str, str]]:
    """Cells that a spreadsheet program would run. A number is none, whatever its sign."""
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        for cell in row:
            if cell.startswith(_RUNS) and not _NUMBER.fullmatch(cell):
                yield f"row {number}", "a cell that would run as a formula"


def in_markup(text: str) -> Iterator[tuple[str, str]]:
    """Comments, and elements that a style or an attribute hides, of HTML or SVG."""
    yield from (("a comment", found.strip()) for found in _COMMENT.findall(text) if found.strip())
    for name, inside in _TAG.findall(_COMMENT.sub("", text)):
        if name.lower() in _NEVER_SHOWN:
            yield f"<{name}>", "an element whose words are not shown"
        elif _UNSEEN_STYLE.search(inside) or _UNSEEN_ATTRIBUTE.search(inside):
            yield f"<{name}>", "an element that is not shown"
    for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL | re.IGNORECASE):
        for found in _UNSEEN_STYLE.findall(style):
            yield "a style sheet", found.strip()


def in_png(content: bytes) -> Iterator[tuple[str, str]]:
    """Words beside the pixels, and whatever follows the end of the picture."""
    place = 8
    while place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind = content[place + 4 : place + 8]
        if kind in _PNG_WORDS:
            yield "the picture", f"a chunk {kind.decode()}"
        place += 12 + length
        if kind == b"IEND":
            break
    if place < len(content):
        yield "after the picture", f"{len(content) - place} bytes"
