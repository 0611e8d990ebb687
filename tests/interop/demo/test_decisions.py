"""The decisions of the Rudlands' story: signed by its people on its days, honest to what they knew."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.interop.demo import loader
from goldenthread.interop.demo.story import read_toml
from goldenthread.records.decisions.moments import moment_of
from goldenthread.records.decisions.reading import known_since
from goldenthread.usecases.access.families import who_acts
from goldenthread.usecases.decisions.reading import NotFoundHere, read_decision, read_decisions
from goldenthread.usecases.decisions.sign_decision import decision_of_draft

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded")]
NOW = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)
CASE = loader.key("case", "GT-DEMO-001")
KEYS = {"plan ended 2025": "sw_1", "initial conference": "chair", "second review": "chair",
        "second review, put right": "chair"}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(shared_record):
    loader.load(say=lambda words: None)


def actor(who: str):
    return who_acts(loader.key("account", who))[0]


def id_of(key: str):
    return decision_of_draft(actor(KEYS[key]), loader.key("decision", key))


def read(key: str, who: str = "chair"):
    return read_decision(actor(who), CASE, id_of(key), now=NOW)


def test_a_chair_reads_all_of_them_and_each_is_as_it_was_signed():
    found = read_decisions(actor("chair"), CASE, now=NOW)

    assert {one.id for one in found.decisions} == {id_of(key) for key in KEYS}
    assert len(found.newest) == 3
    for key in KEYS:
        assert read(key).is_as_sealed and all(pin.is_as_pinned for pin in read(key).pins)


@pytest.mark.parametrize("key", KEYS)
def test_nobody_relied_on_what_had_not_reached_the_room(key):
    record = read(key).record
    room = {one.agency for one in record.in_the_room}
    known = known_since((pin.statement for pin in record.pins), by=record.decided_at)

    assert record.pins
    for pin in record.pins:
        assert room & set(known[pin.statement])


def test_the_second_review_was_decided_by_those_the_story_says_were_there():
    told = read_toml("expected.toml")["conference"]
    moment = moment_of(CASE, id_of("second review"))

    present = {loader.key("agency", name) for name in told["present"]}
    assert moment.deciding_agencies == moment.agencies_in_the_room == present
    assert moment.decided_at == datetime(2026, 10, 15, 11, 30, tzinfo=UTC)


def test_its_later_version_names_the_question_that_had_been_left_out():
    first, later = read("second review"), read("second review, put right")

    assert (first.seen.newer, later.seen.after, later.seen.number) == (
        later.seen.id,
        first.seen.id,
        2,
    )
    assert [p.name for p in first.parties if p.party.view == "reservations"] == []
    assert [p.name for p in later.parties if p.party.view == "reservations"] == ["Bethan Rees"]
    assert "nobody could say" in dict(later.record.parts)["unknown"]
    assert [one.sort for one in later.open_items(NOW.date())] == ["not_understood"]


def test_who_reads_them_is_whom_the_story_told():
    assert read("initial conference", "midwife").seen.id
    assert read("second review, put right", "ds_hockley").seen.number is None  # not told the first
    for key, who in (("second review", "probation_officer"), ("initial conference", "gp_doctor_2"),
                     ("second review", "midwife"), ("plan ended 2025", "ds_hockley")):  # fmt: skip
        with pytest.raises(NotFoundHere):
            read(key, who)
