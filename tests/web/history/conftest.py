"""The small world with a dozen entries of every sort, and its practitioners signed in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def history_of(world: World) -> Callable[..., str]:
    """The History page as one practitioner sees it: `history_of("ama", form="lanes")`."""

    def page(who: str, **query: object) -> str:
        response = signed_in(world, who).get(address(world), query)
        assert response.status_code == 200
        return response.content.decode()

    return page


@pytest.fixture
def add(world: World) -> Callable[..., UUID]:
    """Record one entry as its agency's practitioner; gives its id."""
    who = {"social_care": "priya", "health_visiting": "ama", "mental_health": "lund"}

    def adds(agency: str, text: str, happened: str = "2026-03-14", **more) -> UUID:
        entry = world.entry(agency, text, happened, **more)
        record_entry(world.actors[who[agency]], world.case, entry, now=NOW)
        return entry.id

    return adds


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
    return client


def address(world: World) -> str:
    return reverse("history", kwargs={"case": world.case})
