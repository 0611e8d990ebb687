"""Read challenges: a family's, those about one entry, and one with all that happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.challenges.course import CHALLENGEABLE
from goldenthread.domain.challenges.ladder import Ladder
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Statement, digest_of
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import team_of
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading
from goldenthread.records.challenges.reading import PraiseRow
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.risk.summaries import entries_not_told
from goldenthread.records.shared.reading import (
    PractitionerRow,
    agencies,
    practitioners_of_agency,
)
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.challenges.in_force import generic_says, ladder_in_force
from goldenthread.usecases.challenges.seen import (
    NO_SUCH_CHALLENGE,
    ChallengeSeen,
    challenge_seen,
    challenges_seen,
    is_as_it_was,
    readable,
    refused,
)

__all__ = [
    "AboutEntry",
    "ChallengeRead",
    "ChallengeSeen",
    "ChallengesRead",
    "NotFoundHere",
    "challenges_about",
    "read_challenge",
    "read_challenges",
]


@dataclass(frozen=True, slots=True)
class ChallengesRead:
    """A family's challenges that the reader may read, newest first, with the family around."""

    family: Family
    challenges: tuple[ChallengeSeen, ...]


@dataclass(frozen=True, slots=True)
class AboutEntry:
    """What one entry decided, as a challenge of it begins: may it be challenged, and what was.

    `generic` labels a ladder nobody here has decided, "" otherwise. `to_ring` is whom to
    ring where a child is at immediate risk: name and phone, "" where none is kept.
    """

    family: Family
    target: Statement
    can_be_challenged: bool
    challenges: tuple[ChallengeSeen, ...]
    ladder: Ladder
    generic: str
    to_tell: tuple[tuple[UUID, str], ...]
    to_ring: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChallengeRead:
    """One challenge opened.

    `target` is None where the reader may not see the entry that decided. `relies` are the entries
    relied on that they may see, `relies_on_more` that there are others, `changed` those whose
    digest is no longer what was pinned. `is_whole` is whether the record still says what it said.
    `lacking` are agencies told of the challenge that lack an entry it relies on, for the raiser.
    `answerers` are people of the agency that answers.
    """

    family: Family
    seen: ChallengeSeen
    target: UUID | None
    relies: tuple[UUID, ...]
    relies_on_more: bool
    changed: tuple[UUID, ...]
    is_whole: bool
    praise: tuple[PraiseRow, ...]
    ladder: Ladder
    generic: str
    lacking: tuple[str, ...]
    answerers: tuple[PractitionerRow, ...]
    is_raiser: bool
    may_answer: bool
    to_ring: tuple[tuple[str, str], ...]


def read_challenges(actor: Actor, case_id: UUID, *, now: datetime) -> ChallengesRead:
    """A family's challenges as this reader may see them. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        found = challenges_seen(permission, reading.challenges_of(case_id), now=now)
        audit.append(permission.event(opened="challenges", challenges=len(found)))
        return ChallengesRead(family_of(permission, now), found)


def challenges_about(actor: Actor, case_id: UUID, target: UUID, *, now: datetime) -> AboutEntry:
    """One entry with the challenges of it that the reader may read. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        statement = _entries(permission, frozenset({target}), now=now).get(target)
        if statement is not None:
            rows = reading.challenges_about(case_id, target)
            found = challenges_seen(permission, rows, now=now)
            ladder = ladder_in_force(now)
            audit.append(permission.event(resource=str(target), opened="challenges of an entry"))
            team = team_of(case_id, on=day_of(now))
            others = {one.agency: one.agency_name for one in team}
            return AboutEntry(
                family=family_of(permission, now),
                target=statement,
                can_be_challenged=statement.kind in CHALLENGEABLE,
                challenges=found,
                ladder=ladder,
                generic=generic_says()[0] if ladder.is_generic else "",
                to_tell=tuple(
                    (id, name)
                    for id, name in sorted(others.items(), key=lambda pair: pair[1])
                    if id not in (actor.agency, statement.agency)
                ),
                to_ring=_to_ring(others),
            )
        audit.append(refused(permission, target))
    raise NotFoundHere("There is no such entry in what you can read.", is_kept=True)


def _to_ring(team: Mapping[UUID, str]) -> tuple[tuple[str, str], ...]:
    """The team's own children's social care, to ring first where a child is at risk now."""
    return tuple(
        (one.name, one.phone)
        for id, one in agencies().items()
        if id in team and one.kind == AgencyKind.CHILDREN_SOCIAL_CARE
    )


def read_challenge(actor: Actor, case_id: UUID, challenge: UUID, *, now: datetime) -> ChallengeRead:
    """Open one challenge. Raises NotFoundHere, also for one that is not the reader's to read."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        seen = challenge_seen(permission, challenge, now=now)
        if seen is not None:
            audit.append(permission.event(resource=str(challenge), opened="challenge"))
            return _opened(permission, seen, now=now)
        audit.append(refused(permission, challenge))
    raise NotFoundHere(NO_SUCH_CHALLENGE, is_kept=True)


def _opened(permission: Permission, seen: ChallengeSeen, *, now: datetime) -> ChallengeRead:
    row, actor = seen.row, permission.actor
    pins = dict(reading.pins_of(row.id))
    entries = _entries(permission, frozenset(pins), now=now)
    ladder = ladder_in_force(now)
    is_raiser = actor.agency == row.agency
    named = seen.answerer
    people = practitioners_of_agency(row.asked_of)
    team = team_of(permission.family.id, on=day_of(now))
    return ChallengeRead(
        family=family_of(permission, now),
        seen=seen,
        target=next(iter(readable(permission, [row.target], now=now)), None),
        relies=tuple(one for one in pins if one in entries),
        relies_on_more=bool(pins.keys() - entries.keys()),
        changed=tuple(one for one, had in pins.items()
                      if one in entries and digest_of(entries[one]) != had),
        is_whole=seen.is_partial or is_as_it_was(row, seen.steps),
        praise=() if seen.is_partial else tuple(reading.praise_of(row.id)),
        ladder=ladder,
        generic=generic_says()[0] if ladder.is_generic else "",
        lacking=_lacking(permission, seen, list(pins), now=now) if is_raiser else (),
        answerers=tuple(people),
        is_raiser=is_raiser,
        to_ring=_to_ring({one.agency: one.agency_name for one in team}),
        may_answer=actor.agency == row.asked_of or bool(
            named and actor.practitioner in (named.practitioner, named.deputy)
        ),
    )  # fmt: skip


def _entries(
    permission: Permission, wanted: frozenset[UUID], *, now: datetime
) -> dict[UUID, Statement]:
    """Those of these entries that the reader may read, by id."""
    loaded = load_history(
        permission.family.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=wanted),
    )  # fmt: skip
    return {entry.statement.id: entry.statement for entry in loaded.entries}


def _lacking(
    permission: Permission, seen: ChallengeSeen, pins: list[UUID], *, now: datetime
) -> tuple[str, ...]:
    """The agencies that know of the challenge and not of every entry it relies on, by name."""
    names = {one.agency: one.agency_name for one in team_of(permission.family.id, on=day_of(now))}
    names[seen.row.asked_of] = seen.row.asked_of_name
    told = reading.agencies_that_know(seen.row.statement, by=now) - {seen.row.agency}
    return tuple(
        sorted(names[one] for one in told & names.keys() if entries_not_told(pins, one, now=now))
    )
