"""Cumulative summaries: finished once, read by whoever may, given to agencies that know it all."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.risk.summary import PartTooLong, Reads
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.risk.read_picture import read_picture
from goldenthread.usecases.risk.summaries import read_summary_version
from goldenthread.usecases.risk.write_summary import (
    AgencyLacksEntries,
    AlreadyFinished,
    EntriesNotKnown,
    NotFoundHere,
    NotOnTheTeam,
    SummarySaysNothing,
    finish_summary,
    give_summary,
    keep_summary_draft,
    open_summary_draft,
    version_of_draft,
)
from tests.families.world import NOW, World, build_world, key, open_another_family

WORDS = {"building": "Two missed visits in May.", "holds": "Ruth rings back."}


@pytest.fixture
def world(record: str) -> World:
    world = build_world(tom="named_member")
    ama = world.actors["ama"]
    shared = world.entry(
        "health_visiting", "Told to all.", id=key("shared"), told={"social_care": "2026-03-15"}
    )
    for entry in (shared, world.entry("health_visiting", "Ours alone.", id=key("alone"))):
        record_entry(ama, world.case, entry, now=NOW)
    return world


def finished(world: World, who: str = "ama", *entries: UUID, draft: UUID | None = None, **more):
    draft = draft or uuid4()
    done = finish_summary(
        world.actors[who], world.case, draft, words=WORDS, entries=entries, now=NOW, **more
    )
    assert done.id == version_of_draft(world.actors[who], draft)
    return done


def seen_by(world: World, who: str) -> list[tuple[UUID, Reads]]:
    found = read_picture(world.actors[who], world.case, Viewpoint(NOW), now=NOW)
    return [(one.row.id, one.reads) for one in found.summaries]


def audited(who: str, **detail: object) -> list[AuditEvent]:
    rows = AuditEvent.objects.using("reader").filter(account=key(f"account {who}"))
    return [row for row in rows if all(row.detail.get(k) == v for k, v in detail.items())]


def test_a_finished_version_holds_words_entries_and_what_it_considered(world):
    done = finished(world, "ama", key("alone"), key("shared"))

    found = read_summary_version(world.actors["ama"], world.case, done.id, now=NOW)

    row = found.seen.row
    assert [(str(p.heading), p.words) for p in found.seen.parts] == [
        ("building", WORDS["building"]),
        ("holds", WORDS["holds"]),
    ]
    assert set(found.entries) == {key("alone"), key("shared")}
    assert (row.number, row.considered, row.newest, row.pooled) == (1, 2, key("alone"), False)
    assert row.written_by_name == "Ama Boateng"
    assert found.seen.newer == 0
    assert audited("ama", entries=2, considered=2)
    assert audited("ama", opened="summary")


def test_finishing_twice_keeps_one_and_versions_are_numbered_in_one_sight(world):
    draft = uuid4()
    first = finished(world, draft=draft)
    again = finish_summary(world.actors["ama"], world.case, draft, words=WORDS, entries=(), now=NOW)
    second = finished(world)
    of_chair = finished(world, "grace")

    numbers = {
        done.id: read_summary_version(
            world.actors["grace"], world.case, done.id, now=NOW
        ).seen.row.number
        for done in (first, second, of_chair)
    }
    assert (again.id, again.already) == (first.id, True)
    assert numbers == {first.id: 1, second.id: 2, of_chair.id: 1}


def test_its_agency_and_the_chair_read_it_and_nobody_else(world):
    done = finished(world)

    assert seen_by(world, "ama") == [(done.id, Reads.OWN)]
    assert seen_by(world, "grace") == [(done.id, Reads.CHAIR)]
    for who in ("priya", "sam", "lund", "tom"):
        assert seen_by(world, who) == []
        with pytest.raises(NotFoundHere):
            read_summary_version(world.actors[who], world.case, done.id, now=NOW)
    refused = [row for row in audited("priya") if row.outcome == "deny"]
    assert [(row.rule, row.resource) for row in refused] == [
        ("summary-not-for-this-reader", str(done.id))
    ]


def test_what_the_chair_wrote_from_everything_is_not_the_chairs_agencys_to_read(world):
    done = finished(world, "grace", key("alone"))

    assert seen_by(world, "grace") == [(done.id, Reads.CHAIR)]
    assert seen_by(world, "priya") == []
    with pytest.raises(AgencyLacksEntries, match="has not been told of the entry"):
        give_summary(
            world.actors["grace"], world.case, done.id, world.agency("social_care"), now=NOW
        )
    assert seen_by(world, "priya") == []


def test_it_is_given_only_to_an_agency_that_knows_every_entry_it_rests_on(world):
    ama, social_care = world.actors["ama"], world.agency("social_care")
    done = finished(world, "ama", key("shared"), key("alone"))

    with pytest.raises(AgencyLacksEntries, match="1 of the 2 entries") as refused:
        give_summary(ama, world.case, done.id, social_care, now=NOW)
    assert refused.value.entries == (key("alone"),)
    assert seen_by(world, "priya") == []

    told = Telling(social_care, told=parse_edtf("2026-06-09"))
    share_entry(ama, world.case, key("alone"), [told], now=NOW)
    give_summary(ama, world.case, done.id, social_care, now=NOW)

    assert seen_by(world, "priya") == [(done.id, Reads.GIVEN)]


def test_given_to_an_agency_it_is_read_there_without_its_number_or_who_else_reads_it(world):
    ama, social_care = world.actors["ama"], world.agency("social_care")
    done = finished(world, "ama", key("shared"))

    give_summary(ama, world.case, done.id, social_care, now=NOW)
    give_summary(ama, world.case, done.id, social_care, now=NOW)

    assert seen_by(world, "priya") == [(done.id, Reads.GIVEN)]
    read = read_summary_version(world.actors["priya"], world.case, done.id, now=NOW)
    assert not read.seen.is_numbered
    assert (read.given, read.may_give) == ((), False)
    own = read_summary_version(ama, world.case, done.id, now=NOW)
    assert [one.agency for one in own.given] == [social_care]
    assert len(audited("ama", given=str(social_care))) == 1


def test_finishing_keeps_the_version_where_an_agency_chosen_cannot_have_it(world):
    done = finished(
        world, "ama", key("alone"),
        give_to=[world.agency("social_care"), world.agency("gp"), world.agency("health_visiting")],
    )  # fmt: skip

    assert [type(one) for one in done.not_given] == [AgencyLacksEntries, NotOnTheTeam, NotOnTheTeam]
    assert seen_by(world, "ama") == [(done.id, Reads.OWN)]


def test_only_those_who_share_its_sight_and_are_of_the_team_give_it(world):
    done = finished(world, "ama", key("shared"))

    for who in ("grace", "priya", "tom", "sam", "lund"):
        with pytest.raises(NotFoundHere):
            give_summary(
                world.actors[who], world.case, done.id, world.agency("social_care"), now=NOW
            )
    with pytest.raises(NotFoundHere):
        give_summary(world.actors["ama"], world.case, uuid4(), world.agency("social_care"), now=NOW)


def test_a_colleague_off_the_team_may_not_write_and_a_stranger_finds_no_family(world):
    for who in ("sam", "admin"):
        with pytest.raises(NotFoundHere):
            finished(world, who)
    other = open_another_family(world, "other")
    with pytest.raises(NotFoundHere):
        finish_summary(world.actors["tom"], other, uuid4(), words=WORDS, entries=(), now=NOW)


def test_it_rests_on_nothing_its_writer_may_not_read(world):
    for entry in (key("alone"), uuid4()):
        with pytest.raises(EntriesNotKnown) as refused:
            finished(world, "priya", entry)
        assert "not in what you can read" in refused.value.reason
    assert seen_by(world, "priya") == []


def test_a_summary_that_says_nothing_is_refused_and_nothing_is_kept(world):
    ama = world.actors["ama"]
    for words, refusal in (
        ({"harm": "  "}, SummarySaysNothing),
        ({"harm": "x" * 9000}, PartTooLong),
    ):
        with pytest.raises(refusal):
            finish_summary(ama, world.case, uuid4(), words=words, entries=(), now=NOW)
    assert seen_by(world, "ama") == []


def test_entries_that_come_later_are_said_to_be_newer_to_those_who_may_see_them(world):
    done = finished(world, "ama")
    record_entry(world.actors["ama"], world.case, world.entry("health_visiting", "Later."), now=NOW)
    record_entry(world.actors["lund"], world.case, world.entry("mental_health", "Other."), now=NOW)

    def newer(who: str) -> int:
        return read_summary_version(world.actors[who], world.case, done.id, now=NOW).seen.newer

    assert newer("ama") == 1
    assert newer("grace") == 2  # the chair sees what mental health alone knows as well


def test_a_draft_is_its_writers_alone_and_ends_with_the_version(world):
    ama, draft = world.actors["ama"], uuid4()
    keep_summary_draft(ama, world.case, draft, {"harm": ["Half a sen"]}, now=NOW)

    kept = open_summary_draft(ama, world.case, draft, now=NOW)
    assert kept.fields["summary"] == {"harm": ["Half a sen"]}
    assert read_picture(ama, world.case, Viewpoint(NOW), now=NOW).draft == draft
    assert read_picture(world.actors["grace"], world.case, Viewpoint(NOW), now=NOW).draft is None
    assert open_summary_draft(world.actors["priya"], world.case, draft, now=NOW) is None

    finished(world, draft=draft)

    assert read_picture(ama, world.case, Viewpoint(NOW), now=NOW).draft is None
    for attempt in (open_summary_draft, lambda *a, **k: keep_summary_draft(*a, {}, **k)):
        with pytest.raises(AlreadyFinished):
            attempt(ama, world.case, draft, now=NOW)


def test_reading_the_picture_is_audited_and_refused_like_no_family(world):
    read_picture(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)

    assert [row.resource for row in audited("ama") if row.resource == "picture"]
    with pytest.raises(NotFoundHere):
        read_picture(world.actors["admin"], world.case, Viewpoint(NOW), now=NOW)
