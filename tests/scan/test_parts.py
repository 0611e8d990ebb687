"""What the scan is put together from, held by `make test`: the scan itself is `make scan`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from goldenthread.records.shared.models import Account
from tests.agreement.surface_addresses import named_addresses
from tests.architecture.test_asvs import exists
from tests.families.hidden import build
from tests.families.world import key
from tests.scan.listed import judged, read_listed
from tests.scan.offers import PART, Walk, every_offer, routes, words_in_addresses
from tests.scan.page import Page
from tests.scan.tools import STAYS_HERE, Finding, told_in

HERE = Path(__file__).parents[2]
ONE = Finding("wapiti", "Something", "families", "words")
OTHER = Finding("wapiti", "Something", "history", "words")


@pytest.fixture(scope="module")
def walk(shared_record) -> Walk:
    world = build(with_it=False)
    client = Client()
    client.force_login(Account.objects.get(id=key("account priya")))
    walk = Walk(client, str(world.case))
    walk.go("/", reverse("family", kwargs={"case": world.case}))
    return walk


def test_every_address_of_the_url_map_is_offered_by_both_methods(walk):
    offers = every_offer(walk)

    for method in ("GET", "POST"):
        assert {one.name for one in offers if one.method == method} == set(named_addresses())
    assert not [one.address for one in offers if re.search("[<>]", one.address)]


def test_what_is_offered_has_the_ids_and_the_fields_that_were_met(walk):
    offers = every_offer(walk)
    entries = {one.address for one in offers if one.name == "entry"}
    search = [one for one in offers if one.name == "history" and "words" in one.parameters]

    assert len(entries) == 1 and walk.client.get(entries.pop()).status_code == 200
    assert search and {one.method for one in search} == {"POST"}


def test_ids_are_matched_as_ids_and_every_other_word_is_tried(walk):
    kinds = {part[1] for _, route in routes() for part in PART.finditer(route)}
    marked = words_in_addresses(walk)

    assert kinds == {"uuid", "int", "slug", "str"}
    assert {one.name for one in marked} >= {"picture_answer", "answer_form", "pattern"}
    assert all(one.address.count("*") == 1 for one in marked)


def test_a_form_is_read_with_what_it_holds():
    page = Page(
        "/families/",
        '<a href="?on=1">x</a><form method=post><input type=hidden name=id value=7>'
        "<textarea name=words></textarea><select name=kind><option value=a><option value=b selected>"
        "</select><input type=file name=upload></form>",
    )

    assert page.links == ["/families/?on=1"]
    assert page.forms[0].action == "/families/" and page.forms[0].files == ["upload"]
    assert page.forms[0].fields == {"id": "7", "words": "x", "kind": "b"}


def test_the_weak_pages_are_in_no_address_and_no_file_of_the_product():
    assert not [
        name
        for name in get_resolver("goldenthread.config.urls").reverse_dict
        if "weak" in str(name)
    ]
    assert not [
        file for file in (HERE / "src").rglob("*.py") if "weak_table" in file.read_text("utf-8")
    ]


def test_what_is_found_and_what_is_no_longer_found_both_count():
    listed = {ONE: "It is so."}

    assert judged([ONE], "wapiti", listed) == {"found": [], "no longer found": []}
    assert judged([ONE, OTHER], "wapiti", listed)["found"] == [OTHER]
    assert judged([], "wapiti", listed)["no longer found"] == [ONE]
    assert judged([], "sqlmap", listed) == {"found": [], "no longer found": []}


def test_what_the_tool_took_back_itself_is_not_found(tmp_path):
    told = tmp_path / "told.csv"
    told.write_text(
        "Target URL,Place,Parameter,Technique(s),Note(s)\n"
        "http://127.0.0.1/search/,POST,words,B,false positive or unexploitable\n"
        "http://127.0.0.1/search/,POST,words,E,\n"
    )

    assert told_in(told) == [Finding("sqlmap", "E", "search", "words")]


def test_each_listed_finding_says_why():
    assert [one for one, reason in read_listed().items() if len(reason) < 30] == []


@pytest.mark.parametrize(
    ("asks", "is_let"),
    [
        ("socket.create_connection(('192.0.2.1', 80), timeout=1)", False),
        ("socket.getaddrinfo('example.org', 80)", False),
        ("socket.gethostbyname('example.org')", False),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))", False),
        ("socket.getaddrinfo('127.0.0.1', 80)", True),
    ],
)
def test_a_scanner_cannot_ask_another_machine(asks, is_let, tmp_path):
    left = tmp_path / "left.txt"
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(STAYS_HERE)}
    ended = subprocess.run(
        [sys.executable, "-c", f"import socket; {asks}"],
        env={**kept, "GOLDENTHREAD_SCAN_LEFT": str(left)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ended.returncode == 0) is is_let, ended.stderr
    assert left.exists() is not is_let
    assert is_let or "A scan stays on this machine" in ended.stderr


def test_what_a_reason_names_is_there():
    named = re.findall(r"tests/\S+::\w+", "\n".join(read_listed().values()))

    assert named
    assert [one for one in named if not exists(one)] == []
