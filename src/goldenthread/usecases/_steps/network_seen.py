"""Loads what one reader may see of a family's network, and what of it a viewpoint knew.

Everything rests on the statements the reader may read. Somebody known only from others is absent,
and so is a household: what is withheld leaves no empty place. The number of queries is constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.network.claim import Claim, Household, Network, Relative, Source
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import Link, Standing, standings
from goldenthread.domain.provenance.statement import SOURCE_PROTECTED
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import households_seen, members_seen
from goldenthread.records.access.reading import sources_hidden_from, visible_to
from goldenthread.records.chronology.reading import known_to
from goldenthread.records.network import reading
from goldenthread.records.network.reading import HouseholdRow, SaidRow
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.shared.reading import AgencyRow, agencies, practitioner_names
from goldenthread.usecases._steps.permission import Permission


@dataclass(frozen=True)
class LoadedNetwork:
    """One reader's scope of a family's network, and the part of it a viewpoint knew."""

    network: Network
    seen: Network
    known_claims: frozenset[str]
    known_people: frozenset[str]
    members: tuple[MemberRow, ...]
    said: tuple[SaidRow, ...]
    known: frozenset[UUID]
    subjects: Mapping[UUID, tuple[UUID, ...]]
    agencies: dict[UUID, AgencyRow]

    @property
    def readable(self) -> frozenset[UUID]:
        """The statements the reader may read."""
        return frozenset(row.id for row in self.said)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the queries gave, before anything is worked out."""

    said: list[SaidRow]
    known: frozenset[UUID]
    subjects: dict[UUID, tuple[UUID, ...]]
    claims: list[tuple[UUID, Claim]]
    links: list[Link]
    households: list[HouseholdRow]
    members: tuple[MemberRow, ...]
    agencies: dict[UUID, AgencyRow]


def load_network(permission: Permission, viewpoint: Viewpoint, *, now: datetime) -> LoadedNetwork:
    """Load the network one permitted reader may see, and what of it the viewpoint knew."""
    rows = _query(permission, viewpoint, now)
    people = rows.members
    named = {str(member.person) for member in people}
    names = practitioner_names({row.asserted_by for row in rows.said if row.asserted_by})
    kept = sources_hidden_from(permission.actor, permission.ties.restrictions)
    sources = {row.id: source_of(row, rows.agencies, names, kept) for row in rows.said}
    now_standing = standing_by(rows.links)
    claims = tuple(
        replace(claim, source=replace(sources[made], standing=now_standing(made)))
        for made, claim in rows.claims
        if named.issuperset(claim.people)
    )
    network = Network(
        people=tuple(relative_of(member) for member in people),
        claims=claims,
        households=tuple(Household(str(row.id), row.name, row.nature) for row in rows.households),
        agencies=_agencies_named(claims, rows.agencies),
    )
    seen = _seen(network, people, rows, viewpoint)
    return LoadedNetwork(
        network=network,
        seen=seen,
        known_claims=frozenset(claim.id for claim in seen.claims),
        known_people=frozenset(person.id for person in seen.people),
        members=people,
        said=tuple(rows.said),
        known=rows.known,
        subjects=rows.subjects,
        agencies=rows.agencies,
    )


def _query(permission: Permission, viewpoint: Viewpoint, now: datetime) -> _Rows:
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    known = known_to(case, viewpoint).filter(id__in=visible.values("id"))
    subjects: dict[UUID, tuple[UUID, ...]] = {}
    for statement, person in reading.subjects_in(visible):
        subjects[statement] = (*subjects.get(statement, ()), person)
    return _Rows(
        said=reading.statements_in(visible),
        known=frozenset(known.values_list("id", flat=True)),
        subjects=subjects,
        claims=reading.claims_in(visible),
        links=reading.links_in(visible),
        households=households_seen(case, permission.actor, permission.ties, now=now),
        members=members_seen(case, permission.actor, permission.ties, now=now),
        agencies=agencies(),
    )


def _agencies_named(
    claims: tuple[Claim, ...], known: dict[UUID, AgencyRow]
) -> tuple[tuple[str, str], ...]:
    named = {claim.agency for claim in claims} | {c.source.agency for c in claims if c.source}
    return tuple((str(row.id), row.name) for row in known.values() if str(row.id) in named)


def relative_of(member: MemberRow) -> Relative:
    """A member of the family as somebody of its network."""
    return Relative(
        id=str(member.person),
        name=member.name,
        gender=member.gender,
        born=member.born,
        died=member.died,
        expected_on=member.expected_on,
        loss=member.loss,
        role=member.role,
        is_child=member.is_child,
        is_identified=member.is_identified,
        description=member.description,
    )


def source_of(
    row: SaidRow,
    known: Mapping[UUID, AgencyRow],
    names: Mapping[UUID, str],
    sources_kept: frozenset[UUID],
) -> Source:
    """Whose word a statement is; `names` are its authors'. Its standing is not read here.

    Of `sources_kept` the reader is not told who told it, nor how it is known.
    """
    is_kept = row.id in sources_kept
    author = names.get(row.asserted_by, "") if row.asserted_by else ""
    return Source(
        statement=str(row.id),
        agency=str(row.agency),
        agency_name=known[row.agency].name,
        how_known=HowKnown.NOT_RECORDED.value if is_kept else row.how_known,
        known_on=day_of(row.known_at),
        asserted_by=author or row.asserted_by_words,
        informant=SOURCE_PROTECTED if is_kept else row.informant,
    )


def standing_by(links: Iterable[Link]) -> Callable[[UUID], Standing]:
    """How a statement stands by these links; it stands where none of them answers it."""
    pictures = standings(links)

    def of(statement: UUID) -> Standing:
        found = pictures.get(statement)
        return found.standing if found else Standing.STANDS

    return of


def _seen(
    network: Network, people: tuple[MemberRow, ...], rows: _Rows, viewpoint: Viewpoint
) -> Network:
    """What the viewpoint knew, each claim with the standing it had by what was known then."""
    then = standing_by(link for link in rows.links if {link.source, link.target} <= rows.known)
    claims = tuple(
        replace(claim, source=replace(claim.source, standing=then(made)))
        for claim in network.claims
        if claim.source and (made := UUID(claim.source.statement)) in rows.known
    )
    named = {str(one) for made in rows.known for one in rows.subjects.get(made, ())}
    named |= {person for claim in claims for person in claim.people}
    if viewpoint.agency is None:
        named |= _nowhere_named(people, rows)
    homes = {claim.household for claim in claims}
    if viewpoint.agency is None:
        everywhere = {claim.household for claim in network.claims}
        homes |= {home.id for home in network.households if home.id not in everywhere}
    return replace(
        network,
        people=tuple(person for person in network.people if person.id in named),
        claims=claims,
        households=tuple(home for home in network.households if home.id in homes),
    )


def _nowhere_named(people: tuple[MemberRow, ...], rows: _Rows) -> set[str]:
    """Those the record holds and nothing the reader may read names: nobody knows since when."""
    read_of = {str(person) for named in rows.subjects.values() for person in named}
    read_of |= {person for _, claim in rows.claims for person in claim.people}
    return {str(member.person) for member in people} - read_of
