"""Keep who agrees with a plan and can do it, and who has a copy of it, in which form.

Whoever reads the version reads this too. Only people whom the version names can be said of, so that
nobody becomes known by it to a reader who may not know of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.plans.document import plan_of
from goldenthread.domain.plans.plan import Who
from goldenthread.domain.plans.vocabulary import Agreement, CopyForm, CopyOutcome, Doable
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.domain.shared.word import Word
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.plans import reading, store
from goldenthread.records.plans.reading import VersionRow
from goldenthread.records.plans.store import SignatureSaid
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.plans.read_plan import NO_SUCH_PLAN, chain_of, refused
from goldenthread.usecases.plans.sight import Sight, plans_seen

__all__ = [
    "CopyGiven",
    "NotFoundHere",
    "NotKept",
    "SignatureSaid",
    "end_copy",
    "give_copy",
    "sign_for",
]


class NotKept(Refusal):
    """What was said of a signature or a copy cannot be kept as it is."""


class NamesAStranger(NotKept, NotTheirs):
    """A signature or a copy is of somebody whom neither the plan nor the team names."""

    rule = NOT_IN_WHAT_THEY_READ


@dataclass(frozen=True, slots=True)
class CopyGiven:
    """That somebody was given a version: in which form, and on which day."""

    id: UUID
    who: Who | None
    form: str
    given_on: date | None


def sign_for(
    actor: Actor, case_id: UUID, version: UUID, said: SignatureSaid, *, now: datetime
) -> None:
    """Keep what somebody says of a version: whether they agree, and whether they can do it.

    Raises NotFoundHere and NotKept.
    """
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        row = _version(permission, version, now=now)
        if row is not None:
            _refuse_stranger(permission, row, said.who, now=now)
            known = _is_one(said.agreement, Agreement) and _is_one(said.doable, Doable)
            if not known or said.agreement == Agreement.NOT_ASKED:
                raise NotKept("Say whether they agree, and whether they can do it.")
            if said.given_on > day_of(now):
                raise NotKept("This day is in the future.")
            own = replace(said, id=uuid5(said.id, f"signature:{version}:{actor.account}"))
            store.keep_signatures(
                version, [own], recorded_by=actor.account,
                event=permission.event(resource=str(version), signatures=1),
            )  # fmt: skip
            return
    raise NotFoundHere(NO_SUCH_PLAN, is_kept=True)


def give_copy(
    actor: Actor, case_id: UUID, version: UUID, given: CopyGiven, *, now: datetime
) -> None:
    """Keep that somebody was given a version. An older copy they have is replaced by it.

    Raises NotFoundHere and NotKept.
    """
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        row = _version(permission, version, now=now, sight=sight)
        if row is not None:
            _keep_copy(permission, row, given, chain_of(sight, version), now=now)
            return
    raise NotFoundHere(NO_SUCH_PLAN, is_kept=True)


def end_copy(
    actor: Actor, case_id: UUID, copy: UUID, outcome: str, *, id: UUID, now: datetime
) -> None:
    """Keep what became of a copy. Raises NotFoundHere and NotKept."""
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        versions = [row.id for plan in sight.plans for row in plan.versions]
        found = next((one for one in reading.copies_of(versions) if one.id == copy), None)
        if found is not None:
            if not _is_one(outcome, CopyOutcome):
                raise NotKept("Say what became of the copy.")
            if not found.outcome:
                store.end_copy(
                    uuid5(id, f"ended:{copy}"), copy=copy, outcome=outcome, ended_on=day_of(now),
                    recorded_by=actor.account,
                    event=permission.event(resource=str(found.version), copy=outcome),
                )  # fmt: skip
            return
        audit.append(refused(permission, copy))
    raise NotFoundHere(NO_SUCH_PLAN, is_kept=True)


def _is_one(value: str, words: type[Word]) -> bool:
    return value in {stored for stored, _ in words.choices()}


def _version(
    permission: Permission, version: UUID, *, now: datetime, sight: Sight | None = None
) -> VersionRow | None:
    """The version, where the reader may read it; otherwise that it was asked for is kept."""
    sight = sight or plans_seen(permission, as_of=now, now=now)
    found = next((row for row in chain_of(sight, version) if row.id == version), None)
    if found is None:
        audit.append(refused(permission, version))
    return found


def _keep_copy(
    permission: Permission, row: VersionRow, given: CopyGiven, chain: tuple[VersionRow, ...], *,
    now: datetime,
) -> None:  # fmt: skip
    today, actor = day_of(now), permission.actor
    id = uuid5(given.id, f"copy:{row.id}:{actor.account}")
    if given.who is None:
        raise NotKept("Say who was given a copy.")
    _refuse_stranger(permission, row, given.who, now=now)
    if not _is_one(given.form, CopyForm):
        raise NotKept("Say in which form they were given it.")
    if given.given_on is None or given.given_on > today:
        raise NotKept("Say on which day they were given it: today, or a day before.")
    copies = reading.copies_of([one.id for one in chain])
    if any(one.id == id for one in copies):
        return  # sent twice
    held = [one for one in copies if one.who == given.who and not one.outcome]
    store.keep_copy(
        id, version=row.id, who=given.who, form=given.form, given_on=given.given_on,
        given_by=actor.account, event=permission.event(resource=str(row.id), copy=given.form),
    )  # fmt: skip
    for one in held:
        if one.version != row.id:
            store.end_copy(
                uuid5(id, f"replaces:{one.id}"), copy=one.id, ended_on=given.given_on,
                outcome=CopyOutcome.REPLACED, recorded_by=actor.account,
                event=permission.event(resource=str(one.version), copy=CopyOutcome.REPLACED),
            )  # fmt: skip


def _refuse_stranger(permission: Permission, row: VersionRow, who: Who, *, now: datetime) -> None:
    plan = plan_of(row.document)
    if who.is_practitioner:
        from_team = plans_seen(permission, as_of=now, now=now).team
        if who.id in plan.practitioners or who.id in {one.practitioner for one in from_team}:
            return
    elif who.id in plan.people | {s.person for s in subjects_of([row.statement])[row.statement]}:
        return
    raise NamesAStranger("Choose somebody whom this plan names, or somebody of the team.")
