"""A passkey from first to last in a real browser: added, signed in with, refused in plain words.

Chromium's own virtual authenticator stands in for a phone's finger or a security key. A passkey
belongs to a name and never to a number, so the service is opened as localhost here.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from goldenthread.records.audit.models import AuditEvent
from tests.journeys.accessible import broken_rules
from tests.journeys.conftest import Desk, Service, signs_in
from tests.journeys.story import PEOPLE

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """The authenticator of one browser window."""

    def __init__(self, desk: Desk) -> None:
        self._asks = desk.page.context.new_cdp_session(desk.page)
        self._asks.send("WebAuthn.enable")
        made = self._asks.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self._id = made["authenticatorId"]

    def knows_its_owner(self, does: bool) -> None:
        """Whether the finger that touches it from now on is its owner's."""
        self._asks.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": does}
        )

    @property
    def passkeys(self) -> list[dict]:
        """What it holds."""
        held = self._asks.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return held["credentials"]


@pytest.fixture
def by_name(opens: Callable[..., Desk]) -> Callable[..., Desk]:
    """A window on the service under a name, as passkeys need it."""

    def window(size: str = "desk") -> Desk:
        desk = opens(size)
        port = desk.service.address.rsplit(":", 1)[1]
        desk.service = Service(f"http://localhost:{port}")
        return desk

    return window


def adds_a_passkey(desk: Desk) -> None:
    desk.goes_to(reverse("account"))
    desk.follows("Add a passkey")
    desk.presses("Add a passkey")  # on the list of passkeys, which is empty
    desk.page.get_by_label("What to call it").fill("Work phone")
    desk.page.get_by_label("Sign in with it alone").check()
    desk.is_pictured("passkey-add")
    assert broken_rules(desk.page) == {}
    desk.presses("Add a passkey")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_passkey_is_added_and_opens_the_record_without_a_password(by_name, size):
    who = {"desk": "hv_2", "phone": "ds_hockley"}[size]
    desk = by_name(size)
    device = Device(desk)
    signs_in(desk, who)
    adds_a_passkey(desk)
    assert len(device.passkeys) == 1
    assert device.passkeys[0]["rpId"] == "localhost"
    desk.goes_to(reverse("mfa_list_webauthn"))
    assert "Work phone" in desk.text
    desk.is_pictured("passkeys")
    assert broken_rules(desk.page) == {}

    desk.presses("Sign out")
    desk.goes_to("/")
    assert reverse("account_login") in desk.path
    desk.presses("Sign in with a passkey")

    assert desk.path == "/"
    assert "My families" in desk.text
    assert PEOPLE[who]["name"] in desk.page.content()
    signed = AuditEvent.objects.using("reader").filter(action="sign_in").latest("recorded_at")
    assert signed.detail == {"methods": ["webauthn"]}


def test_a_passkey_in_a_strangers_hand_opens_nothing_and_says_so(by_name):
    desk = by_name()
    device = Device(desk)
    signs_in(desk, "gp_doctor_1")
    adds_a_passkey(desk)
    assert len(device.passkeys) == 1
    desk.presses("Sign out")
    device.knows_its_owner(False)

    desk.goes_to(reverse("account_login"))
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    trouble = desk.page.locator("[data-passkey-trouble]")
    trouble.wait_for()

    assert trouble.inner_text().strip()
    desk.is_pictured("passkey-refused")
    assert broken_rules(desk.page) == {}
    assert desk.goes_to("/").url.startswith(f"{desk.service.address}{reverse('account_login')}")
