"""Challenge what an entry decided: anybody who may read it can disagree, and is answered by a day.

Protective action never waits for it: where a child is at immediate risk the challenge says what was
done at once, and nothing anywhere in the service is stopped because a challenge is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.challenges.course import (
    CannotBeChallenged,
    SaysNothing,
    StepKind,
    StepOutOfTime,
    refuse_day,
    refuse_silence,
    refuse_target,
)
from goldenthread.domain.challenges.ladder import Stage
from goldenthread.domain.challenges.sealing import sealed
from goldenthread.domain.chronology.admitting import ProposedEntry, Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Statement, digest_of
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind, LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.reading import team_of
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading, store
from goldenthread.records.challenges.reading import ChallengeRow, StepRow
from goldenthread.records.chronology import store as drafts
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.challenges.in_force import ladder_in_force
from goldenthread.usecases.challenges.seen import refused, said_at, said_in

__all__ = [
    "CannotBeChallenged",
    "ChallengeNotRaised",
    "ChallengeSaid",
    "NotFoundHere",
    "Raised",
    "raise_challenge",
]

NO_SUCH_ENTRY = "There is no such entry in what you can read."


class ChallengeNotRaised(Refusal):
    """A challenge lacks something; `problems` are sentences by the part of the form they mean."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class NamesAStranger(ChallengeNotRaised, NotTheirs):
    """The challenge relies on an entry that its raiser may not read."""

    rule = NOT_IN_WHAT_THEY_READ


