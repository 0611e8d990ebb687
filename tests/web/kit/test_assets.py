"""The committed stylesheets, scripts and fonts are what the build made, and are ours to use."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "src/goldenthread/web/kit/static/kit"
LISTS = [
    STATIC / "CHECKSUMS.sha256",
    ROOT / "tests/web/axe/CHECKSUMS.sha256",
    ROOT / "frontend/SOURCES.sha256",
]
SHEETS = ["govuk.css", "moj.css", "goldenthread.css"]


@pytest.mark.parametrize("listed", LISTS, ids=lambda path: path.parent.name)
def test_every_listed_file_has_its_recorded_checksum(listed):
    lines = listed.read_text().splitlines()

    wrong = [
        name
        for digest, name in (line.split(maxsplit=1) for line in lines)
        if hashlib.sha256((listed.parent / name).read_bytes()).hexdigest() != digest
    ]

    assert len(lines) >= 1
    assert wrong == [], "Run: (cd frontend && npm ci --ignore-scripts && ./build.sh)"


def test_every_third_party_or_built_file_is_listed():
    listed = {
        line.split(maxsplit=1)[1] for line in (STATIC / "CHECKSUMS.sha256").read_text().splitlines()
    }
    present = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    ours = {name for name in present if name.endswith((".css", ".woff2"))} | {
        "govuk.js",
        "htmx.min.js",
    }

    assert ours <= listed


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    "theirs",
    [
        "GDS Transport",
        "crown",
        "crest",
        "#1d70b8",
        "#1a65a6",
        "/assets/",
        "url(http",
        "url(//",
        "@import",
    ],
)
def test_stylesheet_holds_nothing_that_belongs_to_gov_uk_or_another_host(sheet, theirs):
    assert theirs.lower() not in (STATIC / sheet).read_text().lower()


def test_every_colour_property_that_the_stylesheets_read_is_set_by_ours():
    read = set()
    for sheet in ("govuk.css", "moj.css"):
        read |= set(re.findall(r"var\((--govuk-[a-z-]+-colour)", (STATIC / sheet).read_text()))
    root = re.search(
        r":root\{([^}]*--govuk-brand-colour[^}]*)\}", (STATIC / "goldenthread.css").read_text()
    ).group(1)
    ours = dict(re.findall(r"(--govuk-[a-z-]+-colour):\s*([^;]+)", root))

    assert read <= set(ours)
    assert len(ours) == 21
    assert ours["--govuk-focus-colour"] in ("#fd0", "#ffdd00")
    assert ours["--govuk-error-colour"] == "#ca3535"


def test_every_file_a_stylesheet_asks_for_is_shipped():
    for sheet in SHEETS:
        for asked in re.findall(r"url\(\"?([^)\"]+)", (STATIC / sheet).read_text()):
            assert asked.startswith("data:") or (STATIC / asked).is_file(), (
                f"{sheet} asks for {asked}"
            )


def test_packages_are_pinned_exactly_with_their_integrity():
    lines = (STATIC / "PACKAGES.txt").read_text().splitlines()

    assert len(lines) == 7
    assert all(re.fullmatch(r"\S+  \d+\.\d+\.\d+  \S+  sha512-\S+", line) for line in lines), lines
