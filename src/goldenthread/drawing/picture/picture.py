"""Draws a picture: time across; brothers and sisters, bands, lanes of concern and of strength down.

Answers the finding that incidents were responded to one by one and their build-up was not
recognised. It counts and shows; it never scores, and no tone ranks anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from goldenthread.drawing.lettering import wrapped
from goldenthread.drawing.marks import (
    SMALLEST,
    Group,
    Mark,
    Path,
    Sheet,
    Tone,
    Words,
    path_through,
    rectangle,
)
from goldenthread.drawing.picture.axis import Axis
from goldenthread.drawing.picture.given import Given, Lane
from goldenthread.drawing.picture.ground import (
    QUIET_ROW,
    Caption,
    Frame,
    calendar_marks,
    captions_of,
    head_of,
    quiet_marks,
    rule_marks,
)
from goldenthread.drawing.picture.placing import (
    BOX,
    MARK,
    Gathered,
    Packed,
    Placed,
    drawn,
    packed,
)
from goldenthread.drawing.picture.signs import legend_entries, sign_marks
from goldenthread.drawing.picture.stretches import BAND, LINE, PackedRow, packed_row

NAMES, PLOT = 132.0, 690.0  # px: the names of the lanes; the days
PAD, TEXT = 6.0, 15.0
_LETTERS = 13.0

# The ground under a mark, which a finger or a pointer finds: framed where it is asked about.
_BOX = rectangle(0, 0, MARK, MARK)
BARE = Path(_BOX, stroke=Tone.NONE, width=2.5, role="hit")
FRAMED = Path(_BOX, stroke=Tone.GOLD, fill=Tone.TINT, width=2.5, role="hit")

# Where the entries of one box are listed: its lane, and their first and last day.
BoxAt = Callable[[str, date, date], str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One lane on the drawing: its top, its height, and what stands in it."""

    lane: Lane
    top: float
    height: float
    packed: Packed


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing in two sheets of one height, the names and the days, and where everything is."""

    names: Sheet
    plot: Sheet
    axis: Axis
    shelves: tuple[Shelf, ...]
    not_drawn: tuple[str, ...]
    head: float


@dataclass(frozen=True, slots=True)
class _Places:
    frame: Frame
    captions: tuple[Caption, ...]
    faint: tuple[Shelf, ...]
    rows: tuple[tuple[float, PackedRow], ...]
    lanes: tuple[Shelf, ...]

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return (*self.faint, *self.lanes)


def draw(given: Given, *, plot: float = PLOT, box_at: BoxAt | None = None) -> Drawn:
    """Draw everything given; `plot` is how wide the days are, in pixels.

    `not_drawn` names the entries without a day and those of other days: whoever shows the drawing
    says them beside it.
    """
    axis = Axis(given.first, given.last, MARK / 2 + 2, plot - MARK / 2 - 2, given.fold)
    places = _places(given, axis)
    marks = (
        Group(tuple(_ground(given, places)), kind="ground", hidden=True),
        Group(tuple(_thread(places)), kind="thread", hidden=True),
        *_shelves(places.faint, box_at),
        *_stretch_rows(places),
        *_shelves(places.lanes, box_at),
    )
    shown = {mark.item.id for shelf in places.shelves for mark in shelf.packed.marks}
    shown |= {i.id for s in places.shelves for box in s.packed.boxes for i in box.items}
    about = "Time runs from left to right; each lane is one area of concern, or what holds."
    return Drawn(
        names=Sheet(NAMES, places.frame.height, "Lanes", "", tuple(_names(given, places)), "names"),
        plot=Sheet(plot, places.frame.height, given.title, about, marks, "picture"),
        axis=axis,
        shelves=places.shelves,
        not_drawn=tuple(one.id for one in given.items if one.id not in shown),
        head=places.frame.head,
    )


def whole_sheet(drawn_: Drawn) -> Sheet:
    """Names and days as one sheet, for paper."""
    plot = drawn_.plot
    marks = (
        Group(drawn_.names.marks, kind="names"),
        Group(plot.marks, kind="plot", shift=(NAMES, 0)),
    )
    return Sheet(NAMES + plot.width, plot.height, plot.title, plot.description, marks, "picture")


def legend_of() -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """What each sign means: its words, and its marks in a box of 44 by 24 px."""
    return legend_entries()


def _places(given: Given, axis: Axis) -> _Places:
    captions = captions_of(given, axis)
    head = head_of(captions)
    items = drawn(given.items, axis)
    faint, top = _stacked([lane for lane in given.lanes if lane.is_faint], items, axis, head)
    rows: list[tuple[float, PackedRow]] = []
    for row in given.rows:
        one = packed_row(row, given.stretches, axis)
        if one.bars:
            rows.append((top, one))
            top += max(one.height, _name_height(row.name, row.note))
    lanes, top = _stacked([lane for lane in given.lanes if not lane.is_faint], items, axis, top)
    height = top + (QUIET_ROW if given.quiets else 0) + 4
    return _Places(Frame(axis, head, top, height), captions, faint, tuple(rows), lanes)


def _stacked(lanes, items, axis: Axis, top: float) -> tuple[tuple[Shelf, ...], float]:
    shelves: list[Shelf] = []
    for lane in lanes:
        standing = [one for one in items if lane.key in one.lanes]
        own = packed(standing, axis, most=lane.most_rows)
        needed = max(own.rows, 1) * MARK + 2 * PAD
        height = max(needed, _name_height(lane.name, lane.note))
        shelves.append(Shelf(lane, top, height, own))
        top += height
    return tuple(shelves), top


def _name_height(name: str, note: str) -> float:
    lines = len(wrapped(name, _LETTERS, NAMES - 10)) + len(wrapped(note, SMALLEST, NAMES - 10))
    return lines * TEXT + 2 * PAD


def _ground(given: Given, places: _Places) -> Iterator[Mark]:
    """What stands behind the marks, from the back to the front."""
    frame = places.frame
    for shelf in places.shelves:
        fill = Tone.TINT if shelf.lane.is_tinted else Tone.PAPER
        ground = rectangle(0, shelf.top, frame.width, shelf.height)
        yield Path(ground, stroke=Tone.WASH, fill=fill, width=1)
    yield from quiet_marks(given.quiets, frame)
    yield from calendar_marks(frame)
    yield from rule_marks(places.captions, frame)
    for top in (*(s.top for s in places.shelves), *(t for t, _ in places.rows), frame.foot):
        yield Path(path_through(((0, top), (frame.width, top))), stroke=Tone.QUIET, width=0.5)


def _thread(places: _Places) -> Iterator[Mark]:
    """The golden thread: from each entry that was asked about to the next, in order of time."""
    points: dict[str, tuple[float, float]] = {}
    for shelf in (*places.lanes, *places.faint):  # once through each entry, in its first lane
        for mark in shelf.packed.marks:
            if mark.item.is_asked_about:
                points.setdefault(mark.item.id, (mark.x, _y(shelf, mark.row)))
    for one, other in pairwise(sorted(points.values())):
        yield Path(path_through((one, other)), stroke=Tone.GOLD, width=2, role="thread")


def _y(shelf: Shelf, row: int) -> float:
    """The middle of a row of a lane."""
    return shelf.top + PAD + row * MARK + MARK / 2


def _shelves(shelves: tuple[Shelf, ...], box_at: BoxAt | None) -> Iterator[Mark]:
    for shelf in shelves:
        marks = [_entry(mark, shelf) for mark in shelf.packed.marks]
        marks += [_box(box, shelf, box_at) for box in shelf.packed.boxes]
        yield Group(tuple(marks), kind="lane", role="group", name=shelf.lane.name)


def _entry(mark: Placed, shelf: Shelf) -> Group:
    item, left, top = mark.item, mark.x - MARK / 2, _y(shelf, mark.row) - MARK / 2
    inside: list[Mark] = []
    if mark.ends:
        a, b = mark.ends
        bar = rectangle(a - left, 7, b - a, 10, corner=5)
        inside.append(Path(bar, fill=Tone.WASH, width=1, stroke=Tone.QUIET, role="period"))
    inside.append(FRAMED if item.is_asked_about else BARE)
    inside += sign_marks(item.sign, faint=shelf.lane.is_faint)
    return Group(
        tuple(inside),
        kind="entry",
        name=item.name,
        href=item.href,
        role="" if item.href else "img",
        keys=(("entry", item.id),),
        shift=(round(left, 1), round(top, 1)),
    )


def _box(box: Gathered, shelf: Shelf, box_at: BoxAt | None) -> Group:
    top = _y(shelf, box.row) - MARK / 2
    number = len(box.items)
    has_asked = any(one.is_asked_about for one in box.items)
    frame = rectangle(1, 1, BOX - 2, MARK - 2, corner=4)
    tone = Tone.GOLD if has_asked else Tone.QUIET
    more = "1 more entry" if number == 1 else f"{number} more entries"
    href = box_at(shelf.lane.key, box.first, box.last) if box_at else ""
    opens = " Opens this time by itself." if href else ""
    return Group(
        (Path(frame, stroke=tone, fill=Tone.WASH, width=1.5), Words(BOX / 2, 16.5, f"+{number}")),
        kind="gathered",
        name=f"{shelf.lane.name}: {more} of this time.{opens}",
        href=href,
        role="" if href else "img",
        shift=(round(box.x - BOX / 2, 1), round(top, 1)),
    )


def _stretch_rows(places: _Places) -> Iterator[Mark]:
    for top, packed_ in places.rows:
        bars = tuple(_bar(bar, top) for bar in packed_.bars)
        name = f"{packed_.row.name}, {packed_.row.note}" if packed_.row.note else packed_.row.name
        yield Group(bars, kind="stretches", role="group", name=name)


def _bar(bar, top: float) -> Group:
    y = top + 3 + bar.line * LINE
    frame = rectangle(bar.left, y, bar.right - bar.left, BAND)
    marks: list[Mark] = [Path(frame, stroke=Tone.QUIET, fill=Tone.WASH, width=1)]
    if bar.sure_x > bar.left + 2:
        unsure = rectangle(bar.left, y, bar.sure_x - bar.left, BAND)
        marks.append(
            Path(unsure, stroke=Tone.QUIET, fill=Tone.PAPER, width=1, dash=(2, 2), role="unsure")
        )
    if bar.label_x is not None:
        words = bar.stretch.words
        marks.append(Words(bar.label_x, y + 16.5, words, anchor="start", halo=True))
    href = bar.stretch.href
    return Group(
        tuple(marks), kind="stretch", name=bar.stretch.name, href=href, role="" if href else "img"
    )


def _names(given: Given, places: _Places) -> Iterator[Mark]:
    for top, packed_ in places.rows:
        row = packed_.row
        yield Group(tuple(_named(row.name, row.note, top)), kind="name", hidden=True)
    for shelf in places.shelves:
        lane = shelf.lane
        inside: list[Mark] = list(_named(lane.name, lane.note, shelf.top, faint=lane.is_faint))
        if lane.href:
            ground = rectangle(0, shelf.top + 1, NAMES - 2, shelf.height - 2)
            inside.insert(0, Path(ground, stroke=Tone.NONE, role="hit"))
        yield Group(
            tuple(inside), kind="name", name=lane.label if lane.href else "", href=lane.href,
            hidden=not lane.href,
        )  # fmt: skip
    if given.quiets:
        y = places.frame.foot + 17
        yield Words(4, y, "No entry for", anchor="start", tone=Tone.QUIET)


def _named(name: str, note: str, top: float, *, faint: bool = False) -> Iterator[Mark]:
    y = top + PAD + 12
    for line in wrapped(name, _LETTERS, NAMES - 10):
        yield Words(4, y, line, size=_LETTERS, bold=not faint, anchor="start")
        y += TEXT
    for line in wrapped(note, SMALLEST, NAMES - 10):
        yield Words(4, y, line, anchor="start", tone=Tone.QUIET)
        y += TEXT
