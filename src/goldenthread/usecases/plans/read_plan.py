"""Read a family's safety plan: how it stands for this reader, one version, and one person's own.

A plan that a reader may not read does not exist for them, and an id of one is answered like an id
that never was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.needs.hints import hints_for
from goldenthread.domain.plans.difference import changes_between
from goldenthread.domain.plans.document import plan_of
from goldenthread.domain.plans.own_copy import OwnCopy, own_copy_of
from goldenthread.domain.plans.plan import SafetyPlan, Who, resting_only_on
from goldenthread.records.access.people_seen import households_seen
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import store as drafts
from goldenthread.records.needs.reading import needs_beside
from goldenthread.records.plans import reading
from goldenthread.records.plans.reading import CopyRow, SignatureRow, VersionRow
from goldenthread.records.risk.summaries import entries_not_told
from goldenthread.records.shared.reading import practitioners_by_id
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, event_of, permitted
from goldenthread.usecases.plans.rules import plan_rules
from goldenthread.usecases.plans.shown import Named, PlanLine, PlanPage, VersionPage
from goldenthread.usecases.plans.sight import (
    PlanSeen,
    Sight,
    is_as_signed,
    pins_changed,
    plans_seen,
)

__all__ = [
    "NotFoundHere",
    "OwnCopyRead",
    "plan_currency_of",
    "read_own_copy",
    "read_plan",
    "read_plan_version",
]

PLAN_FORM = "plan"
NO_SUCH_PLAN = "There is no such plan in what you can read."
NOT_THEIRS = Decision(Outcome.DENY, "plan-not-for-this-reader", NO_SUCH_PLAN)


@dataclass(frozen=True, slots=True)
class OwnCopyRead:
    """One person's own version of a plan, and the version it is of."""

    family: Family
    version: VersionRow
    is_newest: bool
    who: Who
    copy: OwnCopy
    named: Named


def read_plan(
    actor: Actor, case_id: UUID, *, now: datetime, as_of: datetime | None = None
) -> PlanPage:
    """The family's plan as this reader knows it at `as_of` (now, where none is given).

    Raises NotFoundHere.
    """
    as_of = min(as_of or now, now)
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        sight = plans_seen(permission, as_of=as_of, now=now)
        page = _page(permission, sight, as_of=as_of, now=now)
        resource = str(page.seen.version.id) if page.seen else ""
        audit.append(permission.event(resource=resource, opened="plan"))
        return page


def plan_currency_of(actor: Actor, case_id: UUID, *, now: datetime) -> PlanLine | None:
    """How the family's plan stands for this reader, in short; None where they may read none.

    Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        seen = sight.in_force
        audit.append(permission.event(opened="plan currency", found=int(seen is not None)))
        return _line(seen, sight) if seen else None


def read_plan_version(
    actor: Actor, case_id: UUID, version: UUID, *, now: datetime, compare: UUID | None = None
) -> VersionPage:
    """Open one version; with `compare`, also what changed between it and another.

    Raises NotFoundHere, also for a version that exists and is not the reader's to read.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        chain = chain_of(sight, version)
        row = _in(chain, version)
        other = _in(chain, compare) if compare else None
        if row is not None and (compare is None or other is not None):
            page = _version_page(permission, sight, chain, row, other, now=now)
            audit.append(permission.event(resource=str(version), opened="plan version"))
            return page
        audit.append(refused(permission, version if row is None else compare or version))
    raise NotFoundHere(NO_SUCH_PLAN, is_kept=True)


