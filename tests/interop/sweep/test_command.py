"""goldenthread sweep and simulate --out: the lines exactly, alike from every engine, no database."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from goldenthread.analytics.sweep.reading import Partnership
from goldenthread.config.cli import main
from goldenthread.interop.simulator.files import ENDS, simulate_files
from goldenthread.usecases.risk.shipped import shipped_patterns

PARTS = [
    "family", "pattern", "version", "type", "subject", "because", "evidence", "first", "last",
]  # fmt: skip


def run(*words):
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("partnership")
    simulate_files(made, children=120, seed=3)
    return made


@pytest.fixture(scope="module")
def lines(folder) -> str:
    ran = run("sweep", folder, "--on", ENDS, "--json", folder / "duckdb.jsonl")
    assert ran.exit_code == 0, ran.output
    assert "families swept" in ran.output
    return (folder / "duckdb.jsonl").read_text(encoding="utf-8")


def test_each_line_is_as_promised(lines):
    patterns = {one.key: one for one in shipped_patterns()}
    found = [json.loads(line) for line in lines.splitlines()]

    assert len(found) > 200
    for one in found:
        assert list(one) == PARTS
        pattern = patterns[one["pattern"]]
        assert one["version"] == pattern.version
        assert one["type"] == (None if pattern.type is None else str(pattern.type))
        assert one["evidence"] and set(one["evidence"]) <= set(one["because"])
        assert one["first"] <= one["last"] <= ENDS.isoformat()
    keys = [(one["family"], one["pattern"], one["subject"]) for one in found]
    assert keys == sorted(keys) and len(set(keys)) == len(keys)


def test_the_engines_write_the_same_file(folder, lines):
    ran = run("sweep", folder, "--engine", "reference", "--on", ENDS, "--json", folder / "r.jsonl")

    assert ran.exit_code == 0, ran.output
    assert (folder / "r.jsonl").read_text(encoding="utf-8") == lines


def test_another_day_asks_other_questions(folder, lines, tmp_path):
    run("sweep", folder, "--on", "2025-06-01", "--json", tmp_path / "earlier.jsonl")
    earlier = (tmp_path / "earlier.jsonl").read_text(encoding="utf-8")

    assert earlier and earlier != lines
    assert all(json.loads(line)["last"] <= "2025-06-01" for line in earlier.splitlines())


def test_the_same_seed_gives_the_same_partnership(folder, tmp_path):
    simulate_files(tmp_path / "again", children=120, seed=3)
    simulate_files(tmp_path / "other", children=120, seed=4)

    def held(one: Path):
        return list(Partnership(one).histories())

    assert held(tmp_path / "again") == held(folder)
    assert held(tmp_path / "other") != held(folder)


def test_simulate_says_what_it_wrote_and_writes_over(tmp_path):
    for children in (30, 10):
        ran = run("simulate", "--children", children, "--seed", 1, "--out", tmp_path / "p")
        assert ran.exit_code == 0, ran.output
    made = next(int(word) for word in ran.output.split())

    assert 10 <= made <= 12
    assert len(list(Partnership(tmp_path / "p").histories())) <= 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{empty}", "--json", "-"], "holds no whole partnership"),
        (["--json", "-"], "Give a folder, or say which account asks"),
        (["{folder}", "--json", "-", "--on", "14 March"], "write it as 2026-03-14"),
        (["{folder}", "--json", "-", "--engine", "abacus"], "'abacus' is not one of"),
    ],
)
def test_what_cannot_be_swept_is_said_plainly(folder, tmp_path, words, said):
    ran = run("sweep", *(word.format(empty=tmp_path, folder=folder) for word in words))

    assert ran.exit_code != 0
    assert said in " ".join(ran.output.split())
    assert "Traceback" not in ran.output


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="Spark is installed here")
def test_spark_that_is_not_installed_is_said_plainly(folder):
    ran = run("sweep", folder, "--engine", "spark", "--json", "-")

    assert ran.exit_code != 0
    assert "Spark is not installed here" in ran.output


def test_files_of_another_version_are_refused(folder, tmp_path):
    simulate_files(tmp_path, children=3, seed=1)
    meta = tmp_path / "meta.json"
    meta.write_text(meta.read_text().replace('"conference"', '"council"'))

    ran = run("sweep", tmp_path, "--json", "-")

    assert ran.exit_code != 0
    assert "written by another version" in " ".join(ran.output.split())
