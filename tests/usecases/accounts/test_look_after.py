"""Joining, changing post, moving, leaving: allowed, refused, written down, asked twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import override_settings

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.step_up import StepShown, StepUpNeeded
from goldenthread.records.access.models import TeamMember
from goldenthread.records.accounts.models import PasswordLink, PostChange
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.accounts.handing_on import WorkKind, handing_on
from goldenthread.usecases.accounts.links import (
    LinkNotGood,
    NobodyToInvite,
    choose_password,
    is_good,
    send_link,
)
from goldenthread.usecases.accounts.look_after import NotFoundHere, NotOnesOwn, PostTyped
from goldenthread.usecases.accounts.read_accounts import How, read_account, read_accounts
from tests.families.world import NOW, World, build_world, key

LASTS = timedelta(minutes=15)
NEVER = StepShown(None, LASTS)
JUST_NOW = StepShown(NOW - timedelta(minutes=1), LASTS)
LONG_AGO = StepShown(NOW - timedelta(minutes=16), LASTS)
NURSE = PostTyped("Ida Penrose", "Duty social worker", "01632 960111", "practitioner")
MAIL = override_settings(
    EMAIL_HOST="mail.example.org", SIGN_IN_ADDRESS="https://gt.example.org/account/login/"
)


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture(autouse=True)
def _mail():
    with MAIL:
        mail.outbox = []
        yield


@pytest.fixture
def jo(world: World) -> Actor:
    """The account administrator of children's social care."""
    return world.actors["admin"]


def join(jo: Actor, typed: PostTyped = NURSE, shown: StepShown = NEVER, **more) -> UUID:
    id = more.pop("id", key("form joiner"))
    sent = look_after.add_holder(
        jo, typed, more.pop("email", "ida@example.org"), id=id, token=more.pop("token", "t1"),
        shown=shown, now=NOW,
    )  # fmt: skip
    return sent.practitioner


def events(action: str, outcome: str = "allow") -> list[AuditEvent]:
    rows = AuditEvent.objects.using("reader").filter(action=action, outcome=outcome)
    return list(rows.order_by("recorded_at"))


# ---- joining -------------------------------------------------------------------------------


def test_a_joiner_has_an_account_without_a_password_and_a_mail_with_a_link(jo, world):
    ida = join(jo)
    account = Account.objects.get(practitioner=ida)
    assert (account.email, account.has_usable_password()) == ("ida@example.org", False)
    [sent] = mail.outbox
    assert sent.to == ["ida@example.org"]
    assert "https://gt.example.org/account/choose-password/t1/" in sent.body
    for word in ("Fenwick", "Ida", "Penrose", "Jo", "Field", "social"):
        assert word not in sent.subject + sent.body
    assert PostChange.objects.get(practitioner=ida).kind == "joined"
    assert [set(row.detail) for row in events("add_account_holder")] == [
        {"added", "remit"}, {"link", "sort"},
    ]  # fmt: skip


def test_adding_twice_with_one_form_adds_and_sends_once(jo):
    assert join(jo) == join(jo, token="t2")
    assert len(mail.outbox) == 1
    assert PasswordLink.objects.count() == 1


def test_only_a_digest_of_the_link_is_kept(jo):
    join(jo, token="the-secret-part")
    kept = [str(row) for row in PasswordLink.objects.values()]
    kept += [str(row) for row in AuditEvent.objects.using("reader").values()]
    assert not [row for row in kept if "the-secret-part" in row]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter their work email address."),
        ("no address", "like name@example.org"),
        ("a@b@example.org", "like name@example.org"),
        ("priya@example.org", "No account can be made with this address"),
        ("TOM@example.org", "No account can be made with this address"),
    ],
)
def test_an_address_that_cannot_stand_is_said_where_it_was_typed(jo, email, said):
    with pytest.raises(look_after.PostNotSet) as refused:
        join(jo, email=email)
    assert said in refused.value.problems["email"]
    assert not Practitioner.objects.filter(name="Ida Penrose").exists()


def test_what_is_missing_is_said_part_by_part(jo):
    with pytest.raises(look_after.PostNotSet) as refused:
        join(jo, PostTyped(" ", "", "9" * 41, "partnership_manager"))
    assert set(refused.value.problems) == {"name", "post", "phone", "remit"}


