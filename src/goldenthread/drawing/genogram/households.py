"""Who lives together: an outline round the members, with the household's name on a tab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from goldenthread.domain.network.at_date import HouseholdAt, MemberAt
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import ClaimKind, StayNature
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.labels import (
    Label,
    first_name,
    moon,
    nights_in_words,
)
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.plan import Plan
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.laid_out import GLYPH
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import SMALLEST, Mark, Path, Tone, Words, rectangle
from goldenthread.drawing.outline import Box, around, rounded

Drawn = Mapping[str, tuple[Figure, Label, tuple[Sign, ...]]]
CLEAR = 10.0  # px between a glyph or its words and the outline
NARROW = 84.0  # px: the width of a tab that keeps under one person
TAB = 17.0  # px: the height of a line on a tab
Text = tuple[str, str]
NAME, NIGHT = "name", "night"
_INSIDE = (StayNature.LIVES, StayNature.STAYS)


def outlines_of(
    plan: Plan, network: Network, moment: Moment, look: Look, drawn: Drawn
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The outlines of the day, and a sentence for each household that could not be outlined."""
    if not look.households:
        return (), ()
    names = {home.id: home.name for home in network.households}
    homes = [home for home in moment.at.households if _members(home, plan)]
    index = _home_of_children(homes, plan)
    pieces: list[Piece] = []
    notes: list[str] = []
    taken: list[Box] = []
    for place, home in enumerate(sorted(homes, key=lambda h: (h.household != index, h.household))):
        name = names.get(home.household, home.household)
        members = _members(home, plan)
        inset = 4.0 * min(place, 2)
        boxes = [box_of(plan, drawn, one.person, CLEAR - inset) for one in members]
        inside = {one.person for one in members}
        others = [box_of(plan, drawn, one, -1) for one in plan.placed if one not in inside]
        loops = around(boxes, others)
        if loops is None:
            notes.append(f"{name}: its members stand too far apart for one outline.")
            loops = tuple(_corners(box) for box in boxes)
        texts = _tab_texts(name, home, members, network)
        texts, tab = _tab_place(loops, texts, plan, drawn, taken)
        taken.append(tab)
        pieces += _pieces(members, loops, texts, tab, is_index=home.household == index)
    return tuple(pieces), tuple(notes)


def _members(home: HouseholdAt, plan: Plan) -> tuple[MemberAt, ...]:
    return tuple(m for m in home.members if m.person in plan.placed and m.nature in _INSIDE)


def _home_of_children(homes: list[HouseholdAt], plan: Plan) -> str:
    """The household most of the children live in; staying at times counts less."""
    count: Counter[str] = Counter()
    for home in homes:
        for member in home.members:
            who = plan.people.get(member.person)
            if who is not None and who.is_child:
                count[home.household] += 3 if member.nature == StayNature.LIVES else 1
    return min(count, key=lambda home: (-count[home], home)) if count else ""


def box_of(plan: Plan, drawn: Drawn, person: str, clear: float) -> Box:
    """The box of a glyph with its words, so far clear of them; at most half-way to a neighbour."""
    figure, label, _ = drawn[person]
    place = plan.placed[person]
    widths = [width_of(line.text, line.size) / 2 + (7 if line.mark else 0) for line in label.below]
    widths += [width_of(text, SMALLEST) + 6 for text in (*label.left, *label.right)]
    half = min(max([GLYPH / 2 + 5, *widths]) + clear, plan.half_way(person) - 1 + min(0, clear))
    top = max(figure.top, GLYPH / 2) + label.height_above + max(clear - 4, 0)
    bottom = max(figure.half, GLYPH / 2) + label.height + clear
    return place.x - half, place.y - top, place.x + half, place.y + bottom


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _tab_texts(
    name: str, home: HouseholdAt, members: tuple[MemberAt, ...], network: Network
) -> tuple[Text, ...]:
    """The household's name; then who is there on which nights, where somebody has two homes."""
    texts = [(name, NAME)]
    nights: dict[tuple[int, ...], list[str]] = {}
    for member in members:
        if member.shared and member.nights:
            nights.setdefault(member.nights, []).append(first_name(network, member.person))
    texts += [
        (f"{', '.join(who)}: {nights_in_words(each)}", NIGHT)
        for each, who in sorted(nights.items())
    ]
    often = [first_name(network, m.person) for m in home.members if m.nature == StayNature.VISITS]
    return (*texts, *([(f"often there: {', '.join(often)}", "")] if often else []))


