"""goldenthread replay: the lines exactly, bad rows named and the others used, no database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from goldenthread.config.cli import main
from goldenthread.domain.risk.vocabulary import PromptType

HISTORIES = Path(__file__).resolve().parents[2] / "spec" / "histories"
HEADER = (
    "id,date,agency,source,how_known,told_by,people,kind,domain,what,impact,action,"
    "known_from,shared_with,shared_on,significance\n"
)
PARTS = ["on", "event", "type", "pattern", "question", "because", "about"]


def run(*words):
    return CliRunner().invoke(main, ["replay", *map(str, words)])


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.jsonl"


def test_each_line_is_as_promised(out):
    ran = run(HISTORIES / "said_to_be_over.csv", "--json", out)

    assert ran.exit_code == 0, ran.output
    found = lines(out)
    assert found
    for one in found:
        assert list(one) == PARTS
        assert one["event"] in ("raised", "cleared")
        assert one["type"] in set(PromptType)
        assert one["because"] and all(isinstance(id, str) for id in one["because"])
    assert [one["on"] for one in found] == sorted(one["on"] for one in found)


def test_the_same_file_gives_the_same_bytes(out, tmp_path):
    again = tmp_path / "again.jsonl"
    run(HISTORIES / "closed_and_referred_again.csv", "--json", out)
    run(HISTORIES / "closed_and_referred_again.csv", "--json", again, "--known-at")

    assert out.read_bytes() == again.read_bytes() != b""


def test_one_agency_is_asked_only_of_what_it_knew(out):
    run(HISTORIES / "said_to_be_over.csv", "--json", out, "--viewpoint", "children_social_care")

    assert not any("HOU-06" in one["because"] for one in lines(out) if one["on"] < "2024-05-08")


def test_a_quiet_family_gives_an_empty_file(out):
    ran = run(HISTORIES / "an_ordinary_busy_family.csv", "--json", out)

    assert ran.exit_code == 0
    assert out.read_bytes() == b""


def test_bad_rows_are_named_and_good_rows_are_used(tmp_path, out):
    file = tmp_path / "untidy.csv"
    file.write_text(
        HEADER
        + "1,2024-03-04,school,,record,,child; mother,referral,neglect,Referred,,,,,,\n"
        + "2,31/02/2024,school,,saw,,child,observation,neglect,Bad date,,,,,,\n"
        + "3,2024-03-05,,,saw,,child,teleportation,neglect,Unknown kind,,,,,,\n"
        + "4,2024-03-06,wizardry,,saw,,child,visit,neglect,Unknown agency,,,,,,\n"
        + ",,gp,,saw,,child,visit,none,No day at all,,,,,,\n"
        + "1,2024-03-30,gp,,saw,,child,observation,neglect,Same id again,,,,,,\n",
        encoding="utf-8",
    )

    ran = run(file, "--json", out)

    assert ran.exit_code == 0, ran.output
    assert "Row 3 left out" in ran.stderr
    assert "Row 5 left out" in ran.stderr
    assert "Row 6 left out: it has no day" in ran.stderr
    assert "“teleportation” is not one of our words" in ran.stderr
    assert any(one["because"] == ["1 (row 2)"] for one in lines(out))


@pytest.mark.parametrize(
    ("viewpoint", "says"),
    [("polise", "Did you mean “police”?"), ("everyone", "not a viewpoint")],
)
def test_a_viewpoint_that_is_none_is_refused(out, viewpoint, says):
    ran = run(HISTORIES / "said_to_be_over.csv", "--json", out, "--viewpoint", viewpoint)

    assert ran.exit_code == 1
    assert says in ran.stderr


def test_a_file_without_a_row_that_can_be_used_is_refused(tmp_path, out):
    file = tmp_path / "nothing.csv"
    file.write_text(HEADER + "1,32/13/2024,school,,saw,,child,visit,none,x,,,,,,\n")

    ran = run(file, "--json", out)

    assert ran.exit_code == 1
    assert "no row of this file can be used" in ran.stderr


@pytest.mark.slow
def test_needs_no_django_and_no_database():
    asked = "import sys, goldenthread.interop.replay.command as c; print([m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')])"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
