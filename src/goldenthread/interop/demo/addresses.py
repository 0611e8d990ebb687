"""Keeps the safe addresses of a family's story, each by the practitioner who was told it.

A family's `addresses.toml` says them. What is there already is left as it is, and a day that has
not come for later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import LONDON
from goldenthread.usecases.addresses.keep_address import ProposedAddress, keep_address

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]
OFFICE_CLOSES = time(17, 0)  # when a day's work was written down, in England


def keep_all(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    """Keep every address that is not kept yet; returns how many are new.

    `told` is an addresses.toml and `acts` who a practitioner acts as.
    """
    return sum(
        keep_address(acts(one["by"]), case, _proposed(one, key), now=at)
        for one in told["address"]
        if (at := _instant(one["on"])) <= now
    )


def _proposed(one: dict[str, Any], key: Key) -> ProposedAddress:
    return ProposedAddress(
        id=key("address", one["key"]),
        person=key("person", one["person"]),
        lines="\n".join(one["lines"]),
        postcode=one["postcode"],
        phone=one["phone"],
        from_on=date.fromisoformat(one["from"]),
        how_known=one["how_known"],
        said_by=one["said_by"],
        people=frozenset(key("person", name) for name in one["must_not_reach"]),
        acting_words=one["acting"],
        why=one["why"],
    )


def _instant(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), OFFICE_CLOSES, LONDON).astimezone(UTC)
