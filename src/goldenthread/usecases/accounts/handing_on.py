"""What somebody who left or moved was answerable for, listed for whoever was given it to hand on.

And, for whoever is allocated to a family or chairs there, who left its team. Nothing is taken over
by itself and nothing is deleted. Only what the reader may read themselves is listed: where anything
of a family is kept from them, or the one who left chaired it and they do not, none of it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.challenges.course import course_of
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word
from goldenthread.records.access.leaving import EndedRow, ended_in, roles_held
from goldenthread.records.access.reading import (
    cases_of,
    standing,
    unreadable_by,
    visible_filings,
)
from goldenthread.records.access.standing import seals_of
from goldenthread.records.accounts.reading import ended_posts, handed_to, holder
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading as challenges
from goldenthread.records.challenges.ladders import answerer_versions
from goldenthread.records.network.reading import taken_on_by
from goldenthread.records.people.reading import CaseRow, cases_of_statement
from goldenthread.records.plans import reading as plans
from goldenthread.records.risk.reading import promised_by
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.accounts.figures import account_figures

LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")
STILL_OPEN = (GapOutcome.TAKEN_ON, GapOutcome.CARRIED_TO_SUPERVISION)
# How long after its day something promised still stands here: nothing says that it was done.
STILL_PROMISED = timedelta(days=92)
LOOKS_AFTER = (TeamRole.ALLOCATED, TeamRole.CHAIR)


class WorkKind(Word):
    """What somebody was answerable for."""

    FIND_OUT = "find_out", "Said they would find out"
    DO = "do", "Said they would do"
    PLAN = "plan", "Looked after the safety plan"
    CHALLENGE = "challenge", "Raised a challenge that is not settled"
    SEAL = "seal", "Answered for a seal"
    ANSWERS = "answers", "Named by the partnership to answer challenges"


@dataclass(frozen=True, slots=True)
class Work:
    """One thing somebody was answerable for; `words` are their agency's own, `key` says where.

    `family` is None for what is of no family: answering challenges at a stage.
    """

    kind: WorkKind
    family: CaseRow | None
    words: str = ""
    due: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody whose work the reader hands on: who, what happened on which day, and the work."""

    name: str
    kind: str
    on: date
    work: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who leaves, or left, the team of a family the reader looks after."""

    family: CaseRow
    row: EndedRow


@dataclass(frozen=True, slots=True)
class HandingOn:
    """Both lists of one reader."""

    left: tuple[Left, ...]
    gone: tuple[Gone, ...]


def handing_on(actor: Actor, *, now: datetime) -> HandingOn:
    """What the actor is to hand on, and who leaves the teams they look after."""
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        pairs = cases_of(actor, on=day_of(now))
        here = _Here(actor, {case.id: case for case, _ in pairs}, dict(_roles(pairs)), now)
        left = tuple(
            Left(name, kind, on, tuple(here.work_of(who)))
            for who, name, kind, on in handed_to(actor.practitioner)
        )
        gone = tuple(here.gone())
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_handing_on", listed, None, people=len(left)))
    return HandingOn(left, gone)


def _roles(pairs: list[tuple[CaseRow, str | None]]) -> Iterator[tuple[UUID, str | None]]:
    return ((case.id, role) for case, role in pairs)


class _Here:
    """The reader's families, and what of them they may read."""

    def __init__(
        self, actor: Actor, families: Mapping[UUID, CaseRow], roles: Mapping[UUID, str | None],
        now: datetime,
    ) -> None:  # fmt: skip
        self.actor, self.families, self.roles, self.now = actor, families, roles, now
        self.ties = standing(list(roles.items()), actor, on=day_of(now))

    def work_of(self, who: UUID) -> Iterator[Work]:
        """What somebody was answerable for in the families the reader reads whole, as they did."""
        row, held = holder(who), roles_held(who)
        if row is None:
            return
        open_to = [
            case
            for case, ties in self.ties.items()
            if not unreadable_by(self.actor, ties.restrictions)
            and (TeamRole.CHAIR not in held.get(case, ()) or self.roles[case] == TeamRole.CHAIR)
        ]
        for gap in taken_on_by(who, open_to):
            if gap.outcome in STILL_OPEN:
                yield Work(
                    WorkKind.FIND_OUT, self.families[gap.case], gap.question, gap.due, gap.gap
                )
        for promise in promised_by(row.account, open_to):
            if promise.by_when >= day_of(self.now) - STILL_PROMISED:
                yield Work(
                    WorkKind.DO, self.families[promise.case], promise.what_we_will_do,
                    promise.by_when,
                )  # fmt: skip
        yield from self._plans(who, open_to)
        yield from self._challenges(who, open_to)
        yield from self._seals(who)
        yield from _answers(who)

    def _plans(self, who: UUID, open_to: list[UUID]) -> Iterator[Work]:
        of = {case: self.ties[case] for case in open_to}
        scope = plans.filed(visible_filings(of, self.actor, now=self.now))
        for case, versions in plans.versions_across(of, scope, by=self.now).items():
            if versions and versions[0].owner == who:
                yield Work(WorkKind.PLAN, self.families[case])

    def _challenges(self, who: UUID, open_to: list[UUID]) -> Iterator[Work]:
        rows = [one for one in challenges.challenges_in(open_to) if one.raised_by == who]
        of = {case: self.ties[case] for case in open_to}
        filings = visible_filings(of, self.actor, now=self.now)
        read = set(filings.values_list("case_id", "statement_id")) if rows else set()
        steps = challenges.steps_of(row.id for row in rows)
        for row in rows:
            taken = steps.get(row.id, ())
            carried = {row.statement, *(one.statement for one in taken if one.statement)}
            if not taken or any((row.case, statement) not in read for statement in carried):
                continue
            if course_of([one.step for one in taken]).is_open:
                family = self.families[row.case]
                yield Work(WorkKind.CHALLENGE, family, row.wanted, key=str(row.id))

    def _seals(self, who: UUID) -> Iterator[Work]:
        """The seals they answered for that name the reader; `key` is the entry, if it is of one."""
        unread = {
            one
            for ties in self.ties.values()
            for one in unreadable_by(self.actor, ties.restrictions)
        }
        for seal in seals_of(self.families, on=day_of(self.now)):
            if seal.owner != who or self.actor.practitioner not in seal.named:
                continue
            filed = [seal.case] if seal.case else cases_of_statement(seal.statement or seal.id)
            here = next((self.families[case] for case in filed if case in self.families), None)
            if here is not None and seal.statement not in unread:
                yield Work(WorkKind.SEAL, here, due=seal.review_on, key=str(seal.statement or ""))

    def gone(self) -> Iterator[Gone]:
        """Who leaves a team the reader looks after because their post ends."""
        since = day_of(self.now) - timedelta(days=account_figures().listed_after_leaving)
        mine = [case for case, role in self.roles.items() if role in LOOKS_AFTER]
        posts = ended_posts(since)
        for row in ended_in(mine, since=since):
            if (row.practitioner, row.to_on) in posts:
                yield Gone(self.families[row.case], row)


def _answers(who: UUID) -> Iterator[Work]:
    """The stages at which the partnership named somebody to answer, as it stands."""
    latest = {(one.agency, one.stage): one for one in answerer_versions()}
    for (_, stage), one in latest.items():
        if who in (one.practitioner, one.deputy):
            yield Work(WorkKind.ANSWERS, None, f"Stage {stage}", one.deputy_to)
