"""A document on its way out: for whom it is asked, whether it may leave, and who decides if not.

Where the family keeps an address that must not reach somebody, and the reader may know so, it is
always asked; elsewhere it is for whoever takes it, until they say that it is for somebody else. The
one who sends it never decides. What was decided holds for that document, for those people
and for what was found in it then, and for a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.domain.addresses.outgoing import Hit, Recipient, held_for, may_decide
from goldenthread.domain.addresses.vocabulary import AddressShown
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import team_of
from goldenthread.records.addresses import reading, store
from goldenthread.records.addresses.reading import AddressRow, AskRow
from goldenthread.records.audit import store as audit
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared.reading import PractitionerRow, everybody, practitioners_by_id
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.kept_addresses import Protection, decided, reader_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.addresses.document_text import Within

__all__ = [
    "AskRow",
    "CannotSend",
    "HeldDocument",
    "Leaves",
    "NotFoundHere",
    "Recipient",
    "ask_for_whom",
    "check_document",
    "decide_document",
    "read_held",
    "read_whom_to_send",
]

ASKED_FOR = timedelta(minutes=30)  # how long an answer opens its document
RELEASED_FOR = timedelta(hours=24)  # how long a manager's decision does
LONGEST_WORDS = 200
LONGEST_REASON = 1_000


class CannotSend(Refusal):
    """A document is not asked for, or not decided on; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


class Leaves(Word):
    """What becomes of a document that is asked for."""

    YES = "yes", "It leaves"
    ASK = "ask", "Nobody has said for whom it is"
    HELD = "held", "It waits for a manager"
    REFUSED = "refused", "A manager decided that it does not leave"


@dataclass(frozen=True)
class WhomToSend:
    """Whom a document can be for: the family's people and team, as the reader may know them."""

    family: Family


@dataclass(frozen=True)
class HeldDocument:
    """One held document, with everybody it names, for its sender or for whoever decides."""

    ask: AskRow
    family: Family
    sender: PractitionerRow
    recipients: tuple[str, ...]
    whose: dict[UUID, str]
    deciders: tuple[PractitionerRow, ...]
    may_decide: bool
    is_mine: bool


def read_whom_to_send(actor: Actor, case_id: UUID, *, now: datetime) -> WhomToSend:
    """Read whom a document of a family can be for. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        audit.append(permission.event(opened="for-whom"))
        return WhomToSend(family_of(permission, now))


def ask_for_whom(
    actor: Actor, case_id: UUID, id: UUID, *, kind: str, place: str,
    recipients: Sequence[Recipient], now: datetime,
) -> None:  # fmt: skip
    """Keep for whom somebody wants one document. Raises NotFoundHere and CannotSend."""
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        if reading.ask_of(id) is not None:
            return
        if not recipients:
            raise CannotSend("for", "Say for whom it is.")
        if any(len(one.words) > LONGEST_WORDS for one in recipients):
            raise CannotSend("words", f"Say it in {LONGEST_WORDS} characters at most.")
        members = members_seen(case_id, actor, permission.ties, now=now)
        people = {one.person for one in recipients if one.person}
        posts = {one.practitioner for one in recipients if one.practitioner}
        strangers = people - {member.person for member in members}
        if strangers or len(practitioners_by_id(posts)) != len(posts):
            raise NotFoundHere("There is no such person in what you can read.")
        store.ask(
            id, case=case_id, kind=kind, place=place, recipients=recipients, agency=actor.agency,
            practitioner=actor.practitioner, asked_by=actor.account, asked_at=now,
            event=permission.event(resource=f"document:{kind}", ask=str(id)),
        )  # fmt: skip


def check_document(
    actor: Actor, case_id: UUID, ask: UUID, *, kind: str, place: str, texts: Iterable[Within],
    protection: Protection, now: datetime,
) -> Leaves:  # fmt: skip
    """Whether one document may leave now; a hit holds it. Whatever is answered is audited.

    Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        provenance.hold(ask)
        asked = reading.ask_of(ask)
        if asked is None or not asked.is_of(actor.account, case_id, kind, place):
            return Leaves.ASK
        hits = _hits(permission, asked.recipients, texts, protection.known)
        answer = _answer(asked, hits, now)
        about = {"resource": f"document:{kind}", "ask": str(ask), "answer": str(answer)}
        if answer is Leaves.HELD:
            store.hold(ask, hits, permission.event(hits=len(hits), **about))
        else:
            audit.append(permission.event(hits=len(hits), **about))
        return answer


def decide_document(
    actor: Actor, case_id: UUID, ask: UUID, *, releases: bool, reason: str, shown: StepShown,
    now: datetime,
) -> bool:  # fmt: skip
    """Decide, as the named manager, whether a held document leaves; deciding twice decides once.

    Raises NotFoundHere, CannotSend and, to let it leave, StepUpNeeded.
    """
    with permitted(actor, case_id, Action.DECIDE_DOCUMENT, now=now) as permission:
        asked = reading.ask_of(ask)
        if asked is None or asked.case != case_id or not asked.hits:
            raise NotFoundHere("There is no such document.", ask)
        rows = _concerned(permission, asked)
        if not _decides(permission, asked, rows):
            raise NotFoundHere("There is no such document.", ask)
        said = " ".join(reason.split())
        if not said:
            raise CannotSend("reason", "Say why.")
        if len(said) > LONGEST_REASON:
            raise CannotSend("reason", f"This is longer than {LONGEST_REASON:,} characters.")
        kept = reading.contents(row.id for row in rows)
        if found_in(said, [Wanted(id, one.postal) for id, one in kept.items()]):
            raise CannotSend("reason", "Leave the address itself out of the reason.")
        if releases:
            require_step_up(SensitiveAct.RELEASE_DOCUMENT, shown, now=now)
        return store.decide(
            ask, releases=releases, reason=said, asked_by=asked.asked_by,
            decided_by=actor.account, decided_at=now,
            event=permission.event(
                resource=f"document:{asked.kind}", ask=str(ask), leaves=releases
            ),
        )  # fmt: skip


