"""Say what becomes of a plan that needs review: it is still right, or it is withdrawn.

(That it is changed is said by signing another version.) The answer is carried by an entry in its
author's words. It covers the entries its author could read then; what comes after opens it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.plans.vocabulary import PlanOutcome
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.audit import store as audit
from goldenthread.records.plans import reading, store
from goldenthread.records.provenance.reading import agency_of
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.plans.carrying import carry
from goldenthread.usecases.plans.read_plan import NO_SUCH_PLAN, refused
from goldenthread.usecases.plans.sight import PlanSeen, plans_seen, scope_of
from goldenthread.usecases.plans.write_plan import considered_now

__all__ = ["AnswerSaid", "NotAnswered", "NotFoundHere", "answer_plan"]

NOTHING: Mapping[str, str] = MappingProxyType({})


class NotAnswered(Refusal):
    """The answer lacks something, or is about a version that is no longer in force.

    `problems` gives, by the part of the form ("outcome", "why", "review_on"), what to mend.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """What somebody makes of the plan. `review_on` is when it is looked at again if still right."""

    outcome: str
    why: str
    review_on: date | None = None
    tellings: tuple[Telling, ...] = ()
    carried_by: UUID | None = None


def answer_plan(
    actor: Actor, case_id: UUID, version: UUID, said: AnswerSaid, *, id: UUID, now: datetime,
    unread: Mapping[str, str] = NOTHING,
) -> bool:  # fmt: skip
    """Keep an answer about the version in force; False where this one was kept already.

    `unread` are the parts that could not be read, with why: where there are any it is refused, with
    everything else that is amiss. Raises NotFoundHere, NotAnswered, and the refusals of an entry.
    """
    refusal: Refusal | None = None
    own = uuid5(id, f"plan answer:{actor.account}")
    with permitted(actor, case_id, Action.WRITE_PLAN, now=now) as permission:
        store.hold_plan(case_id)
        if reading.answer_exists(own):
            return False
        sight = plans_seen(permission, as_of=now, now=now)
        seen = next((p for p in sight.plans if any(v.id == version for v in p.versions)), None)
        if seen is None:
            audit.append(refused(permission, version))
            refusal = NotFoundHere(NO_SUCH_PLAN, is_kept=True)
        else:
            _refuse(seen, version, said, unread, now)
            children = [one.person for one in sight.members if one.is_child]
            about = dict.fromkeys((*children, *sorted(seen.plan.people)))
            known = {one.person for one in sight.members}
            statement = _entry(
                permission, own, said, [one for one in about if one in known], now=now
            )
            _keep(permission, own, seen, said, statement, now=now)
    if refusal is not None:
        raise refusal
    follow_the_thread(case_id, actor.agency, now=now)
    return True


def _refuse(
    seen: PlanSeen, version: UUID, said: AnswerSaid, unread: Mapping[str, str], now: datetime
) -> None:
    """Refuse with everything that is amiss at once, never with one thing after the other."""
    if seen.version.id != version or seen.withdrawn:
        raise NotAnswered({"outcome": "Another version is in force by now. Read that one first."})
    problems = {**dict(_problems(said, day_of(now))), **unread}
    if problems:
        raise NotAnswered(problems)


def _problems(said: AnswerSaid, today: date) -> Iterator[tuple[str, str]]:
    if said.outcome not in (PlanOutcome.STILL_RIGHT, PlanOutcome.WITHDRAWN):
        yield "outcome", "Say whether the plan is still right, changed or withdrawn."
    if not said.why.strip() and said.carried_by is None:
        yield "why", "Say in your own words why."
    if said.outcome == PlanOutcome.STILL_RIGHT:
        if said.review_on is None:
            yield "review_on", "Say on which day this plan is looked at again."
        elif said.review_on <= today:
            yield "review_on", "The day for looking at it again must be after today."


def _entry(
    permission: Permission, id: UUID, said: AnswerSaid, about: list[UUID], *, now: datetime
) -> UUID:
    actor = permission.actor
    if said.carried_by is not None:
        readable = reading.lines_of([said.carried_by], scope_of(permission, now=now))
        is_own = agency_of(said.carried_by) == actor.agency
        if not readable or not is_own or reading.carries_a_plan(said.carried_by):
            raise NotAnswered(
                {"why": "Choose an entry of your own agency that carries no plan yet."}
            )
        return said.carried_by
    return carry(permission, id, said.why, about, said.tellings, now=now)


def _keep(
    permission: Permission, id: UUID, seen: PlanSeen, said: AnswerSaid, statement: UUID, *,
    now: datetime,
) -> None:  # fmt: skip
    right = said.outcome == PlanOutcome.STILL_RIGHT
    store.keep_answer(
        id, version=seen.version.id, outcome=said.outcome, statement=statement,
        review_on=said.review_on if right else None,
        considered=sorted({*considered_now(permission, now=now), statement}),
        answered_by=permission.actor.account, answered_at=now,
        event=permission.event(resource=str(seen.version.id), answered=said.outcome),
    )  # fmt: skip
