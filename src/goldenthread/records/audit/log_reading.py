"""Reads the log that proves the record, through the sealer's connection or the reader's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections
from psycopg import sql

from goldenthread.domain.audit.merkle import Peaks, leaf_hash, root_of
from goldenthread.records.audit.log import SEALER, CheckpointRow, LeafRow, key_of

READ_TOGETHER = 5_000
NODE_LEVELS = 8


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """An agency's witness, with its public key."""

    id: UUID
    agency: UUID
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class CosignatureRow:
    """One checkpoint as a witness gave it back."""

    witness: UUID
    size: int
    note: str
    cosigned_at: datetime


def log_size() -> int:
    """How many leaves the log has by its places."""
    return int(_asked("SELECT coalesce(max(place) + 1, 0) FROM audit_leaf")[0][0])


def checkpoints(*, after: int = -1) -> Iterator[CheckpointRow]:
    """Every signed state of the log of more leaves than `after`, smallest first."""
    size = after
    while rows := _asked(
        "SELECT size, root, peaks, note, made_at FROM audit_checkpoint WHERE size > %s "
        "ORDER BY size LIMIT %s",
        [size, READ_TOGETHER],
    ):
        for size, root, peaks, note, made_at in rows:
            yield CheckpointRow(size, bytes(root), bytes(peaks), note, made_at)


def leaves(begins: int, ends: int) -> list[LeafRow]:
    """The leaves whose places are from `begins` and before `ends`, in their order."""
    rows = _asked(
        "SELECT l.place, l.form_id, l.row, l.commitment, s.salt FROM audit_leaf l "
        "LEFT JOIN audit_leafsalt s ON s.place = l.place "
        "WHERE l.place >= %s AND l.place < %s ORDER BY l.place",
        [begins, ends],
    )
    return [
        LeafRow(place, form, row, bytes(said), None if salt is None else bytes(salt))
        for place, form, row, said, salt in rows
    ]


def subtree(level: int, place: int) -> bytes:
    """The hash over a whole subtree, from the leaves or the nodes kept of them.

    Raises LookupError where part of it is missing.
    """
    kept = level // NODE_LEVELS * NODE_LEVELS
    begins, ends = place << (level - kept), (place + 1) << (level - kept)
    if kept:
        query = (
            "SELECT hash FROM audit_lognode WHERE level = %s AND place >= %s AND place < %s "
            "ORDER BY place"
        )
        hashes = [bytes(one) for (one,) in _asked(query, [kept, begins, ends])]
    else:
        hashes = [leaf_hash(one) for one in commitments(begins, ends)]
    if len(hashes) != ends - begins:
        raise LookupError("Part of the log is missing.")
    return root_of(hashes)


def subtree_from_leaves(level: int, place: int) -> bytes:
    """The same hash from the leaves alone: slower, and right whatever was done to the nodes.

    Raises LookupError where one of them is missing.
    """
    begins, ends = place << level, (place + 1) << level
    peaks = Peaks()
    for at in range(begins, ends, READ_TOGETHER):
        peaks = peaks.grown(map(leaf_hash, commitments(at, min(at + READ_TOGETHER, ends))))
    if peaks.size != ends - begins:
        raise LookupError("Part of the log is missing.")
    return peaks.root()


def checkpoint_of(size: int) -> CheckpointRow | None:
    """The signed state of the log at one size, where one was signed."""
    return next((one for one in checkpoints(after=size - 1) if one.size == size), None)


def nodes() -> Iterator[tuple[int, int, bytes]]:
    """Every hash over whole subtrees that is kept: level, place and hash."""
    for level, place, kept in _asked("SELECT level, place, hash FROM audit_lognode ORDER BY 1, 2"):
        yield level, place, bytes(kept)


def commitments(begins: int, ends: int) -> list[bytes]:
    """The commitments of these leaves, in their order."""
    query = "SELECT commitment FROM audit_leaf WHERE place >= %s AND place < %s ORDER BY place"
    return [bytes(one) for (one,) in _asked(query, [begins, ends])]


def tables_there(tables: Sequence[str]) -> list[str]:
    """Those of these tables that the database has."""
    query = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'r' AND relname = ANY(%s) ORDER BY relname"
    )
    return [name for (name,) in _asked(query, [list(tables)])]


def unsealed(table: str) -> list[UUID]:
    """Rows of a table that have no leaf and do not wait for one."""
    query = sql.SQL(
        "SELECT t.{key} FROM {table} t WHERE NOT EXISTS ("
        "  SELECT FROM audit_leaf l JOIN audit_leafform f ON f.id = l.form_id"
        '   WHERE l.row = t.{key} AND f."table" = {name})'
        " AND NOT EXISTS (SELECT FROM (SELECT unnest(recorded_rows) AS id FROM audit_waiting"
        "                               WHERE recorded_table = {name}) w WHERE w.id = t.{key})"
        " ORDER BY 1"
    ).format(
        table=sql.Identifier(table), name=sql.Literal(table), key=sql.Identifier(key_of(table))
    )
    return [id for (id,) in _asked(query)]


def witnesses() -> list[WitnessRow]:
    """Every agency's witness, by name."""
    rows = _asked("SELECT id, agency, name, key FROM audit_witness ORDER BY name, id")
    return [WitnessRow(*row) for row in rows]


def cosignatures() -> list[CosignatureRow]:
    """Every co-signature that was kept, smallest state first."""
    query = (
        "SELECT witness_id, size, note, cosigned_at FROM audit_cosignature "
        "ORDER BY size, cosigned_at, witness_id"
    )
    return [CosignatureRow(*row) for row in _asked(query)]


def _asked(query: str | sql.Composed, given: Sequence = ()) -> list[tuple]:
    with connections[SEALER].cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())
