"""The week's list of unusual access: made once, told to whom it may be, answered and kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connections
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop.clock import new_id
from goldenthread.interop.clock import now as the_present
from goldenthread.jobs import oversight
from goldenthread.records.access.models import UnusualLook, UnusualLookAnswer, UnusualWeek
from goldenthread.records.accounts.models import StaffDetail
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases.addresses.give_address import reveal_address
from goldenthread.usecases.audit import make_unusual
from goldenthread.usecases.audit.tell_unusual import list_and_tell
from goldenthread.usecases.audit.unusual_access import (
    CannotAnswer,
    NotFoundHere,
    answer_unusual,
    read_unusual,
    unusual_waiting,
)
from goldenthread.usecases.audit.who_has_looked import Asked, who_has_looked
from goldenthread.usecases.people import set_up
from tests.families import addresses, restricted, unusual
from tests.families.world import World, key, open_another_family
from tests.looking import past_the_wall


@pytest.fixture
def world(record: str, monkeypatch) -> World:
    """The small world, in which a single day without a part is listed."""
    figures = replace(make_unusual.unusual_figures(), days_without_a_part=1)
    monkeypatch.setattr(make_unusual, "unusual_figures", lambda: figures)
    return restricted.build_restricted()


def look(world: World, who: str, case: UUID | None = None) -> None:
    who_has_looked(world.actors[who], case or world.case, Asked(), now=the_present())


def is_refused(world: World, who: str, case: UUID) -> None:
    with pytest.raises(NotFoundHere):
        look(world, who, case)


def second_lead(world: World) -> Actor:
    """Another lead of children's social care."""
    one = set_up.NewPractitioner(
        id=key("practitioner remy"), agency=world.agency("social_care"), name="Remy Dale",
        role="Lead", remit="agency_lead", account=key("account remy"), email="remy@example.org",
    )  # fmt: skip
    set_up.set_up_agencies(world.actors["admin"], [], [one])
    return Actor(key("account remy"), one.id, one.agency, "agency_lead")


def said(lines) -> list[tuple[str, str]]:
    return [(one.who.name, str(one.line.kind)) for one in lines]


def test_a_week_is_listed_once_for_each_agency_and_told_to_its_lead(world: World):
    look(world, "sam")
    look(world, "ama")

    assert [unusual.list_now(world, "social_care") for _ in range(2)] == [True, False]
    assert unusual.list_now(world, "health_visiting")

    lines = unusual.told(world.actors["rosa"])
    assert said(lines) == [("Sam Reed", "no_part")]
    assert lines[0].family.reference == "GT-0001"
    assert lines[0].may_open
    assert unusual.told(world.actors["ben"]) == ()  # Ama is a named member
    made = AuditEvent.objects.using("reader").filter(action="list_unusual")
    assert {one.detail["lines"] for one in made} == {0, 1}


@pytest.mark.parametrize("who", ["priya", "grace", "sam", "admin", "mina", "tom"])
def test_nobody_but_a_lead_reads_or_answers_it(world: World, who: str):
    look(world, "sam")
    unusual.list_now(world, "social_care")
    line = UnusualLook.objects.get()
    actor, now = world.actors[who], the_present()

    with pytest.raises(NotFoundHere):
        read_unusual(actor, None, now=now)
    with pytest.raises(NotFoundHere):
        answer_unusual(actor, line.id, answer="explained", reason="x", id=uuid4(), now=now)

    assert unusual_waiting(actor, now=now) == []
    refused = AuditEvent.objects.using("reader").filter(account=actor.account, outcome="deny")
    assert refused.count() == 2


def test_another_agencys_lead_is_told_nothing_and_answers_nothing(world: World):
    look(world, "sam")
    unusual.list_now(world, "social_care")
    line, ben = UnusualLook.objects.get(), world.actors["ben"]

    assert read_unusual(ben, None, now=the_present()).weeks == ()
    with pytest.raises(NotFoundHere):
        answer_unusual(ben, line.id, answer="explained", reason="x", id=uuid4(), now=the_present())


