"""The world of a pack, and its practitioners signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goldenthread.records.shared.models import Account
from tests.families.packs import build
from tests.families.world import World
from tests.web.case.conftest import BACKEND, page

__all__ = ["page"]


@pytest.fixture
def world(record: str) -> World:
    return build()


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    def client_of(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
        return client

    return client_of
