"""Asked too often: a plain page that says when to try again, and nothing that was typed is lost."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from django.urls import ResolverMatch, URLPattern, get_resolver, resolve, reverse

from goldenthread.domain.access.rates import Counted, Rate, RatesNotUnderstood, read_rates
from goldenthread.domain.addresses.output_kinds import OUTPUTS
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.accounts.models import RateCount
from goldenthread.usecases.accounts import rates
from goldenthread.usecases.accounts.rates import drop_old_counts
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.account import rates as page
from goldenthread.web.kit import clock
from tests.families.world import NOW, World, key, open_another_family
from tests.interop.chronology.files import ROWS, as_csv
from tests.web.account.conftest import PASSWORD, audited, try_sign_in
from tests.web.network.test_bringing_in import TREE

FEW = {kind: Rate(3, 5, timedelta(minutes=10)) for kind in Counted}


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Limits that a test comes to soon."""
    monkeypatch.setattr(rates, "rates", lambda: FEW)


@pytest.fixture
def later(monkeypatch):
    """Move the clock that counts: `later(minutes=10)`."""
    moved = {"by": timedelta(0)}
    true_now = clock.now

    class Moved:
        @staticmethod
        def now():
            return true_now() + moved["by"]

    monkeypatch.setattr(page, "clock", Moved)

    def onward(**by: int) -> None:
        moved["by"] += timedelta(**by)

    return onward


@pytest.fixture
def ama(person):
    one = person("ama")
    one.sign_in()
    return one


def searched(one, words="ruth"):
    return one.client.post(reverse("search"), {"words": words})


def test_the_fourth_search_is_put_off_and_says_until_when(ama):
    assert [searched(ama).status_code for _ in range(3)] == [200, 200, 200]
    answer = searched(ama, "Ruth of Tannery Row")
    said = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 429
    assert "This was asked too often" in said and "Try again in 10 minutes." in said
    assert "Ruth of Tannery Row" in said, "what was typed is shown back"
    assert 590 <= int(answer.headers["Retry-After"]) <= 600
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert ama.client.get("/").status_code == 200, "other pages still open"


def test_it_is_possible_again_after_that_time(ama, later):
    for _ in range(4):
        searched(ama)
    later(minutes=9)
    assert searched(ama).status_code == 429
    later(minutes=2)
    assert searched(ama).status_code == 200


def test_one_account_does_not_stop_another_until_their_address_does(ama, person):
    tom = person("tom")
    tom.sign_in()
    for _ in range(4):
        searched(ama)
    assert searched(tom).status_code == 200
    assert searched(tom).status_code == 429, "the sixth from this address"
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    try_sign_in(elsewhere, tom.email, PASSWORD)
    assert elsewhere.post(reverse("search"), {"words": "x"}).status_code == 200


def test_a_header_that_names_another_address_changes_nothing(ama):
    for number in range(3):
        ama.client.post(
            reverse("search"), {"words": "x"}, headers={"x-forwarded-for": f"192.0.2.{number}"}
        )
    keys = RateCount.objects.count()
    searched(ama)
    assert RateCount.objects.count() == keys


def sent_through_a_proxy(forwarded: str) -> int:
    headers = {"x-forwarded-for": forwarded}
    # Each with an address of its own, so that the pause after wrong passwords does not begin.
    sent = {"login": f"{uuid4()}@b.example", "password": "x"}
    return Client().post(reverse("account_login"), sent, headers=headers).status_code


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_only_what_the_proxy_says_counts(world):
    """Whatever somebody puts before it: the last address of the list is the proxy's own word."""
    forged = ("198.51.100.1", "198.51.100.2, 127.0.0.1", "unknown", "203.0.113.8", "10.0.0.1")
    assert [sent_through_a_proxy(f"{one}, 203.0.113.9") for one in forged] == [200] * 5
    assert sent_through_a_proxy("192.0.2.1, 203.0.113.9") == 429, "all six came from one address"
    assert sent_through_a_proxy("203.0.113.9, 192.0.2.1") == 200, "and this is another"


