"""What became of what nobody knew: taken on, carried, asked and refused, answered; never gone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.network.gaps import GapKind
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.network.models import GapAnswer
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.network.answer_gap import (
    CannotAnswerGap,
    GapOutcome,
    NotFoundHere,
    answer_gap,
)
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import record_claims
from tests.families.world import NOW, World, build_world, key

TODAY = NOW.date()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def world(record: str) -> World:
    """A family in which the father of the baby is not known, and everybody on the team sees it."""
    world = build_world()
    claims = [
        ProposedClaim(
            key("claim"), "parent", "birth", world.person("ruth"), other=world.person("ada")
        ),
        ProposedClaim(
            key("claim 2"), "parent", "birth", world.person("father"), other=world.person("ada")
        ),
    ]
    told = {"social_care": "2026-03-20"}
    entry = world.entry("health_visiting", "The father is not known.", told=told, id=key("entry"))
    record_claims(world.actors["ama"], world.case, entry, claims, now=NOW)
    return world


def read(world: World, who: str = "ama"):
    return read_network(world.actors[who], world.case, Viewpoint(NOW), now=NOW)


def question(world: World, who: str = "ama", id: str = ""):
    """The question about the father: the first that both readers have."""
    both = {q.id for q in read(world, "ama").questions} & {
        q.id for q in read(world, "priya").questions
    }
    wanted = id or min(both)
    return next(q for q in read(world, who).questions if q.id == wanted)


def answer(world: World, outcome: GapOutcome, who: str = "ama", **more) -> bool:
    gap = more.pop("gap", None) or question(world).id
    words = more.pop("words", "Ask Ruth at the next visit.")
    return answer_gap(world.actors[who], world.case, gap, outcome, words, now=NOW, **more)


def test_a_question_taken_on_has_an_owner_and_a_next_step_by_a_day(world: World):
    assert question(world).is_open

    answer(world, GapOutcome.TAKEN_ON, owner=key("practitioner ama"), due=NEXT_WEEK)

    asked = question(world)
    assert (asked.latest.owner_name, asked.latest.due) == ("Ama Boateng", NEXT_WEEK)
    assert asked.is_open
    assert not asked.is_overdue(NEXT_WEEK)
    assert asked.is_overdue(NEXT_WEEK + timedelta(days=1))


def test_asked_and_would_not_say_is_an_answer_with_its_day(world: World):
    answer(world, GapOutcome.ASKED_REFUSED, words="Ruth would not say.", asked_on=date(2026, 5, 3))

    asked = question(world)
    assert not asked.is_open
    assert asked.latest.asked_on == date(2026, 5, 3)


def test_earlier_answers_stay_and_the_latest_counts(world: World):
    answer(world, GapOutcome.CARRIED_TO_SUPERVISION, owner=key("practitioner ama"), due=NEXT_WEEK)
    answer(world, GapOutcome.EXPLAINED, words="Ruth used a donor.")

    outcomes = [a.outcome for a in question(world).answers]
    assert outcomes == ["explained", "carried_to_supervision"]


def test_the_same_answer_twice_is_kept_once_and_audited_without_its_words(world: World):
    assert answer(world, GapOutcome.EXPLAINED, words="Ruth used a donor.")
    assert not answer(world, GapOutcome.EXPLAINED, words="Ruth used a donor.")

    assert GapAnswer.objects.count() == 1
    events = [e for e in events_of_case(world.case) if e.action == "answer_gap"]
    assert [e.detail for e in events if e.detail] == [{"outcome": "explained"}]
    assert "donor" not in str(events)


@pytest.mark.parametrize(
    ("outcome", "more", "part"),
    [
        ("forgotten", {}, "outcome"),
        ("explained", {"words": " "}, "words"),
        ("explained", {"words": "x" * 2001}, "words"),
        ("taken_on", {"due": NEXT_WEEK}, "owner"),
        ("taken_on", {"owner": key("practitioner ama")}, "due"),
        ("taken_on", {"owner": key("practitioner ama"), "due": date(2026, 6, 9)}, "due"),
        ("taken_on", {"owner": key("practitioner tom"), "due": NEXT_WEEK}, "owner"),
        ("carried_to_supervision", {}, "owner"),
        ("asked_refused", {}, "asked_on"),
        ("asked_refused", {"asked_on": NEXT_WEEK}, "asked_on"),
    ],
)
def test_an_answer_that_lacks_a_part_is_refused_at_that_part(world: World, outcome, more, part):
    with pytest.raises(CannotAnswerGap) as refused:
        answer(world, outcome, **more)

    assert refused.value.part == part
    assert not GapAnswer.objects.exists()


def test_a_question_one_does_not_have_and_an_entry_one_may_not_read_are_not_there(world: World):
    hidden = world.entry("mental_health", "Ruth named him to me.")
    claims = [ProposedClaim(uuid4(), "need", "strength", world.person("ruth"))]
    record_claims(world.actors["lund"], world.case, hidden, claims, now=NOW)

    with pytest.raises(NotFoundHere):
        answer(world, GapOutcome.EXPLAINED, gap="no such question")
    with pytest.raises(NotFoundHere):
        answer(world, GapOutcome.ANSWERED, statement=hidden.id)
    for who in ("tom", "admin"):
        with pytest.raises(NotFoundHere):
            answer(world, GapOutcome.EXPLAINED, who=who)


def test_another_agencys_words_are_its_own_and_whom_to_ask_is_said(world: World):
    answer(world, GapOutcome.EXPLAINED, words="Told to me in confidence.")

    theirs = question(world, "priya").latest
    assert (theirs.words, theirs.outcome, theirs.agency_name) == (
        None, "explained", "Fenwick Health Visiting",
    )  # fmt: skip
    assert question(world, "grace").latest.words == "Told to me in confidence."
    answer(
        world, GapOutcome.TAKEN_ON, words="Ring Ama.", owner=key("practitioner priya"),
        due=NEXT_WEEK,
    )  # fmt: skip
    assert question(world, "priya").latest.words == "Ring Ama."


def test_an_answer_that_rests_on_a_hidden_entry_is_not_shown(world: World):
    found_out = world.entry("health_visiting", "He is Carl.")
    claims = [ProposedClaim(uuid4(), "need", "strength", world.person("ruth"))]
    record_claims(world.actors["ama"], world.case, found_out, claims, now=NOW)
    before = question(world, "priya")

    answer(world, GapOutcome.ANSWERED, words="It is Carl.", statement=found_out.id)

    assert question(world, "priya", before.id) == before
    assert question(world, "ama", before.id).latest.words == "It is Carl."


def test_a_question_that_no_longer_arises_stays_listed_for_those_who_carry_it(world: World):
    denied = ProposedClaim(
        uuid4(), "parent", "birth", world.person("father"), other=world.person("ada"),
        polarity="denies",
    )  # fmt: skip
    entry = world.entry("health_visiting", "He is not.", told={"social_care": "2026-03-20"})
    record_claims(world.actors["ama"], world.case, entry, [denied], now=NOW)
    asked = next(q for q in read(world).questions if q.gap.kind == GapKind.ACCOUNTS_DIFFER)
    answer(world, GapOutcome.EXPLAINED, words="A slip of mine.", gap=asked.id)
    answer_entry(
        world.actors["ama"], world.case, entry.id, LinkKind.WITHDRAWS,
        world.entry("health_visiting", "Wrong family.", told={"social_care": "2026-03-20"}),
        reason="A slip.", now=NOW,
    )  # fmt: skip

    mine = {q.id: q for q in read(world, "ama").questions}[asked.id]
    assert (mine.gap, mine.is_open, mine.asked) == (None, False, asked.gap.question)
    assert mine.latest.words == "A slip of mine."
    assert asked.id in {q.id for q in read(world, "grace").questions}
    assert asked.id not in {q.id for q in read(world, "priya").questions}
