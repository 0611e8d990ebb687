"""A spreadsheet on its way in: upload, columns, check, names, confirm, receipt; then again."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.jobs import worker
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account
from tests.families.world import World, build_world, key

ROWS = [
    ["Log of Ferry Lane", None, None, None],
    ["Ref", "Date", "Who", "What we saw"],
    ["1", "03/03/2026", "Ada; Mum", "Ada fed well and watched her mother's face."],
    ["2", "31/02/2026", "Ada", "This row has a date that does not exist."],
    ["3", "05/03/2026", "Aunty Bea", "Aunty Bea brought nappies."],
    ["4", "06/03/2026", "Ada", "=HYPERLINK('http://example.org')"],
]


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {name}")))
    return client


def workbook(rows: list[list[object]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("log.xlsx", out.getvalue())


def follow(client: Client, address: str) -> tuple[str, str]:
    """Do the waiting jobs and go where the progress page leads."""
    worker.run(wait=False)
    answer = client.get(address, follow=True)
    where = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    return where, answer.content.decode()


def uploaded(client: Client, world: World, rows: list[list[object]]) -> tuple[str, str]:
    begun = client.post(f"/families/{world.case}/imports/", {"file": workbook(rows)})
    return follow(client, begun.url)


def checked(client: Client, world: World, rows: list[list[object]]) -> tuple[str, str]:
    where, _ = uploaded(client, world, rows)
    chosen = {"column-id": "Ref", "column-date": "Date", "column-people": "Who",
              "column-what": "What we saw"}  # fmt: skip
    return follow(client, client.post(where, chosen).url)


def test_the_whole_way_in_and_the_same_file_again_adds_nothing(world: World):
    client = signed_in("ama")

    where, page = checked(client, world, ROWS)
    assert "February 2026 has 28 days" in page
    assert "We do not know who “Aunty Bea” is" in page
    assert Statement.objects.count() == 0, "nothing is kept before it is confirmed"

    where, page = follow(client, client.post(where, {"person-0": str(key("person ruth"))}).url)
    assert "Add 3 entries to the record" in page
    where, page = follow(client, client.post(where.replace("/report/", "/confirm/")).url)
    assert "3 entries added" in page
    assert "Row 4" in page
    assert Statement.objects.filter(text__startswith="=HYPERLINK").count() == 1

    where, page = checked(client, world, ROWS)
    assert "There is nothing new in this file to add" in page
    assert Statement.objects.count() == 3


def test_an_overlapping_newer_file_adds_only_what_is_new(world: World):
    client = signed_in("ama")
    first = ROWS[:3]
    where, _ = checked(client, world, first)
    follow(client, client.post(where.replace("/report/", "/confirm/")).url)

    newer = [*first, ["9", "01/04/2026", "Ada", "Ada smiled at the health visitor."]]
    where, page = checked(client, world, newer)

    assert "Add 1 entry to the record" in page


def test_the_layout_is_remembered_for_the_next_file(world: World):
    client = signed_in("ama")
    checked(client, world, ROWS)

    _, page = uploaded(client, world, ROWS)

    assert '<option value="What we saw" selected>' in page


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(world: World):
    client = signed_in("ama")
    begun = client.post(
        f"/families/{world.case}/imports/",
        {
            "file": SimpleUploadedFile(
                "notes.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600
            )
        },
    )

    where, page = follow(client, begun.url)

    assert where.endswith("/receipt/")
    assert "This file could not be read" in page
    assert Statement.objects.count() == 0


def test_another_agency_does_not_see_that_the_import_exists(world: World):
    where, _ = uploaded(signed_in("ama"), world, ROWS)

    for name in ("lund", "tom"):
        assert signed_in(name).get(where).status_code == 404
    assert (
        "log.xlsx" not in signed_in("lund").get(f"/families/{world.case}/imports/").content.decode()
    )


def test_no_file_chosen_is_said_where_it_happened(world: World):
    answer = signed_in("ama").post(f"/families/{world.case}/imports/", {})

    assert answer.status_code == 400
    assert "Choose a spreadsheet to bring in." in answer.content.decode()
