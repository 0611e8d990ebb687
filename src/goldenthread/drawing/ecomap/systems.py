"""What surrounds a family: agencies and network people, each at an angle of its own for all time.

A system stands where it stands on every date; a day only says how its tie is, or that it is not
involved then. Sizes follow whom it is involved with: a child first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.vocabulary import ClaimKind, NetworkNature
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.drawing import dates
from goldenthread.drawing.believed import is_believed

LARGE, MIDDLE, SMALL = 60.0, 53.0, 46.0  # px: radii
APART = 176.0  # px along the ring for each system
NO_CONTACT = "no contact recorded"
CONTACT = "last contact "


@dataclass(frozen=True, slots=True)
class System:
    """An agency or a person around the family. `claims` are its ties, all dates; x and y in px.

    `last_contact` is in words; empty for people, of whom no contacts are kept.
    """

    id: str
    name: str
    is_agency: bool
    what: str
    x: float
    y: float
    radius: float
    claims: tuple[Claim, ...]
    last_contact: str = ""

    def ties(self, on: date) -> tuple[Claim, ...]:
        """Its ties on a day, undated ones included."""
        return tuple(claim for claim in self.claims if claim.held_on(on) is not False)

    def absence(self, on: date) -> str:
        """Why it has no tie on a day: not yet, or over; empty where it has one."""
        if self.ties(on):
            return ""
        begins = [c.happened.from_min for c in self.claims if c.happened.from_min]
        if begins and min(begins) > on:
            return "not yet involved"
        ends = [c.happened.to_max for c in self.claims if c.happened.to_max]
        return f"until {dates.day(max(ends))}" if ends else "no longer involved"


@dataclass(frozen=True, slots=True)
class Ring:
    """All systems around the middle, and the size of the sheet, in pixels."""

    systems: tuple[System, ...]
    width: float
    height: float
    middle: tuple[float, float]
    centre_radius: float


def ring_of(
    network: Network,
    known: frozenset[str] | None,
    hidden: frozenset[str],
    contacts: Mapping[str, PartialDate],
    on: date,
) -> Ring:
    """The systems a network ever names, in a fixed order: agencies by name, then people.

    The angles come from all of `network`; `known` and `hidden` only leave some out.
    """
    every = _found(network)
    count = max(1, len(every))
    centre = 104.0
    across = max(centre + 190, count * APART / (2 * pi))
    down = max(centre + 150, across * 0.9)
    middle = (across + LARGE + 40, down + LARGE + 70)
    children = {one.id for one in network.people if one.is_child}
    systems = []
    for place, (key, name, claims) in enumerate(every):
        angle = 2 * pi * place / count - pi / 2
        claims = tuple(c for c in claims if is_believed(c, known))
        if not claims or key in hidden:
            continue
        is_agency = any(c.kind == ClaimKind.INVOLVEMENT for c in claims)
        systems.append(
            System(
                key,
                name,
                is_agency,
                "" if is_agency else _what(claims),
                round(middle[0] + across * cos(angle), 1),
                round(middle[1] + down * sin(angle), 1),
                _radius(claims, children),
                claims,
                _contact(contacts.get(key), on) if is_agency else "",
            )
        )
    width, height = (round(2 * each, 1) for each in middle)
    return Ring(tuple(systems), width, height, middle, centre)


def _found(network: Network) -> list[tuple[str, str, tuple[Claim, ...]]]:
    names = dict(network.agencies)
    agencies: dict[str, list[Claim]] = {}
    people: dict[str, list[Claim]] = {}
    for claim in network.claims:
        if not claim.says_so:
            continue
        if claim.kind == ClaimKind.INVOLVEMENT and claim.agency:
            agencies.setdefault(claim.agency, []).append(claim)
        if claim.kind == ClaimKind.NETWORK:
            people.setdefault(claim.person, []).append(claim)
    called = {one.id: one.name or one.description or one.role for one in network.people}
    return [
        *sorted(
            ((key, names.get(key, key), tuple(c)) for key, c in agencies.items()),
            key=lambda found: (found[1], found[0]),
        ),
        *sorted(
            ((key, called[key], tuple(c)) for key, c in people.items() if key in called),
            key=lambda found: (found[1], found[0]),
        ),
    ]


def _what(claims: tuple[Claim, ...]) -> str:
    return NetworkNature.label_of(claims[-1].nature).lower()


def _radius(claims: tuple[Claim, ...], children: set[str]) -> float:
    """Large around a child, middle around several adults, else small."""
    with_whom = {person for claim in claims for person in claim.people}
    if with_whom & children:
        return LARGE
    return MIDDLE if len(with_whom) > 1 or len(claims) > 1 else SMALL


def _contact(when: PartialDate | None, on: date) -> str:
    if when is None or (when.from_min is not None and when.from_min > on):
        return NO_CONTACT
    return f"{CONTACT}{dates.short(when)}"
