"""An ecomap: systems that never move, ties by their kind, the same in picture and table."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.vocabulary import InvolvementNature
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.drawing.ecomap import EcoLook, ecomap, svg
from goldenthread.drawing.ecomap.signs import SELF_EVIDENT, SIGN_OF, EcoSign, sample
from tests.drawing.families import LARCHES, claim

ON = date(2026, 4, 14)
AROUND = replace(
    LARCHES,
    agencies=(("school", "Elm School"), ("police", "Police"), ("gp", "Mill Surgery")),
    claims=(
        *LARCHES.claims,
        claim("involvement", "strong", "ivy", when="2024-09/..", agency="school"),
        claim("involvement", "stressful", "ada", when="2026-03/..", agency="police"),
        claim("involvement", "tenuous", "ada", when="2019/2025-06", agency="gp"),
    ),
)
CONTACTS = {"school": parse_edtf("2026-04-10"), "police": parse_edtf("2026-09-01")}


def drawn(on=ON, network=AROUND, look=None):
    return ecomap(network, network_at(network, on), look or EcoLook(), CONTACTS)


def system(found, key):
    return next(one for one in found.systems if one.id == key)


def test_every_agency_and_network_person_is_drawn_once_with_a_row():
    found = drawn()

    assert [one.id for one in found.systems] == ["school", "gp", "police", "pam", "van"]
    assert {row.id for row in found.rows} == {one.id for one in found.systems}


@pytest.mark.parametrize("on", [date(2018, 1, 1), date(2025, 1, 1), date(2027, 1, 1)])
def test_no_date_moves_a_system(on):
    places = [(one.id, one.x, one.y) for one in drawn().systems]

    assert [(one.id, one.x, one.y) for one in drawn(on).systems] == places


def test_a_viewpoint_leaves_systems_out_and_moves_none():
    known = frozenset(c.id for c in AROUND.claims if c.agency != "police")
    found = drawn(look=EcoLook(known_claims=known, hidden=frozenset({"van"})))

    assert {one.id for one in found.systems} == {"school", "gp", "pam"}
    assert "Police" not in svg(found)
    for one in found.systems:
        assert (one.x, one.y) == (system(drawn(), one.id).x, system(drawn(), one.id).y)


def test_systems_keep_clear_of_each_other_and_of_the_middle():
    many = replace(
        AROUND,
        claims=(
            *AROUND.claims,
            *(
                claim("involvement", "steady", "ada", agency=f"a{n}", when="2024/..")
                for n in range(20)
            ),
        ),
    )
    found = drawn(network=many)

    assert min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(found.systems, 2)) > 120


def test_what_is_over_or_to_come_says_so():
    assert "until 30 June 2025" in system(drawn(), "gp").sentence
    assert "not yet involved" in system(drawn(date(2026, 1, 1)), "police").sentence
    assert EcoSign.AWAY in {sign for sign, _, _ in drawn().legend}


def test_the_last_contact_is_in_words_and_never_from_the_future():
    assert system(drawn(), "school").sentence.endswith("last contact 10 Apr 2026.")
    assert system(drawn(), "police").sentence.endswith("no contact recorded.")


def test_somebody_beside_the_home_by_one_account_and_in_it_by_another_is_said_to_be_both():
    network = replace(AROUND, claims=(*AROUND.claims, claim("network", "friend", "sam", "ivy")))

    assert "Sam" in drawn(network=network).middle.name
    assert "also in this home" in system(drawn(network=network), "sam").sentence
    assert "also in this home" not in system(drawn(network=network), "pam").sentence


@pytest.mark.parametrize("nature", InvolvementNature)
def test_each_tie_is_in_the_legend_and_nothing_else(nature):
    network = replace(
        LARCHES,
        claims=(claim("involvement", nature, "ada", when="2020/..", agency="gp"),),
        agencies=(("gp", "Mill Surgery"),),
    )
    signs = {sign for sign, _, _ in drawn(network=network).legend}

    assert signs == {EcoSign.AGENCY, SIGN_OF[nature]} - SELF_EVIDENT


def test_help_is_drawn_and_told_only_where_it_is_recorded():
    found = drawn(look=EcoLook(help_from=frozenset({"pam"})))

    assert EcoSign.HELP in {sign for sign, _, _ in found.legend}
    flows = {row.id: row.help for row in found.rows}
    assert flows["pam"] == "To the family"
    assert flows["school"] == "Not recorded"


def test_the_childs_household_stands_in_the_middle():
    assert drawn().middle.name == "14 Tannery Row: Ada, Ivy, Sam, Baby"


def test_the_svg_is_well_formed_and_repeats_itself():
    text = svg(drawn())
    root = ElementTree.fromstring(text)

    assert text == svg(drawn())
    assert not {name for each in root.iter() for name in each.attrib} & {"style", "id"}


@pytest.mark.parametrize("sign", EcoSign)
def test_every_sign_has_a_sample(sign):
    assert sample(sign)
