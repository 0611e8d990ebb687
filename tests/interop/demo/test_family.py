"""family.toml names everybody once and gives every agency, practitioner and layout a place."""

from itertools import chain, pairwise

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.demo.story import read_story, read_toml

FAMILY = read_toml("family.toml")
AGENCIES = {agency["key"]: agency for agency in FAMILY["agency"]}
STORY = read_story()


def names_of(person):
    full = f"{person['given_name']} {person['family_name']}".strip()
    named = [person["key"], person["role"], full, person["known_as"], *person["aliases"]]
    return {name.casefold() for name in named if name}


def test_no_name_belongs_to_two_people():
    seen = list(chain.from_iterable(names_of(person) for person in FAMILY["person"]))
    assert len(seen) == len(set(seen))


def test_people_have_dates_that_can_be_read_and_the_unknown_man_is_described():
    for person in FAMILY["person"]:
        assert parse_edtf(person["born"]).is_known or not person["born"]
    child = next(person for person in FAMILY["person"] if person["key"] == "child")
    assert parse_edtf(child["expected"]).is_exact
    unknown = [person for person in FAMILY["person"] if person.get("unknown")]
    assert len(unknown) == 1
    assert unknown[0]["description"]
    assert not unknown[0]["family_name"]


def test_agencies_are_of_kinds_we_know_and_cannot_be_telephoned_or_written_to():
    assert {agency["slug"] for agency in AGENCIES.values()} <= set(AgencyKind)
    for someone in [*FAMILY["agency"], *FAMILY["practitioner"]]:
        assert someone["phone"].startswith("01632 960")
    for practitioner in FAMILY["practitioner"]:
        assert practitioner["email"].endswith(".example.org")
    assert len({p["email"] for p in FAMILY["practitioner"]}) == len(FAMILY["practitioner"])


def test_each_agency_has_a_practitioner_and_one_agency_has_no_part_in_the_case():
    assert {practitioner["agency"] for practitioner in FAMILY["practitioner"]} == set(AGENCIES)
    writing = {row.agency for row in STORY}
    assert set(AGENCIES) - writing == {"school_elsewhere"}
    stranger = [p for p in FAMILY["practitioner"] if p["agency"] == "school_elsewhere"]
    assert [(p["team"], p["demo_account"]) for p in stranger] == [("none", True)]
    assert [p["key"] for p in FAMILY["practitioner"] if p["team"] == "chair"] == ["chair"]
    in_practice = [p for p in FAMILY["practitioner"] if "remit" not in p]
    assert 8 <= sum(p["demo_account"] for p in in_practice) <= 10
    managers = [p for p in FAMILY["practitioner"] if "remit" in p]
    assert sorted((p["remit"], p["agency"], p["team"]) for p in managers) == [
        ("administrator", "children_social_care", "none"),
        ("administrator", "health_visiting", "none"),
        ("information_governance", "hospital", "none"),
        ("partnership_manager", "multi_agency", "none"),
    ]


def test_only_one_social_worker_is_allocated_at_a_time():
    allocated = [p for p in FAMILY["practitioner"] if p["team"] == "allocated"]
    for earlier, later in pairwise(allocated):
        assert earlier["to"] < later["from"]
    assert allocated[-1]["to"] == ""


def test_each_spreadsheet_is_brought_in_by_its_own_agency_and_maps_what_it_must():
    practitioners = {p["key"]: p for p in FAMILY["practitioner"]}
    for sheet in FAMILY["spreadsheet"]:
        assert practitioners[sheet["uploaded_by"]]["agency"] == sheet["agency"]
        columns = set(sheet["mapping"]) | set(sheet["fixed"])
        assert {
            "id",
            "date",
            "agency",
            "source",
            "how_known",
            "people",
            "kind",
            "domain",
        } <= columns
    assert {s["agency"] for s in FAMILY["spreadsheet"]} == {row.agency for row in STORY}
