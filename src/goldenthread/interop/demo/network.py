"""Reads out of the demonstration's entries what they say of who is who to whom.

A family's `network.toml` says it entry by entry. Each agency reads its own entries out, as its
practitioner would after bringing the file in; what is there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import not_known, parse_edtf
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import (
    NewHousehold,
    add_household,
    read_out_claims,
)

Key = Callable[[str, str], UUID]


def read_out(
    told: dict[str, Any],
    case: UUID,
    actors: dict[UUID, Actor],
    readers: Sequence[Actor],
    key: Key,
    *,
    now: datetime,
) -> int:
    """Read out what is not there yet; returns how many claims are new.

    `told` is a network.toml, `actors` is who speaks for each agency, and `readers` see every entry
    between them. Raises KeyError where `told` names an entry that no spreadsheet holds.
    """
    viewpoint = Viewpoint(now)
    wanted = {entry["id"]: _claims(entry, key) for entry in told["entry"]}
    kept = {
        claim.id
        for reader in readers
        for claim in read_network(reader, case, viewpoint, now=now).network.claims
    }
    missing = {
        reference: claims
        for reference, claims in wanted.items()
        if any(str(claim.id) not in kept for claim in claims)
    }
    if not missing:
        return 0
    statements = {
        entry.statement.reference: entry.statement
        for reader in readers
        for entry in read_history(reader, case, viewpoint, now=now).entries
    }
    opener = actors[next(iter(actors))]
    for home in told["household"]:
        household = NewHousehold(key("household", home["key"]), home["name"], home["nature"])
        add_household(opener, case, household, now=now)
    return sum(
        read_out_claims(
            actors[statements[reference].agency],
            case,
            statements[reference].id,
            claims,
            now=now,
        )
        for reference, claims in missing.items()
    )


def _claims(entry: dict[str, Any], key: Key) -> tuple[ProposedClaim, ...]:
    return tuple(
        _claim(f"{entry['id']} {place}", claim, key) for place, claim in enumerate(entry["claims"])
    )


def _claim(name: str, claim: dict[str, Any], key: Key) -> ProposedClaim:
    def named(part: str, kind: str) -> UUID | None:
        return key(kind, claim[part]) if part in claim else None

    return ProposedClaim(
        id=key("claim", name),
        kind=claim["kind"],
        nature=claim["nature"],
        person=key("person", claim["person"]),
        other=named("other", "person"),
        household=named("household", "household"),
        agency=named("agency", "agency"),
        happened=parse_edtf(claim["happened"]) if "happened" in claim else not_known(),
        polarity=claim.get("polarity", Polarity.ASSERTS),
        status=claim.get("status", ""),
        days=tuple(claim.get("days", ())),
        nights=tuple(claim.get("nights", ())),
        words=claim.get("words", ""),
    )
