"""Appends what restricts a record, and what ends a restriction; each with its audit event.

Nothing here is changed or deleted: a label is taken off, a seal goes on or is lifted, and a
withholding, a clearance or a conflict ends by a further row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows


def put_label(
    id: UUID, *, statement: UUID, label: str, reason: str, agency: UUID, put_by: UUID,
    event: audit.Event, takes_off: UUID | None = None,
) -> None:  # fmt: skip
    """Put a label on an entry, or say that one (`takes_off`) stands no longer."""
    columns = ("id", "statement_id", "label", "takes_off_id", "reason", "agency_id", "put_by_id")
    row = (id, statement, label, takes_off, reason, agency, put_by)
    copy_rows("access_statementlabel", columns, [row])
    audit.append(event)


def clear_for(
    id: UUID, *, practitioner: UUID, label: str, from_on: date, to_on: date | None, reason: str,
    given_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Clear a practitioner for a label, from one day to another."""
    columns = ("id", "practitioner_id", "label", "from_on", "to_on", "reason", "given_by_id")
    row = (id, practitioner, label, from_on, to_on, reason, given_by)
    copy_rows("access_clearance", columns, [row])
    audit.append(event)


def end_clearance(clearance: UUID, *, reason: str, ended_by: UUID, event: audit.Event) -> None:
    """Say that a clearance holds no longer."""
    columns = ("id", "clearance_id", "reason", "ended_by_id")
    row = (uuid5(clearance, "end"), clearance, reason, ended_by)
    copy_rows("access_clearanceend", columns, [row])
    audit.append(event)


def seal(
    id: UUID, *, case: UUID | None, statement: UUID | None, kind: str, reason: str, owner: UUID,
    review_on: date, named: Iterable[UUID], from_on: date, sealed_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Seal a family or an entry for named people, the owner among them."""
    columns = ("id", "case_id", "statement_id", "kind", "reason", "owner_id", "review_on",
               "sealed_by_id")  # fmt: skip
    row = (id, case, statement, kind, reason, owner, review_on, sealed_by)
    copy_rows("access_seal", columns, [row])
    for one in dict.fromkeys((owner, *named)):
        add_name(
            uuid5(id, f"name:{one}"), seal=id, practitioner=one, from_on=from_on, to_on=None,
            named_by=sealed_by,
        )  # fmt: skip
    audit.append(event)


def add_name(
    id: UUID, *, seal: UUID, practitioner: UUID, from_on: date, to_on: date | None,
    named_by: UUID, event: audit.Event | None = None,
) -> None:  # fmt: skip
    """Put somebody on a seal's named list; the event is of the seal where it is made with one."""
    columns = ("id", "seal_id", "practitioner_id", "from_on", "to_on", "named_by_id")
    copy_rows("access_sealname", columns, [(id, seal, practitioner, from_on, to_on, named_by)])
    if event is not None:
        audit.append(event)


def end_name(
    id: UUID, *, name: UUID, to_on: date, reason: str, ended_by: UUID, event: audit.Event
) -> None:
    """Take somebody off a seal's named list from a day on."""
    columns = ("id", "name_id", "to_on", "reason", "ended_by_id")
    copy_rows("access_sealnameend", columns, [(id, name, to_on, reason, ended_by)])
    audit.append(event)


def hand_over_seal(
    id: UUID, *, seal: UUID, practitioner: UUID, reason: str, handed_by: UUID, event: audit.Event
) -> None:
    """Say that somebody answers for a seal from now on."""
    columns = ("id", "seal_id", "practitioner_id", "reason", "handed_by_id")
    copy_rows("access_sealowner", columns, [(id, seal, practitioner, reason, handed_by)])
    audit.append(event)


def review_seal(
    id: UUID, *, seal: UUID, review_on: date | None, reason: str, decided_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Say that a seal goes on until a day, or, with none, that it is lifted."""
    columns = ("id", "seal_id", "lifts", "review_on", "reason", "decided_by_id")
    copy_rows(
        "access_sealstep", columns, [(id, seal, review_on is None, review_on, reason, decided_by)]
    )
    audit.append(event)


def withhold(
    id: UUID, *, case: UUID | None, statement: UUID | None, practitioner: UUID | None,
    agency: UUID | None, until: date | None, reason: str, withheld_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Withhold a family or an entry from a person or an agency."""
    columns = ("id", "case_id", "statement_id", "practitioner_id", "agency_id", "until", "reason",
               "withheld_by_id")  # fmt: skip
    row = (id, case, statement, practitioner, agency, until, reason, withheld_by)
    copy_rows("access_withholding", columns, [row])
    audit.append(event)


def end_withholding(withholding: UUID, *, reason: str, ended_by: UUID, event: audit.Event) -> None:
    """Say that a withholding holds no longer."""
    columns = ("id", "withholding_id", "reason", "ended_by_id")
    row = (uuid5(withholding, "end"), withholding, reason, ended_by)
    copy_rows("access_withholdingend", columns, [row])
    audit.append(event)


def declare_conflict(
    id: UUID, *, practitioner: UUID, case: UUID | None, words: str, reason: str,
    by_themselves: bool, declared_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Say that a practitioner has a conflict of interest with a family, or with whom they name."""
    columns = ("id", "practitioner_id", "case_id", "words", "reason", "by_themselves",
               "declared_by_id")  # fmt: skip
    row = (id, practitioner, case, words, reason, by_themselves, declared_by)
    copy_rows("access_conflict", columns, [row])
    audit.append(event)


def lift_conflict(
    conflict: UUID, *, practitioner: UUID, lifted_by: UUID, reason: str, recorded_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Say that a conflict holds no longer; the database refuses it of the person in conflict."""
    columns = ("id", "conflict_id", "practitioner_id", "lifted_by_id", "reason", "recorded_by_id")
    row = (uuid5(conflict, "end"), conflict, practitioner, lifted_by, reason, recorded_by)
    copy_rows("access_conflictend", columns, [row])
    audit.append(event)
