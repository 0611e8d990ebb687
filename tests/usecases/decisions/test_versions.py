"""A later version stands beside the earlier one; nothing is overwritten and nothing changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction

from goldenthread.domain.decisions.proposing import CannotBeSigned, ProposedPin
from goldenthread.records.decisions.reading import record_of
from goldenthread.usecases.decisions.reading import NotFoundHere, read_decision, read_decisions
from goldenthread.usecases.decisions.sign_decision import (
    WrittenMeanwhile,
    look_over_decision,
    sign_decision,
)
from tests.families.world import NOW, World
from tests.usecases.decisions.deciding import (
    ALONE,
    DAY,
    SEEN,
    audited,
    deciding_world,
    proposed,
    signed,
)

WHY = "The cot had not come."
LOCKED = (
    "decisions_decision", "decisions_decisionpart", "decisions_decisionpin",
    "decisions_decisionparty", "provenance_statement",
)  # fmt: skip


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


def read(world: World, who: str, id):
    return read_decision(world.actors[who], world.case, id, now=NOW)


def test_a_later_version_names_the_earlier_and_says_why(world):
    first = signed(world)
    second = signed(world, after=first.id, why_again=WHY, rationale="Ada went to Nan's.")

    old, new = read(world, "priya", first.id), read(world, "priya", second.id)

    assert (old.seen.newer, old.seen.number) == (second.id, 1)
    assert (new.seen.after, new.seen.number, new.record.why_again) == (first.id, 2, WHY)
    assert [one.id for one in old.versions] == [first.id, second.id]
    assert old.record.rationale != new.record.rationale == "Ada went to Nan's."
    seen = read_decisions(world.actors["priya"], world.case, now=NOW)
    assert [one.id for one in seen.newest] == [second.id]
    assert [one.id for one in seen.earlier(seen.newest[0])] == [first.id]


def test_without_a_reason_there_is_no_later_version(world):
    first = signed(world)
    with pytest.raises(CannotBeSigned, match="Say why there is a new version"):
        signed(world, after=first.id)


def test_words_about_that_same_day_nobody_knew_before_they_were_signed(world):
    first = signed(world)
    second = signed(world, after=first.id, why_again=WHY)
    later = signed(world, after=second.id, why_again="Decided anew.", day=date(2026, 6, 8))

    def since(id):
        told = {one.agency: one.since for one in read(world, "priya", id).told}
        return told[world.agency("health_visiting")].date()

    assert since(second.id) == date(2026, 6, 9)  # from 10 June in England, the day of its signing
    assert since(later.id) == date(2026, 6, 7)  # from 8 June, the day it was decided anew


def test_two_people_writing_after_one_version_lose_nothing(world):
    first = signed(world)
    of_grace = signed(world, "grace", after=first.id, why_again="Heard more.")

    with pytest.raises(WrittenMeanwhile) as refused:
        signed(world, after=first.id, why_again=WHY, rationale="Mine.")

    assert refused.value.newer == of_grace.id
    assert read(world, "priya", of_grace.id).record.rationale == proposed(world).rationale
    gone_on = signed(world, after=of_grace.id, why_again=WHY, rationale="Mine.")
    assert [one.number for one in read(world, "priya", gone_on.id).versions] == [1, 2, 3]


def test_the_agency_whose_it_is_and_the_chair_go_on_from_it_and_nobody_else(world):
    first = signed(world)
    for who in ("ama", "tom"):
        with pytest.raises(NotFoundHere):
            signed(world, who, after=first.id, why_again=WHY)
        said = proposed(world, after=first.id)
        with pytest.raises(NotFoundHere):
            look_over_decision(world.actors[who], world.case, said, now=NOW)
        assert not read(world, who, first.id).may_sign_again
    with pytest.raises(NotFoundHere):
        signed(world, after=uuid4(), why_again=WHY)
    assert read(world, "grace", first.id).may_sign_again


def test_whoever_may_go_on_is_always_told_the_newest(world):
    """Otherwise a refusal would tell them that there is one they may not read."""
    of_ama = signed(world, "ama")
    alone = replace(
        proposed(world), after=of_ama.id, why_again="Heard more.", parties=(), must_tell=()
    )
    alone = replace(alone, parties=proposed(world).parties[:1])  # Priya alone; Ama is not named

    by_grace = sign_decision(world.actors["grace"], world.case, uuid4(), alone, now=NOW)

    assert read(world, "ama", by_grace.id).seen.number == 2


def test_whoever_was_told_the_first_alone_is_told_nothing_of_others(world):
    first = signed(world)
    said = replace(proposed(world), must_tell=(), parties=proposed(world).parties[:1])
    second = sign_decision(
        world.actors["priya"], world.case, uuid4(),
        replace(said, after=first.id, why_again=WHY), now=NOW,
    )  # fmt: skip
    third = sign_decision(
        world.actors["priya"], world.case, uuid4(),
        replace(said, after=second.id, why_again=WHY, parties=proposed(world).parties), now=NOW,
    )  # fmt: skip

    assert read(world, "tom", first.id).seen.newer is None
    with pytest.raises(NotFoundHere):
        read(world, "tom", second.id)
    assert read(world, "ama", third.id).seen.number is None  # she was not told the second
    assert read(world, "priya", third.id).seen.number == 3
    untold = {i.agency_name for i in read(world, "priya", second.id).open_items(NOW.date())}
    assert {"Fenwick Police", "Fenwick Health Visiting"} <= untold


def tampered(sql: str, *args: object) -> None:
    """Change the record as nobody may: the owner, with the triggers switched off."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in LOCKED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER refuse_change")
        cursor.execute(sql, args)
        assert cursor.rowcount
        for table in LOCKED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER refuse_change")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions_decision SET rationale = 'Other reasons.' WHERE id = %s",
        "UPDATE decisions_decision SET decided_at = decided_at - interval '1 day' WHERE id = %s",
        "UPDATE decisions_decisionpart SET words = 'x' WHERE heading = 'unknown' AND decision_id = %s",
        "UPDATE decisions_decisionparty SET view = 'agrees' WHERE position = 2 AND decision_id = %s",
        "UPDATE decisions_decisionpin SET use = 'relied_on' WHERE decision_id = %s",
        "UPDATE provenance_statement SET text = 'Ada was removed.' WHERE id ="
        " (SELECT statement_id FROM decisions_decision WHERE id = %s)",
    ],
)
def test_a_change_of_what_was_signed_is_seen(world, sql):
    done, other = signed(world), signed(world)
    assert read(world, "tom", done.id).is_as_sealed

    tampered(sql, done.id)

    assert not read(world, "tom", done.id).is_as_sealed
    assert read(world, "tom", other.id).is_as_sealed


