"""Our own relations CSV: whole there and back; and untidy files by hand, read with their warnings."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.interop.genealogy.reading import read_family
from goldenthread.interop.genealogy.relations_writing import relations_csv
from tests.domain.network.families import networks
from tests.interop.genealogy.making import claims, said

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)


@st.composite
def any_networks(draw) -> Network:
    """Networks with whatever texts a person may have typed, each claim about people it holds."""
    network = draw(networks())
    here = {one.id for one in network.people}
    people = [
        replace(
            one, name=draw(TEXTS), description=draw(TEXTS), role=draw(TEXTS),
            is_child=draw(st.booleans()), loss=draw(st.sampled_from(["", "stillbirth"])),
            expected_on=draw(st.none() | st.dates()),
            birth_order=draw(st.none() | st.floats(-900, 2150)),
        )
        for one in network.people
    ]  # fmt: skip
    kept = [
        replace(claim, words=draw(TEXTS), days=draw(st.sampled_from([(), (1,), (5, 6, 7)])))
        for claim in network.claims
        if set(claim.people) <= here
    ]
    return replace(network, people=tuple(people), claims=tuple(kept))


@given(any_networks())
@settings(max_examples=150)
def test_a_network_comes_back_whole(network):
    found = read_family(relations_csv(network), "family.csv")

    assert found.network == network
    assert found.warnings == ()


def test_no_cell_is_a_live_formula():
    network = Network((Relative("I1", '=HYPERLINK("http://example.org")', description="+1"),))

    text = relations_csv(network).decode()

    assert '"=' not in text
    assert '"+' not in text
    assert read_family(text.encode(), "x.csv").network == network


def test_a_file_by_hand_is_read():
    found = read_family(
        b"kind,person,other,nature,happened,days\r\n"
        b"parent,Ada,Cy,birth,,\r\n"
        b"couple,Ada,Ben,cohabiting,since March 2021,\r\n"
        b"cares_for,Nan,Cy,helps,,1 3\r\n",
        "family.csv",
    )

    assert [one.id for one in found.network.people] == ["Ada", "Cy", "Ben", "Nan"]
    assert found.network.claims[1].happened.edtf == "2021-03/.."
    assert found.network.claims[2].days == (1, 3)
    assert "“Ada” has no row of their own and was added." in said(found)


def test_what_cannot_be_kept_is_named_and_the_rest_is():
    found = read_family(
        b"id,kind,person,other,nature,happened,polarity,status,days,extra,said_by,known_from\n"
        b"1,parent,Ada,Cy,cousin,,,,,x,,\n"
        b"2,parent,Ada,Cy,birth,when the leaves fell,,,,,,\n"
        b"2,parent,Ada,Cy,birth,,,,,,,\n"
        b"3,uncle,Ada,Cy,,,,,,,,\n"
        b"4,parent,,Cy,birth,,,,,,,\n"
        b"5,harm,Ada,Cy,physical,,maybe,proven,,,,\n"
        b"6,cares_for,Ada,Cy,main,,,,Mon,,Police,\n"
        b",person,,,,,,,,,,\n",
        "family.csv",
    )

    assert claims(found, "parent") == {("Ada", "not_known", "Cy"), ("Ada", "birth", "Cy")}
    by_id = {claim.id: claim for claim in found.network.claims}
    assert set(by_id) == {"1", "2", "5", "6"}
    assert by_id["1"].words == "nature: “cousin”"
    assert by_id["2"].words == "happened: “when the leaves fell”"
    assert by_id["5"].words == "status: “proven” polarity: “maybe”"
    assert "Police" in by_id["6"].words
    text = said(found)
    for part in (
        "Columns not read: extra.", "“cousin” in nature is not a word we know",
        "cannot be read as a date", "has the id “2” a second time", "“uncle” is no kind of row",
        "Row 6 names no person", "Row 9 has no id", "are not weekdays",
        "“Police” in said_by has no day in known_from",
    ):  # fmt: skip
        assert part in text, part
