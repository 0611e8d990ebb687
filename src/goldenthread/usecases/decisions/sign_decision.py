"""Write a decision as a draft, look it over, and sign it: once, whole, and never changed after.

Signing appends an entry of kind `decision`, in the writer's words of what was decided, in the same
transaction: whoever may read that entry may read the decision. The agencies of those who were in
the room and those chosen are told by the ordinary telling of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import CannotBeRecorded
from goldenthread.domain.decisions.checking import check, refusals
from goldenthread.domain.decisions.proposing import (
    CannotBeSigned,
    ProposedDecision,
    Remark,
    refusal_of,
)
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import store as drafts
from goldenthread.records.decisions import reading as records
from goldenthread.records.decisions import store
from goldenthread.records.decisions.reading import DecisionRow
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.form_drafts import DraftRow, keep_form, open_form
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.make_claims import NotInThisFamily
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.decisions.making import Made, entry_of, ground, record_of
from goldenthread.usecases.decisions.reading import (
    DECISION_FORM,
    NO_SUCH_DECISION,
    chain_of,
    may_sign_after,
    refused,
)

__all__ = [
    "AlreadySigned",
    "CannotBeSigned",
    "LookedOver",
    "NotFoundHere",
    "Signed",
    "WrittenMeanwhile",
    "decision_of_draft",
    "keep_decision_draft",
    "look_over_decision",
    "open_decision_draft",
    "sign_decision",
]


class AlreadySigned(Refusal):
    """The draft became a decision already; `decision` is its id."""

    def __init__(self, decision: UUID) -> None:
        super().__init__("This decision is signed already.")
        self.decision = decision


class WrittenMeanwhile(Refusal):
    """Somebody signed a version after the same one meanwhile; `newer` is its id.

    Nothing is overwritten and nothing is signed: the writer sees both and chooses how to go on.
    """

    def __init__(self, newer: UUID) -> None:
        super().__init__(
            "Another version was signed while you were writing. Nothing of yours is lost: read "
            "both, and choose how to go on."
        )
        self.newer = newer


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision is in the record; `already` says that this same one was signed before."""

    id: UUID
    statement: UUID
    already: bool


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What is to be said of a draft before it is signed, and whom signing will tell.

    `told` are agencies by name, first those told as of the day itself. `lacking` says, by name, how
    many of the entries it turns on each of them has not been told of.
    """

    remarks: tuple[Remark, ...]
    told: tuple[str, ...]
    lacking: tuple[tuple[str, int], ...]

    @property
    def may_be_signed(self) -> bool:
        """Whether nothing stands in the way."""
        return not refusals(self.remarks)


def decision_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of the decision that this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"decision:{actor.account}")


def keep_decision_draft(
    actor: Actor, case_id: UUID, draft: UUID, typed: Mapping[str, object], *, now: datetime
) -> DraftRow:
    """Keep what was typed so far, valid or not. Raises NotFoundHere and AlreadySigned."""
    with permitted(actor, case_id, Action.SIGN_DECISION, now=now):
        _refuse_signed(actor, draft)
        parts = {DECISION_FORM: dict(typed)}
        return keep_form(actor, case_id, draft, DECISION_FORM, parts, now=now)


def open_decision_draft(
    actor: Actor, case_id: UUID, draft: UUID, *, now: datetime
) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    Raises NotFoundHere where the id is a draft of another account, family or form, and
    AlreadySigned.
    """
    with permitted(actor, case_id, Action.SIGN_DECISION, now=now):
        _refuse_signed(actor, draft)
        return open_form(actor, case_id, draft, DECISION_FORM)