def test_an_entry_that_says_something_else_than_when_it_was_pinned_is_seen(world):
    done = signed(world, pins=(ProposedPin(SEEN),))
    assert [one.is_as_pinned for one in read(world, "priya", done.id).pins] == [True]

    tampered("UPDATE provenance_statement SET text = 'Ada slept in a cot.' WHERE id = %s", SEEN)

    found = read(world, "priya", done.id)
    assert [one.is_as_pinned for one in found.pins] == [False] and found.is_as_sealed


def test_whatever_happens_afterwards_the_earlier_version_says_the_same(world):
    first = signed(world)
    before = record_of(first.id)

    signed(world, after=first.id, why_again=WHY, rationale="Other.")
    signed(world, "ama", pins=(ProposedPin(ALONE),))

    assert record_of(first.id) == before and read(world, "priya", first.id).is_as_sealed


def test_a_decision_is_looked_at_again_and_that_waits_once_its_day_has_passed(world):
    done = signed(world)
    for day, waits in ((date(2026, 6, 15), False), (date(2026, 6, 16), True)):
        items = {one.sort for one in read(world, "priya", done.id).open_items(day)}
        assert ("look_again" in items) is waits


def test_the_hour_of_signing_bounds_a_decision_of_that_day(world):
    now: datetime = NOW + timedelta(hours=1)
    done = signed(world, day=NOW.date(), now=now)
    assert (
        read_decision(world.actors["priya"], world.case, done.id, now=now).record.decided_at == now
    )
    assert audited("priya", pins=1) and NOW.date() > DAY


def test_of_two_who_sign_at_the_same_moment_one_signs_and_neither_loses_a_word(world):
    first, done, met = signed(world), [], threading.Barrier(2)

    def signs(who: str, words: str) -> None:
        try:
            met.wait()
            done.append(signed(world, who, after=first.id, why_again=WHY, rationale=words))
        except WrittenMeanwhile as refused:
            done.append(refused)
        finally:
            connections.close_all()

    both = [
        threading.Thread(target=signs, args=pair)
        for pair in (("priya", "Of Priya."), ("grace", "Of Grace."))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    [kept] = [one for one in done if not isinstance(one, WrittenMeanwhile)]
    [refused] = [one for one in done if isinstance(one, WrittenMeanwhile)]
    assert refused.newer == kept.id
    assert [one.number for one in read(world, "priya", kept.id).versions] == [1, 2]
