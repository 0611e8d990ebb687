"""The figure of one person: its outline, what is inside, and the marks upon it."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.drawing.laid_out import GLYPH
from goldenthread.drawing.marks import Mark, Path, Tone, Words, circle, path_through, rectangle

DASHED, DOTTED = (4.0, 3.0), (1.5, 3.0)
INDEX_GAP = 4.5  # the second outline stands 3 px clear of the first, both 2 px thick or less


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn of one person, wherever they stand.

    `shape` is square, circle, diamond or triangle; `scale` is in glyphs. `cross` is "" or "x" (a
    death or loss) or "leaf" (the same, gently). `dash` is the outline's.
    """

    shape: str
    scale: float = 1.0
    dash: tuple[float, ...] = ()
    inside: tuple[str, ...] = ()
    is_index: bool = False
    is_dim: bool = False
    is_gentle: bool = False
    cross: str = ""
    is_loss: bool = False
    has_bar: bool = False
    has_padlock: bool = False
    has_brackets: bool = False

    @property
    def top(self) -> float:
        """How far it reaches up, an index child's second outline included."""
        return self.half + (INDEX_GAP if self.is_index else 0)

    @property
    def half(self) -> float:
        """How far it reaches from its centre to its top, in pixels."""
        reach = {"diamond": 1.25, "triangle": 1.0}.get(self.shape, 1.0)
        return GLYPH * self.scale * reach / 2


def drawn(figure: Figure, x: float, y: float) -> tuple[Mark, ...]:
    """The marks of a figure at a place."""
    ink = Tone.QUIET if figure.is_dim else Tone.INK
    width = 1.25 if figure.is_dim else 2.0
    marks: list[Mark] = []
    if figure.is_index:
        ring = _outline(figure, x, y, figure.half + INDEX_GAP)
        marks.append(Path(ring, stroke=Tone.GOLD, width=2, fill=Tone.PAPER, role="index_child"))
    body = _outline(figure, x, y, figure.half)
    marks.append(Path(body, stroke=ink, fill=Tone.PAPER, width=width, dash=figure.dash))
    if figure.cross == "x":
        marks.extend(_cross(figure, x, y, ink))
    if figure.cross == "leaf":
        marks.append(_leaf(x + figure.half * 0.8, y - figure.half * 0.8))
    if figure.has_bar:
        reach = figure.half + 7
        marks.append(Path(path_through(((x - reach, y), (x + reach, y))), stroke=ink, width=width))
    if figure.has_brackets:
        marks.extend(_brackets(x, y, ink))
    if figure.has_padlock:
        marks.extend(_padlock(x, y, ink))
    marks.extend(_inside(figure, x, y, ink))
    return tuple(marks)


def _outline(figure: Figure, x: float, y: float, half: float) -> str:
    if figure.shape == "circle":
        return circle(x, y, half)
    if figure.shape == "diamond":
        return path_through(
            ((x, y - half), (x + half, y), (x, y + half), (x - half, y)), closed=True
        )
    if figure.shape == "triangle":
        return path_through(
            ((x, y - half), (x + half, y + half), (x - half, y + half)), closed=True
        )
    corner = 12 if figure.is_gentle else 0
    return rectangle(x - half, y - half, 2 * half, 2 * half, corner=corner)


def _cross(figure: Figure, x: float, y: float, ink: Tone) -> tuple[Mark, ...]:
    """From corner to corner, open in the middle where the age stands: of the shape, or of the
    whole glyph for a loss."""
    reach = figure.half * {"circle": 0.71, "diamond": 0.5}.get(figure.shape, 1.0)
    if figure.is_loss:
        reach = GLYPH / 2 if figure.shape != "triangle" else figure.half + 3
    inner = 11 if figure.inside else 0
    return tuple(
        Path(
            path_through(((x + sx * reach, y + sy * reach), (x + sx * inner, y + sy * inner))),
            stroke=ink,
            width=1.5,
            role="cross",
        )
        for sx, sy in ((-1, -1), (1, -1), (-1, 1), (1, 1))
    )


def _leaf(x: float, y: float) -> Path:
    data = f"M{x - 7:.1f} {y + 7:.1f}q-1 -13 14 -14q1 14 -14 14Z"
    return Path(data, stroke=Tone.QUIET, fill=Tone.PAPER, width=1.5, role="leaf")


def _brackets(x: float, y: float, ink: Tone) -> tuple[Mark, ...]:
    out, tall, lip = GLYPH / 2 + 7, GLYPH / 2 + 4, 6
    left = (
        (x - out + lip, y - tall),
        (x - out, y - tall),
        (x - out, y + tall),
        (x - out + lip, y + tall),
    )
    right = tuple((2 * x - px, py) for px, py in left)
    return tuple(
        Path(path_through(side), stroke=ink, width=1.75, role="bracket") for side in (left, right)
    )


def _padlock(x: float, y: float, ink: Tone) -> tuple[Mark, ...]:
    shackle = f"M{x - 5:.1f} {y - 1:.1f}v-4a5 5 0 0 1 10 0v4"
    return (
        Path(rectangle(x - 8, y - 1, 16, 12, corner=2), stroke=ink, fill=ink, width=1),
        Path(shackle, stroke=ink, width=2, role="padlock"),
    )


def _inside(figure: Figure, x: float, y: float, ink: Tone) -> tuple[Mark, ...]:
    """The age in the middle."""
    if figure.has_padlock:
        return ()
    size = 16.0
    if (
        figure.shape == "diamond"
        or len(figure.inside) > 1
        or max(map(len, figure.inside), default=0) > 4
    ):
        size = 13.0
    top = y + size * 0.36 - (len(figure.inside) - 1) * size / 2
    return tuple(
        Words(x, top + row * size, text, size=size, tone=ink)
        for row, text in enumerate(figure.inside)
    )
