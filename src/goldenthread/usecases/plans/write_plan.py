"""Write a safety plan: keep a draft as it is typed, and sign it as a version.

Signing puts an entry into the family's history in the writer's own words of why the plan changed,
in the same transaction: whoever may read that entry may read the version. Where the change is in
the record already, that entry carries it. A signed version stays as it is; the next stands beside
it, and where two people wrote from the same one neither text is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.plans.checking import (
    NamesAStranger,
    PersonInPlan,
    PlanCannotBeSigned,
    PlanProblem,
    problems_of,
    refusal_of,
    warnings_of,
)
from goldenthread.domain.plans.document import digest_of_version, document_of
from goldenthread.domain.plans.plan import Pin, SafetyPlan, Who
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.chronology import store as drafts
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.plans import reading, store
from goldenthread.records.plans.reading import EntryLine, VersionRow
from goldenthread.records.plans.store import SignatureSaid
from goldenthread.records.provenance.reading import agency_of
from goldenthread.records.risk.summaries import entries_not_told
from goldenthread.records.shared.reading import agencies, practitioners_by_id
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.form_drafts import DraftRow, keep_form, open_form
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.plans.carrying import carry
from goldenthread.usecases.plans.read_plan import PLAN_FORM, chain_of, hints_beside
from goldenthread.usecases.plans.rules import plan_rules
from goldenthread.usecases.plans.sight import Sight, plans_seen, scope_of

__all__ = [
    "AlreadySigned",
    "DraftRow",
    "Looked",
    "NotFoundHere",
    "PlanCannotBeSigned",
    "SignatureSaid",
    "Signed",
    "SignedMeanwhile",
    "Signing",
    "keep_plan_draft",
    "look_over",
    "open_plan_draft",
    "sign_plan",
    "version_of_draft",
]


class AlreadySigned(Refusal):
    """The draft became a version already; `version` is its id."""

    def __init__(self, version: UUID) -> None:
        super().__init__("This plan is signed already.")
        self.version = version


class SignedMeanwhile(Refusal):
    """Another version was signed since this one was begun; `newest` is its id. Nothing is lost."""

    def __init__(self, newest: VersionRow) -> None:
        super().__init__(
            f"{newest.signed_by_name} signed another version while you were writing. Both are "
            "kept: read the two beside each other, and choose how to go on."
        )
        self.newest = newest.id


@dataclass(frozen=True, slots=True)
class Signing:
    """What is said when a plan is signed.

    `why` are the writer's words of why it changed; they become the entry that carries it.
    `carried_by` is an entry of the writer's agency that says it already, and then `why` is not
    used. `decision` is the entry of the decision that caused it. `written_from` is the version it
    was written from; None where no plan was there.
    """

    why: str
    owner: UUID
    written_from: UUID | None = None
    decision: UUID | None = None
    carried_by: UUID | None = None
    tellings: tuple[Telling, ...] = ()
    signatures: tuple[SignatureSaid, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Signed:
    """A version is kept; `already` says that this same one was kept before."""

    id: UUID
    already: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A plan looked over before it is signed. `lacking` are, by agency name, the entries the plan
    rests on that an agency to be told does not know. `hints` are as on a `PlanPage`."""

    problems: tuple[PlanProblem, ...]
    warnings: tuple[PlanProblem, ...]
    hints: Mapping[str, tuple[str, ...]]
    lacking: Mapping[str, tuple[EntryLine, ...]]


def version_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of the version that this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"plan version:{actor.account}")


def keep_plan_draft(
    actor: Actor, case_id: UUID, draft: UUID, typed: Mapping[str, object], *, now: datetime
) -> DraftRow:
    """Keep what was typed so far, valid or not: `typed` replaces the steps it names.

    Raises NotFoundHere and AlreadySigned.
    """
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now):
        _refuse_signed(actor, draft)
        return keep_form(actor, case_id, draft, PLAN_FORM, typed, now=now)