@pytest.mark.parametrize("remit", ["administrator", "agency_lead", "conference_chair"])
def test_a_remit_that_weighs_asks_for_the_second_step(jo, remit):
    weighty = PostTyped("Ida Penrose", "Manager", "", remit)
    for shown in (NEVER, LONG_AGO, StepShown(NOW + timedelta(minutes=5), LASTS)):
        with pytest.raises(StepUpNeeded):
            join(jo, weighty, shown)
    assert not Practitioner.objects.filter(name="Ida Penrose").exists()
    assert Practitioner.objects.get(id=join(jo, weighty, JUST_NOW)).remit == remit


# ---- whose accounts ------------------------------------------------------------------------


def test_an_administrator_sees_their_own_agency_and_no_other(jo, world):
    found = read_accounts(jo, now=NOW)
    assert {one.row.name for one in found.accounts} == {
        "Priya Nair", "Grace Obi", "Sam Reed", "Jo Field", "Mina Rao",
    }  # fmt: skip
    for other in (key("practitioner tom"), key("practitioner nobody")):
        with pytest.raises(NotFoundHere) as refused:
            read_account(jo, other, now=NOW)
        assert refused.value.reason == "There is no such account in your agency."
    assert [row.rule for row in events("list_accounts", "deny")] == [
        "accounts-of-another-agency"
    ] * 2


@pytest.mark.parametrize("who", ["priya", "grace", "mina", "tom"])
def test_nobody_else_looks_after_accounts(world, who):
    actor, sam = world.actors[who], key("practitioner sam")
    verbs = (
        lambda: read_accounts(actor, now=NOW),
        lambda: join(actor),
        lambda: look_after.change_post(
            actor, sam, NURSE, id=key("f"), based_on=0, shown=JUST_NOW, now=NOW
        ),
        lambda: look_after.end_post(
            actor, sam, "", None, id=key("f"), based_on=0, shown=JUST_NOW, now=NOW
        ),
        lambda: send_link(actor, sam, id=key("f"), token="t", shown=JUST_NOW, now=NOW),
    )
    for verb in verbs:
        with pytest.raises(NotFoundHere):
            verb()
    assert Practitioner.objects.get(id=sam).name == "Sam Reed"


def test_an_administrator_opens_no_family(jo, world):
    assert families_of(jo, now=NOW) == []


def test_nobody_changes_ends_or_invites_themselves(jo, world):
    more = {"id": key("f"), "based_on": 0, "shown": JUST_NOW, "now": NOW}
    for verb in (
        lambda: look_after.change_post(jo, jo.practitioner, NURSE, **more),
        lambda: look_after.move_post(jo, jo.practitioner, NURSE, "", None, **more),
        lambda: look_after.end_post(jo, jo.practitioner, "", None, **more),
        lambda: send_link(jo, jo.practitioner, id=key("f"), token="t", shown=JUST_NOW, now=NOW),
    ):
        with pytest.raises(NotOnesOwn):
            verb()
    assert {row.rule for row in events("change_post", "deny")} == {"never-ones-own-account"}
    assert Practitioner.objects.get(id=jo.practitioner).name == "Jo Field"


# ---- changing ------------------------------------------------------------------------------


def changed(jo: Actor, who: str, typed: PostTyped, **more) -> None:
    look_after.change_post(
        jo, key(f"practitioner {who}"), typed, id=more.pop("id", key(f"change {who}")),
        based_on=more.pop("based_on", 0), shown=more.pop("shown", NEVER), now=NOW,
    )  # fmt: skip


def test_a_change_holds_at_once_and_the_history_keeps_each(jo, world):
    changed(
        jo, "sam", PostTyped("Sam Reed", "Senior social worker", "01632 960222", "practitioner")
    )
    changed(
        jo, "sam", PostTyped("Sam Rowe", "Senior social worker", "01632 960222", "practitioner"),
        id=key("change again"), based_on=1,
    )  # fmt: skip
    found = read_account(jo, key("practitioner sam"), now=NOW)
    assert found.account.row.name == "Sam Rowe"
    assert [(row.number, row.name) for row in found.history] == [(1, "Sam Reed"), (2, "Sam Rowe")]
    assert [row.detail["changed"] for row in events("change_post")] == [["post", "phone"], ["name"]]


def test_a_form_sent_twice_changes_once_and_an_old_form_says_so(jo, world):
    new = PostTyped("Sam Reed", "Senior social worker", "", "practitioner")
    changed(jo, "sam", new)
    changed(jo, "sam", new)
    assert PostChange.objects.count() == 1
    with pytest.raises(look_after.ChangedMeanwhile):
        changed(jo, "sam", new, id=key("another form"))


