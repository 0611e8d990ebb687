"""The agencies' spreadsheets, read as the import reads them, say what the story says."""

import re

import pytest

from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.interop.demo import write_spreadsheets
from goldenthread.interop.demo.story import read_story, read_toml
from goldenthread.interop.spreadsheets.columns import NAMES
from goldenthread.interop.spreadsheets.reading import rows, survey

FAMILY = read_toml("family.toml")
LAYOUTS = read_toml("layouts.toml")["layout"]
SHEETS = {sheet["file"]: sheet for sheet in FAMILY["spreadsheet"]}
FOLDER = write_spreadsheets.folder_of()
SLUGS = {agency["key"]: agency["slug"] for agency in FAMILY["agency"]}
PEOPLE = {
    name.casefold(): person["key"]
    for person in FAMILY["person"]
    for name in (
        person["role"],
        person["known_as"],
        f"{person['given_name']} {person['family_name']}",
        *person["aliases"],
    )
    if name.strip()
}


def parts(text):
    return tuple(part.strip() for part in text.split(";")) if text else ()


def date_of(text):
    return parse_as_typed(text).edtf if text else ""


def as_story(cells, sheet):
    """One row of a spreadsheet in the terms of the story, by this layout's mapping and words."""
    words = sheet.get("words", {})

    def cell(column):
        return cells.get(sheet["mapping"].get(column, ""), "")

    def canonical(vocabulary, text):
        return words.get(vocabulary, {}).get(text, text)

    return {
        "id": cell("id"),
        "date": date_of(cell("date")),
        "source": cell("source"),
        "how_known": canonical("how_known", cell("how_known")),
        "told_by": cell("told_by"),
        "people": tuple(PEOPLE[name.casefold()] for name in parts(cell("people"))),
        "kind": canonical("kind", cell("kind")),
        "domain": tuple(canonical("domain", text) for text in parts(cell("domain"))),
        "what": cell("what"),
        "impact": cell("impact"),
        "action": cell("action"),
        "known_from": date_of(cell("known_from")),
        "shared_with": tuple(canonical("agency", text) for text in parts(cell("shared_with"))),
        "shared_on": tuple(date_of(text) for text in parts(cell("shared_on"))),
        "significance": canonical("significance", cell("significance")),
    }


def told(row):
    writer = next(p for p in FAMILY["practitioner"] if p["key"] == row.by)
    names = set(NAMES) - {"agency", "source"}
    return {name: getattr(row, name) for name in names} | {
        "source": f"{writer['name']}, {writer['role_title']}"
    }


@pytest.mark.parametrize("file", SHEETS)
def test_spreadsheet_agrees_with_the_story_row_by_row(file):
    sheet = SHEETS[file]
    content = (FOLDER / file).read_bytes()
    found = [
        as_story(row.cells, sheet)
        for row in rows(content, file, sheet["sheet"], sheet["header_row"])
    ]
    assert found == [told(row) for row in read_story() if row.agency == sheet["agency"]]


@pytest.mark.parametrize("file", SHEETS)
def test_headings_are_found_where_the_layout_says_they_are(file):
    sheet = SHEETS[file]
    found = {one.name: one for one in survey((FOLDER / file).read_bytes(), file)}
    assert found[sheet["sheet"]].header_row == sheet["header_row"]
    assert set(sheet["mapping"].values()) <= set(found[sheet["sheet"]].headers)


def test_folder_holds_the_spreadsheets_of_the_family_and_nothing_else():
    assert (
        {path.name for path in FOLDER.iterdir()} == set(SHEETS) == {one["file"] for one in LAYOUTS}
    )


def test_writing_again_gives_the_same_bytes(tmp_path, monkeypatch):
    first = write_spreadsheets.spreadsheets()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    for path in write_spreadsheets.write_all(tmp_path):
        assert path.read_bytes() == first[path.name], path.name


def test_layouts_differ_as_those_of_real_agencies_do():
    assert sum(file.endswith(".xlsx") for file in SHEETS) >= 9
    assert {one["dates"] for one in LAYOUTS} == {"cell", "uk", "words", "short", "edtf"}
    assert len({tuple(sheet["mapping"].values()) for sheet in SHEETS.values()}) == len(SHEETS)
    assert sum("other_sheet" in one for one in LAYOUTS) >= 2
    assert sum(bool(one["titles"]) for one in LAYOUTS) >= 5


def test_csv_files_have_the_marks_and_encodings_that_are_met_in_practice():
    police = (FOLDER / "police_occurrences.csv").read_bytes()
    housing = (FOLDER / "kelder_homes_tenancy.csv").read_bytes()
    conference = (FOLDER / "conference_unit_canonical.csv").read_bytes()
    assert police.startswith(b"\xef\xbb\xbf")
    assert police.decode("utf-8-sig")
    assert b";" in housing.splitlines()[0]
    assert b"\xa3" in housing
    assert b"\x92" in housing
    with pytest.raises(UnicodeDecodeError):
        housing.decode("utf-8")
    assert conference.splitlines()[0].decode() == ",".join(NAMES)


def test_canonical_file_uses_only_canonical_words():
    sheet = SHEETS["conference_unit_canonical.csv"]
    content = (FOLDER / sheet["file"]).read_bytes()
    roles = {person["role"] for person in FAMILY["person"]}
    for row in rows(content, sheet["file"], sheet["sheet"], 1):
        assert row.cells["agency"] == "multi_agency"
        assert set(parts(row.cells["people"])) <= roles
        assert set(parts(row.cells.get("shared_with", ""))) <= set(SLUGS.values())
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.cells["date"])