NOT_READABLE = "One of these entries is not in what you can read. Choose again."
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChallengeSaid:
    """A challenge in its raiser's words.

    `entries` are what it relies on; `immediate_risk` is None where nobody answered that. `tell` are
    agencies to tell beside the one that decided. `raised_on` is today where None.
    """

    issue: str
    wanted: str
    why: str
    immediate_risk: bool | None = None
    acted_now: str = ""
    entries: tuple[UUID, ...] = ()
    tell: tuple[UUID, ...] = ()
    raised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A challenge is kept; `already` says that this same one was kept before."""

    id: UUID
    already: bool


def raise_challenge(
    actor: Actor, case_id: UUID, target: UUID, said: ChallengeSaid, *, id: UUID, now: datetime,
    draft: UUID | None = None, unread: Mapping[str, str] = NOTHING,
) -> Raised:  # fmt: skip
    """Keep a challenge, tell the agency that decided, and start the first stage's clock.

    Asked twice with one id it is raised once. `unread` are the parts that could not be read, with
    why: where there are any it is refused, with everything else that is amiss.

    Raises NotFoundHere, CannotBeChallenged and ChallengeNotRaised.
    """
    with permitted(actor, case_id, Action.CHALLENGE_DECISION, now=now) as permission:
        store.hold(id)
        if reading.challenge(case_id, id) is not None:
            return Raised(id, already=True)
        decided, relied = _entries(permission, target, said, now=now)
        if decided is None:
            audit.append(refused(permission, target))
        else:
            _refuse_unfit(permission, decided, relied, said, unread, now=now)
            _keep(permission, decided, relied, said, id, now=now)
            if draft is not None:
                drafts.drop_draft(draft, account=actor.account)
    if decided is None:
        raise NotFoundHere(NO_SUCH_ENTRY, is_kept=True)
    follow_the_thread(case_id, actor.agency, now=now)
    return Raised(id, already=False)


def _entries(
    permission: Permission, target: UUID, said: ChallengeSaid, *, now: datetime
) -> tuple[Statement | None, list[Statement]]:
    """The entry that decided, None where the actor may not read it; and those relied on."""
    wanted = frozenset({target, *said.entries})
    loaded = load_history(
        permission.family.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=wanted),
    )  # fmt: skip
    found = {entry.statement.id: entry.statement for entry in loaded.entries}
    if target not in found:
        return None, []
    return found[target], [found[one] for one in dict.fromkeys(said.entries) if one in found]


def _refuse_unfit(
    permission: Permission, decided: Statement, relied: list[Statement], said: ChallengeSaid,
    unread: Mapping[str, str], *, now: datetime,
) -> None:  # fmt: skip
    """Refuse with everything that is amiss at once, never with one thing after the other."""
    refuse_target(decided.kind)
    problems = dict(_problems(permission, decided, said, day_of(now)))
    problems |= unread
    if {one.id for one in relied} != set(said.entries):
        raise NamesAStranger(problems | {"entries": NOT_READABLE})
    if problems:
        raise ChallengeNotRaised(problems)


def _problems(
    permission: Permission, decided: Statement, said: ChallengeSaid, today: date
) -> Iterator[tuple[str, str]]:
    wanted = [
        ("issue", said.issue, "Say what you disagree with, in your own words."),
        ("wanted", said.wanted, "Say what you want to happen instead."),
        ("why", said.why, "Say why, so that others can understand it."),
    ]
    if said.immediate_risk:
        wanted.append(
            ("acted_now", said.acted_now, "Say what has been done now to keep the child safe.")
        )
    for part, words, reason in wanted:
        try:
            refuse_silence(part, words, reason)
        except SaysNothing as silent:
            yield silent.part, silent.reason
    if said.immediate_risk is None:
        yield "immediate_risk", "Say whether the child is at immediate risk now."
    try:
        since = decided.happened.from_min or date.min
        refuse_day(said.raised_on or today, since=since, today=today)
    except StepOutOfTime as wrong:
        yield "raised_on", wrong.reason
    team = {one.agency for one in team_of(permission.family.id, on=today)}
    if set(said.tell) - team - {decided.agency}:
        yield "tell", "Choose agencies of the team around this family."


def _keep(
    permission: Permission,
    decided: Statement,
    relied: list[Statement],
    said: ChallengeSaid,
    id: UUID,
    *,
    now: datetime,
) -> None:
    actor, on = permission.actor, said.raised_on or day_of(now)
    entry = _entry(permission, decided, said, id, on, now=now)
    keep_entry(permission, entry, now=now)
    pins = [(one.id, digest_of(one)) for one in relied]
    row = ChallengeRow(
        id=id, case=permission.family.id, target=decided.id, statement=entry.id,
        raised_by=actor.practitioner, raised_by_name="", agency=actor.agency, agency_name="",
        asked_of=decided.agency, asked_of_name="", wanted=said.wanted.strip(),
        why=said.why.strip(), immediate_risk=bool(said.immediate_risk),
        acted_now=said.acted_now.strip() if said.immediate_risk else "", digest="",
    )  # fmt: skip
    row = replace(row, digest=sealed(said_in(row, pins)))
    store.append_challenge(
        row, pins, recorded_by=actor.account,
        event=permission.event(resource=str(id), challenged=str(decided.id), entries=len(pins)),
    )  # fmt: skip
    step = _first_step(actor, row, said, ladder_in_force(now).at(1), on)
    store.append_step(
        id, step, recorded_by=actor.account,
        event=permission.event(resource=str(id), step=str(StepKind.RAISED), stage=1),
    )  # fmt: skip


def _entry(
    permission: Permission, decided: Statement, said: ChallengeSaid, id: UUID, on: date, *,
    now: datetime,
) -> ProposedEntry:  # fmt: skip
    """The entry that carries it: issue and outcome wanted as they were written, and the reasons."""
    actor = permission.actor
    told = dict.fromkeys((decided.agency, *said.tell))
    return ProposedEntry(
        id=uuid5(id, "entry"),
        agency=actor.agency,
        text=f"{said.issue.strip()}\n\n{said.wanted.strip()}",
        happened=on_day(on),
        how_known=HowKnown.SAW,
        subjects=decided.subjects,
        kind=Kind.CHALLENGE,
        known=on_day(on),
        reasoning=said.why.strip(),
        asserted_by=actor.practitioner,
        tellings=tuple(tell(agency, actor, now) for agency in told if agency != actor.agency),
    )


def tell(agency: UUID, actor: Actor, now: datetime) -> Telling:
    """That an agency is told today what a challenge says, as safeguarding asks."""
    return Telling(
        agency, told=on_day(day_of(now)), lawful_basis=LawfulBasis.PUBLIC_TASK,
        shared_by=actor.practitioner,
    )  # fmt: skip


def _first_step(
    actor: Actor, row: ChallengeRow, said: ChallengeSaid, stage: Stage, on: date
) -> StepRow:
    step = StepRow(
        id=uuid5(row.id, "step:1"), number=1, kind=StepKind.RAISED, stage=stage.number,
        stage_name=stage.name, who=stage.who, days=stage.days, unit=stage.unit, on=on,
        statement=row.statement, outcome="", words=said.issue.strip(), effect="",
        by=actor.practitioner, by_name="", agency=actor.agency, agency_name="", digest="",
    )  # fmt: skip
    return replace(step, digest=sealed(said_at(step), after=row.digest))
