"""“For somebody else”: from the link beside a download to a document made for them, or a card."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families import restricted
from tests.families.answers import words_of
from tests.families.world import NOW, World, key
from tests.web.addresses.test_pages import at, signed_in, trail

AMA = f"practitioner:{key('practitioner ama')}"
TOM = f"practitioner:{key('practitioner tom')}"


@pytest.fixture
def world(record) -> World:
    world = restricted.build_restricted()
    for words, told in (("Ours alone.", {}), ("Both.", {"health_visiting": "2026-04-01"})):
        entry = world.entry("social_care", words, told=told)
        record_entry(world.actors["priya"], world.case, entry, now=NOW)
    return world


def asks(client, place: str, id: str = "ask", **sent):
    given = {"id": str(key(id)), "of": place, "words": "", **sent}
    return client.post(at("document_for"), given, follow=True)


def link(page: str) -> str:
    (href,) = re.findall(r'href="([^"]+for=somebody-else)"', page)
    return href.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("history", {"history_pdf", "history_xlsx", "history_csv"}),
        ("network", {"network_pdf", "network_svg", "network_png", "network_csv", "network_gedcom"}),
    ],
)
def test_one_link_beside_the_files_asks_for_whom_and_as_which(world, page, files):
    client = signed_in("priya")

    asked = client.get(link(client.get(at(page)).content.decode()))

    assert "For whom is this?" in words_of(asked)
    assert "keeps an address" not in words_of(asked)
    offered = re.findall(r'type="radio" value="([^"?]+)', asked.content.decode())
    assert {reverse(name, kwargs={"case": world.case}) for name in files} == set(offered)


def test_it_says_what_is_left_out_and_makes_it_for_them(world):
    client, place = signed_in("priya"), at("history_csv")

    told = asks(client, place, to=AMA)

    said = words_of(told)
    assert "Before it leaves" in said
    assert "You can read 2 entries of this family. 1 of them is in no document for Ama" in said
    assert "Fenwick Health Visiting has not been told 1 entry." in said
    assert reverse("sharing", kwargs={"case": world.case}) in said
    (take,) = re.findall(r'href="([^"]+)"[^>]*>Take the document', told.content.decode())
    left = client.get(take.replace("&amp;", "&"))
    assert "Both." in words_of(left) and "Ours alone." not in words_of(left)
    assert "by-priya-nair-for-ama-boateng.csv" in left.headers["Content-Disposition"]
    assert trail("send_document")[-1].detail["answer"] == "yes"
    # What it was narrowed for ends with it: the next page is the sender's own again.
    assert "Ours alone." in words_of(client.get(at("history_csv")))


def test_where_nothing_is_left_out_the_document_is_made_at_once(world):
    left = asks(signed_in("ama"), at("history_csv"), to=f"practitioner:{key('practitioner priya')}")
    assert "Both." in words_of(left) and "Content-Disposition" in left.headers


def test_it_says_whom_else_it_may_tell_of_and_holds_nothing_back(world):
    said = world.entry("health_visiting", "Her friend Kelly hit her.", "2026-03-20",
                       told={"social_care": "2026-03-21"})  # fmt: skip
    record_entry(world.actors["ama"], world.case, said, now=NOW)

    told = asks(signed_in("ama"), at("history_csv"), to=f"practitioner:{key('practitioner priya')}")

    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told.content.decode()))
    assert "Whom else it may tell of" in words and "Kelly It may be a name entry " in words
    assert reverse("entry", kwargs={"case": world.case, "statement": said.id}) in words_of(told)
    (take,) = re.findall(r'href="([^"]+)"[^>]*>Take the document', told.content.decode())
    left = signed_in("ama").get(take.replace("&amp;", "&"))
    assert "Kelly" in words_of(left), "it is advice: nothing is taken out"


def test_a_selection_stays_a_selection(world):
    place = f"{at('history_csv')}?kind=visit"
    left = asks(signed_in("ama"), place, to=f"practitioner:{key('practitioner priya')}")
    assert "Both." not in words_of(left) and "Content-Disposition" in left.headers


def test_the_card_names_whom_to_ask_and_no_reason(world):
    restricted.conflict(world, "ama")
    client = signed_in("priya")

    def card(id: str, whom: str) -> str:
        answer = asks(client, at("history_pdf"), id, to=whom)
        assert answer.status_code == 409
        (said,) = re.findall(
            r'<div class="gt-interruption">.*?</div>', answer.content.decode(), re.S
        )
        assert not re.search("conflict|seal|label|withheld|team|tie", re.sub("<[^>]+>", "", said))
        return said

    in_conflict, no_tie = card("one", AMA), card("two", TOM)

    assert "Grace Obi" in in_conflict
    assert re.sub("Ama Boateng, Fenwick Health Visiting", "x", in_conflict) == re.sub(
        "Tom Hale, Fenwick Police", "x", no_tie
    )
    # Nor at the document's own address.
    answer = client.get(f"{at('history_pdf')}?for={key('one')}")
    assert answer.status_code == 409
    assert "This document is not made" in words_of(answer)


def test_what_cannot_be_narrowed_is_for_nobody_else(world, monkeypatch):
    from dataclasses import replace

    from goldenthread.domain.addresses.output_kinds import OUTPUTS, Others
    from goldenthread.web.addresses import guard, ready

    plain = {kind.key: replace(kind, others=Others.NEVER) for kind in OUTPUTS}
    monkeypatch.setattr(ready, "KINDS", plain)
    kind_at = guard.kind_at
    monkeypatch.setattr(
        guard, "kind_at", lambda name, sent: (one := kind_at(name, sent)) and plain[one.key]
    )
    client = signed_in("priya")

    refused = asks(client, at("history_csv"), to=AMA)
    straight = client.get(f"{at('history_csv')}?for={key('ask')}")

    for answer in (refused, straight):
        assert answer.status_code == 409
        assert "for nobody else" in words_of(answer)
    assert "Content-Disposition" in client.get(at("history_csv")).headers


def test_for_whom_must_be_said_and_an_answer_is_of_one_document_and_ones_own(world):
    client, place = signed_in("priya"), at("history_csv")
    assert asks(client, place).status_code == 422
    asks(client, place, to=AMA)
    own = f"?for={key('ask')}"

    for wrong in (client.get(at("history_xlsx") + own), signed_in("grace").get(place + own)):
        assert "Please say again" in words_of(wrong)
    assert "Both." in words_of(client.get(f"{place}?for=x", follow=True))
    for path in ("document_ready",):
        assert signed_in("grace").get(at(path, ask=key("ask"))).status_code == 404
        assert client.get(at(path, ask=key("never"))).status_code == 404


def test_rows_that_were_not_kept_say_by_whom_and_for_whom(world):
    from uuid import uuid4

    from goldenthread.interop.chronology.bring_in import bring_in
    from tests.interop.chronology.files import HOME_VISIT, as_csv, with_cell

    bad = with_cell(HOME_VISIT, "Date", "31/02/2026")
    file = bring_in(
        world.actors["ama"], world.case, as_csv(bad), "hv.csv", id=uuid4(), now=NOW
    ).file
    left = signed_in("ama").get(at("import_problem_rows", file=file))
    assert re.search(
        r"rows-not-kept-GT-0001-20\d\d-\d\d-\d\d-by-and-for-ama-boateng\.csv",
        left.headers["Content-Disposition"],
    )
