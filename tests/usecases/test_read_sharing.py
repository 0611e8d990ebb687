"""What was told about a family and whether it arrived, corrections owed, and what needs whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4, uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.chronology.receiving import Reached
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.network.reading import taken_on_by
from goldenthread.records.provenance.models import ShareEvent
from goldenthread.usecases._steps.sharing_rules import (
    SharingRulesNotUnderstood,
    rules_of,
    sharing_rules,
)
from goldenthread.usecases.access.families import families_of, news_of
from goldenthread.usecases.chronology.acknowledge_entry import acknowledge_entry, came_of_entry
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.read_sharing import NotFoundHere, read_sharing
from goldenthread.usecases.chronology.read_summary import read_summary
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import CannotShare, share_entry, tell_correction
from goldenthread.usecases.chronology.what_needs_me import DueKind, what_needs_me
from goldenthread.usecases.network.answer_gap import answer_gap
from goldenthread.usecases.network.read_network import read_network
from tests.families.world import World, build_world, key, open_another_family

NOW = datetime.now(UTC)
TODAY = day_of(NOW)


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


def say(world: World, who: str, agency: str, text: str, told: tuple[str, ...] = (), **more):
    said = world.entry(agency, text, **more)
    tellings = tuple(
        Telling(
            world.agency(to), on_day(TODAY), lawful_basis="legal_obligation",
            shared_by=world.actors[who].practitioner,
        )
        for to in told
    )  # fmt: skip
    said = replace(said, tellings=tellings, asserted_by=world.actors[who].practitioner)
    record_entry(world.actors[who], world.case, said, now=NOW)
    return said


def correct(world: World, who: str, agency: str, target, kind=LinkKind.CORRECTS, told=()):
    entry = world.entry(agency, "It was her sister's tablets.")
    tellings = tuple(Telling(world.agency(to), on_day(TODAY)) for to in told)
    entry = replace(entry, tellings=tellings, asserted_by=world.actors[who].practitioner)
    answer_entry(
        world.actors[who], world.case, target.id, kind, entry, reason="I rang again.", now=NOW
    )
    return entry


def sharing(world: World, who: str, *, now=NOW):
    return read_sharing(world.actors[who], world.case, now=now)


def due(world: World, who: str, *, now=NOW) -> list[tuple[str, str]]:
    found = what_needs_me(world.actors[who], now=now).due
    return [(str(one.kind), one.agency.name if one.agency else "") for one in found]


def test_the_teller_sees_told_then_opened_then_acknowledged_by_whom_and_what_came(world: World):
    said = say(world, "lund", "mental_health", "She stopped her tablets.", ("social_care",))

    def seen():
        (one,) = sharing(world, "lund").by_us
        return one

    assert seen().progress.reached is Reached.TOLD
    read_entry(world.actors["priya"], world.case, said.id, now=days(1))
    assert seen().progress.reached is Reached.OPENED
    acknowledge_entry(
        world.actors["priya"], world.case, said.id, will_do="I will visit.", now=days(1)
    )
    came_of_entry(world.actors["priya"], world.case, said.id, "She is well.", now=days(2))

    last = seen()
    assert last.progress.reached is Reached.ACKNOWLEDGED
    (by,) = last.progress.acknowledged
    assert (by.practitioner, by.given_at, by.words) == (
        key("practitioner priya"), days(1), "I will visit.",
    )  # fmt: skip
    assert [one.words for one in last.progress.came_of_it] == ["She is well."]
    people = sharing(world, "lund").people
    assert people[by.practitioner].name == "Priya Nair"


def test_a_reader_sees_tellings_of_what_they_may_read_and_of_nothing_else(world: World):
    told = say(world, "lund", "mental_health", "She stopped.", ("social_care",))
    say(world, "ama", "health_visiting", "Weighed.", ("police",))

    for who, theirs in (("priya", [told.id]), ("lund", [told.id])):
        shown = sharing(world, who)
        every = (*shown.to_us, *shown.by_us, *shown.others, *shown.against)
        assert [one.told.statement for one in every] == theirs
    assert len(sharing(world, "grace").others) == 1  # the chair sees both: one is to her own agency
    with pytest.raises(NotFoundHere):
        read_sharing(world.actors["admin"], world.case, now=NOW)
    with pytest.raises(NotFoundHere):
        read_sharing(world.actors["priya"], uuid4(), now=NOW)


def test_what_somebody_did_with_it_is_for_them_their_teller_and_the_chair(world: World):
    said = say(world, "lund", "mental_health", "x", ("social_care", "police", "health_visiting"))
    acknowledge_entry(world.actors["tom"], world.case, said.id, will_do="Checks.", now=NOW)

    def words(who: str) -> list[str]:
        shown = sharing(world, who)
        every = (*shown.to_us, *shown.by_us, *shown.others)
        return [r.words for one in every if one.progress for r in one.progress.acknowledged]

    assert words("tom") == words("lund") == words("grace") == ["Checks."]
    assert words("ama") == words("priya") == []


def test_looking_at_sharing_is_audited_once_and_opens_nothing(world: World):
    said = say(world, "lund", "mental_health", "x", ("social_care",))
    before = len(events_of_case(world.case))
    sharing(world, "priya")
    assert len(events_of_case(world.case)) == before + 1
    (one,) = sharing(world, "lund").by_us
    assert one.told.statement == said.id
    assert one.progress.reached is Reached.TOLD


def test_told_and_not_acknowledged_is_with_the_people_on_the_team_until_one_of_them_does(
    world: World,
):
    said = say(world, "lund", "mental_health", "x", ("social_care",))

    def waiting(who: str) -> list:
        to_read = what_needs_me(world.actors[who], now=NOW).to_read
        return [one.progress.told.statement for one in to_read]

    assert waiting("priya") == waiting("grace") == [said.id]
    assert waiting("sam") == waiting("ama") == waiting("tom") == []
    acknowledge_entry(world.actors["priya"], world.case, said.id, now=NOW)
    assert waiting("priya") == waiting("grace") == []


def test_who_was_told_in_person_reads_it_and_nobody_else(world: World):
    said = world.entry("mental_health", "x", asserted_by=world.actors["lund"].practitioner)
    record_entry(world.actors["lund"], world.case, said, now=NOW)
    telling = Telling(world.agency("social_care"), on_day(TODAY), to_person=key("practitioner sam"))
    share_entry(world.actors["lund"], world.case, said.id, [telling], now=NOW)

    def waiting(who: str) -> list[bool]:
        return [one.in_person for one in what_needs_me(world.actors[who], now=NOW).to_read]

    assert waiting("sam") == [True]
    assert waiting("priya") == []


def test_unacknowledged_after_its_days_is_open_for_both(world: World):
    say(world, "lund", "mental_health", "x", ("social_care",))
    within = sharing_rules().receipts.acknowledge_within

    assert due(world, "priya", now=days(within)) == due(world, "lund", now=days(within)) == []
    late = days(within + 1)
    assert due(world, "priya", now=late) == [("acknowledge", "Harbour Adult Mental Health")]
    assert due(world, "lund", now=late) == [("unread", "Fenwick Children's Services")]
    assert due(world, "ama", now=late) == due(world, "sam", now=late) == []


def test_a_correction_is_owed_by_whoever_told_the_original_until_it_is_told(world: World):
    said = say(world, "lund", "mental_health", "x", ("social_care", "police"))
    fixed = correct(world, "lund", "mental_health", said, told=("police",))

    assert due(world, "lund") == [("correction", "Fenwick Children's Services")]
    (owed,) = read_entry(world.actors["lund"], world.case, said.id, now=NOW).sharing.owed
    assert (owed.correction.statement, owed.is_ours) == (fixed.id, True)
    of_it = read_entry(world.actors["lund"], world.case, fixed.id, now=NOW).sharing
    assert of_it.owed == sharing(world, "lund").owed
    assert [due(world, who) for who in ("priya", "ama", "tom")] == [[], [], []]
    # Whoever does not know that it was corrected is told nothing of it; a chair sees every debt.
    assert sharing(world, "priya").owed == ()
    assert [one.is_ours for one in sharing(world, "grace").owed] == [False]

    told = tell_correction(world.actors["lund"], world.case, fixed.id, now=NOW)

    assert told.added == 1
    row = ShareEvent.objects.get(statement=fixed.id, to_agency=world.agency("social_care"))
    assert (row.lawful_basis, row.receipt_asked) == ("legal_obligation", True)
    assert due(world, "lund") == []
    assert sharing(world, "lund").owed == ()
    assert tell_correction(world.actors["lund"], world.case, fixed.id, now=NOW).added == 0


def test_a_decision_with_a_reason_pays_the_debt_until_it_is_to_be_looked_at(world: World):
    said = say(world, "lund", "mental_health", "x", ("social_care",))
    fixed = correct(world, "lund", "mental_health", said, LinkKind.WITHDRAWS)
    decided = Telling(
        world.agency("social_care"), shared=False, reason="She asked us to wait.",
        review_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    share_entry(world.actors["lund"], world.case, fixed.id, [decided], now=NOW)

    assert due(world, "lund") == []
    assert due(world, "lund", now=days(10)) == [("unread", "Fenwick Children's Services"),
                                               ("review", "Fenwick Children's Services")]  # fmt: skip
    later = [kind for kind, _ in due(world, "lund", now=days(21))]
    assert "correction" in later
    (against,) = sharing(world, "lund").against
    assert against.told.reason == "She asked us to wait."


def test_nobody_tells_a_correction_that_is_not_theirs_to_tell(world: World):
    said = say(world, "lund", "mental_health", "x", ("social_care",))
    fixed = correct(world, "lund", "mental_health", said)
    before = AuditEvent.objects.using("reader").count()

    for who in ("priya", "ama", "admin"):
        with pytest.raises(NotFoundHere):
            tell_correction(world.actors[who], world.case, fixed.id, now=NOW)
    # The chair may read it; her agency was not told it and owes nothing.
    assert tell_correction(world.actors["grace"], world.case, fixed.id, now=NOW).added == 0
    assert not ShareEvent.objects.filter(statement=fixed.id).exists()
    assert AuditEvent.objects.using("reader").count() > before


def test_an_agency_cannot_pass_on_what_it_reads_as_chair_alone(world: World):
    said = say(world, "lund", "mental_health", "x")
    telling = Telling(world.agency("police"), on_day(TODAY))
    with pytest.raises(CannotShare):
        share_entry(world.actors["grace"], world.case, said.id, [telling], now=NOW)


def test_a_question_one_took_on_is_due_by_the_day_one_said(world: World):
    ama = world.actors["ama"]
    say(world, "ama", "health_visiting", "Weighed.")
    shown = read_network(ama, world.case, Viewpoint(NOW), now=NOW)
    gap = next(one for one in shown.questions if one.gap)
    by = TODAY + timedelta(days=5)
    answer_gap(
        ama, world.case, gap.id, GapOutcome.TAKEN_ON, "I will ask.", ama.practitioner, by, now=NOW
    )

    (one,) = what_needs_me(ama, now=NOW).due
    assert (one.kind, one.on, one.words) == (DueKind.FIND_OUT, by, gap.asked)
    assert due(world, "priya") == []
    assert [row.gap for row in taken_on_by(ama.practitioner, [world.case])] == [gap.id]


def test_what_changed_says_why_it_matters_to_each_reader(world: World):
    say(world, "priya", "social_care", "I saw Ruth.", happened=str(TODAY), kind="visit")
    for who in ("priya", "ama"):
        read_summary(world.actors[who], world.case, now=NOW)
    said = say(world, "lund", "mental_health", "x", ("social_care", "health_visiting"),
               kind="household_change")  # fmt: skip
    acknowledge_entry(world.actors["ama"], world.case, said.id, now=NOW)

    def reasons(who: str) -> list[tuple[str, list[str]]]:
        feed = read_summary(world.actors[who], world.case, now=days(1)).feed
        lines = (*feed.affects, *feed.also)
        return [(str(one.change.kind), [str(b.why) for b in one.line.because]) for one in lines]

    assert reasons("priya") == [("home", ["leads", "works_with"])]
    assert reasons("ama") == [("home", [])]
    read_summary(world.actors["lund"], world.case, now=NOW)
    assert read_summary(world.actors["grace"], world.case, now=NOW).feed is None


def test_what_one_passed_on_comes_back(world: World):
    read_summary(world.actors["lund"], world.case, now=datetime.now(UTC))
    said = say(world, "lund", "mental_health", "x", ("social_care",))
    acknowledge_entry(
        world.actors["priya"], world.case, said.id, asks="Since when?", now=datetime.now(UTC)
    )

    feed = read_summary(world.actors["lund"], world.case, now=days(1)).feed

    assert [str(one.line.because[0].why) for one in feed.affects] == ["asked", "came_back"]
    assert any("Since when?" in one.says for one in feed.affects)
    assert all(one.change.statement == said.id for one in feed.affects)


def test_the_first_page_asks_the_database_as_often_for_one_family_as_for_many(world: World):
    priya = world.actors["priya"]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            lines = families_of(priya, now=days(1))
            news_of(priya, lines, now=days(1))
            what_needs_me(priya, now=days(1))
        return len(asked)

    said = say(world, "lund", "mental_health", "x", ("social_care",))
    read_summary(priya, world.case, now=NOW)
    say(world, "ama", "health_visiting", "y", ("social_care",))
    correct(world, "lund", "mental_health", said)
    queries()
    one = queries()
    for number in range(6):
        case = open_another_family(world, f"family {number}")
        read_summary(priya, case, now=NOW)
        there = world.entry("health_visiting", "Weighed.", about=())
        about = (Subject(uuid5(case, "ruth")),)
        told = (Telling(world.agency("social_care"), on_day(TODAY)),)
        record_entry(
            world.actors["ama"], case, replace(there, subjects=about, tellings=told), now=NOW
        )
    assert len(what_needs_me(priya, now=days(1)).feeds) > 1
    assert queries() == one


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[days]\nacknowledge_within = 0", "acknowledge_within"),
        ("[days]\nacknowledge_within = 3\nask_for_tellings_of = 'soon'", "ask_for_tellings_of"),
        ("days = 3", "days"),
        ("[days", "TOML"),
    ],
)
def test_rules_edited_into_nonsense_are_refused_by_name(text: str, part: str):
    with pytest.raises(SharingRulesNotUnderstood, match=part):
        rules_of(text)