def test_an_answer_is_kept_beside_those_before_it_and_once(world: World):
    look(world, "sam")
    unusual.list_now(world, "social_care")
    rosa, line, now = world.actors["rosa"], UnusualLook.objects.get(), the_present()
    (waits,) = unusual_waiting(rosa, now=now)
    assert (waits.lines, waits.week.due_on) == (1, day_of(now) + timedelta(days=14))

    for part, answer, reason in (("answer", "", "x"), ("reason", "explained", " ")):
        with pytest.raises(CannotAnswer) as refused:
            answer_unusual(rosa, line.id, answer=answer, reason=reason, id=uuid4(), now=now)
        assert refused.value.part == part
    first = uuid4()
    for _ in range(2):
        answer_unusual(rosa, line.id, answer="not_known", reason="Away.", id=first, now=now)
    answer_unusual(rosa, line.id, answer="explained", reason="He was on duty.", id=uuid4(), now=now)

    (shown,) = unusual.told(rosa)
    assert [one.answer for one in shown.answers] == ["not_known", "explained"]
    assert unusual_waiting(rosa, now=now) == []
    kept = AuditEvent.objects.using("reader").filter(resource=str(line.id), outcome="allow")
    assert [one.detail for one in kept.order_by("recorded_at")] == [
        {"answer": "not_known"}, {"answer": "explained"},
    ]  # fmt: skip


@pytest.mark.parametrize("closed", ["seal", "conflict", "withheld"])
def test_a_family_that_is_closed_to_the_lead_is_on_no_line_and_in_no_number(
    world: World, closed: str
):
    remy = second_lead(world)
    for name in ("sam", "rosa"):
        look(world, name)
    unusual.list_now(world, "social_care")
    rosa, now = world.actors["rosa"], the_present()
    assert said(unusual.told(rosa)) == [("Sam Reed", "no_part")]
    line = unusual.told(rosa)[0].id

    if closed == "seal":
        world.actors["remy"] = remy
        restricted.seal(world, "priya", "remy")
    elif closed == "conflict":
        restricted.conflict(world, "rosa")
    else:
        restricted.withhold(world, "priya", person="rosa")

    assert unusual.told(rosa) == ()
    assert unusual_waiting(rosa, now=now) == []
    with pytest.raises(NotFoundHere):
        answer_unusual(rosa, line, answer="explained", reason="x", id=uuid4(), now=now)
    # Another lead of the agency, to whom it is open, sees it, and the first lead's own looks too.
    assert said(unusual.told(remy)) == [("Rosa Lind", "no_part"), ("Sam Reed", "no_part")]


def test_nobody_sees_or_answers_a_line_about_themselves(world: World):
    look(world, "rosa")
    unusual.list_now(world, "social_care")
    rosa, line = world.actors["rosa"], UnusualLook.objects.get()

    assert unusual.told(rosa) == ()
    with pytest.raises(NotFoundHere):
        answer_unusual(rosa, line.id, answer="explained", reason="x", id=uuid4(), now=the_present())
    with (
        pytest.raises(IntegrityError, match="unusual_look_is_answered_by_somebody_else"),
        past_the_wall(),
    ):
        UnusualLookAnswer.objects.create(
            id=uuid4(), look=line, practitioner_id=rosa.practitioner, answer="explained",
            reason="x", answered_by_id=rosa.practitioner, recorded_by_id=rosa.account,
        )  # fmt: skip


def test_the_families_of_a_night_are_counted_as_far_as_the_lead_may_know_them(
    world: World, monkeypatch
):
    figures = replace(
        make_unusual.unusual_figures(), night_begins=0, night_ends=-1, families_in_a_night=2,
        days_without_a_part=7,
    )  # fmt: skip
    monkeypatch.setattr(make_unusual, "unusual_figures", lambda: figures)
    others = [open_another_family(world, name) for name in ("a", "b")]
    for case in (world.case, *others):
        look(world, "sam", case)
    unusual.list_now(world, "social_care")
    rosa = world.actors["rosa"]

    (night,) = unusual.told(rosa)
    assert len(night.line.about) == 3
    restricted.seal(world, "priya", "grace")
    (night,) = unusual.told(rosa)
    assert len(night.line.about) == 2
    restricted.conflict(world, "rosa", "GT-a")
    assert unusual.told(rosa) == ()


