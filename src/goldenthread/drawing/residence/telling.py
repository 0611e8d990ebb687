"""Household lanes in words: who was where on a day, and a row for each stay and each gap."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.network.at_date import NetworkAt
from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import StayNature
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.drawing import dates
from goldenthread.drawing.residence.lanes import Lanes
from goldenthread.drawing.residence.stays import GAP, LanesLook, Stay

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_KNOWN = "Not known where"


@dataclass(frozen=True, slots=True)
class Row:
    """One stay or gap: who, where, from when to when, how, which nights, by whose word."""

    person: str
    who: str
    where: str
    when: str
    how: str
    nights: str
    source: str
    known: str
    claim: str


def name_of(one: Relative) -> str:
    """What somebody is called."""
    return one.name or one.description or one.role or "Somebody whose name is not known"


def rows_of(network: Network, lanes: Lanes, look: LanesLook) -> tuple[Row, ...]:
    """A row for each stay, by address and then by time; the gaps last."""
    people = {one.id: one for one in network.people}
    names = {home.id: home.name for home in network.households}
    order = {band.household: place for place, band in enumerate(lanes.bands)}
    rows = []
    for stay in sorted(lanes.stays, key=lambda s: (order[s.household], s.first, s.last, s.person)):
        source = stay.claim.source if stay.claim else None
        rows.append(
            Row(
                person=stay.person,
                who=name_of(people[stay.person]),
                where=names.get(stay.household, stay.household) or NOT_KNOWN,
                when=when_of(stay),
                how=StayNature.label_of(stay.nature) if stay.nature else "",
                nights=", ".join(DAYS[night - 1] for night in stay.nights),
                source=source.agency_name if source else "",
                known=HowKnown.label_of(source.how_known) if source else "",
                claim=stay.claim.id if stay.claim else "",
            )
        )
    return tuple(rows)


def when_of(stay: Stay) -> str:
    """From when to when, as it was said; a gap by its first and last day."""
    if stay.claim is not None:
        return dates.in_words(stay.claim.happened)
    return f"{dates.day(stay.first)} to {dates.day(stay.last)}"


def stay_sentence(stay: Stay, network: Network) -> str:
    """One stay as part of a person's sentence."""
    names = {home.id: home.name for home in network.households}
    if stay.household == GAP:
        return f"not known where, {when_of(stay)}"
    verb = {StayNature.LIVES: "at", StayNature.STAYS: "at times at", StayNature.VISITS: "often at"}
    place = names.get(stay.household, "a household")
    return f"{verb.get(StayNature(stay.nature), 'at')} {place}, {when_of(stay)}"


def sentence_at(network: Network, at: NetworkAt, look: LanesLook) -> str:
    """Who lives where on the day: "On 14 March 2026: Ada and Ivy at 4 Elm Row; ..."."""
    names = {home.id: home.name for home in network.households}
    people = {one.id: one for one in network.people}
    parts, placed = [], set()
    for home in at.households:
        there = [
            member.person
            for member in home.members
            if member.nature != StayNature.VISITS and member.person not in look.hidden
        ]
        placed.update(there)
        if there:
            who = _listed([first_name(people[person]) for person in there])
            parts.append(f"{who} at {names.get(home.household, home.household)}")
    lost = [
        first_name(people[one.id])
        for one in at.people
        if one.presence == Presence.PRESENT
        and people[one.id].is_child
        and one.id not in placed | look.hidden
    ]
    if lost:
        parts.append(f"not known where: {_listed(lost)}")
    said = "; ".join(parts) or "nobody is recorded as living anywhere"
    return f"On {dates.day(at.on)}: {said}."


def first_name(one: Relative) -> str:
    """The first word of a name; the whole description of somebody nobody can name."""
    return name_of(one).split()[0] if one.name and one.is_identified else name_of(one)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
