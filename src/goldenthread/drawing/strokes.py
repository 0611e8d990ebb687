"""Lines with a pattern along them: parallels, zigzags, breaks and arrows, straight or curved.

Every function takes a run of points (a curve as many short steps) and gives marks. The genogram's
overlays, the ecomap's ties and both their legends share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, hypot

from goldenthread.drawing.marks import Mark, Path, Tone, circle, path_through

Point = tuple[float, float]
Run = tuple[Point, ...]


def curve(start: Point, end: Point, bulge: float = 0.0) -> Run:
    """From start to end, its middle `bulge` px to the left of the way; straight at nought."""
    if not bulge:
        return start, end
    (ax, ay), (bx, by) = start, end
    long = hypot(bx - ax, by - ay) or 1.0
    cx = (ax + bx) / 2 + 2 * bulge * (by - ay) / long
    cy = (ay + by) / 2 - 2 * bulge * (bx - ax) / long
    steps = max(12, ceil(long / 7))
    return tuple(
        (
            (1 - t) ** 2 * ax + 2 * t * (1 - t) * cx + t * t * bx,
            (1 - t) ** 2 * ay + 2 * t * (1 - t) * cy + t * t * by,
        )
        for t in (n / steps for n in range(steps + 1))
    )


def sideways(start: Point, end: Point, reach: float) -> Run:
    """From start to end, leaving both to one side (right where positive) before it turns.

    For two people above each other: it goes round the words under the upper one.
    """
    (ax, ay), (bx, by) = start, end
    outer = (max if reach > 0 else min)(ax, bx) + reach
    steps = max(16, ceil((abs(bx - ax) + abs(by - ay) + abs(reach)) / 7))

    def point(t: float) -> Point:
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        return a * ax + (b + c) * outer + d * bx, (a + b) * ay + (c + d) * by

    return tuple(point(n / steps) for n in range(steps + 1))


def length_of(run: Run) -> float:
    """How long a run is, in pixels."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run))


def at(run: Run, far: float) -> tuple[Point, Point]:
    """The point so many pixels along a run, and the direction there (of length 1)."""
    left = max(0.0, far)
    for a, b in pairwise(run):
        long = hypot(b[0] - a[0], b[1] - a[1])
        if long and left <= long:
            way = ((b[0] - a[0]) / long, (b[1] - a[1]) / long)
            return (a[0] + way[0] * left, a[1] + way[1] * left), way
        left -= long
    (ax, ay), (bx, by) = run[-2:]
    long = hypot(bx - ax, by - ay) or 1.0
    return (bx, by), ((bx - ax) / long, (by - ay) / long)


def part(run: Run, first: float, last: float) -> Run:
    """The stretch of a run between two distances along it."""
    inner, gone = [], 0.0
    for a, b in pairwise(run):
        gone += hypot(b[0] - a[0], b[1] - a[1])
        if first < gone < last:
            inner.append(b)
    return (at(run, first)[0], *inner, at(run, last)[0])


def beside(run: Run, far: float) -> Run:
    """The run moved sideways by so many pixels."""
    moved = []
    gone = 0.0
    for number, point in enumerate(run):
        _, way = at(run, gone + 0.01)
        moved.append((point[0] - way[1] * far, point[1] + way[0] * far))
        if number + 1 < len(run):
            after = run[number + 1]
            gone += hypot(after[0] - point[0], after[1] - point[1])
    return tuple(moved)


def line(run: Run, tone: Tone, *, width: float = 2.0, dash: tuple[float, ...] = ()) -> Path:
    """The run as one plain line."""
    return Path(path_through(run), stroke=tone, width=width, dash=dash)


def parallels(run: Run, tone: Tone, count: int, *, gap: float = 4.0) -> tuple[Mark, ...]:
    """Two or three lines side by side."""
    first = -(count - 1) * gap / 2
    return tuple(line(beside(run, first + n * gap), tone, width=1.75) for n in range(count))


def zigzag(
    run: Run, tone: Tone, *, amplitude: float = 5.0, period: float = 20.0, width: float = 1.75
) -> Path:
    """A zigzag along the run, starting and ending upon it."""
    long = length_of(run)
    count = max(2, round(long / period * 2))
    points = [run[0]]
    for n in range(count):
        (x, y), way = at(run, long * (n + 0.5) / count)
        side = amplitude if n % 2 else -amplitude
        points.append((x - way[1] * side, y + way[0] * side))
    return line((*points, run[-1]), tone, width=width)


def broken(run: Run, tone: Tone, *, has_ring: bool = False, gap: float = 12.0) -> tuple[Mark, ...]:
    """A line broken in the middle by two short bars; `has_ring` when it was mended."""
    middle = length_of(run) / 2
    marks: list[Mark] = [
        line(part(run, 0, middle - gap / 2), tone),
        line(part(run, middle + gap / 2, length_of(run)), tone),
    ]
    for far in (middle - gap / 2, middle + gap / 2):
        marks.append(bar(run, far, tone))
    if has_ring:
        (x, y), _ = at(run, middle)
        marks.append(Path(circle(x, y, 3.5), stroke=tone, fill=Tone.PAPER, width=1.75))
    return tuple(marks)


def bar(run: Run, far: float, tone: Tone, *, reach: float = 7.0) -> Path:
    """A short stroke across the run."""
    (x, y), (dx, dy) = at(run, far)
    return line(((x - dy * reach, y + dx * reach), (x + dy * reach, y - dx * reach)), tone)


def arrow(run: Run, tone: Tone, *, is_open: bool = False, size: float = 9.0) -> Path:
    """An arrowhead at the end of a run, filled or open."""
    (x, y), _ = at(run, length_of(run))
    (bx, by), (dx, dy) = at(run, length_of(run) - size)
    wing = size * 0.5
    one, two = (bx - dy * wing, by + dx * wing), (bx + dy * wing, by - dx * wing)
    if is_open:
        return Path(path_through((one, (x, y), two)), stroke=tone, width=1.75, role="arrow")
    return Path(
        path_through((one, (x, y), two), closed=True),
        stroke=tone,
        fill=tone,
        width=1,
        role="arrow",
    )


def shortened(run: Run, start: float, end: float) -> Run:
    """The run without its first and last pixels."""
    return part(run, start, max(start + 1, length_of(run) - end))


def touches(
    run: Run, boxes: Sequence[tuple[float, float, float, float]], *, step: float = 6.0
) -> int:
    """At how many steps along it a run lies inside some box."""
    count = max(1, int(length_of(run) / step))
    found = 0
    for n in range(count + 1):
        (x, y), _ = at(run, n * step)
        found += any(l < x < r and t < y < b for l, t, r, b in boxes)  # noqa: E741
    return found
