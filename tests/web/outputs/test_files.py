"""What leaves the record: only what the reader may see, and the same again when it comes back."""

from __future__ import annotations

import io
import re

import openpyxl
import pypdf
import pytest
from django.test import Client

from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')  # differs with every answer
CANARY = "Zephyrine the heron"


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    told = {"social_care": "2026-03-20"}
    seen = world.entry("health_visiting", "=SUM(1) Baby asleep.", told=told, known="2026-03-15")
    record_entry(world.actors["ama"], world.case, seen, now=NOW)
    hidden = world.entry("mental_health", f"Ruth spoke of {CANARY}.", how_known="told")
    record_entry(world.actors["lund"], world.case, hidden, now=NOW)
    return world


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {name}")))
    return client


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_a_stranger_gets_the_same_answer_as_for_no_family(world: World, ending: str):
    real = signed_in("tom").get(f"/families/{world.case}/history.{ending}")
    missing = signed_in("tom").get(f"/families/{key('nowhere')}/history.{ending}")

    assert (real.status_code, missing.status_code) == (404, 404)
    assert TOKEN.sub(b"", real.content) == TOKEN.sub(b"", missing.content)


def test_a_workbook_holds_only_what_the_reader_may_see_and_no_live_formula(world: World):
    answer = signed_in("priya").get(f"/families/{world.case}/history.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(sheet.sheet_state == "visible" for sheet in book)
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=SUM(1) Baby asleep." for cell in cells)
    assert not any(CANARY in str(cell.value) for cell in cells)
    said = [cell.value for cell in cells]
    assert "1 entry." in said
    assert any(str(text).startswith("1 entry held by other agencies") for text in said)


def test_a_pdf_says_who_made_it_and_leaves_out_what_is_masked(world: World):
    answer = signed_in("priya").get(f"/families/{world.case}/history.pdf")

    text = " ".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
    )
    assert "Priya Nair" in text
    assert "As known to every agency" in text
    assert "Baby asleep" in text
    assert CANARY not in text


def test_a_published_chronology_is_fixed_and_shown_as_far_as_each_reader_may_see(world: World):
    chair = signed_in("grace")
    page = chair.get(f"/families/{world.case}/publish/").content.decode()
    entries = [
        line.split('value="')[1].split('"')[0]
        for line in page.splitlines()
        if 'name="entry"' in line
    ]
    id = page.split('name="id" value="')[1].split('"')[0]

    published = chair.post(
        f"/families/{world.case}/publish/",
        {"id": id, "title": "Review conference", "entry": entries},
    )
    again = chair.post(
        f"/families/{world.case}/publish/",
        {"id": id, "title": "Review conference", "entry": entries[:1]},
    )

    assert published.url == again.url
    assert CANARY in chair.get(published.url).content.decode()
    other = signed_in("ama").get(published.url).content.decode()
    assert CANARY not in other
    assert "1 more held by agencies" in other


def test_publishing_without_a_title_keeps_what_was_chosen(world: World):
    chair = signed_in("grace")
    page = chair.get(f"/families/{world.case}/publish/").content.decode()
    id = page.split('name="id" value="')[1].split('"')[0]

    answer = chair.post(
        f"/families/{world.case}/publish/", {"id": id, "title": " ", "purpose": "Look at nights"}
    )

    assert answer.status_code == 400
    assert "Give the chronology a title" in answer.content.decode()
    assert "Look at nights" in answer.content.decode()
