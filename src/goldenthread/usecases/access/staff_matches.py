"""Whether somebody of the agency is a person of a family's record: asked of its leads alone.

A lead is asked where the family is open to them and they may know of the person; never about
themselves. Where no lead may be asked the family stays closed to whoever was matched, and the
question waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.people.staff import MatchAnswer, MatchStrength
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import oversight, restrict
from goldenthread.records.access.oversight import MatchRow
from goldenthread.records.access.people_seen import members_seen, unseen_among
from goldenthread.records.access.reading import teams_of, ties_across
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import CaseRow, cases_by_id
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere

__all__ = [
    "AskedOfMatch", "CannotAnswerMatch", "NotFoundHere", "answer_match", "matches_to_answer",
    "matches_waiting",
]  # fmt: skip

NO_SUCH_MATCH = "There is no such question for you."
# What the lead is told it rests on. Where somebody lives is told to nobody by it.
TOLD = {
    MatchStrength.NAME_AND_BIRTH: "The same name and date of birth",
    MatchStrength.NAME_AND_POSTCODE: "The same name, and something else that is known of both",
    MatchStrength.SURNAME_AND_POSTCODE: "The same surname, and something else known of both",
    MatchStrength.NAME_ALONE: "The same name; nothing else is known of both",
}


class CannotAnswerMatch(Refusal):
    """An answer cannot be kept as it was given; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class AskedOfMatch:
    """One question: who of the agency, which person of which family, and what it rests on."""

    id: UUID
    name: str
    post: str
    family: CaseRow
    person: str
    rests_on: str
    is_closed: bool
    since: date


def matches_to_answer(actor: Actor, *, now: datetime) -> list[AskedOfMatch]:
    """The questions this lead may answer, by name. Raises NotFoundHere for others."""
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        asked = _asked(actor, now)
        audit.append(permission.event(resource="staff-matches", matches=len(asked)))
        return [shown for _, shown in asked]


def matches_waiting(actor: Actor, *, now: datetime) -> list[date]:
    """Since when each question waits for this lead; none for others."""
    if actor.remit != Remit.AGENCY_LEAD:
        return []
    return [one.since for one in matches_to_answer(actor, now=now)]


def answer_match(
    actor: Actor, match: UUID, *, answer: str, reason: str, id: UUID, now: datetime
) -> MatchAnswer:
    """Say whether it is them or a relative, which is a conflict of interest, or is not; once.

    Raises NotFoundHere and CannotAnswerMatch.
    """
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        row, shown = next(
            (pair for pair in _asked(actor, now) if pair[0].id == match), (None, None)
        )
        if row is None or shown is None:
            raise NotFoundHere(NO_SUCH_MATCH)
        if answer not in {str(one) for one in MatchAnswer}:
            raise CannotAnswerMatch("answer", "Choose whether it is them or a relative, or is not.")
        if not reason.strip():
            raise CannotAnswerMatch("reason", "Say how you know.")
        event = permission.event(resource=str(match), answer=answer)
        try:
            with transaction.atomic():
                oversight.answer_match(
                    id, row, answer=answer, reason=reason.strip(), answered_by=actor.practitioner,
                    recorded_by=actor.account, event=event,
                )  # fmt: skip
        except IntegrityError as taken:  # another lead answered meanwhile
            raise NotFoundHere(NO_SUCH_MATCH) from taken
        if answer == MatchAnswer.CONFLICT:
            restrict.declare_conflict(
                uuid5(match, "declared"), practitioner=row.practitioner, case=row.case,
                words=shown.family.reference, reason=reason.strip(), by_themselves=False,
                declared_by=actor.account,
                event=permission.event(resource=str(match), declared=str(row.practitioner)),
            )  # fmt: skip
        return MatchAnswer(answer)


def _asked(actor: Actor, now: datetime) -> list[tuple[MatchRow, AskedOfMatch]]:
    """What this lead may be asked, by name."""
    rows = [
        row
        for row in oversight.matches_of_agency(actor.agency)
        if row.practitioner != actor.practitioner
    ]
    today = day_of(now)
    ties = {
        case: tie
        for case, tie in ties_across(
            teams_of({row.case for row in rows}, on=today), actor, on=today
        ).items()
        if (tie.role is not None or tie.agency_on_team) and not tie.restrictions.bars_family
    }
    rows = [row for row in rows if row.case in ties]
    if not rows:
        return []
    unseen = unseen_among({(row.case, row.person) for row in rows}, actor, ties, now=now)
    rows = [row for row in rows if (row.case, row.person) not in unseen]
    families = cases_by_id({row.case for row in rows})
    names = {
        one.person: f"{one.name}, {one.role}"
        for case in families
        for one in members_seen(case, actor, ties[case], now=now)
    }
    return [
        (
            row,
            AskedOfMatch(
                row.id, row.name, row.post, families[row.case], names.get(row.person, ""),
                TOLD[MatchStrength(row.strength)], row.restricts, day_of(row.recorded_at),
            ),
        )
        for row in rows
    ]  # fmt: skip
