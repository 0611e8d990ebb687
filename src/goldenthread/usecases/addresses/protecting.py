"""What keeps a safe address's words out of pages and documents: asked once for each request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.addresses.sealing import AddressKeyMissing, AddressNotAsKept
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.kept_addresses import (
    MARK,
    Protection,
    protection_everywhere,
    protection_of,
)

__all__ = ["MARK", "AddressKeyMissing", "AddressNotAsKept", "Protection", "protection_for"]


def protection_for(actor: Actor, case: UUID | None, *, now: datetime) -> Protection:
    """What protects addresses from this reader on a page of one family, or of many (`case` None).

    It shows nothing and so is no look at the record; the page's own look is audited as ever.
    Raises AddressKeyMissing and AddressNotAsKept.
    """
    with transaction.atomic():
        if case is None:
            wall.open_for_own(actor, on=day_of(now))
            return protection_everywhere(actor, now=now)
        wall.open_for(actor, case, on=day_of(now))
        return protection_of(actor, case, now=now)
