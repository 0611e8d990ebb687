"""The pages of safe addresses, as somebody uses them; and what no page shows."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from tests.families import addresses as safe
from tests.families.answers import lasting, words_of
from tests.families.world import World, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOLD = dict.fromkeys(("health_visiting", "mental_health", "police", "gp"), "2026-06-01")


def signed_in(who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def at(name: str, **more) -> str:
    return reverse(name, kwargs={"case": key("case"), **more})


def trail(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.using("reader").filter(action=action).order_by("recorded_at"))


@pytest.fixture
def world(record) -> World:
    return safe.build_with_dean(tom="named_member")


def tell_all(world: World, text: str = safe.IN_WORDS) -> str:
    """Priya tells everybody what holds the address; the entry's id."""
    from goldenthread.usecases.chronology.record_entry import record_entry
    from tests.families.world import NOW

    entry = world.entry("social_care", text, "2026-05-30", told=TOLD, id=key("entry told"))
    record_entry(world.actors["priya"], world.case, entry, now=NOW)
    return str(entry.id)


FORM = {
    "id": str(safe.ADDRESS), "whose": f"person:{key('person ruth')}",
    "safe_lines": f"{safe.STREET}\r\nFenwick", "safe_postcode": safe.POSTCODE,
    "safe_phone": safe.PHONE, "from_on-day": "20", "from_on-month": "5", "from_on-year": "2026",
    "how_known": "told", "said_by": "Ruth", "people": str(safe.DEAN),
    "acting_words": "Hobb and Lyle Solicitors", "safe_why": "He said that he will find them.",
}  # fmt: skip


def test_who_must_not_know_is_asked_before_it_is_kept(world):
    client = signed_in("priya")
    unsaid = {name: value for name, value in FORM.items() if name != "people"}

    asked = client.post(at("address_keep"), unsaid)
    kept = client.post(at("address_keep"), FORM, follow=True)

    assert asked.status_code == 422
    assert "“Nobody” is an answer" in words_of(asked)
    assert safe.STREET in words_of(asked)  # nothing typed is lost
    assert "The address is kept safe." in words_of(kept)
    assert "Dean Carter" in words_of(kept)
    assert safe.appears(words_of(kept)) == []


def test_it_is_shown_by_a_click_for_a_reason(world):
    safe.keep(world)
    client = signed_in("priya")
    address = at("address_show", address=safe.ADDRESS)

    before, unsaid = client.get(address), client.post(address, {"reason": ""})
    shown = client.post(address, {"reason": "To visit on Friday"})

    assert safe.appears(words_of(before)) == safe.appears(words_of(unsaid)) == []
    assert unsaid.status_code == 422
    assert safe.STREET in words_of(shown) and safe.POSTCODE in words_of(shown)
    assert trail("reveal_address")[0].detail == {"reason": "To visit on Friday"}


@pytest.mark.parametrize("who", ["ama", "tom", "lund"])
def test_whoever_may_not_have_it_reads_address_withheld(world, who):
    safe.keep(world)
    client = signed_in(who)

    said = words_of(client.get(at("addresses")))
    never = [words_of(client.post(at("address_show", address=one), {"reason": "x"}))
             for one in (safe.ADDRESS, key("no address"))]  # fmt: skip

    assert "Address withheld" in said
    assert str(safe.ADDRESS) not in said
    assert lasting(never[0]) == lasting(never[1])
    assert never[0].startswith("404")
    assert [one.outcome for one in trail("reveal_address")] == ["deny", "deny"]


def test_a_refuge_is_on_the_page_of_nobody_else(world):
    for who in ("ama", "tom"):
        client = signed_in(who)
        plain = words_of(client.get(at("addresses")))
        document = client.get(at("history_csv"))
        assert "Address withheld" not in plain
        assert document.headers["Content-Type"].startswith("text/csv")
    safe.keep(world, is_hidden=True)
    for who in ("ama", "tom"):
        client = signed_in(who)
        said = words_of(client.get(at("addresses")))
        document = client.get(at("history_csv"))
        assert re.sub(r"nonce-\S+|csrf\S+|\d\d:\d\d", "", said).count("ithheld") == 0
        assert document.headers["Content-Type"].startswith("text/csv")  # not asked for whom


def test_words_told_to_all_are_withheld_from_whoever_may_not_have_them(world):
    safe.keep(world)
    entry = tell_all(world)

    for who in ("ama", "tom", "lund"):
        client = signed_in(who)
        for page in (at("family"), at("history"), at("entry", statement=entry), "/",
                     at("history") + "?form=lanes", at("sharing")):  # fmt: skip
            assert safe.appears(words_of(client.get(page))) == [], (who, page)
        said = words_of(client.get(at("entry", statement=entry)))
        assert "They are at [words withheld], [words withheld]. Ring Ruth there on" in said


def test_words_that_one_may_have_are_marked_for_print(world):
    safe.keep(world)
    said = words_of(signed_in("priya").get(at("entry", statement=tell_all(world))))

    assert f'<span class="gt-safe-words"><span>{safe.STREET}</span></span>' in said
    assert "addresses/addresses.css" in said


