"""A child's homes and carers as stretches of time: accounts that agree are one, others stay apart."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from goldenthread.domain.network.over_time import care_over_time, homes_over_time
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from tests.domain.network.families import claim, lives, network, networks, person, source

PEOPLE = [person("ruth"), person("nan"), person("baby", is_child=True)]


def test_accounts_that_agree_on_the_end_are_one_stretch_from_the_earliest():
    one = lives("baby", "Elm", "2026-03-04/..", id="a", source=source("csc"))
    other = lives("baby", "Elm", "2026-03/..", id="b", source=source("hv"))

    (stretch,) = homes_over_time(network(PEOPLE, [one, other], ["Elm"]), "baby")

    assert (stretch.began, stretch.surely_began) == (date(2026, 3, 1), date(2026, 3, 4))
    assert stretch.ended is None
    assert [c.id for c in stretch.claims] == ["a", "b"]


def test_an_account_of_its_end_is_a_stretch_of_its_own():
    goes_on = claim("cares_for", "nights", "nan", "baby", "2026-03-04/..", id="on")
    over = claim("cares_for", "nights", "nan", "baby", "2026-03-04/2026-05-31", id="over")

    found = care_over_time(network(PEOPLE, [goes_on, over]), "baby")

    assert [(s.ended, s.claims[0].id) for s in found] == [
        (date(2026, 5, 31), "over"), (None, "on"),
    ]  # fmt: skip


def test_a_denial_makes_no_stretch_and_is_kept_against_the_one_it_denies():
    said = lives("baby", "Elm", "2026-03-04/..", id="said")
    denied = lives("baby", "Elm", "2026-03-04/..", id="denied", polarity=Polarity.DENIES)

    (stretch,) = homes_over_time(network(PEOPLE, [said, denied], ["Elm"]), "baby")

    assert [c.id for c in stretch.against] == ["denied"]


def test_what_was_withdrawn_is_no_stretch():
    gone = lives("baby", "Elm", "2026/..", source=source(standing=Standing.WITHDRAWN))

    assert homes_over_time(network(PEOPLE, [gone], ["Elm"]), "baby") == ()


@given(networks())
@settings(max_examples=60, deadline=None)
def test_every_claim_that_counts_is_in_exactly_one_stretch(held):
    known = {one.id for one in held.people}
    for child in known:
        for kind, found in (
            ("lives_at", homes_over_time(held, child)),
            ("cares_for", care_over_time(held, child)),
        ):
            counts = [
                c.id
                for c in held.claims
                if c.kind == kind
                and c.asserts
                and known.issuperset(c.people)
                and (c.person if kind == "lives_at" else c.other) == child
            ]
            told = [c.id for stretch in found for c in stretch.claims]
            assert sorted(told) == sorted(counts)
