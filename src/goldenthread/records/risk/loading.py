"""Loads what the questions of chosen statements follow from: six queries, whatever their number.

For a reader who asks of an earlier day or of another agency: whoever calls gives the statements the
reader may see. `lean` does the same for a whole scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.risk.calling import Member, called
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.thread.becoming_known import REPLY
from goldenthread.domain.thread.history import ENDING
from goldenthread.records.people.models import CaseMember
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.provenance import models as provenance
from goldenthread.records.shared.conditions import is_one_of
from goldenthread.records.shared.models import Agency

_FIELDS = (
    "id", "agency_id", "kind", "text", "happened", "happened_from_min", "happened_from_max",
    "happened_to_min", "happened_to_max", "known_at", "known_basis", "how_known", "informant",
    "polarity", "concerns", "impact", "action",
)  # fmt: skip


_ENDING = sorted(str(kind) for kind in ENDING)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Statements of a family, who knows them, and the links that end them."""

    statements: tuple[Statement, ...]
    awareness: Mapping[UUID, list[Awareness]]
    links: tuple[Link, ...]
    called: Mapping[UUID, str]
    agency_kinds: Mapping[UUID, str]


def load_for(
    case: UUID, statements: QuerySet[provenance.Statement], *, by: datetime | None = None
) -> Loaded:
    """Load these statements of a family; of awareness, only what there was by an instant."""
    rows = list(statements.values_list(*_FIELDS))
    ids = [row[0] for row in rows]
    subjects = subjects_of(ids)
    people = {subject.person for named in subjects.values() for subject in named}
    return Loaded(
        statements=tuple(_statements(rows, subjects)),
        awareness=_awareness(ids, by),
        links=_links(ids),
        called=called(_members(case, people)),
        agency_kinds=dict(Agency.objects.values_list("id", "kind")),
    )


def _statements(
    rows: Iterable[tuple], subjects: Mapping[UUID, list[Subject]]
) -> Iterator[Statement]:
    for row in rows:
        yield Statement(
            id=row[0],
            agency=row[1],
            kind=row[2],
            text=row[3],
            happened=PartialDate(*row[4:9]),
            known_at=row[9],
            known_basis=row[10],
            how_known=row[11],
            informant=row[12],
            polarity=row[13],
            concerns=tuple(row[14]),
            impact=row[15],
            action=row[16],
            subjects=tuple(subjects.get(row[0], ())),
        )


def _awareness(ids: list[UUID], by: datetime | None) -> Mapping[UUID, list[Awareness]]:
    found: dict[UUID, list[Awareness]] = defaultdict(list)
    rows = provenance.Awareness.objects.filter(is_one_of("statement", ids))
    if by is not None:
        rows = rows.filter(known_from__lte=by)
    for row in rows.values_list("statement_id", "agency_id", "known_from"):
        found[row[0]].append(Awareness(*row))
    return found


def _links(ids: list[UUID]) -> tuple[Link, ...]:
    is_reply = Q(kind=REPLY, target__kind=Kind.CHALLENGE, source__kind=Kind.DECISION)
    rows = provenance.StatementLink.objects.filter(
        Q(kind__in=_ENDING) | is_reply, is_one_of("source", ids), is_one_of("target", ids)
    )
    return tuple(Link(*row) for row in rows.values_list("source_id", "target_id", "kind"))


def _members(case: UUID, people: set[UUID]) -> Iterator[Member]:
    rows = CaseMember.objects.filter(case=case).order_by("position", "id")
    fields = "person_id", "role", "person__known_as", "person__given_name", "person__description"
    for person, role, known_as, given_name, description in rows.values_list(*fields):
        if person in people:
            yield Member(person, role, known_as or given_name, description)
