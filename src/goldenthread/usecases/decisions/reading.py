"""Which decisions a reader may read, and one of them opened, with its grounds and what waits.

Who may read a decision is who may read the entry that carries it: an id of any other is answered
like an id that never was. What it rests on and the reader may not read is left out; that there is
more is said, and neither how much nor whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.decisions.reading_back import may_read_back
from goldenthread.domain.decisions.record import DecisionRecord, Party, digest_of_record
from goldenthread.domain.decisions.vocabulary import IN_THE_ROOM, Part, Tell
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import Standing, standings
from goldenthread.domain.provenance.statement import Statement, digest_of
from goldenthread.records.access.reading import hidden_from, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import store as drafts
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.decisions import reading as records
from goldenthread.records.decisions.reading import DecisionRow
from goldenthread.records.shared.reading import agencies, practitioners_by_id
from goldenthread.usecases._steps.family import family_of
from goldenthread.usecases._steps.giving import GIVEN_WHOLE, NotForThem
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, event_of, permitted
from goldenthread.usecases.decisions.seen import (
    DecisionRead,
    DecisionSeen,
    DecisionsSeen,
    PartyNamed,
    PinSeen,
    ToldRow,
)

__all__ = ["DecisionSeen", "NotFoundHere", "read_decision", "read_decisions"]

DECISION_FORM = "decision"
NO_SUCH_DECISION = "There is no such decision in what you can read."
NOT_THEIRS = Decision(Outcome.DENY, "decision-not-for-this-reader", NO_SUCH_DECISION)


def read_decisions(actor: Actor, case_id: UUID, *, now: datetime) -> DecisionsSeen:
    """The decisions of a family that a reader may read. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        rows = _readable_rows(permission, now)
        found = seen_of(rows)
        people = {who for one in found for who in one.room}
        audit.append(permission.event(resource="decisions", found=len(found)))
        return DecisionsSeen(
            family=family_of(permission, now),
            decisions=found,
            names={id: row.name for id, row in practitioners_by_id(people).items()},
            untold=_untold(found, now),
            not_understood=_not_understood(found),
            drafts=_drafts(permission),
            may_sign=permission.ties.role is not None,
        )


