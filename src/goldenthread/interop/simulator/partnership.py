"""Generates invented families with the shape of a partnership's records: the same for a seed.

Shapes, not people: names are drawn from short lists, entries from plain sentence patterns. The
proportions (about a hundred entries a child over some years, bursts around events, two agencies in
three entries told to somebody, one entry in five a strength) are this product's working
assumptions for load, not findings about children.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.chronology.admitting import (
    AdmittedEntry,
    ProposedEntry,
    Telling,
    admit,
)
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.partial_date import not_known, on_day, parse_edtf
from goldenthread.interop.simulator import words
from goldenthread.usecases.people.set_up import (
    NewAgency,
    NewFamily,
    NewMember,
    NewPractitioner,
    NewTeamMember,
)

ENTRIES_A_CHILD = 100
CHILDREN_A_FAMILY = (1, 1, 1, 2, 2, 3)
YEARS = 5
ENDS = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SimulatedFamily:
    """One family with its team and history."""

    family: NewFamily
    entries: tuple[AdmittedEntry, ...]

    @property
    def children(self) -> int:
        """How many children it has."""
        return sum(member.is_child for member in self.family.members)


class Partnership:
    """The agencies and practitioners, and families drawn one after another."""

    def __init__(self, seed: int, *, tag: str = "") -> None:
        self._chance = random.Random(f"partnership {seed}")
        self._tag = tag or str(seed)
        self.agencies = [
            NewAgency(self._id(), kind, f"{place} {name} ({self._tag})", "01632 960000")
            for place in words.PLACES
            for kind, name in words.AGENCY_NAMES.items()
        ]
        self.practitioners = [
            NewPractitioner(
                id=self._id(),
                agency=agency.id,
                name=f"{self._chance.choice(words.GIVEN)} {self._chance.choice(words.FAMILY)}",
                role="Practitioner",
                account=self._id(),
                email=f"{agency.kind}-{number}-{self._tag}-{place}@example.org",
            )
            for place, agency in enumerate(self.agencies)
            for number in range(3)
        ]
        self._by_place = [
            [p for p in self.practitioners if p.agency in ids]
            for ids in (
                {a.id for a in self.agencies if a.name.startswith(place)} for place in words.PLACES
            )
        ]
        self._agency = {a.id: a for a in self.agencies}

    def families(self, children: int) -> Iterator[SimulatedFamily]:
        """Families until they hold at least this many children."""
        made = number = 0
        while made < children:
            family = self.family(number, self._chance.choice(CHILDREN_A_FAMILY))
            made += family.children
            number += 1
            yield family

    def family(self, number: int, children: int, entries: int | None = None) -> SimulatedFamily:
        """One family; `entries` overrides how long its history is."""
        chance = self._chance
        local = chance.choice(self._by_place)
        team_size = chance.randint(4, 9)
        kinds: dict[UUID, NewPractitioner] = {}
        for practitioner in chance.sample(local, len(local)):
            kinds.setdefault(practitioner.agency, practitioner)
        team = list(kinds.values())[:team_size]
        began = ENDS.date() - timedelta(days=chance.randint(200, YEARS * 365))
        members = self._members(children, began)
        case = self._id()
        family = NewFamily(
            id=case,
            reference=f"SIM-{self._tag}-{number:06}",
            family_label=f"{members[0].family_name} family",
            opened_on=began,
            legal_status=chance.choice(words.STATUSES),
            members=members,
            team=tuple(
                NewTeamMember(
                    self._id(), p.id, "allocated" if place == 0 else "named_member", began
                )
                for place, p in enumerate(team)
            ),
        )
        count = entries or max(5, round(chance.gauss(ENTRIES_A_CHILD, 35))) * children
        return SimulatedFamily(family, self._entries(family, team, began, count))

    def _members(self, children: int, began: date) -> tuple[NewMember, ...]:
        chance = self._chance
        name = chance.choice(words.FAMILY)
        found = []
        for number in range(children):
            born = began + timedelta(days=chance.randint(-2000, 300))
            role = "child" if number == 0 else f"sibling {number}"
            given = chance.choice(words.GIVEN)
            found.append(NewMember(self._id(), role, given, name, is_child=True, born=on_day(born)))
        found.append(NewMember(self._id(), "mother", chance.choice(words.GIVEN), name))
        if chance.random() < 0.75:
            other = chance.choice(words.FAMILY)
            found.append(NewMember(self._id(), "father", chance.choice(words.GIVEN), other))
        else:
            found.append(
                NewMember(
                    self._id(),
                    "father",
                    is_identified=False,
                    description="Father, not identified",
                )
            )
        if chance.random() < 0.4:
            partner = chance.choice(words.GIVEN)
            found.append(NewMember(self._id(), "mother's partner", partner))
        return tuple(found)

    def _entries(
        self, family: NewFamily, team: list[NewPractitioner], began: date, count: int
    ) -> tuple[AdmittedEntry, ...]:
        """Entries in bursts: around each of a few events, several agencies write in a fortnight."""
        chance = self._chance
        days = (ENDS.date() - began).days
        bursts = [chance.randint(0, days - 1) for _ in range(max(1, count // 12))]
        entries = []
        for _ in range(count):
            near = chance.choice(bursts) + round(chance.expovariate(1 / 10))
            day = began + timedelta(days=min(near, days - 1))
            entries.append(self._entry(family, team, day))
        return tuple(sorted(entries, key=lambda e: e.statement.happened.sort_day))

    def _entry(self, family: NewFamily, team: list[NewPractitioner], day: date) -> AdmittedEntry:
        chance = self._chance
        by = chance.choice(team)
        kind = chance.choice(words.KINDS)
        lag = round(chance.expovariate(1 / 2)) if chance.random() < 0.3 else 0
        known = min(day + timedelta(days=lag), ENDS.date())
        others = [p.agency for p in team if p.agency != by.agency]
        told = chance.sample(others, min(len(others), chance.choice((0, 1, 1, 2))))
        tellings = tuple(
            Telling(
                agency, told=on_day(min(known + timedelta(days=chance.randint(0, 20)), ENDS.date()))
            )
            for agency in told
        )
        people = chance.sample(family.members, min(len(family.members), chance.randint(1, 3)))
        happened = on_day(day) if chance.random() < 0.93 else parse_edtf(f"{day:%Y-%m}~")
        return admit(
            ProposedEntry(
                id=self._id(),
                agency=by.agency,
                asserted_by=by.id,
                text=self._text(),
                happened=happened,
                how_known=chance.choice(("saw", "saw", "told", "told", "record")),
                subjects=tuple(Subject(m.id, m.role) for m in people),
                kind=kind,
                known=on_day(known) if happened.is_exact else not_known(),
                concerns=(chance.choice(words.CONCERNS),),
                impact=chance.choice(words.IMPACTS),
                action=chance.choice(words.ACTIONS),
                significance=chance.choice(("", "", "routine", "significant")),
                tellings=tellings,
            ),
            now=ENDS,
        )

    def _text(self) -> str:
        chance = self._chance
        return " ".join(chance.choice(part) for part in (words.OPENINGS, words.MIDDLES, words.ENDS))

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)
