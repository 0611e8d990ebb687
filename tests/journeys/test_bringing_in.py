"""A safeguarding lead brings in the school's own spreadsheet, and looks before it is kept."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from goldenthread.records.provenance.models import Statement
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

ROWS = [
    ("Ref", "When", "Child", "What we noticed", "Kind of record", "How we know"),
    (
        "SL-1",
        "04/11/2026",
        "Maisie",
        "Maisie led the reception class to the hall and beamed.",
        "",
        "",
    ),
    ("SL-2", "31/02/2026", "Maisie", "Maisie was tired after registration.", "", ""),
    ("SL-3", "05/11/2026", "Maisie", "=1+1", "", ""),
    ("SL-4", "06/11/2026", "Maisie", "Nana's neighbour brought Maisie in on time.", "", ""),
]
KEPT = {"Maisie led the reception class to the hall and beamed."}


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """Two good rows, a day that does not exist and a cell that is a formula."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    place = tmp_path / "autumn_notes.xlsx"
    book.save(place)
    book.close()
    return place


def is_looked_at(desk: Desk, name: str) -> None:
    """The page breaks no rule at any width; a picture is kept at two."""
    assert broken_at_every_width(desk.page) == {}
    for width in (360, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.is_pictured(name)


def given_the_file_is_read(desk: Desk, place: Path, jobs_are_done) -> None:
    desk.goes_to(of_family("imports/"))
    desk.page.set_input_files("#file", place)
    desk.presses("Read the file")
    desk.is_pictured("import-progress")
    jobs_are_done()
    desk.goes_to(of_family("imports/"))
    desk.follows(place.name)


def when_the_columns_are_said(desk: Desk, jobs_are_done) -> None:
    for part, heading in {
        "id": "Ref",
        "date": "When",
        "people": "Child",
        "what": "What we noticed",
    }.items():
        desk.page.select_option(f"#column-{part}", heading)
    is_looked_at(desk, "import-columns")
    desk.presses("Check every row")
    jobs_are_done()
    desk.goes_to(of_family("imports/"))
    desk.follows("autumn_notes.xlsx")


def test_school_brings_in_its_spreadsheet_and_again_adds_nothing(
    is_at_work, jobs_are_done, spreadsheet
):
    desk = is_at_work("dsl")
    given_the_file_is_read(desk, spreadsheet, jobs_are_done)
    assert "What each column holds" in desk.text

    when_the_columns_are_said(desk, jobs_are_done)
    assert "Nothing has been added to the record yet" in desk.text
    assert "31/02/2026" in desk.text
    is_looked_at(desk, "import-report")
    before = Statement.objects.using("owner").count()

    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="to the record").click()
    jobs_are_done()
    desk.goes_to(of_family("imports/"))
    desk.follows(spreadsheet.name)

    added = Statement.objects.using("owner").count() - before
    assert added >= 1
    assert f"{added} entries added" in desk.text
    assert "1 row not kept, and why" in desk.text
    is_looked_at(desk, "import-receipt")
    desk.goes_to(of_family("history/"))
    assert ROWS[1][3] in desk.text
    assert "was tired after registration" not in desk.text

    given_the_file_is_read(desk, spreadsheet, jobs_are_done)
    assert Statement.objects.using("owner").count() - before == added


def test_file_that_is_no_spreadsheet_is_refused_in_a_sentence(is_at_work, jobs_are_done, tmp_path):
    place = tmp_path / "notes.xlsx"
    place.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    desk = is_at_work("dsl")
    desk.may_answer.update({400, 422})

    desk.goes_to(of_family("imports/"))
    desk.page.set_input_files("#file", place)
    desk.presses("Read the file")
    jobs_are_done()
    desk.goes_to(of_family("imports/"))
    desk.follows("notes.xlsx")

    assert "This file could not be read" in desk.text
    assert "Nothing was added" in desk.text
