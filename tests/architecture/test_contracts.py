"""The import contracts hold, and each of them bites when it is broken on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

# What is broken, the file that breaks it, and the words of the contract that must say so.
PLANTS = {
    "django in the domain": (
        "domain/people/age.py", "import django\n", "The domain is pure"),
    "the clock in the domain": ("domain/people/age.py", "import time\n", "The domain is pure"),
    "chance in the domain": ("domain/people/age.py", "import random\n", "The domain is pure"),
    "a fact that knows the history": (
        "domain/provenance/links.py",
        "import goldenthread.domain.chronology.history\n",
        "Spine of the domain"),
    "people knowing access": (
        "records/people/reading.py",
        "import goldenthread.records.access.reading\n",
        "Records follow the same spine"),
    "a page that reads a table": (
        "web/account/pages.py",
        "import goldenthread.records.people.reading\n",
        "Edges call use cases"),
    "a page that reads a table inside a function": (
        "web/account/pages.py",
        "def late():\n    import goldenthread.records.people.reading\n",
        "Edges call use cases"),
    "a use case with a model": (
        "usecases/people/set_up.py",
        "import goldenthread.records.people.models\n",
        "Models are private"),
    "a use case that calls another": (
        "usecases/people/set_up.py",
        "import goldenthread.usecases.chronology.record_entry\n",
        "Use cases do not call each other"),
    "a use case that calls a page": (
        "usecases/people/set_up.py", "import goldenthread.web.kit.clock\n", "Rings"),
    "web that knows interop": (
        "web/account/pages.py", "import goldenthread.interop.clock\n", "Rings"),
    "analytics that reads people": (
        "analytics/study.py",
        '"""A study."""\nimport goldenthread.records.people.reading\n',
        "Analytics sees only"),
    "a migration with live code": (
        "records/people/migrations/0009_live.py",
        "import goldenthread.domain.people.age\n",
        "Migrations are frozen"),
    "an unplaced package": ("common/__init__.py", '"""Odds and ends."""\n', "Rings"),
    "an undeclared context": (
        "domain/weather/__init__.py", '"""Weather."""\n', "Spine of the domain"),
    "an upward import for types alone": (
        "domain/people/age.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        "    import goldenthread.records.people.models\n",
        "Rings"),
}  # fmt: skip


def lint(package: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the package that stands in this folder."""
    return subprocess.run(
        [LINT, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "src" / "goldenthread",
        tmp_path / "goldenthread",
        ignore=shutil.ignore_patterns("static", "__pycache__", "spreadsheets.zip"),
    )
    return tmp_path


def test_every_contract_is_kept(copy: Path):
    result = lint(copy)

    assert result.returncode == 0, result.stdout
    assert "11 kept, 0 broken" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("what", PLANTS)
def test_a_planted_violation_is_caught(copy: Path, what: str):
    where, line, contract = PLANTS[what]
    target = copy / "goldenthread" / where
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text((target.read_text() if target.exists() else "") + "\n" + line)

    result = lint(copy)

    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(contract in text for text in broken), result.stdout[-3000:]
