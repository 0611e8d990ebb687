"""Signing in through an agency's own provider: real ones on loopback, which can be told to lie."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.config.identity import (
    ProvidersNotUnderstood,
    app_of,
    origins,
    provider_apps,
    provider_id,
)
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.web.account import idle
from goldenthread.web.kit import clock
from tests.families.world import build_world, key
from tests.web.account.conftest import audited
from tests.web.identity.provider_site import CLIENT, SECRET

PROGRAM = Path(__file__).with_name("provider_site.py")
BACK = "http://testserver/account/agency/{id}/back/"


@dataclass
class Provider:
    """One agency's provider, running."""

    issuer: str
    folder: Path

    @property
    def id(self) -> str:
        return provider_id(self.issuer)

    def lie(self, **told: object) -> None:
        """Say this in the next identity tokens."""
        (self.folder / "lies.json").write_text(json.dumps(told))


def started(folder: Path) -> Iterator[Provider]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    back = BACK.format(id=provider_id(issuer))
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(port), str(folder), back], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout.readline() == b"ready\n"
        yield Provider(issuer, folder)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="module")
def of_health(tmp_path_factory):
    """Health visiting's provider."""
    yield from started(tmp_path_factory.mktemp("health"))


@pytest.fixture(scope="module")
def of_police(tmp_path_factory):
    """The police's provider."""
    yield from started(tmp_path_factory.mktemp("police"))


@pytest.fixture(autouse=True)
def world(record, of_health, of_police):
    cache.clear()
    for one in (of_health, of_police):
        one.lie()
    apps = [
        app_of("Fenwick Health", of_health.issuer, key("agency health_visiting"), CLIENT, SECRET),
        app_of("Fenwick Police", of_police.issuer, key("agency police"), CLIENT, SECRET),
    ]
    told = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
    with override_settings(SOCIALACCOUNT_PROVIDERS=told):
        yield build_world()


def gone_to(client: Client, provider: Provider, **sent: str) -> str:
    """Where our form leads."""
    at = reverse("openid_connect_login", kwargs={"provider_id": provider.id})
    return client.post(at, sent).url


def let_in(provider: Provider, who: str, where: str) -> str:
    """What the provider's browser is sent back to, once somebody is signed in there."""
    with requests.Session() as browser:
        browser.get(f"{provider.issuer}/let-in/", params={"who": who}, timeout=10)
        answer = browser.get(where, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(client: Client, provider: Provider, who: str):
    return client.get(let_in(provider, who, gone_to(client, provider)))


def is_in(client: Client, who: str) -> bool:
    return client.session.get("_auth_user_id") == str(key(f"account {who}"))


def refused(answer, client: Client) -> bool:
    return (
        answer.status_code == 403
        and "You are not signed in" in answer.content.decode()
        and "_auth_user_id" not in client.session
    )


# ---- as it should be -----------------------------------------------------------------------


def test_a_verified_address_of_an_account_that_is_there_signs_in_and_is_bound(of_health):
    client = Client()
    assert sign_in(client, of_health, "ama").url == "/"
    assert is_in(client, "ama")
    [bound] = SocialAccount.objects.all()
    assert (bound.user_id, bound.provider) == (key("account ama"), of_health.id)
    assert set(bound.extra_data) == {"iss", "sub"}, "nothing else of an identity is kept"
    assert SocialToken.objects.count() == 0
    assert [row.rule for row in audited("bind_identity")] == ["identity-bound"]
    assert audited("sign_in")[-1].detail == {"methods": ["socialaccount"]}


def test_from_then_on_the_subject_counts_and_no_address(of_health):
    sign_in(Client(), of_health, "ama")
    Account.objects.filter(id=key("account ama")).update(email="ama.boateng@example.org")
    of_health.lie(email="tom@example.org", email_verified=False)
    client = Client()
    sign_in(client, of_health, "ama")
    assert is_in(client, "ama")


def test_what_is_sent_there_asks_for_little_and_proves_this_attempt(of_health):
    client = Client()
    at = reverse("openid_connect_login", kwargs={"provider_id": of_health.id})
    more = "?scope=phone&auth_params=nonce%3Dmine&process=connect"
    asked = parse_qs(urlsplit(client.post(at + more).url).query)
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) == 64 and asked["nonce"] != ["mine"]
    assert asked["max_age"] == [str(12 * 3_600)], (
        "who it is was shown there within our twelve hours"
    )
    assert client.get(at).status_code == 405, "only a form of ours begins it"


@override_settings(REQUIRE_SECOND_STEP=True)
def test_the_second_step_is_asked_for_here_whatever_the_token_says_of_there(of_health):
    of_health.lie(acr="urn:very-strong", amr=["hwk", "mfa"], auth_time=int(time()) - 60)
    client = Client()
    sign_in(client, of_health, "ama")
    assert is_in(client, "ama")
    assert client.get("/").url == reverse("mfa_index")


