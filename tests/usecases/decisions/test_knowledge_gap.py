"""What had not reached those who decided, as each reader may see it; and whom to ask before."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.domain.decisions.gap import Reach, Sight
from goldenthread.domain.decisions.record import Party
from goldenthread.domain.decisions.vocabulary import Part
from goldenthread.usecases.chronology.link_events import link_events
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.decisions.before_deciding import before_deciding
from goldenthread.usecases.decisions.knowledge_gap import NotFoundHere, Wanted, read_gap
from tests.families.world import NOW, World, key, open_another_family
from tests.usecases.decisions.deciding import ALONE, LATER, SEEN, audited, deciding_world, signed


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


def gap(world: World, who: str, decision, reach=Reach.NOBODY_DECIDING, **wanted):
    asked = Wanted(reach, only_bearing=False, **wanted)
    return read_gap(world.actors[who], world.case, decision, asked, now=NOW)


def entries(found) -> list:
    return [one for fact in found.facts for one in fact.statements]


def test_what_had_not_reached_those_who_decided(world):
    done = signed(world)

    seen = {reach: entries(gap(world, "grace", done.id, reach)) for reach in Reach}

    assert seen == {
        Reach.NOBODY_DECIDING: [ALONE],
        Reach.SOME: [],
        Reach.EVERYBODY: [SEEN],
        Reach.NOBODY_AT_ALL: [LATER],
    }
    found = gap(world, "grace", done.id)
    assert found.counts == {reach: len(some) for reach, some in seen.items()}
    assert found.statements[ALONE].text == "Ruth said she was afraid."


def test_a_reader_is_shown_what_they_may_read_and_no_more(world):
    done = signed(world)

    assert entries(gap(world, "ama", done.id)) == [ALONE]
    assert entries(gap(world, "priya", done.id)) == []
    assert ALONE not in gap(world, "priya", done.id).statements
    assert gap(world, "priya", done.id).counts[Reach.NOBODY_DECIDING] == 0


def test_who_was_told_after_the_decision_had_not_been_told_by_it(world):
    done = signed(world)
    late = world.entry("police", "He was released.", told={"social_care": "2026-06-05"})
    record_entry(world.actors["tom"], world.case, late, now=NOW)

    found = gap(world, "priya", done.id)

    assert entries(found) == [late.id]
    (fact,) = found.facts
    assert fact.days_to(world.agency("social_care")) == 83
    assert world.agency("social_care") not in fact.by(found.at)


def test_two_entries_of_one_event_that_a_person_joined_are_one_fact(world):
    done = signed(world)
    own = world.entry("social_care", "She told me she was afraid.")
    record_entry(world.actors["priya"], world.case, own, now=NOW)
    assert entries(gap(world, "grace", done.id)) == [ALONE]

    link_events(world.actors["grace"], world.case, ALONE, own.id, same=True, reason="", now=NOW)

    assert entries(gap(world, "grace", done.id)) == []
    assert set(entries(gap(world, "grace", done.id, Reach.EVERYBODY))) == {ALONE, SEEN, own.id}


def test_what_somebody_said_is_not_the_same_event_stays_apart(world):
    done = signed(world)
    own, other = (world.entry("police", f"Call {n}.") for n in (1, 2))
    for entry in (own, other):
        record_entry(world.actors["tom"], world.case, entry, now=NOW)
    pairs = ((ALONE, own.id, True), (own.id, other.id, True), (ALONE, other.id, False))
    for one, two, same in pairs:
        link_events(world.actors["grace"], world.case, one, two, same=same, reason="", now=NOW)

    facts = gap(world, "grace", done.id).facts

    assert sorted(len(fact.statements) for fact in facts) == [1, 2]


def test_the_person_in_the_room_and_their_agency_are_kept_apart(world):
    wrote = world.entry("social_care", "Seen at home.", asserted_by=key("practitioner priya"))
    record_entry(world.actors["priya"], world.case, wrote, now=NOW)
    room = tuple(
        Party(Part.DECIDED, key(f"practitioner {name}")) for name in ("priya", "grace", "lund")
    )
    done = signed(world, parties=room, must_tell=())

    found = gap(world, "grace", done.id, Reach.SOME)

    sights = {name: found.sights[wrote.id, key(f"practitioner {name}")] for name in
              ("priya", "grace", "lund")}  # fmt: skip
    assert sights == {
        "priya": Sight.OWN,
        "grace": Sight.COULD_LOOK_UP,
        "lund": Sight.NOT_THERE,
    }


def test_a_stranger_an_unreadable_decision_and_one_that_never_was_are_answered_alike(world):
    done = signed(world, must_tell=(), parties=(Party(Part.DECIDED, key("practitioner priya")),))
    other = open_another_family(world, "priya")

    for who, case, decision in (
        ("admin", world.case, done.id),
        ("lund", world.case, done.id),
        ("grace", world.case, uuid4()),
        ("priya", other, done.id),
    ):
        with pytest.raises(NotFoundHere):
            read_gap(world.actors[who], case, decision, Wanted(), now=NOW)


def test_every_look_is_audited(world):
    done = signed(world)

    gap(world, "ama", done.id)
    before_deciding(world.actors["ama"], world.case, (), Wanted(), now=NOW)

    assert len(audited("ama", gap="nobody_deciding")) == 2


def test_pages_lose_nothing_and_say_nothing_twice(world, monkeypatch):
    monkeypatch.setattr("goldenthread.usecases.decisions.knowledge_gap.SHOWN_AT_ONCE", 2)
    done = signed(world)
    for n in range(4):
        more = world.entry("police", f"Call {n}.")
        record_entry(world.actors["tom"], world.case, more, now=NOW)

    pages = [gap(world, "tom", done.id, page=n) for n in (1, 2, 99)]

    assert [one.page for one in pages] == [1, 2, 2]
    assert [len(one.facts) for one in pages] == [2, 2, 2]
    assert len(set(entries(pages[0]) + entries(pages[1]))) == pages[0].found == 4


# ---- before a decision


def before(world: World, who: str, deciding=()):
    asked = Wanted(only_bearing=False)
    return before_deciding(world.actors[who], world.case, deciding, asked, now=NOW)


def test_an_agency_that_holds_something_untold_is_named_so_that_it_can_be_asked(world):
    found = {one.name: one for one in before(world, "priya").to_ask}

    assert found["Fenwick Health Visiting"].holds
    assert found["Fenwick Health Visiting"].about == ("Ada Okafor", "Ruth Okafor")
    assert found["Fenwick Health Visiting"].people[0][0] == "Ama Boateng"
    assert not found["Fenwick Police"].holds
    assert "Fenwick Children's Services" not in found


def test_a_service_whose_name_would_tell_what_it_is_about_is_not_put_beside_a_person(world):
    kept = world.entry("mental_health", "She came to the clinic.", about=("ruth",))
    record_entry(world.actors["lund"], world.case, kept, now=NOW)

    found = {one.name: one for one in before(world, "priya").to_ask}

    assert found["Harbour Adult Mental Health"].holds
    assert found["Harbour Adult Mental Health"].about == ()


def test_nobody_is_named_beside_somebody_the_reader_does_not_know_of(world, monkeypatch):
    monkeypatch.setattr(
        "goldenthread.usecases.decisions.before_deciding.members_seen", lambda *_, **__: ()
    )

    found = {one.name: one for one in before(world, "priya").to_ask}

    assert found["Fenwick Health Visiting"].holds
    assert found["Fenwick Health Visiting"].about == ()


def test_a_chair_who_reads_everything_is_asked_to_ask_nobody(world):
    assert not any(one.holds for one in before(world, "grace").to_ask)


def test_what_those_deciding_lack_is_shown_to_whoever_has_it(world):
    chosen = (world.agency("social_care"), world.agency("police"))

    found = before(world, "ama", chosen)

    assert found.deciding == set(chosen)
    assert entries(found.gap) == [ALONE]
    assert entries(before(world, "priya", chosen).gap) == []


def test_an_agency_that_is_not_on_the_team_cannot_be_chosen(world):
    of_team = {one.agency for one in before(world, "priya").gap.family.team}

    assert before(world, "priya", [world.agency("gp")]).deciding == of_team


def test_where_nobody_is_chosen_it_is_the_worker_s_agency_and_the_reader_s_own(world):
    expected = {world.agency("social_care"), world.agency("health_visiting")}

    assert before(world, "ama").deciding == expected


def test_what_was_asked_and_whether_anything_was_told_since(world):
    asked = world.entry(
        "social_care", "What do you know of Ruth?", "2026-06-07", kind="information_request",
        told={"health_visiting": "2026-06-07", "police": "2026-06-07"},
    )  # fmt: skip
    record_entry(world.actors["priya"], world.case, asked, now=NOW)
    answer = world.entry(
        "police", "Nothing known.", "2026-06-08", told={"social_care": "2026-06-08"}
    )
    record_entry(world.actors["tom"], world.case, answer, now=NOW)

    found = {one.name: one.asked for one in before(world, "priya").to_ask}

    assert found["Fenwick Police"].statement == asked.id
    assert found["Fenwick Police"].told_since == datetime(2026, 6, 7, 23, tzinfo=UTC)
    assert found["Fenwick Health Visiting"].told_since is None
    assert found["Harbour Adult Mental Health"] is None
