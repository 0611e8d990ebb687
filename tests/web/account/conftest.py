"""The small world with passwords, and clients that sign in as a person does."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from tests.families.world import World, build_world

PASSWORD = "seven quiet herons wading"
WRONG = "not the password at all"


class Person:
    """One practitioner at a browser."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.email = account.email
        self.client = Client(raise_request_exception=False)

    def sign_in(self, password: str = PASSWORD, **fields: str):
        """Send the sign-in form."""
        return try_sign_in(self.client, self.email, password, **fields)


def try_sign_in(client: Client, email: str, password: str, **fields: str):
    """Send the sign-in form with any address."""
    return client.post(reverse("account_login"), {"login": email, "password": password, **fields})


def code_of(secret: str, step: int = 0) -> str:
    """The six digits an authenticator app shows (RFC 6238), worked out here independently."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def audited(action: str) -> list[AuditEvent]:
    """The audit rows of one action, oldest first."""
    rows = AuditEvent.objects.using("reader").filter(action=action)
    return list(rows.order_by("recorded_at"))


@pytest.fixture
def world(record: str) -> World:
    cache.clear()
    return build_world()


@pytest.fixture
def person(world: World) -> Callable[[str], Person]:
    """A practitioner with a password: `person("ama")`."""

    def with_password(who: str) -> Person:
        account = Account.objects.get(id=world.actors[who].account)
        account.set_password(PASSWORD)
        account.save()
        return Person(account)

    return with_password
