"""Recording who was told an entry, and decisions not to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.domain.shared.partial_date import not_known, parse_edtf
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.provenance.models import Awareness, ShareEvent
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import CannotShare, share_entry
from tests.families.world import NOW, World, build_world, key


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def entry(world: World):
    """Adult mental health holds this alone, since 14 March 2026."""
    entry = world.entry("mental_health", "Ruth has stopped her tablets.", known="2026-03-14")
    record_entry(world.actors["lund"], world.case, entry, now=NOW)
    return entry


def telling(world: World, to: str = "health_visiting", on: str = "2026-03-20", **more) -> Telling:
    told = parse_edtf(on) if on else not_known()
    return Telling(world.agency(to), told=told, lawful_basis="public_task", **more)


def share(world: World, who: str, entry, *tellings: Telling):
    return share_entry(world.actors[who], world.case, entry.id, tellings, now=NOW)


def test_an_agency_told_later_knows_from_the_day_it_was_told(world: World, entry):
    share(world, "lund", entry, telling(world))

    def read_on(day: date) -> int:
        view = Viewpoint(end_of_day(day), world.agency("health_visiting"))
        return len(read_history(world.actors["ama"], world.case, view, now=NOW).entries)

    assert read_on(date(2026, 3, 19)) == 0
    assert read_on(date(2026, 3, 20)) == 1


def test_a_telling_keeps_who_how_on_what_basis_and_what_the_subject_was_told(world: World, entry):
    said = telling(
        world, channel="By phone", fidelity="summary", subject_told=" Ruth agreed on the phone. "
    )

    share(world, "lund", entry, said)

    row = ShareEvent.objects.get(statement=entry.id)
    assert row.shared_by_id == world.actors["lund"].practitioner
    assert row.from_agency_id == world.agency("mental_health")
    assert (row.channel, row.fidelity, row.lawful_basis) == ("By phone", "summary", "public_task")
    assert row.subject_told == "Ruth agreed on the phone."
    assert Awareness.objects.get(share_event=row.id).level == "told"


@pytest.mark.parametrize("on", ["2026-03-20", "", "2026-03"])
def test_the_same_telling_twice_is_kept_once(world: World, entry, on: str):
    first = share(world, "lund", entry, telling(world, on=on))
    said_again = [telling(world, on=on)]
    second = share_entry(
        world.actors["lund"], world.case, entry.id, said_again, now=NOW + timedelta(minutes=1)
    )

    assert (first.added, first.already) == (1, 0)
    assert (second.added, second.already) == (0, 1)
    assert ShareEvent.objects.filter(statement=entry.id).count() == 1
    assert Awareness.objects.filter(statement=entry.id).count() == 2


def test_two_agencies_chosen_twice_in_one_answer_are_told_once_each(world: World, entry):
    shared = share(
        world, "lund", entry, telling(world), telling(world), telling(world, to="social_care")
    )

    assert shared.added == 2
    assert ShareEvent.objects.filter(statement=entry.id).count() == 2


def test_a_decision_not_to_tell_gives_no_knowledge(world: World, entry):
    decided = telling(
        world, shared=False, reason="Ruth asked us to wait.", review_on=date(2026, 6, 24)
    )

    share(world, "lund", entry, decided)

    assert read_history(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW).entries == ()
    own = read_history(world.actors["lund"], world.case, Viewpoint(NOW), now=NOW).entries[0]
    assert [n.reason for n in own.not_told] == ["Ruth asked us to wait."]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"told": parse_edtf("2026-06-11")}, "in the future"),
        ({"told": parse_edtf("2026-03-13")}, "did not know this yet"),
        ({"shared": False, "review_on": date(2026, 7, 1)}, "why this was not shared"),
        ({"shared": False, "reason": "Later."}, "looked at again"),
        ({"shared": False, "reason": "Later.", "review_on": date(2026, 6, 9)}, "has passed"),
        ({"to_agency": key("agency mental_health")}, "knows this already"),
    ],
)
def test_what_cannot_be_so_is_refused_in_a_sentence(world: World, entry, change, sentence: str):
    with pytest.raises(CannotBeRecorded) as refused:
        share(world, "lund", entry, replace(telling(world), **change))

    assert sentence in refused.value.reason
    assert not ShareEvent.objects.filter(statement=entry.id).exists()


def test_telling_nobody_is_refused(world: World, entry):
    with pytest.raises(CannotBeRecorded, match="at least one agency"):
        share(world, "lund", entry)


def test_a_chair_who_reads_the_pooled_record_cannot_pass_on_what_her_agency_was_not_told(
    world: World, entry
):
    with pytest.raises(CannotShare, match="not yours to pass on"):
        share(world, "grace", entry, telling(world, to="police"))


@pytest.mark.parametrize("who", ["ama", "tom", "admin"])
def test_an_entry_one_cannot_read_cannot_be_shared(world: World, entry, who: str):
    with pytest.raises(NotFoundHere):
        share(world, who, entry, telling(world, to="gp"))

    assert not ShareEvent.objects.filter(statement=entry.id).exists()


def test_an_agency_or_a_teller_from_nowhere_is_refused(world: World, entry):
    with pytest.raises(CannotShare, match="partnership"):
        share(world, "lund", entry, replace(telling(world), to_agency=uuid4()))
    with pytest.raises(CannotShare, match="your own agency"):
        share(world, "lund", entry, telling(world, shared_by=world.actors["tom"].practitioner))


def test_sharing_is_audited_with_whom_and_never_with_what(world: World, entry):
    share(world, "lund", entry, telling(world, subject_told="Ruth knows."))

    latest = events_of_case(world.case)[0]
    assert (latest.action, latest.outcome) == ("share_entry", "allow")
    assert latest.resource == str(entry.id)
    assert latest.detail["told"] == [str(world.agency("health_visiting"))]
    assert "Ruth" not in str(latest)
