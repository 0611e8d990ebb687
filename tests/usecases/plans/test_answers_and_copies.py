"""Answer for a plan, say who agrees, and keep who has a copy: allowed, refused, audited, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.plans.models import PlanAnswer, PlanCopy
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.plans.answer_plan import AnswerSaid, NotAnswered, answer_plan
from goldenthread.usecases.plans.copies import (
    CopyGiven,
    NotKept,
    SignatureSaid,
    end_copy,
    give_copy,
    sign_for,
)
from goldenthread.usecases.plans.read_plan import NotFoundHere, plan_currency_of, read_plan
from tests.families.plans import LATER, okafor_plan, signed_plan, signing, telling, who
from tests.families.world import NOW, World, build_world, key

RIGHT = AnswerSaid("still_right", "He has gone home; nothing changed.", date(2026, 8, 1))
NEXT_DAY = LATER + timedelta(days=1)


@pytest.fixture
def world(record: str) -> World:
    world = build_world(tom="named_member")
    signed_plan(world, "health_visiting")
    return world


def version(world: World, by: str = "priya", now=LATER):
    return read_plan(world.actors[by], world.case, now=now).seen.version.id


def hears(world: World, by: str, agency: str, now=LATER, **more):
    on = now.date().isoformat()
    entry = world.entry(agency, "A man stays.", on, known=on, kind="new_partner", **more)
    record_entry(world.actors[by], world.case, entry, now=now)
    return entry.id


def state(world: World, name: str, now=NEXT_DAY):
    return plan_currency_of(world.actors[name], world.case, now=now).currency.state


def answer(world: World, by: str = "priya", said: AnswerSaid = RIGHT, id=None, now=LATER, **more):
    id = id or uuid4()
    return answer_plan(world.actors[by], world.case, version(world, by), said, id=id, now=now)


def test_still_right_covers_what_it_was_given_about_and_newer_entries_open_it_again(world):
    hears(world, "priya", "social_care")
    assert state(world, "priya") is CurrencyState.STALE

    assert answer(world)
    assert state(world, "priya") is CurrencyState.CURRENT
    seen = read_plan(world.actors["priya"], world.case, now=NEXT_DAY).seen
    assert (seen.confirmed.why, seen.confirmed.answered_by_name) == (RIGHT.why, "Priya Nair")
    hears(world, "priya", "social_care", now=NEXT_DAY)
    assert state(world, "priya") is CurrencyState.STALE


def test_an_answer_is_an_entry_and_counts_for_whoever_was_told_it(world):
    heard = hears(world, "priya", "social_care")
    share_entry(
        world.actors["priya"],
        world.case,
        heard,
        [telling(world, "health_visiting", LATER)],
        now=LATER,
    )
    answer(world)
    assert (state(world, "priya"), state(world, "ama")) == (
        CurrencyState.CURRENT, CurrencyState.STALE,
    )  # fmt: skip
    assert read_plan(world.actors["ama"], world.case, now=NEXT_DAY).seen.answers == ()
    answer(world, said=replace(RIGHT, tellings=(telling(world, "health_visiting", LATER),)))
    assert state(world, "ama") is CurrencyState.CURRENT
    kinds = [
        e.statement.text
        for e in read_history(
            world.actors["ama"], world.case, Viewpoint(NEXT_DAY), now=NEXT_DAY
        ).entries
    ]
    assert RIGHT.why in kinds


def test_what_the_answerer_did_not_know_is_not_covered_for_whoever_does(world):
    hears(world, "ama", "health_visiting")
    answer(world, said=replace(RIGHT, tellings=(telling(world, "health_visiting", LATER),)))

    assert state(world, "ama") is CurrencyState.STALE


def test_the_same_answer_is_kept_once(world):
    same = uuid4()
    assert (answer(world, id=same), answer(world, id=same)) == (True, False)
    assert PlanAnswer.objects.count() == 1


def test_a_withdrawn_plan_is_no_longer_in_force_and_a_new_one_follows_it(world):
    answer(world, said=AnswerSaid("withdrawn", "Ruth’s mother has moved in; we begin again."))

    line = plan_currency_of(world.actors["priya"], world.case, now=NEXT_DAY)
    assert line.withdrawn.why.startswith("Ruth’s mother")
    with pytest.raises(NotAnswered, match="Another version is in force"):
        answer(world)
    old = version(world)
    signed_plan(world, name="again", written_from=old, now=NEXT_DAY)
    assert plan_currency_of(world.actors["priya"], world.case, now=NEXT_DAY).withdrawn is None


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (AnswerSaid("changed", "x"), "outcome"),
        (AnswerSaid("", "x"), "outcome"),
        (replace(RIGHT, why=" "), "why"),
        (replace(RIGHT, review_on=None), "review_on"),
        (replace(RIGHT, review_on=LATER.date()), "review_on"),
        (replace(RIGHT, why="", carried_by=key("never")), "why"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(world, said, part):
    with pytest.raises(NotAnswered) as refused:
        answer(world, said=said)
    assert list(refused.value.problems) == [part]
    assert not PlanAnswer.objects.exists()


def test_an_answer_is_about_the_version_in_force(world):
    first = version(world)
    signed_plan(
        world, name="second", written_from=first, now=LATER, plan=okafor_plan(child_view="x")
    )
    with pytest.raises(NotAnswered, match="Another version"):
        answer_plan(world.actors["priya"], world.case, first, RIGHT, id=uuid4(), now=NEXT_DAY)


def test_nobody_answers_for_a_plan_they_may_not_read(world):
    found = version(world)
    for name in ("tom", "lund", "sam"):
        with pytest.raises(NotFoundHere):
            answer_plan(world.actors[name], world.case, found, RIGHT, id=uuid4(), now=LATER)
        with pytest.raises(NotFoundHere):
            sign_for(world.actors[name], world.case, found, said("ruth"), now=LATER)
        with pytest.raises(NotFoundHere):
            give_copy(world.actors[name], world.case, found, given("ruth"), now=LATER)
    refused = AuditEvent.objects.using("reader").filter(rule="plan-not-for-this-reader")
    assert refused.count() == 6


def test_the_one_who_is_asked_is_its_owner_or_the_allocated_worker(world):
    own = signing(owner=key("practitioner ama"))
    assert plan_currency_of(world.actors["priya"], world.case, now=LATER).asked.name == "Priya Nair"
    signed_plan(
        world,
        "health_visiting",
        name="second",
        written_from=version(world),
        owner=own.owner,
        now=LATER,
    )
    assert (
        plan_currency_of(world.actors["priya"], world.case, now=LATER).asked.name == "Ama Boateng"
    )


def test_a_plan_whose_day_has_passed_asks_for_an_answer(world):
    late = LATER + timedelta(days=40)
    line = plan_currency_of(world.actors["priya"], world.case, now=late)
    assert [one.trigger for one in line.currency.reasons] == [Trigger.REVIEW_PASSED]
    assert line.cause is None


def said(name: str, **more) -> SignatureSaid:
    return SignatureSaid(
        **{
            "id": uuid4(), "who": who(name), "agreement": "in_part", "doable": "with_help",
            "words": "I can if somebody rings me.", "given_on": LATER.date(), **more,
        }
    )  # fmt: skip


def given(name: str, **more) -> CopyGiven:
    return CopyGiven(
        **{"id": uuid4(), "who": who(name), "form": "easy_read", "given_on": LATER.date(), **more}
    )


def test_who_agrees_is_kept_in_their_own_words_and_the_last_counts(world):
    found, actor = version(world), world.actors["ama"]
    once = said("ruth")
    for _ in range(2):
        sign_for(actor, world.case, found, once, now=LATER)
    sign_for(actor, world.case, found, said("ruth", agreement="agrees", words="Yes."), now=LATER)
    sign_for(actor, world.case, found, said("priya"), now=LATER)

    page = read_plan(world.actors["priya"], world.case, now=LATER)
    assert [(page.named.of(s.who), s.agreement, s.words) for s in page.signatures] == [
        ("Ruth Okafor", "agrees", "Yes."),
        ("Priya Nair", "in_part", "I can if somebody rings me."),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"agreement": "perhaps"}, {"agreement": "not_asked"}, {"doable": "?"},
     {"given_on": date(2999, 1, 1)}, {"who": who("tom").__class__(key("person stranger"))}],
)  # fmt: skip
def test_a_signature_that_cannot_be_is_refused(world, wrong):
    with pytest.raises(NotKept):
        sign_for(
            world.actors["priya"], world.case, version(world), said("ruth", **wrong), now=LATER
        )


def test_copies_are_tracked_and_a_newer_one_replaces_the_older(world):
    first = version(world)
    once = given("ruth")
    for _ in range(2):
        give_copy(world.actors["priya"], world.case, first, once, now=LATER)
    give_copy(world.actors["ama"], world.case, first, given("ama", form="paper"), now=LATER)
    second = signed_plan(world, "health_visiting", name="second", written_from=first, now=LATER)
    give_copy(world.actors["priya"], world.case, second, given("ruth"), now=LATER)

    page = read_plan(world.actors["ama"], world.case, now=LATER)
    held = {(page.named.of(c.who), c.version == second, c.outcome) for c in page.copies}
    assert held == {
        ("Ruth Okafor", True, ""), ("Ruth Okafor", False, "replaced"), ("Ama Boateng", False, ""),
    }  # fmt: skip
    own = next(c for c in page.copies if page.named.of(c.who) == "Ama Boateng")
    for _ in range(2):
        end_copy(world.actors["priya"], world.case, own.id, "returned", id=uuid4(), now=LATER)
    again = read_plan(world.actors["ama"], world.case, now=LATER)
    assert next(c.outcome for c in again.copies if c.id == own.id) == "returned"
    assert PlanCopy.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [{"who": None}, {"form": "pigeon"}, {"given_on": None}, {"given_on": date(2999, 1, 1)},
     {"who": who("tom").__class__(key("person stranger"))}],
)  # fmt: skip
def test_a_copy_that_cannot_be_is_refused(world, wrong):
    with pytest.raises(NotKept):
        give_copy(
            world.actors["priya"], world.case, version(world), given("ruth", **wrong), now=LATER
        )
    assert not PlanCopy.objects.exists()


def test_a_copy_that_is_not_there_cannot_come_back(world):
    with pytest.raises(NotFoundHere):
        end_copy(world.actors["priya"], world.case, key("never"), "returned", id=uuid4(), now=NOW)
    give_copy(world.actors["priya"], world.case, version(world), given("ruth"), now=LATER)
    held = PlanCopy.objects.get().id
    with pytest.raises(NotKept):
        end_copy(world.actors["priya"], world.case, held, "eaten", id=uuid4(), now=LATER)
    with pytest.raises(NotFoundHere):
        end_copy(world.actors["tom"], world.case, held, "returned", id=uuid4(), now=LATER)
