"""What leaves the record as a file comes back whole: into another family's record, and to its own.

Through the real pages that write the files and the real import, column by column.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

import openpyxl
import pytest
from django.test import Client

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.interop.clock import now
from goldenthread.interop.spreadsheets.columns import NAMES
from goldenthread.records.people.models import Filing
from goldenthread.records.provenance.models import StatementLink
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.imports.reading import read_import
from goldenthread.usecases.chronology.judge_significance import judge_significance
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from tests.families.world import NOW, World, build_world, key, open_another_family
from tests.interop.chronology.files import ROWS, as_csv

ENDINGS = ("xlsx", "csv")
TOLD = {
    "social_care": "2026-03-20~",
    "police": "2026-04",
    "gp": "",
    "mental_health": "2026-04-02",
}


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def typed(world: World, case: UUID) -> None:
    """Entries as the pages keep them, with every kind of answer that a column can hold."""
    ama, told = (
        world.actors["ama"],
        tuple(Telling(world.agency(to), told=parse_edtf(on)) for to, on in TOLD.items()),
    )
    ada, ruth = Subject(uuid5(case, "ada"), "child"), Subject(uuid5(case, "ruth"), "mother")
    sisters = tuple(Subject(uuid5(case, name), "half-sister") for name in ("joy", "may"))
    plain = world.entry("health_visiting", "Ada was asleep in her basket.", id=uuid4())
    plain = replace(plain, subjects=(ada,), asserted_by=ama.practitioner)
    entries = [
        replace(plain, tellings=told, known=parse_edtf("2026-03-16~")),
        replace(plain, id=uuid4(), happened=parse_edtf("2026-03~"), known=parse_edtf("2026-04")),
        replace(plain, id=uuid4(), happened=parse_edtf("XXXX-XX-XX"), subjects=sisters),
        replace(plain, id=uuid4(), happened=parse_edtf("2025-21/2026-02"), subjects=sisters[1:]),
        replace(
            plain, id=uuid4(), text="=SUM(1)\nHer words: 'too many'; and -2.", how_known="told",
            informant="-Ruth's sister", kind="child_voice", concerns=("neglect", "strength"),
            impact="@home; settled", action="+1 visit", reference="R;7", subjects=(ada, ruth),
            known=parse_edtf("2026-03-20"), significance="key",
        ),
        replace(
            plain, id=uuid4(), how_known="inferred", reasoning="Two accounts agree.",
            happened=parse_edtf("[..2026-02]"), asserted_by=None, asserted_by_words="Night staff",
        ),
    ]  # fmt: skip
    for entry in entries:
        record_entry(ama, case, entry, now=NOW)
    later = Telling(world.agency("social_care"), told=parse_edtf("2026-05~"))
    share_entry(ama, case, entries[1].id, [later], now=NOW)
    judge_significance(
        ama, case, entries[1].id, id=uuid4(), significance="significant", reason="Seen twice",
        now=NOW,
    )  # fmt: skip


def exported(case: UUID, ending: str, who: str = "grace") -> bytes:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")))
    answer = client.get(f"/families/{case}/history.{ending}")
    assert answer.status_code == 200
    return answer.content


def columns_of(content: bytes, ending: str) -> list[dict[str, str]]:
    """The rows of a file by what they say: a cell of a workbook that is empty is an empty text."""
    if ending == "csv":
        read = list(csv.reader(io.StringIO(content.decode(), newline="")))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Chronology"]
        read = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert tuple(read[0]) == NAMES
    rows = [dict(zip(NAMES, row, strict=True)) for row in read[1:]]
    return sorted(rows, key=lambda row: (row["id"], row["what"]))


def brought(world: World, case: UUID, content: bytes, ending: str, who: str = "grace"):
    return bring_in(world.actors[who], case, content, f"chronology.{ending}", id=uuid4(), now=now())


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_column_comes_back_in_another_familys_record(world, ending):
    one, other = open_another_family(world, "one"), open_another_family(world, "other")
    typed(world, one)
    bring_in(world.actors["ama"], one, as_csv(*ROWS), "hv.csv", id=uuid4(), now=NOW)
    left = exported(one, ending)
    receipt = brought(world, other, left, ending)

    assert receipt.counts == {"new": 9}
    there, here = columns_of(exported(other, ending), ending), columns_of(left, ending)
    for row, again in zip(here, there, strict=True):
        for name in NAMES:
            assert again[name] == row[name], (name, row["what"])


def test_days_that_were_said_to_be_about_then_are_written_as_they_were_said(world):
    case = open_another_family(world, "one")
    typed(world, case)
    rows = {row["id"]: row for row in columns_of(exported(case, "csv"), "csv")}

    told = dict(
        zip(rows["1"]["shared_with"].split(";"), rows["1"]["shared_on"].split(";"), strict=True)
    )
    assert told == {
        "children_social_care": "2026-03-20~",
        "police": "2026-04",
        "gp": "",
        "adult_mental_health": "2026-04-02",
    }
    assert rows["1"]["known_from"] == "2026-03-16~"
    assert rows["2"]["shared_on"] == "2026-05~"


def test_two_who_play_one_part_are_written_by_name(world):
    case = open_another_family(world, "one")
    typed(world, case)
    rows = {row["id"]: row["people"] for row in columns_of(exported(case, "csv"), "csv")}

    assert (rows["1"], rows["3"], rows["4"]) == ("child", "Joy Bell; May Bell", "May Bell")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_this_record_adds_nothing_to_it(world, ending):
    case = open_another_family(world, "one")
    typed(world, case)
    bring_in(world.actors["ama"], case, as_csv(*ROWS), "hv.csv", id=uuid4(), now=NOW)
    before = Filing.objects.count()
    receipt = brought(world, case, exported(case, ending), ending)

    assert (receipt.kept, receipt.counts) == (0, {"already_held": 9})
    assert Filing.objects.count() == before
    page = read_import(world.actors["grace"], case, receipt.file, now=NOW)
    assert page.file.stage == "kept"


def test_an_older_file_of_this_record_takes_nothing_back(world):
    case = open_another_family(world, "one")
    typed(world, case)
    left = exported(case, "csv")
    ama = world.actors["ama"]
    for filing in Filing.objects.filter(case=case, number__in=(2, 4)):
        late = Telling(world.agency("police"), told=parse_edtf("2026-06-01"))
        share_entry(ama, case, filing.statement_id, [late], now=NOW)
    receipt = brought(world, case, left, "csv")

    assert receipt.counts == {"already_held": 6}
    assert not StatementLink.objects.exists()


def test_what_was_added_to_a_file_of_this_record_is_still_seen(world):
    case = open_another_family(world, "one")
    bring_in(world.actors["ama"], case, as_csv(*ROWS), "hv.csv", id=uuid4(), now=NOW)
    told = exported(case, "csv").replace(
        b'"children_social_care"', b'"children_social_care;police"'
    )
    receipt = brought(world, case, told, "csv")

    assert receipt.counts == {"already_held": 2, "changed": 1}


def test_a_colleague_who_may_not_read_an_entry_learns_nothing_by_bringing_it(world):
    case = open_another_family(world, "one")
    typed(world, case)
    receipt = brought(world, case, exported(case, "csv"), "csv", who="priya")

    assert receipt.counts == {"already_held": 2, "new": 4}
