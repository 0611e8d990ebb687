"""A right-angled outline around some boxes that leaves the others outside.

Households overlap, and members of one do not always stand together. Neighbours in a row share one
block; blocks are joined by passages that go round everybody else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from goldenthread.drawing.marks import number

Box = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]
PASSAGE = 9.0  # px: half the width of a passage
ROUND = 9.0  # px: radius of a corner


def around(members: Sequence[Box], others: Sequence[Box]) -> tuple[tuple[Point, ...], ...] | None:
    """The closed outlines (normally one) around the member boxes; None where there is no way.

    Members' boxes may touch each other; the others' are never entered.
    """
    whole = _hull(members)
    if not _meets(whole, others):
        return (_corners(whole),)
    free = [
        both
        for number, one in enumerate(members)
        for other in members[number + 1 :]
        if not _meets(both := _hull((one, other)), others)
    ]
    groups = _groups(_widest([*members, *free]))
    joined = groups[0]
    waiting = groups[1:]
    while waiting:
        found = _nearest_way(joined, waiting, others)
        if found is None:
            return None
        group, way = found
        joined = [*joined, *way, *group]
        waiting.remove(group)
    return _traced(joined)


def rounded(points: Sequence[Point]) -> str:
    """Path data of a closed right-angled outline with rounded corners."""
    parts = []
    count = len(points)
    for place, corner in enumerate(points):
        before, after = points[place - 1], points[(place + 1) % count]
        radius = min(ROUND, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        command = "L" if parts else "M"
        parts.append(f"{command}{_text(start)}Q{_text(corner)} {_text(end)}")
    return "".join(parts) + "Z"


def _text(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: Point, b: Point, far: float) -> Point:
    long = _length(a, b) or 1
    return a[0] + (b[0] - a[0]) * far / long, a[1] + (b[1] - a[1]) * far / long


def _hull(boxes: Iterable[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _corners(box: Box) -> tuple[Point, ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
        for left, top, right, bottom in others
    )


def _widest(boxes: Iterable[Box]) -> list[Box]:
    """The boxes that lie within no other: the ground they cover together is the same, and they are
    few, where every pair of a large household made one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: ((b[0] - b[2]) * (b[3] - b[1]), b)):
        if not any(
            left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom
            for left, top, right, bottom in kept
        ):
            kept.append(box)
    return kept


