"""Brackets between partners: the line's pattern, its bars, and its dates above it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from goldenthread.drawing.genogram.couples import CoupleState
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.laid_out import Line
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import SMALLEST, Mark, Path, Tone, Words, path_through

Point = tuple[float, float]
LINE = 14.0
DASHES = {
    Sign.COHABITING: (6.0, 4.0),
    Sign.TOGETHER: (12.0, 4.0),
    Sign.BRIEF: (2.0, 4.0),
    Sign.UNDISCLOSED: (8.0, 3.0, 2.0, 3.0),
    Sign.NEVER_TOGETHER: (1.5, 3.5),
    Sign.COUPLE_NOT_KNOWN: (6.0, 4.0),
    Sign.UNKNOWN_PERSON: (4.0, 3.0),
}


def lines_of_words(text: str, width: float) -> tuple[str, ...]:
    """The lines of a bracket's label, as wide as the bracket lets them be."""
    return wrapped(text, SMALLEST, max(60.0, width - 8)) if text else ()


def room_for(text: str, width: float) -> float:
    """The height in pixels that a bracket's words need above it."""
    lines = lines_of_words(text, width)
    return LINE * len(lines) + 4 if lines else 0.0


def level_of(points: tuple[Point, ...]) -> tuple[float, float, float]:
    """Left, right and height of a bracket's longest level stretch."""
    stretches = [
        (min(a[0], b[0]), max(a[0], b[0]), a[1]) for a, b in pairwise(points) if a[1] == b[1]
    ]
    if not stretches:
        return points[0][0], points[0][0], points[-1][1]
    return max(stretches, key=lambda s: (s[1] - s[0], -s[0]))


def union_piece(
    line: Line,
    state: CoupleState,
    feet: Mapping[str, tuple[float, float, float]],
    verticals: tuple[tuple[float, float, float], ...],
    *,
    is_related: bool = False,
) -> Piece:
    """The bracket of a couple. `feet` gives each partner's x, glyph bottom and label bottom.

    `verticals` are all upright strokes (x, top, bottom): the words keep clear of them.
    """
    points = from_below_words(line.points, line.people, feet)
    if state.is_future:
        path = Path(path_through(points), stroke=Tone.QUIET, width=1.25, role="union")
        return Piece("union", line.people, (path,), (Sign.DIMMED,), state.because)
    width = 1.5 if state.sign == Sign.NEVER_TOGETHER else 2.0
    data = path_through(points)
    marks: list[Mark] = [Path(data, width=width, dash=DASHES.get(state.sign, ()), role="union")]
    signs = [state.sign]
    if is_related:
        marks = [Path(data, width=6, role="union"), Path(data, stroke=Tone.PAPER, width=2.5)]
        signs.append(Sign.RELATED)
    left, right, y = level_of(points)
    marks += _bars(state, left, right, y)
    signs += _bar_signs(state)
    question = "?" if state.sign == Sign.COUPLE_NOT_KNOWN and not state.words else ""
    texts = lines_of_words(question or state.words, right - left)
    marks += _label(texts, left, right, y, verticals)
    return Piece("union", line.people, tuple(marks), tuple(signs), state.because)


def from_below_words(
    points: tuple[Point, ...],
    people: tuple[str, ...],
    feet: Mapping[str, tuple[float, float, float]],
) -> tuple[Point, ...]:
    """The line with its ends moved from the glyph to below the name: no line runs over a name."""
    moved = list(points)
    for end in (0, -1):
        x, y = moved[end]
        for person in people:
            foot = feet.get(person)
            if foot and abs(foot[0] - x) < 23 and abs(foot[1] - y) < 2:
                moved[end] = (x, foot[2])
    return tuple(moved)


def bars(x: float, y: float, count: int, *, joined: bool = False) -> tuple[Mark, ...]:
    """One or two oblique bars on a level line; `joined` by a stroke when together again."""
    marks: list[Mark] = []
    for number in range(count):
        at = x + number * 7
        marks.append(Path(path_through(((at - 4, y + 8), (at + 4, y - 8))), role="bar"))
    if joined:
        low = y + 12
        marks.append(Path(path_through(((x - 6, low), (x + count * 7 + 1, low))), role="joined"))
    return tuple(marks)


def _bars(state: CoupleState, left: float, right: float, y: float) -> tuple[Mark, ...]:
    if not state.bars:
        return ()
    return bars(left + (right - left) * 0.78, y, state.bars, joined=state.is_reunited)


def _bar_signs(state: CoupleState) -> list[Sign]:
    signs = [Sign.DIVORCED] if state.bars == 2 else [Sign.SEPARATED] if state.bars else []
    return [*signs, Sign.REUNITED] if state.is_reunited else signs


def _label(
    texts: tuple[str, ...],
    left: float,
    right: float,
    y: float,
    verticals: tuple[tuple[float, float, float], ...],
) -> tuple[Mark, ...]:
    if not texts:
        return ()
    wide = max(width_of(text, SMALLEST) for text in texts)
    top = y - 6 - LINE * len(texts)
    x = _clear_place(left, right, wide, (top, y - 2), verticals)
    return tuple(
        Words(x, y - 8 - LINE * (len(texts) - 1 - row), text, halo=True)
        for row, text in enumerate(texts)
    )


def _clear_place(
    left: float,
    right: float,
    wide: float,
    between: tuple[float, float],
    verticals: tuple[tuple[float, float, float], ...],
) -> float:
    """Where along a bracket its words cross the fewest upright lines; the middle where it can."""
    middle = (left + right) / 2
    least, most = left + wide / 2 + 4, right - wide / 2 - 4
    if least >= most:
        return middle
    places = [middle, *(least + (most - least) * part / 12 for part in range(13))]

    def crossed(x: float) -> int:
        return sum(
            abs(x - vx) < wide / 2 + 3 and top < between[1] and bottom > between[0]
            for vx, top, bottom in verticals
        )

    return min(places, key=lambda x: (crossed(x), abs(x - middle)))
