"""Which plans a reader may read, and how each stands by what that reader knows.

Who may read a version or an answer is who may read the entry that carries it. Currency is worked
out from the reader's own scope, so that nothing another agency holds can be told from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.plans.currency import InForce, PlanCurrency, currency_of
from goldenthread.domain.plans.document import digest_of_version, plan_of
from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.plans.triggers import KnownEntry
from goldenthread.domain.plans.vocabulary import PlanOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import digest_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import TeamRow, team_of, visible_to
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.plans import reading
from goldenthread.records.plans.reading import AnswerRow, VersionRow
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.who_is_asked import who_is_asked
from goldenthread.usecases.plans.rules import plan_rules


@dataclass(frozen=True)
class PlanSeen:
    """One plan as a reader sees it: its version in force, how it stands, and earlier versions.

    `withdrawn` is the answer that withdrew it, after which nothing is in force. `asked` is who is
    to answer where it needs review. `versions` are those the reader may read, newest first.
    """

    version: VersionRow
    plan: SafetyPlan
    currency: PlanCurrency
    confirmed: AnswerRow | None
    withdrawn: AnswerRow | None
    answers: tuple[AnswerRow, ...]
    versions: tuple[VersionRow, ...]
    asked: TeamRow | None

    @cached_property
    def is_as_signed(self) -> bool:
        """Whether the version still has the digest it was signed with."""
        return is_as_signed(self.version)


@dataclass(frozen=True)
class Sight:
    """What one permitted reader sees of a family's plans at an instant.

    `known` is since when each entry in scope is known to the reader's scope. `plans` come with the
    one signed last first.
    """

    plans: tuple[PlanSeen, ...]
    known: dict[UUID, datetime]
    members: tuple[MemberRow, ...]
    team: tuple[TeamRow, ...]
    scope: QuerySet[Any]

    @property
    def in_force(self) -> PlanSeen | None:
        """The plan to show: the one signed last."""
        return self.plans[0] if self.plans else None


def scope_of(permission: Permission, *, now: datetime) -> QuerySet[Any]:
    """The statements the permitted reader may read now."""
    return visible_to(permission.family.id, permission.actor, permission.ties, now=now)


def whose(permission: Permission) -> UUID | None:
    """Whose knowledge the reader's scope is: their agency's, or everything (None) for a chair."""
    return None if permission.ties.reads_all else permission.actor.agency


def plans_seen(permission: Permission, *, as_of: datetime, now: datetime) -> Sight:
    """The plans of a family as the permitted reader knew them at `as_of`.

    The number of queries does not grow with the family, its versions or its plans.
    """
    case, as_of = permission.family.id, min(as_of, now)
    scope = scope_of(permission, now=now)
    versions = reading.versions_in(case, scope, by=as_of)
    members = members_seen(case, permission.actor, permission.ties, now=now)
    team = tuple(team_of(case, on=day_of(as_of)))
    if not versions:
        return Sight((), {}, members, team, scope)
    known = reading.known_by(scope, whose(permission), by=as_of)
    chains = chains_of(versions, known)
    newest = [chain[0].id for chain in chains]
    answers = reading.answers_in(newest, scope, by=as_of) if newest else []
    stood = [stand(chain, answers, team, known) for chain in chains]
    entries = reading.entries_new({one.plan: one.sought(known) for one in stood})
    children = frozenset(one.person for one in members if one.is_child)
    plans = (one.seen(entries[one.plan], children, as_of) for one in stood)
    return Sight(tuple(plans), known, members, team, scope)


def chains_of(
    versions: Iterable[VersionRow], known: Mapping[UUID, datetime]
) -> list[tuple[VersionRow, ...]]:
    """The versions of each plan whose entries are known, newest first; the plan signed last first.

    `versions` come newest first.
    """
    found: dict[UUID, list[VersionRow]] = {}
    for row in versions:
        if row.statement in known:
            found.setdefault(row.plan, []).append(row)
    return [tuple(chain) for chain in found.values()]


def considered_by(
    version: VersionRow, answers: Iterable[AnswerRow], versions: Iterable[VersionRow]
) -> frozenset[UUID]:
    """The entries a version was considered against: when it was signed, and in answers since.

    The entries that carry the plan itself are part of it.
    """
    given = tuple(answers)
    carried = {one.statement for one in versions} | {one.statement for one in given}
    decided = {version.decision} if version.decision else set()
    return version.considered.union(carried, decided, *(one.considered for one in given))


def is_as_signed(version: VersionRow) -> bool:
    """Whether a version has the digest it was signed with, by all that it says."""
    return version.digest == digest_of_version(
        version.document, id=version.id, statement=version.statement, decision=version.decision,
        written_from=version.written_from, owner=version.owner, considered=version.considered,
        signed_at=version.signed_at.isoformat(),
    )  # fmt: skip


def pins_changed(
    permission: Permission, pins: Mapping[UUID, str], *, now: datetime
) -> frozenset[UUID]:
    """Those of the pinned entries in the reader's scope that no longer say what they said."""
    if not pins:
        return frozenset()
    loaded = load_history(
        permission.family.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=frozenset(pins)),
    )  # fmt: skip
    said = (entry.statement for entry in loaded.entries)
    return frozenset(one.id for one in said if digest_of(one) != pins[one.id])


