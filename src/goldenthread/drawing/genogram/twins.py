"""Twins: their lines leave the sibling bar at one point; identical ones have a tie between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import ClaimKind, SiblingNature
from goldenthread.drawing.genogram.couples import may_draw
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.plan import Plan
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.laid_out import Line, LineKind
from goldenthread.drawing.marks import Path, path_through

Drawn = Mapping[str, tuple[Figure, Label, tuple[Sign, ...]]]


@dataclass(frozen=True, slots=True)
class Slants:
    """The lines of twins, bent to meet at one point, and the ties between identical ones."""

    bent: Mapping[tuple[str, str], Line]
    pieces: tuple[Piece, ...]

    def left_behind(self, plan: Plan, x: float, y: float) -> bool:
        """Whether a crossing at a place is gone because a twin's line no longer runs there."""
        return any(
            abs(plan.placed[child].x - x) < 1 and leg.points[-2][1] < y < leg.points[-1][1]
            for (_, child), leg in self.bent.items()
        )


def slants_of(plan: Plan, network: Network, look: Look, drawn: Drawn) -> Slants:
    """The lines of all twins of one union whose claim may be drawn."""
    lines = {
        (line.union, line.people[-1]): line
        for line in plan.laid_out.lines
        if line.kind == LineKind.CHILD
    }
    bent: dict[tuple[str, str], Line] = {}
    pieces = []
    for claim in network.of(ClaimKind.SIBLING):
        is_twin = claim.nature in (SiblingNature.TWIN, SiblingNature.IDENTICAL_TWIN)
        if not (is_twin and may_draw(claim, look)):
            continue
        unions = [union for union, child in lines if child == claim.person]
        both = [u for u in unions if (u, claim.other) in lines]
        if not both or not {claim.person, claim.other} <= set(plan.placed):
            continue
        pair = [lines[both[0], person] for person in (claim.person, claim.other)]
        legs = _meeting(pair, plan, drawn)
        bent |= {(leg.union, leg.people[-1]): leg for leg in legs}
        identical = claim.nature == SiblingNature.IDENTICAL_TWIN
        marks = (_tie(legs),) if identical else ()
        sign = Sign.IDENTICAL_TWINS if identical else Sign.TWINS
        pieces.append(Piece("twins", claim.people, marks, (sign,), (claim.id,)))
    return Slants(bent, tuple(pieces))


def _meeting(pair: list[Line], plan: Plan, drawn: Drawn) -> list[Line]:
    """Both lines over one point of the bar, half-way between the twins."""
    bar = max((line.points[-2][1] for line in pair if len(line.points) > 2), default=None)
    middle = sum(plan.placed[line.people[-1]].x for line in pair) / len(pair)
    legs = []
    for line in pair:
        child = line.people[-1]
        start = line.points[0]
        level = bar if bar is not None else (start[1] + line.points[-1][1]) / 2
        place = plan.placed[child]
        end = (place.x, place.y - drawn[child][0].top)
        legs.append(replace(line, points=(start, (start[0], level), (middle, level), end)))
    return legs


def _tie(legs: list[Line]) -> Path:
    points = tuple(
        ((leg.points[-2][0] + leg.points[-1][0]) / 2, (leg.points[-2][1] + leg.points[-1][1]) / 2)
        for leg in legs
    )
    return Path(path_through(points), role="tie")
