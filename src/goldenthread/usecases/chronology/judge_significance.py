"""Say how much an entry matters to this family: a practitioner's judgement, never the system's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.vocabulary import Significance
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.chronology import store as chronology
from goldenthread.usecases._steps.permission import NotFoundHere, permitted


class NoSuchJudgement(Refusal):
    """The word given is not one of the three an entry can be judged by."""


def judge_significance(
    actor: Actor, case_id: UUID, statement: UUID, significance: str, *, id: UUID, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Add a judgement; the latest counts and earlier ones stay. Raises NotFoundHere."""
    if significance not in (Significance.ROUTINE, Significance.SIGNIFICANT, Significance.KEY):
        raise NoSuchJudgement("Choose routine, significant or key event.")
    with permitted(actor, case_id, Action.JUDGE_SIGNIFICANCE, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=statement).exists():
            raise NotFoundHere("There is no such entry in what you can read.", statement)
        chronology.judge(
            id,
            case=case_id,
            statement=statement,
            significance=significance,
            reason=reason.strip(),
            judged_by=actor.account,
            event=permission.event(resource=str(statement), significance=significance),
        )