def read_own_copy(
    actor: Actor, case_id: UUID, version: UUID, who: Who, *, now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> OwnCopyRead:  # fmt: skip
    """One person's own version: their actions, the what-ifs that involve them, whom to ring.

    Raises NotFoundHere, also for somebody whom that version does not name.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        sight = plans_seen(permission, as_of=now, now=now)
        chain = chain_of(sight, version)
        row = _in(chain, version)
        plan = plan_of(row.document) if row else SafetyPlan()
        if row is not None and who in has_own_copy(plan):
            audit.append(permission.event(resource=str(version), opened="own copy of a plan"))
            return OwnCopyRead(
                family_of(permission, now), row, row.id == chain[0].id, who,
                own_copy_of(plan, who), _named(permission, sight, [plan], (), now=now),
            )  # fmt: skip
        audit.append(refused(permission, version))
    raise NotFoundHere(NO_SUCH_PLAN, is_kept=True)


def has_own_copy(plan: SafetyPlan) -> tuple[Who, ...]:
    """Everybody who has a version of their own: whoever acts, or whom a what-if is about."""
    about = (Who(one.about) for one in plan.what_ifs if one.about)
    return tuple(dict.fromkeys((*plan.doers, *about)))


def chain_of(sight: Sight, version: UUID) -> tuple[VersionRow, ...]:
    """The versions, newest first, of the plan this one belongs to; empty where it is not there."""
    found = (one.versions for one in sight.plans if _in(one.versions, version))
    return next(found, ())


def refused(permission: Permission, version: UUID) -> audit.Event:
    """The audit event of a plan that was asked for and is not the reader's to read."""
    case = permission.family.id
    return event_of(permission.actor, permission.action, NOT_THEIRS, case, resource=str(version))


def may_write(permission: Permission) -> bool:
    """Whether the reader may write, sign and answer for the plan: a member of the team."""
    return permission.ties.role is not None


def _in(chain: Iterable[VersionRow], version: UUID) -> VersionRow | None:
    return next((one for one in chain if one.id == version), None)


def _page(permission: Permission, sight: Sight, *, as_of: datetime, now: datetime) -> PlanPage:
    seen = sight.in_force
    case, account = permission.family.id, permission.actor.account
    wanted: set[UUID] = set()
    pins = {}
    if seen:
        pins = {pin.statement: pin.digest for pin in seen.plan.rests_on}
        wanted |= pins.keys() | set(seen.currency.unconsidered)
        wanted |= {seen.version.decision} if seen.version.decision else set()
    entries = reading.lines_of(wanted, sight.scope) if wanted else {}
    signatures = reading.signatures_of(seen.version.id) if seen else []
    copies = reading.copies_of([one.id for one in seen.versions]) if seen else []
    named = _practitioners(signatures, copies)
    mine = (row for row in drafts.drafts(account=account, case=case))
    return PlanPage(
        family=family_of(permission, now),
        seen=seen,
        plan=resting_only_on(seen.plan, entries) if seen else None,
        others=sight.plans[1:],
        named=_named(permission, sight, [seen.plan] if seen else [], named, now=now),
        entries=entries,
        known=sight.known,
        rests_on_more=bool(pins.keys() - entries.keys()),
        changed_pins=frozenset(
            id for id in pins if id in entries and entries[id].digest != pins[id]
        ),
        signatures=tuple(signatures),
        copies=tuple(copies),
        rules=plan_rules(),
        as_of=as_of,
        may_write=may_write(permission),
        draft=next((row.id for row in mine if row.fields.get("form") == PLAN_FORM), None),
        untold=_untold(seen, as_of) if seen else frozenset(),
        hints=hints_beside(permission, sight, seen.plan, now=now) if seen else {},
    )


def _untold(seen: PlanSeen, as_of: datetime) -> frozenset[UUID]:
    """What the agency of whoever is asked about the plan has not been told, of what is new.

    Each is an entry the reader may read, whose knowers every page shows them already.
    """
    if seen.asked is None:
        return frozenset()
    new = seen.currency.unconsidered
    return frozenset(entries_not_told(new, seen.asked.agency, now=as_of))


def hints_beside(
    permission: Permission, sight: Sight, plan: SafetyPlan, *, now: datetime
) -> dict[str, tuple[str, ...]]:
    """What each action asks that whoever does it cannot do as it is written, and what helps.

    By the action's key, of the adults of the family alone, from what the reader may read of their
    needs. The action stays as it is: an adjustment never lowers the child's safety.
    """
    names = {one.person: one.name for one in sight.members if not one.is_child}
    asking = [one for one in plan.actions if one.asks_of and one.who and one.who.id in names]
    if not asking:
        return {}
    profiles = needs_beside(
        permission.family.id, permission.actor, permission.ties,
        {one.who.id for one in asking if one.who}, now=now,
    )  # fmt: skip
    return {
        one.key: tuple(
            hint.sentence(names[one.who.id])
            for hint in hints_for(one.asks_of, profiles[one.who.id])
        )
        for one in asking
        if one.who
    }


def _version_page(
    permission: Permission, sight: Sight, chain: tuple[VersionRow, ...], row: VersionRow,
    other: VersionRow | None, *, now: datetime,
) -> VersionPage:  # fmt: skip
    plan = plan_of(row.document)
    older, newer = sorted((row, other or row), key=lambda one: (one.signed_at, one.recorded_at))
    plans = [plan_of(older.document), plan_of(newer.document)]
    wanted = {pin.statement for pin in plan.rests_on} | ({row.decision} if row.decision else set())
    both = {pin.statement for one in plans for pin in one.rests_on} | wanted
    entries = reading.lines_of(both, sight.scope)
    plans = [resting_only_on(one, entries) for one in plans]
    signatures = reading.signatures_of(row.id)
    copies = reading.copies_of([row.id])
    seen = next(one for one in sight.plans if one.versions == chain)
    return VersionPage(
        family=family_of(permission, now),
        version=row,
        plan=resting_only_on(plan, entries),
        is_as_signed=is_as_signed(row),
        is_newest=row.id == chain[0].id,
        named=_named(permission, sight, plans, _practitioners(signatures, copies), now=now),
        entries=entries,
        rests_on_more=bool(wanted - entries.keys()),
        changed_pins=pins_changed(
            permission, {pin.statement: pin.digest for pin in plan.rests_on}, now=now
        ),
        signatures=tuple(signatures),
        copies=tuple(copies),
        versions=chain,
        answers=seen.answers,
        compared=other,
        changes=changes_between(*plans) if other else (),
        may_write=may_write(permission),
    )


def _practitioners(signatures: Iterable[SignatureRow], copies: Iterable[CopyRow]) -> frozenset[Who]:
    everybody = {one.who for one in signatures} | {one.who for one in copies}
    return frozenset(who for who in everybody if who.is_practitioner)


def _named(
    permission: Permission, sight: Sight, plans: Iterable[SafetyPlan], more: Iterable[Who], *,
    now: datetime,
) -> Named:  # fmt: skip
    practitioners = {one.id for one in more} | {id for one in plans for id in one.practitioners}
    practitioners |= {one.practitioner for one in sight.team}
    homes = households_seen(permission.family.id, permission.actor, permission.ties, now=now)
    return Named(
        people={one.person: one.name for one in sight.members},
        practitioners=practitioners_by_id(practitioners),
        households={one.id: one for one in homes},
    )


def _line(seen: PlanSeen, sight: Sight) -> PlanLine:
    first = seen.currency.reasons[0] if seen.currency.reasons else None
    because = first.because[:1] if first else ()
    entries = reading.lines_of(because, sight.scope) if because else {}
    keys = first.assumptions if first else ()
    words = next((one.words for one in seen.plan.assumptions if one.key in keys), "")
    return PlanLine(
        seen.version, seen.currency, seen.withdrawn,
        entries.get(because[0]) if because else None, words, seen.asked,
    )  # fmt: skip
