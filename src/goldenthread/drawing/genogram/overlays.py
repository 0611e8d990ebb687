"""How two people get on, and harm: lines over the structure, off until asked for.

A line of harm needs a status and a source, or it is not drawn; its status stands beside it in
words. A child's style shows neither conflict nor harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from goldenthread.domain.network.at_date import TieAt
from goldenthread.domain.network.vocabulary import HarmNature, HarmStatus, QualityNature
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.households import box_of
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.plan import Plan
from goldenthread.drawing.genogram.signs import SIGN_OF_HARM, SIGN_OF_QUALITY, Sign
from goldenthread.drawing.laid_out import Placed
from goldenthread.drawing.lettering import width_of
from goldenthread.drawing.marks import SMALLEST, Mark, Tone, Words
from goldenthread.drawing.outline import Box
from goldenthread.drawing.strokes import (
    Run,
    arrow,
    at,
    bar,
    broken,
    curve,
    length_of,
    line,
    parallels,
    shortened,
    sideways,
    touches,
    zigzag,
)

Drawn = Mapping[str, tuple[Figure, Label, tuple[Sign, ...]]]
BULGES = (0, 34, -34, 62, -62, 90, -90, 120, -120, 160, -160, 210, -210)
GENTLE = (QualityNature.CLOSE, QualityNature.PROTECTIVE, QualityNature.MENDED)


def overlays_of(plan: Plan, moment: Moment, look: Look, drawn: Drawn) -> tuple[Piece, ...]:
    """The overlays of the day, qualities first."""
    ties: list[tuple[TieAt, Sign]] = []
    if look.quality:
        ties += [
            (tie, SIGN_OF_QUALITY[QualityNature(tie.nature)])
            for tie in moment.at.qualities
            if not look.is_gentle or tie.nature in GENTLE
        ]
    if look.harm and not look.is_gentle:
        ties += [
            (tie, SIGN_OF_HARM[HarmNature(tie.nature)]) for tie in moment.at.harms if tie.status
        ]
    ties = [(t, s) for t, s in ties if {t.person, t.other} <= set(plan.placed) and _known(t, look)]
    lanes: Counter[frozenset[str]] = Counter()
    boxes = [box_of(plan, drawn, person, -2) for person in plan.placed]
    pieces = []
    for tie, sign in ties:
        pair = frozenset((tie.person, tie.other))
        run = _way(plan, drawn, tie, lanes[pair])
        lanes[pair] += 1
        piece, words = _piece(tie, sign, run, boxes)
        pieces.append(piece)
        boxes += words  # the words of the next keep clear of these
    return tuple(pieces)


def _known(tie: TieAt, look: Look) -> bool:
    return look.known_claims is None or any(key in look.known_claims for key in tie.because)


def _way(plan: Plan, drawn: Drawn, tie: TieAt, lane: int) -> Run:
    """From glyph to glyph, by the curve that lies over the fewest people and words."""
    one, other = plan.placed[tie.person], plan.placed[tie.other]
    boxes = [box_of(plan, drawn, p, -3) for p in plan.placed if p not in (one.id, other.id)]
    for mine in (one, other):  # its own words count, the glyph itself does not
        left, top, right, bottom = box_of(plan, drawn, mine.id, -3)
        boxes += [(left, mine.y + 24, right, bottom), (left, top, right, mine.y - 24)]
    figures = drawn[one.id][0], drawn[other.id][0]
    ways = [*_bent(one, other, figures, lane)]
    if one.y != other.y:
        ways += _round_the_side(one, other, figures, lane)
    return min(ways, key=lambda way: touches(way[1], boxes) * 60 + way[0])[1]


def _bent(
    one: Placed, other: Placed, figures: tuple[Figure, Figure], lane: int
) -> Iterator[tuple[float, Run]]:
    """Straight, or bent to either side; each with what its bend costs. Lanes lie side by side."""
    trim = figures[0].half + 5, figures[1].half + 5
    for bulge in BULGES:
        apart = 16 * lane * (1 if bulge > 0 else -1) if bulge else 0
        shift = 0 if bulge else (0, 11, -11, 22, -22)[min(lane, 4)]
        run = curve((one.x, one.y + shift), (other.x, other.y + shift), bulge + apart)
        yield abs(bulge), shortened(run, *trim)


def _round_the_side(
    one: Placed, other: Placed, figures: tuple[Figure, Figure], lane: int
) -> Iterator[tuple[float, Run]]:
    for side in (1, -1):
        for reach in (70, 100, 140, 190):
            start, end = (
                (place.x + side * (figure.half + 5), place.y + 8 * lane)
                for place, figure in zip((one, other), figures, strict=True)
            )
            yield reach + 20.0, sideways(start, end, side * (reach + 14.0 * lane))


def _place_for(text: str, run: Run, boxes: Sequence[Box]) -> Box:
    """Where words lie on the fewest others: above the middle of a run where it can be, else along
    it or below it."""
    long, half = length_of(run), width_of(text, SMALLEST) / 2

    def box(share: float, top: float) -> Box:
        (x, y), _ = at(run, long * share)
        return (x - half, y + top, x + half, y + top + 15)

    def covered(mine: Box) -> float:
        return sum(_shared(mine, b) for b in boxes)

    shares = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
    places = [box(share, top) for share in shares for top in (-20.0, 5.0)]
    return min(places, key=covered)


def _shared(one: Box, other: Box) -> float:
    """How much of each other two boxes cover, in square pixels."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(high, 0.0)


