"""What every answer carries, and what a page that cannot be shown says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib import messages
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

WEB = Path(__file__).parents[3] / "src/goldenthread/web"
SECRET = "a key for checking alone which guards nothing 4f9c1e7b2a"
WORDS = "Grandmother said she <b>will</b> visit on Sunday."


def check_headers(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    if answer.content:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    told = " ".join(f"{name}: {value}" for name, value in answer.headers.items()).lower()
    assert not any(one in told for one in ("server:", "x-powered-by", "django", "gunicorn"))
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in answer.headers["Vary"]


def test_every_page_carries_the_headers(person, world):
    ama = person("ama")
    check_headers(ama.client.get(reverse("account_login")))
    check_headers(ama.client.get(reverse("family", kwargs={"case": world.case})))
    ama.sign_in()
    for address in ("/", reverse("account"), reverse("history", kwargs={"case": world.case})):
        answer = ama.client.get(address)
        assert answer.status_code == 200
        check_headers(answer)
    check_headers(ama.client.get("/nothing-is-here/"))
    check_headers(ama.client.post(reverse("account_logout")))


def static_file(name: str):
    answer = Client().get(f"/static/{name}")
    answer.close()
    return answer


def test_static_files_may_be_kept_by_a_browser():
    answer = static_file("kit/goldenthread.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert "max-age" in answer.headers["Cache-Control"]
    for name in ("mfa/js/webauthn.js", "account/passkeys.js", "account/timeout.js"):
        assert static_file(name).status_code == 200


def test_under_tls_browsers_are_told_to_stay_with_it(record):
    from django.middleware.security import SecurityMiddleware

    with override_settings(
        SECURE_HSTS_SECONDS=31_536_000,
        SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        SECURE_SSL_REDIRECT=True,
    ):
        assert SecurityMiddleware(lambda request: None).sts_seconds == 31_536_000
        client = Client()
        assert client.get(reverse("account_login")).status_code == 301
        answer = client.get(reverse("account_login"), secure=True)
        told = answer.headers["Strict-Transport-Security"]
        assert told.startswith("max-age=31536000; includeSubDomains")


def test_a_session_in_the_address_is_none(person):
    ama = person("ama")
    ama.sign_in()
    key = ama.client.cookies["sessionid"].value
    for asked in (f"/?sessionid={key}", f"/;sessionid={key}", f"/?session={key}"):
        assert Client().get(asked).status_code in (302, 404)
    assert Client().post("/", {"sessionid": key}).status_code == 302


def test_what_is_asked_in_an_address_is_never_taken_for_what_is_sent(person):
    """Each of the two has its own place; of one that is sent twice the last counts, everywhere."""
    ama = person("ama")
    login = reverse("account_login")
    right = f"login={ama.email}&password=seven+quiet+herons+wading"
    assert Client().post(f"{login}?{right}").status_code == 200
    assert Client().post(login, right, content_type="text/plain").status_code == 415
    twice = f"{right}&password=not+the+password+at+all"
    form = "application/x-www-form-urlencoded"
    assert Client().post(login, twice, content_type=form).status_code == 200
    ama.sign_in()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ama.client.cookies
    strict.get(login)
    token = ama.client.cookies["csrftoken"].value
    assert (
        strict.post(f"{reverse('account_logout')}?csrfmiddlewaretoken={token}").status_code == 403
    )
    assert strict.get("/").status_code == 200, "the token in an address signs nobody out"


def test_no_folder_is_listed_and_no_file_but_those_of_pages_is_given():
    for address in (
        "/static/", "/static/kit/", "/static", "/static/../config/settings.py",
        "/static/%2e%2e/%2e%2e/config/settings.py", "/static/kit/../../urls.py", "/.git/config",
        "/.env", "/pyproject.toml", "/static/kit/.hidden", "/robots.txt/../settings.py",
    ):  # fmt: skip
        answer = Client().get(address)
        assert answer.status_code in (302, 404), address
        assert b"Index of" not in answer.getvalue() and b"SECRET_KEY" not in answer.getvalue()
    kinds = {
        file.suffix
        for folder in WEB.glob("*/static")
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert kinds <= {
        ".css",
        ".js",
        ".svg",
        ".png",
        ".ico",
        ".woff2",
        ".webmanifest",
        ".sha256",
        ".txt",
    }


UNDER_TLS = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,
      s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN)
print(s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY,
      s.CSRF_COOKIE_SAMESITE, s.CSRF_COOKIE_PATH, s.CSRF_COOKIE_DOMAIN)
"""


