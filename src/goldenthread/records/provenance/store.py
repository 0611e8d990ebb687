"""Appends statements with their awareness and tellings, and links between statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db import connection

from goldenthread.domain.chronology.admitting import AdmittedEntry, ToldRow
from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.statement import digest_of
from goldenthread.domain.provenance.vocabulary import AwarenessLevel
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.provenance.models import Awareness as AwarenessTable
from goldenthread.records.provenance.models import ShareEvent, StatementLink

STATEMENT_COLUMNS = (
    "id", "agency_id", "asserted_by_id", "asserted_by_words", "recorded_by_id", "how_known",
    "informant", "reasoning", "kind", "polarity", "concerns", "text", "impact", "action",
    "significance", "reference", "happened", "happened_from_min", "happened_from_max",
    "happened_to_min", "happened_to_max", "sort_on", "known_at", "known_basis", "source_grade",
    "information_grade", "handling", "digest",
)  # fmt: skip
SHARE_COLUMNS = (
    "id", "statement_id", "from_agency_id", "to_agency_id", "shared", "told", "told_at",
    "told_basis", "channel", "lawful_basis", "fidelity", "reason", "review_on", "recorded_by_id",
    "shared_by_id", "subject_told", "to_person_id", "receipt_asked",
)  # fmt: skip
AWARENESS_COLUMNS = ["id", "statement_id", "agency_id", "known_from", "level", "share_event_id"]


def append(entries: Sequence[AdmittedEntry], *, recorded_by: UUID, event: audit.Event) -> None:
    """Append admitted entries, who was told of them and who knows them, and the audit event."""
    copy_rows("provenance_statement", STATEMENT_COLUMNS, _statement_rows(entries, recorded_by))
    copy_rows("provenance_shareevent", SHARE_COLUMNS, _share_rows(entries, recorded_by))
    copy_rows("provenance_awareness", AWARENESS_COLUMNS, _awareness_rows(entries))
    audit.append(event)


def _statement_rows(entries: Iterable[AdmittedEntry], recorded_by: UUID):
    for entry in entries:
        s = entry.statement
        yield (
            s.id, s.agency, s.asserted_by, s.asserted_by_words, recorded_by, s.how_known,
            s.informant, s.reasoning, s.kind, s.polarity, [str(c) for c in s.concerns], s.text,
            s.impact, s.action, s.significance, s.reference, s.happened.edtf,
            s.happened.from_min, s.happened.from_max, s.happened.to_min, s.happened.to_max,
            s.happened.sort_day, s.known_at, s.known_basis, "", "", "", digest_of(s),
        )  # fmt: skip


def _share_rows(entries: Iterable[AdmittedEntry], recorded_by: UUID):
    for entry in entries:
        for told in entry.told:
            yield _share_row(told, entry.statement.id, entry.statement.agency, recorded_by)


def _share_row(told: ToldRow, statement: UUID, from_agency: UUID, recorded_by: UUID):
    t = told.telling
    return (
        told.id, statement, from_agency, t.to_agency, t.shared,
        t.told.edtf if t.told.is_known else "", told.told_at, told.told_basis, t.channel,
        t.lawful_basis, t.fidelity, t.reason.strip(), t.review_on, recorded_by, t.shared_by,
        t.subject_told.strip(), t.to_person, t.receipt_asked,
    )  # fmt: skip


def _awareness_rows(entries: Iterable[AdmittedEntry]):
    for entry in entries:
        shares = {t.telling.to_agency: t.id for t in entry.told if t.telling.shared}
        for row in entry.awareness:
            yield _awareness_row(row, shares.get(row.agency))


def _awareness_row(row: Awareness, share: UUID | None):
    identity = uuid5(row.statement, f"awareness:{row.agency}:{row.known_from.isoformat()}")
    return identity, row.statement, row.agency, row.known_from, row.level, share


def link(
    id: UUID, *, source: UUID, target: UUID, kind: str, reason: str, recorded_by: UUID,
    event: audit.Event,
) -> bool:  # fmt: skip
    """Link two statements; False where exactly this link was there already."""
    before = StatementLink.objects.filter(source=source, target=target, kind=kind).exists()
    if not before:
        copy_rows(
            "provenance_statementlink",
            ("id", "source_id", "target_id", "kind", "reason", "recorded_by_id"),
            [(id, source, target, kind, reason, recorded_by)],
        )
        audit.append(event)
    return not before


def hold(statement: UUID) -> None:
    """Wait for any other transaction that is recording this same statement, then go on alone.

    Two presses of one button arrive at the same moment; the second must find what the first made.
    Released when the caller's transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(statement)])


def share(
    statement: UUID, told: Sequence[ToldRow], *, from_agency: UUID, recorded_by: UUID,
    event: audit.Event,
) -> tuple[UUID, ...]:  # fmt: skip
    """Append tellings of a statement and who knows it from them; answers with the ids that are new.

    Rows that are there already are left alone. Hold the statement first.
    """
    known = set(ShareEvent.objects.filter(id__in=[t.id for t in told]).values_list("id", flat=True))
    fresh = {row.id: row for row in told if row.id not in known}
    if not fresh:
        return ()
    rows = [_share_row(row, statement, from_agency, recorded_by) for row in fresh.values()]
    copy_rows("provenance_shareevent", SHARE_COLUMNS, rows)
    aware = {}
    for row in fresh.values():
        if row.telling.shared:
            knows = Awareness(statement, row.telling.to_agency, row.told_at, AwarenessLevel.TOLD)
            as_kept = _awareness_row(knows, row.id)
            aware[as_kept[0]] = as_kept
    there = AwarenessTable.objects.filter(id__in=aware).values_list("id", flat=True)
    for identity in list(there):
        del aware[identity]
    copy_rows("provenance_awareness", AWARENESS_COLUMNS, aware.values())
    audit.append(event)
    return tuple(fresh)
