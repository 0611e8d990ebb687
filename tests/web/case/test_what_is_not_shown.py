"""Nothing of what a reader may not see reaches the page; a stranger learns that nothing exists."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.case.conftest import address, words

CANARY = "xylophone"
OF_A_FAMILY = ("family", "same_events", "who_may_open", "team")


@pytest.mark.parametrize("name", ["families", *OF_A_FAMILY])
def test_masked_words_are_never_in_a_page(world, add, signed_in, name):
    masked = add(
        "mental_health", f"{CANARY} text", how_known="told", informant=f"{CANARY} informant",
        impact=f"{CANARY} impact", action=f"{CANARY} action", kind="carer_change",
    )  # fmt: skip

    assert CANARY in words(signed_in("lund").get(address(world, "entry", statement=masked)))
    response = signed_in("priya").get(address(world, name))
    assert response.status_code == 200
    assert CANARY.encode() not in response.content


def test_the_family_page_says_that_another_agency_holds_something(add, page):
    add("mental_health", "Held.")

    assert "1 entry held by other agencies" in page("ama", "family")


def test_a_masked_entry_has_no_page_and_reads_like_one_that_never_was(world, add, signed_in):
    masked = add("mental_health", f"{CANARY} text")
    client = signed_in("priya")

    hidden = client.get(address(world, "entry", statement=masked))
    never = client.get(address(world, "entry", statement=uuid4()))

    assert (hidden.status_code, never.status_code) == (404, 404)
    assert without_token(hidden) == without_token(never)


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_a_stranger_is_told_that_they_are_part_of_no_team(page, who):
    assert "You are not part of the team around any family yet." in page(who, "families")


@pytest.mark.parametrize("who", ["tom", "admin"])
@pytest.mark.parametrize("name", OF_A_FAMILY)
def test_a_stranger_gets_the_same_answer_as_for_a_random_family(world, signed_in, who, name):
    client = signed_in(who)

    theirs = client.get(address(world, name))
    random = client.get(reverse(name, kwargs={"case": uuid4()}))

    assert (theirs.status_code, random.status_code) == (404, 404)
    assert without_token(theirs) == without_token(random)


@pytest.mark.parametrize("name", OF_A_FAMILY)
def test_nobody_signed_in_is_sent_to_sign_in(world, name):
    from django.test import Client

    response = Client().get(address(world, name))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["families", *OF_A_FAMILY])
def test_the_number_of_queries_does_not_grow_with_the_entries(world, add, signed_in, name):
    client = signed_in("priya")
    for _ in range(2):
        add("social_care", "A few words.")
    client.get(address(world, name))  # the first look writes what later ones only read
    few = queries_of(client, address(world, name))
    for number in range(12):
        add("social_care", "More words.", f"2026-04-{number + 1:02}")

    many = queries_of(client, address(world, name))

    assert many == few
    assert many < 80


@pytest.mark.parametrize("name", ["families", *OF_A_FAMILY, "entry"])
def test_no_page_has_a_name_in_its_title_or_a_style_or_script_of_its_own(world, add, page, name):
    where = {"statement": add("social_care", "Seen.")} if name == "entry" else {}
    shown = page("priya", name, **where)

    parsed = Parsed()
    parsed.feed(shown)

    assert parsed.title.strip()
    assert not re.search("Ada|Ruth|Okafor|Priya", parsed.title)
    assert parsed.inline == []


class Parsed(HTMLParser):
    """The title of a page, and whatever in it the content policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.inline, self._within = "", [], ""

    def handle_starttag(self, tag, attrs):
        self._within = tag
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [n for n in given if n == "style" or n.startswith("on")]

    def handle_data(self, data):
        if self._within == "title":
            self.title += data

    def handle_endtag(self, tag):
        self._within = ""


def queries_of(client, where: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def without_token(response) -> str:
    """A page without its one-time token, which differs each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", words(response))