@dataclass(frozen=True)
class Stood:
    """One plan and what was said of its version in force, before it is held against any entry."""

    chain: tuple[VersionRow, ...]
    document: SafetyPlan
    answers: tuple[AnswerRow, ...]
    in_force: InForce
    asked: TeamRow | None

    @property
    def plan(self) -> UUID:
        """The id of the plan."""
        return self.chain[0].plan

    @property
    def confirmed(self) -> AnswerRow | None:
        """The last answer that it is still right."""
        return next(reversed(_right(self.answers)), None)

    @property
    def withdrawn(self) -> AnswerRow | None:
        """The answer that withdrew it."""
        return next((one for one in self.answers if one.outcome == PlanOutcome.WITHDRAWN), None)

    def sought(self, known: Mapping[UUID, datetime]) -> reading.Sought:
        """What to look up: the entries known that were not considered."""
        return reading.Sought(known, self.in_force.considered)

    def seen(
        self, entries: Iterable[KnownEntry], children: frozenset[UUID], as_of: datetime
    ) -> PlanSeen:
        """How it stands by these entries."""
        return PlanSeen(
            version=self.chain[0],
            plan=self.document,
            currency=currency_of(
                self.in_force, entries, plan_rules(), children=children, as_of=as_of
            ),
            confirmed=self.confirmed,
            withdrawn=self.withdrawn,
            answers=self.answers,
            versions=self.chain,
            asked=self.asked,
        )


def stand(
    chain: tuple[VersionRow, ...], answers: Iterable[AnswerRow], team: Sequence[TeamRow],
    known: Mapping[UUID, datetime],
) -> Stood:  # fmt: skip
    """One plan with the answers about its version in force that are known, and who is asked.

    `answers` are in their order, and may hold those about other versions.
    """
    version = chain[0]
    plan = plan_of(version.document)
    given = tuple(one for one in answers if one.version == version.id and one.statement in known)
    right = _right(given)
    last = right[-1] if right else None
    owner = next((one for one in team if one.practitioner == version.owner), None)
    in_force = InForce(
        plan=plan,
        confirmed_at=last.answered_at if last else version.signed_at,
        considered=considered_by(version, right, chain),
        review_on=last.review_on if last else plan.review_on,
        owner_on_team=owner is not None,
    )
    return Stood(chain, plan, given, in_force, owner or who_is_asked("lead practitioner", team, {}))


def _right(answers: Iterable[AnswerRow]) -> list[AnswerRow]:
    return [one for one in answers if one.outcome == PlanOutcome.STILL_RIGHT]
