"""Look at who broke the glass: agree to a second time, review a break, and count them by month.

A break is reviewed by a lead of the breaker's agency or by information governance; never by whoever
broke it, nor by somebody who answers to them. Any of those may agree to a second time. Nobody sees
one of a family they are in conflict with, and its reference is told to those alone for whom the
family exists.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import READS, Actor
from goldenthread.domain.access.glass import (
    GlassRules,
    Other,
    ReviewOutcome,
    is_escalated,
    stands_over,
    told_count,
)
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.challenges.working_days import Due, Unit, due_after
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import NotTheirs, Refusal
from goldenthread.records.access import breaking
from goldenthread.records.access.broken import (
    AskRow,
    BrokenRow,
    ask_by_id,
    asks_unanswered,
    break_by_id,
    breaks_in_agency,
    every_break,
)
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.addresses.sealing import AddressKeyMissing, AddressNotAsKept
from goldenthread.records.audit import store as audit
from goldenthread.records.audit.reading import looks_between
from goldenthread.records.provenance.store import hold
from goldenthread.records.shared.reading import holders_of_post
from goldenthread.usecases._steps.beside_families import (
    PartnershipPermission,
    may,
    permitted_beside_families,
)
from goldenthread.usecases._steps.glass_seconds import may_answer
from goldenthread.usecases._steps.holidays import holidays
from goldenthread.usecases._steps.kept_addresses import MARK, protection_of
from goldenthread.usecases._steps.permission import NotFoundHere

__all__ = [
    "AskSeen",
    "BreakSeen",
    "CannotReview",
    "GlassQueue",
    "GlassWaiting",
    "MonthTold",
    "NotFoundHere",
    "answer_ask",
    "glass_queue",
    "glass_waiting",
    "read_ask",
    "read_break",
    "review_break",
]

NO_SUCH = "There is no such page for you."


class CannotReview(Refusal):
    """A review, or an answer, cannot be kept as it was given; `problems` say why, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class ReviewedByOthers(CannotReview, NotTheirs):
    """Nobody reviews what they did themselves, or what was done by whoever they report to."""

    rule = "review-is-by-others"


@dataclass(frozen=True, slots=True)
class BreakSeen:
    """One break as a reviewer sees it.

    `reference`, and all that anybody wrote of it in `row`, is "" where the family does not exist
    for them: then the reason and the legal basis alone are told. `looks` is how often the breaker
    looked at it meanwhile, by what they asked; empty in a list.
    """

    row: BrokenRow
    reference: str
    reason: str
    basis: str
    due: Due
    is_escalated: bool
    may_review: bool
    looks: dict[str, int]


@dataclass(frozen=True, slots=True)
class MonthTold:
    """A month of breaks in counts that point to no family."""

    month: date
    breaks: str
    reviewed: str
    not_justified: str
    late: str


@dataclass(frozen=True, slots=True)
class GlassQueue:
    """The breaks a reviewer sees, the latest first, and for information governance each month."""

    breaks: tuple[BreakSeen, ...]
    months: tuple[MonthTold, ...]
    rules: GlassRules
    is_governance: bool


@dataclass(frozen=True, slots=True)
class AskSeen:
    """What a second person is asked to agree to, in words; `row` as in `BreakSeen`."""

    row: AskRow
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class GlassWaiting:
    """What of this waits for somebody: breaks to review, and asks to answer."""

    breaks: tuple[BreakSeen, ...]
    asks: tuple[AskSeen, ...]


def glass_queue(actor: Actor, *, now: datetime) -> GlassQueue:
    """The breaks a reviewer may see; all of them for information governance. Raises NotFoundHere.

    The months are worked out of every break, and told in counts from the least that may be told.
    """
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        rows = _theirs(actor)
        there = [row for row in rows if _not_in_conflict(actor, row, now)]
        seen = tuple(_seen(permission, row, now) for row in there)
        governs = may(actor, PartnershipAction.COUNT_GLASS)
        months = _months(every_break(), now) if governs else ()
        audit.append(permission.event(resource="broken-glass", breaks=len(seen)))
    return GlassQueue(seen, months, glass_rules(), governs)


