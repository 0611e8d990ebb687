"""Partner agencies as witnesses: what they are given, and the co-signature that comes back.

A witness keeps the last checkpoint it saw and signs a later one only with a proof that the earlier
is its beginning. Whoever rewrites the log then has every witness's key to steal as well.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from goldenthread.domain.audit.commitment import canonical, commitment
from goldenthread.domain.audit.merkle import (
    EMPTY_ROOT,
    Subtree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
)
from goldenthread.domain.audit.signed_note import (
    COSIGNATURE,
    Checkpoint,
    NoteRefused,
    VerifierKey,
    checkpoint_by,
    parse_note,
    parse_verifier,
)
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.audit import log, log_reading, witnessing
from goldenthread.records.audit.log import Form, LeafRow
from goldenthread.records.audit.log_reading import WitnessRow
from goldenthread.records.shared.reading import agencies

FORMAT = "goldenthread-witness/2"
EVENTS = "audit_auditevent"


class NotWitnessed(Refusal):
    """What came back is not what a witness of this log signs, or there is nothing to sign."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A co-signature that came back: whose, of how many rows, when; and whether it is new."""

    witness: str
    size: int
    cosigned_at: datetime
    is_new: bool


def add_witness(id: UUID, *, agency_name: str, key: str) -> WitnessRow:
    """Make a partner agency a witness by its public key. Raises NotWitnessed, NoteRefused."""
    found = [one for one in agencies().values() if one.name.casefold() == agency_name.casefold()]
    if not found:
        raise NotWitnessed(f"There is no agency called {agency_name} in the partnership.")
    parsed = parse_verifier(key)
    if parsed.kind != COSIGNATURE:
        raise NotWitnessed("This is a key for signing notes; a witness's key is for co-signatures.")
    row = WitnessRow(id, found[0].id, found[0].name, parsed.text())
    if not witnessing.add_witness(row.id, agency=row.agency, name=row.name, key=row.key):
        raise NotWitnessed("This key is a witness's already.")
    return row


def export(
    key: VerifierKey, *, old: int = 0, agency_name: str = "", with_events: bool = False
) -> dict[str, object]:
    """The latest checkpoint, and the proof that the log of `old` rows is its beginning.

    With `with_events`, also every event since then with its path to the root: those of that
    agency's own people with their salts, so that the agency can see that what its people did was
    sealed as they did it, and the others as commitments alone. Whatever has been sealed since then
    and is gone, altered or without its salt is among them as that: a missing row must not look as
    if it had been somebody else's. Raises NotWitnessed.
    """
    with log.one_transaction(steady=True):
        last = log.last_checkpoint()
        signed = checkpoint_by(key, last.note) if last else None
        if last is None or signed is None:
            raise NotWitnessed("Nothing has been sealed yet with this log's key.")
        if not 0 <= old <= signed.size:
            raise NotWitnessed(
                f"The log has {signed.size:,} rows, fewer than the {old:,} that were witnessed: it "
                "was put back to an older state. Run `goldenthread verify`."
            )
        try:
            proof = _proof_of_growth(key, old, signed)
            events = list(_stretch(signed, old, agency_name)) if with_events else []
        except LookupError as missing:
            raise NotWitnessed(f"{missing} Run `goldenthread verify`.") from missing
    return {
        "format": FORMAT,
        "log": signed.origin,
        "log_key": key.text(),
        "old": old,
        "consistency": [_text(one) for one in proof],
        "checkpoint": last.note,
        "events": events,
    }


def _stretch(signed: Checkpoint, old: int, agency_name: str) -> Iterator[dict[str, object]]:
    """Every event since `old`, and everything since then that is not as it was sealed."""
    agency = next((one.id for one in agencies().values() if one.name == agency_name), None)
    if agency is None:
        raise NotWitnessed(f"There is no agency called {agency_name} in the partnership.")
    forms, ways = log.forms(), [cache(one) for one in WAYS]
    for at in range(old, signed.size, log_reading.READ_TOGETHER):
        upto = min(at + log_reading.READ_TOGETHER, signed.size)
        leaves = log_reading.leaves(at, upto)
        values = {form: _values(forms.get(form), leaves) for form in {one.form for one in leaves}}
        for leaf in leaves:
            shown = _shown(leaf, forms.get(leaf.form), values[leaf.form].get(leaf.row), agency)
            if shown is not None:
                path = _path(leaf, signed, ways)
                yield {
                    "place": leaf.place,
                    "commitment": _text(leaf.commitment),
                    "path": [_text(one) for one in path],
                    **shown,
                }


