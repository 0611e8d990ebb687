"""Adjustments: agreed and told without the need behind them, and whether each contact used them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connections

from goldenthread.domain.access.decision import FamilyTies
from goldenthread.domain.needs.hints import HintNature, hints_for
from goldenthread.domain.needs.vocabulary import Agreement, Delivered, Demand, Setting
from goldenthread.domain.provenance.vocabulary import Kind, LawfulBasis
from goldenthread.records.access.reading import ties_to
from goldenthread.records.access.store import join_team
from goldenthread.records.audit import store as audit
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.needs.models import Adjustment, AgreedToTell, Delivery
from goldenthread.records.needs.reading import needs_beside
from goldenthread.records.provenance.models import ShareEvent, Statement
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.needs.agree_adjustment import (
    ChangedMeanwhile,
    NotComplete,
    NotFoundHere,
    NotYoursToTell,
    say_agreement,
    tell_the_team,
)
from goldenthread.usecases.needs.read_needs import AgreedAdjustment, read_adult
from goldenthread.usecases.needs.was_it_used import (
    NotYourContact,
    Said,
    needs_at_contact,
    say_used,
)
from tests.families.needs import DAY, READ_ALOUD, agree, keep
from tests.families.world import NOW, World, build_world, key
from tests.looking import past_the_wall

RUTH = key("person ruth")
SAID_YES = Agreement.SAID_YES


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def agreed_with_ruth(world: World, who: str) -> tuple[AgreedAdjustment, ...]:
    return read_adult(world.actors[who], world.case, RUTH, now=NOW)[1].adjustments


def contact(world: World, who: str = "ama", name: str = "visit", **said: object) -> UUID:
    agency = {"ama": "health_visiting", "priya": "social_care"}[who]
    told = {"kind": Kind.VISIT, "about": ("ruth",), "happened": "2026-05-04", **said}
    entry = world.entry(agency, "Seen at home.", id=key(f"contact {name}"), **told)
    return record_entry(world.actors[who], world.case, entry, now=NOW).statement


def use(world: World, at: UUID, of: UUID, answer: Delivered, words: str = "", who: str = "ama"):
    return say_used(world.actors[who], world.case, at, {of: Said(answer, words)}, now=NOW)


def test_an_adjustment_is_a_small_entry_that_says_what_to_do_and_not_why(world):
    kept = agree(world)

    entry = Statement.objects.get(id=kept.statement)
    assert (entry.kind, entry.text, entry.concerns) == (Kind.OTHER, READ_ALOUD, ["none"])
    (one,) = agreed_with_ruth(world, "ama")
    assert one.row.adjustment.what == READ_ALOUD
    assert (one.row.adjustment.settings, one.row.is_intact) == (
        (Setting.LETTERS, Setting.VISITS), True,
    )  # fmt: skip
    assert (one.knows, one.agreement.answer) == (("Fenwick Health Visiting",), Agreement.NOT_ASKED)
    assert agree(world).already
    assert Adjustment.objects.count() == 1


def test_nobody_is_told_of_it_before_the_adult_said_yes(world):
    agree(world)
    agree(world, name="second", agreement=Agreement.SAID_NO)

    assert agreed_with_ruth(world, "priya") == ()
    assert agreed_with_ruth(world, "lund") == ()
    assert ShareEvent.objects.count() == 0


def test_a_yes_tells_the_whole_team_what_to_do_and_nothing_of_the_need(world):
    keep(world)
    kept = agree(world, agreement=SAID_YES)

    for who in ("priya", "lund"):
        seen = read_adult(world.actors[who], world.case, RUTH, now=NOW)[1]
        assert [one.row.id for one in seen.adjustments] == [kept.id]
        assert (seen.versions, seen.profile.needs) == ((), ())
    told = ShareEvent.objects.filter(statement=kept.statement)
    assert {row.lawful_basis for row in told} == {LawfulBasis.CONSENT}
    assert all(row.subject_told for row in told)


def test_a_later_yes_tells_them_and_saying_it_twice_tells_once(world):
    kept = agree(world)
    actor = world.actors["ama"]
    with pytest.raises(NotYoursToTell, match="Ask them first"):
        tell_the_team(actor, world.case, kept.id, now=NOW)

    for _ in range(2):
        say_agreement(actor, world.case, kept.id, SAID_YES, DAY, now=NOW)

    assert len(agreed_with_ruth(world, "priya")) == 1
    assert AgreedToTell.objects.filter(answer=SAID_YES).count() == 1
    assert ShareEvent.objects.count() == 2
    assert tell_the_team(actor, world.case, kept.id, now=NOW) == 0


def test_a_later_no_tells_nobody_further_and_is_kept_beside_the_yes(world):
    kept = agree(world, agreement=SAID_YES)
    actor = world.actors["ama"]

    say_agreement(actor, world.case, kept.id, Agreement.SAID_NO, date(2026, 5, 1), now=NOW)

    (one,) = agreed_with_ruth(world, "priya")
    assert one.agreement.answer is Agreement.SAID_NO
    with pytest.raises(NotYoursToTell):
        tell_the_team(actor, world.case, kept.id, now=NOW)
    assert AgreedToTell.objects.count() == 2


def test_a_chair_who_reads_everything_passes_on_only_what_their_agency_was_told(world):
    kept = agree(world)

    with pytest.raises(NotYoursToTell, match="not yours to pass on"):
        say_agreement(world.actors["grace"], world.case, kept.id, SAID_YES, DAY, now=NOW)
    with pytest.raises(NotFoundHere):
        say_agreement(world.actors["lund"], world.case, kept.id, SAID_YES, DAY, now=NOW)


def test_an_answer_needs_the_day_it_was_asked(world):
    kept = agree(world)
    for answer, day in ((SAID_YES, None), (Agreement.NOT_ASKED, DAY), (SAID_YES, date(2027, 1, 1))):
        with pytest.raises(NotComplete):
            say_agreement(world.actors["ama"], world.case, kept.id, answer, day, now=NOW)


def test_what_is_missing_of_an_adjustment_is_named_in_its_own_words(world):
    with pytest.raises(NotComplete) as refused:
        agree(world, what=" ", agreed_by="", settings=(), from_on=date(2026, 7, 1))

    parts = [problem.part for problem in refused.value.problems]
    assert parts == ["what", "agreed_by", "settings", "from_on"]
    assert Statement.objects.count() == 0


def test_a_change_stands_instead_and_what_was_stays_to_be_read(world):
    first = agree(world)
    second = agree(world, name="second", instead_of=first.id, what="Ring her, then write.")

    seen = read_adult(world.actors["ama"], world.case, RUTH, now=NOW)[1]
    assert [one.row.id for one in seen.adjustments] == [second.id]
    assert [row.id for row in seen.past] == [first.id]
    with pytest.raises(ChangedMeanwhile):
        agree(world, name="third", instead_of=first.id)


def test_an_adjustment_can_end_with_a_reason_in_somebodys_words(world):
    first = agree(world)
    agree(
        world, name="end", instead_of=first.id, ended=True, what="Ruth reads well with her glasses."
    )

    seen = read_adult(world.actors["ama"], world.case, RUTH, now=NOW)[1]
    assert seen.adjustments == ()
    assert seen.past[0].adjustment.what == "Ruth reads well with her glasses."


def test_an_adjustment_that_was_tampered_with_is_seen(world):
    agree(world)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE needs_adjustment DISABLE TRIGGER USER")
        cursor.execute("UPDATE needs_adjustment SET settings = '{meetings}'")

    (one,) = agreed_with_ruth(world, "ama")

    assert not one.row.is_intact


def test_it_is_asked_at_a_contact_by_the_agency_that_made_it(world):
    kept = agree(world, agreement=SAID_YES)
    at = contact(world)

    (waiting,) = agreed_with_ruth(world, "ama")[0].waiting
    assert waiting.statement == at
    assert agreed_with_ruth(world, "priya")[0].waiting == ()
    found = needs_at_contact(world.actors["ama"], world.case, at, now=NOW)
    assert found is not None and found.may_say
    assert [(one.row.id, one.is_meant_here) for one in found.adjustments] == [(kept.id, True)]

    assert use(world, at, kept.id, Delivered.YES) == 1

    (one,) = agreed_with_ruth(world, "ama")
    assert (one.waiting, [row.answer for row in one.said]) == ((), [Delivered.YES])


def test_saying_the_same_twice_keeps_one_and_saying_otherwise_keeps_both(world):
    kept, at = agree(world), contact(world)

    first = [use(world, at, kept.id, Delivered.NO, "No printer. ") for _ in range(2)]
    then = use(world, at, kept.id, Delivered.YES)
    back = use(world, at, kept.id, Delivered.NO, "No printer.")

    assert (first, then, back) == ([1, 0], 1, 1)
    assert Delivery.objects.count() == 3
    (row,) = agreed_with_ruth(world, "ama")[0].not_used
    assert (row.words, row.agency_name, row.contact_kind) == (
        "No printer.", "Fenwick Health Visiting", Kind.VISIT,
    )  # fmt: skip


def test_another_agency_does_not_answer_for_it_and_a_stranger_is_told_nothing(world):
    kept = agree(world, agreement=SAID_YES)
    at = contact(world, told={"social_care": "2026-05-04"})

    with pytest.raises(NotYourContact, match="Fenwick Health Visiting made this contact"):
        use(world, at, kept.id, Delivered.YES, who="priya")
    with pytest.raises(NotFoundHere):
        use(world, at, kept.id, Delivered.YES, who="lund")
    with pytest.raises(NotFoundHere):
        use(world, at, key("no such adjustment"), Delivered.YES)
    with pytest.raises(NotComplete, match="why it was not used"):
        use(world, at, kept.id, Delivered.NO)
    assert Delivery.objects.count() == 0


def test_whoever_may_not_read_the_contact_is_not_told_that_it_was_not_used(world):
    kept = agree(world, agreement=SAID_YES)
    before = agreed_with_ruth(world, "lund")
    use(world, contact(world), kept.id, Delivered.NO, "No printer.")

    assert agreed_with_ruth(world, "lund") == before
    assert len(agreed_with_ruth(world, "grace")[0].not_used) == 1


def test_there_is_nothing_to_ask_at_what_is_no_contact_or_is_with_somebody_else(world):
    agree(world)
    asked = [
        contact(world, name="birth", kind=Kind.BIRTH),
        contact(world, name="ada", about=("ada",)),
        contact(world, name="before", happened="2026-03-01"),
    ]

    for at in asked:
        assert needs_at_contact(world.actors["ama"], world.case, at, now=NOW) is None
    assert agreed_with_ruth(world, "ama")[0].waiting == ()


def test_what_stands_beside_a_plan_is_what_this_reader_may_read(world):
    keep(world)
    agree(world, agreement=SAID_YES)

    def beside(who: str):
        ties: FamilyTies = ties_to(world.case, world.actors[who], now=NOW)
        return needs_beside(world.case, world.actors[who], ties, [RUTH], now=NOW)[RUTH]

    assert [hint.nature for hint in hints_for([Demand.READING], beside("ama"))] == [
        HintNature.ADJUSTED
    ]
    assert [hint.nature for hint in hints_for([Demand.WRITING], beside("ama"))] == [
        HintNature.NONE_AGREED
    ]
    assert [hint.nature for hint in hints_for([Demand.READING], beside("priya"))] == [
        HintNature.AGREED_ONLY
    ]
    assert hints_for([Demand.WRITING, Demand.AWAKE_AT_NIGHT], beside("priya")) == ()
    assert beside("tom").adjustments == ()


def test_each_verb_leaves_its_audit(world):
    kept = agree(world, agreement=SAID_YES)
    at = contact(world)
    use(world, at, kept.id, Delivered.YES)

    events = AuditEvent.objects.using("reader").filter(case=world.case)
    details = [event.detail for event in events]
    assert {"kept": "adjustment", "ended": False} in details
    assert {"agreement": "said_yes"} in details
    assert {"used": "yes"} in details


def test_an_agency_that_joins_later_is_told_by_one_press_of_an_agency_that_was(world):
    kept = agree(world, agreement=SAID_YES)
    by = audit.Event(
        key("account admin"), key("admin"), world.agency("social_care"), "x", "allow", "x"
    )
    with past_the_wall():
        join_team(
            key("team tom"), case=world.case, practitioner=key("practitioner tom"),
            role="named_member", from_on=NOW.date(), to_on=None, event=by,
        )  # fmt: skip
    assert agreed_with_ruth(world, "tom") == ()
    assert agreed_with_ruth(world, "ama")[0].not_told == ("Fenwick Police",)

    told = tell_the_team(world.actors["priya"], world.case, kept.id, now=NOW)

    assert (told, len(agreed_with_ruth(world, "tom"))) == (1, 1)
