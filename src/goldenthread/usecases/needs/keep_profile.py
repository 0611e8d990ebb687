"""Write down what an adult needs and is good at: a draft as it is typed, then a version for good.

A version is carried by an entry with a sentence of its writer's own, so it is read and told like
any other. It names the versions it was written from. Where another was kept meanwhile nothing is
overwritten: the writer is shown both and sends theirs again, having seen it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import (
    CannotBeRecorded,
    Problem,
    ProposedEntry,
    Telling,
    admit,
)
from goldenthread.domain.needs.checking import NotComplete, check_profile
from goldenthread.domain.needs.profile import Profile
from goldenthread.domain.needs.vocabulary import Answer, Area
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import visible_to
from goldenthread.records.chronology import store as drafts
from goldenthread.records.needs import store
from goldenthread.records.needs.reading import VersionRow, standing, versions
from goldenthread.records.people.reading import MemberRow
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.form_drafts import DraftRow, keep_form, open_form
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.needs.read_needs import NO_SUCH_ADULT, may_have_a_profile

__all__ = [
    "AlreadyKept",
    "AnotherWasKept",
    "Kept",
    "NotComplete",
    "NotFoundHere",
    "ProposedProfile",
    "keep_needs_draft",
    "keep_profile",
    "open_needs_draft",
    "version_of_draft",
]

PROFILE_FORM, ADJUSTMENT_FORM = "needs", "adjustment"


class AlreadyKept(Refusal):
    """The draft is in the record already."""


class AnotherWasKept(Refusal):
    """Another version was kept since this one was begun; `rows` are those the writer had not seen.

    Nothing was overwritten, and what the writer typed is kept as their draft.
    """

    def __init__(self, rows: Sequence[VersionRow]) -> None:
        super().__init__(
            "Somebody else has kept a version of this profile since you began. Nothing of either "
            "is lost: read theirs beside yours, and go on with what is true of both."
        )
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class ProposedProfile:
    """A version somebody wants to keep.

    `summary` is the writer's own sentence, which the entry says. `earlier` are the versions they
    had before them. `talked_on` is the day they talked about it.
    """

    profile: Profile
    summary: str
    talked_on: date
    how_known: str = HowKnown.TOLD
    informant: str = ""
    concerns: tuple[str, ...] = ()
    earlier: tuple[UUID, ...] = ()
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A version or an adjustment is in the record; `already` says that it was there before."""

    id: UUID
    statement: UUID
    already: bool


def version_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of the version that this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"needs:{actor.account}")


