"""A genogram before it is text: glyphs, lines, outlines, overlays and legend, each with its people.

Every piece knows the people and claims it is about and the signs it uses, so that the legend, the
table and the tests are derived from the drawing and never from a second list.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.marks import Mark


@dataclass(frozen=True, slots=True)
class Glyph:
    """One person: figure and words at their place. `state` is present, died, unborn or not_yet."""

    person: str
    x: float
    y: float
    generation: int
    state: str
    sentence: str
    href: str
    marks: tuple[Mark, ...]
    signs: tuple[Sign, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, an outline or an overlay: what it is of, whom it is about, why it is drawn.

    `above` is for what lies over the lines, a tab with words for instance.
    """

    kind: str
    people: tuple[str, ...]
    marks: tuple[Mark, ...]
    signs: tuple[Sign, ...] = ()
    because: tuple[str, ...] = ()
    above: bool = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign of the drawing, its words and how it looks, in a box of 44 by 24 px."""

    sign: Sign
    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole genogram on one day, in pixels. Glyphs stand in reading order.

    `height` is the same on every day; `lowest` is where what is drawn on this day ends.
    """

    title: str
    description: str
    width: float
    height: float
    outlines: tuple[Piece, ...]
    lines: tuple[Piece, ...]
    overlays: tuple[Piece, ...]
    glyphs: tuple[Glyph, ...]
    legend: tuple[LegendEntry, ...]
    key_version: str
    lowest: float
    notes: tuple[str, ...] = ()