def _narrowed(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """The same lines, broken to keep under one person; a moon stands before the first piece."""
    return tuple(
        (piece, kind if not number or kind == NAME else "")
        for text, kind in texts
        for number, piece in enumerate(wrapped(text, SMALLEST, NARROW))
    )


def _tab_place(
    loops: tuple[tuple[tuple[float, float], ...], ...],
    texts: tuple[Text, ...],
    plan: Plan,
    drawn: Drawn,
    taken: list[Box],
) -> tuple[tuple[Text, ...], Box]:
    """The tab's lines and where it hangs, over the fewest lines, words and other tabs."""
    places = [
        (each, place)
        for each in dict.fromkeys((texts, _narrowed(texts)))
        for loop in loops
        for place in _hanging(loop, each)
    ]
    boxes = [box_of(plan, drawn, person, 0) for person in plan.placed]
    strokes = [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for line in plan.laid_out.lines
        for a, b in pairwise(line.points)
    ]

    def cost(place: Box) -> float:
        words = 20 * sum(_overlap(place, box) for box in (*boxes, *taken))
        lines = sum(_overlap(place, stroke) for stroke in strokes)
        outside = 50.0 if place[0] < 0 or place[2] > plan.laid_out.width else 0.0
        return words + 3 * lines + outside

    return min(places, key=lambda found: (cost(found[1]), len(found[0]), -found[1][1], found[1][0]))


def _hanging(loop: tuple[tuple[float, float], ...], texts: tuple[Text, ...]) -> Iterator[Box]:
    """Below the lower edges and above the upper ones, at either end."""
    wide = max(width_of(text, SMALLEST) for text, _ in texts) + 30
    high = TAB * len(texts) + 3
    for (ax, ay), (bx, by) in pairwise((*loop, loop[0])):
        if ay == by:
            left, right = min(ax, bx), max(ax, bx)
            for x in dict.fromkeys((left + 2, left + 12, max(left + 2, right - wide - 2))):
                top = ay if bx < ax else ay - high  # outlines run clockwise
                yield x, top, x + wide, top + high


def room_below(network: Network, look: Look) -> float:
    """The height in pixels that the largest tab can ever need under the last row."""
    if not look.households:
        return 0.0
    most = 0
    for home in network.households:
        stays = [c for c in network.of(ClaimKind.LIVES_AT) if c.household == home.id and c.says_so]
        nights = {c.nights for c in stays if c.nights}
        often = any(c.nature == StayNature.VISITS for c in stays)
        most = max(most, len(wrapped(home.name, SMALLEST, NARROW)) + 2 * len(nights) + 2 * often)
    return TAB * most


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _pieces(
    members: tuple[MemberAt, ...],
    loops: tuple[tuple[tuple[float, float], ...], ...],
    texts: tuple[Text, ...],
    tab: Box,
    *,
    is_index: bool,
) -> tuple[Piece, Piece]:
    """The outline, and its tab above the lines."""
    fill = Tone.TINT if is_index else Tone.NONE
    outline = "".join(map(rounded, loops))
    path = Path(outline, fill=fill, width=1.75, dash=(2.0, 3.0), role="home")
    left, top, right, bottom = tab
    frame = rectangle(left, top, right - left, bottom - top, corner=4)
    marks: list[Mark] = [Path(frame, fill=fill if is_index else Tone.PAPER, width=1)]
    signs: tuple[Sign, ...] = ()
    indent = 20 if any(kind == NIGHT for _, kind in texts) else 10
    for row, (text, kind) in enumerate(texts):
        y = top + 13 + TAB * row
        if kind == NIGHT:
            marks.append(moon(left + 11, y - 4))
            signs = (Sign.NIGHTS,)
        x = left + (10 if kind == NAME else indent)
        marks.append(Words(x, y, text, bold=kind == NAME, anchor="start"))
    because = tuple(key for member in members for key in member.because)
    people = tuple(member.person for member in members)
    sign = Sign.INDEX_HOME if is_index else Sign.HOME
    return (
        Piece("household", people, (path,), (sign,), because),
        Piece("household-tab", people, tuple(marks), signs, because, above=True),
    )
