"""From what somebody puts forward to what the record holds: grounds, entry, and the sealed record.

Whoever and whatever is named is looked up here: a practitioner is of the team, an agency of the
partnership, an entry one the writer may read. Nobody else is named by an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.chronology.admitting import ProposedEntry, Telling, admit
from goldenthread.domain.decisions.proposing import (
    KnownPin,
    ProposedDecision,
    Remark,
    ToTell,
    to_tell,
)
from goldenthread.domain.decisions.record import (
    DecisionRecord,
    MustTell,
    Option,
    Party,
    Pin,
    decided_at,
)
from goldenthread.domain.decisions.vocabulary import Heading
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Statement, Subject, digest_of
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.access.reading import team_of
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.decisions import reading as records
from goldenthread.records.decisions.reading import DecisionRow
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases._steps.permission import Permission


@dataclass(frozen=True)
class Made:
    """A proposal with what it names looked up.

    `known` and `statements` hold the pinned entries that the writer may read. `strangers` refuse
    whoever is not of the team or the partnership. `repeats_the_day` says that it is a later
    version about the day of the one before.
    """

    proposed: ProposedDecision
    known: dict[UUID, KnownPin]
    statements: dict[UUID, Statement]
    agencies: dict[UUID, AgencyRow]
    told: ToTell
    strangers: tuple[Remark, ...]
    before: DecisionRow | None
    repeats_the_day: bool


def ground(
    permission: Permission,
    proposed: ProposedDecision,
    chain: tuple[DecisionRow, ...],
    *,
    now: datetime,
) -> Made:
    """Look up everything a proposal names, in the caller's transaction."""
    before = next((row for row in chain if row.id == proposed.after), None)
    statements, known = _pinned(permission, proposed, now)
    named = agencies()
    posts = _posts(permission, proposed, now)
    settled = replace(proposed, parties=tuple(_of_agency(one, posts) for one in proposed.parties))
    repeats = before is not None and proposed.day == day_of(before.decided_at)
    always = records.agencies_that_signed(before.first) if before else frozenset()
    return Made(
        proposed=settled,
        known=known,
        statements=statements,
        agencies=named,
        told=_told_to(settled, permission, named, repeats, always),
        strangers=tuple(_strangers(settled, posts, frozenset(named))),
        before=before,
        repeats_the_day=repeats,
    )


def _told_to(
    proposed: ProposedDecision,
    permission: Permission,
    named: dict[UUID, AgencyRow],
    repeats: bool,
    always: frozenset[UUID],
) -> ToTell:
    told = to_tell(proposed, own=permission.actor.agency, repeats_the_day=repeats, always=always)
    real = frozenset(named)
    not_told = tuple(one for one in told.not_told if one.agency in real)
    return ToTell(told.on_the_day & real, told.at_signing & real, not_told)


def _pinned(
    permission: Permission, proposed: ProposedDecision, now: datetime
) -> tuple[dict[UUID, Statement], dict[UUID, KnownPin]]:
    wanted = frozenset(one.statement for one in proposed.pins)
    if not wanted:
        return {}, {}
    loaded = load_history(
        permission.family.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=wanted),
    )  # fmt: skip
    statements = {entry.statement.id: entry.statement for entry in loaded.entries}
    since = records.known_since(statements, by=now)
    return statements, {id: KnownPin(since[id]) for id in statements}


def _posts(permission: Permission, proposed: ProposedDecision, now: datetime) -> dict[UUID, UUID]:
    """The agency of everybody on the team on the day of the decision, or now."""
    days = {day_of(now), proposed.day or day_of(now)}
    return {
        one.practitioner: one.agency
        for day in days
        for one in team_of(permission.family.id, on=day)
    }


def _of_agency(one: Party, posts: dict[UUID, UUID]) -> Party:
    """A practitioner speaks for their own agency, whatever was sent."""
    if one.practitioner is None:
        return one
    return replace(one, agency=posts.get(one.practitioner))


