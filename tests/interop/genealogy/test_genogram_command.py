"""`goldenthread genogram`: everybody in the JSON, the same bytes in any order, and no framework."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.config.cli import main
from goldenthread.interop.genealogy.genogram import as_json, as_svg, genogram_of
from goldenthread.interop.genealogy.reading import read_family
from tests.domain.network.families import networks
from tests.interop.genealogy.making import gedcom, read, shuffled

FAMILY = """
    0 @I1@ INDI
    1 NAME Ada /Quill/
    1 SEX F
    1 BIRT
    2 DATE 3 MAR 1990
    0 @I2@ INDI
    1 NAME Ben /Quill/
    1 SEX M
    1 BIRT
    2 DATE 1988
    0 @I3@ INDI
    1 NAME Cy
    1 BIRT
    2 DATE 2012
    0 @I4@ INDI
    1 NAME Dee
    1 BIRT
    2 DATE 2019
    0 @I5@ INDI
    1 NAME Nan
    1 DEAT
    2 DATE 2001
    0 @F1@ FAM
    1 HUSB @I2@
    1 WIFE @I1@
    1 CHIL @I3@
    1 MARR
    2 DATE 2010
    0 @F2@ FAM
    1 WIFE @I1@
    1 CHIL @I4@
    0 @F3@ FAM
    1 WIFE @I5@
    1 CHIL @I1@
