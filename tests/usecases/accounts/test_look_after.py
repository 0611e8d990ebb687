"""Joining, changing post, moving, leaving: allowed, refused, written down, asked twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.step_up import StepShown, StepUpNeeded
from goldenthread.records.access.models import TeamMember
from goldenthread.records.accounts.models import PasswordLink, PostChange
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.accounts.handing_on import handing_on
from goldenthread.usecases.accounts.links import (
    is_good,
    send_link,
)
from goldenthread.usecases.accounts.look_after import NotFoundHere, NotOnesOwn, PostTyped
from goldenthread.usecases.accounts.read_accounts import How, read_account, read_accounts
from tests.families.world import NOW, key
from tests.usecases.accounts.looking_after import (
    JUST_NOW,
    LASTS,
    LONG_AGO,
    NEVER,
    NURSE,
    events,
    join,
    left,
)

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
        lambda: PostChange.objects.using("default").update(post="Chief"),
        lambda: PostChange.objects.using("default").all().delete(),
        lambda: PasswordLink.objects.using("default").update(digest="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


# ---- moving and leaving --------------------------------------------------------------------


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
