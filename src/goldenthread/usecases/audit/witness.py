"""Partner agencies as witnesses: what they are given, and the co-signature that comes back.

A witness keeps the last checkpoint it saw and signs a later one only with a proof that the earlier
is its beginning. Whoever rewrites the log then has every witness's key to steal as well.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from goldenthread.domain.audit.merkle import consistency_proof, inclusion_proof
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
from goldenthread.records.audit.log_reading import WitnessRow
from goldenthread.records.shared.reading import agencies

FORMAT = "goldenthread-witness/1"
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

    With `with_events`, also the events of that agency's own people since then, each with its salt
    and its path to the root, so that the agency can see that what its people did was sealed as they
    did it. Raises NotWitnessed.
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
            proof = consistency_proof(old, signed.size, log_reading.subtree)
            events = list(_events(signed, old, agency_name)) if with_events else []
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


def _events(signed: Checkpoint, old: int, agency_name: str) -> Iterator[dict[str, object]]:
    agency = next((one.id for one in agencies().values() if one.name == agency_name), None)
    forms = log.forms()
    for at in range(old, signed.size, log_reading.READ_TOGETHER):
        upto = min(at + log_reading.READ_TOGETHER, signed.size)
        leaves = [one for one in log_reading.leaves(at, upto) if forms[one.form].table == EVENTS]
        for form_id in {one.form for one in leaves}:
            of_form = [one for one in leaves if one.form == form_id]
            values = log.contents(forms[form_id], [one.row for one in of_form])
            for leaf in of_form:
                row = _row(forms[form_id].columns, values.get(leaf.row))
                if row.get("agency") == str(agency) and leaf.salt is not None:
                    path = inclusion_proof(leaf.place, signed.size, log_reading.subtree)
                    yield {
                        "place": leaf.place,
                        "table": EVENTS,
                        "row": row,
                        "salt": _text(leaf.salt),
                        "path": [_text(one) for one in path],
                    }


def _row(columns: Sequence[str], values: Sequence[str | None] | None) -> dict[str, str | None]:
    return dict(zip(columns, values, strict=True)) if values else {}


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
