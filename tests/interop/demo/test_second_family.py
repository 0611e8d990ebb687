"""The Wetherills' story is sound, is told by their spreadsheets, and shares no key with the Rudlands.

The ids of the demonstration are made from keys: one key in two families would be one row.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain

import pytest

from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind, Significance
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.demo import write_spreadsheets
from goldenthread.interop.demo.story import (
    families,
    is_told,
    read_links,
    read_partnership,
    read_story,
    read_toml,
)
from goldenthread.interop.spreadsheets.reading import rows, survey

WETHERILL = read_toml("family.toml", "wetherill")
STORY = read_story("wetherill")
PARTNERSHIP = read_partnership()
PRACTITIONERS = {one["key"]: one for one in PARTNERSHIP["practitioner"]}
AGENCIES = {one["key"] for one in PARTNERSHIP["agency"]}
PEOPLE = {person["key"] for person in WETHERILL["person"]}
SHEETS = {sheet["file"]: sheet for sheet in WETHERILL["spreadsheet"]}


def keys(family: str) -> list[tuple[str, str]]:
    """Every key from which one family's rows get their ids, with its kind."""
    told, network = read_toml("family.toml", family), read_toml("network.toml", family)
    named = [("case", told["case"]["reference"])]
    named += [("file", sheet["file"]) for sheet in told["spreadsheet"]]
    named += [("entry", row.id) for row in read_story(family)]
    if is_told("restricted.toml", family):
        named += [("entry", one["key"]) for one in read_toml("restricted.toml", family)["entry"]]
    named += [("household", home["key"]) for home in network["household"]]
    for kind in ("person", "agency", "practitioner"):
        named += [(kind, one["key"]) for one in told[kind]]
    return named


def test_no_key_stands_twice_in_the_demonstration():
    assert families() == ("rudland", "wetherill")
    counted = Counter(chain.from_iterable(keys(family) for family in families()))
    assert [key for key, times in counted.items() if times > 1] == []


def test_nobody_can_be_telephoned_or_written_to_and_no_number_is_two_peoples():
    everybody = [*PARTNERSHIP["agency"], *PARTNERSHIP["practitioner"]]
    phones = [one["phone"] for one in everybody]
    assert all(phone.startswith("01632 960") for phone in phones)
    assert len(set(phones)) == len(phones)
    emails = [one["email"] for one in PARTNERSHIP["practitioner"]]
    assert all(email.endswith(".example.org") for email in emails)
    assert len(set(emails)) == len(emails)


def test_no_name_belongs_to_two_people_of_the_family():
    def names(person):
        full = f"{person['given_name']} {person['family_name']}"
        named = [person["key"], person["role"], full, person["known_as"], *person["aliases"]]
        return {name.casefold() for name in named}

    named = list(chain.from_iterable(names(person) for person in WETHERILL["person"]))
    assert len(named) == len(set(named))


@pytest.mark.parametrize("row", STORY, ids=lambda row: row.id)
def test_row_uses_the_words_of_the_record_and_its_times_are_in_order(row):
    assert row.how_known in set(HowKnown) - {HowKnown.NOT_RECORDED}
    assert row.kind in set(Kind)
    assert row.domain
    assert set(row.domain) <= set(Concern)
    assert row.significance in set(Significance) - {Significance.NOT_JUDGED}
    assert set(row.people) <= PEOPLE
    assert set(row.shared_with) <= AGENCIES - {row.agency}
    assert PRACTITIONERS[row.by]["agency"] == row.agency
    assert (row.how_known != "told") or row.told_by
    assert parse_edtf(row.date).earliest <= parse_edtf(row.known).latest
    for agency in row.shared_with:
        assert parse_edtf(row.known).earliest <= parse_edtf(row.told_on(agency)).latest


def test_story_is_small_and_ends_well_with_no_child_hurt():
    assert 12 <= len(STORY) <= 16
    assert 3 <= len({row.agency for row in STORY}) <= 4
    assert sum("strength" in row.domain for row in STORY) * 2 >= len(STORY)
    assert not [row.id for row in STORY if row.kind in (Kind.INJURY, Kind.DEATH)]
    last = max(STORY, key=lambda row: date.fromisoformat(row.known))
    assert last.domain == (Concern.STRENGTH,)
    assert last.known == WETHERILL["case"]["ends"]


def test_it_is_the_history_that_probation_and_his_practice_hold_of_carl():
    """PRO-001: the day of the order, Aldersea, a former partner. GPB-002: with her by then, parted."""
    rudland = {row.id: row for row in read_story()}
    here = {row.id: row for row in STORY}
    assert here["APO-003"].date == rudland["PRO-001"].date
    assert "24-month community order" in here["APO-003"].what
    assert here["AHV-003"].date < rudland["GPB-002"].date < here["APO-001"].date
    (carl,) = (one for one in WETHERILL["person"] if one["key"] == "carl_beddoes")
    (there,) = (
        one for one in read_toml("family.toml")["person"] if one["key"] == "mothers_partner"
    )
    assert carl["born"] == there["born"]
    assert carl["family_name"] != there["family_name"]


def test_what_the_school_wrote_and_was_told_does_not_name_him():
    for row in STORY:
        if "school_elsewhere" in (row.agency, *row.shared_with):
            assert "carl_beddoes" not in row.people
            assert "Carl" not in f"{row.what} {row.impact} {row.action}"


@pytest.mark.parametrize("file", SHEETS)
def test_spreadsheet_is_what_the_story_makes_and_reads_as_its_layout_says(file):
    sheet = SHEETS[file]
    content = (write_spreadsheets.folder_of("wetherill") / file).read_bytes()
    assert content == write_spreadsheets.spreadsheets("wetherill")[file]
    found = {one.name: one for one in survey(content, file)}[sheet["sheet"]]
    assert found.header_row == sheet["header_row"]
    assert set(sheet["mapping"].values()) <= set(found.headers)
    told = [row for row in STORY if row.agency == sheet["agency"]]
    read = list(rows(content, file, sheet["sheet"], sheet["header_row"]))
    assert [row.cells[sheet["mapping"]["what"]] for row in read] == [row.what for row in told]
    assert PRACTITIONERS[sheet["uploaded_by"]]["agency"] == sheet["agency"]


def test_folder_holds_its_spreadsheets_and_nothing_else():
    folder = write_spreadsheets.folder_of("wetherill")
    assert {path.name for path in folder.iterdir()} == set(SHEETS)


def test_a_judgement_is_made_by_somebody_who_works_with_both_families_with_a_reason():
    (link,) = read_links()
    teams = [
        {one["key"] for one in (*told["practitioner"], *told.get("joined_by", ()))
         if one["team"] != "none"}
        for told in (read_toml("family.toml", family) for family in families())
    ]  # fmt: skip
    assert all(link["by"] in team for team in teams)
    assert link["verdict"] in set(SamePerson)
    assert link["reason"].strip()
