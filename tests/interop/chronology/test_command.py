"""`goldenthread import`: who asks, for whom, what was kept, and every row that was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.interop.chronology.command import import_files
from goldenthread.interop.chronology.sheets import CannotRead
from goldenthread.interop.spreadsheets.reading import FileRefused
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.access.asking import NoSuchAgency
from goldenthread.usecases.access.families import NotFoundHere
from goldenthread.usecases.chronology.imports.step import CannotImport
from tests.families.world import World, build_world
from tests.interop.chronology.files import CALL, ROWS, as_csv, as_xlsx, with_cell


@pytest.fixture
def world(record) -> World:
    return build_world()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    first, second = tmp_path / "march.csv", tmp_path / "april.xlsx"
    first.write_bytes(as_csv(*ROWS))
    bad = with_cell(with_cell(CALL, "Ref", "HV8"), "Date", "31/02/2026")
    second.write_bytes(as_xlsx(*ROWS, with_cell(CALL, "Ref", "HV7"), bad))
    return [first, second]


def run(files, who="ama", family="GT-0001", **more):
    return import_files(
        files, family=family, email=f"{who}@example.org", check_only=more.pop("check", False),
        **more,
    )  # fmt: skip


def test_each_file_says_what_was_kept_and_what_was_not(world, files):
    told: list[float] = []
    march, april = run(files, on_progress=told.append)

    assert (march.receipt.kept, april.receipt.kept) == (3, 1)
    assert april.receipt.counts == {"already_held": 3, "new": 1, "problem": 1}
    assert april.not_kept[0][0] == 6
    assert "28 days" in april.as_json()["not_kept"][0]["because"]
    assert told == sorted(told)
    assert told[-1] == 2


def test_a_check_keeps_nothing(world, files):
    (march,) = run(files[:1], check=True)

    assert (march.receipt.kept, march.receipt.counts) == (0, {"new": 3})
    assert not Statement.objects.exists()


def test_the_lead_imports_for_an_absent_agency_by_name_or_kind(world, files):
    run(files[:1], "priya", agency="Ferry Lane Surgery")
    run(files[:1], "priya", agency="gp")

    assert {s.agency_id for s in Statement.objects.all()} == {world.agency("gp")}
    with pytest.raises(NoSuchAgency, match="Rotary"):
        run(files, "priya", agency="Rotary Club")
    with pytest.raises(CannotImport, match=r"march\.csv: You can import your own agency's"):
        run(files, "ama", agency="police")


@pytest.mark.parametrize(("who", "family"), [("tom", "GT-0001"), ("ama", "GT-0404"), ("no", "")])
def test_a_family_that_is_not_theirs_is_no_family(world, files, who, family):
    with pytest.raises(NotFoundHere):
        run(files, who, family)


def test_a_file_that_cannot_be_read_is_named_and_those_before_it_stay(world, files, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match=r"scan\.pdf: This is a PDF"):
        run([files[0], tmp_path / "scan.pdf"])
    with pytest.raises(CannotRead, match=r"gone\.csv"):
        run([tmp_path / "gone.csv"])

    assert Statement.objects.count() == 3