def test_a_remit_that_opens_no_family_ends_memberships_and_what_they_gave(jo, world):
    assert families_of(world.actors["priya"], now=NOW)
    changed(
        jo, "priya", PostTyped("Priya Nair", "Administrator", "", "administrator"), shown=JUST_NOW
    )
    assert TeamMember.objects.get(practitioner=key("practitioner priya")).to_on == NOW.date()


def test_the_history_cannot_be_changed(jo, world):
    join(jo)
    for spoil in (
        lambda: PostChange.objects.update(post="Chief"),
        lambda: PostChange.objects.all().delete(),
        lambda: PasswordLink.objects.update(digest="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


# ---- moving and leaving --------------------------------------------------------------------


def left(jo: Actor, who: str, day: str = "", to: str | None = "sam", **more) -> look_after.Told:
    return look_after.end_post(
        jo, key(f"practitioner {who}"), day, key(f"practitioner {to}") if to else None,
        id=more.pop("id", key(f"leave {who}")), based_on=more.pop("based_on", 0),
        shown=more.pop("shown", JUST_NOW), now=NOW,
    )  # fmt: skip


def test_whoever_leaves_today_is_out_at_once_and_nothing_is_deleted(jo, world):
    left(jo, "priya")
    account = Account.objects.get(id=world.actors["priya"].account)
    assert not account.is_active
    assert not account.has_usable_password()
    member = TeamMember.objects.get(practitioner=key("practitioner priya"))
    assert (member.from_on, member.to_on) == (date(2025, 12, 1), NOW.date())
    one = read_account(jo, key("practitioner priya"), now=NOW).account
    assert (one.how, one.ends) == (How.LEFT, NOW.date())


def test_the_chair_is_told_with_no_word_of_what(jo, world):
    left(jo, "priya")
    told = {one.to[0]: one for one in mail.outbox}
    assert set(told) == {"grace@example.org", "sam@example.org"}
    for one in told.values():
        for word in ("Okafor", "GT-0001", "Priya", "Fenwick", "Ruth", "Ada"):
            assert word not in one.subject + one.body
        assert "next=/handing-on/" in one.body
    gone = handing_on(world.actors["grace"], now=NOW).gone
    assert [(one.row.name, one.family.reference) for one in gone] == [("Priya Nair", "GT-0001")]
    assert handing_on(world.actors["ama"], now=NOW).gone == (), "neither allocated nor chair"


def test_leaving_asks_for_the_second_step_and_who_hands_on(jo, world):
    with pytest.raises(StepUpNeeded):
        left(jo, "priya", shown=LONG_AGO)
    for wrong in (None, "tom", "admin", "priya", "mina"):
        with pytest.raises(look_after.PostNotSet) as refused:
            left(jo, "priya", to=wrong)
        assert set(refused.value.problems) == {"hand_to"}, wrong
    for day in ("1 June 2026", "March 2027", "some day", "1 December 2026"):
        with pytest.raises(look_after.PostNotSet) as refused:
            left(jo, "priya", day)
        assert set(refused.value.problems) == {"on"}, day
    assert Account.objects.get(id=world.actors["priya"].account).is_active


def test_a_day_to_come_ends_the_account_then_and_the_team_knows_now(jo, world):
    left(jo, "priya", "30 June 2026")
    assert Account.objects.get(id=world.actors["priya"].account).is_active
    assert TeamMember.objects.get(practitioner=key("practitioner priya")).to_on == date(2026, 6, 30)
    assert read_account(jo, key("practitioner priya"), now=NOW).account.how is How.LEAVING
    with pytest.raises(look_after.AlreadyEnded):
        left(jo, "priya", based_on=1, id=key("leave again"))


def test_a_mover_keeps_the_account_and_leaves_the_teams(jo, world):
    look_after.move_post(
        jo, key("practitioner priya"), PostTyped("Priya Nair", "Fostering worker", "", "practitioner"),
        "", key("practitioner sam"), id=key("move"), based_on=0, shown=NEVER, now=NOW,
    )  # fmt: skip
    assert Account.objects.get(id=world.actors["priya"].account).is_active
    assert TeamMember.objects.get(practitioner=key("practitioner priya")).to_on == NOW.date()
    assert Practitioner.objects.get(id=key("practitioner priya")).role == "Fostering worker"


def test_whoever_comes_back_has_a_link_and_no_team(jo, world):
    left(jo, "priya")
    mail.outbox.clear()
    look_after.bring_back(
        jo, key("practitioner priya"), id=key("back"), based_on=1, token="t9", shown=JUST_NOW,
        now=NOW,
    )  # fmt: skip
    assert [one.to for one in mail.outbox] == [["priya@example.org"]]
    assert is_good("t9", now=NOW)
    assert read_account(jo, key("practitioner priya"), now=NOW).account.how is How.INVITED
    assert TeamMember.objects.get(practitioner=key("practitioner priya")).to_on == NOW.date()


# ---- links ---------------------------------------------------------------------------------


def test_a_link_works_once(jo, world):
    ida = join(jo)
    account = choose_password("t1", "three quiet green kettles", id=key("u1"), now=NOW)
    assert Account.objects.get(id=account).practitioner_id == ida
    assert Account.objects.get(id=account).check_password("three quiet green kettles")
    with pytest.raises(LinkNotGood):
        choose_password("t1", "another long password here", id=key("u2"), now=NOW)
    assert Account.objects.get(id=account).check_password("three quiet green kettles")
    assert len(events("choose_password")) == 1


def test_a_link_is_over_after_its_time_and_after_a_later_one(jo, world):
    ida = join(jo)
    assert is_good("t1", now=NOW + timedelta(hours=71, minutes=59))
    assert not is_good("t1", now=NOW + timedelta(hours=72))
    assert not is_good("t2", now=NOW)
    assert not is_good("", now=NOW)
    send_link(jo, ida, id=key("again"), token="t2", shown=JUST_NOW, now=NOW)
    assert (is_good("t1", now=NOW), is_good("t2", now=NOW)) == (False, True)


def test_a_link_of_somebody_who_left_is_over(jo, world):
    ida = join(jo)
    look_after.end_post(
        jo, ida, "", key("practitioner sam"), id=key("l"), based_on=1, shown=JUST_NOW, now=NOW
    )
    assert not is_good("t1", now=NOW)
    with pytest.raises(NobodyToInvite):
        send_link(jo, ida, id=key("again"), token="t2", shown=JUST_NOW, now=NOW)


def test_a_link_to_somebody_with_a_password_asks_for_the_second_step(jo, world):
    with pytest.raises(StepUpNeeded):
        send_link(jo, key("practitioner sam"), id=key("l"), token="t", shown=LONG_AGO, now=NOW)
    assert PasswordLink.objects.count() == 0


def test_a_mail_that_cannot_be_sent_is_said_and_the_joiner_stays(jo, world):
    with override_settings(EMAIL_BACKEND="nowhere.at.all"):
        sent = look_after.add_holder(
            jo, NURSE, "ida@example.org", id=key("form joiner"), token="t1", shown=NEVER, now=NOW
        )
    assert not sent.mail_sent
    assert Account.objects.filter(email="ida@example.org").exists()


# ---- handing on ----------------------------------------------------------------------------


def take_on(world: World, who: str) -> None:
    from goldenthread.records.network.models import GapAnswer

    actor = world.actors[who]
    GapAnswer.objects.create(
        id=key(f"gap {who}"), case_id=world.case, gap="father:1", question="Who is the father?",
        outcome="taken_on", words="I will ask.", owner_id=actor.practitioner,
        due=date(2026, 6, 20), agency_id=actor.agency, answered_by_id=actor.account,
        recorded_at=datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def test_what_was_taken_on_is_listed_for_whoever_hands_it_on(jo, world):
    take_on(world, "priya")
    left(jo, "priya", to="grace")
    [one] = handing_on(world.actors["grace"], now=NOW).left
    assert (one.name, one.kind) == ("Priya Nair", "left")
    assert [(w.kind, w.words, w.due) for w in one.work] == [
        (WorkKind.FIND_OUT, "Who is the father?", date(2026, 6, 20))
    ]
    assert handing_on(world.actors["sam"], now=NOW).left == ()


def test_whoever_may_open_none_of_the_families_is_listed_nothing(jo, world):
    """With Priya and Grace gone from the team nobody of the agency may open the family."""
    take_on(world, "priya")
    TeamMember.objects.filter(practitioner=key("practitioner grace")).update(to_on=date(2026, 6, 1))
    left(jo, "priya", to="sam")
    [one] = handing_on(world.actors["sam"], now=NOW).left
    assert one.work == ()


def test_what_a_chair_had_taken_on_is_not_for_somebody_who_does_not_chair(jo, world):
    take_on(world, "grace")
    left(jo, "grace", to="sam")
    [one] = handing_on(world.actors["sam"], now=NOW).left
    assert one.work == ()
