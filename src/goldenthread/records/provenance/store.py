"""Appends statements with their awareness and tellings, and links between statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from goldenthread.domain.chronology.admitting import AdmittedEntry
from goldenthread.domain.provenance.statement import digest_of
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.provenance.models import StatementLink

STATEMENT_COLUMNS = ["id", "agency_id", "asserted_by_id", "asserted_by_words", "recorded_by_id", "how_known", "informant", "reasoning", "kind", "polarity", "concerns", "text", "impact", "action", "significance", "reference", "happened", "happened_from_min", "happened_from_max", "happened_to_min", "happened_to_max", "sort_on", "known_at", "known_basis", "source_grade", "information_grade", "handling", "digest"]
SHARE_COLUMNS = ["id", "statement_id", "from_agency_id", "to_agency_id", "shared", "told", "told_at", "told_basis", "channel", "lawful_basis", "fidelity", "reason", "review_on", "recorded_by_id"]
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
            t = told.telling
            yield (
                told.id, entry.statement.id, entry.statement.agency, t.to_agency, t.shared,
                t.told.edtf if t.told.is_known else "", told.told_at, told.told_basis, t.channel,
                t.lawful_basis, t.fidelity, t.reason, t.review_on, recorded_by,
            )  # fmt: skip


def _awareness_rows(entries: Iterable[AdmittedEntry]):
    for entry in entries:
        shares = {t.telling.to_agency: t.id for t in entry.told if t.telling.shared}
        for row in entry.awareness:
            identity = uuid5(row.statement, f"awareness:{row.agency}:{row.known_from.isoformat()}")
            share = shares.get(row.agency)
            yield identity, row.statement, row.agency, row.known_from, row.level, share


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
