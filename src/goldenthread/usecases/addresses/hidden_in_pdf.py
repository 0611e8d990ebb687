"""What a PDF holds that its reader does not see: properties, attachments, layers, unseen text."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

# What names its maker's program, and the title that a window shows, tell nothing of anybody.
_SAID_OPENLY = frozenset({"Title", "Producer"})
_PARTS = re.compile(
    rb"/(Metadata|OpenAction|AA|EmbeddedFiles?|OCProperties|JavaScript|JS|AcroForm|RichMedia|Launch)\b"
)
_UNSEEN_MODES = frozenset({3, 7})  # drawn as nothing; used only to clip
_NO_LETTER = 3.0  # points: nobody reads letters so small
_NEARLY_WHITE = 250
_TEXT, _PATH, _IMAGE = 1, 2, 3
_A_BOX = 6  # at most so many segments has a box
_LINK = 2
WHITE = "white text on nothing"


def in_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    """Everything hidden in a PDF: where, and what."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        for name, value in opened.get_metadata_dict().items():
            if value and name not in _SAID_OPENLY:
                yield "its properties", f"{name}: {value}"
        if opened.count_attachments():
            yield "its attachments", f"{opened.count_attachments()} of them"
        if opened.get_formtype():
            yield "its form", "fields to fill in"
        for number in range(len(opened)):
            page = opened[number]
            for what in _on_page(page):
                yield f"page {number + 1}", what
            page.close()
    finally:
        opened.close()
    for found in sorted({one.decode() for one in _PARTS.findall(content)}):
        yield "the file beneath its pages", f"/{found}"


def _on_page(page: Any) -> Iterator[str]:
    import pypdfium2.raw as raw

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind != _LINK:
            yield "a note"
    objects = list(page.get_objects(max_depth=6))
    wide, high = page.get_size()
    said = page.get_textpage()
    for place, one in enumerate(objects):
        if one.type != _TEXT:
            continue
        why = _unseen(one, wide, high, objects, place)
        if why and not (why == WHITE and _is_ground(one, objects[place + 1 :], said)):
            yield why
    said.close()


def _is_ground(white: Any, after: list[Any], said: Any) -> bool:
    """Whether white letters are only the ground of the same letters, drawn over them later."""
    return any(
        over.type == _TEXT
        and _is_dark(over)
        and _words(over, said) in ("", _words(white, said))  # said once of letters drawn twice
        and all(
            abs(a - b) < _NO_LETTER
            for a, b in zip(over.get_bounds(), white.get_bounds(), strict=True)
        )
        for over in after
    )


def _words(one: Any, said: Any) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFTextObj_GetText(one, said, None, 0)
    kept = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(one, said, kept, size)
    return bytes(kept).decode("utf-16-le").rstrip("\x00")


def _unseen(one: Any, wide: float, high: float, objects: list[Any], place: int) -> str:
    """Why words are not seen, or "" where they are."""
    import pypdfium2.raw as raw

    if raw.FPDFTextObj_GetTextRenderMode(one) in _UNSEEN_MODES:
        return "text that is not drawn"
    red, green, blue, opaque = _colour(one)
    if not opaque:
        return "text that is clear"
    if _height(one) < _NO_LETTER:
        return "text too small to read"
    if one.level:
        return ""  # within a form its place is counted from that form
    left, low, right, top = one.get_bounds()
    if right <= left:
        return ""  # spaces
    if right < 0 or left > wide or top < 0 or low > high:
        return "text beside the page"
    beneath = [each for each in objects[:place] if _covers(each, one)]
    if min(red, green, blue) >= _NEARLY_WHITE and not any(_is_dark(each) for each in beneath):
        return WHITE
    if any(_covers(each, one) for each in objects[place + 1 :]):
        return "text under a shape"
    return ""


def _colour(one: Any) -> tuple[int, int, int, int]:
    import pypdfium2.raw as raw

    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(one, *parts)
    red, green, blue, opaque = (part.value for part in parts)
    return red, green, blue, opaque


def _height(one: Any) -> float:
    """How high its letters are set, in points of the page (or of the form it is in)."""
    import pypdfium2.raw as raw

    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(one, size)
    raw.FPDFPageObj_GetMatrix(one, matrix)
    return float(size.value * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)


def _covers(shape: Any, text: Any) -> bool:
    """Whether a filled box, or a picture, lies over all of the words."""
    import pypdfium2.raw as raw

    if shape.type not in (_PATH, _IMAGE) or shape.level:
        return False
    if shape.type == _PATH:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, filled, stroked)
        if not filled.value or raw.FPDFPath_CountSegments(shape) > _A_BOX:
            return False
        if _colour(shape)[3] < _NEARLY_WHITE:
            return False
    over, under = shape.get_bounds(), text.get_bounds()
    return bool(
        over[0] <= under[0] + 1 and over[1] <= under[1] + 1
        and over[2] >= under[2] - 1 and over[3] >= under[3] - 1
    )  # fmt: skip


def _is_dark(shape: Any) -> bool:
    return shape.type == _IMAGE or min(_colour(shape)[:3]) < _NEARLY_WHITE
