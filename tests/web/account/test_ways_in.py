"""By which ways somebody comes in, and that there is no other: no account of the maker's, no address
that opens without signing in, no session but what the service began itself.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse

from goldenthread.records.shared.models import Account
from tests.agreement.surface_addresses import named_addresses
from tests.scan.offers import PART, routes
from tests.web.account.conftest import PASSWORD, try_sign_in

# What is answered to whoever has not signed in, and why.
OPEN = {
    "account_login": "where one signs in",
    "account_logout": "signs out whoever is signed in; of nobody, it leads on",
    "account_signup": "says that nobody makes an account of their own",
    "account_reset_password": "says whom to ask for a new password",
    "account_inactive": "says that an account is closed",
    "account_password_link": "takes the secret of a link out of the address",
    "account_choose_password": "for whoever has such a link, once",
    "signed_out": "says that one has signed out",
    "accessibility": "the statement on accessibility",
    "mfa_authenticate": "the second step of signing in; without a first, back to it",
    "mfa_login_webauthn": "the challenge for a passkey, which is first and second step in one",
    "openid_connect_login": "leads to an agency's provider, where there is one",
    "openid_connect_callback": "comes back from it, with a second step here to follow",
    "session_left": "how much of a session is left; of none, that it is over",
}
MADE_UP = {"uuid": uuid4(), "int": 1}


def test_an_installation_begins_without_an_account(record):
    assert Account.objects.count() == 0
    for name in ("admin", "root", "sa", "test", "demo"):
        for address, password in ((name, name), (f"{name}@localhost", "password")):
            assert try_sign_in(Client(), address, password).status_code != 302
    assert Account.objects.count() == 0


def test_an_account_that_was_added_opens_by_no_password_until_its_holder_chose_one(world):
    assert Account.objects.exists()
    assert [one.email for one in Account.objects.all() if one.has_usable_password()] == []


def test_no_other_address_is_answered_to_whoever_has_not_signed_in(record):
    login = reverse("account_login")
    opened = set()
    for name, route in routes():
        address = "/" + PART.sub(lambda part: str(MADE_UP.get(part[1], "x")), route)
        for answer in (Client().get(address), Client().post(address, {})):
            to_sign_in = answer.status_code == 302 and answer.url.startswith(login)
            if not to_sign_in and answer.status_code != 405:
                opened.add(name)
    assert opened <= OPEN.keys()
    assert OPEN.keys() <= named_addresses().keys()


@pytest.mark.parametrize("made", ["of letters", "signed with the key", "of somebody who is gone"])
def test_a_session_is_what_the_service_keeps_and_nothing_that_was_brought(person, made):
    ama = person("ama")
    ama.sign_in()
    kept = ama.client.session
    if made == "of letters":
        forged = "a" * len(kept.session_key)
    elif made == "signed with the key":
        forged = signing.dumps(
            dict(kept.items()), salt="django.contrib.sessions.backends.signed_cookies"
        )
    else:
        forged = kept.session_key
        Session.objects.all().delete()
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = forged
    assert stranger.get("/").status_code == 302
    assert try_sign_in(Client(), ama.email, PASSWORD).status_code == 302