def test_a_search_for_the_words_finds_nothing_for_whoever_may_not_have_them(world):
    safe.keep(world)
    tell_all(world)

    def finds(who: str, words: str) -> str:
        client, typed = signed_in(who), {"words": words}
        everywhere = words_of(client.post(reverse("search"), typed))
        here = words_of(client.post(at("history"), typed, follow=True))
        if who == "ama":
            assert ("They are at" in everywhere) == ("They are at" in here), words
        if words == "Ring Ruth":  # whoever may have it reads it on the family's own pages
            assert "They are at [words withheld]" in everywhere
            assert safe.appears(everywhere) == []
        return here

    for words in ("Larkspur", "zz9", "ZZ9 4QX", "960 471"):
        assert "They are at" not in finds("ama", words), words
    assert "They are at" in finds("ama", "Ring Ruth")
    # Found with a minus and another word, and not with this one, would tell that it stands there.
    for words in ("Ruth -Larkspur", "Ruth -zebra", '"Ring Ruth"-Larkspur', '"Ring Ruth"-zebra'):
        assert "They are at" not in finds("ama", words), words
    for words in ("Larkspur", "Ring Ruth"):
        assert "They are at" in finds("priya", words), words
    assert "is not searched for" in finds("priya", "ZZ9 4QX")


def test_what_is_typed_is_pointed_out_once_and_may_be_kept(world):
    safe.keep(world)
    client, draft = signed_in("priya"), key("draft typed")
    address = at("add_screen", draft=draft, screen="who")
    typed = {"screen": "who", "text": safe.IN_WORDS, "people": str(key("person ruth")),
             "how_known": "saw"}  # fmt: skip

    pointed = client.post(address, typed)
    kept = client.post(address, {**typed, "safe-words-seen": "yes"})
    again = client.post(address, typed)

    assert "holds an address that is kept safe" in words_of(pointed)
    assert safe.IN_WORDS in words_of(pointed)  # nothing typed is lost
    assert kept.status_code == again.status_code == 302
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT fields::text FROM chronology_draft")
        assert safe.appears(" ".join(row[0] for row in cursor.fetchall())) == []
    assert safe.IN_WORDS in words_of(client.get(address))


def test_whoever_may_not_have_it_is_not_told_that_they_guessed_right(world):
    safe.keep(world)
    client, draft = signed_in("ama"), key("draft guess")
    address = at("add_screen", draft=draft, screen="who")
    typed = {"screen": "who", "text": safe.IN_WORDS, "people": str(key("person ruth")),
             "how_known": "saw"}  # fmt: skip

    sent = client.post(address, typed)

    assert sent.status_code == 302
    assert safe.IN_WORDS in words_of(client.get(address))  # their own words, as they typed them


def test_without_the_key_the_family_is_not_shown_unguarded(world):
    from django.conf import settings

    safe.keep(world)
    given = settings.ADDRESS_KEYS
    try:
        settings.ADDRESS_KEYS = ""
        answer = signed_in("ama").get(at("history"))
    finally:
        settings.ADDRESS_KEYS = given

    assert answer.status_code == 503
    assert "GOLDENTHREAD_ADDRESS_KEYS" in words_of(answer)


def test_an_error_page_and_a_report_hold_no_word_of_it(world, monkeypatch, caplog):
    from django.test import RequestFactory
    from django.views.debug import ExceptionReporter

    from goldenthread.web.addresses import forms

    def broken(*given, **more):
        secret = safe.STREET
        raise RuntimeError(f"broken with {len(secret)}")

    monkeypatch.setattr(forms, "keep_address", broken)
    page = signed_in("priya").post(at("address_keep"), FORM)
    assert page.status_code == 500
    assert safe.appears(words_of(page)) == safe.appears(caplog.text) == []
    try:
        broken()
    except RuntimeError as error:
        request = RequestFactory().post("/", FORM)
        report = ExceptionReporter(request, type(error), error, error.__traceback__)
        assert safe.appears(report.get_traceback_text()) == []
        assert safe.appears(report.get_traceback_html()) == []


def test_no_address_holds_anything_of_one(world):
    safe.keep(world)
    pages = [signed_in("priya").get(at("addresses")), signed_in("priya").get(at("family"))]
    for page in pages:
        for link in re.findall(r'href="([^"]*)"', words_of(page)):
            assert safe.appears(urlsplit(link).path + urlsplit(link).query) == []


def test_the_family_page_says_that_it_is_kept_or_withheld_and_nothing_of_a_refuge(world):
    family = at("family")
    assert "Address kept safe" not in words_of(signed_in("priya").get(family))
    safe.keep(world)
    refuge = {"id": key("address refuge"), "person": key("person ada"), "is_hidden": True}
    safe.keep(world, lines="The Old Mill\nWeir Road", postcode="", phone="", **refuge)

    kept, withheld = (words_of(signed_in(who).get(family)) for who in ("priya", "ama"))

    assert kept.count("Address kept safe") == 2
    assert withheld.count("Address withheld") == 1
    assert safe.appears(kept) == safe.appears(withheld) == []
