"""What stands behind the marks: lanes, the calendar, the fold, silences, rules and births."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.drawing.lettering import width_of
from goldenthread.drawing.marks import (
    SMALLEST,
    Mark,
    Path,
    Tone,
    Words,
    circle,
    path_through,
    rectangle,
)
from goldenthread.drawing.picture.axis import Axis, ticks_of
from goldenthread.drawing.picture.given import Given, Quiet
from goldenthread.drawing.picture.placing import MARK

HEAD, CAPTION = 22.0, 15.0  # px: the calendar's labels; one row of captions under them
CAPTION_ROWS = 3
QUIET_ROW = 26.0
SPARE = 8.0  # px beside a caption


@dataclass(frozen=True, slots=True)
class Caption:
    """A rule or a birth: where it stands, its words, and the row they have room in, if any."""

    x: float
    words: str
    left: float
    row: int | None
    is_birth: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """How far down the lanes go: from `head` to `foot`, where the silences are named."""

    axis: Axis
    head: float
    foot: float
    height: float

    @property
    def width(self) -> float:
        """How far the lanes go to the right."""
        return self.axis.right + MARK / 2 + 2


def captions_of(given: Given, axis: Axis) -> tuple[Caption, ...]:
    """Every rule and birth of the drawn time, each caption in the first row with room for it.

    Births come first: of two captions with room for one, a birth keeps its own.
    """
    told = [(False, one.day, one.words) for one in given.births]
    told += [(True, one.day, one.words) for one in given.rules]
    rows: list[list[tuple[float, float]]] = [[] for _ in range(CAPTION_ROWS)]
    found: list[Caption] = []
    for is_rule, day, words in sorted(told):
        if not axis.holds(day):
            continue
        x = axis.x(day)
        wide = width_of(words, SMALLEST) + SPARE
        left = min(x, axis.right + MARK / 2 - wide)
        row = next((n for n, taken in enumerate(rows) if _is_free(taken, left, left + wide)), None)
        if row is not None:
            rows[row].append((left, left + wide))
        found.append(Caption(x, words, left, row, not is_rule))
    return tuple(found)


def _is_free(taken: Iterable[tuple[float, float]], left: float, right: float) -> bool:
    return all(right <= a or b <= left for a, b in taken)


def head_of(captions: Iterable[Caption]) -> float:
    """How much room the calendar and the captions take above the first lane."""
    used = max((one.row + 1 for one in captions if one.row is not None), default=0)
    return HEAD + used * CAPTION + 4


def calendar_marks(frame: Frame) -> Iterator[Mark]:
    """The calendar's lines and labels, and the fold."""
    for tick in ticks_of(frame.axis):
        line = path_through(((tick.x, HEAD - 6), (tick.x, frame.height)))
        yield Path(line, stroke=Tone.QUIET, width=1 if tick.is_year else 0.5, dash=(1, 4))
        if tick.x + width_of(tick.label, SMALLEST) < frame.width:
            yield Words(
                tick.x + 3, 14, tick.label, anchor="start", tone=Tone.QUIET, bold=tick.is_year
            )
    fold = frame.axis.fold_x
    for x in (fold - 2, fold + 2) if fold is not None else ():
        yield Path(path_through(((x, 2), (x, frame.height))), stroke=Tone.QUIET, width=1)


def rule_marks(captions: Sequence[Caption], frame: Frame) -> Iterator[Mark]:
    """Decisions, meetings, plans and births as upright lines through every lane."""
    for one in captions:
        tone = Tone.INK if one.is_birth else Tone.GOLD
        top = HEAD + (one.row if one.row is not None else CAPTION_ROWS - 1) * CAPTION + 3
        line = path_through(((one.x, top), (one.x, frame.foot)))
        yield Path(line, stroke=tone, width=1.75 if one.is_birth else 1.25)
        if one.is_birth:
            yield Path(circle(one.x, top, 3), fill=tone, stroke=tone, width=1)
    for one in captions:  # after every line, so that none crosses the words
        if one.row is not None:
            tone = Tone.INK if one.is_birth else Tone.GOLD
            y = HEAD + one.row * CAPTION + 12
            yield Words(one.left + 5, y, one.words, anchor="start", tone=tone, bold=True, halo=True)


def quiet_marks(quiets: Iterable[Quiet], frame: Frame) -> Iterator[Mark]:
    """Silences: a shaded stretch through the lanes, and its length in days under them."""
    axis = frame.axis
    for quiet in quiets:
        if quiet.until < axis.first or quiet.after > axis.last:
            continue
        left, right = axis.x(quiet.after), axis.x(quiet.until)
        if right - left < 3:
            continue
        shade = rectangle(left, frame.head, right - left, frame.height - frame.head - 4)
        yield Path(
            shade, stroke=Tone.QUIET, fill=Tone.WASH, width=0.75, dash=(2, 3), role="silence"
        )
        number = quiet.words.partition(" ")[0]
        words = quiet.words if width_of(quiet.words, SMALLEST) + 4 <= right - left else number
        if width_of(words, SMALLEST) <= right - left + 8:
            middle = (left + right) / 2
            yield Words(middle, frame.foot + 17, words, tone=Tone.QUIET, bold=True, halo=True)