def open_plan_draft(actor: Actor, case_id: UUID, draft: UUID, *, now: datetime) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    Raises NotFoundHere where the id is a draft of another account, family or form, and
    AlreadySigned.
    """
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now):
        _refuse_signed(actor, draft)
        return open_form(actor, case_id, draft, PLAN_FORM)


def look_over(
    actor: Actor, case_id: UUID, plan: SafetyPlan, signing: Signing, *, now: datetime
) -> Looked:
    """Say what stands in the way of signing, what to look at again, and who lacks which entries.

    Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        people = _who_can_be_named(permission, sight, plan)
        today = day_of(now)
        problems = (*problems_of(plan, people, today=today), *_problems_of_signing(signing, people))
        warnings = warnings_of(plan, people, plan_rules(), today=today)
        hints = hints_beside(permission, sight, plan, now=now)
        return Looked(problems, warnings, hints, _lacking(permission, plan, signing, now=now))


def sign_plan(
    actor: Actor, case_id: UUID, draft: UUID, plan: SafetyPlan, signing: Signing, *, now: datetime
) -> Signed:
    """Sign a plan as a version of the family's plan, and put why it changed into the history.

    Asking twice signs it once. Raises NotFoundHere, PlanCannotBeSigned, SignedMeanwhile, and the
    refusals of an entry (CannotBeRecorded, NotInThisFamily).
    """
    id = version_of_draft(actor, draft)
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        store.hold_plan(case_id)
        if reading.version_exists(id):
            return Signed(id, already=True)
        sight = plans_seen(permission, as_of=now, now=now)
        _refuse_signed_meanwhile(sight, signing)
        people = _who_can_be_named(permission, sight, plan)
        problems = (
            *problems_of(plan, people, today=day_of(now)),
            *_problems_of_signing(signing, people),
        )
        if problems:
            raise refusal_of(problems)
        plan = _pinned(permission, plan, now=now)
        statement = _entry(permission, id, plan, signing, sight, now=now)
        _keep(permission, id, plan, signing, statement, sight, now=now)
        drafts.drop_draft(draft, account=actor.account)
    follow_the_thread(case_id, actor.agency, now=now)
    return Signed(id, already=False)


def _refuse_signed(actor: Actor, draft: UUID) -> None:
    id = version_of_draft(actor, draft)
    if reading.version_exists(id):
        raise AlreadySigned(id)


def _refuse_signed_meanwhile(sight: Sight, signing: Signing) -> None:
    """Nothing is overwritten: whoever wrote from an older version is shown the newer one first."""
    if signing.written_from is None:
        newest = sight.in_force.version if sight.in_force else None
    else:
        chain = chain_of(sight, signing.written_from)
        if not chain:
            raise NotFoundHere("There is no such plan in what you can read.", signing.written_from)
        newest = chain[0]
    if newest is not None and newest.id != signing.written_from:
        raise SignedMeanwhile(newest)


def _who_can_be_named(
    permission: Permission, sight: Sight, plan: SafetyPlan
) -> dict[Who, PersonInPlan]:
    """The people of the family whom the writer may know of, the team, and whoever an earlier
    version named."""
    people = {
        Who(one.person): PersonInPlan(one.name, one.is_child, one.gender, one.born)
        for one in sight.members
    }
    named = {one.practitioner for one in sight.team} | {permission.actor.practitioner}
    if sight.in_force:
        named |= sight.in_force.plan.practitioners
    for id, row in practitioners_by_id(named).items():
        people[Who(id, is_practitioner=True)] = PersonInPlan(row.name)
    return people


def _problems_of_signing(
    signing: Signing, people: Mapping[Who, PersonInPlan]
) -> tuple[PlanProblem, ...]:
    found = []
    if signing.carried_by is None and not signing.why.strip():
        found.append(PlanProblem("why", "Say in your own words why the plan is as it is now."))
    if Who(signing.owner, is_practitioner=True) not in people:
        words = "Choose who looks after this plan from the team."
        found.append(PlanProblem("owner", words, names_a_stranger=True))
    if any(one.who not in people for one in signing.signatures):
        words = "One of those who signed is not known here."
        found.append(PlanProblem("signatures", words, names_a_stranger=True))
    return tuple(found)


def _pinned(permission: Permission, plan: SafetyPlan, *, now: datetime) -> SafetyPlan:
    """The plan with the digest of each entry it rests on. Raises NamesAStranger for an entry that
    its writer may not read, as for one that never was."""
    wanted = {pin.statement for pin in plan.rests_on}
    if not wanted:
        return plan
    lines = reading.lines_of(wanted, scope_of(permission, now=now))
    if wanted - lines.keys():
        words = "One of the entries this rests on is not in what you can read. Choose again."
        raise NamesAStranger((PlanProblem("assumptions", words),))
    return replace(
        plan,
        assumptions=tuple(
            replace(
                one,
                rests_on=tuple(Pin(p.statement, lines[p.statement].digest) for p in one.rests_on),
            )
            for one in plan.assumptions
        ),
    )


