"""What an agency's lead is told of the seals its people answer for: counts, and never which.

The report of each month says how many were made, gone on with, amended and lifted. Of a family the
lead has a conflict with, or that is withheld from them, none counts. Where nobody who is named can
sign in any more the lead may take a seal on, or it would shut the record for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.seals import refused
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import restrict
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.access.seals_overseen import SealCourse, seals_answered_for
from goldenthread.records.audit import store as audit
from goldenthread.usecases._steps.beside_families import may, permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere, event_of
from goldenthread.usecases.access.named_on_seal import people_named
from goldenthread.usecases.access.seal_rules import seal_rules

__all__ = ["CannotTakeOn", "NotFoundHere", "SealMonth", "SealsOverseen", "overdue_unnamed",
           "seals_overseen", "take_on_lost"]  # fmt: skip

MONTHS_TOLD = 3


class CannotTakeOn(Refusal):
    """Seals that nobody can lift are not taken on as it was asked."""


@dataclass(frozen=True, slots=True)
class SealMonth:
    """What became of seals in one month, which begins on `month`; in counts."""

    month: date
    made: int
    gone_on: int
    amended: int
    lifted: int


@dataclass(frozen=True, slots=True)
class SealsOverseen:
    """The seals that stand, in counts: all, past their review, of these not naming the lead.

    `lost` are those that name nobody who can sign in.
    """

    standing: int
    overdue: int
    overdue_unnamed: int
    lost: int
    months: tuple[SealMonth, ...]


def seals_overseen(actor: Actor, *, now: datetime) -> SealsOverseen:
    """The counts for the lead of an agency. Raises NotFoundHere for others."""
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        rows = _rows(actor, now)
        audit.append(permission.event(resource="seals-overseen"))
    stand = [row for row in rows if row.lifted_at is None]
    late = [row for row in stand if row.review_on < day_of(now)]
    return SealsOverseen(
        len(stand), len(late), sum(actor.practitioner not in row.named for row in late),
        sum(not row.able for row in stand), tuple(_months(rows, day_of(now))),
    )  # fmt: skip


def overdue_unnamed(actor: Actor, *, now: datetime) -> int:
    """How many reviews are late of seals that do not name this lead; 0 for who is no lead."""
    if not may(actor, PartnershipAction.LOOK_AFTER):
        return 0
    return seals_overseen(actor, now=now).overdue_unnamed


def take_on_lost(actor: Actor, *, reason: str, id: UUID, now: datetime) -> int:
    """Be named on, and answer for, every seal of the agency that names nobody who can sign in.

    How many that were. Raises NotFoundHere, and CannotTakeOn without a reason.
    """
    if not reason.strip():
        raise CannotTakeOn("Say why, so that whoever looks at this later can judge it.")
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        lost = [row for row in _rows(actor, now) if row.lifted_at is None and not row.able]
        taken = [row for row in lost if _may_be_named(actor, row, now)]
        for row in taken:
            restrict.add_name(
                uuid5(id, f"name:{row.id}"), seal=row.id, practitioner=actor.practitioner,
                from_on=day_of(now), to_on=None, named_by=actor.account,
            )  # fmt: skip
            restrict.hand_over_seal(
                uuid5(id, f"owner:{row.id}"), seal=row.id, practitioner=actor.practitioner,
                reason=reason.strip(), handed_by=actor.account,
                event=event_of(
                    actor, PartnershipAction.LOOK_AFTER, permission.decision, row.cases[0],
                    resource=str(row.id), step="took on a seal that nobody could lift",
                ),
            )  # fmt: skip
    return len(taken)


def _rows(actor: Actor, now: datetime) -> list[SealCourse]:
    rows = seals_answered_for(actor.agency, on=day_of(now))
    facts = standing_on({case for row in rows for case in row.cases}, on=day_of(now))

    def is_closed(case: UUID) -> bool:
        one = facts.of(case, actor.practitioner, actor.agency)
        return one.in_conflict or one.is_withheld

    return [row for row in rows if row.cases and not any(map(is_closed, row.cases))]


def _may_be_named(actor: Actor, row: SealCourse, now: datetime) -> bool:
    people = people_named(row.cases[0], [actor.practitioner], now=now)
    return not refused(people, seal_rules().named.get(row.kind))


def _months(rows: list[SealCourse], today: date) -> list[SealMonth]:
    """This month and those before it, the latest first."""
    first, found = today.replace(day=1), []
    for _ in range(MONTHS_TOLD):

        def within(at: datetime | None, month: date = first) -> bool:
            return at is not None and day_of(at).replace(day=1) == month

        found.append(
            SealMonth(
                first,
                sum(within(row.made_at) for row in rows),
                sum(within(at) for row in rows for at in row.gone_on),
                sum(within(at) for row in rows for at in row.amended),
                sum(within(row.lifted_at) for row in rows),
            )
        )
        first = (first.replace(day=1) - date.resolution).replace(day=1)
    return found
