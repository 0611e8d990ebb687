"""What the service is made of: pinned, from the places it says, listed, and no more than it needs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
CODE = HERE / "src/goldenthread"
PAGE = (HERE / "docs/reference/dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((HERE / "uv.lock").read_text(encoding="utf-8"))["package"]
NPM = "https://registry.npmjs.org/"  # where npm looks unless a lock says otherwise
UV = HERE / ".tools/bin/uv"
# What can run a program, read a packed file, or step outside Python.
HARMFUL = {
    "subprocess",
    "ctypes",
    "zipfile",
    "tarfile",
    "pickle",
    "marshal",
    "shelve",
    "runpy",
    "pty",
}


def plain(requirement: str) -> str:
    return re.split(r"[\[~=<>! ;]", requirement)[0].lower()


def test_every_part_is_pinned_with_digests_and_from_one_place():
    ours = [one for one in LOCK if one["name"] == "goldenthread"]
    others = [one for one in LOCK if one["name"] != "goldenthread"]

    assert len(ours) == 1 and len(others) > 80
    assert {json.dumps(one["source"]) for one in others} == {
        '{"registry": "https://pypi.org/simple"}'
    }
    files = [
        file for one in others for file in (*one.get("wheels", ()), one.get("sdist", {})) if file
    ]
    assert all(file["hash"].startswith("sha256:") for file in files)
    assert all(file["url"].startswith("https://files.pythonhosted.org/") for file in files)


def test_what_pages_are_built_of_is_pinned_with_digests_too():
    lock = json.loads((HERE / "frontend/package-lock.json").read_text(encoding="utf-8"))
    parts = {name: one for name, one in lock["packages"].items() if name}

    assert parts
    assert all(one["integrity"].startswith("sha512-") for one in parts.values())
    assert all(one.get("resolved", NPM).startswith(NPM) for one in parts.values())


@pytest.fixture(scope="module")
def listed() -> dict[str, dict]:
    """The parts of the CycloneDX list that `make sbom` writes, by name."""
    if not UV.exists():
        pytest.skip("needs uv, which make puts into .tools")
    ran = subprocess.run(
        [UV, "export", "--quiet", "--offline", "--frozen", "--no-dev", "--extra", "embedded",
         "--format", "cyclonedx1.5", "--preview-features", "sbom-export"],
        cwd=HERE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(ran.stdout)
    assert told["bomFormat"] == "CycloneDX"
    return {one["name"]: one for one in told["components"]}


def test_the_list_names_every_part_with_its_version_and_digest(listed):
    pinned = {one["name"]: one["version"] for one in LOCK}

    assert {plain(one) for one in PROJECT["project"]["dependencies"]} <= set(listed)
    assert {name: one["version"] for name, one in listed.items()} == {
        name: pinned[name] for name in listed
    }
    assert all(one["purl"].startswith(f"pkg:pypi/{name}@") for name, one in listed.items())


def test_no_tool_of_ours_is_in_an_installation(listed):
    tools = {plain(one) for one in PROJECT["dependency-groups"]["dev"]}
    tools -= {plain(one) for one in PROJECT["project"]["dependencies"]}

    assert {"pytest", "playwright", "hypothesis", "ruff"} <= tools
    assert not tools & set(listed)
    make = (HERE / "Makefile").read_text(encoding="utf-8")
    assert "sync --quiet --frozen --no-dev --extra embedded" in make, "demo and serve have none"


def test_the_package_holds_the_service_alone():
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/goldenthread"]
    kinds = {
        file.suffix
        for file in CODE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert kinds <= {
        ".py", ".jinja", ".toml", ".css", ".js", ".svg", ".png", ".woff2", ".webmanifest", ".txt",
        ".sha256", ".csv", ".xlsx", ".typed",
    }  # fmt: skip
    assert not [
        one for one in CODE.rglob("*") if one.name in (".git", ".svn", "tests", "conftest.py")
    ]
    for file in CODE.rglob("*.py"):
        names = re.findall(
            r"(?m)^(?:from|import) (tests|pytest|hypothesis|bench)\b", file.read_text()
        )
        assert names == [], file


def test_every_part_that_is_asked_for_is_looked_at_or_said_to_be_harmless():
    cared_for = {
        name.strip() for row in rows("Parts that deserve more care") for name in row[0].split(",")
    }
    direct = {plain(one) for one in PROJECT["project"]["dependencies"]}

    assert cared_for <= direct
    # Words on a page, a command line, a queue in our own database, headers: nothing from outside.
    assert direct - cared_for == {
        "django-csp", "django-permissions-policy", "procrastinate", "govuk-frontend-jinja",
        "click", "rich",
    }  # fmt: skip


def rows(heading: str) -> list[list[str]]:
    part = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_place_that_could_do_harm_is_on_the_page_and_no_other():
    found = set()
    for file in sorted(CODE.rglob("*.py")):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [name.name for name in one.names] if isinstance(one, ast.Import) else []
            names += [one.module or ""] if isinstance(one, ast.ImportFrom) else []
            if HARMFUL & {name.split(".")[0] for name in names}:
                found.add(file.relative_to(CODE).as_posix())
    assert found == {row[0] for row in rows("Where the code does what could do harm")}


def test_how_soon_a_fault_is_mended_is_said_for_each_grade():
    said = [row[0] for row in rows("How soon a fault of somebody else's is mended")]
    assert len(said) == 6
    for grade in ("critical", "High", "Medium", "Low"):
        assert any(grade in one for one in said)
    make = (HERE / "Makefile").read_text(encoding="utf-8")
    assert "\naudit:" in make and "\nsbom:" in make
