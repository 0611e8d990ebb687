"""A family laid out: where everybody stands and how every line runs, in pixels, for all time.

Stage after stage works on these frozen shapes: `layout` makes them, `svg` draws them, the command
line writes them as JSON, and the measures judge them. Moving through dates changes none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GLYPH = 44.0  # the side of a square: also a comfortable touch target
ROW_PITCH = 150.0
PITCH = 100.0  # the least distance between the centres of two neighbours


class LineKind(StrEnum):
    """The structural lines; the words are those of the JSON and permanent."""

    UNION = "union"
    CHILD = "child"
    ADOPTED = "adopted"
    FOSTERED = "fostered"
    KINSHIP = "kinship"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Placed:
    """One person's centre in pixels, and their generation (0 at the top, growing downwards)."""

    id: str
    x: float
    y: float
    generation: int
    placeholder_for: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line from point to point; it knows its union (or extra link) and its people."""

    kind: LineKind
    union: str
    people: tuple[str, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A whole layout. `notes` say in a sentence what could not be drawn as the rules wish.

    `bridges` are the points where two lines must cross and a small gap marks it.
    """

    people: tuple[Placed, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    version: str
    notes: tuple[str, ...] = ()
    bridges: tuple[tuple[float, float], ...] = ()
