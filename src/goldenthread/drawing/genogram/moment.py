"""A day of the network, ready to be looked things up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.at_date import (
    CarerAt,
    CoupleAt,
    NetworkAt,
    PersonAt,
    Presence,
    TieAt,
)
from goldenthread.domain.network.vocabulary import ClaimKind


@dataclass(frozen=True, slots=True)
class Moment:
    """One day's people by id, couples by pair, and care by carer."""

    at: NetworkAt
    people: Mapping[str, PersonAt]
    couples: Mapping[frozenset[str], CoupleAt]
    care: Mapping[str, tuple[tuple[str, CarerAt], ...]]

    @property
    def on(self) -> date:
        """The day."""
        return self.at.on

    def presence(self, person: str) -> str:
        """Present, died, unborn or not_yet; somebody the layout added is always present."""
        return self.people[person].presence if person in self.people else Presence.PRESENT

    def age(self, person: str) -> str:
        """The age in words; empty for somebody the network does not hold."""
        return self.people[person].age_words if person in self.people else ""

    def ties(self, kind: ClaimKind) -> tuple[TieAt, ...]:
        """The ties of one kind in force."""
        return tuple(tie for tie in self.at.ties if tie.kind == kind)


def moment_of(at: NetworkAt) -> Moment:
    """The day with its indexes made."""
    care: dict[str, list[tuple[str, CarerAt]]] = {}
    for child in at.care:
        for carer in child.carers:
            care.setdefault(carer.carer, []).append((child.child, carer))
    return Moment(
        at,
        {one.id: one for one in at.people},
        {frozenset(couple.people): couple for couple in at.couples},
        {carer: tuple(children) for carer, children in care.items()},
    )
