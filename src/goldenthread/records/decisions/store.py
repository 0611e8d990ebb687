"""Keeps decisions as they were signed, and what readers made of them."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import connection

from goldenthread.domain.decisions.record import DecisionRecord, digest_of_record
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.decisions.models import Decision

DECISION_COLUMNS = (
    "id", "case_id", "statement_id", "first_id", "after_id", "number", "why_again", "decided_at",
    "time_is_known", "setting", "question", "rationale", "threshold", "met", "asked",
    "look_again_by", "signed_by_id", "digest",
)  # fmt: skip
PARTY_COLUMNS = (
    "id", "decision_id", "position", "part", "practitioner_id", "name", "role", "agency_id",
    "view", "said", "note", "sure", "missing",
)  # fmt: skip


def hold(first: UUID) -> None:
    """Wait for whoever is signing a version of this same decision, then go on alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"decision {first}"]
        )


def keep(record: DecisionRecord, *, event: audit.Event) -> int:
    """Keep a signed version, sealed, under the next number of its chain; gives the number.

    Hold its chain first. The database refuses a second version after the same one.
    """
    number = 1
    if record.after is not None:
        number += Decision.objects.values_list("number", flat=True).get(id=record.after)
    r = record
    copy_rows(
        "decisions_decision",
        DECISION_COLUMNS,
        [(
            r.id, r.case, r.statement, r.first, r.after, number, r.why_again, r.decided_at,
            r.time_is_known, r.setting, r.question, r.rationale, r.threshold, r.met, r.asked,
            r.look_again_by, r.signed_by, digest_of_record(r),
        )],
    )  # fmt: skip
    _keep_parts(record)
    _keep_grounds(record)
    audit.append(event)
    return number


def _keep_parts(record: DecisionRecord) -> None:
    id = record.id
    copy_rows(
        "decisions_decisionpart",
        ("id", "decision_id", "heading", "words"),
        ((uuid5(id, f"part:{head}"), id, str(head), words) for head, words in record.parts),
    )
    copy_rows(
        "decisions_decisionoption",
        ("id", "decision_id", "position", "words", "why", "taken"),
        (
            (uuid5(id, f"option:{place}"), id, place, one.words, one.why, one.taken)
            for place, one in enumerate(record.options, start=1)
        ),
    )
    copy_rows(
        "decisions_decisionparty",
        PARTY_COLUMNS,
        (
            (uuid5(id, f"party:{place}"), id, place, str(one.part), one.practitioner, one.name,
             one.role, one.agency, str(one.view), one.said, one.note, str(one.sure),
             one.missing)
            for place, one in enumerate(record.parties, start=1)
        ),
    )  # fmt: skip


def _keep_grounds(record: DecisionRecord) -> None:
    id = record.id
    copy_rows(
        "decisions_decisionpin",
        ("id", "decision_id", "statement_id", "position", "use", "why", "digest"),
        (
            (uuid5(id, f"pin:{one.statement}"), id, one.statement, place, str(one.use), one.why,
             one.digest)
            for place, one in enumerate(record.pins, start=1)
        ),
    )  # fmt: skip
    copy_rows(
        "decisions_decisionmusttell",
        ("id", "decision_id", "agency_id", "how", "why", "review_on"),
        (
            (uuid5(id, f"tell:{one.agency}"), id, one.agency, str(one.how), one.why, one.review_on)
            for one in record.must_tell
        ),
    )


def keep_reader_test(
    id: UUID, *, decision: UUID, reader: UUID, risk: str, reason: str, understood: bool,
    because: str, event: audit.Event,
) -> None:  # fmt: skip
    """Keep what a reader made of a version."""
    copy_rows(
        "decisions_readertest",
        ("id", "decision_id", "reader_id", "risk", "reason", "understood", "because"),
        [(id, decision, reader, risk, reason, understood, because)],
    )
    audit.append(event)
