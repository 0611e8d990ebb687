"""The marks of entries as drawn: the one language of marks of every page (`kit/components.jinja`).

Shape says how it is known; filled, outlined or leaved says concern, neither or strength; a ring
says disputed, a stroke corrected or withdrawn. A tone only repeats what these say already.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from goldenthread.drawing.marks import Group, Mark, Path, Tone, circle, path_through, rectangle
from goldenthread.drawing.picture.given import Sign

# Path data in a box of 24 px, as in the kit's own marks; a test holds the two together.
SHAPES = {
    "told": "M12 4.2 19.8 12 12 19.8 4.2 12Z",
    "record": "M6 6H18V18H6Z",
    "inferred": "M12 4.5 19.6 18H4.4Z",
}
LEAF = "M12.5 11C12.5 5 16 1 23.5 .5 23.5 7.500 19.500 11.500 12.500 11Z"
SAW = circle(12, 12, 6.5)
# An entry that another agency holds: that it exists, and nothing of how it is known.
MASKED = "masked"


@cache  # few signs, drawn for thousands of entries
def sign_marks(sign: Sign, *, faint: bool = False) -> tuple[Mark, ...]:
    """One mark in its own box of 24 px. Faint marks are of a sibling's history."""
    return tuple(_marks(sign, faint))


def _marks(sign: Sign, faint: bool) -> Iterator[Mark]:
    if sign.shape == MASKED:
        yield Path(rectangle(6, 6, 12, 12), Tone.QUIET, Tone.PAPER, 1.5, (2, 2), MASKED)
        return
    ink = Tone.QUIET if faint else Tone.INK
    tone = Tone.STRENGTH if sign.weight == "strength" and not faint else ink
    if sign.is_disputed:
        yield Path(circle(12, 12, 11.5), stroke=Tone.GOLD, width=2, role="ring")
    fill = ink if sign.weight in ("concern", "both") else Tone.PAPER
    yield Path(SHAPES.get(sign.shape, SAW), stroke=tone, fill=fill, role=sign.shape)
    if sign.weight in ("strength", "both"):
        leaf = ink if faint else Tone.STRENGTH
        yield Path(LEAF, stroke=Tone.PAPER, fill=leaf, width=1, role="leaf")
    if sign.is_struck:
        yield Path(path_through(((2, 22), (22, 2))), stroke=Tone.PAPER, width=5)
        yield Path(path_through(((1, 23), (23, 1))), stroke=Tone.QUIET, role="struck")


LEGEND: tuple[tuple[str, Sign], ...] = (
    ("Circle: seen or heard first hand", Sign("saw")),
    ("Diamond: told by someone", Sign("told")),
    ("Square: read in a record", Sign("record")),
    ("Triangle: inferred, with the reasoning", Sign("inferred")),
    ("Filled: a concern", Sign("saw", "concern")),
    ("Leaf: a strength or protective change", Sign("saw", "strength")),
    ("Filled, with a leaf: both", Sign("saw", "both")),
    ("Ring: disputed", Sign("told", "concern", is_disputed=True)),
    ("Struck through: corrected or withdrawn", Sign("record", "concern", is_struck=True)),
)


def legend_entries() -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """What every sign of a picture means, each drawn in a box of 44 by 24 px."""
    told = [(words, (Group(sign_marks(sign), shift=(10, 0)),)) for words, sign in LEGEND]
    frame = rectangle(11, 1, 22, 22, corner=3)
    gold = Path(frame, stroke=Tone.GOLD, fill=Tone.TINT, width=2.5)
    lines: list[tuple[str, tuple[Mark, ...]]] = [
        ("Grey marks: entries about a brother or sister alone", (_grey(),)),
        (
            "Dotted box: an entry that another agency holds; what it says is not shown to you",
            (Group(sign_marks(Sign(MASKED)), shift=(10, 0)),),
        ),
        (
            "Bar: a period, or a date that is not exact",
            (Path(rectangle(4, 7, 36, 10, corner=5), fill=Tone.WASH, width=1),),
        ),
        (
            "Frame and thread: the entries behind the question chosen",
            (gold, Path(path_through(((0, 12), (11, 12))), stroke=Tone.GOLD)),
        ),
        (
            "Upright line: a decision, a meeting or a change of plan",
            (Path(path_through(((22, 1), (22, 23))), stroke=Tone.GOLD, width=1.25),),
        ),
        (
            "Shaded stretch: no entry for four weeks or more, with its length",
            (_shaded(),),
        ),
    ]  # fmt: skip
    return (*told, *lines)


def _shaded() -> Path:
    return Path(rectangle(4, 1, 36, 22), stroke=Tone.QUIET, fill=Tone.WASH, width=1, dash=(2, 3))


def _grey() -> Group:
    return Group(sign_marks(Sign("saw", "concern"), faint=True), shift=(10, 0))