def _entry(
    permission: Permission, id: UUID, plan: SafetyPlan, signing: Signing, sight: Sight, *,
    now: datetime,
) -> UUID:  # fmt: skip
    """The entry that carries the version: one that is there already, or a new one."""
    scope = scope_of(permission, now=now)
    if signing.decision and not reading.lines_of([signing.decision], scope):
        words = "There is no such decision in what you can read. Choose again."
        raise NamesAStranger((PlanProblem("decision", words),))
    signers = {said.who.id for said in signing.signatures if not said.who.is_practitioner}
    named = sorted(plan.people | signers)
    if signing.carried_by is not None:
        _refuse_carrier(permission, signing.carried_by, named, sight, now=now)
        return signing.carried_by
    children = [one.person for one in sight.members if one.is_child]
    about = dict.fromkeys((*children, *named))
    return carry(permission, id, signing.why, about, signing.tellings, now=now)


def _refuse_carrier(
    permission: Permission, statement: UUID, about: Sequence[UUID], sight: Sight, *, now: datetime
) -> None:
    """Whoever reads the entry reads the plan: so it is one's own, and names everybody the plan
    names who was not known to all from the beginning."""
    readable = reading.lines_of([statement], scope_of(permission, now=now))
    own = agency_of(statement) == permission.actor.agency
    if not readable or not own or reading.carries_a_plan(statement):
        words = "Choose an entry of your own agency that carries no plan yet."
        raise refusal_of((PlanProblem("why", words, names_a_stranger=not readable),))
    named = {subject.person for subject in subjects_of([statement]).get(statement, ())}
    named |= {one.person for one in sight.members if one.brought_by is None}
    if set(about) - named:
        words = "This plan names somebody whom that entry does not. Write an entry of its own."
        raise PlanCannotBeSigned((PlanProblem("why", words),))


def _keep(
    permission: Permission, id: UUID, plan: SafetyPlan, signing: Signing, statement: UUID,
    sight: Sight, *, now: datetime,
) -> None:  # fmt: skip
    actor, case = permission.actor, permission.family.id
    chain = chain_of(sight, signing.written_from) if signing.written_from else ()
    chained = chain[0].plan if chain else uuid5(id, "plan")
    store.begin_plan(chained, case=case, agency=actor.agency)
    document = document_of(plan)
    considered = sorted({*considered_now(permission, now=now), statement})
    store.keep_version(
        id, plan=chained, written_from=signing.written_from, statement=statement,
        decision=signing.decision, agency=actor.agency, owner=signing.owner,
        signed_by=actor.account, signed_at=now, document=document, considered=considered,
        digest=digest_of_version(
            document, id=id, statement=statement, decision=signing.decision,
            written_from=signing.written_from, owner=signing.owner, considered=considered,
            signed_at=now.isoformat(),
        ),
        event=permission.event(resource=str(id), signed="plan", considered=len(considered)),
    )  # fmt: skip
    if signing.signatures:
        store.keep_signatures(
            id, signing.signatures, recorded_by=actor.account,
            event=permission.event(resource=str(id), signatures=len(signing.signatures)),
        )  # fmt: skip


def considered_now(permission: Permission, *, now: datetime) -> frozenset[UUID]:
    """Every entry the writer's scope knows now: what a version or an answer is given on."""
    chairs = permission.ties.role == "chair"
    whose = None if chairs else permission.actor.agency
    return frozenset(reading.known_by(scope_of(permission, now=now), whose, by=now))


def _lacking(
    permission: Permission, plan: SafetyPlan, signing: Signing, *, now: datetime
) -> dict[str, tuple[EntryLine, ...]]:
    """Of what the writer may read, what each agency to be told does not know."""
    wanted = [pin.statement for pin in plan.rests_on]
    wanted += [signing.decision] if signing.decision else []
    lines = reading.lines_of(wanted, scope_of(permission, now=now)) if wanted else {}
    names = agencies()
    found = {}
    for telling in signing.tellings:
        if telling.shared and telling.to_agency in names:
            lack = entries_not_told(lines, telling.to_agency, now=now)
            if lack:
                found[names[telling.to_agency].name] = tuple(lines[one] for one in lack)
    return found
