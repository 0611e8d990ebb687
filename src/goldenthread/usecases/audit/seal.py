"""Seals what was recorded since the last time: into the log, in the order of its transactions.

Asynchronously and apart: a chain of hashes inside each transaction would make every writer wait for
the one before. One transaction holds the leaves, the checkpoint and the taking away of what waited,
so that a crash anywhere leaves either all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from goldenthread.domain.audit.commitment import SALT_BYTES, canonical, commitment
from goldenthread.domain.audit.merkle import Peaks, leaf_hash
from goldenthread.domain.audit.signed_note import Checkpoint, Note, SigningKey, checkpoint_by
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.audit import log

AT_ONCE = 10_000  # rows of one checkpoint, about; one import is sealed whole
NODE_LEVELS = 8  # the hashes of subtrees of 256 leaves, of 65,536 and so on are kept


class NothingSealed(Refusal):
    """The log that is there is not the one this key signed last: nothing is added to it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealing added: how many rows, and the signed state after them."""

    rows: int
    note: str | None = None
    is_busy: bool = False


def seal(
    key: SigningKey,
    *,
    now: datetime,
    new_salts: Callable[[int], bytes],
    at_most: int = AT_ONCE,
    signed_last: str = "",
) -> Sealed:
    """Seal what waits, once. Sealing twice adds nothing; nor does a second sealer at work.

    `new_salts` answers with so many random bytes. `signed_last` is the last checkpoint that this
    key is known to have signed, kept outside the database. Raises NothingSealed where the log in
    the database is another key's, was altered, or is older than that: a key must never sign two
    histories.
    """
    with log.one_transaction():
        if not log.take_turn():
            return Sealed(0, is_busy=True)
        waiting = log.waiting(at_most=at_most)
        if not waiting:
            return Sealed(0)
        before = _state_to_go_on_from(key, signed_last)
        leaves = _leaves(waiting, before.size, new_salts)
        log.take_away(waiting)
        if not leaves:
            return Sealed(0)
        nodes: list[tuple[int, int, bytes]] = []
        after = before.grown(
            (leaf_hash(leaf.commitment) for leaf in leaves),
            kept=lambda level, place, one: (
                None if level % NODE_LEVELS else nodes.append((level, place, one))
            ),
        )
        note = _signed(after, key, at=int(now.timestamp()))
        checkpoint = log.CheckpointRow(
            after.size, after.root(), b"".join(after.hashes), note.whole(),
            now.replace(microsecond=0),
        )  # fmt: skip
        log.append(leaves, nodes, checkpoint)
    return Sealed(len(leaves), note.whole())


def _signed(after: Peaks, key: SigningKey, *, at: int) -> Note:
    """Signed plainly, for whoever checks a log, and dated, so that its time cannot be changed."""
    text = Checkpoint(key.name, after.size, after.root()).text()
    return Note(text, (key.sign(text), key.cosign(text, at=at)))


def _state_to_go_on_from(key: SigningKey, signed_last: str) -> Peaks:
    last = log.last_checkpoint()
    known = checkpoint_by(key.verifier, signed_last) if signed_last else None
    if known and (last is None or last.size < known.size):
        raise NothingSealed(
            f"The log in this database is older than the checkpoint of {known.size:,} rows that "
            "was signed last, so nothing was sealed. Run `goldenthread verify`."
        )
    if last is None:
        return Peaks()
    signed = checkpoint_by(key.verifier, last.note)
    if signed is None:
        raise NothingSealed(
            "The latest checkpoint in this database is not signed by this key, so nothing was "
            "sealed. Put back the key the log was begun with, and run `goldenthread verify`."
        )
    try:
        peaks = last.as_peaks()
    except ValueError:
        peaks = Peaks()
    if (signed.size, signed.root) != (last.size, peaks.root()):
        raise NothingSealed(
            "The latest checkpoint in this database was altered, so nothing was sealed. Run "
            "`goldenthread verify`."
        )
    return peaks


def _leaves(
    waiting: list[log.Waiting], size: int, new_salts: Callable[[int], bytes]
) -> list[log.LeafRow]:
    """The next leaves, in the order in which their rows waited."""
    wanted: dict[str, dict] = {}
    for one in waiting:
        wanted.setdefault(one.table, {}).update(dict.fromkeys(one.rows))
    forms, values, done = {}, {}, {}
    for table, rows in wanted.items():
        forms[table] = log.form_of(table)
        values[table] = log.contents(forms[table], list(rows))
        done[table] = log.sealed_already(table, list(rows))
    made: list[log.LeafRow] = []
    for one in waiting:
        for row in one.rows:
            if row in done[one.table]:
                continue
            done[one.table].add(row)
            form, said = forms[one.table], values[one.table].get(row)
            if said is None:
                # Removed before it could be sealed: its key is all that can be said of it.
                form = log.form_of(one.table, columns=(log.key_of(one.table),))
                said = (str(row),)
            place, salt = size + len(made), new_salts(SALT_BYTES)
            content = canonical(one.table, form.columns, said, place=place)
            made.append(log.LeafRow(place, form.id, row, commitment(salt, content), salt))
    return made
