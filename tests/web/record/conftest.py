"""A signed-in practitioner in a browserless client, and the small world around them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from tests.families.world import World, build_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def as_(world: World) -> Callable[[str], Client]:
    """Sign somebody in: `as_("ama")`."""

    def signed_in(who: str) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
        return client

    return signed_in


class Form:
    """The three screens of one draft, and what a person would send from each."""

    def __init__(self, client: Client, world: World, draft: UUID | None = None) -> None:
        self.client, self.world, self.draft = client, world, draft or uuid4()

    def address(self, screen: str) -> str:
        name = "add_saved" if screen == "saved" else "add_screen"
        more = {} if screen == "saved" else {"screen": screen}
        return reverse(name, kwargs={"case": self.world.case, "draft": self.draft, **more})

    def get(self, screen: str):
        return self.client.get(self.address(screen))

    def send(self, screen: str, **fields):
        return self.client.post(self.address(screen), {"screen": screen, **fields})

    def who(self, **change):
        fields = {"text": "Baby asleep in her cot.", "people": str(self.world.person("ada"))}
        return self.send("who", **{**fields, "kind": "visit", **change})

    def when(self, **change):
        return self.send("when", **{"when": "today", "how_known": "saw", **change})

    def told(self, **change):
        return self.send("told", **change)

    def save_draft(self, screen: str, **fields):
        address = reverse("save_draft", kwargs={"case": self.world.case, "draft": self.draft})
        return self.client.post(address, {"screen": screen, **fields})


@pytest.fixture
def form(as_, world: World) -> Form:
    """Ama, the health visitor, has opened "Add what I know"."""
    return Form(as_("ama"), world)