def test_a_session_that_is_over_here_goes_through_the_provider_again(of_health, monkeypatch):
    client = Client()
    sign_in(client, of_health, "ama")
    client.get("/")
    monkeypatch.setattr(idle, "now", lambda: clock.now() + timedelta(hours=12, minutes=1))
    assert client.get("/").url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session
    monkeypatch.undo()
    of_health.lie(auth_time=int(time()) - 13 * 3_600)
    assert refused(sign_in(client, of_health, "ama"), client), "an old sign-in there is not enough"


def test_the_sign_in_page_offers_the_agencies(of_health):
    page = Client().get(reverse("account_login")).content.decode()
    assert "Sign in through your agency" in page and "Fenwick Health" in page


# ---- whom it never lets in -----------------------------------------------------------------


def test_nobody_signs_up(of_health):
    client = Client()
    assert refused(sign_in(client, of_health, "nobody"), client)
    assert SocialAccount.objects.count() == 0
    assert audited("sign_in")[-1].rule == "identity-without-an-account"


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_was_not_verified_binds_nothing(of_health, verified):
    of_health.lie(email_verified=verified)
    client = Client()
    assert refused(sign_in(client, of_health, "ama"), client)
    assert SocialAccount.objects.count() == 0


def test_an_account_of_another_agency_is_not_opened(of_health):
    client = Client()
    assert refused(sign_in(client, of_health, "tom"), client)
    assert SocialAccount.objects.count() == 0


def test_a_second_subject_does_not_take_over_an_account(of_health):
    sign_in(Client(), of_health, "ama")
    of_health.lie(email="ama@example.org")
    client = Client()
    assert refused(sign_in(client, of_health, "nobody"), client)
    assert SocialAccount.objects.count() == 1


def test_whoever_left_or_went_to_another_agency_is_let_in_no_longer(of_health):
    sign_in(Client(), of_health, "ama")
    Practitioner.objects.filter(id=key("practitioner ama")).update(agency=key("agency police"))
    client = Client()
    assert refused(sign_in(client, of_health, "ama"), client)
    Practitioner.objects.filter(id=key("practitioner ama")).update(
        agency=key("agency health_visiting")
    )
    Account.objects.filter(id=key("account ama")).update(is_active=False)
    assert refused(sign_in(client, of_health, "ama"), client)


# ---- tokens that are not good --------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-client"},
        {"aud": [CLIENT], "azp": "another-client"},
        {"exp": int(time()) - 60},
        {"exp": None},
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"sub": None},
        {"iat": int(time()) + 3_600},
        {"auth_time": int(time()) - 13 * 3_600},
        {"auth_time": "just now"},
    ],
    # Not the values: some are of the moment, and each process collects the tests for itself.
    ids=lambda told: " ".join(f"{part} {type(value).__name__}" for part, value in told.items()),
)
def test_a_claim_that_is_not_right_lets_nobody_in(of_health, told):
    sign_in(Client(), of_health, "ama")
    of_health.lie(**told)
    client = Client()
    assert refused(sign_in(client, of_health, "ama"), client)
    assert audited("sign_in")[-1].rule == "identity-not-proved"


def test_another_agencys_token_is_not_taken_though_it_is_good_there(of_health, of_police):
    """The police's own token, signed with their key, for this client and this attempt's nonce."""
    sign_in(Client(), of_health, "ama")
    client = Client()
    where = gone_to(client, of_health)
    nonce = parse_qs(urlsplit(where).query)["nonce"][0]
    of_police.lie(iss=of_health.issuer, nonce=nonce, sub=SocialAccount.objects.get().uid)
    of_health.lie(id_token=token_of(of_police))
    assert refused(client.get(let_in(of_health, "ama", where)), client)


def token_of(provider: Provider) -> str:
    """An identity token that this provider signs for whoever is tom there."""
    client = Client()
    where = gone_to(client, provider)
    code = parse_qs(urlsplit(let_in(provider, "tom", where)).query)["code"][0]
    states = client.session["socialaccount_states"]
    verifier = next(iter(states.values()))[0]["pkce_code_verifier"]
    answer = requests.post(
        f"{provider.issuer}/identity/o/api/token",
        data={
            "grant_type": "authorization_code", "code": code, "client_id": CLIENT,
            "client_secret": SECRET, "code_verifier": verifier,
            "redirect_uri": BACK.format(id=provider.id),
        },
        timeout=10,
    )  # fmt: skip
    return answer.json()["id_token"]


def test_a_token_that_nobody_signed_is_not_taken(of_health):
    sign_in(Client(), of_health, "ama")
    import jwt

    client = Client()
    where = gone_to(client, of_health)
    claims = {
        "iss": of_health.issuer, "aud": CLIENT, "sub": SocialAccount.objects.get().uid,
        "exp": int(time()) + 300, "iat": int(time()),
        "nonce": parse_qs(urlsplit(where).query)["nonce"][0],
    }  # fmt: skip
    for credential in (
        jwt.encode(claims, None, algorithm="none"),
        jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": "x"}),
        "no token at all",
    ):
        of_health.lie(id_token=credential)
        assert refused(sign_in(client, of_health, "ama"), client)