def read_break(actor: Actor, id: UUID, *, now: datetime) -> BreakSeen:
    """One break, with how often its breaker looked meanwhile. Raises NotFoundHere."""
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        row = _one(permission, id, now)
        audit.append(permission.event(resource=f"broken-glass {id}"))
        done = looks_between(row.case, row.account, begins=row.opened_at, ends=row.over_at)
        looks = Counter(one for one in done if one in READS)  # that it was broken is no look
        return _seen(permission, row, now, dict(looks))


def review_break(actor: Actor, id: UUID, *, outcome: str, reason: str, now: datetime) -> None:
    """Keep what a review found; a break is reviewed once. Raises NotFoundHere, CannotReview."""
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        hold(id)
        row = _one(permission, id, now)
        if row.review is not None:
            raise CannotReview({"": f"{row.review.by_name} has reviewed this already."})
        if not stands_over(_other(actor), row.breaker):
            raise ReviewedByOthers({"": "Somebody else reviews what you did, or your lead."})
        problems = {}
        if outcome not in dict(ReviewOutcome.choices()):
            problems["outcome"] = "Choose what you found."
        if not reason.strip():
            problems["reason"] = "Say why, so that whoever reads this later can follow it."
        if problems:
            raise CannotReview(problems)
        breaking.review_it(
            id, practitioner=actor.practitioner, breaker=row.practitioner, outcome=outcome,
            reason=reason.strip(), at=now, reviewed_by=actor.account,
            event=permission.event(resource=f"broken-glass {id}", found=outcome),
        )  # fmt: skip


def read_ask(actor: Actor, id: UUID, *, now: datetime) -> AskSeen:
    """What the actor is asked to agree to. Raises NotFoundHere for anybody else."""
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        seen = _ask(actor, id, now)
        audit.append(permission.event(resource=f"glass-ask {id}"))
        return seen


def answer_ask(
    actor: Actor, id: UUID, *, agrees: bool | None, reason: str, shown: StepShown, now: datetime
) -> None:
    """Agree that somebody breaks the glass again, or do not.

    Raises NotFoundHere, CannotReview and StepUpNeeded.
    """
    problems = {}
    if agrees is None:
        problems["agrees"] = "Choose whether you agree."
    if not reason.strip():
        problems["reason"] = "Say why."
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        hold(id)
        row = _ask(actor, id, now).row
        if problems:
            raise CannotReview(problems)
        if row.agrees is not None:
            return
        require_step_up(SensitiveAct.AGREE_TO_BREAK, shown, now=now)
        breaking.answer_ask(
            id, practitioner=actor.practitioner, asker=row.practitioner, agrees=bool(agrees),
            reason=reason.strip(), at=now, answered_by=actor.account,
            event=permission.event(resource=f"glass-ask {id}", agrees=bool(agrees)),
        )  # fmt: skip


def glass_waiting(actor: Actor, *, now: datetime) -> GlassWaiting:
    """What waits for the actor; nothing for whoever reviews nothing.

    A break waits for the breaker's leads; for information governance where it has no other, or
    nobody reviewed it in time.
    """
    if not may(actor, PartnershipAction.REVIEW_GLASS):
        return GlassWaiting((), ())
    with permitted_beside_families(actor, PartnershipAction.REVIEW_GLASS) as permission:
        rows = [row for row in _theirs(actor) if row.review is None]
        mine = [row for row in rows if _is_for(actor, row, now)]
        breaks = tuple(
            _seen(permission, row, now) for row in mine if _not_in_conflict(actor, row, now)
        )
        lately = now - glass_rules().alone_again_after
        waiting = asks_unanswered(since=lately)
        asks = tuple(_worded(actor, row, now) for row in waiting if may_answer(actor, row, now=now))
        audit.append(permission.event(resource="broken-glass-due", breaks=len(breaks)))
    return GlassWaiting(breaks, asks)


def _theirs(actor: Actor) -> list[BrokenRow]:
    governs = may(actor, PartnershipAction.COUNT_GLASS)
    return every_break() if governs else breaks_in_agency(actor.agency)


def _is_for(actor: Actor, row: BrokenRow, now: datetime) -> bool:
    if not stands_over(_other(actor), row.breaker):
        return False
    if actor.remit == Remit.AGENCY_LEAD or is_escalated(
        row.opened_at, now=now, rules=glass_rules()
    ):
        return True
    leads = holders_of_post(Remit.AGENCY_LEAD, row.agency)
    return not any(stands_over(Other(o.id, o.agency, o.remit), row.breaker) for o in leads)


