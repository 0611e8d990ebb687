"""Loads who lived where and who looked after whom, as one reader may see it and a viewpoint knew.

The part of a family's network that a history draws above its lanes. It reads only the claims of
homes and care and the statements behind them, whatever the length of the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.network.claim import Household, Network
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.access.reading import sources_hidden_from, visible_to
from goldenthread.records.chronology.reading import known_to
from goldenthread.records.network import reading
from goldenthread.records.shared.reading import AgencyRow, practitioner_names
from goldenthread.usecases._steps.family import Family
from goldenthread.usecases._steps.network_seen import relative_of, source_of, standing_by
from goldenthread.usecases._steps.permission import Permission

LIVED = (ClaimKind.LIVES_AT, ClaimKind.CARES_FOR)


def load_lived(
    permission: Permission,
    family: Family,
    viewpoint: Viewpoint,
    agencies: Mapping[UUID, AgencyRow],
    *,
    now: datetime,
) -> Network:
    """The homes and the care known from a viewpoint; a few queries, however long the history.

    `family` is the one the reader is shown: claims about anybody else are left out.
    """
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    known = known_to(case, viewpoint).filter(id__in=visible.values("id"))
    claims = reading.claims_in(known, kinds=LIVED)
    made = {statement for statement, _ in claims}
    said = reading.statements_of(made)
    standing = standing_by(reading.links_about(made, known))
    names = practitioner_names({row.asserted_by for row in said if row.asserted_by})
    unnamed = sources_hidden_from(permission.actor, permission.ties.restrictions)
    sources = {row.id: source_of(row, agencies, names, unnamed) for row in said}
    people = {str(member.person) for member in family.members}
    kept = tuple(
        replace(claim, source=replace(sources[statement], standing=standing(statement)))
        for statement, claim in claims
        if people.issuperset(claim.people)
    )
    homes = {claim.household for claim in kept}
    return Network(
        people=tuple(relative_of(member) for member in family.members),
        claims=kept,
        households=tuple(
            Household(str(row.id), row.name, row.nature)
            for row in reading.households_of(case)
            if str(row.id) in homes
        ),
    )