def keep_needs_draft(
    actor: Actor,
    case_id: UUID,
    draft: UUID,
    screens: Mapping[str, Mapping[str, object]],
    *,
    form: str = PROFILE_FORM,
    now: datetime,
) -> DraftRow:
    """Keep what was typed so far, valid or not: each screen named replaces what it held.

    Raises NotFoundHere and AlreadyKept.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now):
        _refuse_kept(actor, draft)
        parts = {name: dict(typed) for name, typed in screens.items()}
        return keep_form(actor, case_id, draft, form, parts, now=now)


def open_needs_draft(
    actor: Actor, case_id: UUID, draft: UUID, *, form: str = PROFILE_FORM, now: datetime
) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    Raises NotFoundHere where the id is a draft of another account, family or form, and AlreadyKept.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now):
        _refuse_kept(actor, draft)
        return open_form(actor, case_id, draft, form)


def keep_profile(
    actor: Actor, case_id: UUID, draft: UUID, proposed: ProposedProfile, *, now: datetime
) -> Kept:
    """Keep a version of an adult's profile for the actor's own agency; asking twice keeps one.

    Raises NotFoundHere, NotComplete and AnotherWasKept.
    """
    id = version_of_draft(actor, draft)
    statement = uuid5(id, "entry")
    profile = replace(_tidy(proposed.profile), version=id, adjustments=())
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        adult = seen_adult(permission, profile.adult, now=now)
        store.hold_adult(case_id, profile.adult)
        if store.version_exists(id):
            return Kept(id, statement, already=True)
        entry = _entry(actor, statement, adult, proposed)
        refuse_incomplete(lambda: check_profile(profile, today=day_of(now)), entry, now=now)
        _refuse_unknown_children(permission, profile, now=now)
        _refuse_unread(permission, profile.adult, proposed.earlier, now=now)
        keep_entry(permission, entry, now=now)
        store.keep_version(
            profile, case=case_id, statement=statement, earlier=proposed.earlier,
            written_by=actor.account, event=permission.event(resource=str(id), kept="profile"),
        )  # fmt: skip
        drafts.drop_draft(draft, account=actor.account)
    follow_the_thread(case_id, actor.agency, now=now)
    return Kept(id, statement, already=False)


def refuse_incomplete(
    check: Callable[[], None],
    entry: ProposedEntry,
    *,
    now: datetime,
    said_already: Collection[str] = (),
) -> None:
    """Raise NotComplete with the problems of what is kept and of the entry that carries it.

    `said_already` are the parts of the entry that `check` speaks of in its own words.
    """
    problems: list[Problem] = []
    try:
        check()
    except NotComplete as refused:
        problems += refused.problems
    try:
        admit(entry, now=now)
    except CannotBeRecorded as refused:
        problems += [one for one in refused.problems if one.part not in said_already]
    if problems:
        raise NotComplete(tuple(problems))


def seen_adult(permission: Permission, person: UUID, *, now: datetime) -> MemberRow:
    """An adult of the family whom the actor may know of. Raises NotFoundHere for anybody else."""
    seen = members_seen(permission.family.id, permission.actor, permission.ties, now=now)
    for member in seen:
        if member.person == person and may_have_a_profile(member):
            return member
    raise NotFoundHere(NO_SUCH_ADULT, person)


def _tidy(profile: Profile) -> Profile:
    """The answers in the order of the areas; what was not asked and says nothing is left out."""
    order = {area: place for place, area in enumerate(Area)}
    said = (
        one for one in profile.answers if one.answer is not Answer.NOT_ASKED or one.words.strip()
    )
    return replace(profile, answers=tuple(sorted(said, key=lambda one: order[one.area])))


def _entry(
    actor: Actor, statement: UUID, adult: MemberRow, proposed: ProposedProfile
) -> ProposedEntry:
    return ProposedEntry(
        id=statement,
        agency=actor.agency,
        text=proposed.summary,
        happened=on_day(proposed.talked_on),
        how_known=proposed.how_known,
        informant=proposed.informant,
        subjects=(Subject(adult.person, adult.role),),
        kind=Kind.BACKGROUND,
        known=on_day(proposed.talked_on),
        asserted_by=actor.practitioner,
        concerns=proposed.concerns,
        tellings=proposed.tellings,
    )


def _refuse_unread(
    permission: Permission, adult: UUID, earlier: Sequence[UUID], *, now: datetime
) -> None:
    """What the writer builds on they may read, and they have read all that stands."""
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    rows = versions(visible, case=permission.family.id, adults=[adult])
    if set(earlier) - {row.id for row in rows}:
        raise NotFoundHere("There is no such version in what you can read.")
    built_on = set(earlier)
    unread = [row for row in standing(rows) if row.id not in built_on]
    if unread:
        raise AnotherWasKept(unread)


def _refuse_unknown_children(permission: Permission, profile: Profile, *, now: datetime) -> None:
    seen = members_seen(permission.family.id, permission.actor, permission.ties, now=now)
    children = {member.person for member in seen if member.is_child}
    if any(effect.child and effect.child not in children for effect in profile.effects):
        raise NotFoundHere("One of these children is not in what you can read of this family.")


def _refuse_kept(actor: Actor, draft: UUID) -> None:
    id = version_of_draft(actor, draft)
    if store.version_exists(id) or store.adjustment_exists(id):
        raise AlreadyKept("This is in the record already.")
