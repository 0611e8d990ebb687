"""Keep what somebody is part way through typing, on the server, for its author alone.

A draft becomes one entry and no more: the entry's id follows from the draft's, and once the entry
is in the record the draft cannot come back to life from a second tab.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.restricting import restrictions_of
from goldenthread.records.chronology import store
from goldenthread.records.chronology.store import DraftRow
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import recorded_at_of
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = [
    "AlreadyRecorded",
    "DraftRow",
    "NotFoundHere",
    "discard_draft",
    "drafts_of",
    "drop_old_drafts",
    "entry_of_draft",
    "keep_draft",
    "open_draft",
    "read_draft",
    "says_nothing",
]

# Said beside every draft. A month covers leave and sickness; a draft is not a place to keep things.
DRAFTS_KEPT = timedelta(days=30)


# How the form for adding an entry begins: a draft that holds no more than this holds nothing.
ADDING_BEGINS_WITH = {
    "happened-precision": "exact",
    "known": "today",
    "told_when": "today",
    "fidelity": "verbatim",
}
# Who told is chosen beforehand as the reader; whoever changes that alone has said nothing yet.
CHOSEN_BEFOREHAND = "shared_by"


class AlreadyRecorded(Refusal):
    """The draft is an entry in the record already; `recorded_at` says since when."""

    def __init__(self, statement: UUID, recorded_at: datetime) -> None:
        super().__init__("This is in the record already.")
        self.statement = statement
        self.recorded_at = recorded_at


def entry_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of the entry that this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"entry:{actor.account}")


def says_nothing(fields: Mapping[str, object]) -> bool:
    """Whether nothing was typed or chosen on a form for adding an entry.

    An answer to an entry begins with what that entry says, and always says which it answers.
    """
    screens = (screen for screen in fields.values() if isinstance(screen, Mapping))
    return fields.get("form") == "add" and not any(
        str(value).strip() not in ("", ADDING_BEGINS_WITH.get(name, ""))
        for screen in screens
        for name, values in screen.items()
        if name != CHOSEN_BEFOREHAND
        for value in values
    )


def keep_draft(
    actor: Actor, case_id: UUID, draft: UUID, fields: dict[str, object], *, now: datetime
) -> DraftRow:
    """Save a draft, valid or not: `fields` replaces the parts it names and leaves the others.

    A draft is not part of the record, and one that says nothing is not kept. Raises NotFoundHere
    and AlreadyRecorded.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now):
        _refuse_recorded(actor, draft)
        row = store.save_draft(draft, account=actor.account, case=case_id, fields=fields, now=now)
        if row is None:
            raise NotFoundHere("There is no such draft of yours.", draft)
        if says_nothing(row.fields):
            store.drop_draft(draft, account=actor.account)
        return row


def open_draft(actor: Actor, case_id: UUID, draft: UUID, *, now: datetime) -> DraftRow | None:
    """The actor's draft about this family, or None where nothing has been typed under that id.

    Raises NotFoundHere when it is about another family, and AlreadyRecorded.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now):
        _refuse_recorded(actor, draft)
        row = store.draft(draft, account=actor.account)
        if row is not None and row.case != case_id:
            raise NotFoundHere("There is no such draft of yours.", draft)
        return row


def _refuse_recorded(actor: Actor, draft: UUID) -> None:
    entry = entry_of_draft(actor, draft)
    provenance.hold(entry)
    recorded_at = recorded_at_of(entry, agency=actor.agency)
    if recorded_at is not None:
        raise AlreadyRecorded(entry, recorded_at)


def read_draft(actor: Actor, draft: UUID, *, now: datetime) -> DraftRow | None:
    """One of the actor's own drafts, or None; its author may read it whatever team they left.

    None too, as for one that never was, while a restriction closes its family to them: what they
    typed is kept, and is there again when that is lifted.
    """
    with transaction.atomic():
        return _own(actor, draft, now)


def _own(actor: Actor, draft: UUID, now: datetime) -> DraftRow | None:
    wall.open_for_drafts(actor)
    row = store.draft(draft, account=actor.account)
    case = row.case if row else draft  # as much is asked for one that is not there
    wall.open_for_the_record(case)
    found = restrictions_of([case], actor.practitioner, actor.agency, on=day_of(now))
    return None if found[case].bars_family else row


def drafts_of(actor: Actor, case_id: UUID | None = None, *, now: datetime) -> list[DraftRow]:
    """The actor's own drafts that say something, newest first.

    None of a family that a restriction closes to them today.
    """
    with transaction.atomic():
        wall.open_for_drafts(actor)
        kept = store.drafts(account=actor.account, case=case_id)
        cases = {row.case for row in kept}
        wall.open_for_the_record(*cases)
        found = restrictions_of(cases, actor.practitioner, actor.agency, on=day_of(now))
    kept = [row for row in kept if not found[row.case].bars_family]
    return [row for row in kept if not says_nothing(row.fields)]


def drop_old_drafts(*, now: datetime) -> int:
    """Put away drafts untouched for DRAFTS_KEPT; returns how many. None was in the record."""
    with transaction.atomic():
        wall.open_beyond_one_family()
        return store.drop_drafts_saved_before(now - DRAFTS_KEPT)


def discard_draft(actor: Actor, draft: UUID, *, now: datetime) -> None:
    """Put away one of the actor's own drafts, if it is there for them (see `read_draft`)."""
    with transaction.atomic():
        if _own(actor, draft, now) is not None:
            store.drop_draft(draft, account=actor.account)
