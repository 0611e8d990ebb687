"""Loads what the questions of one family follow from, leanly: six queries, whatever its length.

A scope is one agency's knowledge or, where none is named, everything on the family's record. What
lies outside a scope is never loaded. The numbers of rows loaded are kept as the watermark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.risk.calling import Member, called
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.thread.history import ENDING
from goldenthread.records.people.models import CaseMember, Filing, StatementSubject
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
    """What a scope holds of a family: its statements, who knows them, and links that end them."""

    statements: tuple[Statement, ...]
    awareness: Mapping[UUID, list[Awareness]]
    links: tuple[Link, ...]
    called: Mapping[UUID, str]
    agency_kinds: Mapping[UUID, str]

    @property
    def awareness_rows(self) -> int:
        """How many rows of awareness were loaded."""
        return sum(map(len, self.awareness.values()))


def load_scope(case: UUID, agency: UUID | None) -> Loaded:
    """Load everything on a family, or what one agency made or was told of it."""
    return load_for(case, in_scope(case, agency))


def in_scope(case: UUID, agency: UUID | None) -> QuerySet[provenance.Statement]:
    """The statements on a family of a scope, whenever they became known."""
    filed = provenance.Statement.objects.filter(
        Exists(Filing.objects.filter(case=case, statement=OuterRef("pk")))
    )
    if agency is None:
        return filed
    told = provenance.Awareness.objects.filter(statement=OuterRef("pk"), agency=agency)
    return filed.filter(Q(agency=agency) | Exists(told))


def load_for(
    case: UUID, statements: QuerySet[provenance.Statement], *, by: datetime | None = None
) -> Loaded:
    """Load these statements of a family; of awareness, only what there was by an instant."""
    rows = list(statements.values_list(*_FIELDS))
    ids = [row[0] for row in rows]
    subjects = _subjects(ids)
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


def _subjects(ids: list[UUID]) -> Mapping[UUID, list[Subject]]:
    found: dict[UUID, list[Subject]] = defaultdict(list)
    rows = StatementSubject.objects.filter(is_one_of("statement", ids)).order_by("id")
    for statement, person, role in rows.values_list("statement_id", "person_id", "role"):
        found[statement].append(Subject(person, role))
    return found


def _awareness(ids: list[UUID], by: datetime | None) -> Mapping[UUID, list[Awareness]]:
    found: dict[UUID, list[Awareness]] = defaultdict(list)
    rows = provenance.Awareness.objects.filter(is_one_of("statement", ids))
    if by is not None:
        rows = rows.filter(known_from__lte=by)
    for row in rows.values_list("statement_id", "agency_id", "known_from"):
        found[row[0]].append(Awareness(*row))
    return found


def _links(ids: list[UUID]) -> tuple[Link, ...]:
    rows = provenance.StatementLink.objects.filter(
        is_one_of("source", ids), is_one_of("target", ids), kind__in=_ENDING
    )
    return tuple(Link(*row) for row in rows.values_list("source_id", "target_id", "kind"))


def _members(case: UUID, people: set[UUID]) -> Iterator[Member]:
    rows = CaseMember.objects.filter(case=case).order_by("position", "id")
    fields = "person_id", "role", "person__known_as", "person__given_name", "person__description"
    for person, role, known_as, given_name, description in rows.values_list(*fields):
        if person in people:
            yield Member(person, role, known_as or given_name, description)


_COUNTS = """
WITH held AS (
    SELECT f.statement_id AS id FROM people_filing f
    WHERE f.case_id = %(case)s AND (
        %(agency)s::uuid IS NULL
        OR EXISTS (SELECT FROM provenance_statement s
                   WHERE s.id = f.statement_id AND s.agency_id = %(agency)s::uuid)
        OR EXISTS (SELECT FROM provenance_awareness a
                   WHERE a.statement_id = f.statement_id AND a.agency_id = %(agency)s::uuid))
)
SELECT (SELECT count(*) FROM held),
       (SELECT count(*) FROM provenance_statementlink l JOIN held s ON s.id = l.source_id
        JOIN held t ON t.id = l.target_id WHERE l.kind = ANY(%(kinds)s)),
       (SELECT count(*) FROM provenance_awareness a JOIN held h ON h.id = a.statement_id),
       (SELECT count(*) FROM risk_questionanswer q WHERE q.case_id = %(case)s
        AND (%(agency)s::uuid IS NULL OR (q.agency_id = %(agency)s::uuid AND NOT q.pooled)))
"""


def count_scope(case: UUID, agency: UUID | None) -> tuple[int, int, int, int]:
    """How many statements, links, awareness rows and answers a scope holds, under one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"case": case, "agency": agency, "kinds": _ENDING})
        row = cursor.fetchone()
    assert row is not None
    return row