def test_under_tls_cookies_belong_to_this_host_alone():
    environment = {
        **os.environ, "GOLDENTHREAD_TLS": "1", "GOLDENTHREAD_SECRET_KEY": SECRET,
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", UNDER_TLS],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() == [
        "__Host-sessionid True True Lax / None",
        "__Host-csrftoken True True Lax / None",
    ]


def test_what_is_said_after_an_act_is_in_no_cookie(person):
    ama = person("ama")
    ama.sign_in()
    request = ama.client.get("/").wsgi_request
    messages.success(request, "Ruth Okafor is told.")
    answer = HttpResponse()
    request._messages.update(answer)

    assert not answer.cookies


def test_the_settings_pass_the_deployment_check():
    environment = {
        **os.environ, "GOLDENTHREAD_TLS": "1", "GOLDENTHREAD_SECRET_KEY": SECRET,
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def settings_say(expression: str, **environment: str) -> str:
    code = f"from goldenthread.config import settings; print({expression})"
    given = {key: value for key, value in os.environ.items() if not key.startswith("GOLDENTHREAD_")}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**given, "GOLDENTHREAD_SECRET_KEY": SECRET, **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout.strip()


def test_a_second_step_is_required_unless_it_is_a_demonstration():
    assert settings_say("settings.REQUIRE_SECOND_STEP") == "True"
    assert settings_say("settings.REQUIRE_SECOND_STEP", GOLDENTHREAD_DEMONSTRATION="1") == "False"


def without_tokens(answer) -> list[str]:
    return [line for line in answer.content.decode().splitlines() if "csrf" not in line]


def test_what_does_not_exist_and_what_may_not_be_seen_read_alike(person, world):
    tom = person("tom")
    tom.sign_in()
    hidden = tom.client.get(reverse("family", kwargs={"case": world.case}))
    missing = tom.client.get(reverse("family", kwargs={"case": world.person("ada")}))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_tokens(hidden) == without_tokens(missing)


def test_a_form_from_an_old_sign_in_keeps_its_words(person):
    ama = person("ama")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ama.client.cookies
    answer = strict.post(reverse("account_login"), {"text": WORDS, "password": "never shown"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "open too long to send" in page
    assert "Grandmother said she &lt;b&gt;will&lt;/b&gt; visit on Sunday." in page
    assert "never shown" not in page


@pytest.fixture
def no_database(monkeypatch):
    """The record cannot be reached: the web role's connection points where nobody listens."""
    connections.close_all()
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": "9",
        "OPTIONS": {"connect_timeout": 1},
    }.items():
        monkeypatch.setitem(connections.settings["default"], name, value)
    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")
    yield
    monkeypatch.undo()
    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")


@pytest.fixture
def ama_signed_in(person):
    ama = person("ama")
    ama.sign_in()
    return ama


def test_words_are_kept_when_the_record_is_gone(ama_signed_in, no_database):
    answer = ama_signed_in.client.post(
        reverse("search"), {"text": WORDS, "csrfmiddlewaretoken": "x" * 64}
    )
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "We could not save. Your text is kept below." in page
    assert "Grandmother said she &lt;b&gt;will&lt;/b&gt; visit" in page
    assert "readonly" in page
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_reading_when_the_record_is_gone_says_so(ama_signed_in, no_database):
    answer = ama_signed_in.client.get("/")
    assert answer.status_code == 503
    assert "We cannot reach the record just now" in answer.content.decode()
    with pytest.raises(OperationalError):
        connections["default"].ensure_connection()


def test_a_failure_shows_no_content_and_no_technical_message(ama_signed_in, monkeypatch):
    from goldenthread.web.account import acting

    def broken(account):
        raise RuntimeError("secret detail of Ada")

    monkeypatch.setattr(acting, "who_acts", broken)
    answer = ama_signed_in.client.post(reverse("search"), {"text": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in page
    assert "Your text is kept below" in page
    assert "secret detail" not in page
