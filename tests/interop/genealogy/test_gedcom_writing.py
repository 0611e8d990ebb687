"""GEDCOM written: what it holds reads back the same, what it cannot hold is said, never dropped."""

from __future__ import annotations

from datetime import date

import gedcom7
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.claim import Claim, Household, Network, Relative, Source
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.genealogy.gedcom_writing import write_gedcom
from goldenthread.interop.genealogy.reading import read_family
from tests.domain.network.families import networks

VERSIONS = pytest.mark.parametrize("version", [5, 7])


def back(network: Network, version: int) -> Network:
    """The network as it comes back from GEDCOM, ids that had to change turned back."""
    found = read_family(write_gedcom(network, version=version).content, "family.ged")
    return found.network


def households_of_kin(network: Network) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Who has children with whom: partners and children by name."""
    names = {one.id: one.name for one in network.people}
    return sorted(
        (
            (frozenset(names[p] for p in union.partners if p in names),
             frozenset(names[d.child] for d in union.children))
            for union in graph_of(network).unions
        ),
        key=lambda union: (sorted(union[0]), sorted(union[1])),
    )  # fmt: skip


@VERSIONS
@given(network=networks(circles=False))
@settings(max_examples=60)
def test_nobody_is_lost_whatever_is_claimed(version, network):
    again = back(network, version)

    assert [one.name for one in again.people] == [one.name for one in network.people]
    for before, after in zip(network.people, again.people, strict=True):
        assert (after.born, after.died) == (before.born, before.died)
        if before.gender != "non_binary" or version == 7:
            assert after.gender == before.gender


@st.composite
def kin(draw) -> Network:
    """People with their parents and couples alone, as a family file holds them."""
    size = draw(st.integers(2, 12))
    people = tuple(
        Relative(f"I{n}", f"Person {n}", draw(st.sampled_from(["woman", "man", ""])))
        for n in range(1, size + 1)
    )
    claims, together = [], set()
    for n in range(3, size + 1):
        parents = draw(st.lists(st.integers(1, n - 1), max_size=2, unique=True))
        together.add(tuple(sorted(parents)))
        for p in parents:
            claims.append(Claim(f"{p}>{n}", "parent", "birth", f"I{p}", f"I{n}"))
    for pair in sorted(together):
        if len(pair) == 2:
            nature = draw(st.sampled_from(["married", "cohabiting", "separated", "not_known"]))
            claims.append(Claim(f"{pair}", "couple", nature, f"I{pair[0]}", f"I{pair[1]}"))
    return Network(people, tuple(claims))


@VERSIONS
@given(network=kin())
@settings(max_examples=60)
def test_kin_read_back_the_same(version, network):
    again = back(network, version)

    assert again.people == network.people
    assert households_of_kin(again) == households_of_kin(network)
    couples = {(frozenset(c.people), str(c.nature)) for c in network.claims if c.kind == "couple"}
    assert {
        (frozenset(c.people), str(c.nature)) for c in again.claims if c.kind == "couple"
    } == couples


def everything() -> Network:
    """One claim of every kind that GEDCOM has no word for, and some that it has."""
    source = Source("s1", "csc", "Children's social care", "told", date(2026, 1, 5))
    people = (
        Relative("a", "Ada", "woman", born=parse_edtf("2001?"), role="Mother"),
        Relative("b", "Ben", "man"),
        Relative("c", "Cy", "non_binary", expected_on=date(2026, 9, 1), is_child=True),
        Relative("d", "", is_identified=False),
        Relative("e", "", loss="miscarriage"),
    )
    claims = (
        Claim("1", "parent", "birth", "a", "c", source=source),
        Claim("2", "parent", "kinship", "b", "c"),
        Claim("3", "couple", "undisclosed", "a", "b"),
        Claim("4", "couple", "married", "a", "b", happened=parse_edtf("2019/2021")),
        Claim("5", "lives_at", "lives", "c", household="h"),
        Claim("6", "harm", "control", "b", "a", status="alleged"),
        Claim("7", "cares_for", "nights", "b", "c", nights=(5,)),
        Claim("8", "need", "strength", "a"),
        Claim("9", "couple", "together", "a", "d", polarity="denies"),
        Claim("10", "sibling", "twin", "c", "e"),
        Claim("11", "involvement", "strong", "a", agency="csc"),
        Claim("12", "responsibility", "by_birth", "a", "c"),
        Claim("13", "quality", "close", "a", "c"),
        Claim("14", "network", "friend", "b"),
    )
    return Network(people, claims, (Household("h", "Elm Row"),), (("csc", "Social care"),))


@VERSIONS
def test_everything_left_out_is_said_and_stands_in_the_files_own_note(version):
    written = write_gedcom(everything(), version=version, made="Made for a test.")

    text = written.content.decode()
    said = "\n".join(written.left_out)
    for part in (
        "of how somebody is a parent", "of what two people were to each other",
        "of who lives where", "claim of harm", "of who looks after whom", "needs and strengths",
        "denied, not answered", "brothers, sisters or twins", "agencies' involvement",
        "parental responsibility", "how two people get on", "friends and network",
        "Who said each thing", "1 households", "1 agencies", "expected dates of birth",
        "not identified", "pregnancies that ended", "roles", "less exact", "time together",
    ):  # fmt: skip
        assert part in said, part
    flat = text.replace("\r\n2 CONC ", "").replace("\r\n2 CONT ", "\n").replace("\n2 CONT ", "\n")
    for sentence in written.left_out:
        assert sentence in flat
    assert "Made for a test." in text


def test_a_family_that_gedcom_can_hold_leaves_nothing_out():
    network = Network(
        (Relative("I1", "Ada", "woman"), Relative("I2", "Cy", "man", born=parse_edtf("2020-05"))),
        (Claim("1", "parent", "birth", "I1", "I2"),),
    )

    assert write_gedcom(network, version=7).left_out == ()


@VERSIONS
def test_odd_texts_cannot_break_the_file(version):
    name = "@Ada@ 0 @I9@ INDI\x00\x07 the " + "long @name " * 60
    network = Network((Relative("I1", name.strip(), description="1\n0 @I8@ INDI\n@@\n\n  x"),))

    again = back(network, version)

    assert [one.id for one in again.people] == ["I1"]
    assert again.people[0].name == " ".join(name.replace("\x00", "").replace("\x07", "").split())


def test_version_7_is_valid_by_the_rules_of_its_own_library():
    content = write_gedcom(everything(), version=7).content

    assert gedcom7.validate(gedcom7.loads(content.decode())) == []


def test_version_5_keeps_within_its_line_length():
    network = Network((Relative("I1", "Ada", description="word " * 400),))

    lines = write_gedcom(network, version=5).content.decode().split("\r\n")

    assert max(map(len, lines)) <= 255
    assert "".join(line.partition("NOTE ")[2] or line.partition("CONC ")[2] for line in lines) == (
        network.people[0].description
    )
