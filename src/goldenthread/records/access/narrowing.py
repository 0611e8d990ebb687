"""What a document for others leaves out of what its sender reads: all that they may not have.

For practitioners it asks the same query forms as their own pages do. For somebody without the
record it starts from what the sender's own agency wrote and nothing restricts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.access.recipient import (
    LeftOut,
    left_out_for_outsider,
    left_out_for_reader,
)
from goldenthread.domain.access.restrictions import Narrowing, hides_source
from goldenthread.records.access.people_seen import households_seen, members_seen
from goldenthread.records.access.reading import (
    all_filed,
    held_by_agency,
    known_of,
    sources_hidden_from,
    visible_to,
)
from goldenthread.records.access.restricting import NOBODY, restricted_among
from goldenthread.records.network.models import Claim
from goldenthread.records.network.reading import households_of
from goldenthread.records.people.models import StatementSubject
from goldenthread.records.people.reading import members
from goldenthread.records.provenance.models import Statement

Ids = frozenset[UUID]
Reader = tuple[Actor, FamilyTies]


def narrowed(
    case: UUID, sender: Reader, readers: Sequence[Reader], outsiders: Sequence[UUID | None],
    *, now: datetime,
) -> tuple[Narrowing, dict[UUID, frozenset[LeftOut]]]:  # fmt: skip
    """What is left out for all of these, and of the sender's own entries each with why.

    `readers` are practitioners with their ties to the family; `outsiders` are people of the family
    by id, or None for somebody said in words. The queries do not grow with the entries.
    """
    actor, ties = sender
    mine, filed = _ids(visible_to(case, actor, ties, now=now)), _ids(all_filed(case))
    left: dict[UUID, set[LeftOut]] = defaultdict(set)
    absent, sources = set[UUID](), set[UUID]()
    for reader, theirs in readers:
        _for_reader(case, reader, theirs, mine, left, now=now)
        # What the sender is only told to exist is not told on to whom it does not.
        absent |= filed - _ids(known_of(case, reader, theirs))
        sources |= sources_hidden_from(reader, theirs.restrictions)
    for person in outsiders:
        _for_outsider(case, actor, person, mine, left)
        absent |= filed - mine
        sources |= {
            id
            for id, one in ties.restrictions.entries.items()
            if hides_source(one, NOBODY, frozenset())
        }
    given = mine - left.keys()
    narrowing = Narrowing(
        entries=frozenset(absent | left.keys()),
        sources=frozenset(sources),
        people=_people_not_named(case, readers, bool(outsiders), given, now=now),
        homes=_homes_not_named(case, readers, bool(outsiders), given, now=now),
    )
    return narrowing, {id: frozenset(why) for id, why in left.items()}


def _for_reader(
    case: UUID, reader: Actor, ties: FamilyTies, mine: Ids, left: dict[UUID, set[LeftOut]],
    *, now: datetime,
) -> None:  # fmt: skip
    may_read = _ids(visible_to(case, reader, ties, now=now))
    filed = all_filed(case)
    told = _ids(filed if ties.reads_all else filed.filter(held_by_agency(reader, now)))
    for id in mine:
        why = left_out_for_reader(agency=reader.agency, is_told=id in told, may_read=id in may_read)
        if why:
            left[id].add(why)


def _for_outsider(
    case: UUID, sender: Actor, person: UUID | None, mine: Ids, left: dict[UUID, set[LeftOut]]
) -> None:
    own = _ids(all_filed(case).filter(agency=sender.agency))
    restricted = restricted_among(case)
    about = mine if person is None else _naming(person, mine)
    for id in mine:
        why = left_out_for_outsider(
            is_own=id in own, is_restricted=id in restricted, is_about_them=id in about
        )
        if why:
            left[id].add(why)


def _people_not_named(
    case: UUID, readers: Iterable[Reader], has_outsiders: bool, given: Ids, *, now: datetime
) -> Ids:
    everybody = members(case)[case]
    absent = set[UUID]()
    for reader, ties in readers:
        seen = {one.person for one in members_seen(case, reader, ties, now=now)}
        absent |= {one.person for one in everybody} - seen
    if has_outsiders:
        named = _named_in(given)
        absent |= {one.person for one in everybody if one.brought_by} - named
    return frozenset(absent)


def _homes_not_named(
    case: UUID, readers: Iterable[Reader], has_outsiders: bool, given: Ids, *, now: datetime
) -> Ids:
    everywhere = {home.id for home in households_of(case)}
    absent = set[UUID]()
    for reader, ties in readers:
        absent |= everywhere - {home.id for home in households_seen(case, reader, ties, now=now)}
    if has_outsiders:
        named = Claim.objects.filter(statement__in=given, household__isnull=False)
        absent |= everywhere - set(named.values_list("household_id", flat=True))
    return frozenset(absent)


def _naming(person: UUID, among: Ids) -> Ids:
    said = StatementSubject.objects.filter(person=person, statement__in=among)
    claimed = Claim.objects.filter(Q(person=person) | Q(other=person), statement__in=among)
    return frozenset(said.values_list("statement_id", flat=True)) | frozenset(
        claimed.values_list("statement_id", flat=True)
    )


def _named_in(statements: Ids) -> Ids:
    said = StatementSubject.objects.filter(statement__in=statements)
    claims = Claim.objects.filter(statement__in=statements).values_list("person_id", "other_id")
    found = set(said.values_list("person_id", flat=True))
    return frozenset(found | {one for pair in claims for one in pair if one})


def _ids(statements: QuerySet[Statement]) -> Ids:
    return frozenset(statements.values_list("id", flat=True))
