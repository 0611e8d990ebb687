"""Who puts whom on the team around a family and ends it, what that opens, and what is kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from goldenthread.domain.access.step_up import StepShown, StepUpNeeded
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.access.models import TeamMember, TeamStep
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases._steps.team_settled import CANNOT_BE_ON_IT, CannotSettleTeam
from goldenthread.usecases.access import end_membership, join_team
from goldenthread.usecases.access.families import families_of, who_may_open
from goldenthread.usecases.access.read_team import choices_for_team, read_membership, read_team
from goldenthread.usecases.access.who_sees import who_can_see
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families import restricted, teams
from tests.families.world import NOW, World, key

DAY = timedelta(days=1)
PRIYAS, AMAS, GRACES = key("team priya"), key("team ama"), key("team grace")


@pytest.fixture
def world(record: str) -> World:
    mail.outbox.clear()
    return teams.build_team()


def kept(action: str, outcome: str = "allow") -> list[str]:
    rows = AuditEvent.objects.using("reader").exclude(rule="setting-up")
    rows = rows.filter(action=action, outcome=outcome)
    return list(rows.order_by("recorded_at").values_list("rule", flat=True))


def refused(world: World, by: str, who: str, role: str = "core_group", **days: str) -> str:
    """Why it is refused, in words; and that nothing came of it."""
    before = TeamMember.objects.count(), TeamStep.objects.count(), len(mail.outbox)
    with pytest.raises((CannotSettleTeam, NotFoundHere)) as said:
        teams.join(world, by, who, role, **days)
    assert (TeamMember.objects.count(), TeamStep.objects.count(), len(mail.outbox)) == before
    return said.value.reason


def opens(world: World, who: str, now=NOW) -> bool:
    """Whether the family is there for somebody: in their list, and when they open it."""
    listed = world.case in {one.case.id for one in families_of(world.actors[who], now=now)}
    try:
        read_history(world.actors[who], world.case, Viewpoint(now), now=now)
    except NotFoundHere:
        assert not listed
        return False
    assert listed
    return True


def test_the_allocated_worker_puts_somebody_on_it_and_each_step_is_kept(world: World):
    assert not opens(world, "tom")

    id = teams.join(world, "priya", "tom")

    row = TeamMember.objects.get(id=id)
    assert (row.role, row.from_on, row.to_on) == ("core_group", NOW.date(), date(2026, 6, 13))
    step = TeamStep.objects.get()
    assert (step.member_id, step.step, step.reason) == (id, "joined", teams.WHY)
    assert step.taken_by_id == world.actors["priya"].account and step.recorded_at
    assert kept("join_team") == ["allocated-worker"]
    event = AuditEvent.objects.using("reader").get(action="join_team", rule="allocated-worker")
    assert event.resource == str(id) and teams.WHY not in str(event.detail)
    assert opens(world, "tom")


def test_they_are_sent_a_notice_that_names_nobody_and_find_it_inside(world: World):
    teams.join(world, "priya", "tom")

    (sent,) = mail.outbox
    assert sent.to == ["tom@example.org"]
    for word in ("Okafor", "GT-0001", "Priya", "Fenwick", "core group", "2026", teams.WHY):
        assert word not in sent.subject + sent.body
    assert families_of(world.actors["tom"], now=NOW)[0].own_role == "core_group"


@pytest.mark.parametrize("role", ["core_group", "strategy_meeting", "review_panel"])
def test_a_place_for_a_term_opens_it_on_its_days_and_on_no_other(world: World, role: str):
    teams.join(world, "priya", "tom", role, first="12 June 2026", last="19 June 2026")

    for day, is_open in ((11, False), (12, True), (19, True), (20, False)):
        at = NOW.replace(day=day)
        assert opens(world, "tom", at) == is_open, day
        names = {name for name, *_ in who_may_open(world.actors["priya"], world.case, now=at)}
        assert ("Tom Hale" in names) == is_open, day


def test_new_parts_read_as_a_named_member_does(world: World):
    told = world.entry("health_visiting", "Told.", told={"police": "2026-03-15"})
    alone = world.entry("health_visiting", "Not told.")
    for one in (told, alone):
        record_entry(world.actors["ama"], world.case, one, now=NOW)
    for number, role in enumerate(("core_group", "strategy_meeting", "review_panel")):
        at = NOW + timedelta(days=10 * number)
        days = {"first": f"{at:%d %B %Y}", "last": f"{at + DAY:%d %B %Y}"}
        teams.join(world, "priya", "tom", role, **days)
        history = read_history(world.actors["tom"], world.case, Viewpoint(at), now=at)
        assert [one.id for one in history.entries] == [told.id]
        assert [one.id for one in history.masked] == [alone.id]
        assert not history.family.sees_everything


def test_a_second_time_with_one_id_it_is_done_once(world: World):
    id = uuid4()
    for _ in range(2):
        teams.join(world, "priya", "tom", id=id)
    assert TeamMember.objects.filter(id=id).count() == TeamStep.objects.count() == 1
    assert len(mail.outbox) == 1
    ends = uuid4()
    for _ in range(2):
        teams.end(world, "priya", id, last="11 June 2026", id=ends)
    assert TeamStep.objects.filter(step="ended").count() == 1
    assert TeamMember.objects.get(id=id).version == 2


def test_who_may_and_who_may_not(world: World):
    for who, rule in (
        ("ama", "team-needs-own-part"),  # a named member
        ("sam", "team-needs-own-part"),  # a colleague of the allocated worker
        ("tom", "no-relationship-to-family"),
        ("admin", "administrator-holds-no-content"),
    ):
        said = refused(world, who, "lund" if who == "tom" else "tom")
        assert said == "There is no such family in your record."
        assert kept("join_team", "deny")[-1] == rule
        with pytest.raises(NotFoundHere):
            teams.end(world, who, AMAS)
        assert kept("end_membership", "deny")[-1] == rule
    teams.join(world, "grace", "tom")  # the chair
    teams.join(world, "rosa", "sam", "named_member")  # a lead, for a colleague
    assert "people of their own agency" in refused(world, "ben", "tom")
    assert kept("join_team", "deny")[-1] == "lead-for-own-agency"
    with pytest.raises(CannotSettleTeam, match="people of their own agency"):
        teams.end(world, "ben", PRIYAS)
    assert kept("end_membership", "deny")[-1] == "lead-for-own-agency"
    assert teams.end(world, "ben", AMAS)


def test_nobody_puts_themselves_on_a_team(world: World):
    assert "Nobody puts themselves" in refused(world, "rosa", "rosa", "named_member")
    assert "Nobody puts themselves" in refused(world, "priya", "priya")
    assert kept("join_team", "deny") == ["nobody-joins-by-themselves"] * 2


def test_it_asks_for_the_second_step_and_nothing_is_done_without(world: World):
    for stale in (StepShown(None, DAY), StepShown(NOW - DAY, timedelta(minutes=15))):
        with pytest.raises(StepUpNeeded):
            teams.join(world, "priya", "tom", shown=stale)
        with pytest.raises(StepUpNeeded):
            teams.end(world, "priya", PRIYAS, next="sam", shown=stale)
        assert not TeamStep.objects.exists() and not mail.outbox
    teams.end(world, "priya", AMAS, shown=StepShown(None, DAY))  # closing is never put off


@pytest.mark.parametrize(
    ("role", "days", "says"),
    [
        ("core_group", {"last": " "}, "Give the last day"),
        ("strategy_meeting", {"last": " "}, "Give the last day"),
        ("review_panel", {}, "Give the last day"),
        ("core_group", {"first": "9 June 2026"}, "before somebody let them"),
        ("core_group", {"first": "20 June 2026", "last": "19 June 2026"}, "a day after it"),
        ("core_group", {"first": "June 2026"}, "whole day"),
        ("core_group", {"last": "whenever"}, "whole day"),
        ("core_group", {"last": "12 June 2036"}, "within two years"),
        ("named_member", {"first": "12 June 2036"}, "within two years"),
        ("godparent", {}, "as"),
        ("chair", {}, "post is conference chair"),
        ("supervisor", {}, "same agency as they are"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_plain_sentence(world: World, role, days, says):
    assert says in refused(world, "priya", "tom", role, **days)


def test_a_reason_and_a_person_are_asked_for_at_once(world: World):
    empty = join_team.Wanted(None, "", "", "", " ")
    with pytest.raises(CannotSettleTeam) as said:
        join_team.check_joining(world.actors["priya"], world.case, empty, now=NOW)
    assert set(said.value.problems) == {"who", "role", "why"}
    nobody = teams.wanted(uuid4())
    with pytest.raises(CannotSettleTeam, match="Choose who"):
        join_team.check_joining(world.actors["priya"], world.case, nobody, now=NOW)


def test_a_chair_and_a_supervisor_are_put_on_it_where_they_fit(world: World):
    teams.join(world, "priya", "cara", "chair")
    teams.join(world, "priya", "sam", "supervisor")
    assert read_history(
        world.actors["cara"], world.case, Viewpoint(NOW), now=NOW
    ).family.sees_everything
    assert opens(world, "sam")


def test_nobody_has_two_places_on_one_day(world: World):
    assert "have a place on the team" in refused(world, "priya", "ama")
    teams.join(world, "priya", "tom", last="12 June 2026")
    assert "have a place" in refused(world, "priya", "tom", first="12 June 2026")
    teams.join(world, "priya", "tom", first="13 June 2026", last="14 June 2026")


def test_whoever_is_kept_from_it_cannot_be_put_on_and_why_is_the_same_for_all(world: World):
    """A conflict, a seal and a withholding read like an account that ended and a post without."""
    said = {}
    restricted.conflict(world, "tom")
    said["conflict"] = refused(world, "priya", "tom")
    Account.objects.using("owner").filter(practitioner=key("practitioner sam")).update(
        is_active=False
    )
    said["ended"] = refused(world, "priya", "sam", "named_member")
    said["post"] = refused(world, "priya", "mina", "named_member")
    restricted.withhold(world, "priya", person="ben")
    said["withheld"] = refused(world, "priya", "ben", "named_member")
    restricted.withhold(world, "grace", agency="mental_health")
    teams.end(world, "priya", key("team lund"))
    said["agency"] = refused(world, "priya", "lund", "named_member")
    restricted.seal(world, "priya", "grace")
    said["sealed"] = refused(world, "priya", "rosa", "named_member")

    assert set(said.values()) == {CANNOT_BE_ON_IT}
    assert set(kept("join_team", "deny")) == {"cannot-be-on-the-team"}
    offered = choices_for_team(
        world.actors["priya"], world.case, agency=world.agency("police"), now=NOW
    )
    assert "Tom Hale" in {one.name for one in offered.people}


def test_an_end_is_at_once_or_after_a_day_and_closes_it(world: World):
    id = teams.join(world, "priya", "tom", last="30 June 2026")
    teams.end(world, "grace", id, last="12 June 2026")
    assert opens(world, "tom", NOW.replace(day=12))
    assert not opens(world, "tom", NOW.replace(day=13))
    with pytest.raises(CannotSettleTeam, match="or sooner, already"):
        teams.end(world, "priya", id, last="20 June 2026")
    teams.end(world, "priya", id)  # on the day it began
    assert not opens(world, "tom")
    assert TeamMember.objects.get(id=id).to_on == NOW.date()
    with pytest.raises(CannotSettleTeam, match="over already"):
        teams.end(world, "priya", id)
    assert [one.step for one in TeamStep.objects.order_by("recorded_at")] == [
        "joined", "ended", "ended",
    ]  # fmt: skip
    teams.join(world, "priya", "tom")  # and again


@pytest.mark.parametrize(
    ("last", "says"), [("9 June 2026", "from today"), ("soon", "whole day"), (" ", "last day")]
)
def test_an_end_has_a_day_that_can_be(world: World, last: str, says: str):
    with pytest.raises(CannotSettleTeam, match=says):
        teams.end(world, "priya", AMAS, last=last)
    with pytest.raises(CannotSettleTeam, match="Say why"):
        teams.end(world, "priya", AMAS, why=" ")
    with pytest.raises(NotFoundHere):
        teams.end(world, "priya", uuid4())
    assert TeamMember.objects.get(id=AMAS).to_on is None


def test_what_was_to_come_is_taken_back_and_never_opens(world: World):
    id = teams.join(world, "priya", "tom", first="15 June 2026", last="16 June 2026")
    teams.end(world, "priya", id)
    for day in range(10, 18):
        assert not opens(world, "tom", NOW.replace(day=day))
    shown = read_team(world.actors["priya"], world.case, now=NOW)
    assert not shown.to_come and [one.id for one in shown.before] == [id]


def test_no_day_is_left_without_an_allocated_worker(world: World):
    for last in ("", "12 June 2026"):
        with pytest.raises(CannotSettleTeam, match="who is allocated next"):
            teams.end(world, "priya", PRIYAS, last=last)
    teams.join(world, "priya", "sam", "allocated", first="14 June 2026")
    with pytest.raises(CannotSettleTeam, match="who is allocated next"):
        teams.end(world, "priya", PRIYAS, last="12 June 2026")  # the 13th is missing
    teams.end(world, "priya", PRIYAS, last="13 June 2026")


def test_a_hand_over_ends_one_and_begins_the_other_at_once(world: World):
    ended = teams.end(world, "priya", PRIYAS, next="sam", last="12 June 2026")
    assert ended is not None and ended.next is not None and ended.next.name == "Sam Reed"
    for day, name in ((12, "Priya Nair"), (13, "Sam Reed")):
        shown = read_team(world.actors["grace"], world.case, now=NOW.replace(day=day))
        assert [one.name for one in shown.now if one.role == "allocated"] == [name]
    assert kept("join_team") == ["allocated-worker"]
    assert [one.to for one in mail.outbox] == [["sam@example.org"]]
    with pytest.raises(NotFoundHere):  # her part is over
        teams.end(world, "priya", AMAS, now=NOW.replace(day=13))


def test_whoever_is_allocated_next_gives_up_another_part_they_had(world: World):
    teams.end(world, "grace", PRIYAS, next="lund")
    rows = TeamMember.objects.filter(practitioner=key("practitioner lund")).order_by("from_on")
    assert [(one.role, one.to_on) for one in rows] == [
        ("named_member", NOW.date()), ("allocated", None),
    ]  # fmt: skip
    assert TeamStep.objects.filter(step="ended").count() == 2


def test_whoever_is_next_fits_as_if_they_were_put_on_it(world: World):
    restricted.conflict(world, "sam")
    with pytest.raises(CannotSettleTeam, match="Why is not said here"):
        teams.end(world, "grace", PRIYAS, next="sam")
    with pytest.raises(CannotSettleTeam, match="Nobody puts themselves"):
        teams.end(world, "rosa", PRIYAS, next="rosa")
    with pytest.raises(CannotSettleTeam, match="have a place on the team"):
        teams.end(world, "priya", PRIYAS, next="grace")  # the chair stays the chair
    assert TeamMember.objects.get(id=PRIYAS).to_on is None and not mail.outbox


def test_a_check_does_nothing_and_says_whether_the_agency_is_new(world: World):
    priya = world.actors["priya"]
    for who, is_new in (("tom", True), ("sam", False)):
        found = join_team.check_joining(priya, world.case, teams.wanted(who), now=NOW)
        assert found.agency_is_new == is_new
    ending = end_membership.Ending(True, "", teams.WHY)
    found = end_membership.check_ending(priya, world.case, AMAS, ending, now=NOW)
    assert not found.agency_stays
    assert not TeamStep.objects.exists() and not mail.outbox


def test_the_page_of_who_sees_it_names_the_part_and_its_days(world: World):
    teams.join(world, "priya", "tom", "strategy_meeting", last="12 June 2026")
    shown = who_can_see(world.actors["tom"], world.case, now=NOW)
    tom = next(one for one in shown.people if one.name == "Tom Hale")
    assert (tom.role, tom.rule) == ("Member of a strategy meeting", "strategy-meeting-member")
    assert tom.reason.startswith("Is a member of a strategy meeting")
    assert tom.term and tom.term.last_day == date(2026, 6, 12)
    assert shown.own.rule == "strategy-meeting-member" and shown.own_term == tom.term
    may = {name: why for name, _, why in who_may_open(world.actors["tom"], world.case, now=NOW)}
    assert may["Tom Hale"] == "Member of a strategy meeting, until 12 June 2026"


def test_the_team_is_read_by_whoever_opens_the_family_and_settled_by_few(world: World):
    id = teams.join(world, "priya", "tom", first="20 June 2026", last="21 June 2026")
    shown = read_team(world.actors["sam"], world.case, now=NOW)
    assert [one.name for one in shown.now] == [
        "Priya Nair", "Grace Obi", "Ama Boateng", "Dr Inga Lund",
    ]  # fmt: skip
    assert [one.id for one in shown.to_come] == [id]
    assert shown.to_come[0].steps[0].by_name == "Priya Nair"
    assert not shown.may_join and not shown.may_end
    of_ben = read_team(world.actors["ben"], world.case, now=NOW)
    assert of_ben.may_join and of_ben.may_end == {AMAS}
    with pytest.raises(NotFoundHere):
        read_team(world.actors["tom"], world.case, now=NOW)
    with pytest.raises(NotFoundHere):
        read_membership(world.actors["ben"], world.case, PRIYAS, now=NOW)
    for who, agencies in (("ben", 1), ("priya", 5)):
        chosen = choices_for_team(world.actors[who], world.case, now=NOW)
        assert len(chosen.agencies) == agencies
    other = choices_for_team(
        world.actors["ben"], world.case, agency=world.agency("police"), now=NOW
    )
    assert other.people == ()