def _strangers(
    proposed: ProposedDecision, posts: dict[UUID, UUID], partnership: frozenset[UUID]
) -> Iterator[Remark]:
    for place, one in enumerate(proposed.parties, start=1):
        if one.practitioner and one.practitioner not in posts:
            sentence = "Choose from the team around this family, or name them in words."
            yield Remark(f"party-{place}", sentence, refuses=True, names_a_stranger=True)
        elif one.agency and one.agency not in partnership:
            yield Remark(f"party-{place}", "Choose an agency of this partnership.", refuses=True)
    if any(one.agency not in partnership for one in proposed.must_tell):
        yield Remark("must_tell", "Choose agencies of this partnership.", refuses=True)


def entry_of(
    permission: Permission, statement: UUID, made: Made, *, now: datetime
) -> ProposedEntry:
    """The entry that carries a decision: what was decided, in the writer's words."""
    actor, proposed, told = permission.actor, made.proposed, made.told
    day, today = proposed.day or day_of(now), day_of(now)
    was_there = actor.agency in proposed.agencies_in_the_room and not made.repeats_the_day
    in_person = (
        actor.practitioner in {one.practitioner for one in proposed.parties if one.practitioner}
        and was_there
    )
    at_once = [Telling(one, told=on_day(day)) for one in sorted(told.on_the_day, key=str)]
    at_signing = [Telling(one, told=on_day(today)) for one in sorted(told.at_signing, key=str)]
    not_told = [
        Telling(one.agency, shared=False, reason=one.why, review_on=one.review_on)
        for one in told.not_told
    ]
    return ProposedEntry(
        id=statement,
        agency=actor.agency,
        text=proposed.decided.strip(),
        happened=on_day(day),
        how_known=HowKnown.SAW if in_person else HowKnown.TOLD,
        subjects=tuple(Subject(person) for person in proposed.about),
        kind=Kind.DECISION,
        known=on_day(day if was_there else today),
        asserted_by=actor.practitioner,
        tellings=tuple(
            replace(one, shared_by=actor.practitioner, lawful_basis=proposed.lawful_basis)
            if one.shared
            else replace(one, shared_by=actor.practitioner)
            for one in (*at_once, *at_signing, *not_told)
        ),
    )


def record_of(
    permission: Permission, id: UUID, entry: ProposedEntry, made: Made, *, now: datetime
) -> DecisionRecord:
    """The version as it is sealed, without spaces around what was written."""
    proposed = made.proposed
    assert proposed.day is not None
    return DecisionRecord(
        id=id,
        case=permission.family.id,
        first=made.before.first if made.before else id,
        after=proposed.after,
        why_again=proposed.why_again.strip() if made.before else "",
        statement=entry.id,
        statement_digest=digest_of(admit(entry, now=now).statement),
        decided_at=decided_at(proposed.day, proposed.at, signed_at=now),
        time_is_known=proposed.at is not None,
        setting=proposed.setting,
        question=proposed.question.strip(),
        rationale=proposed.rationale.strip(),
        threshold=proposed.threshold,
        met=proposed.met,
        asked=proposed.asked,
        look_again_by=proposed.look_again_by,
        signed_by=permission.actor.account,
        parts=tuple((str(h), words) for h in Heading if (words := proposed.words(h))),
        options=tuple(Option(o.words.strip(), o.why.strip(), o.taken) for o in proposed.options),
        parties=tuple(map(_tidy, proposed.parties)),
        pins=tuple(
            Pin(one.statement, digest_of(made.statements[one.statement]), one.use, one.why.strip())
            for one in proposed.pins
        ),
        must_tell=tuple(
            MustTell(one.agency, one.how, one.why.strip(), one.review_on)
            for one in proposed.must_tell
        ),
    )


def _tidy(one: Party) -> Party:
    name = "" if one.practitioner else one.name.strip()
    role, said, note = one.role.strip(), one.said.strip(), one.note.strip()
    return replace(one, name=name, role=role, said=said, note=note, missing=one.missing.strip())
