"""What one person knew, and the database's own refusals of receipts that say what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.vocabulary import KnownInPerson, ReceiptStep
from goldenthread.domain.shared.partial_date import on_day, parse_edtf
from goldenthread.records.provenance.models import Awareness, ShareEvent, ShareReceipt
from goldenthread.records.provenance.receipts import give, known_by_person
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

LATER = NOW + timedelta(days=30)


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def entry(world: World):
    """Dr Lund wrote it; known to adult mental health since 14 March 2026."""
    said = world.entry("mental_health", "Ruth has stopped her tablets.", known="2026-03-14")
    said = replace(said, asserted_by=world.actors["lund"].practitioner)
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    return said


def told_in_person(world: World, who: str, agency: str, on: str):
    """Another entry, of which one named person was told on a day."""
    person = world.actors[who].practitioner
    telling = Telling(world.agency(agency), told=parse_edtf(on), to_person=person)
    said = replace(world.entry("mental_health", "Ruth rang."), tellings=(telling,))
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    return said


def did(world: World, who: str, statement, step: ReceiptStep, *, at=NOW, words: str = "") -> bool:
    actor = world.actors[who]
    with transaction.atomic():
        return give(
            statement, step, practitioner=actor.practitioner, agency=actor.agency, words=words,
            given_at=at, recorded_by=actor.account,
        )  # fmt: skip


def known(world: World, *statements, who: str, by: datetime = LATER):
    person = world.actors[who].practitioner
    found = known_by_person(statements, [person], by=by)
    return {statement: found[statement, person] for statement, _ in found}


def test_who_wrote_it_knows_it_since_their_agency_did(world: World, entry):
    knew = known(world, entry.id, who="lund")
    assert knew == {entry.id: (KnownInPerson.WROTE, datetime(2026, 3, 14, tzinfo=UTC))}


def test_an_agency_that_was_told_makes_nobody_of_it_know(world: World, entry):
    """The agency knew; that any one person in the room knew is not shown by that."""
    told = Telling(world.agency("health_visiting"), told=parse_edtf("2026-03-20"))
    said = replace(world.entry("mental_health", "Ruth rang."), tellings=(told,))
    record_entry(world.actors["lund"], world.case, said, now=NOW)

    agency = world.agency("health_visiting")
    assert Awareness.objects.filter(statement=said.id, agency=agency).exists()
    assert known(world, said.id, who="ama") == {}


def test_who_was_told_in_person_knows_from_that_day_and_their_colleagues_do_not(world: World):
    said = told_in_person(world, "priya", "social_care", "2026-03-20")

    day = datetime(2026, 3, 20, tzinfo=UTC)
    assert known(world, said.id, who="priya") == {said.id: (KnownInPerson.TOLD_IN_PERSON, day)}
    assert known(world, said.id, who="sam") == {}
    assert known(world, said.id, who="priya", by=day - timedelta(seconds=1)) == {}


def test_the_earliest_way_of_knowing_counts(world: World):
    said = told_in_person(world, "priya", "social_care", "2026-03-20")
    did(world, "priya", said.id, ReceiptStep.OPENED, at=NOW)
    did(world, "sam", said.id, ReceiptStep.OPENED, at=NOW)
    did(world, "sam", said.id, ReceiptStep.ACKNOWLEDGED, at=NOW + timedelta(hours=1))

    assert known(world, said.id, who="priya")[said.id][0] is KnownInPerson.TOLD_IN_PERSON
    assert known(world, said.id, who="sam") == {said.id: (KnownInPerson.OPENED, NOW)}


def test_nothing_that_came_later_is_known_by_then(world: World, entry):
    did(world, "priya", entry.id, ReceiptStep.ACKNOWLEDGED, at=NOW)

    assert known(world, entry.id, who="priya", by=NOW - timedelta(seconds=1)) == {}
    assert known(world, entry.id, who="priya", by=NOW) == {
        entry.id: (KnownInPerson.ACKNOWLEDGED, NOW)
    }


@pytest.mark.parametrize("step", [ReceiptStep.ASKED_BACK, ReceiptStep.CAME_OF_IT])
def test_asking_back_alone_is_not_having_read_it(world: World, entry, step):
    did(world, "priya", entry.id, step, words="When was this?")
    assert known(world, entry.id, who="priya") == {}


def test_many_at_once_cost_three_queries(world: World, entry):
    from django.test.utils import CaptureQueriesContext

    many = [entry.id, *(uuid4() for _ in range(500))]
    people = [actor.practitioner for actor in world.actors.values()]
    with CaptureQueriesContext(connection) as asked:
        known_by_person(many, people, by=LATER)
    assert len(asked) == 3


def test_the_first_opening_counts_and_is_kept_once(world: World, entry):
    assert did(world, "priya", entry.id, ReceiptStep.OPENED, at=NOW)
    assert not did(world, "priya", entry.id, ReceiptStep.OPENED, at=LATER)

    assert [row.given_at for row in ShareReceipt.objects.all()] == [NOW]


def test_two_things_that_came_of_it_are_both_kept(world: World, entry):
    assert did(world, "priya", entry.id, ReceiptStep.CAME_OF_IT, words="Visited.")
    assert did(world, "priya", entry.id, ReceiptStep.CAME_OF_IT, words="Asked her GP.")
    assert not did(world, "priya", entry.id, ReceiptStep.CAME_OF_IT, words=" Visited. ")


@pytest.mark.parametrize(
    ("step", "words", "constraint"),
    [
        ("glanced_at", "x", "receipt_step_is_known"),
        ("opened", "I saw it.", "receipt_of_opening_says_no_more"),
        ("asked_back", "", "receipt_says_something"),
        ("came_of_it", "", "receipt_says_something"),
    ],
)
def test_what_a_receipt_cannot_say_is_refused(world: World, entry, step, words, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ShareReceipt.objects.create(
            id=uuid4(),
            statement_id=entry.id,
            practitioner_id=world.actors["priya"].practitioner,
            agency_id=world.agency("social_care"),
            step=step,
            words=words,
            given_at=NOW,
            recorded_by_id=world.actors["priya"].account,
        )


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("receipt_asked", True, "share_receipt_is_asked_of_a_telling"),
        ("to_person_id", key("practitioner priya"), "share_in_person_is_a_telling"),
    ],
)
def test_a_decision_not_to_tell_asks_nobody_to_have_read_it(
    world: World, entry, field, value, constraint
):
    said = {"told_basis": "day", "lawful_basis": "not_recorded", "fidelity": "verbatim"}
    decided = {"shared": False, "reason": "Not yet.", "review_on": on_day(NOW.date()).from_min}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ShareEvent.objects.create(
            id=uuid4(),
            statement_id=entry.id,
            from_agency_id=world.agency("mental_health"),
            to_agency_id=world.agency("social_care"),
            told_at=NOW,
            recorded_by_id=world.actors["lund"].account,
            **said,
            **decided,
            **{field: value},
        )


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_even_the_owner_cannot_change_a_receipt(world: World, entry, statement: str):
    did(world, "priya", entry.id, ReceiptStep.OPENED)
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format("provenance_sharereceipt"))


def test_two_people_of_one_agency_told_at_once_make_it_know_once(world: World):
    people = [world.actors[who].practitioner for who in ("priya", "sam")]
    told = parse_edtf("2026-03-20")
    tellings = tuple(Telling(world.agency("social_care"), told, to_person=one) for one in people)
    said = replace(world.entry("mental_health", "Ruth rang."), tellings=tellings)

    record_entry(world.actors["lund"], world.case, said, now=NOW)

    assert ShareEvent.objects.filter(statement=said.id).count() == 2
    agency = world.agency("social_care")
    assert Awareness.objects.filter(statement=said.id, agency=agency).count() == 1