def read_decision(
    actor: Actor,
    case_id: UUID,
    decision: UUID,
    *,
    now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> DecisionRead:
    """Open one version. `action` is EXPORT_CHRONOLOGY when it leaves the screen.

    Raises NotFoundHere, also for one that exists and is not the reader's to read.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        chain = chain_of(permission, decision, now)
        if chain:
            found = _opened(permission, decision, chain, now)
            audit.append(permission.event(resource=str(decision), opened="decision"))
            return found
        if permission.given.is_for_others:
            raise NotForThem(GIVEN_WHOLE)
        audit.append(refused(permission, decision))
    raise NotFoundHere(NO_SUCH_DECISION, is_kept=True)


def _readable_rows(permission: Permission, now: datetime) -> list[DecisionRow]:
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    return records.rows_of(case, visible)


def refused(permission: Permission, decision: UUID) -> audit.Event:
    """The audit event of a decision that was asked for and is not the reader's to read."""
    case = permission.family.id
    return event_of(permission.actor, permission.action, NOT_THEIRS, case, resource=str(decision))


def chain_of(permission: Permission, decision: UUID, now: datetime) -> tuple[DecisionRow, ...]:
    """The readable versions of the decision this is one of, first to last; empty where none is."""
    rows = _readable_rows(permission, now)
    own = next((row for row in rows if row.id == decision), None)
    if own is None:
        return ()
    chain = (row for row in rows if row.first == own.first)
    return tuple(sorted(chain, key=lambda row: row.number))


def may_sign_after(permission: Permission, newest: DecisionRow) -> bool:
    """Whether the permitted reader may sign a version after the newest one.

    The agency whose decision it is, and whoever chairs. Each version is told to the agencies that
    signed those before it, so that nobody who may go on from one can be without the newest.
    """
    if permission.ties.role is None:
        return False
    is_chair = permission.ties.role == TeamRole.CHAIR
    return is_chair or permission.actor.agency in records.agencies_that_signed(newest.first)


def seen_of(rows: Sequence[DecisionRow]) -> tuple[DecisionSeen, ...]:
    """What a reader is shown of these versions, all of them readable, in the order given."""
    parties = records.parties_of(row.id for row in rows)
    by_id = {row.id: row for row in rows}
    chains: dict[UUID, list[DecisionRow]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        chains.setdefault(row.first, []).append(row)
    return tuple(_seen(row, chains[row.first], parties.get(row.id, ()), by_id) for row in rows)


def _seen(
    row: DecisionRow,
    chain: list[DecisionRow],
    parties: Iterable[Party],
    by_id: Mapping[UUID, DecisionRow],
) -> DecisionSeen:
    place = chain.index(row)
    decided = [one for one in parties if one.part == Part.DECIDED]
    there = [one for one in parties if one.part in IN_THE_ROOM]
    return DecisionSeen(
        id=row.id, statement=row.statement, decided_at=row.decided_at,
        time_is_known=row.time_is_known, title=row.question, setting=row.setting,
        agency=row.agency, agency_name=row.agency_name,
        deciders=frozenset(one.practitioner for one in decided if one.practitioner),
        deciding_agencies=frozenset(one.agency for one in decided if one.agency),
        room=frozenset(one.practitioner for one in there if one.practitioner),
        agencies_in_the_room=frozenset(one.agency for one in there if one.agency),
        signed_by=row.signed_by, signed_by_name=row.signed_by_name, recorded_at=row.recorded_at,
        look_again_by=row.look_again_by, number=row.number if row.number == place + 1 else None,
        newer=chain[place + 1].id if place + 1 < len(chain) else None,
        after=chain[place - 1].id if place else None,
    )  # fmt: skip


def _opened(
    permission: Permission, decision: UUID, chain: tuple[DecisionRow, ...], now: datetime
) -> DecisionRead:
    record, seal = records.record_of(decision)
    permission.given.whole(one.statement for one in record.pins)
    seen = {one.id: one for one in seen_of(chain)}
    decided, pins = _grounds(permission, record, now)
    readable = {one.statement.id for one in pins}
    hidden = hidden_from(permission.actor, permission.ties.restrictions)
    is_whole = decided is not None and digest_of(decided) == record.statement_digest
    assert decided is not None
    agencies_by_id = {id: row.name for id, row in agencies().items()}
    actor = permission.actor
    return DecisionRead(
        family=family_of(permission, now),
        seen=seen[decision],
        record=replace(record, pins=tuple(p for p in record.pins if p.statement in readable)),
        decided=decided,
        seal=seal,
        is_as_sealed=is_whole and digest_of_record(record) == seal,
        parties=_named(record.parties, agencies_by_id),
        pins=pins,
        has_more=any(one.statement not in readable | hidden for one in record.pins),
        told=_told(record, chain, agencies_by_id, now),
        tests=tuple(records.tests_of([decision])),
        versions=tuple(seen[row.id] for row in chain),
        may_sign_again=may_sign_after(permission, chain[-1]),
        may_say_back=may_read_back(
            record, account=actor.account, practitioner=actor.practitioner
        ),
        may_tell=actor.agency in records.known_since([record.statement], by=now).get(
            record.statement, {}
        ),
        is_followed=any(
            row.decided_at > record.decided_at for row in _readable_rows(permission, now)
        ),
        made_at=now,
    )  # fmt: skip


def _grounds(
    permission: Permission, record: DecisionRecord, now: datetime
) -> tuple[Statement | None, tuple[PinSeen, ...]]:
    """The entry that carries the decision, and the entries it turned on that may be read."""
    wanted = frozenset({record.statement, *(one.statement for one in record.pins)})
    loaded = load_history(
        permission.family.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=wanted),
    )  # fmt: skip
    by_id = {entry.statement.id: entry.statement for entry in loaded.entries}
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    now_stand = standings(records.links_to(by_id, visible))
    names = agencies()
    pins = tuple(
        PinSeen(
            statement=said,
            agency_name=names[said.agency].name,
            use=one.use,
            why=one.why,
            is_as_pinned=digest_of(said) == one.digest,
            standing=now_stand[said.id].standing if said.id in now_stand else Standing.STANDS,
        )
        for one in record.pins
        if (said := by_id.get(one.statement))
    )
    return by_id.get(record.statement), pins


def _named(parties: Iterable[Party], names: Mapping[UUID, str]) -> tuple[PartyNamed, ...]:
    parties = tuple(parties)
    people = practitioners_by_id({one.practitioner for one in parties if one.practitioner})
    return tuple(
        PartyNamed(
            one,
            name=people[one.practitioner].name if one.practitioner else one.name,
            role=one.role or (people[one.practitioner].role if one.practitioner else ""),
            agency_name=names.get(one.agency, "") if one.agency else "",
        )
        for one in parties
    )


def _told(
    record: DecisionRecord,
    chain: Sequence[DecisionRow],
    names: Mapping[UUID, str],
    now: datetime,
) -> tuple[ToldRow, ...]:
    """Every agency that knows it or must; those of the version before it that were not told too."""
    before = [row for row in chain if row.id == record.after]
    known = records.known_since([record.statement, *(row.statement for row in before)], by=now)
    here = known.get(record.statement, {})
    earlier = known.get(before[0].statement, {}) if before else {}
    said = {one.agency: one for one in record.must_tell}
    rows = []
    for agency in dict.fromkeys([*here, *said, *earlier]):
        one = said.get(agency)
        rows.append(
            ToldRow(
                agency, names.get(agency, ""), here.get(agency),
                how=one.how if one else "", why=one.why if one else "",
                review_on=one.review_on if one else None,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.agency_name))


def _untold(found: Sequence[DecisionSeen], now: datetime) -> dict[UUID, tuple[str, ...]]:
    """By version, the agencies that must be told and are not, by name."""
    said = records.must_tell_of(one.id for one in found)
    known = records.known_since((one.statement for one in found), by=now)
    names = {id: row.name for id, row in agencies().items()}
    untold = {}
    for one in found:
        knows = known.get(one.statement, {})
        waiting = sorted(
            names[tell.agency]
            for tell in said.get(one.id, ())
            if tell.how != Tell.NOT and tell.agency not in knows
        )
        if waiting:
            untold[one.id] = tuple(waiting)
    return untold


def _not_understood(found: Sequence[DecisionSeen]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for test in records.tests_of(one.id for one in found if one.newer is None):
        if not test.understood:
            counts[test.decision] = counts.get(test.decision, 0) + 1
    return counts


def _drafts(permission: Permission) -> tuple[tuple[UUID, datetime], ...]:
    own = drafts.drafts(account=permission.actor.account, case=permission.family.id)
    return tuple((one.id, one.saved_at) for one in own if one.fields.get("form") == DECISION_FORM)
