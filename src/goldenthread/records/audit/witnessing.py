"""Keeps who witnesses the log, and what they signed, through the sealer's connection."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connections

from goldenthread.records.audit.log import SEALER


def add_witness(id: UUID, *, agency: UUID, name: str, key: str) -> bool:
    """Keep an agency's witness; False where its key is kept already."""
    return _inserted(
        "INSERT INTO audit_witness (id, agency, name, key) VALUES (%s, %s, %s, %s)",
        [id, agency, name, key],
    )


def keep_cosignature(
    id: UUID, *, witness: UUID, size: int, note: str, cosigned_at: datetime
) -> bool:
    """Keep a checkpoint that a witness gave back; False where it is kept already."""
    return _inserted(
        "INSERT INTO audit_cosignature (id, witness_id, size, note, cosigned_at) "
        "VALUES (%s, %s, %s, %s, %s)",
        [id, witness, size, note, cosigned_at],
    )


def _inserted(statement: str, given: list[UUID | str | int | datetime]) -> bool:
    with connections[SEALER].cursor() as cursor:
        cursor.execute(f"{statement} ON CONFLICT DO NOTHING", given)
        return bool(cursor.rowcount == 1)
