"""All structural lines of a genogram: brackets, descents, and the gaps where lines must cross."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import ClaimKind, ParentNature
from goldenthread.drawing.believed import is_believed
from goldenthread.drawing.genogram.couples import CoupleState, claims_of_couple, state_of
from goldenthread.drawing.genogram.descents import descent_piece
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.plan import Plan, parent_claims
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.genogram.twins import slants_of
from goldenthread.drawing.genogram.unions import union_piece
from goldenthread.drawing.laid_out import GLYPH, Line, LineKind
from goldenthread.drawing.marks import Path, Tone, path_through

Drawn = Mapping[str, tuple[Figure, Label, tuple[Sign, ...]]]


def lines_of(
    plan: Plan,
    network: Network,
    moment: Moment,
    look: Look,
    drawn: Drawn,
    states: Mapping[str, str],
) -> tuple[Piece, ...]:
    """Every bracket and every line to a child, brackets first, then the bridges."""
    feet = {
        one.id: (one.x, one.y + GLYPH / 2, _foot(one.y, drawn[one.id])) for one in plan.in_order
    }
    verticals = _verticals(plan)
    slants = slants_of(plan, network, look, drawn)
    ancestors = ancestors_of(network, look.known_claims)
    brackets = {line.union: line for line in plan.laid_out.lines if line.kind == LineKind.UNION}
    pieces: list[Piece] = []
    for line in plan.laid_out.lines:
        if line.kind != LineKind.UNION:
            line = slants.bent.get((line.union, line.people[-1]), line)
            pieces += _descent(line, plan, network, moment, look, feet, drawn, states, brackets)
        elif plan.is_drawn(line) and _is_known(line, plan, network, look):
            state = _state(line, plan, network, moment, look)
            one, other = (ancestors(person) for person in line.people[:2])
            related = bool(one & other)
            pieces.append(union_piece(line, state, feet, verticals, is_related=related))
    crossed = (
        _bridge(x, y) for x, y in plan.laid_out.bridges if not slants.left_behind(plan, x, y)
    )
    return (*pieces, *slants.pieces, *crossed)


def ancestors_of(
    network: Network, known: frozenset[str] | None = None
) -> Callable[[str], frozenset[str]]:
    """A lookup of somebody's ancestors by birth, themselves included; circles do no harm."""
    parents: dict[str, list[str]] = {}
    for claim in network.of(ClaimKind.PARENT):
        if is_believed(claim, known) and claim.nature == ParentNature.BIRTH:
            parents.setdefault(claim.other, []).append(claim.person)
    found: dict[str, frozenset[str]] = {}

    def ancestors(person: str) -> frozenset[str]:
        if person not in found:
            seen, waiting = {person}, [person]
            while waiting:
                new = [p for p in parents.get(waiting.pop(), ()) if p not in seen]
                seen.update(new)
                waiting += new
            found[person] = frozenset(seen)
        return found[person]

    return ancestors


def _is_known(bracket: Line, plan: Plan, network: Network, look: Look) -> bool:
    """Whether the viewpoint knew of the two as a couple, or of a child they have together."""
    if look.known_claims is None or claims_of_couple(network, bracket.people, look):
        return True
    if any(person in plan.questions for person in bracket.people):
        return True  # the question is drawn, and whom it is about
    children: dict[str, set[str]] = {}
    for claim in network.of(ClaimKind.PARENT):
        if is_believed(claim, look.known_claims):
            children.setdefault(claim.person, set()).add(claim.other)
    known = [children.get(person, set()) for person in bracket.people]
    return bool(set.intersection(*known))


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
    states: Mapping[str, str],
    brackets: Mapping[str, Line],
) -> list[Piece]:
    """The line to one child; where one parent is left out, it runs on to the other's foot."""
    child = line.people[-1]
    parents = [person for person in line.people[:-1] if person in plan.placed]
    if child not in plan.placed or (len(line.people) > 1 and not parents):
        return []
    claims = parent_claims(network, line, look.known_claims)
    is_asked = any(parent in plan.questions for parent in parents)
    if not claims and look.known_claims is not None and parents and not is_asked:
        return []
    bracket = brackets.get(line.union)
    if bracket is not None and not plan.is_drawn(bracket) and parents:
        line = replace(line, points=_from_one(bracket, line, plan.placed[parents[0]].x))
    top = plan.placed[child].y - drawn[child][0].top
    is_dim = states[child] == Presence.NOT_YET
    return [
        descent_piece(
            line,
            claims,
            feet,
            top,
            is_dim=is_dim,
            has_trunk=line.union in brackets,
            is_disputed=_is_disputed(line, moment),
        )
    ]


def _is_disputed(line: Line, moment: Moment) -> bool:
    """Whether the viewpoint knew that one of these births is disputed."""
    return any(
        tie.is_disputed
        and tie.nature == ParentNature.BIRTH
        and {tie.person, tie.other} <= {*line.people}
        for tie in moment.ties(ClaimKind.PARENT)
    )


def _from_one(bracket: Line, line: Line, x: float) -> tuple[tuple[float, float], ...]:
    """The half of a bracket that belongs to the parent at x, and on along the line to the child."""
    first = bracket.points[0]
    near = bracket.points if abs(first[0] - x) < GLYPH else bracket.points[::-1]
    start = line.points[0]
    half = [point for point in near[:2] if point != start]
    return (*half, *line.points)


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
