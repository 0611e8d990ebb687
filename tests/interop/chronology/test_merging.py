"""Merging files with no database: time order, nothing merged away, questions asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from goldenthread.interop.chronology.merging import agency_in_name, merge
from goldenthread.interop.spreadsheets.reading import FileRefused

HEAD = "id,date,agency,source,how_known,told_by,people,kind,domain,what\n"
TODAY = date(2026, 6, 10)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    police = tmp_path / "police.csv"
    police.write_text(
        HEAD + "P1,2026-03-14,police,PC Hale,saw,,mother;child,incident,domestic_abuse,"
        "Officers attended shouting at Tannery Row; neighbour had rung.\n"
        + "P2,31/02/2026,police,PC Hale,saw,,mother,incident,none,Drove past.\n"
    )
    school = tmp_path / "school_log.csv"
    school.write_text(
        HEAD + "S2,2026-03-15,,Ms Ogden,told,neighbour,mother;child,incident,domestic_abuse,"
        "Neighbour told school about shouting and police officers attended at Tannery Row.\n"
        + "S1,2025-09,,Ms Ogden,saw,,child,strength,strength,Read a whole book aloud.\n"
    )
    return [police, school]


def test_rows_of_all_files_stand_in_time_order_and_none_is_merged(files: list[Path]):
    merged = merge(files, today=TODAY)

    assert [e.ref for e in merged.entries] == ["S1", "P1", "S2"]
    assert [e.agency for e in merged.entries] == ["school", "police", "school"]


def test_a_row_that_cannot_be_read_is_named_with_its_reason(files: list[Path]):
    (held,) = merge(files, today=TODAY).held_back

    assert (held.file, held.row) == ("police.csv", 3)
    assert "February 2026 has 28 days" in held.sentences[0]


def test_two_agencies_accounts_of_one_night_are_asked_about(files: list[Path]):
    (pair,) = merge(files, today=TODAY).possibly_same

    assert (pair.one, pair.other) == (2, 3)
    assert "neighbouring days" in pair.because


@pytest.mark.parametrize(
    ("name", "slug"),
    [("police_2026", "police"), ("adult_mental_health", "adult_mental_health"),
     ("School log", "school"), ("school_nursing notes", "school_nursing"), ("notes", "other")],
)  # fmt: skip
def test_a_file_name_can_say_whose_it_is(name: str, slug: str):
    assert agency_in_name(name) == slug


def test_the_command_needs_no_database_and_no_settings(files: list[Path], tmp_path: Path):
    clean = {k: v for k, v in os.environ.items()
             if not k.startswith(("GOLDENTHREAD", "DATABASE", "DJANGO"))}  # fmt: skip
    program = Path(sys.executable).with_name("goldenthread")

    ran = subprocess.run(
        [program, "merge", *files, "--out", tmp_path / "merged.csv", "--json"],
        env=clean, capture_output=True, text=True, check=True,
    )  # fmt: skip

    report = json.loads(ran.stdout)
    assert report["entries"] == 3
    assert len(report["possibly_same"]) == len(report["held_back"]) == 1
    again = merge([tmp_path / "merged.csv"], today=TODAY)
    assert again.entries == merge(files, today=TODAY).entries


def test_a_file_given_twice_lists_each_referenced_row_once(files: list[Path]):
    merged = merge([*files, files[1]], today=TODAY)

    assert [e.ref for e in merged.entries] == ["S1", "P1", "S2"]
    assert merged.repeated == 2


def test_a_file_that_cannot_be_read_is_named(files: list[Path], tmp_path: Path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 minutes")

    with pytest.raises(FileRefused, match=r"scan\.pdf: This is a PDF"):
        merge([*files, tmp_path / "scan.pdf"], today=TODAY)
