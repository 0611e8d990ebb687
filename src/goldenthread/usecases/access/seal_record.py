"""Seal a family's record or one entry for named people, go on with it, or lift it.

A seal has a reason, an owner and a day on which it is reviewed. Whoever is not named is answered as
if what is sealed did not exist, so only somebody named goes on with a seal, lifts it, names more,
takes a name off or hands it over; and a list is never left without somebody who can.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access import restrict
from goldenthread.records.access.reading import team_of, visible_to
from goldenthread.records.access.standing import SealRow, has_step, seals_on
from goldenthread.records.shared.reading import actors_of, everybody
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.seals_due import owners_gone
from goldenthread.usecases.access.named_on_seal import (
    CannotSeal,
    refuse_list_of_too_few,
    refuse_named,
)
from goldenthread.usecases.access.seal_rules import seal_rules

__all__ = [
    "CannotSeal",
    "NotFoundHere",
    "end_name",
    "hand_over_seal",
    "lift_seal",
    "name_on_seal",
    "review_seal",
    "seal_record",
]

NO_SUCH_SEAL = "There is no such seal in what you can read."


def seal_record(
    actor: Actor, case_id: UUID, *, kind: str, reason: str, named: Collection[UUID], id: UUID,
    now: datetime, statement: UUID | None = None, owner: UUID | None = None,
) -> None:  # fmt: skip
    """Seal the family's record, or one entry of it, for these people; the sealer is one of them.

    `owner` answers for it, the sealer where nobody else is given. A family's seal names two at
    least, one of them a lead or the chair. Asking twice seals once. Raises NotFoundHere and
    CannotSeal.
    """
    if kind not in dict(SealKind.choices()):
        raise CannotSeal("kind", "Choose why this is sealed.")
    if not reason.strip():
        raise CannotSeal("reason", "Say why, so that whoever reviews this can judge it.")
    with permitted(actor, case_id, Action.SEAL_RECORD, now=now) as permission:
        if statement is not None:
            _refuse_unread(permission, statement, now=now)
        wanted = {*named, owner or actor.practitioner, actor.practitioner}
        if wanted - {one.id for one in everybody()}:
            raise CannotSeal("named", "Choose people of the partnership.")
        today = day_of(now)
        if any(row.id == id for row in seals_on(case_id, statement, on=today)):
            return
        refuse_named(case_id, kind, wanted, now=now)
        if statement is None:
            refuse_list_of_too_few(case_id, wanted, now=now)
        restrict.seal(
            id, case=case_id if statement is None else None, statement=statement, kind=kind,
            reason=reason.strip(), owner=owner or actor.practitioner,
            review_on=today + timedelta(days=seal_rules().review_after_days),
            named=sorted(wanted), from_on=today, sealed_by=actor.account,
            event=permission.event(resource=str(statement or id)),
        )  # fmt: skip


def review_seal(
    actor: Actor, case_id: UUID, seal: UUID, *, reason: str, id: UUID, now: datetime
) -> None:
    """Go on with a seal: it is due for review again after the days of the rules.

    A form sent twice counts once. Raises NotFoundHere and CannotSeal.
    """
    again = day_of(now) + timedelta(days=seal_rules().review_after_days)
    _step(actor, case_id, seal, reason, id, now, review_on=again)


def lift_seal(
    actor: Actor, case_id: UUID, seal: UUID, *, reason: str, id: UUID, now: datetime
) -> None:
    """Lift a seal, for a reason; a form sent twice counts once.

    Raises NotFoundHere and CannotSeal.
    """
    _step(actor, case_id, seal, reason, id, now, review_on=None)


def name_on_seal(
    actor: Actor, case_id: UUID, seal: UUID, practitioner: UUID, *, id: UUID, now: datetime
) -> None:
    """Put somebody on the named list of a seal from today. Raises NotFoundHere and CannotSeal."""
    with permitted(actor, case_id, Action.SEAL_RECORD, now=now) as permission:
        row = _seal(permission, seal, now=now)
        if practitioner in row.named:
            return
        if practitioner not in {one.id for one in everybody()}:
            raise CannotSeal("named", "Choose somebody of the partnership.")
        refuse_named(case_id, row.kind, [practitioner], now=now)
        restrict.add_name(
            id, seal=seal, practitioner=practitioner, from_on=day_of(now), to_on=None,
            named_by=actor.account, event=permission.event(resource=str(row.statement or seal)),
        )  # fmt: skip


def end_name(
    actor: Actor, case_id: UUID, seal: UUID, practitioner: UUID, *, on: date | None, reason: str,
    id: UUID, now: datetime,
) -> None:  # fmt: skip
    """Take somebody off the named list from a day on, or from today; never one of the last two.

    Whoever answers for the seal stays on it until somebody else does. Raises NotFoundHere and
    CannotSeal.
    """
    _refuse_no_reason(reason)
    today = day_of(now)
    if on is not None and on < today:
        raise CannotSeal("on", "Choose today or a day to come, or leave it empty.")
    with permitted(actor, case_id, Action.SEAL_RECORD, now=now) as permission:
        row = _seal(permission, seal, now=now)
        if practitioner not in row.named:
            raise CannotSeal("person", "Choose somebody who is named.")
        if practitioner in row.until:
            return
        if practitioner == row.owner and row.id not in owners_gone([row], today=today):
            raise CannotSeal("person", f"{row.owner_name} answers for it. Hand it over first.")
        left = {one for one in row.named if one != practitioner and one not in row.until}
        if len(left) < 2:
            raise CannotSeal("person", "The last two names stay. Name somebody else first.")
        if row.statement is None:
            refuse_list_of_too_few(case_id, left, now=now)
        restrict.end_name(
            id, name=row.names[practitioner], to_on=on or today, reason=reason.strip(),
            ended_by=actor.account,
            event=permission.event(resource=str(row.statement or seal), step="name ended"),
        )  # fmt: skip


def hand_over_seal(
    actor: Actor, case_id: UUID, seal: UUID, to: UUID, *, reason: str, id: UUID, now: datetime
) -> None:
    """Let somebody who is named answer for a seal from now on. Raises NotFoundHere, CannotSeal."""
    _refuse_no_reason(reason)
    with permitted(actor, case_id, Action.SEAL_RECORD, now=now) as permission:
        row = _seal(permission, seal, now=now)
        able = {one.practitioner for one in actors_of(set(row.named))}
        if to not in able or to in row.until:
            raise CannotSeal("person", "Choose somebody who is named and can sign in.")
        if to == row.owner and not owners_gone([row], today=day_of(now)):
            return
        restrict.hand_over_seal(
            id, seal=seal, practitioner=to, reason=reason.strip(), handed_by=actor.account,
            event=permission.event(resource=str(row.statement or seal), step="handed over"),
        )  # fmt: skip


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise CannotSeal("reason", "Say why, so that whoever looks at this later can judge it.")


def _step(
    actor: Actor, case_id: UUID, seal: UUID, reason: str, id: UUID, now: datetime, *, review_on
) -> None:
    _refuse_no_reason(reason)
    with permitted(actor, case_id, Action.SEAL_RECORD, now=now) as permission:
        row = _seal(permission, seal, now=now)
        if has_step(id):
            return
        restrict.review_seal(
            id, seal=seal, review_on=review_on, reason=reason.strip(), decided_by=actor.account,
            event=permission.event(resource=str(row.statement or seal)),
        )  # fmt: skip


def _seal(permission: Permission, seal: UUID, *, now: datetime) -> SealRow:
    """A standing seal of this family, or of an entry of it, that names the actor."""
    rows = seals_on(permission.family.id, None, on=day_of(now), entries_too=True)
    row = next((one for one in rows if one.id == seal), None)
    if row is None or permission.actor.practitioner not in row.named:
        raise NotFoundHere(NO_SUCH_SEAL, seal)
    if row.statement is not None:
        _refuse_unread(permission, row.statement, now=now)
    return row


def _refuse_unread(permission: Permission, statement: UUID, *, now: datetime) -> None:
    case = permission.family.id
    readable = visible_to(case, permission.actor, permission.ties, now=now)
    if not readable.filter(id=statement).exists():
        raise NotFoundHere("There is no such entry in what you can read.", statement)


def who_can_be_named(permission: Permission, *, now: datetime) -> list[UUID]:
    """The people of the family's team, whom a seal would usually name."""
    return [one.practitioner for one in team_of(permission.family.id, on=day_of(now))]
