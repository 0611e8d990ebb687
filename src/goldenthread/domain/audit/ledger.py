"""What a family may be given of who was told and who looked: chosen, and held back by rules.

Nothing is on the family's copy unless somebody chose it, and some things cannot be chosen: telling
them could put a child or whoever spoke at risk. Each that is held back says why, to the
practitioner alone; on the copy nothing shows that anything was held back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """What is never told to a family by this copy, each with the reason; a local setting.

    `agencies` are kinds of agencies, `kinds` and `concerns` those of entries.
    """

    agencies: dict[str, str]
    kinds: dict[str, str]
    concerns: dict[str, str]
    unsaid: str
    from_somebody: str
    restricted: str


@dataclass(frozen=True, slots=True)
class TellingFacts:
    """One telling, as the rules look at it; `from_kind` and `to_kind` are kinds of agencies."""

    id: UUID
    kind: str
    concerns: tuple[str, ...]
    from_kind: str
    to_kind: str
    family_told: str
    informant: str = ""
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class LookFacts:
    """That people of one agency opened the record on some days."""

    agency: UUID
    kind: str
    days: tuple[date, ...] = field(default_factory=tuple)


def held_back(one: TellingFacts, rules: LedgerRules) -> tuple[str, ...]:
    """Why a telling may not be on the family's copy: every reason, none where it may."""
    reasons = []
    if one.is_restricted:
        reasons.append(rules.restricted)
    for agency in (one.from_kind, one.to_kind):
        if agency in rules.agencies:
            reasons.append(rules.agencies[agency])
    if one.kind in rules.kinds:
        reasons.append(rules.kinds[one.kind])
    reasons += [rules.concerns[each] for each in one.concerns if each in rules.concerns]
    if one.informant.strip():
        reasons.append(rules.from_somebody)
    if not one.family_told.strip():
        reasons.append(rules.unsaid)
    return tuple(dict.fromkeys(reasons))


def looks_to_tell(looks: Iterable[LookFacts], rules: LedgerRules) -> list[LookFacts]:
    """The agencies whose looks may be told to the family."""
    return [one for one in looks if one.kind not in rules.agencies and one.days]
