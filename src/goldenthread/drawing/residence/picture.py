"""Draws household lanes: time from left to right, a band for each address, a line for each person.

A change on a certain day is a right-angled step; a partial date is a slope over all it can mean;
not knowing where is a hatched stretch in a band at the bottom, never a straight continuation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.network.at_date import NetworkAt
from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.vocabulary import StayNature
from goldenthread.drawing import dates
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import (
    SMALLEST,
    Group,
    Mark,
    Path,
    Sheet,
    Tone,
    Words,
    circle,
    path_through,
    rectangle,
)
from goldenthread.drawing.residence.axis import axis_marks, cursor_marks, event_marks, plan_marks
from goldenthread.drawing.residence.lanes import Band, Lanes, lanes_of, narrowed
from goldenthread.drawing.residence.signs import LaneSign, hatched, legend_of
from goldenthread.drawing.residence.stays import LanesLook, Stay
from goldenthread.drawing.residence.telling import Row, name_of, rows_of, sentence_at, stay_sentence
from goldenthread.drawing.residence.ties import couple_marks, pregnancy_marks
from goldenthread.drawing.writing import write

LOW = 34.0  # px under the last band; more where events stand there


@dataclass(frozen=True, slots=True)
class Residence:
    """The whole picture, its sentence for the day, and its rows: one for each stay and gap."""

    title: str
    description: str
    sentence: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    lanes: Lanes
    narrow: tuple[Mark, ...]
    narrow_lanes: Lanes
    legend: tuple[tuple[LaneSign, str, tuple[Mark, ...]], ...]


def residence(
    network: Network,
    at: NetworkAt,
    look: LanesLook,
    *,
    until: date,
    since: date | None = None,
    events: tuple[tuple[date, str], ...] = (),
    plans: tuple[tuple[date, date, str], ...] = (),
) -> Residence:
    """Who lived where up to `until`, with the cursor on the day of `at`.

    `since` is the first day shown; without it, the first stay or child's birth recorded.
    `narrow` is the same over the months about that day, for a screen as wide as a phone.
    `events` are ticks of the chronology; `plans` are stretches (first day, last day, words) in
    which a plan was in force: an adult who comes into a band meanwhile is marked.
    """
    lanes = lanes_of(network, look, since, until)
    narrow = narrowed(lanes, at.on)
    told = _sentences(lanes, network)
    sentence = sentence_at(network, at, look)
    marks = _marks(lanes, network, at.on, look, told, events, plans)
    return Residence(
        title=f"Who lived where: {look.of_whom or 'this family'}",
        description=f"From {dates.day(lanes.span.first)} to {dates.day(lanes.span.last)}. "
        f"{sentence} The table beside it says the same.",
        sentence=sentence,
        width=lanes.frame.width,
        height=lanes.height + (88 if events else LOW),
        marks=marks,
        rows=rows_of(network, lanes, look),
        lanes=lanes,
        narrow=_marks(narrow, network, at.on, look, told, (), plans),
        narrow_lanes=narrow,
        legend=legend_of(marks),
    )


def _marks(
    lanes: Lanes,
    network: Network,
    on: date,
    look: LanesLook,
    told: Mapping[str, str],
    events: tuple[tuple[date, str], ...],
    plans: tuple[tuple[date, date, str], ...],
) -> tuple[Mark, ...]:
    people = {one.id: one for one in network.people}
    marks = [
        Group(tuple(plan_marks(lanes, plans)), kind="plans", hidden=True),
        Group(tuple(_bands(lanes)), kind="bands", hidden=True),
        Group(tuple(axis_marks(lanes)), kind="axis", hidden=True),
    ]
    for person, sentence in told.items():
        marks.append(_person(person, lanes, people, sentence, look, plans))
    ties = (*pregnancy_marks(network, lanes, look), *couple_marks(network, lanes, look))
    marks += [
        Group(ties, kind="ties", hidden=True),
        Group(tuple(event_marks(lanes, events)), kind="events", hidden=True),
        Group(tuple(cursor_marks(lanes, on)), kind="cursor", hidden=True),
    ]
    return tuple(marks)


def _sentences(lanes: Lanes, network: Network) -> dict[str, str]:
    """Everybody who has a line, from the top, and their whole story as it is read out."""
    people = {one.id: one for one in network.people}
    return {
        person: f"{name_of(people[person])}: "
        f"{'; '.join(stay_sentence(stay, network) for stay in _stays_of(person, lanes))}."
        for person in dict.fromkeys(p for band in lanes.bands for p in band.people)
    }


def _stays_of(person: str, lanes: Lanes) -> list[Stay]:
    return sorted((s for s in lanes.stays if s.person == person), key=lambda s: (s.first, s.last))


def svg(drawn: Residence) -> str:
    """The lanes as one inline `<svg>`."""
    return write(sheet_of(drawn))


def narrow_svg(drawn: Residence) -> str:
    """The months about the day as one inline `<svg>` that needs no more width than a phone has."""
    lanes = drawn.narrow_lanes
    span = f"From {dates.day(lanes.span.first)} to {dates.day(lanes.span.last)}."
    high = lanes.height + LOW
    sheet = Sheet(lanes.frame.width, high, drawn.title, span, drawn.narrow, "residence")
    return write(sheet)


def sheet_of(drawn: Residence) -> Sheet:
    """The marks of the lanes in the order they are read: person by person."""
    return Sheet(
        drawn.width, drawn.height, drawn.title, drawn.description, drawn.marks, "residence"
    )


def _bands(lanes: Lanes) -> list[Mark]:
    marks: list[Mark] = []
    width = lanes.frame.width
    for number, band in enumerate(lanes.bands):
        frame = rectangle(0, band.top, width, band.height)
        fill = Tone.TINT if number == 0 else Tone.WASH if number % 2 else Tone.PAPER
        marks.append(Path(frame, stroke=Tone.NONE, fill=fill))
        edge = path_through(((0, band.top + band.height), (width, band.top + band.height)))
        marks.append(Path(edge, stroke=Tone.QUIET, width=0.75))
        marks += _heading(band, lanes) if lanes.frame.heading else _name(band)
    return marks


def _name(band: Band) -> Iterator[Mark]:
    """The name of a home to the left of the names of those who lived there."""
    texts = [(text, True) for text in wrapped(band.name, 13, 138)]
    texts += [(band.kind, False)] if band.kind else []
    first = band.top + band.height / 2 + 4 - (len(texts) - 1) * 7.5
    for row, (text, bold) in enumerate(texts):
        yield Words(10, first + row * 15, text, size=13, bold=bold, anchor="start")


def _heading(band: Band, lanes: Lanes) -> Iterator[Mark]:
    """The name of a home over the lines of those who lived there."""
    text = f"{band.name} ({band.kind})" if band.kind else band.name
    most = lanes.frame.width - 16
    for words in wrapped(text, 13, most, most=1):
        yield Words(8, band.top + 19, words, size=13, bold=True, anchor="start", halo=True)


def _person(
    person: str,
    lanes: Lanes,
    people: dict[str, Relative],
    sentence: str,
    look: LanesLook,
    plans: tuple[tuple[date, date, str], ...],
) -> Group:
    """One person through all bands: names at the left, stays, steps, birth and death."""
    one, gutter = people[person], lanes.frame.gutter
    mine = _stays_of(person, lanes)
    marks: list[Mark] = []
    name = name_of(one)
    short = name.split()[0] if width_of(name, SMALLEST) > min(100, gutter - 18) else name
    for band in lanes.bands:
        if person in band.people:
            y = lanes.lines[band.household, person]
            marks.append(Words(gutter - 12, y + 4, short, anchor="end", bold=one.is_child))
    for stay in mine:
        marks += _step(stay, mine, lanes)
    for stay in mine:
        marks += _stay(stay, one, mine, lanes)
        if _came_during_a_plan(stay, lanes, people, plans):
            place = circle(lanes.x(stay.first), lanes.y(stay), 7)
            marks.append(Path(place, stroke=Tone.HARM, width=2, role="during-plan"))
    marks += _birth_and_death(one, mine, lanes)
    href = look.link_for(person)
    return Group(
        tuple(marks),
        kind="lane",
        name=sentence,
        href=href,
        role="" if href else "img",
        keys=(("person", person),),
    )


def _elsewhere(stay: Stay, mine: list[Stay]) -> list[tuple[date, date]]:
    """The stretches of a stay in which the person is at another home too."""
    return sorted(
        (max(other.first, stay.surely_from), min(other.last, stay.surely_to))
        for other in mine
        if other.household not in ("", stay.household)
        and other.nature != StayNature.VISITS
        and other.is_dated
        and other.first <= stay.surely_to
        and stay.surely_from <= other.last
    )


def _stay(stay: Stay, one: Relative, mine: list[Stay], lanes: Lanes) -> list[Mark]:
    y = lanes.y(stay)
    first, sure, sure_to, last = (
        lanes.x(day) for day in (stay.first, stay.surely_from, stay.surely_to, stay.last)
    )
    if not stay.household:
        return hatched(first, max(last, first + 3), y)
    dash: tuple[float, ...] = () if one.is_identified else (4.0, 3.0)
    marks: list[Mark] = []
    if stay.nature == StayNature.VISITS or not stay.is_dated:
        marks.append(_level(sure, max(sure_to, sure + 2), y, 2.0, (2.0, 4.0), "often"))
    elif stay.nature == StayNature.STAYS:
        marks.append(_level(sure, max(sure_to, sure + 2), y, 2.5, dash, "stays"))
    else:
        marks += _lived(stay, mine, lanes, dash)
    for a, b in ((first, sure), (sure_to, last)):
        if b - a > 1.5:
            marks.append(_level(a, b, y, 1.5, (1.5, 3.0), "perhaps"))
    note = f"{len(stay.nights)} nights a week" if stay.nights else ""
    note = note or ("" if stay.is_dated else "date not known")
    if note and last - first > width_of(note, SMALLEST) + 8:
        marks.append(Words(sure + 6, y - 5, note, anchor="start", tone=Tone.QUIET, halo=True))
    return marks


def _lived(stay: Stay, mine: list[Stay], lanes: Lanes, dash: tuple[float, ...]) -> list[Mark]:
    """Thick where it is the only home, thin while there is another."""
    y, here, end = lanes.y(stay), lanes.x(stay.surely_from), lanes.x(stay.surely_to)
    end = max(end, here + 2)
    marks: list[Mark] = []
    for start, stop in _elsewhere(stay, mine):
        a, b = max(lanes.x(start), here), min(lanes.x(stop), end)
        if b - a < 1:
            continue
        if a > here:
            marks.append(_level(here, a, y, 5.0, dash, "lives"))
        marks.append(_level(a, b, y, 2.5, dash, "stays"))
        here = max(here, b)
    if here < end:
        marks.append(_level(here, end, y, 5.0, dash, "lives"))
    return marks


def _level(
    first: float, last: float, y: float, width: float, dash: tuple[float, ...], role: str
) -> Path:
    return Path(path_through(((first, y), (last, y))), width=width, dash=dash, role=role)


def _step(after: Stay, mine: list[Stay], lanes: Lanes) -> list[Mark]:
    """How somebody came into a band: upright on a certain day, else a slope over what it can mean.

    From a home they keep meanwhile the step is thin and dotted; out of nowhere there is none.
    """
    day = timedelta(days=1)
    if after.surely_from <= lanes.span.first:
        return []  # they came before the first day shown
    if any(s.household == after.household and s.first < after.first <= s.last for s in mine):
        return []  # there already, by another account
    near = [
        other
        for other in mine
        if other.household != after.household
        and other.first <= after.first
        and other.last + day >= after.first
        and other.nature != StayNature.VISITS
        and after.nature != StayNature.VISITS
    ]
    left = [other for other in near if other.last <= after.surely_from + day]
    if left:
        before = max(left, key=lambda s: (s.last, s.first))
        start = min(max(before.surely_to, before.first), after.first)
        a, b = lanes.x(start), lanes.x(after.surely_from)
        a = b if b - a < 4 else a
        points = ((a, lanes.y(before)), (b, lanes.y(after)))
        return [Path(path_through(points), width=2.5, role="step")]
    if near:
        before = max(near, key=lambda s: (s.nature == StayNature.LIVES, s.first))
        x = lanes.x(after.surely_from)
        points = ((x, lanes.y(before)), (x, lanes.y(after)))
        return [Path(path_through(points), width=1, dash=(2.0, 3.0), role="second-home")]
    return []


def _came_during_a_plan(
    stay: Stay,
    lanes: Lanes,
    people: dict[str, Relative],
    plans: tuple[tuple[date, date, str], ...],
) -> bool:
    """Whether an adult comes to live where a child lives while a plan is in force.

    This is the moment the plan's assumptions change.
    """
    if people[stay.person].is_child or not (stay.household and stay.is_dated):
        return False
    if stay.nature == StayNature.VISITS or not any(a < stay.first <= b for a, b, _ in plans):
        return False
    of_person = [s for s in lanes.stays if s.household == stay.household]
    if any(s.person == stay.person and s.first < stay.first <= s.last for s in of_person):
        return False  # they were there already, by another account
    children = {
        s.person for s in of_person if people[s.person].is_child and s.first <= stay.first <= s.last
    }
    homes = {
        s.household
        for s in lanes.stays
        if s.person == stay.person and s.household and s.first < stay.first <= s.last
    }
    lived_with = {s.person for s in lanes.stays if s.household in homes and s.first < stay.first}
    return bool(children) and not lived_with & {p for p in people if people[p].is_child}


def _birth_and_death(one: Relative, mine: list[Stay], lanes: Lanes) -> list[Mark]:
    marks: list[Mark] = []
    born = one.born.from_min if one.born else None
    if born and lanes.span.first <= born <= lanes.span.last and mine:
        x, y = lanes.x(born), lanes.y(mine[0])
        marks.append(Path(circle(x, y, 4.5), fill=Tone.PAPER, width=2, role="birth"))
    died = one.died.from_min if one.died else None
    if died and lanes.span.first <= died <= lanes.span.last and mine:
        x, y = lanes.x(died), lanes.y(mine[-1])
        for sign in (1, -1):
            cross = path_through(((x - 6, y - 6 * sign), (x + 6, y + 6 * sign)))
            marks.append(Path(cross, width=2, role="death"))
    return marks
