"""The way one fact took: from when anybody knew it to the decision, and on to those who decided.

A row of the knowledge grid, to be set beside its words. Every row of a page has the same scale, so
that the rule of the decision stands in one line down the page. What lies further back than the
scale reaches begins at its edge with an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.drawing.marks import Path, Sheet, Tone, path_through, rectangle

WIDE, HIGH, EDGE = 232.0, 30.0, 9.0
MIDDLE = HIGH / 2
# The most that is drawn before a decision, and the least, in days.
LONGEST, SHORTEST = 180, 28


@dataclass(frozen=True, slots=True)
class Reached:
    """That one agency came to know it on a day: held it itself or was told; decided or not."""

    on: date
    is_held: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The days a page's rows reach from and to, with the day of the decision between."""

    begins: date
    decided: date
    ends: date

    def x(self, day: date) -> float:
        """Where a day stands, in pixels; days beyond the scale stand at its edge."""
        whole = max(1, (self.ends - self.begins).days)
        at = min(max((day - self.begins).days, 0), whole)
        return EDGE + at / whole * (WIDE - 2 * EDGE)


def scale_of(first: Iterable[date], last: Iterable[date], decided: date) -> Scale:
    """The scale of rows first known on these days and last told on those."""
    back = max([SHORTEST, *((decided - day).days for day in first)])
    on = max([back // 4, *((day - decided).days for day in last)])
    back, on = min(back, LONGEST), min(on, LONGEST)
    return Scale(
        date.fromordinal(decided.toordinal() - back),
        decided,
        date.fromordinal(decided.toordinal() + on),
    )


def way(reached: Iterable[Reached], scale: Scale, *, title: str) -> Sheet:
    """One fact's way: a line while it was known, whole to the decision, broken until it arrived."""
    came = sorted(reached, key=lambda one: (one.on, not one.is_held))
    arrived = [one.on for one in came if one.decided]
    end = min(arrived) if arrived else scale.ends
    start, rule = scale.x(came[0].on), scale.x(scale.decided)
    marks: list[Path] = [_rule(rule)]
    until = min(scale.x(end), rule)
    if start < until:
        marks.append(
            Path(path_through(((start, MIDDLE), (until, MIDDLE))), width=2.5, role="known")
        )
    if end > scale.decided:
        after = ((max(rule, start), MIDDLE), (scale.x(end), MIDDLE))
        marks.append(Path(path_through(after), Tone.QUIET, width=2, dash=(3, 3), role="not-yet"))
    if came[0].on < scale.begins:
        left = start - 5
        points = ((left + 5, MIDDLE - 5), (left, MIDDLE), (left + 5, MIDDLE + 5))
        marks.append(Path(path_through(points), width=2, role="earlier"))
    marks.extend(_mark(one, scale) for one in came)
    return Sheet(WIDE, HIGH, title, "", tuple(marks), "way")


def _rule(x: float) -> Path:
    return Path(path_through(((x, 0), (x, HIGH))), Tone.GOLD, width=2.5, role="decision")


def _mark(one: Reached, scale: Scale) -> Path:
    """Filled where an agency held it, outlined where it was told; larger for whoever decided."""
    half = 5.0 if one.decided else 3.5
    box = rectangle(scale.x(one.on) - half, MIDDLE - half, 2 * half, 2 * half)
    fill = Tone.INK if one.is_held else Tone.PAPER
    return Path(box, fill=fill, width=1.5, role="held" if one.is_held else "told")
