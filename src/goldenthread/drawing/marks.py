"""The marks every drawing is made of: paths, words, and groups that are links.

A drawing is first a tree of these frozen marks and only then text (`writing`), so that tests ask
what is drawn and not how it is spelt. Colour is a tone by name: the pages may recolour each tone by
its class, and every distinction is made by shape, dash or words before a tone repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SMALLEST = 12.0  # px; 9 pt on paper at full size, and nothing is ever printed smaller


class Tone(StrEnum):
    """What a colour is for; the writer knows which one it is."""

    NONE = "none"
    INK = "ink"
    QUIET = "quiet"
    GOLD = "gold"
    TINT = "tint"
    PAPER = "paper"
    WASH = "wash"
    TIE = "tie"
    HARM = "harm"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Path:
    """A line or a closed shape: SVG path data in pixels."""

    data: str
    stroke: Tone = Tone.INK
    fill: Tone = Tone.NONE
    width: float = 2.0
    dash: tuple[float, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text. `y` is the baseline; `anchor` is start, middle or end.

    `halo` puts the ground behind the letters, so that a line may pass beneath them unread.
    """

    x: float
    y: float
    text: str
    size: float = SMALLEST
    bold: bool = False
    anchor: str = "middle"
    tone: Tone = Tone.INK
    halo: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together. With an `href` it is a link, and `name` is what it is called.

    `keys` become data attributes, for tests and for the keyboard to find its way by; `shift`
    moves the whole group by so many pixels.
    """

    marks: tuple[Mark, ...]
    kind: str = ""
    name: str = ""
    href: str = ""
    role: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    shift: tuple[float, float] | None = None


Mark = Path | Words | Group


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole drawing: its size in pixels, what it is called, and its marks in reading order."""

    width: float
    height: float
    title: str
    description: str
    marks: tuple[Mark, ...]
    kind: str


def number(value: float) -> str:
    """A coordinate as short text: one decimal at most, never a negative nought."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def path_through(points: tuple[tuple[float, float], ...], *, closed: bool = False) -> str:
    """Path data for straight lines from point to point."""
    start, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    return f"M{start}" + "".join(f"L{each}" for each in rest) + ("Z" if closed else "")


def rectangle(x: float, y: float, width: float, height: float, *, corner: float = 0) -> str:
    """Path data for a rectangle, its corners rounded where asked."""
    r = min(corner, width / 2, height / 2)
    if r <= 0:
        return path_through(
            ((x, y), (x + width, y), (x + width, y + height), (x, y + height)), closed=True
        )
    n = number
    turn = f"a{n(r)} {n(r)} 0 0 1 "
    return (
        f"M{n(x + r)} {n(y)}h{n(width - 2 * r)}{turn}{n(r)} {n(r)}v{n(height - 2 * r)}"
        f"{turn}{n(-r)} {n(r)}h{n(2 * r - width)}{turn}{n(-r)} {n(-r)}v{n(2 * r - height)}"
        f"{turn}{n(r)} {n(-r)}Z"
    )


def circle(x: float, y: float, radius: float) -> str:
    """Path data for a circle."""
    n, r = number, number(radius)
    both = number(2 * radius)
    return f"M{n(x - radius)} {n(y)}a{r} {r} 0 1 0 {both} 0a{r} {r} 0 1 0 -{both} 0Z"