def test_refusals_are_told_in_number_and_never_of_what(world: World):
    restricted.seal(world, "priya", "grace")
    for n in range(10):
        is_refused(world, "sam", world.case if n % 2 else uuid4())
    unusual.list_now(world, "social_care")

    (line,) = unusual.told(world.actors["rosa"])

    assert (str(line.line.kind), line.line.number) == ("refused", 10)
    assert (line.family, line.line.about) == (None, ())


def test_a_surname_is_told_of_people_the_lead_may_know(world: World):
    one = set_up.NewPractitioner(
        id=key("practitioner mo"), agency=world.agency("health_visiting"), name="Mo Okafor",
        role="Nurse", account=key("account mo"), email="mo@example.org",
    )  # fmt: skip
    set_up.set_up_agencies(world.actors["admin"], [], [one])
    world.actors["mo"] = Actor(key("account mo"), one.id, one.agency)
    look(world, "mo")
    unusual.list_now(world, "health_visiting")

    assert said(unusual.told(world.actors["ben"])) == [
        ("Mo Okafor", "no_part"), ("Mo Okafor", "surname"),
    ]  # fmt: skip


def test_a_surname_only_another_agency_knows_is_not_told(world: World):
    """The lead of health visiting may not know the man whom mental health brought."""
    case = key("case hidden man")
    people = (
        set_up.NewMember(key("x child"), "child", "Ada", "Bell", is_child=True),
        set_up.NewMember(
            key("x man"), "lodger", "Dean", "Boateng", brought_by=world.agency("mental_health")
        ),
    )  # fmt: skip
    team = (
        set_up.NewTeamMember(
            key("x ben"), key("practitioner ben"), "named_member",
            day_of(the_present()) - timedelta(days=30),
        ),
    )  # fmt: skip
    set_up.open_family(
        world.actors["admin"],
        set_up.NewFamily(case, "GT-X", "Bell", day_of(the_present()), "", people, team),
    )
    look(world, "ama", case)
    unusual.list_now(world, "health_visiting")
    assert {str(one.kind) for one in UnusualLook.objects.all()} == {"no_part", "surname"}

    assert said(unusual.told(world.actors["ben"])) == [("Ama Boateng", "no_part")]


def test_weeks_that_were_missed_are_listed_later_and_a_first_one_alone(world: World):
    now = the_present()
    number = len(agencies())

    assert list_and_tell(now=now, new_id=new_id) == number
    assert list_and_tell(now=now, new_id=new_id) == 0
    later = now + timedelta(days=21)
    assert list_and_tell(now=later, new_id=new_id) == 3 * number
    much_later = now + timedelta(days=210)
    made = list_and_tell(now=much_later, new_id=new_id)
    assert made == make_unusual.MOST_WEEKS * number
    assert all(one.begins.weekday() == 0 for one in UnusualWeek.objects.all())


def test_a_list_and_its_answers_are_never_changed(world: World):
    look(world, "sam")
    unusual.list_now(world, "social_care")
    for change in (
        lambda: UnusualLook.objects.update(number=9),
        lambda: UnusualWeek.objects.all().delete(),
        lambda: UnusualLookAnswer.objects.update(reason="y"),
    ):
        with pytest.raises(DatabaseError), past_the_wall():
            change()


def queries_of(world: World, agency: str) -> tuple[int, int]:
    with (
        CaptureQueriesContext(connections["default"]) as app,
        CaptureQueriesContext(connections["reader"]) as reader,
    ):
        unusual.list_now(world, agency)
    return len(app), len(reader)


def test_what_a_list_costs_follows_the_agencys_week_and_not_the_record(world: World):
    look(world, "sam")
    look(world, "ben")
    for n in range(3):
        case = open_another_family(world, f"f{n}")
        for who in ("sam", "priya"):
            look(world, who, case)
    few = queries_of(world, "health_visiting")
    many = queries_of(world, "social_care")

    assert few == many
    assert many[1] == 1  # the trail is asked once
    with connections["reader"].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM audit_auditevent WHERE agency = %s AND recorded_at >= now() "
            "- interval '7 days' AND recorded_at < now()",
            [world.agency("social_care")],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert "audit_by_agency" in plan


