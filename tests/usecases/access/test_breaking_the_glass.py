"""Breaking the glass: what it opens and shows, whom it tells, who agrees and reviews, how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import override_settings
from procrastinate.contrib.django import app

from goldenthread.domain.access.glass import CannotBreak
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import SOURCE_PROTECTED
from goldenthread.jobs import nightly
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.models import GlassAsk, GlassBreak, GlassEnd, GlassReview
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.kept_addresses import MARK
from goldenthread.usecases._steps.permission import NotFoundHere, OnlyRead
from goldenthread.usecases.access import break_glass, review_glass, who_sees
from goldenthread.usecases.access.escalate_glass import escalate_unreviewed
from goldenthread.usecases.access.families import families_of, who_may_open
from goldenthread.usecases.addresses.keep_address import keep_address
from goldenthread.usecases.audit.who_has_looked import Asked as Looks
from goldenthread.usecases.audit.who_has_looked import who_has_looked
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families import addresses, glass, restricted
from tests.families.world import NOW, World

NEXT_WEEK = NOW + timedelta(days=7)


@pytest.fixture
def world(record: str) -> World:
    return glass.build_glass()


def entry(world: World, text: str, who: str = "priya", agency: str = "social_care", **more):
    made = world.entry(agency, text, asserted_by=world.actors[who].practitioner, **more)
    record_entry(world.actors[who], world.case, made, now=NOW)
    return made.id


def texts(world: World, who: str = "dora", now=NOW) -> set[str]:
    found = read_history(world.actors[who], world.case, Viewpoint(now), now=now)
    return {one.statement.text for one in found.entries}


def events(**which) -> list[AuditEvent]:
    rows = AuditEvent.objects.using("reader").filter(**which)
    return list(rows.order_by("recorded_at"))


def made() -> GlassBreak:
    return GlassBreak.objects.get()


def test_a_stranger_on_duty_reads_what_every_agency_holds_for_the_hours_of_the_policy(world: World):
    entry(world, "He shouts at night.")
    entry(world, "She is afraid of him.", "ama", "health_visiting")
    with pytest.raises(NotFoundHere):
        texts(world)

    answered = glass.broke(world)

    assert (answered.case, answered.until) == (world.case, NOW + timedelta(hours=3))
    assert texts(world) == {"He shouts at night.", "She is afraid of him."}
    assert texts(world, now=NOW + timedelta(hours=3, seconds=-1))
    with pytest.raises(NotFoundHere):
        texts(world, now=NOW + timedelta(hours=3))
    assert families_of(world.actors["dora"], now=NOW) == []


def test_hours_that_are_shortened_meanwhile_are_those_of_the_next_break(world: World, monkeypatch):
    glass.broke(world)
    shorter = replace(glass_rules(), lasts=timedelta(hours=1))
    monkeypatch.setattr("goldenthread.records.access.reading.glass_rules", lambda: shorter)

    assert texts(world, now=NOW) == set()
    assert texts(world, now=NOW + timedelta(hours=3, seconds=-1)) == set()
    with pytest.raises(NotFoundHere):
        texts(world, now=NOW - timedelta(hours=1))


def test_it_opens_masks_of_the_policy_and_nothing_that_hides_is_sealed_or_withheld(world: World):
    shown = entry(world, "What she said of it.")
    restricted.label(world, "priya", shown, "csa")
    for word, name in (
        ("Advice.", "legal_privilege"),
        ("Adopted.", "adoption"),
        ("Raid.", "police_live"),
    ):
        restricted.label(world, "priya", entry(world, word), name)
    restricted.seal(world, "priya", statement=entry(world, "Sealed."))
    restricted.withhold(world, "priya", statement=entry(world, "Withheld."), agency="police")
    told = entry(world, "A neighbour rang.", "priya", "social_care")
    restricted.label(world, "priya", told, "source_protected")

    glass.broke(world)

    found = read_history(world.actors["dora"], world.case, Viewpoint(NOW), now=NOW)
    said = {one.statement.text: one.statement for one in found.entries}
    assert set(said) == {"What she said of it.", "A neighbour rang."}
    assert said["A neighbour rang."].informant == SOURCE_PROTECTED
    assert len(found.masked) == 1  # the advice: there, and not for an emergency


def test_somebody_with_a_tie_reads_what_was_masked_and_writes_only_once_it_is_closed(record: str):
    world = glass.build_glass(dora="named_member", tom="named_member")
    entry(world, "She is afraid of him.", "ama", "health_visiting")
    assert texts(world, "rosa") == set()
    glass.broke(world, "rosa")
    assert texts(world, "rosa") == {"She is afraid of him."}
    new = world.entry("social_care", "I saw him.")

    with pytest.raises(OnlyRead, match="only read"):
        record_entry(world.actors["rosa"], world.case, new, now=NOW)
    break_glass.end_glass(world.actors["rosa"], world.case, now=NOW + timedelta(minutes=5))
    record_entry(world.actors["rosa"], world.case, new, now=NOW + timedelta(minutes=6))

    assert texts(world, "rosa", NOW + timedelta(minutes=6)) == {"I saw him."}


def test_asking_twice_opens_it_once_and_closing_twice_closes_it_once(world: World):
    id = uuid4()
    first = glass.broke(world, id=id)
    assert glass.broke(world, id=id) == first
    assert glass.broke(world, now=NOW + timedelta(hours=1)).until == first.until
    assert GlassBreak.objects.count() == 1

    for _ in range(2):
        break_glass.end_glass(world.actors["dora"], world.case, now=NOW + timedelta(hours=1))
    assert GlassEnd.objects.count() == 1
    with pytest.raises(NotFoundHere):
        texts(world, now=NOW + timedelta(hours=1))
    with pytest.raises(NotFoundHere):
        break_glass.end_glass(world.actors["vera"], world.case, now=NOW)


def test_every_look_has_the_rule_and_the_break_its_agency_reason_and_basis(world: World):
    one = entry(world, "He shouts at night.")
    glass.broke(world)
    texts(world)
    read_entry(world.actors["dora"], world.case, one, now=NOW)

    dora = world.actors["dora"]
    looks = [e for e in events(account=dora.account, case=world.case) if e.outcome == "allow"]
    assert {e.action for e in looks} == {"break_glass", "view_family", "view_entry"}
    assert {e.rule for e in looks} == {"glass-broken"}
    broke = looks[0]
    assert (broke.agency, broke.practitioner) == (dora.agency, dora.practitioner)
    assert broke.detail["reason"] == "child_in_danger"
    assert broke.detail["basis"] == "vital_interests"
    assert glass.WORDS not in str(broke.detail)


def test_its_owner_the_lead_and_governance_are_told_at_once_and_nothing_of_it(world: World):
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        glass.broke(world)

    told = sorted(one.to[0].split("@")[0] for one in mail.outbox)
    assert told == ["ivy", "priya", "rosa", "vera"]
    for one in mail.outbox:
        said = f"{one.subject} {one.body}".casefold()
        assert not any(
            word in said for word in ("okafor", "gt-0001", "dora", "police", "neighbour")
        )


def test_nobody_in_conflict_with_the_family_is_told(world: World):
    restricted.conflict(world, "rosa")
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        glass.broke(world)
    assert "rosa@example.org" not in {one.to[0] for one in mail.outbox}


@pytest.mark.parametrize("how", ["withheld", "sealed"])
def test_nobody_for_whom_the_family_is_not_there_is_told(record: str, how: str):
    world = glass.build_glass(dora="named_member", rosa="named_member")
    if how == "withheld":
        restricted.withhold(world, "priya", person="vera")
        who, told = "dora", {"ivy", "priya", "rosa"}
    else:
        restricted.seal(world, "priya", "grace", "rosa")
        who, told = "rosa", {"priya"}
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        glass.broke(world, who)
    assert {one.to[0].split("@")[0] for one in mail.outbox} == told


def test_that_it_was_broken_stands_on_who_has_looked_and_who_can_see_this(world: World):
    glass.broke(world)
    texts(world)

    priya = world.actors["priya"]
    may = {name: why for name, _, why in who_may_open(priya, world.case, now=NOW)}
    assert may["Dora Quick"] == "Broke the glass: open until 13:30"
    people = {one.name: one for one in who_sees.who_can_see(priya, world.case, now=NOW).people}
    assert people["Dora Quick"].rule == "glass-broken"
    later = NOW + timedelta(hours=4)
    assert "Dora Quick" not in {n for n, *_ in who_may_open(priya, world.case, now=later)}
    present = glass.present()
    looked = who_has_looked(priya, world.case, Looks(), now=present)
    dora = next(one.day for one in looked.days if one.person.name == "Dora Quick")
    assert dora.rule == "Broke the glass, for a reason that is reviewed"
    assert {one.value for one in dora.things} >= {"broke", "opened"}


def test_a_second_time_waits_for_somebody_who_agrees(world: World):
    glass.broke(world)
    later = NOW + timedelta(days=2)
    with pytest.raises(CannotBreak) as refused:
        glass.broke(world, now=later)
    assert set(refused.value.problems) == {"second"}

    ask = uuid4()
    assert glass.broke(world, now=later, second="vera", id=ask).waits_for == "Vera Stone"
    assert review_glass.glass_waiting(world.actors["vera"], now=later).asks[0].row.id == ask
    with pytest.raises(CannotBreak):
        break_glass.break_again(
            world.actors["dora"], ask, shown=glass.shown(later), id=uuid4(), now=later
        )
    glass.agreed(world, ask, now=later)
    glass.agreed(world, ask, now=later, yes=False)  # what was said stands
    again = break_glass.break_again(
        world.actors["dora"], ask, shown=glass.shown(later), id=uuid4(), now=later
    )

    assert again.until == later + timedelta(hours=3)
    assert GlassAsk.objects.count() == 1 and GlassBreak.objects.count() == 2
    assert texts(world, now=later) == set()


def asked_again(world: World, *, second: str = "vera", now=NOW + timedelta(days=2)):
    """Ask for a second time; the ask, who was sent a notice, and what the breaker was answered."""
    ask = uuid4()
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        answered = glass.broke(world, now=now, second=second, id=ask)
    return ask, sorted(one.to[0].split("@")[0] for one in mail.outbox), answered.waits_for


@pytest.mark.parametrize("when", ["before", "after"])
def test_somebody_in_conflict_is_told_of_no_second_time_and_it_does_not_wait_on_them(
    world: World, when: str
):
    glass.broke(world)
    later = NOW + timedelta(days=2)
    if when == "before":
        restricted.conflict(world, "vera")
    ask, told, waits_for = asked_again(world, now=later)
    if when == "after":
        restricted.conflict(world, "vera")

    assert told == (["ivy"] if when == "before" else ["vera"])
    assert waits_for == "Vera Stone"  # whoever asks is answered as they always are
    page = break_glass.glass_page(world.actors["dora"], now=later)
    assert [one.name for one in page.seconds] == ["Vera Stone", "Ivy Marsh"]
    assert review_glass.glass_waiting(world.actors["vera"], now=later).asks == ()
    with pytest.raises(NotFoundHere):
        review_glass.read_ask(world.actors["vera"], ask, now=later)
    with pytest.raises(NotFoundHere):
        glass.agreed(world, ask, "vera", now=later)
    assert [o.row.id for o in review_glass.glass_waiting(world.actors["ivy"], now=later).asks] == [
        ask
    ]
    glass.agreed(world, ask, "ivy", now=later)
    (row,) = break_glass.glass_page(world.actors["dora"], now=later).asks
    assert (row.agrees, row.by_name) == (True, "Ivy Marsh")
    assert break_glass.break_again(
        world.actors["dora"], ask, shown=glass.shown(later), id=uuid4(), now=later
    ).until == later + timedelta(hours=3)


def test_whoever_was_chosen_is_told_alone_and_whoever_else_may_agree_can_answer(world: World):
    glass.broke(world)
    later = NOW + timedelta(days=2)
    ask, told, _ = asked_again(world, now=later)
    assert told == ["vera"]
    assert review_glass.glass_waiting(world.actors["ivy"], now=later).asks[0].row.id == ask
    assert review_glass.glass_waiting(world.actors["rosa"], now=later).asks == ()
    glass.agreed(world, ask, "ivy", now=later)
    assert review_glass.glass_waiting(world.actors["vera"], now=later).asks == ()


def test_an_ask_nobody_answered_waits_no_longer_than_it_is_needed(world: World):
    glass.broke(world)
    asked_again(world)
    old = NOW + timedelta(days=2) + glass.glass_rules().alone_again_after
    assert review_glass.glass_waiting(world.actors["vera"], now=old).asks == ()


def test_an_agreement_that_was_used_or_is_old_opens_nothing(world: World):
    glass.broke(world)
    later, ask = NOW + timedelta(days=2), uuid4()
    glass.broke(world, now=later, second="vera", id=ask)
    glass.agreed(world, ask, now=later)
    tomorrow = later + timedelta(hours=25)
    with pytest.raises(CannotBreak):
        break_glass.break_again(
            world.actors["dora"], ask, shown=glass.shown(tomorrow), id=uuid4(), now=tomorrow
        )
    with pytest.raises(NotFoundHere):
        break_glass.break_again(
            world.actors["rosa"], ask, shown=glass.shown(later), id=uuid4(), now=later
        )


def test_a_break_is_due_to_the_lead_in_three_working_days_and_goes_on_to_governance(world: World):
    glass.broke(world)  # on a Wednesday
    (due,) = review_glass.glass_waiting(world.actors["vera"], now=NOW).breaks
    assert due.due.on.isoformat() == "2026-06-15" and not due.is_escalated
    assert review_glass.glass_waiting(world.actors["ivy"], now=NOW).breaks == ()
    assert review_glass.glass_waiting(world.actors["rosa"], now=NOW).breaks == ()

    (late,) = review_glass.glass_waiting(world.actors["ivy"], now=NEXT_WEEK).breaks
    assert late.is_escalated
    glass.reviewed(world, due.row.id, now=NEXT_WEEK)
    assert review_glass.glass_waiting(world.actors["ivy"], now=NEXT_WEEK).breaks == ()
    kept = GlassReview.objects.get()
    assert (kept.outcome, kept.practitioner_id) == (
        "justified", world.actors["vera"].practitioner,
    )  # fmt: skip


def escalated(now=NEXT_WEEK) -> list[str]:
    """Run the nightly round; who was sent a notice that holds nothing."""
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        escalate_unreviewed(now=now)
    for one in mail.outbox:
        said = f"{one.subject} {one.body}".casefold()
        assert not any(w in said for w in ("okafor", "gt-0001", "dora", "police", "famil", "glass"))
    return sorted(one.to[0].split("@")[0] for one in mail.outbox)


def test_that_nobody_reviewed_it_in_time_is_told_once_to_leads_and_governance(world: World):
    glass.broke(world)
    assert escalated(NEXT_WEEK - timedelta(seconds=1)) == []
    assert escalated() == ["ivy", "vera"]
    assert escalated() == escalated(NEXT_WEEK + timedelta(days=1)) == []
    (event,) = events(action="escalate_glass")
    assert (event.rule, event.detail["told"]) == ("glass-not-reviewed-in-time", 2)


def test_a_reviewed_break_is_not_told_of_and_nobody_in_conflict_is(world: World):
    glass.broke(world)
    restricted.conflict(world, "vera")
    assert escalated() == ["ivy"]
    glass.broke(world, "rosa", now=NOW + timedelta(days=1))
    for row in GlassBreak.objects.all():
        if row.practitioner_id == world.actors["rosa"].practitioner:
            glass.reviewed(world, row.id, "ivy")
    assert escalated(NEXT_WEEK + timedelta(days=2)) == []


def test_where_an_agency_has_neither_lead_nor_governance_the_partnerships_is_told(world: World):
    Account.objects.using("owner").filter(id=world.actors["vera"].account).update(is_active=False)
    glass.broke(world)
    assert escalated() == ["ivy"]  # of another agency


def test_where_nobody_can_review_it_that_is_said_and_asked_again_the_next_night(
    world: World, caplog
):
    glass.broke(world)
    both = [world.actors[who].account for who in ("vera", "ivy")]
    Account.objects.using("owner").filter(id__in=both).update(is_active=False)
    assert escalated() == [] and "Nobody can review" in caplog.text
    Account.objects.using("owner").filter(id__in=both).update(is_active=True)
    assert escalated() == ["ivy", "vera"]


def test_the_nightly_job_runs_it(world: World):
    glass.broke(world)
    nightly.escalate_glass(0)
    assert events(action="escalate_glass")
    assert "nightly.escalate_glass" in app.tasks


def test_a_leads_own_break_is_due_to_governance_at_once(world: World):
    glass.broke(world, "vera")
    assert review_glass.glass_waiting(world.actors["vera"], now=NOW).breaks == ()
    (due,) = review_glass.glass_waiting(world.actors["ivy"], now=NOW).breaks
    glass.reviewed(world, due.row.id, "ivy", "not_justified")
    assert review_glass.glass_waiting(world.actors["ivy"], now=NOW).breaks == ()


def test_a_reviewer_reads_how_often_the_breaker_looked_and_no_content(world: World):
    entry(world, "He shouts at night.")
    now = glass.present()
    glass.broke(world, now=now)
    texts(world, now=now)
    texts(world, now=now)

    seen = review_glass.read_break(world.actors["vera"], made().id, now=glass.present())

    assert seen.looks == {"view_family": 2}
    assert seen.row.words == glass.WORDS and "shouts" not in repr(seen)


def test_a_reviewer_for_whom_the_family_is_not_there_reads_no_reference(world: World):
    glass.broke(world)
    assert review_glass.read_break(world.actors["vera"], made().id, now=NOW).reference == "GT-0001"
    before = review_glass.read_break(world.actors["vera"], made().id, now=NOW)
    told = before.reason, before.basis
    assert "child" in told[0] and "vital" in told[1]
    restricted.seal(world, "priya", "grace")
    for who in ("vera", "ivy"):
        seen = review_glass.read_break(world.actors[who], made().id, now=NOW)
        assert (seen.reference, seen.row.reference, seen.row.words) == ("", "", "")
        assert (seen.reason, seen.basis) == told
        assert glass.WORDS not in repr(review_glass.glass_queue(world.actors[who], now=NOW))
        assert glass.WORDS not in repr(review_glass.glass_waiting(world.actors[who], now=NEXT_WEEK))
    glass.reviewed(world, made().id, "vera")
    found = review_glass.read_break(world.actors["ivy"], made().id, now=NOW)
    assert found.row.review.outcome == "justified" and found.row.review.reason == ""
    restricted.conflict(world, "vera")
    with pytest.raises(NotFoundHere):
        review_glass.read_break(world.actors["vera"], made().id, now=NOW)
    assert review_glass.glass_queue(world.actors["vera"], now=NOW).breaks == ()


def test_a_month_is_told_in_counts_that_point_to_nobody(world: World):
    glass.broke(world)
    queue = review_glass.glass_queue(world.actors["ivy"], now=NEXT_WEEK)
    (month,) = queue.months
    assert month.month.isoformat() == "2026-06-01"
    assert (month.breaks, month.reviewed, month.late) == ("fewer than 5",) * 3
    assert review_glass.glass_queue(world.actors["vera"], now=NEXT_WEEK).months == ()


def test_a_post_that_may_no_longer_break_it_closes_what_it_opened(world: World):
    glass.broke(world)
    world.actors["dora"] = type(world.actors["dora"])(
        **{
            **{n: getattr(world.actors["dora"], n) for n in ("account", "practitioner", "agency")},
            "remit": "practitioner",
        }
    )
    with pytest.raises(NotFoundHere):
        texts(world)


def test_words_of_a_safe_address_are_not_read_in_why_it_was_broken(world: World):
    kept = addresses.proposed(people=frozenset(), unknown="A man in a blue car")
    keep_address(world.actors["ama"], world.case, kept, now=NOW)

    glass.broke(world, words=f"A child screams. {addresses.IN_WORDS}")

    for who in ("vera", "ivy"):
        seen = review_glass.read_break(world.actors[who], made().id, now=NOW)
        assert addresses.appears(seen.row.words) == []
        assert "A child screams" in seen.row.words and MARK in seen.row.words
