"""Which cumulative summaries a reader may read, with what each rests on and how much is newer.

A summary that a reader may not read does not exist for them: neither its number nor its date is
told, and an id of one is answered like an id that never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.risk.summary import Heading, Part, Reads
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.risk import summaries as records
from goldenthread.records.risk.summaries import GivenRow, SummaryRow
from goldenthread.usecases._steps.giving import GIVEN_WHOLE, NotForThem
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, event_of, permitted
from goldenthread.usecases._steps.summary_sight import reads_version

__all__ = [
    "NotFoundHere",
    "SummaryRead",
    "SummarySeen",
    "read_summary_version",
    "summaries_seen",
    "summary_for_meeting",
]

SUMMARY_FORM = "summary"
NO_SUCH_SUMMARY = "There is no such summary in what you can read."
NOT_THEIRS = Decision(Outcome.DENY, "summary-not-for-this-reader", NO_SUCH_SUMMARY)


@dataclass(frozen=True, slots=True)
class SummarySeen:
    """One version, with its words, by which rule it is read, and how many entries are newer.

    `newer` counts entries the reader may see which the writer did not have when they finished.
    """

    row: SummaryRow
    parts: tuple[Part, ...]
    reads: Reads
    newer: int

    @property
    def is_numbered(self) -> bool:
        """Whether the reader is told its number: one it was given to is not told of others."""
        return self.reads is not Reads.GIVEN


@dataclass(frozen=True, slots=True)
class SummaryRead:
    """One version opened: what it rests on, whom it was given to, and the others of its sight.

    `given` is for those who may give it; others are told nothing of who else reads it. `versions`
    are the versions of the same sight that the reader may read, newest first.
    """

    seen: SummarySeen
    entries: tuple[UUID, ...]
    given: tuple[GivenRow, ...]
    versions: tuple[SummarySeen, ...]
    may_give: bool


def summaries_seen(permission: Permission, *, now: datetime) -> tuple[SummarySeen, ...]:
    """The versions a permitted reader may read, newest first; words of the newest of each sight.

    The number of queries grows with the number of agencies that wrote one, never with versions.
    """
    rows = [
        (row, reads)
        for row in records.summaries_of(permission.family.id)
        if (reads := reads_of(permission, row))
    ]
    newest: set[tuple[UUID, bool]] = set()
    found = []
    for row, reads in rows:
        first = (row.agency, row.pooled) not in newest
        newest.add((row.agency, row.pooled))
        found.append(_seen(permission, row, reads, now=now) if first else _listed(row, reads))
    return tuple(found)


def read_summary_version(
    actor: Actor,
    case_id: UUID,
    summary: UUID,
    *,
    now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> SummaryRead:
    """Open one version. `action` is EXPORT_CHRONOLOGY when it leaves the screen.

    Raises NotFoundHere, also for a version that exists and is not the reader's to read.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        row = records.summary(case_id, summary)
        reads = reads_of(permission, row) if row else None
        if row is not None and reads is not None:
            found = _opened(permission, row, reads, now=now)
            audit.append(permission.event(resource=str(row.id), opened="summary"))
            return found
        if permission.given.is_for_others:
            raise NotForThem(GIVEN_WHOLE)
        audit.append(refused(permission, summary))
    raise NotFoundHere(NO_SUCH_SUMMARY, is_kept=True)


def summary_for_meeting(
    actor: Actor,
    case_id: UUID,
    *,
    by: datetime,
    now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> SummarySeen | None:
    """The newest version finished by an instant that the reader may read: what a meeting is given.

    None where there is none for this reader. Raises NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        for row in records.summaries_of(case_id):
            reads = reads_of(permission, row)
            if reads is not None and row.recorded_at <= by:
                audit.append(permission.event(resource=str(row.id), opened="summary"))
                return _seen(permission, row, reads, now=now)
        audit.append(permission.event(opened="summary", found=0))
    return None


def refused(permission: Permission, summary: UUID) -> audit.Event:
    """The audit event of a summary that was asked for and is not the reader's to read."""
    case = permission.family.id
    return event_of(permission.actor, permission.action, NOT_THEIRS, case, resource=str(summary))


def _opened(permission: Permission, row: SummaryRow, reads: Reads, *, now: datetime) -> SummaryRead:
    may_give = may_give_it(permission, row)
    versions = tuple(
        _listed(other, how)
        for other in records.summaries_of(permission.family.id)
        if (other.agency, other.pooled) == (row.agency, row.pooled)
        and (how := reads_of(permission, other))
    )
    return SummaryRead(
        seen=_seen(permission, row, reads, now=now),
        entries=records.entries_of(row.id),
        given=tuple(records.given(row.id)) if may_give else (),
        versions=versions,
        may_give=may_give,
    )


def reads_of(permission: Permission, row: SummaryRow) -> Reads | None:
    """By which rule the permitted reader reads a version; None where they may not.

    In a document for others it is read as long as each of those could read it too.
    """
    own = reads_version(permission.actor, permission.for_oneself.ties, row)
    given = permission.given
    if own is None or not given.is_for_others:
        return own
    theirs = all(reads_version(reader, ties, row) for reader, ties in given.readers)
    return own if theirs and not given.has_outsiders else None


def may_give_it(permission: Permission, row: SummaryRow) -> bool:
    """Whether the reader may give a version: a member of the team who shares its writer's sight."""
    if permission.ties.role is None or permission.actor.agency != row.agency:
        return False
    return row.pooled == (permission.ties.role == TeamRole.CHAIR)


def _seen(permission: Permission, row: SummaryRow, reads: Reads, *, now: datetime) -> SummarySeen:
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    return SummarySeen(row, _parts(row.id), reads, records.newer_than(row, visible))


def _listed(row: SummaryRow, reads: Reads) -> SummarySeen:
    return SummarySeen(row, (), reads, 0)


def _parts(summary: UUID) -> tuple[Part, ...]:
    words = records.parts_of(summary)
    return tuple(Part(heading, words[heading]) for heading in Heading if heading in words)
