"""The network as files: what the reader may see, known from the viewpoint, audited as leaving."""

from __future__ import annotations

import csv
import io

import pytest

from goldenthread.records.audit.models import AuditEvent
from tests.families.world import build_world
from tests.web.network.conftest import address, signed_in

FILES = ["network_csv", "network_gedcom", "network_svg", "network_pdf", "network_png"]


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_made_audited_and_named_by_the_family_and_the_day(world, name):
    answer = signed_in(world, "priya").get(address(world, name), {"on": "10 June 2026"})

    assert answer.status_code == 200
    assert len(answer.content) > 500
    named = answer["Content-Disposition"]
    assert "GT-0001-2026-06-10" in named
    assert "kafor" not in named
    (look,) = AuditEvent.objects.using("reader").filter(action="export_chronology")
    assert look.account == world.actors["priya"].account


@pytest.mark.parametrize("name", FILES)
def test_somebody_without_a_tie_gets_no_file(record, name):
    world = build_world()

    assert signed_in(world, "tom").get(address(world, name)).status_code == 404


@pytest.mark.parametrize("name", ["network_csv", "network_gedcom", "network_svg"])
def test_no_file_holds_what_another_agency_did_not_share(world, name):
    content = signed_in(world, "priya").get(address(world, name)).content.decode()

    assert "Dean" in content
    assert "caution" not in content
    assert "abuse" not in content


def test_a_file_from_a_viewpoint_leaves_out_who_was_not_known(world):
    answer = signed_in(world, "priya").get(address(world, "network_csv"), {"on": "1 April 2026"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    names = {row["name"] for row in rows if row["kind"] == "person"}
    assert "Maureen Okafor" in names
    assert not any("Dean" in name for name in names)


def test_a_gedcom_file_says_what_it_has_no_place_for(world):
    content = signed_in(world, "priya").get(address(world, "network_gedcom")).content.decode()

    assert "leaves out" in content
