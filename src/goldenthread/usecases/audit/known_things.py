"""The ids in a family that a reader may know: what the trail names may be told of where it is one.

Entries, people, decisions, plans, challenges, summaries, and packs of the reader's agency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import visible_to
from goldenthread.records.challenges import reading as challenges
from goldenthread.records.decisions import reading as decisions
from goldenthread.records.plans import reading as plans
from goldenthread.records.risk import summaries
from goldenthread.records.subject_access import reading as packs
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.summary_sight import reads_version


def known_things(
    permission: Permission, entries: Collection[UUID], *, now: datetime
) -> frozenset[str]:
    """The ids of what a permitted reader may know; `entries` are those that they may read now."""
    return frozenset(map(str, (*entries, *_ids(permission, frozenset(entries), now))))


def _ids(permission: Permission, entries: frozenset[UUID], now: datetime) -> Iterator[UUID]:
    case, actor, ties = permission.family.id, permission.actor, permission.ties
    visible = visible_to(case, actor, ties, now=now)
    yield from (one.person for one in members_seen(case, actor, ties, now=now))
    yield from (row.id for row in decisions.rows_of(case, visible))
    yield from (row.id for row in plans.versions_in(case, visible, by=now))
    yield from (row.id for row in challenges.challenges_of(case) if row.statement in entries)
    yield from (row.id for row in summaries.summaries_of(case) if reads_version(actor, ties, row))
    for row in packs.packs_of(case, actor.agency):
        if row.started_by == actor.account or packs.entries_of(row.id) <= entries:
            yield row.id
