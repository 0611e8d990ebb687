"""A picture as SVG: lines first, then everybody, generation by generation, each a link."""

from __future__ import annotations

from itertools import groupby

from goldenthread.drawing.genogram.pieces import Glyph, Picture, Piece
from goldenthread.drawing.marks import Group, Mark, Sheet
from goldenthread.drawing.writing import write


def sheet_of(picture: Picture) -> Sheet:
    """The marks of a picture in the order they are read."""
    pieces = (*picture.outlines, *picture.lines, *picture.overlays)
    behind = sorted(pieces, key=lambda piece: piece.above)
    marks: list[Mark] = [Group(tuple(_piece(one) for one in behind), kind="lines", hidden=True)]
    for row, members in groupby(picture.glyphs, key=_row):
        people = tuple(Group((_glyph(one),), role="listitem") for one in members)
        marks.append(Group(people, kind="generation", role="list", name=row))
    return Sheet(
        picture.width, picture.height, picture.title, picture.description, tuple(marks), "genogram"
    )


def svg(picture: Picture) -> str:
    """The picture as one inline `<svg>`: no ids, no style attributes, the same bytes every time."""
    return write(sheet_of(picture))


def _row(glyph: Glyph) -> str:
    return "Not family" if glyph.aside else f"Generation {glyph.generation + 1}"


def _piece(piece: Piece) -> Group:
    return Group(piece.marks, kind=piece.kind, keys=(("people", " ".join(piece.people)),))


def _glyph(glyph: Glyph) -> Group:
    return Group(
        glyph.marks,
        kind="person",
        name=glyph.sentence,
        href=glyph.href,
        role="" if glyph.href else "img",
        keys=(("person", glyph.person), ("state", glyph.state)),
    )
