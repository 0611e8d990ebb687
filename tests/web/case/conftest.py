"""The small world, its practitioners signed in, and a way to put entries in its record."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SPEAKS_FOR = {"social_care": "priya", "health_visiting": "ama", "mental_health": "lund"}


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def add(world: World) -> Callable[..., UUID]:
    """Record one entry as its agency's practitioner; gives its id."""

    def adds(agency: str, text: str, happened: str = "2026-03-14", **more) -> UUID:
        entry = world.entry(agency, text, happened, **more)
        record_entry(world.actors[SPEAKS_FOR[agency]], world.case, entry, now=NOW)
        return entry.id

    return adds


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """A browser with one practitioner signed in."""

    def client_of(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
        return client

    return client_of


@pytest.fixture
def page(world: World, signed_in: Callable[[str], Client]) -> Callable[..., str]:
    """One page as one practitioner sees it: `page("ama", "entry", statement=id)`."""

    def shows(who: str, name: str, **where: object) -> str:
        response = signed_in(who).get(address(world, name, **where))
        assert response.status_code == 200
        return words(response)

    return shows


def address(world: World, name: str, **where: object) -> str:
    return reverse(
        name, kwargs={} if name in ("families", "search") else {"case": world.case, **where}
    )


def words(response: HttpResponse) -> str:
    return response.content.decode()
