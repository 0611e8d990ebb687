"""A key of its own for tests, and what seals with it; salts are from a counter, so that they differ."""

from __future__ import annotations

import itertools
from datetime import datetime

from goldenthread.domain.audit.merkle import Peaks, leaf_hash
from goldenthread.domain.audit.signed_note import Checkpoint, Note, SigningKey
from goldenthread.usecases.audit.seal import Sealed, seal
from tests.families.world import NOW

KEY = SigningKey("fenwick.example/record", bytes(range(32)))
_salts = itertools.count(1)


def new_salts(size: int) -> bytes:
    return next(_salts).to_bytes(size)


def sealed(*, now: datetime = NOW, **more) -> Sealed:
    """Seal once what waits."""
    return seal(KEY, now=now, new_salts=new_salts, **more)


def sign_everything_anew(superuser, by: SigningKey) -> None:
    """One checkpoint over whatever leaves there are, in place of all that were signed."""
    rows = superuser.execute("SELECT commitment FROM audit_leaf ORDER BY place").fetchall()
    peaks = Peaks().grown(leaf_hash(bytes(one)) for (one,) in rows)
    text = Checkpoint(by.name, peaks.size, peaks.root()).text()
    note = Note(text, (by.sign(text), by.cosign(text, at=int(NOW.timestamp())))).whole()
    superuser.execute("DELETE FROM audit_checkpoint")
    superuser.execute(
        "INSERT INTO audit_checkpoint (size, root, peaks, note, made_at) VALUES (%s, %s, %s, %s, %s)",
        [peaks.size, peaks.root(), b"".join(peaks.hashes), note, NOW],
    )
