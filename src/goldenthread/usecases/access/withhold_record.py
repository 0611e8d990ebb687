"""Withhold one entry, or a family's record, from one person or one agency, or stop doing so.

For instance the partner of somebody in the family who works for an agency of its team, or an agency
that must not learn of an operation. Whoever it is withheld from is answered as if it did not exist.
A whole record is never withheld from those who answer for the child: whoever is allocated, that
agency, and the chair. Those who look after the withholder's work are told of each such withholding.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import restrict
from goldenthread.records.access.reading import cases_of, team_of, visible_to
from goldenthread.records.access.standing import WithheldRow, withheld_by_agency, withholdings_on
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import agencies, everybody
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.withholding_notices import tell_of_withholding

__all__ = [
    "CannotWithhold",
    "NotFoundHere",
    "WithheldRow",
    "stop_withholding",
    "withheld_to_look_after",
    "withhold",
]

ANSWERS_FOR = {
    TeamRole.ALLOCATED: "is allocated to this family",
    TeamRole.CHAIR: "chairs this child’s conference",
}
INSTEAD = (
    "Tell your lead instead. A lead can seal the record for named people, or declare a conflict of "
    "interest for somebody of their own agency."
)

NOT_WITHHELD = "There is nothing of this withheld in what you can read."


class CannotWithhold(Refusal):
    """This cannot be withheld as it was asked; `part` names the field, or ""."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


def withhold(
    actor: Actor, case_id: UUID, *, reason: str, id: UUID, now: datetime,
    statement: UUID | None = None, practitioner: UUID | None = None, agency: UUID | None = None,
    until: date | None = None,
) -> None:  # fmt: skip
    """Withhold an entry, or with none the whole record, from a person or an agency.

    Nobody withholds from themselves or from their own agency, nor an entry from the agency that
    made it, nor a whole record from whoever is allocated, the chair, or an agency of theirs.
    Raises NotFoundHere and CannotWithhold.
    """
    if (practitioner is None) == (agency is None):
        raise CannotWithhold("whom", "Choose one person or one agency.")
    if not reason.strip():
        raise CannotWithhold("reason", "Say why, so that whoever looks at this later can judge it.")
    if until is not None and until < day_of(now):
        raise CannotWithhold("until", "Choose today or a day to come, or leave it empty.")
    with permitted(actor, case_id, Action.WITHHOLD_ENTRY, now=now) as permission:
        made_by = _made_by(permission, statement, now=now)
        _refuse_whom(actor, practitioner, agency, made_by)
        if statement is None:
            _refuse_whoever_answers(case_id, practitioner, agency, now=now)
        if any(row.id == id for row in withholdings_on(case_id)):
            return
        restrict.withhold(
            id, case=None if statement else case_id, statement=statement,
            practitioner=practitioner, agency=agency, until=until, reason=reason.strip(),
            withheld_by=actor.account, event=permission.event(resource=str(statement or id)),
        )  # fmt: skip
        if statement is None:
            tell_of_withholding(actor, case_id, now=now)


def withheld_to_look_after(actor: Actor, *, now: datetime) -> list[WithheldRow]:
    """Whole records that the actor's agency withholds from somebody, for its lead.

    Of families the lead may open alone. Raises NotFoundHere for whoever is no lead.
    """
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        cases = [case.id for case, _ in cases_of(actor, on=day_of(now))]
        rows = withheld_by_agency(actor.agency, cases)
        audit.append(permission.event(resource="withheld-records", withheld=len(rows)))
    return rows


def stop_withholding(
    actor: Actor, case_id: UUID, withholding: UUID, *, reason: str, now: datetime
) -> None:
    """Withhold it no longer, for a reason. Raises NotFoundHere and CannotWithhold."""
    if not reason.strip():
        raise CannotWithhold("reason", "Say why, so that whoever looks at this later can judge it.")
    with permitted(actor, case_id, Action.WITHHOLD_ENTRY, now=now) as permission:
        row = next((one for one in withholdings_on(case_id) if one.id == withholding), None)
        if row is None:
            raise NotFoundHere(
                "There is nothing of this withheld in what you can read.", withholding
            )
        if row.statement is not None:
            _made_by(permission, row.statement, now=now)
        restrict.end_withholding(
            withholding, reason=reason.strip(), ended_by=actor.account,
            event=permission.event(resource=str(row.statement or withholding)),
        )  # fmt: skip


def _made_by(permission: Permission, statement: UUID | None, *, now: datetime) -> UUID | None:
    if statement is None:
        return None
    case = permission.family.id
    readable = visible_to(case, permission.actor, permission.ties, now=now)
    agency = readable.filter(id=statement).values_list("agency_id", flat=True).first()
    if agency is None:
        raise NotFoundHere("There is no such entry in what you can read.", statement)
    return agency


def _refuse_whom(
    actor: Actor, practitioner: UUID | None, agency: UUID | None, made_by: UUID | None
) -> None:
    if practitioner == actor.practitioner or agency == actor.agency:
        raise CannotWithhold("whom", "Nobody withholds from themselves or from their own agency.")
    if agency is not None and agency == made_by:
        raise CannotWithhold("whom", "This agency made the entry, and knows what it says.")
    known = set(agencies()) | {one.id for one in everybody()}
    if (practitioner or agency) not in known:
        raise CannotWithhold("whom", "Choose a person or an agency of the partnership.")


def _refuse_whoever_answers(
    case: UUID, practitioner: UUID | None, agency: UUID | None, *, now: datetime
) -> None:
    for one in team_of(case, on=day_of(now)):
        if one.role not in ANSWERS_FOR:
            continue
        does = f"{one.name} {ANSWERS_FOR[TeamRole(one.role)]}"
        if practitioner == one.practitioner:
            raise CannotWithhold("whom", f"{does}, and must be able to read this record. {INSTEAD}")
        if agency == one.agency:
            raise CannotWithhold(
                "whom", f"{does} for {one.agency_name}, which must be able to read this record. "
                f"{INSTEAD}",
            )  # fmt: skip
