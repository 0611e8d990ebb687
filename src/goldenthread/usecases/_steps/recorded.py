"""What the verbs that put an entry in the record answer with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry is in the record; `already` says that this same entry was there before."""

    statement: UUID
    recorded_at: datetime
    already: bool
