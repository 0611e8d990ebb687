"""Start a pack for somebody who asked, and decide what of it leaves: nothing decides by itself.

The pack refers to the entries that whoever starts it may read in full. What somebody decides is
kept as a further row and can be undone by another; the entries themselves never change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.domain.subject_access.rules import due_on
from goldenthread.domain.subject_access.spans import Span, places_of
from goldenthread.domain.subject_access.vocabulary import Part, Why
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.provenance import store as provenance
from goldenthread.records.subject_access import reading, store
from goldenthread.records.subject_access.store import NewPack, NewRedaction
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases.subject_access.access_rules import access_rules
from goldenthread.usecases.subject_access.seen import (
    NO_SUCH_PACK,
    PackEntry,
    SeenPack,
    permitted_pack,
    readable_now,
)

__all__ = [
    "CannotPrepare", "NotFoundHere", "Place", "Request", "add_arrived", "choose_entry",
    "leave_out_waiting", "redact", "start_pack", "undo_redaction",
]  # fmt: skip

LONGEST_WORDS = 400
LONGEST_NOTE = 1_000


class CannotPrepare(Refusal):
    """Something of a pack cannot be done as it was asked; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


class NamesAStranger(CannotPrepare, NotTheirs):
    """A request names somebody whom its writer may not know of in this family."""

    rule = NOT_IN_WHAT_THEY_READ


