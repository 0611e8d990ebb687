"""Loads the facts of one scope of a family as the patterns read them, in two queries.

The same facts as `loading` and the domain make of whole statements (a test holds them together), in
a fraction of the time: the days are worked out by the database, in England's time, and no text is
kept but what the patterns look into. What lies outside the scope is never loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from goldenthread.domain.provenance.vocabulary import Kind, Polarity
from goldenthread.domain.risk.calling import Member, called
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.from_statements import fact_said
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.thread.becoming_known import REPLY, Ending
from goldenthread.domain.thread.history import ENDING
from goldenthread.records.access.restricting import RESTRICTED, restricted_words
from goldenthread.records.people.models import CaseMember
from goldenthread.records.shared.models import Agency

_ENDING = sorted(str(kind) for kind in ENDING)
# Shared with the count of the same rows, so that both mean the same. What something restricts is
# not in it: what is kept of a scope is shown to everybody who reads in it.
HELD = (
    """
WITH held AS (
    SELECT f.statement_id AS id FROM people_filing f
    WHERE f.case_id = %(case)s AND NOT """
    + RESTRICTED
    + """ AND (
        %(agency)s::uuid IS NULL
        OR EXISTS (SELECT FROM provenance_statement s
                   WHERE s.id = f.statement_id AND s.agency_id = %(agency)s::uuid)
        OR EXISTS (SELECT FROM provenance_awareness a
                   WHERE a.statement_id = f.statement_id AND a.agency_id = %(agency)s::uuid))
)
"""
)
_FACTS = (
    HELD
    + """
SELECT s.id::text, s.agency_id::text, s.kind, s.happened, s.happened_from_min,
       s.happened_from_max, s.happened_to_min, s.happened_to_max,
       (s.known_at AT TIME ZONE 'Europe/London')::date, s.how_known, s.informant, s.polarity,
       s.concerns, s.text || ' ' || s.impact || ' ' || s.action,
       a.knowers, a.days, p.people, p.roles
FROM held h
JOIN provenance_statement s ON s.id = h.id
LEFT JOIN LATERAL (
    SELECT array_agg(w.agency_id::text) AS knowers,
           array_agg((w.known_from AT TIME ZONE 'Europe/London')::date) AS days
    FROM provenance_awareness w WHERE w.statement_id = s.id
) a ON true
LEFT JOIN LATERAL (
    SELECT array_agg(u.person_id::text ORDER BY u.id) AS people,
           array_agg(u.role ORDER BY u.id) AS roles
    FROM people_statementsubject u WHERE u.statement_id = s.id
) p ON true
"""
)
# What corrects or withdraws, and a decision that answers a challenge (`is_reply`).
_MEANT = """
(l.kind = ANY(%(kinds)s) OR (l.kind = %(reply)s AND EXISTS (
    SELECT FROM provenance_statement c JOIN provenance_statement d ON d.id = l.source_id
    WHERE c.id = l.target_id AND c.kind = %(challenge)s AND d.kind = %(decision)s)))
"""
_MEANT_WORDS: dict[str, Any] = {
    "kinds": _ENDING, "reply": str(REPLY), "challenge": str(Kind.CHALLENGE),
    "decision": str(Kind.DECISION),
}  # fmt: skip
_LINKS = (
    HELD
    + """
SELECT l.target_id::text, l.source_id::text, l.kind
FROM provenance_statementlink l
JOIN held s ON s.id = l.source_id JOIN held t ON t.id = l.target_id
WHERE """
    + _MEANT
)


@dataclass(frozen=True, slots=True)
class LeanScope:
    """What a scope holds, and how many rows of each sort that was.

    `agency_kind` is that of the scope's agency, "" for everything.
    """

    facts: tuple[Fact, ...]
    endings: tuple[Ending, ...]
    statements: int
    links: int
    awareness: int
    agency_kind: str


def load_lean(case: UUID, agency: UUID | None) -> LeanScope:
    """Load everything on a family, or what one agency made or was told of it.

    Entries that something restricts are left out, whoever asks.
    """
    scope = _words(case, agency)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, scope)
        rows = cursor.fetchall()
        cursor.execute(_LINKS, scope)
        links = cursor.fetchall()
    kinds = {str(id): kind for id, kind in Agency.objects.values_list("id", "kind")}
    names = _names(case, {person for row in rows for person in row[16] or ()})
    facts = {row[0]: _fact(row, kinds, names) for row in rows}
    asserted = (row[0] for row in rows if row[11] == Polarity.ASSERTS)
    return LeanScope(
        facts=tuple(facts[id] for id in asserted),
        endings=tuple(Ending(target, facts[source], kind) for target, source, kind in links),
        statements=len(rows),
        links=len(links),
        awareness=sum(len(row[14] or ()) for row in rows),
        agency_kind="" if agency is None else kinds[str(agency)],
    )


def _words(case: UUID, agency: UUID | None) -> dict[str, Any]:
    return {"case": case, "agency": agency, **_MEANT_WORDS, **restricted_words()}


def _fact(row: Sequence, kinds: Mapping[str, str], names: Mapping[str, str]) -> Fact:
    aware = zip(row[15] or (), row[14] or (), strict=True)
    people = zip(row[16] or (), row[17] or (), strict=True)
    return fact_said(
        id=row[0],
        agency=row[1],
        agency_kind=kinds[row[1]],
        kind=row[2],
        happened=PartialDate(*row[3:8]),
        known_on=row[8],
        how_known=row[9],
        told_by=row[10],
        concerns=row[12],
        text=row[13],
        aware=[(day, knower, kinds[knower]) for day, knower in aware],
        people=[names.get(person) or role for person, role in people],
    )


def _names(case: UUID, people: set[str]) -> Mapping[str, str]:
    """What the patterns call those of the family's members who are spoken of in the scope."""
    fields = "person_id", "role", "person__known_as", "person__given_name", "person__description"
    rows = CaseMember.objects.filter(case=case).order_by("position", "id").values_list(*fields)
    members = (
        Member(person, role, known_as or given_name, description)
        for person, role, known_as, given_name, description in rows
        if str(person) in people
    )
    return {str(person): words for person, words in called(members).items()}


_COUNTS = (
    HELD
    + """
SELECT (SELECT count(*) FROM held),
       (SELECT count(*) FROM provenance_statementlink l JOIN held s ON s.id = l.source_id
        JOIN held t ON t.id = l.target_id WHERE """
    + _MEANT
    + """),
       (SELECT count(*) FROM provenance_awareness a JOIN held h ON h.id = a.statement_id),
       (SELECT count(*) FROM risk_questionanswer q WHERE q.case_id = %(case)s
        AND (%(agency)s::uuid IS NULL OR (q.agency_id = %(agency)s::uuid AND NOT q.pooled)))
"""
)


def count_scope(case: UUID, agency: UUID | None) -> tuple[int, int, int, int]:
    """How many statements, links, awareness rows and answers a scope holds, under one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _words(case, agency))
        row = cursor.fetchone()
    assert row is not None
    return row
