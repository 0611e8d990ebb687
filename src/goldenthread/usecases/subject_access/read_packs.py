"""The packs of a family for whoever prepares or checks one, and a pack as it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, decide
from goldenthread.domain.subject_access.pack import Leaving
from goldenthread.domain.subject_access.pointing_out import (
    NOTHING_ORDINARY,
    Ordinary,
    Pointed,
    pointed_out,
)
from goldenthread.domain.subject_access.rules import due_on
from goldenthread.domain.subject_access.vocabulary import Part, Standing
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.shared.reading import PractitionerRow, practitioner
from goldenthread.records.subject_access import reading
from goldenthread.records.subject_access.reading import CheckRow, PackRow
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.others_named import (
    as_others,
    names_of,
    ordinary_words,
    people_of_other_families,
)
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.subject_access.access_rules import AccessRules, access_rules
from goldenthread.usecases.subject_access.check_pack import CannotRelease, may_check
from goldenthread.usecases.subject_access.seen import (
    PackEntry,
    SeenPack,
    can_be_seen,
    permitted_pack,
    readable_now,
)

__all__ = [
    "AccessRules", "CannotRelease", "CheckRow", "EntryToRead", "Leaving", "NotFoundHere",
    "OnePack", "PackEntry", "PackRow", "Packs", "Part", "Pointed", "Released", "SeenPack",
    "Standing", "due_on", "pointed_out_in", "read_entry_of_pack", "read_for_check", "read_pack",
    "read_packs", "take_out_pack",
]  # fmt: skip


@dataclass(frozen=True)
class OnePack:
    """One pack in the list: who asked, about whom, and how far it is."""

    row: PackRow
    asked_by: str
    about: str
    is_released: bool


@dataclass(frozen=True)
class Packs:
    """The packs of a family that are there for the reader, and whether they may start one."""

    family: Family
    packs: tuple[OnePack, ...]
    may_prepare: bool
    rules: AccessRules


@dataclass(frozen=True)
class EntryToRead:
    """One entry of a pack with what is pointed out in each part of it."""

    pack: SeenPack
    entry: PackEntry
    pointed: dict[str, tuple[Pointed, ...]]
    elsewhere: int


@dataclass(frozen=True)
class ToCheck:
    """A pack as it would leave, and what the reader may do about it."""

    pack: SeenPack
    asker: PractitionerRow | None
    checker: PractitionerRow | None
    may_check: bool
    may_release: bool
    may_prepare: bool


@dataclass(frozen=True)
class Released:
    """A pack that was released, as it leaves; who takes it out, and who released it when."""

    document: Leaving
    rules: AccessRules
    maker: PractitionerRow
    recipient: MemberRow
    due_on: str
    released_at: datetime


def read_packs(actor: Actor, case_id: UUID, *, now: datetime) -> Packs:
    """Read the packs of the reader's agency for a family. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.CHECK_PACK, now=now) as permission:
        readable = readable_now(permission, now=now)
        rows = [
            row
            for row in reading.packs_of(case_id, actor.agency)
            if can_be_seen(permission, row, readable)
        ]
        family = family_of(permission, now)
        names = {one.person: one.name for one in family.members}
        found = tuple(
            OnePack(row, names[row.asked_by], names[row.about], _was_released(row))
            for row in rows
            if {row.asked_by, row.about} <= set(names)
        )
        audit.append(permission.event(opened="packs"))
        return Packs(family, found, _may(permission, Action.PREPARE_PACK), access_rules())


def read_pack(actor: Actor, case_id: UUID, pack: UUID, *, now: datetime) -> SeenPack:
    """Read a pack to work on it. Raises NotFoundHere."""
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now) as (permission, seen):
        audit.append(permission.event(resource=f"pack:{pack}", opened="pack"))
        return seen