def look_over_decision(
    actor: Actor, case_id: UUID, proposed: ProposedDecision, *, now: datetime
) -> LookedOver:
    """Say what a decision still lacks and whom signing would tell; nothing is signed.

    Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.SIGN_DECISION, now=now) as permission:
        chain = _chain(permission, proposed, now)
        if proposed.after is None or chain:
            made = ground(permission, proposed, chain, now=now)
            audit.append(permission.event(resource="decision", looked_over=len(made.proposed.pins)))
            return _looked_over(permission, made, now)
        assert proposed.after is not None
        audit.append(refused(permission, proposed.after))
    raise NotFoundHere(NO_SUCH_DECISION, is_kept=True)


def sign_decision(
    actor: Actor, case_id: UUID, draft: UUID, proposed: ProposedDecision, *, now: datetime,
    unread: Sequence[Remark] = (),
) -> Signed:  # fmt: skip
    """Sign a decision and put it in the record; asking twice signs one.

    `unread` says what could not be read of what was typed: where there is any it is refused, with
    everything else that is amiss. Raises NotFoundHere, CannotBeSigned and WrittenMeanwhile; then
    nothing is kept.
    """
    id = decision_of_draft(actor, draft)
    with permitted(actor, case_id, Action.SIGN_DECISION, now=now) as permission:
        store.hold(id)
        if records.exists(id):
            return Signed(id, uuid5(id, "entry"), already=True)
        chain = _chain(permission, proposed, now)
        if proposed.after is None or chain:
            signed = _sign(permission, id, proposed, chain, unread, now=now)
            drafts.drop_draft(draft, account=actor.account)
        else:
            audit.append(refused(permission, proposed.after))
            signed = None
    if signed is None:
        raise NotFoundHere(NO_SUCH_DECISION, is_kept=True)
    follow_the_thread(case_id, actor.agency, now=now)
    return signed


def _sign(
    permission: Permission,
    id: UUID,
    proposed: ProposedDecision,
    chain: tuple[DecisionRow, ...],
    unread: Sequence[Remark],
    *,
    now: datetime,
) -> Signed:
    if chain:
        store.hold(chain[0].first)
        newest = records.newest_of(chain[0].first)
        if newest != proposed.after:
            raise WrittenMeanwhile(newest)
    made = ground(permission, proposed, chain, now=now)
    remarks = (*unread, *_remarks(permission, made, now))
    if unread or refusals(remarks):
        raise refusal_of(remarks)
    statement = uuid5(id, "entry")
    entry = entry_of(permission, statement, made, now=now)
    try:
        keep_entry(permission, entry, now=now)
    except (CannotBeRecorded, NotInThisFamily) as fault:
        strange = isinstance(fault, NotInThisFamily)
        remark = Remark("decided", fault.reason, refuses=True, names_a_stranger=strange)
        raise refusal_of((remark,)) from fault
    record = record_of(permission, id, entry, made, now=now)
    told = made.told
    number = store.keep(
        record,
        event=permission.event(
            resource=str(id), pins=len(record.pins), after=str(record.after or ""),
            told=sorted(str(one) for one in told.everybody),
            not_told=sorted(str(one.agency) for one in told.not_told),
        ),
    )  # fmt: skip
    if record.after is not None:
        provenance.link(
            uuid5(statement, "clarifies"), source=statement, target=chain[-1].statement,
            kind=LinkKind.CLARIFIES, reason=record.why_again,
            recorded_by=permission.actor.account,
            event=permission.event(resource=str(statement), version=number),
        )  # fmt: skip
    return Signed(id, statement, already=False)


def _chain(
    permission: Permission, proposed: ProposedDecision, now: datetime
) -> tuple[DecisionRow, ...]:
    """The versions before this one; empty for a first one, and where the actor may not go on."""
    if proposed.after is None:
        return ()
    chain = chain_of(permission, proposed.after, now)
    return chain if chain and may_sign_after(permission, chain[-1]) else ()


def _remarks(permission: Permission, made: Made, now: datetime) -> tuple[Remark, ...]:
    asked = check(
        made.proposed, made.known, own=permission.actor.agency, now=now,
        is_later=made.proposed.after is not None,
    )  # fmt: skip
    return (*made.strangers, *asked)


def _looked_over(permission: Permission, made: Made, now: datetime) -> LookedOver:
    pins = [one.statement for one in made.proposed.pins if one.statement in made.known]
    first = sorted(made.agencies[one].name for one in made.told.on_the_day)
    then = sorted(made.agencies[one].name for one in made.told.at_signing)
    lacking = []
    for agency in made.told.everybody:
        without = sum(agency not in made.known[pin].since for pin in pins)
        if without:
            lacking.append((made.agencies[agency].name, without))
    return LookedOver(_remarks(permission, made, now), (*first, *then), tuple(sorted(lacking)))


def _refuse_signed(actor: Actor, draft: UUID) -> None:
    id = decision_of_draft(actor, draft)
    if records.exists(id):
        raise AlreadySigned(id)
