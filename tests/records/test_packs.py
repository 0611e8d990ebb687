"""The database's own refusals of packs, checks and releases that say what cannot be."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.subject_access.models import (
    Pack,
    PackCheck,
    PackCheckAsked,
    PackChoice,
    PackEntry,
    PackRedaction,
    PackRedactionUndone,
    PackRelease,
)
from tests.families.packs import OWN, PACK, build, check, decide_all, release, start, withhold
from tests.families.world import NOW, World, key

PRIYA, GRACE, AMA = (key(f"account {who}") for who in ("priya", "grace", "ama"))


@pytest.fixture
def world(record: str) -> World:
    world = build()
    start(world)
    decide_all(world)
    withhold(world, "Mrs Bell")
    check(world)
    release(world)
    return world


def refused(model, **fields) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        model.objects.bulk_create([model(**fields)])
    return str(fault.value)


def asked(world: World) -> PackCheckAsked:
    row = PackCheckAsked(id=uuid4(), pack_id=PACK, digest="a" * 64, asked_by_id=PRIYA)
    PackCheckAsked.objects.bulk_create([row])
    return row


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"begins": 4, "ends": 4}, "pack_redaction_ends_after_it_begins"),
        ({"part": "secret"}, "pack_redaction_part_is_known"),
        ({"reason": " "}, "pack_redaction_has_a_reason"),
    ],
)
def test_a_place_that_is_none_is_refused(world, fields, name):
    given = {"id": uuid4(), "pack_id": PACK, "statement_id": OWN, "part": "text", "begins": 0,
             "ends": 2, "reason": "crime", "made_by_id": PRIYA}  # fmt: skip
    assert name in refused(PackRedaction, **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"is_in": True, "reason": "crime"}, "pack_choice_to_leave_out_has_a_reason"),
        ({"is_in": False, "reason": " "}, "pack_choice_to_leave_out_has_a_reason"),
    ],
)
def test_a_choice_without_its_reason_is_refused(world, fields, name):
    given = {
        "id": uuid4(),
        "pack_id": PACK,
        "statement_id": OWN,
        "number": 9,
        "chosen_by_id": PRIYA,
    }
    assert name in refused(PackChoice, **given, **fields)


def test_two_choices_have_not_one_number(world):
    given = {
        "pack_id": PACK,
        "statement_id": OWN,
        "number": 9,
        "is_in": True,
        "chosen_by_id": PRIYA,
    }
    PackChoice.objects.bulk_create([PackChoice(id=uuid4(), **given)])
    assert "pack_choice_has_its_number" in refused(PackChoice, id=uuid4(), **given)


def test_an_entry_is_looked_at_once(world):
    given = {"id": uuid4(), "pack_id": PACK, "statement_id": OWN, "added_by_id": PRIYA}
    assert "pack_entry_is_there_once" in refused(PackEntry, **given)


@pytest.mark.parametrize("checker", [PRIYA, AMA])
def test_nobody_checks_what_they_started_or_asked_for(world, checker):
    given = {"asked": asked(world), "agrees": True, "started_by_id": PRIYA, "asked_by_id": AMA,
             "checked_by_id": checker}  # fmt: skip
    assert "pack_is_checked_by_another" in refused(PackCheck, **given)


def test_what_is_sent_back_has_a_reason(world):
    given = {"asked": asked(world), "agrees": False, "reason": " ", "started_by_id": PRIYA,
             "asked_by_id": PRIYA, "checked_by_id": GRACE}  # fmt: skip
    assert "pack_is_sent_back_for_a_reason" in refused(PackCheck, **given)


def test_nobody_releases_what_they_checked(world):
    made = PackCheck(asked=asked(world), agrees=True, started_by_id=PRIYA, asked_by_id=PRIYA,
                     checked_by_id=GRACE)  # fmt: skip
    PackCheck.objects.bulk_create([made])
    given = {"check_made": made, "digest": "a" * 64, "checked_by_id": GRACE,
             "released_by_id": GRACE, "released_at": NOW}  # fmt: skip
    assert "pack_is_released_by_another" in refused(PackRelease, **given)


def test_a_pack_is_due_after_it_was_asked_for(world):
    row = Pack.objects.values().get(id=PACK)
    row.pop("recorded_at")
    changed = {**row, "id": uuid4(), "due_on": row["asked_on"]}
    assert "pack_is_due_after_it_was_asked" in refused(Pack, **changed)
    assert "pack_asker_is_entitled" in refused(Pack, **{**row, "id": uuid4(), "entitled": " "})


def test_a_digest_is_one(world):
    given = {"id": uuid4(), "pack_id": PACK, "digest": "A" * 64, "asked_by_id": PRIYA}
    assert "pack_check_digest_is_one" in refused(PackCheckAsked, **given)


@pytest.mark.parametrize(
    "model",
    [Pack, PackEntry, PackChoice, PackRedaction, PackRedactionUndone, PackCheckAsked, PackCheck,
     PackRelease],
)  # fmt: skip
def test_nothing_of_it_is_changed_or_taken_away(world, model):
    table = model._meta.db_table
    for act in (f"UPDATE {table} SET recorded_at = now()", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