"""


def run(*arguments: object) -> tuple[int, str, str]:
    """The command in this process: how it ended, its output, what it said."""
    result = CliRunner().invoke(main, ["genogram", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def family(tmp_path: Path) -> Path:
    path = tmp_path / "family.ged"
    path.write_bytes(gedcom(FAMILY))
    return path


def test_the_json_has_everybody_and_every_line(family):
    code, out, _ = run(family)
    drawn = json.loads(out)

    assert code == 0
    assert list(drawn) == ["version", "at", "origin", "pitch", "people", "lines"]
    assert (drawn["version"], drawn["at"], drawn["origin"], drawn["pitch"]) == (
        1, None, "top-left", 100,
    )  # fmt: skip
    people = {one["id"]: one for one in drawn["people"]}
    assert set(people) == {"I1", "I2", "I3", "I4", "I5", "unknown-of:F2", "unknown-of:F3"}
    assert list(people["I1"]) == ["id", "name", "x", "y", "w", "h", "generation", "present"]
    assert people["I1"]["name"] == "Ada Quill"
    assert (people["I1"]["w"], people["I1"]["h"]) == (44, 44)
    assert people["unknown-of:F2"]["placeholder_for"] == "F2"
    assert people["unknown-of:F2"]["name"] == "A parent of Dee: not known"
    assert all(one["present"] is True for one in people.values())
    assert people["I5"]["generation"] < people["I1"]["generation"] < people["I3"]["generation"]
    assert people["I1"]["y"] == people["I2"]["y"] < people["I3"]["y"]
    assert {line["union"] for line in drawn["lines"]} == {"F1", "F2", "F3"}
    for line in drawn["lines"]:
        assert list(line) == ["kind", "union", "people", "points"]
        assert set(line["people"]) <= set(people)
        assert len(line["points"]) > 1


def test_a_day_changes_who_is_there_and_nothing_else(family):
    always, on = (json.loads(run(family, *more)[1]) for more in ([], ["--at", "2015-06-01"]))

    assert on["at"] == "2015-06-01"
    assert {one["id"] for one in on["people"] if not one["present"]} >= {"I4"}
    assert {one["id"] for one in on["people"] if one["present"]} >= {"I1", "I2", "I3", "I5"}
    for one in (*always["people"], *on["people"]):
        del one["present"]
    del always["at"], on["at"]
    assert on == always


def test_files_are_written_where_asked(family, tmp_path):
    code, out, _ = run(family, "--svg", tmp_path / "f.svg", "--json", tmp_path / "f.json")

    assert (code, out) == (0, "")
    assert json.loads((tmp_path / "f.json").read_text())["people"]
    svg = (tmp_path / "f.svg").read_text()
    assert "Ada Quill" in svg
    assert "style=" not in svg


def test_the_network_is_written_as_gedcom_and_csv_with_what_is_left_out(tmp_path):
    path, ged, out = (tmp_path / name for name in ("family.csv", "f.ged", "f.csv"))
    path.write_text("kind,person,other,nature\nparent,Ada,Cy,birth\nquality,Ada,Cy,close\n")

    code, printed, said = run(path, "--gedcom", ged, "--gedcom-version", 5, "--csv", out)

    assert (code, printed) == (0, "")
    assert "Not in the GEDCOM file: 1 claim of how two people get on." in said
    assert "2 VERS 5.5.1" in ged.read_text()
    again = read_family(out.read_bytes(), "f.csv").network
    assert [str(claim.kind) for claim in again.claims] == ["parent", "quality"]
    assert len(read_family(ged.read_bytes(), "f.ged").network.people) == 2


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_records_changes_no_byte(seed):
    content = gedcom(FAMILY)
    other = shuffled(content, seed)

    one, two = (genogram_of(read_family(c, "f.ged"), at=date(2015, 6, 1)) for c in (content, other))

    assert as_json(one) == as_json(two)
    assert as_svg(one) == as_svg(two)


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_no_byte(network, random):
    """Whatever is claimed, circles and strangers included, everybody is in the drawing."""
    from dataclasses import replace

    from goldenthread.interop.genealogy.found import FromFile

    def mixed(items):
        return tuple(random.sample(items, len(items)))

    other = replace(network, people=mixed(network.people), claims=mixed(network.claims))
    drawn = as_json(genogram_of(FromFile(network)))

    assert drawn == as_json(genogram_of(FromFile(other)))
    ids = [one["id"] for one in json.loads(drawn)["people"]]
    assert len(ids) == len(set(ids))
    assert {one.id for one in network.people} <= set(ids)


def test_a_circle_of_descent_is_said_and_everybody_drawn():
    found = read("0 @I1@ INDI\n1 NAME Ada\n0 @I2@ INDI\n1 NAME Ben\n0 @F1@ FAM\n1 HUSB @I2@\n"
                 "1 CHIL @I1@\n0 @F2@ FAM\n1 WIFE @I1@\n1 CHIL @I2@")  # fmt: skip

    genogram = genogram_of(found)

    assert {"I1", "I2"} <= {one["id"] for one in json.loads(as_json(genogram))["people"]}
    assert any("their own ancestor" in warned.sentence for warned in genogram.warnings)


def test_refusals_are_sentences(family, tmp_path):
    for arguments, words in (
        ([tmp_path / "none.ged"], "cannot be opened"),
        ([family, "--at", "someday"], "is not a date"),
        ([family, "--at", "2015"], "is not one day"),
        ([family, "--encoding", "klingon"], "no encoding we know"),
        ([], "Give a file or --family"),
        (["--family", "X1"], "Say which account asks"),
    ):
        code, _, said = run(*arguments)
        assert code != 0
        assert words in said, said
        assert "Traceback" not in said


def test_warnings_go_to_standard_error(tmp_path):
    path = tmp_path / "family.csv"
    path.write_text("id,father,mother\n3,1,2\n")

    code, out, said = run(path)

    assert code == 0
    assert json.loads(out)
    assert "1 is named but has no row" in said


@pytest.mark.parametrize("name", ["family.ged", "family.ped", "family.csv"])
def test_neither_a_framework_nor_a_database_is_loaded(tmp_path, name):
    """The whole command, process start included, has a second at most."""
    path = tmp_path / name
    path.write_bytes(
        gedcom(FAMILY) if name.endswith("ged") else b"id,father,mother\n1,0,0\n2,0,0\n3,1,2\n"
    )
    script = (
        "import sys; from goldenthread.config.cli import main\n"
        f"main(['genogram', {str(path)!r}, '--svg', {str(tmp_path / 'f.svg')!r}], standalone_mode=False)\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())

    assert not loaded & {"django", "psycopg", "rich", "jinja2", "openpyxl", "scipy", "gedcom7"}
    assert "goldenthread" in loaded
