"""Confirming every four months: due, warned, stopped, and going on; each once, none silently."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import override_settings

from goldenthread.domain.access.confirmation import Confirmed, Standing, standing_of
from goldenthread.records.accounts.models import Confirmation, ConfirmationNotice
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.usecases.accounts.confirming import (
    AnotherConfirms,
    Counted,
    NotFoundHere,
    confirm_posts,
    count_confirmations,
    warning_of,
)
from goldenthread.usecases.accounts.figures import account_figures
from goldenthread.usecases.accounts.read_accounts import How, read_accounts
from tests.families.world import NOW, World, build_world, key

FIGURES = account_figures()
DUE = NOW + timedelta(days=FIGURES.confirm_every)
WARNED = DUE + timedelta(days=1)
STOPPED = WARNED + timedelta(days=FIGURES.stopped_after_warning)
EVERYBODY = 8


@pytest.fixture
def world(record: str) -> World:
    """The partnership on the night when counting began."""
    built = build_world()
    with override_settings(EMAIL_HOST="mail.example.org"):
        count(NOW)
        mail.outbox = []
        yield built


def count(at: datetime) -> Counted:
    return count_confirmations(now=at, new_id=uuid4)


def confirmed(world: World, *who: str, at: datetime, by: str = "admin") -> list[str]:
    people = [key(f"practitioner {one}") for one in who]
    return confirm_posts(world.actors[by], people, id=uuid4(), now=at)


def active(who: str) -> bool:
    return Account.objects.get(email=f"{who}@example.org").is_active


def sent(subject: str) -> set[str]:
    return {one.to[0] for one in mail.outbox if one.subject == subject}


def test_an_account_set_up_before_counts_from_the_first_night(world):
    assert ConfirmationNotice.objects.filter(kind="begun").count() == EVERYBODY
    assert count(NOW) == count(NOW + timedelta(days=60)) == Counted(0, 0, 0, 0, 0)
    assert mail.outbox == []


def test_three_weeks_before_administrators_are_told_once_and_the_list_says_who(world):
    at = DUE - timedelta(days=FIGURES.listed_before)
    assert read_accounts(world.actors["admin"], now=at - timedelta(days=1)).to_confirm == []
    assert count(at).reminded == EVERYBODY
    assert count(at).reminded == count(at + timedelta(days=1)).reminded == 0
    assert sent("There are accounts to confirm") == {"admin@example.org"}
    due = read_accounts(world.actors["admin"], now=at).to_confirm
    assert {one.row.email for one in due} == {
        f"{one}@example.org" for one in ("priya", "sam", "grace", "admin", "mina")
    }
    for word in ("Priya", "Fenwick", "Okafor"):
        assert all(word not in one.body + one.subject for one in mail.outbox)


def test_nobody_is_stopped_who_was_not_warned(world):
    """Even where no night was counted for a year."""
    late = STOPPED + timedelta(days=365)
    assert count(late).stopped == 0
    assert active("sam")
    assert (
        warning_of(world.actors["sam"].account, now=late).isoformat()
        == (late + timedelta(days=FIGURES.stopped_after_warning)).date().isoformat()
    )


def test_warned_then_stopped_then_going_on_where_somebody_confirms(world):
    assert count(DUE).warned == 0
    assert count(WARNED).warned == EVERYBODY
    assert "sam@example.org" in sent("Your account was not confirmed")
    assert count(STOPPED - timedelta(days=1)) == Counted(0, 0, 0, 0, 0)
    confirmed(world, "admin", at=STOPPED - timedelta(days=1))
    assert count(STOPPED).stopped == EVERYBODY - 1
    assert count(STOPPED).stopped == 0
    assert not active("sam")
    assert "sam@example.org" in sent("Your account is stopped")
    found = read_accounts(world.actors["admin"], now=STOPPED)
    assert next(one for one in found.accounts if one.row.email == "sam@example.org").how is (
        How.STOPPED
    )
    assert confirmed(world, "sam", at=STOPPED) == ["Sam Reed"]
    assert active("sam")
    assert count(STOPPED).stopped == 0
    row = AuditEvent.objects.using("reader").filter(action="stop_account").first()
    assert (row.rule, row.account.int) == ("confirmations-are-counted", 0)


def test_confirming_holds_the_post_of_that_day_and_is_done_once(world):
    at = DUE - timedelta(days=5)
    confirmed(world, "sam", "priya", at=at)
    confirmed(world, "sam", at=at)
    assert Confirmation.objects.count() == 2
    row = Confirmation.objects.get(practitioner=key("practitioner sam"))
    assert (row.post, row.remit, row.on) == ("Duty social worker", "practitioner", at.date())
    assert count(WARNED).warned == EVERYBODY - 2


def test_whoever_moved_is_confirmed_in_the_new_post(world):
    Practitioner.objects.filter(id=key("practitioner sam")).update(role="Senior")
    confirmed(world, "sam", at=DUE)
    assert Confirmation.objects.get().post == "Senior"


@pytest.mark.parametrize("by", ["priya", "tom", "mina"])
def test_only_an_administrator_confirms(world, by):
    with pytest.raises(NotFoundHere):
        confirmed(world, "sam", at=DUE, by=by)


def test_nobody_of_another_agency_is_confirmed_and_nothing_else_is_either(world):
    with pytest.raises(NotFoundHere):
        confirmed(world, "sam", "tom", at=DUE)
    assert Confirmation.objects.count() == 0


def test_ones_own_account_is_confirmed_by_another_where_there_is_one(world):
    assert confirmed(world, "admin", at=DUE) == ["Jo Field"], "the only administrator"
    Practitioner.objects.filter(id=key("practitioner sam")).update(remit="administrator")
    with pytest.raises(AnotherConfirms):
        confirmed(world, "admin", at=DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "warned", "stopped", "said"),
    [
        (0, None, False, Standing.CONFIRMED),
        (FIGURES.confirm_every - FIGURES.listed_before - 1, None, False, Standing.CONFIRMED),
        (FIGURES.confirm_every - FIGURES.listed_before, None, False, Standing.DUE),
        (FIGURES.confirm_every + 3, 1, False, Standing.WARNED),
        (FIGURES.confirm_every + 30, 1, True, Standing.STOPPED),
    ],
)
def test_how_an_account_stands(days, warned, stopped, said):
    today = NOW.date()
    last = today - timedelta(days=days)
    on = None if warned is None else today - timedelta(days=warned)
    assert standing_of(Confirmed(last, on, stopped), FIGURES, today=today) is said
