"""A scanner of web pages at every address of the service, signed in and not; `make scan` runs it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.scan.listed import judged, read_listed
from tests.scan.listing import BATCHES
from tests.scan.site import Site
from tests.scan.tools import Finding, web_scanner

pytestmark = [pytest.mark.scan, pytest.mark.timeout(7200)]

SHOWN_BACK = "Reflected Cross Site Scripting"
KEPT = "Stored Cross Site Scripting"
OUTSIDE = {("/scan/weak/echo/", SHOWN_BACK, "words")}
INSIDE = {*OUTSIDE, ("/scan/weak/form/", SHOWN_BACK, "of"), ("/scan/weak/form/", KEPT, "of")}


@dataclass
class Scan:
    """What the scanner found of the service in each batch, and what went wrong meanwhile."""

    found: list[Finding]
    signed_out_meanwhile: bool


@pytest.fixture(scope="module")
def weak_pages(scanned: Site) -> dict[str, set[tuple[str, str, str]]]:
    """What the scanner finds of the weak pages, signed in and not."""
    found = {}
    for batch, visitor in (("weak", scanned.signed_in()), ("weak-outside", scanned.nobody())):
        scanned.say(f"The web scanner looks at the weak pages: {batch}")
        of_batch = web_scanner(scanned, batch, visitor)
        found[batch] = {(one.at, one.kind, one.field) for one in of_batch}
    return found


@pytest.fixture(scope="module")
def scan(scanned: Site, weak_pages) -> Scan:
    """The whole scan; not begun by a scanner that does not find the weak pages."""
    if not (weak_pages["weak"] >= INSIDE and weak_pages["weak-outside"] >= OUTSIDE):
        pytest.fail("The scanner did not find the weak pages, so what it finds of ours is nothing.")
    found, ended = [], False
    for batch in ("signed-out", "signed-in", "ending"):
        visitor = scanned.nobody() if batch == "signed-out" else scanned.signed_in()
        scanned.say(f"The web scanner looks at ours: {batch}, {len(BATCHES[batch])} requests")
        found += web_scanner(scanned, batch, visitor)
        ended = ended or (batch == "signed-in" and not scanned.still_opens(visitor))
        scanned.say(f"{sum(scanned.heard.answered.values())} answered so far, {len(found)} found")
    return Scan(found, ended)


def test_it_finds_the_weak_pages(weak_pages):
    assert weak_pages["weak"] >= INSIDE
    assert weak_pages["weak-outside"] >= OUTSIDE


def test_it_finds_nothing_of_ours_that_is_not_listed(scan):
    assert judged(scan.found, "wapiti", read_listed()) == {"found": [], "no longer found": []}


def test_it_was_at_every_address_and_signed_in_to_the_end(scan, scanned):
    offered = {
        (one.method, one.name) for name, of in BATCHES.items() if name != "words" for one in of
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
