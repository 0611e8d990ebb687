"""By which rule somebody reads one version of a cumulative summary."""

from __future__ import annotations

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.risk.summary import Reads, reads_summary
from goldenthread.records.access.reading import unreadable_by
from goldenthread.records.risk import summaries as records
from goldenthread.records.risk.summaries import SummaryRow


def reads_version(actor: Actor, ties: FamilyTies, row: SummaryRow) -> Reads | None:
    """By which rule somebody with these ties reads a version; None where they may not.

    Words that rest on an entry which is restricted for the reader are not for them either.
    """
    unread = unreadable_by(actor, ties.restrictions)
    if unread and not unread.isdisjoint(records.entries_of(row.id)):
        return None
    return reads_summary(
        actor.agency,
        is_chair=ties.reads_all,
        writer=row.agency,
        pooled=row.pooled,
        given_to=row.given_to,
    )
