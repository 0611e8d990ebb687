"""A tool that injects SQL at every field of the service, signed in and not; `make scan` runs it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.urls import reverse

from tests.scan.listed import judged, read_listed
from tests.scan.listing import BATCHES
from tests.scan.offers import MARK, Offer
from tests.scan.site import Site
from tests.scan.tools import Finding, injection

pytestmark = [pytest.mark.scan, pytest.mark.timeout(7200)]

# B: by the difference between two answers; E: by the words of an error.
OUTSIDE = {("/scan/weak/search/", "B", "of"), ("/scan/weak/search/", "E", "of")}
INSIDE = {*OUTSIDE, ("/scan/weak/form/", "B", "of")}

COOKIES_AND_HEADERS = "sessionid,csrftoken,user-agent,referer,host"


@dataclass
class Scan:
    """What the tool found of the service, and whether its session ended meanwhile."""

    found: list[Finding]
    signed_out_meanwhile: bool


@pytest.fixture(scope="module")
def weak_pages(scanned: Site) -> dict[str, set[tuple[str, str, str]]]:
    """What the tool finds of the weak pages, signed in and not."""
    found = {}
    for batch, visitor in (("weak", scanned.signed_in()), ("weak-outside", scanned.nobody())):
        scanned.say(f"SQL is injected into the weak pages: {batch}")
        of_batch = injection(scanned, batch, BATCHES[batch], visitor)
        found[batch] = {(one.at, one.kind, one.field) for one in of_batch}
    return found


@pytest.fixture(scope="module")
def scan(scanned: Site, weak_pages) -> Scan:
    """The whole scan; not begun by a tool that does not find the weak pages."""
    if not (weak_pages["weak"] >= INSIDE and weak_pages["weak-outside"] >= OUTSIDE):
        pytest.fail("The tool did not find the weak pages, so what it finds of ours is nothing.")
    found, ended = [], False
    for batch in ("forms-signed-out", "words", "signed-in", "ending"):
        offers = [one for one in BATCHES[batch] if has_something_to_try(one)]
        visitor = scanned.nobody() if batch == "forms-signed-out" else scanned.signed_in()
        fields = sum(len(one.parameters) for one in offers)
        scanned.say(f"SQL is injected into ours: {batch}, {fields} fields")
        found += injection(scanned, batch, offers, visitor)
        ended = ended or (batch == "signed-in" and not scanned.still_opens(visitor))
        scanned.say(f"{sum(scanned.heard.answered.values())} answered so far, {len(found)} found")
    scanned.say("SQL is injected into cookies and headers")
    account = [Offer("account", "GET", reverse("account"))]
    found += injection(scanned, "headers", account, scanned.signed_in(), COOKIES_AND_HEADERS)
    return Scan(found, ended)


def has_something_to_try(one: Offer) -> bool:
    """Whether a request has a field, a question or a word in its address."""
    return bool(one.parameters) or MARK in one.address


def test_it_finds_the_weak_pages(weak_pages):
    assert weak_pages["weak"] >= INSIDE
    assert weak_pages["weak-outside"] >= OUTSIDE


def test_it_finds_nothing_of_ours_that_is_not_listed(scan):
    assert judged(scan.found, "sqlmap", read_listed()) == {"found": [], "no longer found": []}


def test_every_field_was_sent_to_and_the_session_held(scan, scanned):
    offered = {
        (one.method, one.name)
        for name, of in BATCHES.items()
        if name != "signed-out"
        for one in of
        if has_something_to_try(one)
    }
    asked = {
        (method, name.strip("/").replace("scan/weak/", "weak_"))
        for method, name in scanned.heard.asked
    }

    assert sorted(offered - asked) == []
    assert not scan.signed_out_meanwhile


def test_nothing_failed_and_nothing_left_this_machine(scan, scanned):
    assert sorted(scanned.heard.failed) == []
    assert scanned.left == []
