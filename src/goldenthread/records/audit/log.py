"""Adds to the log that proves the record, through the sealer's connection: nobody else may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction
from psycopg import sql

from goldenthread.domain.audit.merkle import HASH_BYTES, Peaks

SEALER = "sealer"
# Any number, the same for every Goldenthread: two sealers take turns.
ADVISORY_LOCK = 7_305_311_902
# The text of a value must not depend on who asks for it.
_AS_TEXT = """
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1
"""


@dataclass(frozen=True, slots=True)
class Form:
    """Which columns of which table a leaf commits to."""

    id: int
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One leaf: its place, form, row and commitment; the salt is None where it was erased."""

    place: int
    form: int
    row: UUID
    commitment: bytes
    salt: bytes | None


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """One signed state of the log, as it was kept."""

    size: int
    root: bytes
    peaks: bytes
    note: str
    made_at: datetime

    def as_peaks(self) -> Peaks:
        """What the next leaves grow from. Raises ValueError where they are not of this size."""
        steps = range(0, len(self.peaks), HASH_BYTES)
        return Peaks(self.size, tuple(self.peaks[at : at + HASH_BYTES] for at in steps))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that one statement recorded and that are not in the log yet."""

    id: int
    table: str
    rows: tuple[UUID, ...]


@contextmanager
def one_transaction(*, steady: bool = False) -> Iterator[None]:
    """One transaction of the sealer, in which values read as text are the same for everybody.

    In a `steady` one nothing is written and all that is read is of one moment.
    """
    with transaction.atomic(using=SEALER, durable=True):
        with connections[SEALER].cursor() as cursor:
            if steady:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(_AS_TEXT)
        yield


def take_turn() -> bool:
    """Whether no other sealer is at work; if so, none will be until this transaction ends."""
    return bool(_asked("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])[0][0])


def waiting(*, at_most: int) -> list[Waiting]:
    """What waits to be sealed, in the order of its transactions, some `at_most` rows of it.

    Only what transactions recorded that are older than every one still at work: the order is then
    settled. What commits later still waits, because it is the note that is taken away, and no mark
    moves past it.
    """
    rows = _asked(
        """
        SELECT id, recorded_table, recorded_rows FROM (
            SELECT *, sum(cardinality(recorded_rows)) OVER (ORDER BY recorded_in, id) AS so_far
              FROM (SELECT * FROM audit_waiting
                     WHERE recorded_in < pg_snapshot_xmin(pg_current_snapshot())
                     ORDER BY recorded_in, id LIMIT %s) AS first) AS counted
         WHERE so_far - cardinality(recorded_rows) < %s ORDER BY recorded_in, id
        """,
        [at_most, at_most],
    )
    return [Waiting(id, table, tuple(found)) for id, table, found in rows]


def how_many_wait() -> int:
    """How many rows are not in the log yet."""
    return int(
        _asked("SELECT coalesce(sum(cardinality(recorded_rows)), 0) FROM audit_waiting")[0][0]
    )


def take_away(done: Iterable[Waiting]) -> None:
    """Let what has been sealed wait no longer."""
    with connections[SEALER].cursor() as cursor:
        cursor.execute("DELETE FROM audit_waiting WHERE id = ANY(%s)", [[one.id for one in done]])


def form_of(table: str, *, columns: Sequence[str] | None = None) -> Form:
    """The form of a table as it is today, kept the first time; or of these columns alone."""
    today = tuple(columns) if columns else columns_of(table)
    rows = _asked(
        'SELECT id FROM audit_leafform WHERE "table" = %s AND columns = %s::varchar[]',
        [table, list(today)],
    )
    if rows:
        return Form(rows[0][0], table, today)
    with connections[SEALER].cursor() as cursor:
        cursor.execute(
            'INSERT INTO audit_leafform (id, "table", columns) '
            "SELECT coalesce(max(id), 0) + 1, %s, %s FROM audit_leafform",
            [table, list(today)],
        )
    return form_of(table, columns=today)


def forms() -> dict[int, Form]:
    """Every form by its id."""
    rows = _asked('SELECT id, "table", columns FROM audit_leafform')
    return {id: Form(id, table, tuple(columns)) for id, table, columns in rows}


def contents(form: Form, rows: Sequence[UUID]) -> dict[UUID, tuple[str | None, ...]]:
    """The values of these rows as the database's own text, by id; a row that is gone is not there.

    Raises LookupError where the table, or a column of the form, is there no more.
    """
    missing = set(form.columns) - set(columns_of(form.table))
    if missing:
        raise LookupError(f"{form.table} has no column {', '.join(sorted(missing))} any more.")
    found = _asked(
        sql.SQL("SELECT {key}, {} FROM {} WHERE {key} = ANY(%s)").format(
            sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(c)) for c in form.columns),
            sql.Identifier(form.table),
            key=sql.Identifier(key_of(form.table)),
        ),
        [list(rows)],
    )
    return {id: tuple(values) for id, *values in found}


def sealed_already(table: str, rows: Sequence[UUID]) -> set[UUID]:
    """Those of these rows that have a leaf."""
    found = _asked(
        "SELECT l.row FROM audit_leaf l JOIN audit_leafform f ON f.id = l.form_id "
        'WHERE l.row = ANY(%s) AND f."table" = %s',
        [list(rows), table],
    )
    return {row for (row,) in found}


def append(
    leaves: Sequence[LeafRow], nodes: Iterable[tuple[int, int, bytes]], checkpoint: CheckpointRow
) -> None:
    """Put leaves, the subtrees they complete and the signed state after them into the log."""
    _copied("audit_leaf", ("place", "form_id", "row", "commitment"),
            ((one.place, one.form, one.row, one.commitment) for one in leaves))  # fmt: skip
    _copied("audit_leafsalt", ("place", "salt"), ((one.place, one.salt) for one in leaves))
    _copied("audit_lognode", ("level", "place", "hash"), nodes)
    _copied("audit_checkpoint", ("size", "root", "peaks", "note", "made_at"),
            [(checkpoint.size, checkpoint.root, checkpoint.peaks, checkpoint.note,
              checkpoint.made_at)])  # fmt: skip


def last_checkpoint() -> CheckpointRow | None:
    """The latest signed state of the log."""
    rows = _asked(f"SELECT {_CHECKPOINT} FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
    return _checkpoint(rows[0]) if rows else None


_CHECKPOINT = "size, root, peaks, note, made_at"


def _checkpoint(row: Sequence) -> CheckpointRow:
    size, root, peaks, note, made_at = row
    return CheckpointRow(size, bytes(root), bytes(peaks), note, made_at)


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table that hold what was said, and not what the database works out of it."""
    rows = _asked(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attname",
        [table],
    )
    if not rows:
        raise LookupError(f"There is no table {table} any more.")
    return tuple(name for (name,) in rows)


def key_of(table: str) -> str:
    """The column whose UUID names a row of a sealed table."""
    rows = _asked(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a "
        "ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
        "WHERE i.indrelid = to_regclass(%s) AND i.indisprimary",
        [table],
    )
    if not rows:
        raise LookupError(f"The rows of {table} have no key any more.")
    return str(rows[0][0])


def _asked(query: str | sql.Composed, given: Sequence = ()) -> list[tuple]:
    with connections[SEALER].cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _copied(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connections[SEALER].cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
