"""The signs of household lanes and their legend, derived from what was drawn."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.domain.shared.word import Word
from goldenthread.drawing.marks import (
    Group,
    Mark,
    Path,
    Tone,
    circle,
    path_through,
    rectangle,
)


class LaneSign(Word):
    """A sign of the lanes, by the role its path is drawn with."""

    LIVES = "lives", "Lives there"
    STAYS = "stays", "Stays at times, or has two homes"
    OFTEN = "often", "Often there, or date not known"
    PERHAPS = "perhaps", "Perhaps already, or perhaps still, there"
    SECOND_HOME = "second-home", "Goes to a second home and keeps the first"
    GAP = "gap", "Nobody knows where"
    BIRTH = "birth", "Born"
    DEATH = "death", "Died"
    PREGNANCY = "pregnancy", "Pregnant"
    COUPLE = "couple", "A couple begins"
    COUPLE_ENDS = "couple-ends", "A couple ends"
    DURING_PLAN = "during-plan", "An adult came to live with a child while a plan was in force"
    PLAN = "plan", "A plan is in force"


def legend_of(marks: Iterable[Mark]) -> tuple[tuple[LaneSign, str, tuple[Mark, ...]], ...]:
    """An entry for each sign among the marks, and no other."""
    used = set(_roles(marks))
    return tuple((sign, sign.label, sample(sign)) for sign in LaneSign if sign.value in used)


def _roles(marks: Iterable[Mark]) -> Iterable[str]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from _roles(mark.marks)
        elif isinstance(mark, Path) and mark.role:
            yield mark.role


def sample(sign: LaneSign) -> tuple[Mark, ...]:
    """How a sign looks, in a box of 44 by 24 px."""
    level = path_through(((2, 12), (42, 12)))
    upright = path_through(((22, 2), (22, 22)))
    samples: dict[LaneSign, tuple[Mark, ...]] = {
        LaneSign.LIVES: (Path(level, width=5),),
        LaneSign.STAYS: (Path(level, width=2.5),),
        LaneSign.OFTEN: (Path(level, dash=(2.0, 4.0)),),
        LaneSign.PERHAPS: (Path(level, width=1.5, dash=(1.5, 3.0)),),
        LaneSign.SECOND_HOME: (Path(upright, width=1, dash=(2.0, 3.0), stroke=Tone.QUIET),),
        LaneSign.GAP: tuple(hatched(2, 42, 12)),
        LaneSign.BIRTH: (Path(circle(22, 12, 4.5), fill=Tone.PAPER),),
        LaneSign.DEATH: (
            Path(path_through(((16, 6), (28, 18)))),
            Path(path_through(((16, 18), (28, 6)))),
        ),
        LaneSign.PREGNANCY: (
            Path(path_through(((2, 10), (42, 10))), width=5),
            Path(path_through(((10, 16), (34, 16))), width=1.5, stroke=Tone.GOLD),
        ),
        LaneSign.COUPLE: (Path(upright, width=1.75, stroke=Tone.TIE),),
        LaneSign.COUPLE_ENDS: tuple(
            Path(path_through(points), width=1.75, stroke=Tone.TIE)
            for points in (
                ((22, 2), (22, 9)),
                ((16, 9), (28, 9)),
                ((16, 15), (28, 15)),
                ((22, 15), (22, 22)),
            )
        ),
        LaneSign.DURING_PLAN: (Path(circle(22, 12, 7), stroke=Tone.HARM),),
        LaneSign.PLAN: (Path(rectangle(2, 9, 40, 6), fill=Tone.GOLD, stroke=Tone.NONE),),
    }
    return samples[sign]


def hatched(first: float, last: float, y: float) -> list[Mark]:
    """A stretch of not knowing where: a frame with oblique strokes."""
    frame = Path(rectangle(first, y - 6, last - first, 12), width=1, fill=Tone.PAPER, role="gap")
    strokes = []
    x = first
    while x < last - 3:
        strokes.append(path_through(((x, y + 6), (min(x + 8, last), y - 6 + max(0, x + 8 - last)))))
        x += 8
    return [frame, Path("".join(strokes), width=1, stroke=Tone.QUIET)]