def read_entry_of_pack(
    actor: Actor, case_id: UUID, pack: UUID, statement: UUID, *, now: datetime
) -> EntryToRead:
    """Read one entry of a pack to say what of it leaves. Raises NotFoundHere."""
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now) as (permission, seen):
        one = seen.entry(statement)
        audit.append(permission.event(resource=str(statement), pack=str(pack), opened="entry"))
        here = {member.person for member in seen.family.members}
        subjects = {each.person for each in one.said.subjects}
        elsewhere = people_of_other_families(permission, here, subjects, now=now)
        ordinary = ordinary_words(permission, now=now)
        pointed = pointed_out_in(seen, one, elsewhere, ordinary)
        return EntryToRead(seen, one, pointed, len(subjects - here))


def read_for_check(actor: Actor, case_id: UUID, pack: UUID, *, now: datetime) -> ToCheck:
    """Read a pack as it would leave. Raises NotFoundHere."""
    with permitted_pack(actor, case_id, Action.CHECK_PACK, pack, now=now) as (permission, seen):
        audit.append(permission.event(resource=f"pack:{pack}", opened="as it leaves"))
        asked = seen.check
        return ToCheck(
            pack=seen,
            asker=practitioner(asked.asker) if asked else None,
            checker=practitioner(asked.checker) if asked and asked.checker else None,
            may_check=asked is not None and asked.agrees is None and may_check(seen, asked, actor),
            may_release=_may(permission, Action.RELEASE_PACK)
            and asked is not None
            and bool(asked.agrees)
            and asked.checked_by != actor.account
            and asked.released_at is None,
            may_prepare=_may(permission, Action.PREPARE_PACK),
        )


def take_out_pack(
    actor: Actor, case_id: UUID, pack: UUID, recipient: UUID, *, form: str, now: datetime
) -> Released:
    """Take a released pack out as a file, for the person who asked; audited as leaving.

    Raises NotFoundHere, also where the person is not the one who asked, and CannotRelease where the
    pack is not released as it stands.
    """
    with permitted_pack(actor, case_id, Action.RELEASE_PACK, pack, now=now) as (permission, seen):
        is_theirs = recipient == seen.asked_by.person
        released = seen.check.released_at if is_theirs and seen.check is not None else None
        audit.append(
            permission.event(
                resource=f"pack:{pack}",
                form=form,
                leaves=released is not None,
                digest=seen.digest,
                opened="pack taken out" if released else "pack",
            )
        )
    if not is_theirs:
        raise NotFoundHere("There is no such person in what you can read.")
    if released is None:
        raise CannotRelease("This pack is not released as it stands.")
    return Released(
        document=seen.document, rules=seen.rules, maker=seen.family.reader,
        recipient=seen.asked_by, due_on=seen.row.due_on.isoformat(), released_at=released,
    )  # fmt: skip


def pointed_out_in(
    seen: SeenPack, one: PackEntry, elsewhere: Iterable[MemberRow] = (),
    ordinary: Ordinary = NOTHING_ORDINARY,
) -> dict[str, tuple[Pointed, ...]]:  # fmt: skip
    """What may be about somebody else in each part of an entry, people `elsewhere` among them."""
    shared = {seen.about.family_name, seen.asked_by.family_name}
    them = (seen.about.person, seen.asked_by.person)
    family = [member for member in seen.family.members if member.person not in them]
    others = list(as_others(family, elsewhere, without=shared))
    own = {*names_of(seen.about), *names_of(seen.asked_by), *filter(None, shared)}
    told = (one.said.informant,) if one.said.informant.strip() and not one.source_kept else ()
    words = (*seen.rules.source_words, *told)
    return {
        str(part): () if part is Part.INFORMANT else pointed_out(text, others, own, words, ordinary)
        for part, text in one.parts
    }


def _may(permission: Permission, action: Action) -> bool:
    return decide(permission.actor, action, permission.ties).is_allowed


def _was_released(row: PackRow) -> bool:
    return any(one.released_at is not None for one in reading.checks_of(row.id))
