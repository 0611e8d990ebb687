"""Whom the review of a seal is due to: whoever answers for it, or others where they are gone.

Past its day it is due as well to whoever is named and oversees the work: a lead, or the chair.
Nobody who is not named is told of a seal by this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.standing import SealRow, seals_of
from goldenthread.records.accounts.reading import ended_posts
from goldenthread.records.shared.reading import actors_of


def seals_due(
    actor: Actor, roles: Mapping[UUID, str | None], *, by: date, today: date
) -> Iterator[SealRow]:
    """The seals on these families and their entries whose review is due to the actor by a day.

    `roles` are the families with the actor's own role in each.
    """
    rows = [row for row in seals_of(roles, on=today) if actor.practitioner in row.named]
    gone = owners_gone(rows, today=today)
    for row in rows:
        theirs = row.owner == actor.practitioner or row.id in gone
        chairs = row.case is not None and roles.get(row.case) == TeamRole.CHAIR
        oversees = actor.remit == Remit.AGENCY_LEAD or chairs
        if row.review_on <= by and (theirs or (oversees and row.review_on < today)):
            yield row


def owners_gone(rows: Collection[SealRow], *, today: date) -> frozenset[UUID]:
    """The seals for which nobody answers any more.

    Whoever did is named no longer, cannot sign in, or left or moved since they began to.
    """
    if not rows:
        return frozenset()
    able = {one.practitioner for one in actors_of({row.owner for row in rows})}
    ended = ended_posts(min(day_of(row.owner_since) for row in rows))
    last: dict[UUID, date] = {}
    for who, on in ended:
        if on <= today:
            last[who] = max(on, last.get(who, on))
    return frozenset(
        row.id
        for row in rows
        if row.owner not in able
        or row.owner not in row.named
        or (row.owner in last and day_of(row.owner_since) <= last[row.owner])
    )
