"""Break the glass of one family for the hours of the policy, ask to do so again, and close it.

The family is named by its exact reference, and whether it is not there, sealed, withheld or in
conflict is answered alike. How far it opens, and for how long, is no part of what is asked. That it
was broken is kept first; then its owner, the breaker's lead and information governance are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome, by_glass, decide
from goldenthread.domain.access.glass import (
    Asked,
    CannotBreak,
    GlassRules,
    OpenGlass,
    may_break,
    needs_second_person,
    problems_of,
)
from goldenthread.domain.access.partnership import PartnershipAction, decide_beside_families
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.records.access import breaking
from goldenthread.records.access.broken import AskRow, BrokenRow, asks_by, breaks_of
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.reading import ties_to
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import case_by_reference
from goldenthread.records.provenance.store import hold
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import PractitionerRow
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.glass_notices import tell_of_ask, tell_of_break
from goldenthread.usecases._steps.glass_seconds import seconds_for, whom_to_ask
from goldenthread.usecases._steps.permission import NotFoundHere, event_of

__all__ = [
    "Answered",
    "AskRow",
    "Asked",
    "BrokenRow",
    "CannotBreak",
    "GlassPage",
    "GlassRules",
    "NotFoundHere",
    "break_again",
    "break_glass",
    "end_glass",
    "glass_page",
    "may_break_glass",
]

NOT_THIS_POST = Decision(
    Outcome.DENY, "glass-not-for-this-post", "This post may not break the glass."
)
NO_FAMILY = Decision(Outcome.DENY, "glass-finds-no-family", "There is no family by this reference.")
SECOND_NEEDED = Decision(Outcome.DENY, "glass-needs-second-person", "Somebody else agrees first.")
OWN = Decision(Outcome.ALLOW, "own-glass-ended", "Whoever broke the glass may close it.")
# One answer to all that cannot be opened, whatever the reason is.
NOTHING = (
    "There is nothing that you can open by this reference. Look at it again, letter by letter. "
    "If a child may be in danger, ring children’s social care or the police now."
)
AGAIN = "You opened this family not long ago. Choose who is asked to agree that you open it again."
NO_AGREEMENT = "What you ask for was not agreed to, or its time has passed. Ask again."


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of asking: the family that is open until when, or who is asked to agree."""

    case: UUID | None = None
    until: datetime | None = None
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class GlassPage:
    """What somebody is shown who would break the glass.

    `may` is whether their post is one of those that may. `seconds` are who can agree to a second
    time, `open` their breaks that open something now, `asks` what they asked for and did not use.
    """

    may: bool
    rules: GlassRules
    seconds: tuple[PractitionerRow, ...]
    open: tuple[BrokenRow, ...]
    asks: tuple[AskRow, ...]


def may_break_glass(actor: Actor) -> bool:
    """Whether the actor's post is one of those that may; for what a page offers."""
    return may_break(actor.remit, glass_rules())


def glass_page(actor: Actor, *, now: datetime) -> GlassPage:
    """What there is to break the glass with. Raises NotFoundHere for posts that open no family."""
    rules = glass_rules()
    with permitted_beside_families(actor, PartnershipAction.BREAK_GLASS) as permission:
        mine = [row for row in breaks_of(actor.practitioner) if now < row.over_at]
        shown = tuple(row for row in mine if _still_opens(actor, row, now))
        audit.append(permission.event(resource="break-glass"))
        recent = (ask for ask in asks_by(actor.practitioner) if not ask.is_used)
        asks = tuple(ask for ask in recent if now < ask.asked_at + rules.alone_again_after)
    return GlassPage(may_break(actor.remit, rules), rules, seconds_for(actor), shown, asks)


def break_glass(
    actor: Actor, asked: Asked, *, second: UUID | None = None, shown: StepShown, id: UUID,
    now: datetime,
) -> Answered:  # fmt: skip
    """Open one family to read for the hours of the policy; or ask somebody to agree to it first.

    Asking while it is open changes nothing. Raises NotFoundHere, CannotBreak with everything that
    is wrong by field, and StepUpNeeded before anything is looked for.
    """
    rules = _rules_for(actor, now)
    problems = problems_of(asked, rules)
    if problems:
        raise CannotBreak(problems)
    require_step_up(SensitiveAct.BREAK_GLASS, shown, now=now)
    return _settle(actor, asked, None, second, id, now)


def break_again(actor: Actor, ask: UUID, *, shown: StepShown, id: UUID, now: datetime) -> Answered:
    """Open a family again for what a second person agreed to.

    Raises NotFoundHere, StepUpNeeded, and CannotBreak where it was not agreed to or is too late.
    """
    rules = _rules_for(actor, now)
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()  # what they asked for is of a family that is not theirs
        row = next((one for one in asks_by(actor.practitioner) if one.id == ask), None)
    if row is None:
        raise NotFoundHere("There is no such request of yours.", ask)
    if not _holds(row, rules, now):
        raise CannotBreak({"": NO_AGREEMENT})
    require_step_up(SensitiveAct.BREAK_GLASS, shown, now=now)
    return _settle(actor, Asked("", row.reason, row.basis, row.words), row, None, id, now)