def test_a_postcode_and_a_showing_are_told_to_whom_the_address_may_be_known(world: World):
    """Health visiting was not told where Ruth is: its lead is not told that a colleague lives there."""
    for who in ("sam", "ama"):
        StaffDetail.objects.create(
            id=uuid4(), practitioner_id=key(f"practitioner {who}"), postcode="ZZ94QX",
            recorded_by_id=key("account admin"),
        )  # fmt: skip
    addresses.keep(world, people=frozenset({key("person father")}), acting_words="")
    reveal_address(
        world.actors["sam"], world.case, addresses.ADDRESS, "To visit.", now=the_present()
    )
    for who in ("sam", "ama"):
        look(world, who)
    for agency in ("social_care", "health_visiting"):
        unusual.list_now(world, agency)

    assert [kind for _, kind in said(unusual.told(world.actors["rosa"]))] == [
        "address", "no_part", "postcode",
    ]  # fmt: skip
    assert UnusualLook.objects.filter(kind="postcode").count() == 2
    assert unusual.told(world.actors["ben"]) == ()


def test_the_jobs_list_the_week_that_is_over_and_match_once(world: World):
    for _ in range(2):
        oversight.list_unusual(0)
        oversight.match_all(0)

    assert UnusualWeek.objects.count() == len(agencies())
    assert {one.begins for one in UnusualWeek.objects.all()} == {
        unusual.this_week() - timedelta(days=7)
    }
    assert {"audit.list_unusual", "staff.match_all", "staff.match"} <= set(app.tasks)


def governance(world: World) -> Actor:
    """Ivy, of information governance."""
    one = set_up.NewPractitioner(
        id=key("practitioner ivy"), agency=world.agency("gp"), name="Ivy Marsh",
        role="Caldicott Guardian", remit="information_governance", account=key("account ivy"),
        email="ivy@example.org",
    )  # fmt: skip
    set_up.set_up_agencies(world.actors["admin"], [], [one])
    return Actor(key("account ivy"), one.id, one.agency, "information_governance")


def test_what_a_lead_did_whom_nobody_there_can_ask_is_asked_by_information_governance(world: World):
    ivy, now = governance(world), the_present()
    look(world, "rosa")
    look(world, "sam")
    unusual.list_now(world, "social_care")
    unusual.list_now(world, "health_visiting")

    (line,) = unusual.told(ivy)
    assert (line.who.name, line.family.reference, line.may_open) == ("Rosa Lind", "GT-0001", False)
    assert [one.lines for one in unusual_waiting(ivy, now=now)] == [1]
    mine = unusual.told(world.actors["rosa"])
    with pytest.raises(NotFoundHere):
        answer_unusual(ivy, mine[0].id, answer="explained", reason="x", id=uuid4(), now=now)
    answer_unusual(ivy, line.id, answer="explained", reason="On duty.", id=uuid4(), now=now)
    assert unusual_waiting(ivy, now=now) == []

    second_lead(world)
    assert unusual.told(ivy) == (), "another lead of the agency asks"


def test_governance_is_told_of_no_family_that_is_closed_to_it(world: World):
    ivy = governance(world)
    look(world, "rosa")
    unusual.list_now(world, "social_care")
    restricted.seal(world, "priya", "grace")
    (line,) = unusual.told(ivy)
    assert line.family is None, "that it was opened, and not which it is"
    world.actors["ivy"] = ivy
    restricted.conflict(world, "ivy")
    assert unusual.told(ivy) == ()


def test_whoever_is_to_ask_is_told_that_a_list_waits_and_nothing_of_it(world: World):
    governance(world)
    mail.outbox.clear()
    look(world, "sam")
    look(world, "rosa")
    later = the_present() + timedelta(days=7)

    assert list_and_tell(now=later, new_id=new_id) > 0
    assert list_and_tell(now=later, new_id=new_id) == 0

    sent = {one.to[0]: f"{one.subject} {one.body}" for one in mail.outbox}
    assert set(sent) == {"rosa@example.org", "ivy@example.org"}
    assert len(mail.outbox) == 2, "once, however often it runs"
    for words in sent.values():
        assert not re.search(r"Reed|Lind|GT-|Okafor|unusual|access|family|[0-9]{2}", words)


def test_a_week_without_a_line_tells_nobody_and_one_about_oneself_tells_not_them(world: World):
    mail.outbox.clear()
    look(world, "rosa")
    later = the_present() + timedelta(days=7)
    list_and_tell(now=later, new_id=new_id)
    assert mail.outbox == [], "Rosa has no line to answer, and nobody governs here"
