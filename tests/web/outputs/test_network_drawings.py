"""The drawings of a network to take away: what the reader may see, signed, audited, of all forms."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from django.test import Client

from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from tests.families.network import record_network
from tests.families.world import World, build_world, key


@pytest.fixture
def world(record: str) -> World:
    return record_network(build_world())


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {name}")))
    return client


def taken(world: World, ending: str, who: str = "priya", **query: str):
    return signed_in(who).get(f"/families/{world.case}/network.{ending}", query)


@pytest.mark.parametrize("form", ["genogram", "ecomap", "homes"])
def test_each_drawing_is_a_signed_svg_without_an_address_of_ours(world: World, form: str):
    answer = taken(world, "svg", form=form)
    text = answer.content.decode()

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{form}-')
    assert "Ruth" not in answer["Content-Disposition"]
    assert "As known to " in text
    assert "Made by Priya" in text
    assert "/families/" not in text


@pytest.mark.slow
def test_a_pdf_says_on_paper_who_made_it_and_what_it_shows(world: World):
    answer = taken(world, "pdf", paper="A3")
    said = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)

    assert answer["Content-Type"] == "application/pdf"
    for words in ("Ruth", "Priya", "As known to"):
        assert words in said


@pytest.mark.slow
def test_a_png_is_a_picture(world: World):
    assert taken(world, "png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_a_stranger_gets_the_same_answer_as_for_no_family(world: World, ending: str):
    missing = signed_in("tom").get(f"/families/{key('nowhere')}/network.{ending}")

    assert (taken(world, ending, who="tom").status_code, missing.status_code) == (404, 404)


def test_taking_a_drawing_away_is_audited_as_leaving_the_record(world: World):
    taken(world, "svg")

    (look,) = AuditEvent.objects.using("reader").filter(action="export_chronology")
    assert look.account == key("account priya")
    assert look.resource == "network"
