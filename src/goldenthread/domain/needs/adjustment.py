"""A reasonable adjustment: what is done differently for one adult, agreed with them, and where.

Answers the finding that adjustments were not made where they were required (Equality Act 2010
ss.20-21). It says what to do and needs no reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.needs.vocabulary import Demand, Setting

SAFETY = (
    "An adjustment never lowers the child’s safety. It changes how the adult is helped to do what "
    "is asked; what must be done for the child stays the same."
)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What to do, agreed by whom and from when, where it must be used, and what it helps with."""

    id: UUID
    adult: UUID
    what: str
    agreed_by: str
    from_on: date
    settings: tuple[Setting, ...] = ()
    helps_with: tuple[Demand, ...] = ()
    review_on: date | None = None
