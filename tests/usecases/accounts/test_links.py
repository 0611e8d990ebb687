"""A link to choose a password: once, for a time, and for nobody who left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from goldenthread.domain.access.step_up import StepUpNeeded
from goldenthread.records.accounts.models import PasswordLink
from goldenthread.records.shared.models import Account
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.accounts.links import (
    LinkNotGood,
    NobodyToInvite,
    choose_password,
    is_good,
    send_link,
)
from tests.families.world import NOW, key
from tests.usecases.accounts.looking_after import (
    JUST_NOW,
    LONG_AGO,
    NEVER,
    NURSE,
    events,
    join,
)


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


def test_a_form_sent_twice_sends_one_link_and_the_first_stays_good(jo, world):
    ida = join(jo)
    once, again = (
        send_link(jo, ida, id=key("again"), token=token, shown=JUST_NOW, now=NOW)
        for token in ("t2", "t3")
    )
    assert (once.hours > 0, again.hours) == (True, 0)
    assert (is_good("t2", now=NOW), is_good("t3", now=NOW)) == (True, False)


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
