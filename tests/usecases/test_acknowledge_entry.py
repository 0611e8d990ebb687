"""The second step of sharing: who read it, who may say so, and what the notice gives away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.provenance.models import ShareEvent, ShareReceipt
from goldenthread.usecases.chronology.acknowledge_entry import (
    LONGEST_WORDS,
    CannotAcknowledge,
    NotFoundHere,
    acknowledge_entry,
    came_of_entry,
)
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from tests.families.world import NOW, World, build_world, key

LATER = NOW + timedelta(hours=3)
TEXT = "Ruth has stopped her olanzapine tablets."
# Nothing of these may travel by e-mail.
CANARIES = (
    "ruth",
    "okafor",
    "ada",
    "olanzapine",
    "tablets",
    "gt-0001",
    "harbour",
    "lund",
    "fenwick",
)


@pytest.fixture
def world(record: str) -> World:
    mail.outbox.clear()
    return build_world(sam="named_member")


@pytest.fixture
def entry(world: World):
    said = world.entry("mental_health", TEXT, known="2026-03-14")
    said = replace(said, asserted_by=world.actors["lund"].practitioner)
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    return said


def tell(world: World, entry, to: str = "social_care", person: str = "", **more):
    telling = Telling(
        world.agency(to),
        told=parse_edtf("2026-06-08"),
        lawful_basis="public_task",
        to_person=key(f"practitioner {person}") if person else None,
        **more,
    )
    return share_entry(world.actors["lund"], world.case, entry.id, [telling], now=NOW)


def acknowledge(world: World, who: str, entry, *, now=LATER, **more):
    return acknowledge_entry(world.actors[who], world.case, entry.id, now=now, **more)


def steps(entry) -> list[tuple[str, str]]:
    rows = ShareReceipt.objects.filter(statement=entry.id).order_by("recorded_at", "step")
    return [(row.step, row.practitioner.name) for row in rows.select_related("practitioner")]


def test_who_was_told_says_that_they_have_read_it(world: World, entry):
    tell(world, entry)
    acknowledge(world, "priya", entry, will_do=" I will visit today. ", asks="Since when?")

    assert steps(entry) == [("acknowledged", "Priya Nair"), ("asked_back", "Priya Nair")]
    row = ShareReceipt.objects.get(step="acknowledged")
    assert (row.words, row.given_at) == ("I will visit today.", LATER)
    assert row.agency_id == world.agency("social_care")


def test_acknowledging_is_in_the_audit_trail_and_twice_is_once(world: World, entry):
    tell(world, entry)
    before = len(events_of_case(world.case))

    assert not acknowledge(world, "priya", entry).already
    assert acknowledge(world, "priya", entry, now=LATER + timedelta(days=1)).already

    assert [row.given_at for row in ShareReceipt.objects.all()] == [LATER]
    events = events_of_case(world.case)
    assert len(events) == before + 1
    assert (events[0].action, events[0].resource) == ("receive_entry", str(entry.id))


def test_each_person_acknowledges_for_themselves(world: World, entry):
    tell(world, entry)
    acknowledge(world, "priya", entry)
    acknowledge(world, "sam", entry)
    assert len(steps(entry)) == 2


@pytest.mark.parametrize("who", ["ama", "tom", "admin", "mina"])
def test_a_stranger_to_it_is_told_there_is_none(world: World, entry, who: str):
    tell(world, entry)
    with pytest.raises(NotFoundHere):
        acknowledge(world, who, entry)
    with pytest.raises(NotFoundHere):
        came_of_entry(world.actors[who], world.case, entry.id, "x", now=LATER)
    with pytest.raises(NotFoundHere):
        acknowledge_entry(world.actors["priya"], world.case, uuid4(), now=LATER)
    assert steps(entry) == []


def test_its_own_agency_was_not_told_and_a_chair_reads_without_being_told(world: World, entry):
    with pytest.raises(CannotAcknowledge, match="own agency"):
        acknowledge(world, "lund", entry)
    with pytest.raises(CannotAcknowledge, match="conference chair"):
        acknowledge(world, "grace", entry)
    assert steps(entry) == []


@pytest.mark.parametrize(("part", "given"), [("will_do", "will_do"), ("asks", "asks")])
def test_too_long_is_refused_where_it_is(world: World, entry, part: str, given: str):
    tell(world, entry)
    with pytest.raises(CannotAcknowledge, match="longer") as refused:
        acknowledge(world, "priya", entry, **{given: "x" * (LONGEST_WORDS + 1)})
    assert refused.value.part == part
    assert steps(entry) == []


def test_what_came_of_it_says_something(world: World, entry):
    tell(world, entry)
    with pytest.raises(CannotAcknowledge, match="what came of it"):
        came_of_entry(world.actors["priya"], world.case, entry.id, "  ", now=LATER)
    came_of_entry(world.actors["priya"], world.case, entry.id, "Visited.", now=LATER)
    assert steps(entry) == [("came_of_it", "Priya Nair")]


def test_it_was_opened_only_by_who_had_the_whole_of_it_before_them(world: World, entry):
    tell(world, entry)
    priya, lund = world.actors["priya"], world.actors["lund"]

    read_history(priya, world.case, Viewpoint(NOW), now=NOW)
    assert steps(entry) == []

    read_entry(priya, world.case, entry.id, now=LATER)
    read_entry(priya, world.case, entry.id, now=LATER + timedelta(days=1))
    read_entry(lund, world.case, entry.id, now=LATER)  # wrote it
    assert steps(entry) == [("opened", "Priya Nair")]
    assert ShareReceipt.objects.get().given_at == LATER


def test_a_receipt_is_asked_of_an_agency_on_the_team_alone(world: World, entry):
    tell(world, entry)
    tell(world, entry, to="gp")
    asked = dict(ShareEvent.objects.values_list("to_agency", "receipt_asked"))
    assert asked == {world.agency("social_care"): True, world.agency("gp"): False}


def test_what_was_told_long_ago_and_is_written_down_now_sends_nobody_back_to_it(world, entry):
    long_ago = Telling(world.agency("social_care"), told=parse_edtf("2026-03-20"))
    share_entry(world.actors["lund"], world.case, entry.id, [long_ago], now=NOW)
    assert not ShareEvent.objects.get(statement=entry.id).receipt_asked
    assert mail.outbox == []


def test_an_entry_recorded_with_its_tellings_asks_for_receipts_too(world: World):
    said = world.entry(
        "mental_health", TEXT, told={"social_care": "2026-06-08", "gp": "2026-06-08"}
    )
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    asked = dict(ShareEvent.objects.values_list("to_agency", "receipt_asked"))
    assert asked == {world.agency("social_care"): True, world.agency("gp"): False}
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    assert sorted(one.to[0] for one in mail.outbox) == [
        "grace@example.org", "priya@example.org", "sam@example.org",
    ]  # fmt: skip


def test_the_people_of_the_agency_on_the_team_are_sent_a_notice_each(world: World, entry):
    tell(world, entry)
    to = [one.to for one in mail.outbox]
    assert to == [["grace@example.org"], ["priya@example.org"], ["sam@example.org"]]
    assert not any(one.cc or one.bcc for one in mail.outbox)


def test_who_was_told_in_person_is_the_one_sent_a_notice(world: World, entry):
    tell(world, entry, person="priya")
    assert [one.to for one in mail.outbox] == [["priya@example.org"]]
    assert ShareEvent.objects.get(statement=entry.id).to_person_id == key("practitioner priya")


@override_settings(SIGN_IN_ADDRESS="https://goldenthread.example/account/login/")
def test_a_notice_holds_nothing_of_what_it_is_about(world: World, entry):
    tell(
        world, entry, channel="By phone", subject_told="Ruth agreed.", reason="So that Ada is safe."
    )
    assert mail.outbox
    for one in mail.outbox:
        said = f"{one.subject}\n{one.body}\n{one.from_email}\n{one.extra_headers}".casefold()
        assert settings.SIGN_IN_ADDRESS in said
        without = said.replace(settings.SIGN_IN_ADDRESS, "")
        assert [word for word in CANARIES if word in without] == []
        assert str(world.case) not in said and str(entry.id) not in said


def test_nobody_is_sent_to_a_door_that_is_closed_to_them(world: World, entry):
    """The agency is not on the team: it is told by its teller, and can open nothing here."""
    tell(world, entry, to="police", person="tom")
    assert mail.outbox == []


def test_a_telling_said_again_sends_nothing_again(world: World, entry):
    tell(world, entry)
    mail.outbox.clear()
    assert tell(world, entry).already == 1
    assert mail.outbox == []


def test_a_decision_not_to_tell_sends_nothing(world: World, entry):
    decided = Telling(
        world.agency("social_care"), shared=False, reason="Not yet.",
        review_on=parse_edtf("2026-07-01").from_min,
    )  # fmt: skip
    share_entry(world.actors["lund"], world.case, entry.id, [decided], now=NOW)
    assert mail.outbox == []


@override_settings(EMAIL_BACKEND="tests.families.no_mail.Broken")
def test_a_notice_that_cannot_be_sent_takes_no_telling_back(world: World, entry, caplog):
    assert tell(world, entry).added == 1
    assert ShareEvent.objects.filter(statement=entry.id).count() == 1
    assert "were not sent: ConnectionRefusedError" in caplog.text
    assert not any(word in caplog.text.casefold() for word in CANARIES)


def test_nobody_of_another_agency_can_be_named_as_told(world: World, entry):
    with pytest.raises(CannotBeRecorded, match="works for the agency"):
        tell(world, entry, person="ama")
    assert not ShareEvent.objects.filter(statement=entry.id).exists()
