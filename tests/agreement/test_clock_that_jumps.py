"""A clock that jumps: nothing fails, nothing lasts longer for it, and nothing is lost by it.

The clock of the service alone jumps, as on a machine that was asleep or was told a wrong time; the
database's goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.access.rates import Counted, Rate
from goldenthread.domain.access.step_up import (
    SensitiveAct,
    StepShown,
    StepUpNeeded,
    require_step_up,
)
from goldenthread.records.access.reading import ties_to
from goldenthread.records.chronology.models import Draft
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account
from goldenthread.usecases.accounts import rates
from goldenthread.web.kit import clock
from tests.agreement.surface_addresses import looks
from tests.families import glass
from tests.families.world import NOW, World, build_world, key
from tests.looking import past_the_wall

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JUMPS = [timedelta(days=40), timedelta(days=-40), timedelta(hours=3), timedelta(hours=-3)]


@pytest.fixture
def jump(monkeypatch) -> Callable[[timedelta], None]:
    """Set the service's clock so far from the true one."""
    by = timedelta(0)

    class Wrong(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + by

    def jumps(so_far: timedelta) -> None:
        nonlocal by
        by = so_far

    monkeypatch.setattr(clock, "datetime", Wrong)
    return jumps


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def at_work(who: str = "priya") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    assert client.get("/").status_code == 200
    return client


@pytest.mark.parametrize("so_far", JUMPS)
def test_no_page_fails_and_all_are_there_when_it_is_put_right(world, jump, so_far):
    jump(so_far)
    client = at_work()
    wrong = {
        address: client.get(address).status_code for _, address in looks(world.case, fully=False)
    }
    jump(timedelta(0))
    client = at_work()
    right = {
        address: client.get(address).status_code for _, address in looks(world.case, fully=False)
    }

    assert {address: status for address, status in wrong.items() if status >= 500} == {}
    assert {address: status for address, status in right.items() if status >= 500} == {}
    assert right[reverse("history", kwargs={"case": world.case})] == 200


@pytest.mark.parametrize("so_far", [timedelta(days=40), timedelta(hours=13), timedelta(minutes=31)])
def test_a_session_ends_when_it_jumps_ahead_and_when_it_is_put_back(world, jump, so_far):
    client = at_work()
    jump(so_far)
    assert client.get("/").status_code == 302
    client = at_work()
    jump(timedelta(0))
    assert client.get("/").status_code == 302, "it was last seen ahead of the clock"
    assert at_work().get("/").status_code == 200


def test_nobody_waits_for_as_long_as_a_clock_was_wrong(world, jump, monkeypatch):
    monkeypatch.setattr(
        rates, "rates", lambda: dict.fromkeys(Counted, Rate(3, None, timedelta(minutes=10)))
    )
    jump(timedelta(days=40))
    client = at_work()
    statuses = [client.post(reverse("search"), {"words": "x"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    jump(timedelta(0))
    assert at_work().post(reverse("search"), {"words": "x"}).status_code == 200


def test_a_second_step_that_was_shown_ahead_of_the_clock_does_not_count():
    ahead = StepShown(NOW + timedelta(hours=1), timedelta(minutes=15))

    with pytest.raises(StepUpNeeded):
        require_step_up(next(iter(SensitiveAct)), ahead, now=NOW)


def test_a_glass_that_was_broken_ahead_of_the_clock_is_not_open(world):
    glass.add_posts(world)
    glass.broke(world, "dora", now=NOW + timedelta(days=2))
    dora = world.actors["dora"]

    def is_open(at: datetime) -> bool:
        with past_the_wall():
            return ties_to(world.case, dora, now=at).glass is not None

    assert is_open(NOW + timedelta(days=2, minutes=1))
    assert not is_open(NOW + timedelta(days=1, hours=23))
    assert not is_open(NOW)
    assert not is_open(NOW + timedelta(days=3))


@pytest.mark.parametrize("so_far", JUMPS)
def test_what_somebody_records_is_kept_or_waits_as_a_draft(world, jump, so_far):
    jump(so_far)
    client = at_work()
    address = reverse(
        "add_screen", kwargs={"case": world.case, "draft": key("draft"), "screen": "who"}
    )
    typed = {
        "screen": "who", "text": "Ada was at nursery.", "people": str(key("person ada")),
        "how_known": "saw",
    }  # fmt: skip

    answer = client.post(address, typed)

    assert answer.status_code < 500
    with past_the_wall():
        kept = str(list(Draft.objects.values_list("fields", flat=True)))
        recorded = Statement.objects.filter(text="Ada was at nursery.").exists()
    assert recorded or "Ada was at nursery." in kept
