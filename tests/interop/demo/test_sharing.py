"""What the Rudlands' people told, read and decided not to tell, as each of them sees it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.domain.chronology.receiving import Reached
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import KnownInPerson
from goldenthread.interop.demo import loader
from goldenthread.records.provenance.models import Awareness
from goldenthread.records.provenance.receipts import known_by_person
from goldenthread.usecases.access.families import who_acts
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.read_sharing import read_sharing
from goldenthread.usecases.chronology.what_needs_me import DueKind, what_needs_me

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded")]
NOW = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)
CASE = loader.key("case", "GT-DEMO-001")


@pytest.fixture(scope="module")
def loaded(shared_record):
    loader.load(say=lambda words: None)


def actor(who: str):
    return who_acts(loader.key("account", who))[0]


def entry(who: str, row: str):
    history = read_history(actor(who), CASE, Viewpoint(NOW), now=NOW)
    return next(one.id for one in history.entries if one.statement.reference == row)


def passed(who: str, row: str):
    shown, statement = read_sharing(actor(who), CASE, now=NOW), entry(who, row)
    return [one for one in shown.by_us if one.told.statement == statement]


def test_the_health_visitor_told_two_people_by_name_and_one_of_them_opened_it():
    by_name = {one.to_person.name: one for one in passed("hv_2", "HV-015") if one.to_person}

    assert set(by_name) == {"Ruth Lindley", "Farida Hussain"}
    assert all(one.progress.reached is Reached.OPENED for one in by_name.values())
    assert {one.practitioner for p in by_name.values() for one in p.progress.opened} == {
        actor("team_manager").practitioner
    }
    assert all(one.progress.is_awaited for one in by_name.values())


def test_that_their_agency_knew_is_not_that_each_of_them_did():
    statement = entry("sw_3", "NUR-010")
    people = [actor(who).practitioner for who in ("sw_3", "team_manager")]
    known = known_by_person([statement], people, by=NOW)

    agency = actor("sw_3").agency
    assert Awareness.objects.filter(statement=statement, agency=agency).exists()
    assert known == {
        (statement, people[0]): (
            KnownInPerson.ACKNOWLEDGED, datetime(2026, 11, 10, 18, 10, tzinfo=UTC),
        )
    }  # fmt: skip


def test_the_decision_not_to_tell_is_past_its_day_and_no_other_agency_sees_it():
    due = what_needs_me(actor("care_coordinator"), now=NOW).due
    assert [str(one.on) for one in due if one.kind is DueKind.REVIEW] == ["2026-10-20"]
    (against,) = read_sharing(actor("care_coordinator"), CASE, now=NOW).against
    assert against.to_agency.id == actor("sw_3").agency
    assert all(
        one.told.reason != against.told.reason
        for who in ("sw_3", "hv_2", "midwife")
        for one in read_sharing(actor(who), CASE, now=NOW).against
    )


def test_loading_again_takes_no_step_twice():
    before = [len(read_sharing(actor(who), CASE, now=NOW).by_us) for who in ("hv_2", "sw_3")]
    loader.load(say=lambda words: None)
    assert [
        len(read_sharing(actor(who), CASE, now=NOW).by_us) for who in ("hv_2", "sw_3")
    ] == before
