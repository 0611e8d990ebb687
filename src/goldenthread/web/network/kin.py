"""Where the arrow keys lead from each relative: to a parent, a child, or the next along the row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.drawing.laid_out import LaidOut, LineKind, Placed

DESCENT = frozenset(LineKind) - {LineKind.UNION}


def arrows_of(
    laid_out: LaidOut, network: Network, shown: Collection[str]
) -> dict[str, dict[str, str]]:
    """For each person drawn: who is up, down, left and right of them, where there is somebody.

    Up is the nearest parent and down the eldest child from the left, by claim or by the drawing's
    lines (for a parent nobody recorded); left and right are the neighbours along the row.
    """
    placed = {one.id: one for one in laid_out.people if one.id in shown}
    parents: dict[str, set[str]] = defaultdict(set)
    for claim in network.of(ClaimKind.PARENT):
        if claim.asserts and claim.person in placed and claim.other in placed:
            parents[claim.other].add(claim.person)
    _by_lines(laid_out, placed, parents)
    children: dict[str, set[str]] = defaultdict(set)
    for child, theirs in parents.items():
        for one in theirs:
            children[one].add(child)
    found: dict[str, dict[str, str]] = {}
    for one in placed.values():
        above = [placed[p] for p in parents[one.id] if placed[p].y < one.y]
        below = [placed[c] for c in children[one.id] if placed[c].y > one.y]
        row = [other for other in placed.values() if other.y == one.y]
        leads = {
            "up": min(above, key=lambda p: (abs(p.x - one.x), p.id), default=None),
            "down": min(below, key=lambda c: (c.x, c.id), default=None),
            "left": max((o for o in row if o.x < one.x), key=_x, default=None),
            "right": min((o for o in row if o.x > one.x), key=_x, default=None),
        }
        found[one.id] = {way: other.id for way, other in leads.items() if other is not None}
    return found


def _by_lines(laid_out: LaidOut, placed: dict[str, Placed], parents: dict[str, set[str]]) -> None:
    """Add the parents that only the drawing knows: somebody nobody recorded."""
    unions = {
        line.union: [p for p in line.people if p in placed]
        for line in laid_out.lines
        if line.kind == LineKind.UNION
    }
    for line in laid_out.lines:
        if line.kind in DESCENT and line.people:
            child = line.people[-1]
            for one in unions.get(line.union, []):
                if child in placed and placed[one].y < placed[child].y:
                    parents[child].add(one)


def _x(one: Placed) -> float:
    return one.x