def test_signing_in_is_counted_by_address_alone(world):
    client = Client()
    answers = [
        try_sign_in(client, f"nobody{number}@example.org", "x" * 12).status_code
        for number in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_links_are_counted_by_address_before_anybody_is_known(world):
    client = Client()
    answers = [client.get(f"/account/choose-password/made-up-{n}/").status_code for n in range(6)]
    assert answers == [302] * 5 + [429]


def test_what_is_taken_away_is_counted(ama, world: World):
    at = reverse("history_csv", kwargs={"case": world.case})
    assert [ama.client.get(at).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "kind", [kind for kind in OUTPUTS if kind.address], ids=lambda one: one.key
)
def test_every_address_of_the_register_is_counted(kind):
    request = RequestFactory().get("/", dict(kind.asked))
    request.resolver_match = ResolverMatch(lambda _: None, (), {}, url_name=kind.address)
    assert page.counted_as(request) is Counted.EXPORT


def test_a_page_is_not_counted_as_taken_away(ama, world: World):
    at = reverse("history", kwargs={"case": world.case})
    assert [ama.client.get(at).status_code for _ in range(5)] == [200] * 5


@pytest.mark.parametrize("taken", ["family_copy", "publication?form=pdf"])
def test_what_is_taken_away_at_a_page_of_its_own_is_counted(ama, world: World, taken):
    name, _, asked = taken.partition("?")
    within = {"who": key("person ruth")}
    if name == "publication":
        within = {"publication": key("publication taken away")}
        entry = world.entry("health_visiting", "Ada was weighed.", about=("ruth",))
        record_entry(world.actors["ama"], world.case, entry, now=NOW)
        publish_chronology(
            world.actors["ama"], world.case, id=within["publication"], title="For the meeting",
            purpose="", viewpoint=Viewpoint(NOW), entries=[entry.id], now=NOW,
        )  # fmt: skip
    at = f"{reverse(name, kwargs={'case': world.case, **within})}?{asked}"
    assert [ama.client.get(at).status_code for _ in range(4)] == [200, 200, 200, 429]


def of_import(world: World) -> tuple[str, dict[str, object]]:
    sent = {"upload": uuid4(), "agency": world.actors["ama"].agency}
    return reverse("imports", kwargs={"case": world.case}), {
        **sent, "file": SimpleUploadedFile("hv.csv", as_csv(*ROWS)),
    }  # fmt: skip


def of_family_file(world: World) -> tuple[str, dict[str, object]]:
    at = reverse("network_read_file", kwargs={"case": world.case, "draft": uuid4()})
    return at, {"file": SimpleUploadedFile("tree.ged", TREE)}


def of_past_case(world: World) -> tuple[str, dict[str, object]]:
    return reverse("replay_file"), {"file": SimpleUploadedFile("past.csv", as_csv(*ROWS))}


# Every address that takes a file: what is sent to it, and what it answers when it was read.
TAKE_FILES = {
    "imports": (of_import, "import_progress"),
    "network_read_file": (of_family_file, "network_found"),
    "replay_file": (of_past_case, ""),
}


@pytest.mark.parametrize("name", TAKE_FILES)
def test_files_sent_in_are_counted(ama, world: World, name):
    made, leads_to = TAKE_FILES[name]
    answers = [ama.client.post(*made(world)) for _ in range(4)]
    assert [one.status_code for one in answers[:3]] == [302 if leads_to else 200] * 3
    if leads_to:
        assert {resolve(one.url).url_name for one in answers[:3]} == {leads_to}, "each was read"
    assert answers[3].status_code == 429


def test_every_address_that_takes_a_file_is_counted():
    """Found in the text of the pages themselves: whatever reads a file that is sent."""
    assert takes_a_file() == set(TAKE_FILES)
    assert {name for name, kind in page.SENT.items() if kind is Counted.UPLOAD} == set(TAKE_FILES)


def test_every_address_that_is_counted_takes_what_is_sent_to_it(world):
    """Otherwise a limit would stand where nothing is ever sent, as an answer of 405 does."""
    known = {one.name: set(one.pattern.converters) for one in every_address()}
    for name in page.SENT:
        values = {"slug": "x", "provider_id": "x"}
        given = {each: values.get(each, uuid4()) for each in known[name]}
        answer = Client(raise_request_exception=False).post(reverse(name, kwargs=given))
        assert answer.status_code != 405, name


def every_address(patterns=None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            yield from every_address(one.url_patterns)
        else:
            yield one


def takes_a_file() -> set[str]:
    """The names of the addresses whose page, or what it calls in its own module, reads a file."""
    return {
        one.name
        for one in every_address()
        if one.callback.__module__.startswith("goldenthread.")
        and one.callback.__name__ in readers_of_files(one.callback.__module__)
    }


@cache
def readers_of_files(module: str) -> set[str]:
    """The functions of a module that read `request.FILES`, by themselves or through another."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    functions = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    names = {
        name: {n.attr for n in ast.walk(one) if isinstance(n, ast.Attribute)}
        | {n.id for n in ast.walk(one) if isinstance(n, ast.Name)}
        for name, one in functions.items()
    }
    found = {name for name, used in names.items() if "FILES" in used}
    while more := {name for name, used in names.items() if used & found} - found:
        found |= more
    return found


def test_many_families_are_put_off_and_those_open_stay_open(ama, world: World, later):
    cases = [world.case, *(open_another_family(world, f"number {n}") for n in range(3))]
    opened = [reverse("family", kwargs={"case": case}) for case in cases]
    assert [ama.client.get(one).status_code for one in opened] == [200, 200, 200, 429]
    assert ama.client.get(opened[0]).status_code == 200
    assert ama.client.get(reverse("picture", kwargs={"case": cases[1]})).status_code == 200
    later(minutes=11)
    assert ama.client.get(opened[3]).status_code == 200


def test_a_family_that_is_not_there_is_counted_like_one_that_is(ama):
    answers = [
        ama.client.get(reverse("family", kwargs={"case": uuid4()})).status_code for _ in range(4)
    ]
    assert answers == [404, 404, 404, 429]


def test_that_it_was_too_often_is_written_down_once(ama, world: World):
    for _ in range(6):
        searched(ama)
    rows = audited("asked_too_often")
    assert [(row.account, row.rule, row.detail) for row in rows] == [
        (world.actors["ama"].account, "too-often-by-account", {"counted": "search"}),
        (world.actors["ama"].account, "too-often-by-address", {"counted": "search"}),
    ]


def test_nothing_that_is_kept_names_an_account_or_an_address(ama):
    searched(ama)
    kept = " ".join(RateCount.objects.values_list("key", flat=True))
    assert re.fullmatch(r"[0-9a-f ]+", kept)
    assert drop_old_counts(now=clock.now()) == 0
    assert drop_old_counts(now=clock.now() + timedelta(days=2)) >= 2


def test_the_figures_that_ship_are_read(monkeypatch):
    monkeypatch.undo()
    shipped = rates.rates()
    assert set(shipped) == set(Counted)
    assert shipped[Counted.SIGN_IN].by_account is None


@pytest.mark.parametrize("wrong", [{}, {"search": {"by_account": 0, "minutes": 1}},
                                   {"search": {"by_account": "many", "minutes": 1}}])  # fmt: skip
def test_figures_that_cannot_be_read_are_refused(wrong):
    with pytest.raises(RatesNotUnderstood):
        read_rates(wrong)
