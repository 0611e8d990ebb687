"""What every later step of a challenge has in common: allowed, carried by an entry, told.

Each is sealed with the step before it, and kept once however often it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.challenges.course import (
    StepKind,
    refuse_day,
    refuse_silence,
    refuse_step,
)
from goldenthread.domain.challenges.ladder import Stage
from goldenthread.domain.challenges.sealing import sealed
from goldenthread.domain.challenges.working_days import Unit
from goldenthread.domain.chronology.admitting import ProposedEntry
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind, LinkKind, Polarity
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading, store
from goldenthread.records.challenges.reading import StepRow
from goldenthread.records.chronology import store as drafts
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.challenges.raise_challenge import tell
from goldenthread.usecases.challenges.seen import (
    NO_SUCH_CHALLENGE,
    ChallengeSeen,
    challenge_seen,
    open_entries,
    refused,
    said_at,
)

NO_EFFECT = (
    "Say what changed because of it, for the child, the plan or the decision, or that nothing did."
)


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A step in the words of whoever takes it: `on` is today where None."""

    words: str
    effect: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """By what sort of entry a step is carried, and what that does to those it answers."""

    kind: Kind
    link: LinkKind | None = None
    polarity: Polarity = Polarity.ASSERTS


@dataclass(frozen=True, slots=True)
class Taken:
    """A step is kept; `already` says that this same one was kept before."""

    id: UUID
    already: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step's own checks look at: the permission, the challenge, and the step's day."""

    permission: Permission
    seen: ChallengeSeen
    on: date
    now: datetime


def take_step(
    actor: Actor,
    case_id: UUID,
    challenge: UUID,
    kind: StepKind,
    said: StepSaid,
    *,
    id: UUID,
    now: datetime,
    carried: Carried | None,
    refuse: Callable[[Asked], None] = lambda asked: None,
    to: Callable[[Asked], Stage | None] = lambda asked: None,
    outcome: str = "",
    by: UUID | None = None,
    draft: UUID | None = None,
) -> Taken:
    """Keep the next step of a challenge; asked twice with one id it is kept once.

    `refuse` raises what stands in the way of this sort of step; `to` gives the stage it leads to,
    None where it stays. Raises NotFoundHere, NotAllowedNow, SaysNothing and StepOutOfTime.
    """
    with permitted(actor, case_id, Action.CHALLENGE_DECISION, now=now) as permission:
        store.hold(challenge)
        seen = challenge_seen(permission, challenge, now=now)
        is_theirs = seen is not None and not seen.is_partial
        if seen is None or not is_theirs:
            audit.append(refused(permission, challenge))
        elif any(one.id == id for one in seen.steps):
            return Taken(id, already=True)
        else:
            asked = Asked(permission, seen, said.on or day_of(now), now)
            _refuse_unfit(asked, kind, said)
            refuse(asked)
            _keep(asked, _step(asked, kind, said, id, to(asked), outcome, by), carried)
            if draft is not None:
                drafts.drop_draft(draft, account=actor.account)
    if not is_theirs:
        raise NotFoundHere(NO_SUCH_CHALLENGE, is_kept=True)
    follow_the_thread(case_id, actor.agency, now=now)
    return Taken(id, already=False)


def _refuse_unfit(asked: Asked, kind: StepKind, said: StepSaid) -> None:
    course, today = asked.seen.course, day_of(asked.now)
    assert course is not None
    by_raiser = asked.permission.actor.agency == asked.seen.row.agency
    refuse_step(course, kind, by_raiser=by_raiser)
    refuse_silence("words", said.words, "Say it in your own words.")
    if kind in (StepKind.ANSWERED, StepKind.ACCEPTED, StepKind.RESOLVED):
        refuse_silence("effect", said.effect, NO_EFFECT)
    refuse_day(asked.on, since=course.last.on, today=today)


def _keep(asked: Asked, step: StepRow, carried: Carried | None) -> None:
    permission, seen = asked.permission, asked.seen
    if carried is not None:
        step = replace(step, statement=_carry(asked, step, carried))
    step = replace(step, digest=sealed(said_at(step), after=seen.steps[-1].digest))
    store.append_step(
        seen.row.id, step, recorded_by=permission.actor.account,
        event=permission.event(resource=str(seen.row.id), step=str(step.kind), stage=step.stage),
    )  # fmt: skip


def _step(
    asked: Asked, kind: StepKind, said: StepSaid, id: UUID, stage: Stage | None, outcome: str,
    by: UUID | None,
) -> StepRow:  # fmt: skip
    actor, last = asked.permission.actor, asked.seen.steps[-1]
    return StepRow(
        id=id,
        number=last.number + 1,
        kind=kind,
        stage=stage.number if stage else last.stage,
        stage_name=stage.name if stage else last.stage_name,
        who=stage.who if stage else last.who,
        days=stage.days if stage else None,
        unit=stage.unit if stage else Unit.WORKING,
        on=asked.on,
        statement=None,
        outcome=outcome,
        words=said.words.strip(),
        effect=said.effect.strip(),
        by=by or actor.practitioner,
        by_name="",
        agency=actor.agency,
        agency_name="",
        digest="",
    )


def _carry(asked: Asked, step: StepRow, carried: Carried) -> UUID:
    """Keep the entry that carries a step, told to all who know of the challenge; gives its id."""
    permission, row, now = asked.permission, asked.seen.row, asked.now
    actor = permission.actor
    circle = reading.agencies_that_know(row.statement, by=now) | {row.agency, row.asked_of}
    entry = ProposedEntry(
        id=uuid5(step.id, "entry"),
        agency=actor.agency,
        text=step.words,
        happened=on_day(step.on),
        how_known=HowKnown.SAW if step.by == actor.practitioner else HowKnown.RECORD,
        subjects=tuple(subjects_of([row.statement]).get(row.statement, ())),
        kind=carried.kind,
        known=on_day(step.on),
        asserted_by=step.by,
        polarity=carried.polarity,
        impact=step.effect,
        tellings=tuple(tell(one, actor, now) for one in sorted(circle - {actor.agency}, key=str)),
    )
    keep_entry(permission, entry, now=now)
    for target in open_entries(asked.seen) if carried.link else ():
        provenance.link(
            uuid5(entry.id, f"{carried.link}:{target}"), source=entry.id, target=target,
            kind=str(carried.link), reason="", recorded_by=actor.account,
            event=permission.event(resource=str(target), answer=str(carried.link)),
        )  # fmt: skip
    return entry.id
