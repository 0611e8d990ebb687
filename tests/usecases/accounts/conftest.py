"""The small world, its account administrator, and a mail server that keeps what it is given."""

from __future__ import annotations

import pytest
from django.core import mail

from goldenthread.domain.access.decision import Actor
from tests.families.world import World, build_world
from tests.usecases.accounts.looking_after import MAIL


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
