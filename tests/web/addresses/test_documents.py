"""A seeded leak in every kind of output is caught; a named manager decides, never the sender."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import openpyxl
import pytest
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.domain.addresses.output_kinds import OUTPUTS, Check
from goldenthread.domain.addresses.postal import as_given
from goldenthread.usecases.addresses.document_text import CannotBeRead, texts_of
from goldenthread.web.outputs.pdf import pdf_of
from tests.families import addresses as safe
from tests.families.answers import words_of
from tests.families.world import World, key
from tests.web.addresses.test_pages import at, signed_in, tell_all, trail

WANTED = [Wanted(safe.ADDRESS, as_given(safe.STREET, safe.POSTCODE, safe.PHONE))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world(record) -> World:
    return safe.build_with_dean(tom="named_member")


def found(content: bytes, kind: str) -> set[tuple[str, str]]:
    return {
        (str(hit.part), within.where)
        for within in texts_of(content, kind)
        for hit in found_in(within.text, WANTED)
    }


def workbook(change) -> bytes:
    book = openpyxl.Workbook()
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hidden_sheet(book) -> None:
    sheet = book.create_sheet("Old")
    sheet.sheet_state = "hidden"
    sheet["C9"] = "zz94qx"


def hidden_column(book) -> None:
    book.active["D4"] = "47 larkspur rise"
    book.active.column_dimensions["D"].hidden = True


def comment(book) -> None:
    book.active["A1"].comment = openpyxl.comments.Comment("ring 01632 960471", "P")


def properties(book) -> None:
    book.properties.keywords = "ZZ9-4QX"


def sheet_name(book) -> None:
    book.active.title = "ZZ9 4QX"


def cell(book) -> None:
    book.active["A1"] = "+44 1632 960 471"


@pytest.mark.parametrize(
    "change", [cell, hidden_sheet, hidden_column, comment, properties, sheet_name]
)
def test_nothing_in_a_workbook_goes_unread(change):
    assert found(workbook(lambda book: None), XLSX) == set()
    assert found(workbook(change), XLSX)


def pdf(body: str = "Chronology", head: str = "") -> bytes:
    return pdf_of(f"<html><head><title>Chronology</title>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    "made",
    [
        lambda: pdf("<p>They are at 47 Larkspur<br>Rise.</p>"),
        lambda: pdf("<p>ZZ9</p><p>4QX</p>"),
        lambda: pdf("<table><tr><td>01632</td><td>960 471</td></tr></table>"),
        lambda: pdf("<p style='color:white'>zz94qx</p>"),
        lambda: pdf(head="<meta name=author content='47 Larkspur Rise'>"),
        lambda: pdf(head="<meta name=keywords content='ZZ9 4QX'>"),
        lambda: pdf("<a href='https://example.org/?at=ZZ9%204QX'>map ZZ94QX</a>"),
        lambda: pdf("<h1 style='bookmark-label:\"47 Larkspur Rise\"'>Where</h1>"),
        lambda: pdf("<p style='display:inline-block;width:1em'>47 Larkspur Rise</p>"),
    ],
)
def test_nothing_in_a_pdf_goes_unread(made):
    assert found(pdf(), "application/pdf") == set()
    assert found(made(), "application/pdf")


def test_a_packed_stream_of_a_pdf_that_no_page_shows_is_read():
    packed = zlib.compress(b"attached: 47 Larkspur Rise")
    content = pdf() + b"\n99 0 obj <<>> stream\n" + packed + b"\nendstream"

    assert ("street", "the file beneath its pages") in found(content, "application/pdf")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('date,text\n2026,"47, Larkspur\nRise"', "text/csv"),
        ("\ufeffwhat\nzz9 4qx", "text/csv"),
        ("0 HEAD\n1 NOTE 01632\n2 CONT 960471", "text/plain"),
        ("<svg><text><tspan>47 Lark</tspan><tspan>spur Rise</tspan></text></svg>", "image/svg+xml"),
        ("<svg><title>ZZ9&#160;4QX</title></svg>", "image/svg+xml"),
        ("<svg><!-- ZZ9 4QX --></svg>", "image/svg+xml"),
        ("<svg><metadata a='01632 960471'/></svg>", "image/svg+xml"),
        ("<p>47 <ins>Larkspur</ins> Rise</p>", "text/html"),
        ("<p title='47 Larkspur Rise'>x</p>", "text/html"),
        ("<p>ZZ9&nbsp;4QX</p>", "text/html"),
        ('{"because": ["ZZ9 4QX"]}', "application/json"),
    ],
)
def test_nothing_in_a_text_goes_unread(content, kind):
    assert found(content.encode(), kind)


def test_the_words_of_a_picture_are_read_and_what_cannot_be_read_does_not_leave():
    chunk = b"Comment\x0047 Larkspur Rise"
    png = b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4, "big") + b"tEXt" + chunk + b"\0\0\0\0"

    assert found(png, "image/png")
    with pytest.raises(CannotBeRead):
        found(b"\x00\x01", "application/octet-stream")


def test_an_office_file_within_is_read_whole():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("docProps/custom.xml", "<a>ZZ9 4QX</a>")

    assert found(out.getvalue(), XLSX) == {("postcode", "its properties")}


# Each document that the small world can make, and for whom it is refused.
DOCUMENTS = ("history_pdf", "history_xlsx", "history_csv")
DRAWN = tuple(f"network_{form}" for form in ("svg", "pdf", "png", "csv", "gedcom"))


def ask(client, place: str, to: str = "", words: str = "") -> HttpResponse:
    asked = client.get(place)
    assert "For whom is this?" in words_of(asked), place
    sent = {"id": str(key(f"ask {place} {to} {words}")), "of": place, "words": words}
    answer = client.post(at("document_for"), sent | ({"to": to} if to else {}), follow=True)
    return taken(client, answer)


def taken(client, answer: HttpResponse) -> HttpResponse:
    """The document, where its sender is first told what is left out of it."""
    if "Before it leaves" not in words_of(answer):
        return answer
    (take,) = re.findall(r'href="([^"]+)"[^>]*>Take the document', answer.content.decode())
    return client.get(take.replace("&amp;", "&"), follow=True)


HIM, SOLICITOR = f"person:{safe.DEAN}", "Hobb and Lyle, solicitors"


@pytest.mark.parametrize("name", [*DOCUMENTS, *DRAWN])
def test_a_document_for_him_or_his_solicitor_is_held_whatever_it_says(world, name):
    safe.keep(world)
    client = signed_in("priya")

    for to, words in ((HIM, ""), ("", SOLICITOR), ("", "Mr D. Carter and Dean Carter")):
        held = words_of(ask(client, at(name), to, words))
        assert "This document is held" in held
        assert "must not reach" in held
        assert "<input" not in held.partition("gt-interruption")[2].partition("</main>")[0]


@pytest.mark.parametrize("name", [*DOCUMENTS, *DRAWN])
def test_a_document_for_somebody_else_leaves(world, name):
    safe.keep(world)

    left = ask(signed_in("priya"), at(name), words="Family Court, Fenwick")

    assert left.status_code == 200
    assert "Content-Disposition" in left.headers
    assert safe.appears(words_of(left)) == []
    assert trail("send_document")[-1].detail["answer"] == "yes"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_leak_in_what_was_written_holds_it_whoever_it_is_for(world, name):
    safe.keep(world)
    tell_all(world)

    held = words_of(ask(signed_in("priya"), at(name), words="Family Court, Fenwick"))

    assert "This document is held" in held
    for part in ("postcode", "house and street", "telephone number"):
        assert f"The {part} of Ruth Okafor stands in it" in held
    assert safe.appears(held) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_whoever_may_not_have_it_takes_the_document_without_it(world, name):
    safe.keep(world)
    tell_all(world)

    left = ask(signed_in("ama"), at(name), to=f"practitioner:{key('practitioner ama')}")

    assert "Content-Disposition" in left.headers
    assert safe.appears(words_of(left)) == []
    assert "[words withheld]" in " ".join(words_of(left).split())


def test_a_manager_decides_with_a_reason_and_never_the_sender(world):
    safe.keep(world)
    tell_all(world)
    priya, grace = signed_in("priya"), signed_in("grace")
    held = ask(priya, at("history_csv"), words="Family Court, Fenwick")
    ask_id = key(f"ask {at('history_csv')}  Family Court, Fenwick")
    decide = at("document_decide", ask=ask_id)
    assert "Grace Obi" in words_of(held)

    for who in ("priya", "sam", "ama"):
        assert signed_in(who).get(decide).status_code == 404
        refused = signed_in(who).post(decide, {"leaves": "yes", "reason": "x"})
        assert refused.status_code == 404
    assert grace.post(decide, {"leaves": "yes", "reason": ""}).status_code == 422
    assert grace.post(decide, {"reason": "x"}).status_code == 422
    inside = grace.post(decide, {"leaves": "yes", "reason": f"at {safe.POSTCODE}"})
    assert "Leave the address itself out" in words_of(inside)
    again = priya.get(f"{at('history_csv')}?for={ask_id}", follow=True)
    assert "This document is held" in words_of(again)

    grace.post(decide, {"leaves": "yes", "reason": "The court ordered it."})
    left = priya.get(f"{at('history_csv')}?for={ask_id}")

    assert left.headers["Content-Type"].startswith("text/csv")
    assert trail("decide_document")[-1].detail["leaves"] is True
    # For another document, another person, or with more in it, it is asked again.
    other = priya.get(f"{at('history_xlsx')}?for={ask_id}")
    theirs = grace.get(f"{at('history_csv')}?for={ask_id}")
    assert "For whom is this?" in words_of(other) and "For whom is this?" in words_of(theirs)


def test_what_a_manager_refused_does_not_leave(world):
    safe.keep(world)
    priya = signed_in("priya")
    ask(priya, at("network_csv"), to=HIM)
    ask_id = key(f"ask {at('network_csv')} {HIM} ")
    signed_in("grace").post(
        at("document_decide", ask=ask_id), {"leaves": "no", "reason": "Not to him."}
    )

    told = priya.get(f"{at('network_csv')}?for={ask_id}", follow=True)

    assert "This document does not leave" in words_of(told)
    assert "Not to him." in words_of(told)


def test_where_nothing_is_kept_nothing_is_asked(world):
    for name in (*DOCUMENTS, *DRAWN):
        assert "Content-Disposition" in signed_in("priya").get(at(name)).headers


def test_for_whom_must_be_said_and_forged_answers_open_nothing(world):
    safe.keep(world)
    client = signed_in("priya")
    place = at("history_csv")
    unsaid = client.post(at("document_for"), {"id": str(key("a")), "of": place})
    assert unsaid.status_code == 422
    for of in ("https://evil.example/", "//evil.example/x", at("family"), "/nowhere/",
               place.replace(str(world.case), str(key("another")))):  # fmt: skip
        sent = {"id": str(key("b")), "of": of, "words": "court"}
        assert client.post(at("document_for"), sent).status_code == 404
    for forged in (str(key("never")), "x", "'"):
        asked = client.get(place, {"for": forged}, follow=True)
        assert "For whom is this?" in words_of(asked)
    stranger = {"id": str(key("c")), "of": place, "to": f"person:{key('nobody')}"}
    assert client.post(at("document_for"), stranger).status_code == 404


def test_a_notice_says_nothing_of_an_address(world):
    from goldenthread.usecases._steps import notices

    said = f"{notices.SUBJECT} {notices.BODY}"

    assert not found_in(said, WANTED)
    assert "{" not in said.replace("{address}", "")
    assert [kind.check for kind in OUTPUTS if kind.key == "notice"] == [Check.CONTENT_FREE]
    assert mail is not None and reverse("account_login") in "/account/login/"


@pytest.mark.parametrize("name", ["history_csv", "network_pdf"])
def test_a_file_that_is_in_no_register_does_not_leave(world, name, monkeypatch):
    from goldenthread.web.addresses import guard

    monkeypatch.setattr(guard, "kind_at", lambda address, asked: None)

    answer = signed_in("priya").get(at(name))

    assert answer.status_code == 500
    assert "This does not leave" in words_of(answer)
    assert "Content-Disposition" not in answer.headers