def read_held(
    actor: Actor, case_id: UUID, *, now: datetime, ask: UUID | None = None
) -> tuple[HeldDocument, ...]:
    """The held documents that are the reader's own, or theirs to decide; one of them with `ask`.

    Raises NotFoundHere, also where `ask` is neither.
    """
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        family = family_of(permission, now)
        held = [one for one in reading.held_of(case_id) if ask is None or one.id == ask]
        found = tuple(
            shown for one in held if (shown := _held(permission, family, one, now=now)) is not None
        )
        if ask is not None and not found:
            raise NotFoundHere("There is no such document.", ask)
        audit.append(permission.event(opened="held-documents"))
        return found


def _answer(asked: AskRow, hits: tuple[Hit, ...], now: datetime) -> Leaves:
    """By what was found now, and by what was decided of what was found then."""
    if asked.releases is False:
        return Leaves.REFUSED
    released = asked.releases and asked.decided_at and now - asked.decided_at <= RELEASED_FOR
    if hits and asked.hits:
        if not set(hits) <= set(asked.hits):
            return Leaves.ASK  # more stands in it than was decided on, or waits to be
        return Leaves.YES if released else Leaves.ASK if asked.releases else Leaves.HELD
    if hits:
        return Leaves.HELD
    return Leaves.YES if released or now - asked.asked_at <= ASKED_FOR else Leaves.ASK


def _hits(
    permission: Permission, recipients: Sequence[Recipient], texts: Iterable[Within],
    known: tuple[Wanted, ...],
) -> tuple[Hit, ...]:  # fmt: skip
    rows = [row for row in reading.addresses_of(permission.family.id) if row.is_protected]
    may = decided(rows, reader_of(permission.actor, permission.ties.role))
    # An address without a sign that it is kept holds nothing of whoever may not know so: its words
    # are not in what they can make.
    rows = [row for row in rows if may[row.id].shown is not AddressShown.HIDDEN]
    found = set(held_for(reading.never_for(rows), recipients))
    for within in texts:
        found |= {
            Hit(one.address, str(one.part), within.where) for one in found_in(within.text, known)
        }
    return tuple(sorted(found))


def _concerned(permission: Permission, asked: AskRow) -> list[AddressRow]:
    wanted = {hit.address for hit in asked.hits}
    return [row for row in reading.addresses_of(permission.family.id) if row.id in wanted]


def _decides(permission: Permission, asked: AskRow, rows: list[AddressRow]) -> bool:
    actor, may = permission.actor, decided(rows, reader_of(permission.actor, permission.ties.role))
    return may_decide(
        practitioner=actor.practitioner, agency=actor.agency, remit=actor.remit,
        role=permission.ties.role, sender=asked.practitioner, keepers=[row.agency for row in rows],
        may_have_all=all(one.is_full for one in may.values()),
    )  # fmt: skip


def _held(
    permission: Permission, family: Family, asked: AskRow, *, now: datetime
) -> HeldDocument | None:
    rows = _concerned(permission, asked)
    decides = _decides(permission, asked, rows)
    is_mine = asked.asked_by == permission.actor.account
    if not (decides or is_mine):
        return None
    names = {member.person: member.name for member in family.members}
    posts = practitioners_by_id(
        {asked.practitioner, *(one.practitioner for one in asked.recipients if one.practitioner)}
    )
    return HeldDocument(
        ask=asked,
        family=family,
        sender=posts[asked.practitioner],
        recipients=tuple(_called(one, names, posts) for one in asked.recipients),
        whose={row.id: names.get(row.person, "") if row.person else "a home" for row in rows},
        deciders=_deciders(family, asked, rows, now),
        may_decide=decides,
        is_mine=is_mine,
    )


def _called(one: Recipient, names: dict[UUID, str], posts: dict[UUID, PractitionerRow]) -> str:
    if one.person:
        return names.get(one.person, "somebody of this family")
    if one.practitioner:
        return f"{posts[one.practitioner].name}, {posts[one.practitioner].agency_name}"
    return one.words


def _deciders(
    family: Family, asked: AskRow, rows: list[AddressRow], now: datetime
) -> tuple[PractitionerRow, ...]:
    """Whom the sender can ask: by the same rule that decides."""
    team = {m.practitioner: m.role for m in team_of(family.case.id, on=day_of(now))}
    chairs = [one for one, role in team.items() if role == TeamRole.CHAIR]
    found = []
    for one in everybody():
        if one.id not in chairs and one.agency not in {row.agency for row in rows}:
            continue
        actor = Actor(one.id, one.id, one.agency, one.remit)
        may = decided(rows, reader_of(actor, team.get(one.id))) if one.remit else {}
        if may_decide(
            practitioner=one.id, agency=one.agency, remit=one.remit, role=team.get(one.id),
            sender=asked.practitioner, keepers=[row.agency for row in rows],
            may_have_all=all(each.is_full for each in may.values()),
        ):  # fmt: skip
            found.append(one)
    return tuple(found)
