"""What is known of an agency's people, and of where a family lives, to compare the two."""

from __future__ import annotations

import logging
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from goldenthread.domain.people.staff import MatchingRules, read_matching
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.addresses import reading
from goldenthread.usecases._steps.queue import queue_once

MATCH = "staff.match"
RULES = Path(__file__).with_name("staff_matching.toml")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LivesAt:
    """The postcode of one kept address: of one person, or of a household of the family."""

    address: UUID
    person: UUID | None
    postcode: str


@cache
def matching_rules() -> MatchingRules:
    """The rules of matching staff. Raises MatchingNotUnderstood."""
    return read_matching(tomllib.loads(RULES.read_text("utf-8")))


def ask_to_match(practitioner: UUID) -> None:
    """Have somebody who joins, or whose name changes, matched once this is committed."""
    queue_once(MATCH, lock=f"{MATCH}.{practitioner}", practitioner=str(practitioner))


def postcodes_of(cases: Iterable[UUID]) -> dict[UUID, list[LivesAt]]:
    """The postcodes of these families' addresses that stand; none of a refuge.

    Without the key of addresses there are none, and a line of the log says so.
    """
    rows = [row for row in reading.addresses_of(*cases) if not row.is_hidden and not row.is_former]
    if not rows:
        return {}
    try:
        said = reading.contents(row.id for row in rows)
    except Refusal as fault:
        _log.error("Postcodes were not compared: %s.", type(fault).__name__)
        return {}
    found: dict[UUID, list[LivesAt]] = defaultdict(list)
    for row in rows:
        if code := said[row.id].postal.postcode:
            found[row.case].append(LivesAt(row.id, row.person, code))
    return found
