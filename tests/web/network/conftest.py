"""The Okafor family with its network, and its practitioners signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from tests.families.network import record_network, record_police
from tests.families.world import World, build_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    """The family as four agencies know it; police are on the team."""
    return record_police(record_network(build_world(tom="named_member")))


@pytest.fixture
def network_of(world: World) -> Callable[..., str]:
    """The page as one practitioner sees it: `network_of("priya", at="2 March 2026")`."""

    def page(who: str, **query: object) -> str:
        named = {name.replace("_", "-"): value for name, value in query.items()}
        response = signed_in(world, who).get(address(world), named)
        assert response.status_code == 200
        return response.content.decode()

    return page


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
    return client


def address(world: World, name: str = "network", **more: object) -> str:
    return reverse(name, kwargs={"case": world.case, **more})
