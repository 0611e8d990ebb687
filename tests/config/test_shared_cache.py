"""Two people behind one cache that stands before the service: neither is given the other's page.

The cache keeps whatever it may, for anybody, by its address alone: what a careless proxy would do.
"""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client, override_settings

from goldenthread.records.shared.models import Account
from tests.config.nginx import folders_in, free_port, running
from tests.families.world import World, build_world, key
from tests.serving import served

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="needs nginx: apt-get install nginx-light"
)
CONFIGURATION = """
master_process off; pid {folder}/pid; error_log stderr crit;
events {{}}
http {{
  access_log off;
{folders}
  proxy_cache_path {folder}/kept keys_zone=kept:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {behind}; proxy_set_header Host localhost;
      proxy_ignore_headers Vary Set-Cookie;
      proxy_cache kept; proxy_cache_key $request_uri; proxy_cache_valid any 10m;
      proxy_cache_methods GET HEAD; add_header X-Kept $upstream_cache_status always;
    }}
  }}
}}
"""


@dataclass
class Answer:
    """What came through the cache, and whether it was kept there."""

    status: int
    kept: str
    words: str


@dataclass
class Cached:
    """The address of the cache."""

    address: str

    def ask(self, path: str, client: Client | None = None) -> Answer:
        """Ask for a page as whoever is signed in at this browser, if anybody is."""
        cookies = {name: one.value for name, one in client.cookies.items()} if client else {}
        asked = urllib.request.Request(f"{self.address}{path}")
        asked.add_header("Cookie", "; ".join(f"{name}={said}" for name, said in cookies.items()))
        opener = urllib.request.build_opener(StayHere)
        try:
            with opener.open(asked, timeout=30) as answer:
                return Answer(answer.status, answer.headers["X-Kept"], answer.read().decode())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers["X-Kept"], answer.read().decode())


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_, **__) -> None:
        """Answer with what leads elsewhere, and do not go there."""


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def cached(world, tmp_path) -> Iterator[Cached]:
    port = free_port()
    with served() as behind, override_settings(ALLOWED_HOSTS=["localhost"]):
        said = CONFIGURATION.format(
            folder=tmp_path, port=port, behind=behind, folders=folders_in(tmp_path)
        )
        with running(said, tmp_path, port):
            yield Cached(f"http://127.0.0.1:{port}")


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")))
    return client


def test_the_cache_keeps_what_it_may(cached):
    """Otherwise nothing below could fail."""
    style = f"{settings.STATIC_URL}kit/goldenthread.css"
    assert [cached.ask(style).kept for _ in range(2)] == ["MISS", "HIT"]


def test_nobody_is_given_what_another_was_shown(cached, world):
    priya, tom = signed_in("priya"), signed_in("tom")
    family = f"/families/{world.case}/"
    for path in ("/", family, f"{family}history/", f"{family}history.csv", "/account/", "/search/"):
        theirs = cached.ask(path, priya)
        assert (theirs.status, theirs.kept) == (200, "MISS"), path
        other = cached.ask(path, tom)
        assert other.kept == "MISS", path
        assert "Priya Nair" not in other.words and "Okafor" not in other.words, path
        nobody = cached.ask(path)
        assert (nobody.status, nobody.kept) == (302, "MISS"), path


def test_a_page_under_the_name_of_a_file_that_is_kept_is_no_page(cached, world):
    priya = signed_in("priya")
    for tail in ("x.css", "history/x.css", "history/%2e%2e/x.css", "history/;x.css", "x.png?x.css"):
        answer = cached.ask(f"/families/{world.case}/{tail}", priya)
        assert answer.status == 404 and answer.kept == "MISS", tail
        assert cached.ask(f"/families/{world.case}/{tail}").kept == "MISS", tail


def test_what_is_refused_is_not_kept_for_others(cached, world):
    priya, tom = signed_in("priya"), signed_in("tom")
    page = f"/families/{world.case}/"
    assert cached.ask(page, tom).status == 404
    assert cached.ask(page, priya).status == 200