@dataclass(frozen=True, slots=True)
class Request:
    """Who asked, about whom, when (a day), and how it is known that it is they and they may."""

    asked_by: UUID | None
    about: UUID | None
    asked_on: date | None
    entitled: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a part of an entry, in characters."""

    part: str
    begins: int
    ends: int


def start_pack(actor: Actor, case_id: UUID, id: UUID, request: Request, *, now: datetime) -> None:
    """Start a pack; asking twice starts one. Raises NotFoundHere and CannotPrepare."""
    with permitted(actor, case_id, Action.PREPARE_PACK, now=now) as permission:
        provenance.hold(id)
        people = {one.person for one in members_seen(case_id, actor, permission.ties, now=now)}
        asked_by, about = request.asked_by, request.about
        if asked_by is None:
            raise CannotPrepare("asked_by", "Choose who asked.")
        if about is None:
            raise CannotPrepare("about", "Choose about whom they asked.")
        if asked_by not in people:
            raise NamesAStranger("asked_by", "Choose who asked.")
        if about not in people:
            raise NamesAStranger("about", "Choose about whom they asked.")
        if request.asked_on is None:
            raise CannotPrepare("asked_on", "Give the day the request came, such as 3 6 2026.")
        if request.asked_on > day_of(now):
            raise CannotPrepare("asked_on", "The day the request came cannot be later than today.")
        entitled = " ".join(request.entitled.split())
        if not entitled:
            raise CannotPrepare("entitled", "Say how you know that it is they, and may ask.")
        if len(entitled) > LONGEST_NOTE:
            raise CannotPrepare("entitled", f"Say it in {LONGEST_NOTE:,} characters at most.")
        new = NewPack(
            id=id, case=case_id, asked_by=asked_by, about=about, asked_on=request.asked_on,
            due_on=due_on(request.asked_on, access_rules().months), entitled=entitled,
            agency=actor.agency, started_by=actor.account,
        )  # fmt: skip
        readable = sorted(readable_now(permission, now=now))
        store.start(new, readable, permission.event(resource=f"pack:{id}", entries=len(readable)))


def add_arrived(actor: Actor, case_id: UUID, pack: UUID, *, now: datetime) -> int:
    """Look also at what the reader may read by now; answers with how many. Raises NotFoundHere."""
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        if seen.arrived:
            event = permission.event(resource=f"pack:{pack}", arrived=len(seen.arrived))
            store.add_entries(pack, seen.arrived, added_by=actor.account, event=event)
        return len(seen.arrived)


def choose_entry(
    actor: Actor, case_id: UUID, pack: UUID, statement: UUID, *, is_in: bool, reason: str = "",
    note: str = "", now: datetime,
) -> None:  # fmt: skip
    """Decide that an entry is in a pack, or why not. Raises NotFoundHere and CannotPrepare."""
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        one = seen.entry(statement)
        code = "" if is_in else _reason(reason)
        said = " ".join(note.split())
        if len(said) > LONGEST_NOTE:
            raise CannotPrepare("note", f"Say it in {LONGEST_NOTE:,} characters at most.")
        if is_in and Why.ANOTHER_AGENCY in one.waits_because and not said:
            raise CannotPrepare(
                "note",
                "Another agency wrote this. Say who there agreed to it, and when.",
            )
        standing = one.choice
        if standing and (standing.is_in, standing.reason, standing.note) == (is_in, code, said):
            return
        store.choose(
            pack, [(statement, one.choices + 1)], is_in=is_in, reason=code, note=said,
            chosen_by=actor.account,
            event=permission.event(
                resource=str(statement), pack=str(pack), is_in=is_in, reason=code
            ),
        )  # fmt: skip


def leave_out_waiting(actor: Actor, case_id: UUID, pack: UUID, *, now: datetime) -> int:
    """Leave out everything that waits only because another agency wrote it; answers with how many.

    Raises NotFoundHere.
    """
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        theirs = [one for one in seen.waiting if one.waits_because == (Why.ANOTHER_AGENCY,)]
        if theirs:
            code = access_rules().another_agency
            store.choose(
                pack, [(one.id, one.choices + 1) for one in theirs], is_in=False, reason=code,
                note="", chosen_by=actor.account,
                event=permission.event(resource=f"pack:{pack}", left_out=len(theirs), reason=code),
            )  # fmt: skip
        return len(theirs)


def redact(
    actor: Actor, case_id: UUID, pack: UUID, statement: UUID, *, id: UUID,
    places: Sequence[Place] = (), words: str = "", everywhere: bool = False, reason: str,
    now: datetime,
) -> int:  # fmt: skip
    """Withhold places of an entry, and every place where exact words stand in it, or in the pack.

    Answers with how many places are withheld by it; sending it twice withholds them once. Raises
    NotFoundHere and CannotPrepare.
    """
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        one = seen.entry(statement)
        code = _reason(reason)
        if len(words) > LONGEST_WORDS:
            raise CannotPrepare("words", f"Give {LONGEST_WORDS} characters at most.")
        sought = seen.entries if everywhere else (one,)
        found = [(one.id, place) for place in places if _is_there(one, place)]
        if len(found) != len(places):
            raise CannotPrepare("places", "The text is not as it was shown. Choose again.")
        by_words = [(each.id, place) for each in sought for place in _standing(seen, each, words)]
        if words.strip() and not by_words:
            raise CannotPrepare("words", "These words do not stand there. Copy them from the text.")
        new = _new(id, [*found, *by_words], code, seen.entries)
        if not found and not by_words:
            raise CannotPrepare("places", "Choose a sentence, or give the words.")
        if new:
            store.redact(
                pack, new, made_by=actor.account,
                event=permission.event(
                    resource=str(statement), pack=str(pack), places=len(new), reason=code
                ),
            )  # fmt: skip
        return len(new)


def undo_redaction(
    actor: Actor, case_id: UUID, pack: UUID, redaction: UUID, *, now: datetime
) -> UUID:
    """Withhold a place no longer; answers with its entry. Raises NotFoundHere."""
    opened = permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True)
    with opened as (permission, seen):
        found = reading.redaction(redaction)
        if found is None or found[0] != pack:
            raise NotFoundHere(NO_SUCH_PACK, redaction)
        statement = seen.entry(found[1]).id
        event = permission.event(resource=str(statement), pack=str(pack), undone=str(redaction))
        store.undo(redaction, undone_by=actor.account, event=event)
        return statement


def _reason(code: str) -> str:
    if code not in access_rules().reasons:
        raise CannotPrepare("reason", "Choose why.")
    return code


def _is_there(one: PackEntry, place: Place) -> bool:
    words = dict(one.parts).get(Part(place.part)) if place.part in set(Part) else None
    return words is not None and 0 <= place.begins < place.ends <= len(words)


def _standing(seen: SeenPack, one: PackEntry, words: str) -> list[Place]:
    """Where these words stand in an entry, but for what the reader may not have: that words were
    found there would tell them that they guessed right."""
    found = []
    for part, text in one.parts:
        unseen = seen.unseen_words(text)
        found += [
            Place(part, span.begins, span.ends)
            for span in places_of(text, words)
            if not any(span.touches(other) for other in unseen)
        ]
    return found


def _new(
    id: UUID, found: Sequence[tuple[UUID, Place]], code: str, entries: Collection[PackEntry]
) -> list[NewRedaction]:
    """The places that are not withheld for this reason already, each once."""
    there = {
        (place.statement, place.part, place.begins, place.ends, place.reason)
        for one in entries
        for place in one.redactions
    }
    new = []
    for statement, place in dict.fromkeys(found):
        span = Span(place.begins, place.ends)
        if (statement, str(place.part), span.begins, span.ends, code) not in there:
            key = uuid5(id, f"{statement}:{place.part}:{span.begins}:{span.ends}")
            new.append(NewRedaction(key, statement, str(place.part), span.begins, span.ends, code))
    return new
