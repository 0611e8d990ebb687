"""The places of household lanes: a band for each address, a line in it for everybody who was there.

Both orders are fixed for the whole picture, whatever the day the cursor stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import HomeNature
from goldenthread.drawing.residence.stays import (
    DAY,
    GAP,
    LanesLook,
    Span,
    Stay,
    clipped,
    gaps_of,
    span_of,
    stays_of,
)

SLOT, PADDING = 24.0, 9.0  # px: one line, around a band's lines
_KINDS = {
    HomeNature.PLACEMENT: "placement",
    HomeNature.HOSPITAL: "hospital",
    HomeNature.CUSTODY: "custody",
    HomeNature.SUPPORTED: "supported housing",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """How a sheet of lanes is divided, in pixels: names on the left, days on the right, the room
    above the bands and, where a band's name stands over its lines, the room for that."""

    gutter: float
    plot: float
    top: float
    heading: float = 0.0

    @property
    def right(self) -> float:
        """Where the last day ends."""
        return self.gutter + self.plot

    @property
    def width(self) -> float:
        """The width of the whole sheet."""
        return self.right + (24 if not self.heading else 12)


WIDE = Frame(gutter=268.0, plot=738.0, top=86.0)  # on A4 laid across, at full size
NARROW = Frame(gutter=92.0, plot=220.0, top=58.0, heading=24.0)  # on a phone, without scrolling
# The days a narrow sheet shows before and after the day looked at.
BEFORE, AFTER = 275 * DAY, 90 * DAY


@dataclass(frozen=True, slots=True)
class Band:
    """One address: its name, what kind it is where that matters, and its top and height in px."""

    household: str
    name: str
    kind: str
    top: float
    height: float
    people: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether it is the band of not knowing where."""
        return self.household == GAP


@dataclass(frozen=True, slots=True)
class Lanes:
    """All bands and stays of a family, with where each day and each line lies."""

    span: Span
    bands: tuple[Band, ...]
    stays: tuple[Stay, ...]
    lines: Mapping[tuple[str, str], float]
    frame: Frame = WIDE

    @property
    def height(self) -> float:
        """Where the last band ends, in pixels."""
        return self.bands[-1].top + self.bands[-1].height if self.bands else self.frame.top

    def x(self, day: date) -> float:
        """Where a day begins, in pixels."""
        inside = min(max(day, self.span.first), self.span.last)
        share = (inside - self.span.first).days / max(1, self.span.days - 1)
        return round(self.frame.gutter + self.frame.plot * share, 1)

    def y(self, stay: Stay) -> float:
        """The line of a stay, in pixels."""
        return self.lines[stay.household, stay.person]


def lanes_of(network: Network, look: LanesLook, since: date | None, until: date) -> Lanes:
    """The bands and lines of everybody who lived anywhere between two days."""
    span = span_of(network, since, until)
    kinds = {home.id: home.nature for home in network.households}
    every = stays_of(network, look, span)
    unknown = {key for key, kind in kinds.items() if kind == HomeNature.NOT_KNOWN}
    stays = [stay for stay in every if stay.household not in unknown]
    for one in network.people:
        if one.id not in look.hidden:
            stays += gaps_of(one, every, span, kinds)
    names = {home.id: home.name for home in network.households}
    bands = []
    for household in _order(network, stays):
        people = _order_within(network, [s for s in stays if s.household == household])
        name = names.get(household, household) if household else "Not known where"
        kind = _KINDS.get(kinds.get(household, ""), "")
        bands.append(Band(household, name, "" if kind == name.lower() else kind, 0, 0, people))
    return _stacked(Lanes(span, tuple(bands), tuple(stays), {}), WIDE)


def narrowed(lanes: Lanes, on: date) -> Lanes:
    """The same bands and lines over the months about one day, as a phone shows them.

    Every band and line keeps its place, whatever the day: only the days shown are others.
    """
    last = min(max(on, lanes.span.first) + AFTER, lanes.span.last)
    first = max(last - BEFORE - AFTER, lanes.span.first)
    span = Span(first, max(last, first + DAY))
    stays = tuple(clipped(s, span) for s in lanes.stays if s.first <= last and s.last >= first)
    return _stacked(replace(lanes, span=span, stays=stays), NARROW)


def _stacked(lanes: Lanes, frame: Frame) -> Lanes:
    """The bands one under the other, with the place of every line in them."""
    bands: list[Band] = []
    lines: dict[tuple[str, str], float] = {}
    top = frame.top
    for band in lanes.bands:
        height = PADDING * 2 + frame.heading + SLOT * len(band.people)
        bands.append(replace(band, top=top, height=height))
        for place, person in enumerate(band.people):
            first = top + PADDING + frame.heading
            lines[band.household, person] = first + SLOT * (place + 0.5)
        top += height
    return replace(lanes, bands=tuple(bands), lines=lines, frame=frame)


def _order(network: Network, stays: list[Stay]) -> list[str]:
    """The children's latest address, then by the days children spent there, then by first day."""
    children = {one.id for one in network.people if one.is_child}

    def place(household: str) -> tuple[bool, bool, int, date, str]:
        mine = [stay for stay in stays if stay.household == household]
        theirs = [stay for stay in mine if stay.person in children]
        days = sum((stay.last - stay.first).days + 1 for stay in theirs)
        last = max((stay.last for stay in theirs), default=date.min)
        latest = max((s.last for s in stays if s.person in children and s.household), default=None)
        return household == GAP, last != latest, -days, min(s.first for s in mine), household

    return sorted({stay.household for stay in stays}, key=place)


def _order_within(network: Network, stays: list[Stay]) -> tuple[str, ...]:
    """Children by age, then adults by the day they came."""
    people = {one.id: one for one in network.people}

    def place(person: str) -> tuple[bool, float, str]:
        one = people[person]
        came = min(stay.first for stay in stays if stay.person == person).toordinal()
        return not one.is_child, (one.born_as_number or 0.0) if one.is_child else came, person

    return tuple(sorted({stay.person for stay in stays}, key=place))
