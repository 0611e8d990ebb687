"""The small world with a signed decision, and browsers signed in as its people."""

from __future__ import annotations

import pytest
from django.test import Client

from goldenthread.records.shared.models import Account
from tests.families.world import World, key
from tests.usecases.decisions.deciding import deciding_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


@pytest.fixture
def client_of(world):
    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
        return client

    return signed_in
