"""A spreadsheet on its way in: upload, columns, check, names, confirm, receipt; then again."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.jobs import worker
from goldenthread.records.access.models import TeamMember
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import ImportFile, ImportRow
from goldenthread.records.people.models import Person, PersonAlias
from goldenthread.records.provenance.models import ShareEvent, Statement
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.imports import keeping, receiving
from tests.families.world import World, build_world, key

ROWS = [
    ["Log of Ferry Lane", None, None, None],
    ["Ref", "Date", "Who", "What we saw"],
    ["1", "03/03/2026", "Ada; Mum", "Ada fed well and watched her mother's face."],
    ["2", "31/02/2026", "Ada", "This row has a date that does not exist."],
    ["3", "05/03/2026", "Aunty Bea", "Aunty Bea brought nappies."],
    ["4", "06/03/2026", "Ada", "=HYPERLINK('http://example.org')"],
]
CHOSEN = {
    "column-id": "Ref",
    "column-date": "Date",
    "column-people": "Who",
    "column-what": "What we saw",
}


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {name}")))
    return client


def workbook(rows: list[list[object]], name: str = "log.xlsx") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def follow(client: Client, address: str) -> tuple[str, str]:
    """Do the waiting jobs and go where the progress page leads."""
    worker.run_waiting_jobs()
    answer = client.get(address, follow=True)
    where = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    return where, answer.content.decode()


def uploaded(client: Client, world: World, rows: list[list[object]], **more) -> tuple[str, str]:
    begun = client.post(f"/families/{world.case}/imports/", {"file": workbook(rows), **more})
    return follow(client, begun.url)


def checked(client: Client, world: World, rows: list[list[object]], **more) -> tuple[str, str]:
    where, _ = uploaded(client, world, rows, **more)
    return follow(client, client.post(where, CHOSEN).url)


def confirmed(client: Client, where: str) -> tuple[str, str]:
    return follow(client, client.post(where.replace("/report/", "/confirm/")).url)


def test_the_whole_way_in_and_the_same_file_again_adds_nothing(world: World):
    client = signed_in("ama")

    where, page = checked(client, world, ROWS)
    assert "February 2026 has 28 days" in page
    assert "We do not know who “Aunty Bea” is" in page
    assert Statement.objects.count() == 0, "nothing is kept before it is confirmed"

    asked = where.replace("/report/", "/names/")
    assert "Aunty Bea" in client.get(asked).content.decode()
    _, page = follow(client, client.post(asked, {"people-0": str(key("person ruth"))}).url)
    assert "Add 3 entries to the record" in page
    where, page = confirmed(client, where)
    assert "3 entries added" in page
    assert "Row 4" in page
    assert Statement.objects.filter(text__startswith="=HYPERLINK").count() == 1

    where, page = checked(client, world, ROWS)
    assert "There is nothing in this file to add" in page
    where, page = confirmed(client, where)
    assert "0 entries added" in page
    assert Statement.objects.count() == 3


def test_one_row_and_several_are_counted_as_people_say_it(world: World):
    client = signed_in("ama")
    several = re.sub(r"<[^>]+>", " ", checked(client, world, ROWS)[1])
    one = re.sub(r"<[^>]+>", " ", checked(client, world, ROWS[:4])[1])

    assert re.search(r"2 rows\s+cannot be kept as they are", several)
    assert re.search(r"1 row\s+cannot be kept as it is", one)
    assert re.search(r"1 row\s+new, to be added", one)


def test_somebody_nobody_knows_is_added_not_identified_and_only_when_confirmed(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS)
    answers = {"people-0": "new"}
    _, page = follow(client, client.post(where.replace("/report/", "/names/"), answers).url)
    assert "1 person will be added to this family, not identified" in page
    assert not Person.objects.filter(known_as="Aunty Bea").exists()
    assert not PersonAlias.objects.filter(words="Aunty Bea").exists()

    confirmed(client, where)

    assert Person.objects.get(known_as="Aunty Bea").is_identified is False
    assert Statement.objects.filter(text__startswith="Aunty Bea").count() == 1


def test_an_agency_word_is_matched_or_left_out_by_a_person_only(world: World):
    client = signed_in("ama")
    rows = [
        ["Ref", "Date", "Who", "What we saw", "Shared with"],
        ["1", "03/03/2026", "Ada", "Ada fed well.", "the Bill"],
        ["2", "04/03/2026", "Ada", "Ada slept well.", "Rotary Club"],
    ]
    where, _ = uploaded(client, world, rows)
    chosen = {**CHOSEN, "column-shared_with": "Shared with"}
    where, page = follow(client, client.post(where, chosen).url)
    assert "Not known here: 2 agencies" in page

    asked = where.replace("/report/", "/names/")
    form = client.get(asked).content.decode()
    fields = ("agency-0", "agency-1") if form.index("Bill") < form.index("Rotary") else (
        "agency-1", "agency-0"
    )  # fmt: skip
    answers = dict(zip(fields, (str(world.agency("police")), "leave-out"), strict=True))
    follow(client, client.post(asked, answers).url)
    confirmed(client, where)

    told = ShareEvent.objects.values_list("statement__reference", "to_agency")
    assert list(told) == [("1", world.agency("police"))]
    assert Statement.objects.count() == 2


def test_a_name_left_out_leaves_the_row_without_anybody_and_it_is_held_back(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS)
    answers = {"people-0": "leave-out"}
    _, page = follow(client, client.post(where.replace("/report/", "/names/"), answers).url)

    assert "Say who this is about." in page
    assert "Add 2 entries to the record" in page


def test_an_overlapping_newer_file_adds_only_what_is_new(world: World):
    client = signed_in("ama")
    first = ROWS[:3]
    where, _ = checked(client, world, first)
    confirmed(client, where)

    newer = [*first, ["9", "01/04/2026", "Ada", "Ada smiled at the health visitor."]]
    where, page = checked(client, world, newer)

    assert "Add 1 entry to the record" in page


def test_the_layout_is_remembered_for_the_next_file_once_confirmed(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS)
    _, page = uploaded(client, world, ROWS)
    assert '<option value="What we saw" selected>' not in page, "only a confirmed one counts"

    confirmed(client, where)
    _, page = uploaded(client, world, ROWS)

    assert '<option value="What we saw" selected>' in page
    assert "as it was confirmed last time" in page


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(world: World):
    client = signed_in("ama")
    locked = SimpleUploadedFile("notes.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    begun = client.post(f"/families/{world.case}/imports/", {"file": locked})

    where, page = follow(client, begun.url)

    assert where.endswith("/receipt/")
    assert "This file could not be read" in page
    assert "password" in page
    assert Statement.objects.count() == 0


def test_another_agency_does_not_see_that_the_import_exists(world: World):
    where, _ = uploaded(signed_in("ama"), world, ROWS)

    for name in ("lund", "tom"):
        assert signed_in(name).get(where).status_code == 404
        assert signed_in(name).post(where.replace("/columns/", "/put-aside/")).status_code == 404
    listed = signed_in("lund").get(f"/families/{world.case}/imports/").content.decode()
    assert "log.xlsx" not in listed


def test_a_colleague_goes_on_but_reads_no_other_agencys_rows(world: World):
    rows = [
        ["Ref", "Date", "Who", "What we saw", "Agency"],
        ["1", "03/03/2026", "Ada", "Ada fed well.", "Fenwick Children's Services"],
        ["2", "04/03/2026", "Ada; Dean M", "Dean M was arrested.", "Fenwick Police"],
        ["3", "05/03/2026", "Ada", "Police called to Tannery Row.", "Fenwick Police"],
    ]
    lead, colleague = signed_in("priya"), signed_in("sam")
    where, _ = uploaded(lead, world, rows)
    chosen = {**CHOSEN, "column-agency": "Agency"}
    where, page = follow(lead, lead.post(where, chosen).url)
    assert "Tannery Row" in page
    assert "Dean M" in page

    _, page = follow(colleague, where)
    assert "Ada fed well." in page
    for address in (
        where,
        where.replace("/report/", "/columns/"),
        where.replace("report/", "names/"),
    ):
        page = colleague.get(address).content.decode()
        assert "Tannery Row" not in page
        assert "Dean M" not in page
    given = colleague.get(where.replace("/report/", "/not-kept.csv")).content.decode()
    assert "Dean M" not in given
    assert "Dean M" in lead.get(where.replace("/report/", "/not-kept.csv")).content.decode()


def test_a_file_put_aside_leaves_no_copy(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS)
    client.post(where.replace("/report/", "/put-aside/"))

    file = ImportFile.objects.get()
    assert (file.stage, bytes(file.content)) == ("abandoned", b"")
    assert not ImportRow.objects.exists()
    assert client.get(where, follow=True).status_code == 200


def test_files_that_nobody_finishes_do_not_fill_the_store(world: World, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_UNFINISHED", 2)
    client = signed_in("ama")
    first, _ = uploaded(client, world, ROWS)
    uploaded(client, world, ROWS[:4])
    address = f"/families/{world.case}/imports/"
    refused = client.post(address, {"file": workbook(ROWS[:5])})
    assert refused.status_code == 422
    assert "2 files of this family are not finished yet" in refused.content.decode()
    assert ImportFile.objects.count() == 2

    client.post(first.replace("/columns/", "/put-aside/"))
    assert client.post(address, {"file": workbook(ROWS[:5])}).status_code == 302
    assert ImportFile.objects.count() == 3


def test_no_file_chosen_is_said_where_it_happened(world: World):
    answer = signed_in("ama").post(f"/families/{world.case}/imports/", {})

    assert answer.status_code == 422
    assert "Choose a spreadsheet to bring in." in answer.content.decode()


def test_the_same_form_sent_twice_is_one_import(world: World):
    client = signed_in("ama")
    form = {"upload": str(uuid4())}
    first = client.post(f"/families/{world.case}/imports/", {**form, "file": workbook(ROWS)})
    second = client.post(f"/families/{world.case}/imports/", {**form, "file": workbook(ROWS)})

    assert first.url == second.url
    page = client.get(f"/families/{world.case}/imports/").content.decode()
    assert page.count("log.xlsx") == 1


def test_a_needed_column_that_is_not_chosen_is_asked_for_beside_it(world: World):
    client = signed_in("ama")
    where, _ = uploaded(client, world, ROWS)
    answer = client.post(where, {"column-date": "Date", "column-people": "Who"})

    assert answer.status_code == 422
    assert 'href="#column-what"' in answer.content.decode()
    assert "Say which column holds what happened." in answer.content.decode()


def test_the_allocated_worker_brings_in_an_absent_agencys_chronology(world: World):
    client = signed_in("priya")
    gp = str(world.agency("gp"))
    where, page = checked(client, world, ROWS[:3], agency=gp)
    assert "for Ferry Lane Surgery" in page
    confirmed(client, where)

    assert [s.agency_id for s in Statement.objects.all()] == [world.agency("gp")]
    page = signed_in("ama").get(f"/families/{world.case}/imports/").content.decode()
    assert "Whose chronology" not in page


def test_rights_are_those_of_the_moment_the_job_runs(world: World):
    client = signed_in("priya")
    where, _ = checked(client, world, ROWS[:3], agency=str(world.agency("gp")))
    begun = client.post(where.replace("/report/", "/confirm/"))
    TeamMember.objects.using("owner").filter(id=key("team priya")).update(to_on="2026-06-01")
    worker.run_waiting_jobs()

    assert Statement.objects.count() == 0
    page = signed_in("grace").get(begun.url).content.decode()
    assert "This import has stopped" in page


def test_a_stopped_import_can_be_tried_again(world: World, monkeypatch):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS[:3])
    begun = client.post(where.replace("/report/", "/confirm/"))

    def fall(*_args, **_more):
        raise keeping.CannotImport("The record is being mended. Try again in an hour.")

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "append_entries", fall)
        worker.run_waiting_jobs()
    page = client.get(begun.url).content.decode()
    assert "Try again in an hour" in page
    _, page = follow(client, client.post(begun.url.replace("/progress/", "/again/")).url)
    assert "1 entry added" in page


def test_the_rows_not_kept_come_back_as_typed_with_no_live_formula(world: World):
    client = signed_in("ama")
    rows = [*ROWS[:2], ["5", "31/02/2026", "Ada", "=1+1"], ROWS[2]]
    where, _ = checked(client, world, rows)
    where, _ = confirmed(client, where)
    answer = client.get(where.replace("/receipt/", "/not-kept.csv"))

    _, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row[:4] == ["5", "31/02/2026", "Ada", "'=1+1"]
    assert "28 days" in row[-1]


def test_progress_says_real_numbers_and_leads_on_by_itself(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS)
    begun = client.post(where.replace("/report/", "/confirm/")).url
    page = client.get(begun).content.decode()
    assert "0 of 2" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page

    worker.run_waiting_jobs()
    moved = client.get(begun, headers={"HX-Request": "true"})
    assert moved["HX-Redirect"].endswith("/receipt/")


def test_every_step_leaves_its_mark_in_the_audit_trail(world: World):
    client = signed_in("ama")
    where, _ = checked(client, world, ROWS[:3])
    confirmed(client, where)

    steps = [e.detail.get("step") for e in AuditEvent.objects.using("reader").all()]
    for step in ("receive", "survey", "arrange", "check", "checked", "confirm", "keep", "kept"):
        assert step in steps
    assert not any("Ada fed well" in str(e.detail) for e in AuditEvent.objects.using("reader"))