def _piece(tie: TieAt, sign: Sign, run: Run, boxes: Sequence[Box]) -> tuple[Piece, list[Box]]:
    """A line between two people with what must be said of it, and where its words lie."""
    marks = list(pattern(sign, run))
    words = []
    if tie.kind == "harm":
        words.append(HarmStatus.label_of(tie.status).lower())
    if not tie.certain:
        words.append("date not certain" if tie.is_dated else "no date")
    if tie.is_disputed:
        words.append("disputed")
    taken = []
    if words:
        text = ", ".join(words)
        taken = [_place_for(text, run, boxes)]
        left, top, right, _ = taken[0]
        tone = Tone.HARM if tie.kind == "harm" else Tone.TIE
        marks.append(Words((left + right) / 2, top + 11, text, tone=tone, halo=True))
    people = (tie.person, tie.other)
    return Piece(tie.kind, people, tuple(marks), (sign,), tie.because, above=True), taken


def pattern(sign: Sign, run: Run) -> tuple[Mark, ...]:
    """How a quality or a harm is drawn along a run, from the first person to the second."""
    tie, harm = Tone.TIE, Tone.HARM
    body = shortened(run, 0, 9)
    patterns = {
        Sign.CLOSE: lambda: parallels(run, tie, 2),
        Sign.FUSED: lambda: parallels(run, tie, 3),
        Sign.DISTANT: lambda: (line(run, tie, dash=(2.0, 5.0)),),
        Sign.CONFLICT: lambda: (zigzag(run, tie),),
        Sign.CLOSE_HOSTILE: lambda: (*parallels(run, tie, 2, gap=8), zigzag(run, tie)),
        Sign.CUT_OFF: lambda: broken(run, tie),
        Sign.MENDED: lambda: broken(run, tie, has_ring=True, gap=16),
        Sign.FOCUSED_ON: lambda: (line(body, tie), arrow(run, tie)),
        Sign.PROTECTIVE: lambda: (*parallels(body, tie, 2), arrow(run, tie, is_open=True, size=11)),
        Sign.QUALITY_NOT_KNOWN: lambda: _questioned(run, tie),
        Sign.PHYSICAL: lambda: (zigzag(body, harm, amplitude=4, period=12), arrow(run, harm)),
        Sign.SEXUAL: lambda: (zigzag(body, harm, amplitude=9, period=18), arrow(run, harm)),
        Sign.EMOTIONAL: lambda: (
            zigzag(body, harm, amplitude=4, period=20),
            arrow(run, harm, is_open=True, size=11),
        ),
        Sign.NEGLECT: lambda: (line(body, harm, dash=(2.0, 4.0)), arrow(run, harm)),
        Sign.CONTROL: lambda: (
            line(body, harm, width=4),
            bar(run, length_of(run) - 14, harm),
            arrow(run, harm),
        ),
    }
    return patterns[sign]()


def _questioned(run: Run, tone: Tone) -> tuple[Mark, ...]:
    (x, y), _ = at(run, length_of(run) / 2)
    return line(run, tone, width=1.25), Words(x, y + 4, "?", tone=tone, halo=True)
