"""Read what a family's history adds up to: its questions, what holds, its summaries. Audited.

Answers the finding that single incidents were responded to and their accumulation was not seen. A
reader sees the questions of their own agency's knowledge, a chair those of everything together; of
summaries only those they may read exist for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, decide
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import store as drafts
from goldenthread.usecases._steps.network_seen import load_network
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.questions import gaps_and_questions
from goldenthread.usecases.risk.asked import Asked, questions_as_known, questions_seen
from goldenthread.usecases.risk.summaries import SUMMARY_FORM, SummarySeen, summaries_seen

__all__ = ["NotFoundHere", "Picture", "questions_from", "read_picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a history adds up to from one viewpoint, beside the history itself.

    `open_gaps` counts the open questions about who is around the children. `summaries` are newest
    first. `draft` is the summary the reader is part way through writing.
    """

    asked: Asked
    open_gaps: int
    may_answer: bool
    may_write: bool
    summaries: tuple[SummarySeen, ...]
    draft: UUID | None


def read_picture(actor: Actor, case_id: UUID, viewpoint: Viewpoint, *, now: datetime) -> Picture:
    """Read the questions, the gaps and the summaries that this reader may see.

    From an earlier day, or as another agency, the questions are worked out anew from no more than
    the reader may see. Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        asked = questions_from(permission, viewpoint, now=now)
        loaded = load_network(permission, viewpoint, now=now)
        _, gaps = gaps_and_questions(permission, loaded, viewpoint)
        own = [
            row.id
            for row in drafts.drafts(account=actor.account, case=case_id)
            if row.fields.get("form") == SUMMARY_FORM
        ]
        picture = Picture(
            asked=asked,
            open_gaps=sum(one.is_open for one in gaps),
            may_answer=decide(actor, Action.ANSWER_QUESTION, permission.ties).is_allowed,
            may_write=decide(actor, Action.WRITE_SUMMARY, permission.ties).is_allowed,
            summaries=summaries_seen(permission, now=now),
            draft=next(iter(own), None),
        )
        audit.append(
            permission.event(
                resource="picture",
                viewpoint=str(viewpoint.agency or "pooled"),
                as_of=viewpoint.as_of.isoformat(),
                questions=len(asked.open),
            )
        )
    return picture


def questions_from(permission: Permission, viewpoint: Viewpoint, *, now: datetime) -> Asked:
    """The questions as they stand, or as they arose from an earlier or another viewpoint."""
    if viewpoint.agency is None and day_of(viewpoint.as_of) >= day_of(now):
        return questions_seen(permission, now=now)
    return questions_as_known(permission, agency=viewpoint.agency, as_of=viewpoint.as_of, now=now)
