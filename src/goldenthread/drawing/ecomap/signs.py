"""The ecomap's signs, after Hartman (1975): what surrounds a family, and how strong each tie is."""

from __future__ import annotations

from goldenthread.domain.network.vocabulary import InvolvementNature
from goldenthread.domain.shared.word import Word
from goldenthread.drawing.marks import Mark, Path, Tone, Words, circle, path_through
from goldenthread.drawing.strokes import (
    Run,
    arrow,
    at,
    broken,
    length_of,
    line,
    parallels,
    shortened,
    zigzag,
)


class EcoSign(Word):
    """A sign of an ecomap and what its legend says."""

    AGENCY = "agency", "Agency"
    PERSON = "person", "Friend, wider family or network"
    STRONG = "strong", "Strong tie"
    STEADY = "steady", "Steady tie"
    TENUOUS = "tenuous", "Tenuous tie"
    STRESSFUL = "stressful", "Stressful tie"
    BROKEN = "broken", "Broken off"
    NOT_KNOWN = "not_known", "How the tie is, is not known"
    HELP = "help", "Help flows this way"
    AWAY = "away", "Not involved on this date"


SELF_EVIDENT = frozenset({EcoSign.STEADY})
SIGN_OF = {nature: EcoSign(nature.value) for nature in InvolvementNature}


def pattern(sign: EcoSign, run: Run) -> tuple[Mark, ...]:
    """How a tie of this kind is drawn along a run."""
    tie = Tone.INK
    patterns = {
        EcoSign.STRONG: lambda: parallels(run, tie, 3, gap=4.5),
        EcoSign.STEADY: lambda: (line(run, tie),),
        EcoSign.TENUOUS: lambda: (line(run, tie, dash=(6.0, 5.0)),),
        EcoSign.STRESSFUL: lambda: (line(run, tie, width=1.25), zigzag(run, tie, period=16)),
        EcoSign.BROKEN: lambda: broken(run, tie, gap=18),
        EcoSign.NOT_KNOWN: lambda: _questioned(run),
        EcoSign.HELP: lambda: (line(shortened(run, 0, 9), tie), arrow(run, tie)),
        EcoSign.AWAY: lambda: (line(run, Tone.QUIET, width=1, dash=(1.5, 4.0)),),
    }
    return patterns[sign]()


def _questioned(run: Run) -> tuple[Mark, ...]:
    (x, y), _ = at(run, length_of(run) / 2)
    return line(run, Tone.INK, width=1.25), Words(x, y + 4, "?", halo=True)


def sample(sign: EcoSign) -> tuple[Mark, ...]:
    """How a sign looks in the legend, in a box of 44 by 24 px."""
    if sign == EcoSign.AGENCY:
        return (Path(circle(22, 12, 9)),)
    if sign == EcoSign.PERSON:
        return (Path(circle(22, 12, 9), dash=(1.5, 3.0)),)
    if sign == EcoSign.AWAY:
        return (
            Path(circle(22, 12, 9), stroke=Tone.QUIET, width=1.25),
            Path(path_through(((2, 12), (12, 12))), stroke=Tone.QUIET, width=1, dash=(1.5, 4.0)),
        )
    return pattern(sign, ((2.0, 12.0), (42.0, 12.0)))