# ---- attempts that are replayed or belong to another ---------------------------------------


def test_an_answer_is_good_once(of_health):
    client = Client()
    back = let_in(of_health, "ama", gone_to(client, of_health))
    client.get(back)
    assert is_in(client, "ama")
    client.logout()
    again = client.get(back)
    assert again.status_code == 403 and "_auth_user_id" not in client.session


def test_an_answer_is_good_in_the_session_that_asked_and_in_no_other(of_health):
    asking, other = Client(), Client()
    back = let_in(of_health, "ama", gone_to(asking, of_health))
    gone_to(other, of_health)
    assert refused(other.get(back), other)
    state = next(iter(other.session["socialaccount_states"]))
    code = parse_qs(urlsplit(back).query)["code"][0]
    path = urlsplit(back).path
    assert refused(other.get(path, {"code": code, "state": state}), other), "a code put into it"


def test_an_answer_to_one_agency_is_none_to_another(of_health, of_police):
    client = Client()
    back = let_in(of_health, "ama", gone_to(client, of_health))
    there = back.replace(of_health.id, of_police.id)
    assert refused(client.get(there), client)


@pytest.mark.parametrize(
    "sent",
    [{}, {"code": "x"}, {"state": "x"}, {"error": "access_denied"}, {"code": "\0", "state": "\0"}],
)
def test_an_answer_that_is_none_is_refused_quietly(of_health, sent):
    client = Client()
    gone_to(client, of_health)
    at = reverse("openid_connect_callback", kwargs={"provider_id": of_health.id})
    assert refused(client.get(at, sent), client)


def test_a_provider_that_does_not_answer_is_said_plainly(of_health):
    apps = [app_of("Gone", "http://127.0.0.1:1", key("agency police"), CLIENT, SECRET)]
    told = {"openid_connect": {"APPS": apps}}
    with override_settings(SOCIALACCOUNT_PROVIDERS=told):
        at = reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
        client = Client()
        assert refused(client.post(at), client)


def test_a_provider_that_names_another_issuer_is_not_used(of_health):
    apps = [app_of("X", of_health.issuer + "/", key("agency police"), CLIENT, SECRET)]
    apps[0]["settings"]["server_url"] = of_health.issuer
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": apps}}):
        at = reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
        client = Client()
        assert refused(client.post(at), client)


def test_a_provider_that_points_to_another_host_is_not_followed(of_health, of_police):
    """Its own words name the addresses that are asked: none but the installation's list is."""
    from goldenthread.web.identity.adapter import AskedElsewhere, OfAnAgency

    session = OfAnAgency().get_requests_session()
    assert session.get(f"{of_health.issuer}/.well-known/openid-configuration").ok
    for elsewhere in (
        "http://127.0.0.1:1/keys",
        "http://169.254.169.254/latest/meta-data/",
        of_health.issuer.replace("127.0.0.1", "127.0.0.2"),
        f"file://{of_health.folder}/lies.json",
    ):
        with pytest.raises(AskedElsewhere):
            session.get(elsewhere)


def test_a_host_that_the_file_names_beside_the_issuer_is_asked(of_health, of_police):
    from goldenthread.web.identity.adapter import OfAnAgency

    one = app_of("X", "https://login.example", key("agency police"), CLIENT, SECRET)
    one["settings"]["also_at"] = [of_health.issuer]
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [one]}}):
        session = OfAnAgency().get_requests_session()
        assert session.get(f"{of_health.issuer}/.well-known/openid-configuration").ok


def test_no_such_provider(of_health):
    at = reverse("openid_connect_login", kwargs={"provider_id": "no-such"})
    assert Client().post(at).status_code == 404


# ---- the file ------------------------------------------------------------------------------

ROW = """[[provider]]
agency = "7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10"
name = "Fenwick Health"
issuer = "{issuer}"
client_id = "goldenthread"
client_secret_file = "{secret}"
"""


def test_the_file_of_providers_is_read(tmp_path):
    (tmp_path / "secret").write_text("shh\n")
    told = ROW.format(issuer="https://login.fenwick.example/x", secret=tmp_path / "secret")
    path = tmp_path / "providers.toml"
    path.write_text(told)
    [app] = provider_apps(str(path), tls=True)
    assert (app["secret"], app["client_id"]) == ("shh", "goldenthread")
    assert origins([app]) == ["https://login.fenwick.example"]
    path.write_text(told + 'also_at = ["https://keys.fenwick.example"]\n')
    [app] = provider_apps(str(path), tls=True)
    assert app["settings"]["also_at"] == ["https://keys.fenwick.example"]
    for wrong in (
        told.replace("https:", "http:"),
        told.replace('name = "Fenwick Health"\n', ""),
        told + 'also_at = "https://keys.fenwick.example"\n',
        told + 'also_at = ["http://keys.fenwick.example"]\n',
        told + told,
    ):
        path.write_text(wrong)
        with pytest.raises(ProvidersNotUnderstood):
            provider_apps(str(path), tls=True)
    assert provider_apps("", tls=True) == []
