"""Keep what is done differently for an adult, agreed with them, and tell those who must use it.

An adjustment is a small entry of its own, which says what to do and not why: an agency that books
an appointment can act rightly without reading of anybody's health. Every agency of the team is told
it where the adult said yes to that, and nobody is told by this where they did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import Problem, ProposedEntry, Telling
from goldenthread.domain.chronology.sharing import admit_tellings
from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.checking import NotComplete, check_adjustment
from goldenthread.domain.needs.vocabulary import Agreement
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind, LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of, visible_to
from goldenthread.records.chronology import store as drafts
from goldenthread.records.needs import store
from goldenthread.records.needs.deliveries import agreements, keep_agreement, times_asked
from goldenthread.records.needs.reading import AdjustmentRow, adjustments, in_force
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import known_from_of
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.needs.keep_profile import (
    Kept,
    refuse_incomplete,
    seen_adult,
    version_of_draft,
)

__all__ = [
    "ChangedMeanwhile",
    "Kept",
    "NotComplete",
    "NotFoundHere",
    "NotYoursToTell",
    "ProposedAdjustment",
    "agree_adjustment",
    "say_agreement",
    "tell_the_team",
]

NO_SUCH_ADJUSTMENT = "There is no such adjustment in what you can read."
# The text and the day of the entry are what the adjustment says and the day it holds from.
SAID_ALREADY = frozenset({"text", "happened", "known"})
THEY_SAID_YES = "Yes: they agreed that every agency of the team is told."


class ChangedMeanwhile(Refusal):
    """The adjustment was changed or ended by somebody else; nothing was overwritten."""


class NotYoursToTell(Refusal):
    """The actor's agency cannot tell the team: it does not know it, or the adult did not agree."""


@dataclass(frozen=True, slots=True)
class ProposedAdjustment:
    """An adjustment somebody wants to keep, one instead of an earlier one, or the end of one.

    The id of `adjustment` is minted here. `agreement` is what the adult said to every agency of the
    team being told, on which day.
    """

    adjustment: Adjustment
    instead_of: UUID | None = None
    ended: bool = False
    agreement: Agreement = Agreement.NOT_ASKED
    asked_on: date | None = None


def agree_adjustment(
    actor: Actor, case_id: UUID, draft: UUID, proposed: ProposedAdjustment, *, now: datetime
) -> Kept:
    """Keep an adjustment for the actor's own agency; asking twice keeps one.

    Raises NotFoundHere, NotComplete and ChangedMeanwhile.
    """
    id = version_of_draft(actor, draft)
    statement = uuid5(id, "entry")
    one = replace(proposed.adjustment, id=id, what=proposed.adjustment.what.strip())
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        adult = seen_adult(permission, one.adult, now=now)
        store.hold_adult(case_id, one.adult)
        if store.adjustment_exists(id):
            return Kept(id, statement, already=True)
        _refuse_gone(permission, one.adult, proposed.instead_of, now=now)
        entry = _entry(permission, statement, adult, one, proposed, now=now)
        refuse_incomplete(
            lambda: _check(one, proposed, day_of(now)), entry, now=now, said_already=SAID_ALREADY
        )
        keep_entry(permission, entry, now=now)
        store.keep_adjustment(
            one, case=case_id, statement=statement, instead_of=proposed.instead_of,
            ended=proposed.ended, written_by=actor.account,
            event=permission.event(resource=str(id), kept="adjustment", ended=proposed.ended),
        )  # fmt: skip
        _keep_agreement(permission, id, proposed.agreement, proposed.asked_on)
        drafts.drop_draft(draft, account=actor.account)
    follow_the_thread(case_id, actor.agency, now=now)
    return Kept(id, statement, already=False)


def say_agreement(
    actor: Actor,
    case_id: UUID,
    adjustment: UUID,
    answer: Agreement,
    asked_on: date | None,
    *,
    now: datetime,
) -> None:
    """Keep what the adult says now to every agency of the team being told; a yes tells them.

    Whoever was told stays told: a later no tells nobody further. Raises NotFoundHere, NotComplete
    and NotYoursToTell.
    """
    with permitted(actor, case_id, Action.SHARE_ENTRY, now=now) as permission:
        row = _row(permission, adjustment, now=now)
        _check_agreement(answer, asked_on, day_of(now))
        _refuse_unknown_to(permission, row, now=now)
        store.hold_adult(case_id, row.adjustment.adult)
        before = agreements([row.id]).get(row.id)
        if before is None or (before.answer, before.asked_on) != (answer, asked_on):
            _keep_agreement(permission, row.id, answer, asked_on)
        if answer is Agreement.SAID_YES:
            _tell(permission, row, now=now)
    follow_the_thread(case_id, actor.agency, now=now)


def tell_the_team(actor: Actor, case_id: UUID, adjustment: UUID, *, now: datetime) -> int:
    """Tell an adjustment to the agencies of the team that lack it; answers with how many.

    Raises NotFoundHere, and NotYoursToTell where the adult has not said yes.
    """
    with permitted(actor, case_id, Action.SHARE_ENTRY, now=now) as permission:
        row = _row(permission, adjustment, now=now)
        _refuse_unknown_to(permission, row, now=now)
        said = agreements([row.id]).get(row.id)
        if said is None or said.answer is not Agreement.SAID_YES:
            raise NotYoursToTell("Ask them first whether every agency of the team may be told.")
        told = _tell(permission, row, now=now)
    follow_the_thread(case_id, actor.agency, now=now)
    return told