def _other(actor: Actor) -> Other:
    return Other(actor.practitioner, actor.agency, actor.remit)


def _not_in_conflict(actor: Actor, row: BrokenRow, now: datetime) -> bool:
    standing = standing_on([row.case], on=day_of(now))
    return not standing.of(row.case, actor.practitioner, actor.agency).in_conflict


def _one(permission: PartnershipPermission, id: UUID, now: datetime) -> BrokenRow:
    row, actor = break_by_id(id), permission.actor
    governs = may(actor, PartnershipAction.COUNT_GLASS)
    if row is None or not (governs or row.agency == actor.agency):
        raise NotFoundHere(NO_SUCH, id)
    if not _not_in_conflict(actor, row, now):
        raise NotFoundHere(NO_SUCH, id)
    return row


def _seen(
    permission: PartnershipPermission, row: BrokenRow, now: datetime,
    looks: dict[str, int] | None = None,
) -> BreakSeen:  # fmt: skip
    rules, actor = glass_rules(), permission.actor
    standing = standing_on([row.case], on=day_of(now)).of(
        row.case, actor.practitioner, actor.agency
    )
    due = due_after(
        day_of(row.opened_at), rules.review_within_working_days, Unit.WORKING, holidays()
    )
    shown = _without_words(row) if standing.bars_family else _guarded(row, actor, now)
    return BreakSeen(
        row=shown,
        reference=shown.reference,
        reason=rules.reasons.get(row.reason, row.reason),
        basis=rules.bases.get(row.basis, row.basis),
        due=due,
        is_escalated=row.review is None and is_escalated(row.opened_at, now=now, rules=rules),
        may_review=row.review is None and stands_over(_other(actor), row.breaker),
        looks=looks or {},
    )


def _ask(actor: Actor, id: UUID, now: datetime) -> AskSeen:
    row = ask_by_id(id)
    if row is None or not may_answer(actor, row, now=now):
        raise NotFoundHere(NO_SUCH, id)
    return _worded(actor, row, now)


def _without_words(row: BrokenRow) -> BrokenRow:
    """A break with nothing in it that could tell which family it is of."""
    review = replace(row.review, reason="") if row.review else None
    return replace(row, reference="", words="", review=review)


def _guarded(row: BrokenRow, actor: Actor, now: datetime) -> BrokenRow:
    """A break with nothing in it of a safe address of its family that the reader may not have."""
    review = row.review
    if review:
        review = replace(review, reason=_words(review.reason, actor, row.case, now))
    return replace(row, words=_words(row.words, actor, row.case, now), review=review)


def _words(written: str, actor: Actor, case: UUID, now: datetime) -> str:
    try:
        return protection_of(actor, case, now=now).shown(written)
    except (AddressKeyMissing, AddressNotAsKept):
        return MARK  # what cannot be looked for may stand there


def _worded(actor: Actor, row: AskRow, now: datetime) -> AskSeen:
    rules = glass_rules()
    standing = standing_on([row.case], on=day_of(now))
    if standing.of(row.case, actor.practitioner, actor.agency).bars_family:
        row = replace(row, words="")
    row = replace(row, words=_words(row.words, actor, row.case, now))
    return AskSeen(
        row, rules.reasons.get(row.reason, row.reason), rules.bases.get(row.basis, row.basis)
    )


def _months(rows: list[BrokenRow], now: datetime) -> tuple[MonthTold, ...]:
    rules = glass_rules()
    found: dict[date, list[BrokenRow]] = {}
    for row in rows:
        found.setdefault(day_of(row.opened_at).replace(day=1), []).append(row)

    def told(rows: list[BrokenRow]) -> str:
        return told_count(len(rows), rules.least_told)

    return tuple(
        MonthTold(
            month,
            told(those),
            told([one for one in those if one.review]),
            told([o for o in those if o.review and o.review.outcome == "not_justified"]),
            told([one for one in those if _was_late(one, now)]),
        )
        for month, those in sorted(found.items(), reverse=True)
    )


def _was_late(row: BrokenRow, now: datetime) -> bool:
    """Whether it was reviewed after its day, or its day has passed and nobody has."""
    within = glass_rules().review_within_working_days
    due = due_after(day_of(row.opened_at), within, Unit.WORKING, holidays())
    return day_of(row.review.at if row.review else now) > due.on
