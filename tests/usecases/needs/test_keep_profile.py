"""Writing down what an adult needs: kept once, read as its entry is, and nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connections

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.needs.differing import differences
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile
from goldenthread.domain.needs.vocabulary import Answer, Area, EffectAnswer
from goldenthread.domain.provenance.vocabulary import Concern, Kind, LinkKind
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.needs.models import Profile as ProfileTable
from goldenthread.records.people.models import StatementSubject
from goldenthread.records.provenance.models import Statement
from goldenthread.records.risk.models import Considered
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.needs.keep_profile import (
    AlreadyKept,
    AnotherWasKept,
    NotComplete,
    NotFoundHere,
    keep_needs_draft,
    keep_profile,
    open_needs_draft,
)
from goldenthread.usecases.needs.read_needs import AdultNeeds, read_adult, read_needs
from tests.families.needs import LETTERS, MEMORY, SUMMARY, keep, proposed, ruths_profile
from tests.families.world import NOW, World, build_world, key

RUTH, ADA = key("person ruth"), key("person ada")


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def ruth(world: World, who: str) -> AdultNeeds:
    return read_adult(world.actors[who], world.case, RUTH, now=NOW)[1]


def test_a_version_is_kept_as_it_was_said_with_an_entry_in_its_writers_words(world):
    kept = keep(world)

    seen = ruth(world, "ama")
    (row,) = seen.versions
    assert row.profile == replace(ruths_profile(), version=kept.id, answers=(LETTERS, MEMORY))
    assert (row.summary, row.agency_name, row.written_by_name, row.is_intact) == (
        SUMMARY, "Fenwick Health Visiting", "Ama Boateng", True,
    )  # fmt: skip
    entry = Statement.objects.get(id=kept.statement)
    assert (entry.kind, entry.text, entry.happened) == (Kind.BACKGROUND, SUMMARY, "2026-04-20")
    assert [s.person_id for s in StatementSubject.objects.filter(statement=entry.id)] == [RUTH]
    assert Considered.objects.filter(case=world.case).exists()


def test_asking_twice_keeps_one(world):
    first, second = keep(world), keep(world)

    assert (first.already, second.already) == (False, True)
    assert (first.id, first.statement) == (second.id, second.statement)
    assert ProfileTable.objects.count() == 1


def test_who_may_read_the_entry_may_read_the_version_and_nobody_else(world):
    kept = keep(world)
    assert ruth(world, "priya").versions == ()
    assert ruth(world, "lund").versions == ()
    assert [row.id for row in ruth(world, "grace").versions] == [kept.id]

    share_entry(
        world.actors["ama"], world.case, kept.statement,
        [Telling(world.agency("social_care"))], now=NOW,
    )  # fmt: skip

    seen = ruth(world, "priya")
    assert [row.id for row in seen.versions] == [kept.id]
    assert seen.knows[kept.id] == ("Fenwick Children's Services", "Fenwick Health Visiting")
    assert ruth(world, "lund").versions == ()


def test_an_agency_told_as_it_is_kept_reads_it(world):
    keep(world, told=("mental_health",))

    assert len(ruth(world, "lund").versions) == 1
    assert ruth(world, "priya").versions == ()


def test_a_reader_of_none_is_told_what_their_own_agency_lacks_and_no_more(world):
    before = ruth(world, "priya")
    keep(world)

    assert ruth(world, "priya") == before
    assert before.questions == (
        "Your agency has written or been told nothing of what Ruth Okafor needs.",
    )


def test_somebody_without_a_tie_is_refused_as_if_there_were_no_family_and_it_is_audited(world):
    with pytest.raises(NotFoundHere):
        keep(world, "tom")
    with pytest.raises(NotFoundHere):
        read_needs(world.actors["tom"], world.case, now=NOW)

    refused = AuditEvent.objects.using("reader").filter(account=key("account tom"))
    assert set(refused.values_list("outcome", flat=True)) == {"deny"}
    assert ProfileTable.objects.count() == 0


def test_what_is_kept_and_what_is_read_is_audited_without_content(world):
    kept = keep(world)
    ruth(world, "grace")

    events = AuditEvent.objects.using("reader").filter(case=world.case)
    wrote = events.get(resource=str(kept.id), action="add_entry")
    assert wrote.detail == {"kept": "profile"}
    read = events.filter(account=key("account grace"), resource=str(RUTH)).get()
    assert read.detail == {"opened": "needs", "found": True}


def test_a_child_a_stranger_and_somebody_nobody_has_identified_have_no_profile(world):
    for person in (ADA, key("person nobody"), key("person father")):
        with pytest.raises(NotFoundHere):
            keep(world, name=str(person), adult=person)
    assert [
        one.member.person for one in read_needs(world.actors["ama"], world.case, now=NOW).adults
    ] == [RUTH]


def test_every_problem_is_named_at_once_and_nothing_is_kept(world):
    wrong = replace(
        proposed(world, answers=(AreaAnswer(Area.READING, Answer.NONE),), diagnosis="Dyslexia"),
        summary=" ",
        talked_on=date(2026, 7, 1),
    )

    with pytest.raises(NotComplete) as refused:
        keep_profile(world.actors["ama"], world.case, key("draft"), wrong, now=NOW)

    parts = {problem.part for problem in refused.value.problems}
    assert {"area-reading-asked_on", "diagnosis", "text", "happened"} <= parts
    assert Statement.objects.count() == 0


def test_an_effect_names_only_a_child_the_writer_may_know_of(world):
    stranger = Effect(EffectAnswer.AFFECTS, key("person of another family"), "Hard.")

    with pytest.raises(NotFoundHere):
        keep(world, effects=(stranger,))


def test_two_people_editing_one_profile_lose_nothing(world):
    first = keep(world)
    theirs = keep(world, "ama", "theirs", earlier=(first.id,), how_to_work_with_me="Ring first.")

    with pytest.raises(AnotherWasKept) as refused:
        keep(world, "ama", "mine", earlier=(first.id,), how_to_work_with_me="Write large.")

    (unread,) = refused.value.rows
    assert (unread.id, unread.profile.how_to_work_with_me) == (theirs.id, "Ring first.")
    both = (first.id, theirs.id)
    mine = keep(world, "ama", "mine", earlier=both, how_to_work_with_me="Ring first. Write large.")
    seen = ruth(world, "ama")
    assert [row.id for row in seen.standing] == [mine.id]
    assert {row.id for row in seen.versions} == {first.id, theirs.id, mine.id}
    (changed,) = differences(
        seen.version(theirs.id).profile, seen.version(mine.id).profile, called={}
    )
    assert (changed.before, changed.after) == ("Ring first.", "Ring first. Write large.")


def test_two_agencies_that_know_nothing_of_each_other_stand_beside_each_other_for_whoever_reads_both(
    world,
):
    night = AreaAnswer(Area.NIGHT, Answer.SAID, "My tablets knock me out until eight.")
    ours = keep(world)
    theirs = keep(world, "lund", "lund", answers=(night,), strengths=())

    assert [row.id for row in ruth(world, "lund").standing] == [theirs.id]
    seen = ruth(world, "grace")
    assert [row.id for row in seen.standing] == [theirs.id, ours.id]
    assert seen.profile.needs == (LETTERS, night)
    assert len(seen.profile.strengths) == 2


def test_nobody_builds_on_a_version_they_may_not_read(world):
    kept = keep(world)

    with pytest.raises(NotFoundHere):
        keep(world, "lund", "lund", earlier=(kept.id,))


def test_a_version_that_was_tampered_with_is_seen(world):
    kept = keep(world)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE needs_profileanswer DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE needs_profileanswer SET words = 'Reads well.' WHERE area = 'reading'"
        )

    (row,) = ruth(world, "ama").versions

    assert (row.id, row.is_intact) == (kept.id, False)


def test_concerns_are_the_writers_own(world):
    said = replace(proposed(world), concerns=(Concern.PARENTAL_MENTAL_HEALTH, Concern.STRENGTH))
    kept = keep_profile(world.actors["ama"], world.case, key("draft"), said, now=NOW)

    assert Statement.objects.get(id=kept.statement).concerns == [
        "parental_mental_health", "strength",
    ]  # fmt: skip


def test_a_draft_is_its_authors_alone_and_ends_with_the_version(world):
    draft = key("needs draft first")
    keep_needs_draft(world.actors["ama"], world.case, draft, {"words": {"how": ["Ring"]}}, now=NOW)

    row = open_needs_draft(world.actors["ama"], world.case, draft, now=NOW)
    assert row is not None and row.fields["words"] == {"how": ["Ring"]}
    assert open_needs_draft(world.actors["lund"], world.case, draft, now=NOW) is None
    with pytest.raises(NotFoundHere):
        open_needs_draft(world.actors["ama"], world.case, draft, form="adjustment", now=NOW)
    keep(world)
    with pytest.raises(AlreadyKept):
        open_needs_draft(world.actors["ama"], world.case, draft, now=NOW)


def test_a_version_whose_entry_is_withdrawn_stands_no_longer(world):
    kept = keep(world)
    answer_entry(
        world.actors["ama"], world.case, kept.statement, LinkKind.WITHDRAWS,
        world.entry("health_visiting", "It was somebody else.", about=("ruth",)),
        reason="Mixed up", now=NOW,
    )  # fmt: skip

    seen = ruth(world, "ama")
    assert (seen.standing, [row.is_withdrawn for row in seen.versions]) == ((), [True])
    assert seen.profile == Profile(RUTH)
