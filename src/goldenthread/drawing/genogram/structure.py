"""All structural lines of a genogram: brackets, descents, and the gaps where lines must cross."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from goldenthread.domain.network.claim import Network
from goldenthread.drawing.genogram.couples import CoupleState, claims_of_couple, state_of
from goldenthread.drawing.genogram.descents import descent_piece
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.plan import Plan, parent_claims
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.genogram.unions import union_piece
from goldenthread.drawing.laid_out import GLYPH, Line, LineKind
from goldenthread.drawing.marks import Path, Tone, path_through

Drawn = Mapping[str, tuple[Figure, Label, tuple[Sign, ...]]]


def lines_of(
    plan: Plan, network: Network, moment: Moment, look: Look, drawn: Drawn
) -> tuple[Piece, ...]:
    """Every bracket and every line to a child, brackets first, then the bridges."""
    feet = {
        one.id: (one.x, one.y + GLYPH / 2, _foot(one.y, drawn[one.id])) for one in plan.in_order
    }
    verticals = _verticals(plan)
    pieces: list[Piece] = []
    for line in plan.laid_out.lines:
        if not plan.is_drawn(line):
            continue
        if line.kind == LineKind.UNION:
            state = _state(line, plan, network, moment, look)
            pieces.append(union_piece(line, state, feet, verticals))
        else:
            pieces += _descent(line, plan, network, moment, look, feet, drawn)
    return (*pieces, *(_bridge(x, y) for x, y in plan.laid_out.bridges))


def _foot(y: float, drawn: tuple[Figure, Label, tuple[Sign, ...]]) -> float:
    """Where a line may begin below somebody: under their words, or under their figure."""
    figure, label, _ = drawn
    return y + max(figure.half, GLYPH / 2 if label.below else 0) + label.height


def _state(line: Line, plan: Plan, network: Network, moment: Moment, look: Look) -> CoupleState:
    if any(person in plan.questions for person in line.people):
        return CoupleState(Sign.UNKNOWN_PERSON)
    claims = claims_of_couple(network, line.people, look)
    couple = moment.couples.get(frozenset(line.people)) if claims else None
    state = state_of(couple, claims, moment.on, look)
    if not look.couples:
        return CoupleState(Sign.BIRTH_PARENT, because=state.because)
    return state


def _descent(
    line: Line,
    plan: Plan,
    network: Network,
    moment: Moment,
    look: Look,
    feet: Mapping[str, tuple[float, float, float]],
    drawn: Drawn,
) -> list[Piece]:
    child = max(line.people, key=lambda person: plan.placed[person].generation)
    every = parent_claims(network, line, look.known_claims)
    claims = tuple(c for c in every if c.held_on(moment.on) is not False) or every
    if not claims and look.known_claims is not None and len(line.people) > 1:
        return []
    top = plan.placed[child].y - drawn[child][0].top
    dim = moment.presence(child) == "not_yet"
    return [descent_piece(line, claims, feet, top, is_dim=dim)]


def _verticals(plan: Plan) -> tuple[tuple[float, float, float], ...]:
    return tuple(
        (a[0], min(a[1], b[1]), max(a[1], b[1]))
        for line in plan.laid_out.lines
        if plan.is_drawn(line)
        for a, b in pairwise(line.points)
        if a[0] == b[0]
    )


def _bridge(x: float, y: float) -> Piece:
    """A small gap in the level line where an upright one passes over it."""
    upright = path_through(((x, y - 6), (x, y + 6)))
    marks = (Path(upright, stroke=Tone.PAPER, width=8), Path(upright, role="bridge"))
    return Piece("bridge", (), marks, (Sign.BRIDGE,))