# How a subtree's hash is found: by what is kept for it, and from the leaves where that proves to be
# wrong. A kept hash that was altered must not accuse a log that holds.
Path = tuple[bytes, ...]
WAYS: tuple[Subtree, ...] = (log_reading.subtree, log_reading.subtree_from_leaves)


def _proof_of_growth(key: VerifierKey, old: int, new: Checkpoint) -> Path:
    kept = log_reading.checkpoint_of(old)
    was = checkpoint_by(key, kept.note) if kept else None
    old_root = was.root if was else EMPTY_ROOT
    return _first_that_holds(
        WAYS,
        lambda way: consistency_proof(old, new.size, way),
        lambda path: proves_consistency(old, new.size, path, old_root, new.root),
    )


def _path(leaf: LeafRow, signed: Checkpoint, ways: Sequence[Subtree]) -> Path:
    hashed = leaf_hash(leaf.commitment)
    return _first_that_holds(
        ways,
        lambda way: inclusion_proof(leaf.place, signed.size, way),
        lambda path: proves_inclusion(hashed, leaf.place, signed.size, path, signed.root),
    )


def _first_that_holds(
    ways: Sequence[Subtree], made: Callable[[Subtree], Path], holds: Callable[[Path], bool]
) -> Path:
    """The first proof that holds; else the last there is. Raises LookupError where leaves lack."""
    first, *_, last = ways
    with suppress(LookupError):
        if holds(path := made(first)):
            return path
    return made(last)


def _values(form: Form | None, leaves: Sequence[LeafRow]) -> dict[UUID, tuple[str | None, ...]]:
    try:
        rows = [one.row for one in leaves if form and one.form == form.id]
        return log.contents(form, rows) if form else {}
    except LookupError:  # the table or a column of it was dropped: every row is gone
        return {}


def _shown(
    leaf: LeafRow, form: Form | None, values: Sequence[str | None] | None, agency: UUID
) -> dict[str, object] | None:
    """What an agency is shown of one leaf beside its place; None where it is not concerned."""
    if form is None or values is None:
        return {"fault": "gone"}
    if leaf.salt is None:
        return {"fault": "without its salt"}
    content = canonical(form.table, form.columns, values, place=leaf.place)
    if commitment(leaf.salt, content) != leaf.commitment:
        return {"fault": "altered"}
    if form.table != EVENTS:
        return None
    row = dict(zip(form.columns, values, strict=True))
    if row.get("agency") != str(agency):
        return {}
    return {"table": EVENTS, "row": row, "salt": _text(leaf.salt)}


def keep(key: VerifierKey, whole: str, *, id: UUID) -> Kept:
    """Keep a checkpoint that a witness co-signed. Raises NotWitnessed, NoteRefused."""
    checkpoint = checkpoint_by(key, whole)
    if checkpoint is None:
        raise NotWitnessed("This is not a checkpoint of this log, signed by its key.")
    for row in log_reading.witnesses():
        when = cosigned_by(row, whole)
        if when is not None:
            is_new = witnessing.keep_cosignature(
                id, witness=row.id, size=checkpoint.size, note=whole, cosigned_at=when
            )
            return Kept(row.name, checkpoint.size, when, is_new)
    raise NotWitnessed("No witness of this log co-signed this checkpoint.")


def cosigned_by(witness: WitnessRow, whole: str) -> datetime | None:
    """When a witness signed this checkpoint with its own key; None where it did not."""
    try:
        at = parse_note(whole).cosigned_at(parse_verifier(witness.key))
    except NoteRefused:
        return None
    return None if at is None else datetime.fromtimestamp(at, UTC)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
