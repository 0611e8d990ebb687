"""The Rudlands' safety plan: its people wrote it on its days, and it turns as the story turns.

Midwifery hears of a new partner on 15 June 2026 and tells nobody (MID-013). The plan of 28 May takes
it that nobody else lives or stays at Tannery Row.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.demo import loader
from goldenthread.usecases.access.families import who_acts
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.plans.read_plan import read_plan, read_plan_version

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded")]
NOW = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)
CASE = loader.key("case", "GT-DEMO-001")


@pytest.fixture(scope="module")
def loaded(shared_record):
    loader.load(say=lambda words: None)


def actor(who: str):
    return who_acts(loader.key("account", who))[0]


def seen(who: str, day: str):
    as_of = end_of_day(datetime.fromisoformat(day).date())
    return read_plan(actor(who), CASE, now=NOW, as_of=as_of).seen


def entry(who: str, row: str):
    history = read_history(actor(who), CASE, Viewpoint(NOW), now=NOW)
    return next(one.id for one in history.entries if one.statement.reference == row)


def because(who: str, day: str) -> dict[str, set[str]]:
    """The rows that question the plan, by trigger, as one reader knew them on a day."""
    history = read_history(actor(who), CASE, Viewpoint(NOW), now=NOW)
    rows = {one.id: one.statement.reference for one in history.entries}
    found: dict[str, set[str]] = {}
    for reason in seen(who, day).currency.reasons:
        found.setdefault(reason.trigger, set()).update(rows[id] for id in reason.because)
    return found


def test_a_newcomer_reads_why_the_plan_changed_each_time():
    page = read_plan(actor("sw_3"), CASE, now=NOW)

    why = [
        (row.signed_at.date().isoformat(), row.signed_by_name, row.why[:30])
        for row in page.seen.versions
    ]
    assert why == [
        ("2026-05-28", "Samuel Addo", "Attended the ward meeting befo"),
        ("2026-03-31", "Samuel Addo", "Safety plan agreed. It rests o"),
        ("2026-03-24", "Samuel Addo", "First core group. Gemma, Natha"),
    ]
    newest, agreed, _ = page.seen.versions
    changed = read_plan_version(actor("sw_3"), CASE, newest.id, compare=agreed.id, now=NOW).changes
    assert {one.part for one in changed} >= {"actions", "what_ifs", "assumptions", "child_view"}
    assert page.seen.is_as_signed


def test_who_was_told_of_the_entry_that_carries_a_version_reads_that_version():
    assert seen("dsl", "2026-11-13").version.signed_at.date().isoformat() == "2026-03-31"
    assert seen("gp_doctor_1", "2026-11-13") is None
    assert seen("hv_2", "2026-03-30").version.signed_at.date().isoformat() == "2026-03-24"


def test_it_is_not_questioned_before_and_is_the_day_the_midwife_hears():
    assert Trigger.NEW_RELATIONSHIP not in because("midwife", "2026-06-14")

    assert because("midwife", "2026-06-15")[Trigger.NEW_RELATIONSHIP] == {"MID-013"}
    assert seen("midwife", "2026-06-15").currency.state is CurrencyState.STALE
    reason = next(
        one for one in seen("midwife", "2026-06-15").currency.reasons
        if one.trigger is Trigger.NEW_RELATIONSHIP
    )  # fmt: skip
    assert reason.assumptions == ("lives_here",)
    for who in ("hv_2", "sw_2"):
        assert Trigger.NEW_RELATIONSHIP not in because(who, "2026-06-15")
    had_they_been_told_that_day_they_would_have_seen_it_turn()


def had_they_been_told_that_day_they_would_have_seen_it_turn():
    """Tells them, in the record that this file shares: so it comes after what was so without."""
    for agency in ("health_visiting", "children_social_care"):
        told = Telling(loader.key("agency", agency), told=parse_edtf("2026-06-15"))
        share_entry(actor("midwife"), CASE, entry("midwife", "MID-013"), [told], now=NOW)

    for who in ("hv_2", "sw_2"):
        assert Trigger.NEW_RELATIONSHIP not in because(who, "2026-06-14")
        assert because(who, "2026-06-15")[Trigger.NEW_RELATIONSHIP] == {"MID-013"}
        assert seen(who, "2026-06-15").currency.state is CurrencyState.STALE
    # The school reads an earlier version and was not told.
    assert Trigger.NEW_RELATIONSHIP not in because("dsl", "2026-06-15")


def test_loading_again_signs_nothing_again():
    before = read_plan(actor("sw_3"), CASE, now=NOW)
    loader.load(say=lambda words: None)
    after = read_plan(actor("sw_3"), CASE, now=NOW)

    assert [row.id for row in after.seen.versions] == [row.id for row in before.seen.versions]
    assert after.copies == before.copies
    assert after.signatures == before.signatures