def _groups(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes in groups that hang together, the group furthest up and left first."""
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0], b[3], b[2])):
        touching = [group for group in groups if _meets(box, group)]
        groups = [group for group in groups if group not in touching]
        groups.append([each for group in touching for each in group] + [box])
    return sorted(groups, key=lambda group: (group[0][1], group[0][0]))


def _nearest_way(
    joined: Sequence[Box], waiting: Sequence[list[Box]], others: Sequence[Box]
) -> tuple[list[Box], list[Box]] | None:
    """The cheapest passage from what is joined to any group still waiting (Dijkstra on a grid)."""
    xs, ys = _cuts([*joined, *(box for group in waiting for box in group)], others)
    closed = _entered(others, xs, ys)
    middle_x = [(a + b) / 2 for a, b in pairwise(xs)]
    middle_y = [(a + b) / 2 for a, b in pairwise(ys)]
    queue: list[tuple[float, int, int]] = []
    best: dict[tuple[int, int], float] = {}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i, j in sorted(_covered(joined, middle_x, middle_y) - closed):
        best[i, j] = 0.0
        heappush(queue, (0.0, i, j))
    ends = [(group, _covered(group, middle_x, middle_y)) for group in waiting]
    while queue:
        cost, i, j = heappop(queue)
        if cost > best[i, j]:
            continue
        target = next((group for group, ground in ends if (i, j) in ground), None)
        if target is not None:
            return target, _passage(came, (i, j), xs, ys)
        for di, dj in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            k, m = i + di, j + dj
            if not (0 <= k < len(middle_x) and 0 <= m < len(middle_y)) or (k, m) in closed:
                continue
            narrow = min(xs[k + 1] - xs[k] if dj else ys[m + 1] - ys[m], 2 * PASSAGE)
            step = abs(middle_x[k] - middle_x[i]) + abs(middle_y[m] - middle_y[j])
            further = cost + step * (1 + 3 * (1 - narrow / (2 * PASSAGE)))
            if further < best.get((k, m), float("inf")):
                best[k, m] = further
                came[k, m] = (i, j)
                heappush(queue, (further, k, m))
    return None


def _covered(
    boxes: Iterable[Box], middle_x: Sequence[float], middle_y: Sequence[float]
) -> set[tuple[int, int]]:
    """The cells whose middle lies inside one of the boxes."""
    return {
        (i, j)
        for left, top, right, bottom in boxes
        for i in range(bisect_right(middle_x, left), bisect_left(middle_x, right))
        for j in range(bisect_right(middle_y, top), bisect_left(middle_y, bottom))
    }


def _entered(
    boxes: Iterable[Box], xs: Sequence[float], ys: Sequence[float]
) -> set[tuple[int, int]]:
    """The cells any part of which lies inside one of the boxes."""
    return {
        (i, j)
        for left, top, right, bottom in boxes
        for i in range(max(bisect_right(xs, left) - 1, 0), min(bisect_left(xs, right), len(xs) - 1))
        for j in range(max(bisect_right(ys, top) - 1, 0), min(bisect_left(ys, bottom), len(ys) - 1))
    }


def _cuts(own: Sequence[Box], others: Sequence[Box]) -> tuple[list[float], list[float]]:
    every = [*own, *others]
    xs = {round(v, 1) for box in every for v in (box[0], box[2])}
    ys = {round(v, 1) for box in every for v in (box[1], box[3])}
    far = 4 * PASSAGE
    return (
        sorted(xs | {min(xs) - far, max(xs) + far}),
        sorted(ys | {min(ys) - far, max(ys) + far}),
    )


def _passage(
    came: dict[tuple[int, int], tuple[int, int]],
    end: tuple[int, int],
    xs: Sequence[float],
    ys: Sequence[float],
) -> list[Box]:
    """Strips along the cells of a way, from the middle of each to the middle of the next."""
    boxes = []
    here = end
    while here in came:
        there = came[here]
        (ax, ay, aw, ah), (bx, by, bw, bh) = (_cell(c, xs, ys) for c in (here, there))
        half_x = min(PASSAGE, aw / 2, bw / 2)
        half_y = min(PASSAGE, ah / 2, bh / 2)
        boxes.append(
            (min(ax, bx) - half_x, min(ay, by) - half_y, max(ax, bx) + half_x, max(ay, by) + half_y)
        )
        here = there
    return boxes


def _cell(
    place: tuple[int, int], xs: Sequence[float], ys: Sequence[float]
) -> tuple[float, float, float, float]:
    i, j = place
    width, height = xs[i + 1] - xs[i], ys[j + 1] - ys[j]
    return xs[i] + width / 2, ys[j] + height / 2, width, height


def _traced(boxes: Sequence[Box]) -> tuple[tuple[Point, ...], ...]:
    """The outer edges of the boxes taken together, as closed right-angled lines."""
    xs = sorted({round(v, 1) for box in boxes for v in (box[0], box[2])})
    ys = sorted({round(v, 1) for box in boxes for v in (box[1], box[3])})
    middle_x, middle_y = ([(a + b) / 2 for a, b in pairwise(cuts)] for cuts in (xs, ys))
    filled = _covered(boxes, middle_x, middle_y)
    following: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in sorted(filled):
        for near, start, end in (
            ((i, j - 1), (i, j), (i + 1, j)),
            ((i + 1, j), (i + 1, j), (i + 1, j + 1)),
            ((i, j + 1), (i + 1, j + 1), (i, j + 1)),
            ((i - 1, j), (i, j + 1), (i, j)),
        ):
            if near not in filled:
                following.setdefault(start, []).append(end)
    loops = []
    while following:
        start = here = min(following)
        loop = [here]
        while True:
            ends = following[here]
            there = ends.pop()
            if not ends:
                del following[here]
            here = there
            if here == start:
                break
            loop.append(here)
        loops.append(_straightened([(xs[i], ys[j]) for i, j in loop]))
    return tuple(loops)


def _straightened(points: list[Point]) -> tuple[Point, ...]:
    """Without the points that lie along a straight stretch."""
    kept = []
    for place, point in enumerate(points):
        before, after = points[place - 1], points[(place + 1) % len(points)]
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            kept.append(point)
    return tuple(kept)
