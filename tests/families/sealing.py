"""A key of its own for tests, and what seals with it; salts are from a counter, so that they differ."""

from __future__ import annotations

import itertools
from datetime import datetime

from goldenthread.domain.audit.signed_note import SigningKey
from goldenthread.usecases.audit.seal import Sealed, seal
from tests.families.world import NOW

KEY = SigningKey("fenwick.example/record", bytes(range(32)))
_salts = itertools.count(1)


def new_salts(size: int) -> bytes:
    return next(_salts).to_bytes(size)


def sealed(*, now: datetime = NOW, **more) -> Sealed:
    """Seal once what waits."""
    return seal(KEY, now=now, new_salts=new_salts, **more)
