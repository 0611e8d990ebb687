"""Drafts: kept for their author alone, and never alive beside the entry they became."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from goldenthread.domain.chronology.admitting import CannotBeRecorded
from goldenthread.domain.provenance.statement import Subject
from goldenthread.records.access.models import TeamMember
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.people.models import CaseMember, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access.conflicts import lift_conflict
from goldenthread.usecases.access.seal_record import lift_seal
from goldenthread.usecases.access.withhold_record import stop_withholding
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    discard_draft,
    drafts_of,
    drop_old_drafts,
    entry_of_draft,
    keep_draft,
    open_draft,
    read_draft,
)
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.people.add_unknown import NotDescribed, Unknown, add_unknown
from tests.families import restricted
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def test_a_draft_keeps_each_part_until_that_part_is_saved_again(world: World):
    ama, draft = world.actors["ama"], uuid4()

    keep_draft(ama, world.case, draft, {"who": {"text": ["Seen"]}}, now=NOW)
    keep_draft(ama, world.case, draft, {"when": {"when": ["today"]}}, now=NOW)
    keep_draft(ama, world.case, draft, {"who": {"text": ["Seen at home"]}}, now=NOW)

    kept = read_draft(ama, draft, now=NOW)
    assert kept.fields == {"who": {"text": ["Seen at home"]}, "when": {"when": ["today"]}}
    assert [row.id for row in drafts_of(ama, now=NOW)] == [draft]


def test_a_draft_is_nobody_elses(world: World):
    ama, sam, draft = world.actors["ama"], world.actors["sam"], uuid4()
    keep_draft(ama, world.case, draft, {"who": {}}, now=NOW)

    assert read_draft(sam, draft, now=NOW) is None
    assert drafts_of(sam, now=NOW) == []
    discard_draft(sam, draft, now=NOW)
    assert open_draft(sam, world.case, draft, now=NOW) is None
    keep_draft(sam, world.case, draft, {"who": {"text": ["x"]}}, now=NOW)  # a draft of Sam's own
    assert read_draft(ama, draft, now=NOW).fields == {"who": {}}


@pytest.mark.parametrize("how", ["conflict", "withheld", "sealed"])
def test_a_closed_family_closes_ones_own_drafts_and_they_come_back(world: World, how: str):
    restricted.add_leads(world)
    ama, draft = world.actors["ama"], uuid4()
    keep_draft(ama, world.case, draft, {"who": {"text": ["Seen"]}}, now=NOW)
    if how == "conflict":
        closed = restricted.conflict(world, "ama")
    elif how == "withheld":
        closed = restricted.withhold(world, "priya", person="ama")
    else:
        closed = restricted.seal(world, "priya", "grace")

    assert read_draft(ama, draft, now=NOW) is None
    assert drafts_of(ama, now=NOW) == []
    discard_draft(ama, draft, now=NOW)  # as for one that is not there

    why = {"reason": "Not them.", "now": NOW}
    if how == "conflict":
        lift_conflict(world.actors["ben"], closed, **why)
    elif how == "withheld":
        stop_withholding(world.actors["priya"], world.case, closed, **why)
    else:
        lift_seal(world.actors["priya"], world.case, closed, id=uuid4(), **why)
    assert read_draft(ama, draft, now=NOW).fields == {"who": {"text": ["Seen"]}}
    discard_draft(ama, draft, now=NOW)
    assert read_draft(ama, draft, now=NOW) is None


def test_its_author_may_read_a_draft_after_leaving_the_family(world: World):
    ama, draft = world.actors["ama"], uuid4()
    keep_draft(ama, world.case, draft, {"who": {"text": ["Seen"]}}, now=NOW)
    TeamMember.objects.using("owner").filter(practitioner=ama.practitioner).update(
        to_on=NOW.date() - timedelta(days=1)
    )

    with pytest.raises(NotFoundHere):
        keep_draft(ama, world.case, draft, {"who": {"text": ["More"]}}, now=NOW)

    assert read_draft(ama, draft, now=NOW).fields == {"who": {"text": ["Seen"]}}
    assert events_of_case(world.case)[0].outcome == "deny"


def test_a_draft_that_became_an_entry_cannot_come_back(world: World):
    ama, draft = world.actors["ama"], uuid4()
    keep_draft(ama, world.case, draft, {"who": {"text": ["Seen"]}}, now=NOW)
    entry = world.entry("health_visiting", "Seen", id=entry_of_draft(ama, draft))

    record_entry(ama, world.case, entry, now=NOW, draft=draft)

    assert drafts_of(ama, now=NOW) == []
    for touch in (
        lambda: open_draft(ama, world.case, draft, now=NOW),
        lambda: keep_draft(ama, world.case, draft, {"who": {}}, now=NOW),
    ):
        with pytest.raises(AlreadyRecorded) as again:
            touch()
        assert again.value.statement == entry.id
    assert drafts_of(ama, now=NOW) == []


def test_two_presses_at_the_same_moment_make_one_entry(world: World):
    ama = world.actors["ama"]
    entry = world.entry("health_visiting", "Seen", id=entry_of_draft(ama, uuid4()))
    start, answers = threading.Barrier(4), []

    def press():
        start.wait()
        try:
            answers.append(record_entry(ama, world.case, entry, now=NOW).already)
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert sorted(answers, key=str) == [False, True, True, True]
    assert Statement.objects.filter(id=entry.id).count() == 1


def test_somebody_unknown_joins_the_family_with_the_entry_or_not_at_all(world: World):
    ama = world.actors["ama"]
    man = Unknown(uuid4(), "Man in a red car, about thirty")
    entry = world.entry("health_visiting", "He drove off.")
    entry = _about(entry, man.id)

    with pytest.raises(CannotBeRecorded):
        record_entry(ama, world.case, _about(entry, man.id, text=" "), now=NOW, unknown=[man])
    assert not Person.objects.filter(id=man.id).exists()

    record_entry(ama, world.case, entry, now=NOW, unknown=[man])

    person = Person.objects.get(id=man.id)
    assert (person.is_identified, person.description) == (False, man.description)
    member = CaseMember.objects.get(person=man.id)
    assert (member.case_id, member.role) == (world.case, "not yet identified")
    assert {e.detail.get("added") for e in events_of_case(world.case)} >= {"person", "member"}


def _about(entry, person, **more):
    from dataclasses import replace

    return replace(entry, subjects=(Subject(person),), **more)


def test_adding_somebody_unknown_twice_adds_one_person(world: World):
    ama, man = world.actors["ama"], Unknown(uuid4(), "Neighbour with two dogs", role="neighbour")

    add_unknown(ama, world.case, man, now=NOW)
    add_unknown(ama, world.case, man, now=NOW)

    assert CaseMember.objects.get(person=man.id).role == "neighbour"


@pytest.mark.parametrize("words", ["", "  ", "x" * 301])
def test_somebody_unknown_needs_a_description_that_fits(world: World, words: str):
    with pytest.raises(NotDescribed):
        add_unknown(world.actors["ama"], world.case, Unknown(uuid4(), words), now=NOW)


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_a_stranger_to_the_family_adds_nobody(world: World, who: str):
    man = Unknown(uuid4(), "Man in a red car")

    with pytest.raises(NotFoundHere):
        add_unknown(world.actors[who], world.case, man, now=NOW)

    assert not Person.objects.filter(id=man.id).exists()


def test_a_draft_untouched_for_thirty_days_is_put_away_and_a_newer_one_stays(world: World):
    actor, old, new = world.actors["ama"], uuid4(), uuid4()
    keep_draft(actor, world.case, old, {"what": "Old"}, now=NOW - timedelta(days=31))
    keep_draft(actor, world.case, new, {"what": "New"}, now=NOW - timedelta(days=29))

    dropped = drop_old_drafts(now=NOW)

    assert dropped == 1
    assert [draft.id for draft in drafts_of(actor, now=NOW)] == [new]