def _entry(
    permission: Permission,
    statement: UUID,
    adult: MemberRow,
    one: Adjustment,
    proposed: ProposedAdjustment,
    *,
    now: datetime,
) -> ProposedEntry:
    actor = permission.actor
    team = _others_on_team(permission, now=now)
    said_yes = proposed.agreement is Agreement.SAID_YES
    return ProposedEntry(
        id=statement,
        agency=actor.agency,
        text=one.what,
        happened=on_day(one.from_on),
        how_known=HowKnown.TOLD,
        informant=one.agreed_by,
        subjects=(Subject(adult.person, adult.role),),
        kind=Kind.OTHER,
        known=on_day(one.from_on),
        asserted_by=actor.practitioner,
        concerns=(Concern.NONE,),
        tellings=tuple(_telling(permission, id, now=now) for id in team) if said_yes else (),
    )


def _telling(permission: Permission, agency: UUID, *, now: datetime) -> Telling:
    return Telling(
        agency,
        told=on_day(day_of(now)),
        lawful_basis=LawfulBasis.CONSENT,
        channel="In this record",
        shared_by=permission.actor.practitioner,
        subject_told=THEY_SAID_YES,
    )


def _others_on_team(permission: Permission, *, now: datetime) -> list[UUID]:
    team = team_of(permission.family.id, on=day_of(now))
    return sorted({one.agency for one in team} - {permission.actor.agency})


def _tell(permission: Permission, row: AdjustmentRow, *, now: datetime) -> int:
    """Tell the agencies of the team that do not know it yet, on the actor's agency's word."""
    actor = permission.actor
    known_from = known_from_of(row.statement, agency=actor.agency, by=now)
    assert known_from is not None
    provenance.hold(row.statement)
    lacking = [
        agency
        for agency in _others_on_team(permission, now=now)
        if known_from_of(row.statement, agency=agency, by=now) is None
    ]
    if not lacking:
        return 0
    rows = admit_tellings(
        row.statement,
        [_telling(permission, agency, now=now) for agency in lacking],
        by_agency=actor.agency,
        known_from=known_from,
        now=now,
    )
    event = permission.event(resource=str(row.id), told=[str(agency) for agency in lacking])
    provenance.share(
        row.statement, rows, from_agency=actor.agency, recorded_by=actor.account, event=event
    )
    return len(rows)


def _row(permission: Permission, adjustment: UUID, *, now: datetime) -> AdjustmentRow:
    rows = _rows(permission, now=now)
    found = next((row for row in in_force(rows) if row.id == adjustment), None)
    if found is None:
        raise NotFoundHere(NO_SUCH_ADJUSTMENT, adjustment)
    return found


def _rows(permission: Permission, *, now: datetime) -> Sequence[AdjustmentRow]:
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    return adjustments(visible, case=case)


def _refuse_gone(
    permission: Permission, adult: UUID, instead_of: UUID | None, *, now: datetime
) -> None:
    if instead_of is None:
        return
    rows = [row for row in _rows(permission, now=now) if row.adjustment.adult == adult]
    if instead_of not in {row.id for row in rows}:
        raise NotFoundHere(NO_SUCH_ADJUSTMENT, instead_of)
    if instead_of not in {row.id for row in in_force(rows)}:
        raise ChangedMeanwhile(
            "Somebody else has changed or ended this adjustment since you began. Nothing was "
            "overwritten, and your draft is kept: read what stands now, and begin from that."
        )


def _check(one: Adjustment, proposed: ProposedAdjustment, today: date) -> None:
    problems: list[Problem] = []
    try:
        check_adjustment(one, today=today)
    except NotComplete as refused:
        problems += refused.problems
    try:
        _check_agreement(proposed.agreement, proposed.asked_on, today)
    except NotComplete as refused:
        problems += refused.problems
    if problems:
        raise NotComplete(tuple(problems))


def _check_agreement(answer: Agreement, asked_on: date | None, today: date) -> None:
    if answer is not Agreement.NOT_ASKED and asked_on is None:
        raise NotComplete((Problem("asked_on", "Say on which day they were asked."),))
    if answer is Agreement.NOT_ASKED and asked_on is not None:
        raise NotComplete((Problem("asked_on", "Nobody was asked, so there is no day."),))
    if asked_on is not None and asked_on > today:
        raise NotComplete((Problem("asked_on", "The day they were asked is in the future."),))


def _keep_agreement(
    permission: Permission, adjustment: UUID, answer: Agreement, asked_on: date | None
) -> None:
    number = times_asked(adjustment) + 1
    keep_agreement(
        uuid5(adjustment, f"agreement:{number}"),
        adjustment=adjustment,
        answer=answer,
        asked_on=asked_on,
        recorded_by=permission.actor.account,
        event=permission.event(resource=str(adjustment), agreement=str(answer)),
    )


def _refuse_unknown_to(permission: Permission, row: AdjustmentRow, *, now: datetime) -> None:
    agency = permission.actor.agency
    if known_from_of(row.statement, agency=agency, by=now) is None:
        raise NotYoursToTell(
            "Your agency has not been told this, so it is not yours to pass on. "
            "Ask the agency that recorded it."
        )