def end_glass(actor: Actor, case_id: UUID, *, now: datetime) -> None:
    """Close what the actor opened of a family; doing it twice closes it once. Raises NotFoundHere.

    It is theirs to close however the family is restricted meanwhile.
    """
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()  # it is theirs to close, and no longer one of theirs
        mine = breaks_of(actor.practitioner, case_id)
        for row in mine:
            hold(row.id)
        for row in breaks_of(actor.practitioner, case_id):
            if now < row.over_at:
                event = event_of(actor, "end_glass", OWN, case_id, resource="", broken=str(row.id))
                breaking.end_it(row.id, at=now, ended_by=actor.account, event=event)
    if not mine:
        raise NotFoundHere("You have not opened anything of this.")


def _rules_for(actor: Actor, now: datetime) -> GlassRules:
    """The policy, for a post that may break the glass. Raises NotFoundHere, audited."""
    rules = glass_rules()
    asked = decide_beside_families(actor, PartnershipAction.BREAK_GLASS)
    if asked.is_allowed and may_break(actor.remit, rules):
        return rules
    refused = asked if not asked.is_allowed else NOT_THIS_POST
    with transaction.atomic(durable=True):
        audit.append(event_of(actor, PartnershipAction.BREAK_GLASS, refused, None))
    raise NotFoundHere(NOT_THIS_POST.reason, is_kept=True)


def _settle(
    actor: Actor, asked: Asked, ask: AskRow | None, second: UUID | None, id: UUID, now: datetime
) -> Answered:
    """Open it, or ask for agreement; a refusal is committed to the trail and then raised."""
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()  # the family they name is not one of theirs
        case = ask.case if ask else case_by_reference(asked.reference)
        decision = _would_open(actor, case, now)
        if case is None or not decision.is_allowed:
            refused: CannotBreak = CannotBreak({"reference": NOTHING})
            audit.append(event_of(actor, PartnershipAction.BREAK_GLASS, decision, case))
        else:
            hold(uuid5(case, str(actor.practitioner)))
            found = _open(actor, case, decision, asked, ask, second, id, now)
            if isinstance(found, Answered):
                return found
            refused = found
            audit.append(event_of(actor, PartnershipAction.BREAK_GLASS, SECOND_NEEDED, case))
    raise refused


def _would_open(actor: Actor, case: UUID | None, now: datetime) -> Decision:
    """What the policy would say with the glass broken: nothing but its own rules is asked.

    As much is asked of the database for a family that is not there.
    """
    rules = glass_rules()
    ties = ties_to(case or actor.practitioner, actor, now=now)
    glass = OpenGlass(actor.practitioner, now, now + rules.lasts, rules.labels)
    decision = decide(actor, Action.VIEW_FAMILY, by_glass(ties, glass))
    return NO_FAMILY if case is None else decision


def _still_opens(actor: Actor, row: BrokenRow, now: datetime) -> bool:
    ties = ties_to(row.case, actor, now=now)
    return decide(actor, Action.VIEW_FAMILY, ties).is_allowed and ties.glass is not None


def _open(
    actor: Actor, case: UUID, decision: Decision, asked: Asked, ask: AskRow | None,
    second: UUID | None, id: UUID, now: datetime,
) -> Answered | CannotBreak:  # fmt: skip
    rules, earlier = glass_rules(), breaks_of(actor.practitioner, case)
    if is_open := next((row for row in earlier if now < row.over_at), None):
        return Answered(case, is_open.until)
    if needs_second_person((row.opened_at for row in earlier), now=now, rules=rules):
        agreed = _agreed(actor, case, ask, rules, now)
        if agreed is None:
            return _ask_first(actor, case, decision, asked, second, id, now)
        ask = agreed
    until = now + rules.lasts
    breaking.break_it(
        id, asked, case=case, practitioner=actor.practitioner, agency=actor.agency,
        remit=actor.remit, opened_at=now, until=until, alone_until=now + rules.alone_again_after,
        answer=ask.answer if ask else None, broken_by=actor.account,
        event=event_of(
            actor, PartnershipAction.BREAK_GLASS, decision, case, resource="", broken=str(id),
            reason=asked.reason, basis=asked.basis, until=until.isoformat(),
            agreed=str(ask.answer) if ask else "",
        ),
    )  # fmt: skip
    tell_of_break(actor, case, now=now)
    return Answered(case, until)


def _agreed(
    actor: Actor, case: UUID, ask: AskRow | None, rules: GlassRules, now: datetime
) -> AskRow | None:
    """An agreement to open this family again that holds and was not used."""
    there = [ask] if ask else [one for one in asks_by(actor.practitioner) if one.case == case]
    return next((one for one in there if _holds(one, rules, now)), None)


def _holds(ask: AskRow, rules: GlassRules, now: datetime) -> bool:
    if not ask.agrees or ask.is_used or ask.answered_at is None:
        return False
    return now < ask.answered_at + rules.agreed_for


def _ask_first(
    actor: Actor, case: UUID, decision: Decision, asked: Asked, second: UUID | None, id: UUID,
    now: datetime,
) -> Answered | CannotBreak:  # fmt: skip
    whom = next((one for one in seconds_for(actor) if one.id == second), None)
    if whom is None:
        return CannotBreak({"second": AGAIN})
    already = {one.id for one in asks_by(actor.practitioner)}
    if id not in already:
        breaking.ask_again(
            id, asked, case=case, practitioner=actor.practitioner, agency=actor.agency,
            second=whom.id, at=now, asked_by=actor.account,
            event=event_of(
                actor, "ask_to_break_glass", decision, case, resource=str(id),
                reason=asked.reason, basis=asked.basis,
            ),
        )  # fmt: skip
        tell_of_ask(whom_to_ask(actor, whom.id, case, now=now), case)
    return Answered(waits_for=whom.name)
