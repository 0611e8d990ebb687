"""Reads how entries travelled: which agency came to know each and when, and which are one event.

Only of entries that the caller has already found to be readable (`visible`). The cost follows the
family: four queries, whatever its length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link, event_groups
from goldenthread.domain.provenance.vocabulary import Concern, Kind, LinkKind
from goldenthread.records.access.reading import all_filed
from goldenthread.records.decisions.models import Decision
from goldenthread.records.people.models import StatementSubject
from goldenthread.records.provenance import models as provenance
from goldenthread.records.provenance.models import ShareEvent, Statement, StatementLink
from goldenthread.records.shared.conditions import is_one_of

_ABOUT_AN_EVENT = (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT)


@dataclass(frozen=True, slots=True)
class Travelled:
    """The knowledge of some entries: who came to know them, which are one event, when each was so.

    `begun` is the last day on which what an entry tells of can have begun, None where not known.
    `bearing` are those that bear a concern or a strength, or were judged to matter.
    """

    awareness: tuple[Awareness, ...]
    groups: Mapping[UUID, UUID]
    begun: Mapping[UUID, date | None]
    bearing: frozenset[UUID]


def travelled(visible: QuerySet[Statement]) -> Travelled:
    """How these entries travelled, but for those that carry the record of a decision."""
    begun: dict[UUID, date | None] = {}
    bearing: set[UUID] = set()
    nothing = {Concern.NONE.value}
    of_decision = Exists(Decision.objects.filter(statement=OuterRef("pk")))
    rows = visible.exclude(of_decision).values_list(
        "id", "happened_from_max", "concerns", "kind", "significance"
    )
    for id, day, concerns, kind, significance in rows:
        begun[id] = day
        if kind == Kind.STRENGTH or significance or not nothing.issuperset(concerns):
            bearing.add(id)
    return Travelled(_awareness(begun), _groups(begun), begun, frozenset(bearing))


def _awareness(ids: Mapping[UUID, object]) -> tuple[Awareness, ...]:
    rows = provenance.Awareness.objects.filter(is_one_of("statement", ids))
    fields = "statement_id", "agency_id", "known_from", "level", "recorded_at"
    # A few agencies are in every row. One object for each spares comparing its id ever after.
    one_of: dict[UUID, UUID] = {}
    return tuple(
        Awareness(statement, one_of.setdefault(agency, agency), *rest)
        for statement, agency, *rest in rows.values_list(*fields)
    )


def _groups(ids: Mapping[UUID, object]) -> Mapping[UUID, UUID]:
    rows = StatementLink.objects.filter(
        is_one_of("source", ids), is_one_of("target", ids), kind__in=_ABOUT_AN_EVENT
    )
    links = [Link(*row) for row in rows.values_list("source_id", "target_id", "kind")]
    joined = {end for link in links for end in (link.source, link.target)}
    return event_groups(joined, links)


def holders_beyond(
    case: UUID, visible: QuerySet[Statement]
) -> tuple[frozenset[UUID], dict[UUID, frozenset[UUID]]]:
    """Which agencies recorded something of a family that is not among `visible`; and of whom.

    The agencies, and for each the people its entries are about. Never how much, when, or what.
    """
    hidden = all_filed(case).exclude(id__in=visible.values("id"))
    agencies = frozenset(hidden.values_list("agency_id", flat=True).distinct())
    of_hidden = Exists(hidden.filter(id=OuterRef("statement")))
    about = StatementSubject.objects.filter(Q(of_hidden))
    found: dict[UUID, set[UUID]] = {}
    for agency, person in about.values_list("statement__agency_id", "person_id").distinct():
        found.setdefault(agency, set()).add(person)
    return agencies, {agency: frozenset(people) for agency, people in found.items()}


@dataclass(frozen=True, slots=True)
class Asking:
    """That one agency was asked for information: the entry that says so, when, and what followed.

    `told_since` is when it last told the agency that asked anything of this family after that.
    """

    statement: UUID
    asked_at: datetime
    told_since: datetime | None


def askings_of(visible: QuerySet[Statement], *, by_agency: UUID) -> dict[UUID, Asking]:
    """For each agency, when `by_agency` last asked it for information by an entry told to it."""
    requests = visible.filter(agency=by_agency, kind=Kind.INFORMATION_REQUEST).values("id")
    told = ShareEvent.objects.filter(statement__in=requests, from_agency=by_agency, shared=True)
    last: dict[UUID, tuple[UUID, datetime]] = {}
    for agency, statement, at in told.order_by("told_at").values_list(
        "to_agency_id", "statement_id", "told_at"
    ):
        last[agency] = (statement, at)
    if not last:
        return {}
    back = ShareEvent.objects.filter(
        statement__in=visible.values("id"),
        from_agency__in=last,
        to_agency=by_agency,
        shared=True,
    ).values_list("from_agency_id", "told_at")
    since: dict[UUID, datetime] = {}
    for agency, at in back:
        if at >= last[agency][1]:
            since[agency] = max(at, since.get(agency, at))
    return {agency: Asking(*said, since.get(agency)) for agency, said in last.items()}
