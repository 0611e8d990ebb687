"""The places of household lanes: a band for each address, a line in it for everybody who was there.

Both orders are fixed for the whole picture, whatever the day the cursor stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import HomeNature
from goldenthread.drawing.residence.stays import (
    GAP,
    LanesLook,
    Span,
    Stay,
    gaps_of,
    span_of,
    stays_of,
)

GUTTER, PLOT = 268.0, 840.0  # px: the names on the left, the days on the right
TOP, SLOT, PADDING = 86.0, 24.0, 9.0  # px: above the bands, one line, around a band's lines
_KINDS = {
    HomeNature.PLACEMENT: "placement",
    HomeNature.HOSPITAL: "hospital",
    HomeNature.CUSTODY: "custody",
    HomeNature.SUPPORTED: "supported housing",
}


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

    @property
    def height(self) -> float:
        """Where the last band ends, in pixels."""
        return self.bands[-1].top + self.bands[-1].height if self.bands else TOP

    def x(self, day: date) -> float:
        """Where a day begins, in pixels."""
        inside = min(max(day, self.span.first), self.span.last)
        return round(
            GUTTER + PLOT * (inside - self.span.first).days / max(1, self.span.days - 1), 1
        )

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
    bands: list[Band] = []
    lines: dict[tuple[str, str], float] = {}
    top = TOP
    for household in _order(network, stays):
        people = _order_within(network, [s for s in stays if s.household == household])
        height = PADDING * 2 + SLOT * len(people)
        name = names.get(household, household) if household else "Not known where"
        kind = _KINDS.get(kinds.get(household, ""), "")
        bands.append(Band(household, name, kind, top, height, people))
        for place, person in enumerate(people):
            lines[household, person] = top + PADDING + SLOT * (place + 0.5)
        top += height
    return Lanes(span, tuple(bands), tuple(stays), lines)


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
