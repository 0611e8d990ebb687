"""The small world with what builds up and what holds, on days counted back from today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.kit import clock
from tests.families.world import World, build_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = {"social_care": "priya", "health_visiting": "ama", "mental_health": "lund"}


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def add(world: World) -> Callable[..., UUID]:
    """Record one entry of so many days ago as its agency's practitioner; gives its id."""

    def adds(agency: str, text: str, days: int | None, **more) -> UUID:
        happened = "" if days is None else ago(days).isoformat()
        entry = world.entry(agency, text, happened, **more)
        record_entry(world.actors[WHO[agency]], world.case, entry, now=clock.now())
        return entry.id

    return adds


@pytest.fixture
def building(add) -> list[UUID]:
    """Three appointments missed while social care is involved: the chair is asked about them."""
    add(
        "social_care",
        "Referral from the midwife about the baby.",
        60,
        kind="referral",
        concerns=("neglect",),
    )
    return [
        add("health_visiting", f"Ada was not brought, number {number}.", days,
            kind="missed_appointment", concerns=("neglect", "non_engagement"), how_known="record")
        for number, days in enumerate((34, 22, 10), start=1)
    ]  # fmt: skip


QUESTION = "not_brought_and_no_access"


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
    return client


def at(world: World, name: str = "picture", **more: object) -> str:
    return reverse(name, kwargs={"case": world.case, **more})


@pytest.fixture
def picture_of(world: World) -> Callable[..., str]:
    """The page as one practitioner sees it: `picture_of("ama", lane="neglect")`."""

    def page(who: str, **query: object) -> str:
        named = {name.rstrip("_").replace("_", "-"): value for name, value in query.items()}
        response = signed_in(world, who).get(at(world), named)
        assert response.status_code == 200
        return response.content.decode()

    return page
