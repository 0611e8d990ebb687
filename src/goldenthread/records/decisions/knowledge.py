"""Reads how entries travelled: which agency came to know each and when, and which are one event.

Only of entries that the caller has already found to be readable (`visible`). The cost follows the
family; the number of queries does not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link, event_groups
from goldenthread.domain.provenance.vocabulary import Concern, Kind, LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.decisions.models import Decision
from goldenthread.records.people.models import StatementSubject
from goldenthread.records.provenance import models as provenance
from goldenthread.records.provenance.models import ShareEvent, Statement, StatementLink
from goldenthread.records.shared.conditions import is_one_of

_ABOUT_AN_EVENT = (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT)


@dataclass(frozen=True, slots=True)
class Told:
    """One event, by how far it had come at an instant; `fact` is its group, or its one statement.

    `known` is whether any agency knew by then, `deciding` how many of those that decided. `begun`
    is whether it lay in the past by that day. `bears` is whether an entry known by then bears a
    concern or a strength or was judged to matter; of what nobody knew by then, any entry.
    """

    fact: UUID
    known: bool
    deciding: int
    begun: bool
    bears: bool


def but_for_decisions(visible: QuerySet[Statement]) -> QuerySet[Statement]:
    """Of these entries those that do not carry the record of a decision."""
    return visible.exclude(Exists(Decision.objects.filter(statement=OuterRef("pk"))))


def told_by(
    entries: QuerySet[Statement],
    groups: Mapping[UUID, UUID],
    deciding: Collection[UUID],
    at: datetime,
) -> list[Told]:
    """Every event of these entries, first known first.

    `groups` says which entries are of one event (`groups_of`). One query, and one row an event: a
    long history holds several rows of awareness an entry, which are counted where they lie.
    """
    rows = provenance.Awareness.objects.filter(statement__in=entries.order_by().values("id"))
    by_then = Q(known_from__lte=at)
    bears = _bears_on_safety()
    facts = (
        rows.annotate(fact=_fact(groups))
        .values("fact")
        .annotate(
            first=Min("known_from"),
            among=Count("agency", distinct=True, filter=by_then & Q(agency__in=deciding)),
            begun=BoolOr(Q(statement__happened_from_max__lte=day_of(at))),
            bears_by_then=BoolOr(bears, filter=by_then),
            bears_ever=BoolOr(bears),
        )
        .order_by("first", "fact")
        .annotate(known=Q(first__lte=at))
    )
    columns = "fact", "known", "among", "begun", "bears_by_then", "bears_ever"
    return [
        Told(fact, known, among, bool(begun), bool(bears_then if known else bears_ever))
        for fact, known, among, begun, bears_then, bears_ever in facts.values_list(*columns)
    ]


def _fact(groups: Mapping[UUID, UUID]) -> Coalesce:
    """The group of a row's entry, or the entry itself: groups travel as one parameter."""
    said = Value(json.dumps({str(one): str(group) for one, group in groups.items()}))
    group = Func(
        Cast(said, JSONField()),
        Cast("statement", TextField()),
        template="(%(expressions)s)",
        arg_joiner=" ->> ",
        output_field=TextField(),
    )
    return Coalesce(Cast(group, UUIDField()), F("statement"))


def _bears_on_safety() -> Q:
    without = Q(statement__concerns__contained_by=[Concern.NONE.value])
    return Q(statement__kind=Kind.STRENGTH) | ~Q(statement__significance="") | ~without


def awareness_of(statements: Collection[UUID]) -> tuple[Awareness, ...]:
    """Which agency came to know each of these entries, when and how. One query."""
    rows = provenance.Awareness.objects.filter(is_one_of("statement", statements))
    fields = "statement_id", "agency_id", "known_from", "level", "recorded_at"
    return tuple(Awareness(*row) for row in rows.values_list(*fields))


def groups_of(entries: QuerySet[Statement]) -> Mapping[UUID, UUID]:
    """Of the entries that a person joined to another of these: the group of each. One query."""
    ids = entries.order_by().values("id")
    rows = StatementLink.objects.filter(source__in=ids, target__in=ids, kind__in=_ABOUT_AN_EVENT)
    links = [Link(*row) for row in rows.values_list("source_id", "target_id", "kind")]
    joined = {end for link in links for end in (link.source, link.target)}
    return event_groups(joined, links)


def holders_beyond(
    there: QuerySet[Statement], visible: QuerySet[Statement]
) -> tuple[frozenset[UUID], dict[UUID, frozenset[UUID]]]:
    """Which agencies recorded something of a family that is not among `visible`; and of whom.

    `there` is what exists for the reader (`known_of`). The agencies, and for each the people its
    entries are about. Never how much, when, or what.
    """
    hidden = there.exclude(Exists(visible.filter(pk=OuterRef("pk"))))
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
