"""The ticks of the date control: every beginning and end once, in order, and nothing between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.changes import (
    changes_of,
    days_to_stop_at,
    next_change,
    previous_change,
    said,
    undated_of,
)
from goldenthread.domain.network.wording import beginning_in_words, names_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import parse_edtf
from tests.domain.network.families import claim, lives, network, networks, person, source

JO, CARL = person("jo", "woman", "1998-02-01"), person("carl", "man", died="2026-05")
BABY = person("baby", "", "2026-03-02", is_child=True)


def ticks(*claims, people=(JO, CARL, BABY)):
    family = network(people, claims, ["Elm"])
    names = names_of(family)
    return [(c.on.isoformat(), said(c, names)) for c in changes_of(family)]


def test_a_familys_changes_are_said_in_order():
    assert ticks(
        claim("couple", "together", "jo", "carl", "2025-07-01/.."),
        lives("carl", "Elm", "2025-08/2026-03-10"),
        claim("cares_for", "nights", "carl", "baby", "2026-03-02/2026-03-10"),
        claim("involvement", "steady", "baby", when="2026-03-02/..", agency="hv"),
        claim("quality", "close", "jo", "baby"),
    ) == [
        ("1998-02-01", "Jo is born"),
        ("2025-07-01", "Jo and Carl become a couple"),
        ("2025-08-01", "Carl moves in at Elm Road (about 1 August 2025)"),
        ("2026-03-02", "Baby is born"),
        ("2026-03-02", "Carl begins to look after Baby (nights)"),
        ("2026-03-02", "Health visiting is involved with Baby"),
        ("2026-03-11", "Carl no longer looks after Baby (nights)"),
        ("2026-03-11", "Carl leaves Elm Road"),
        ("2026-05-01", "Carl dies (about 1 May 2026)"),
    ]


def test_an_end_shows_the_day_after_the_last():
    stay = lives("carl", "Elm", "2025-07-01/2026-03-10")
    family = network([JO, CARL, BABY], [stay], ["Elm"])
    left = changes_of(family)[-2]
    assert (left.day, left.on, left.is_approximate) == (date(2026, 3, 10), date(2026, 3, 11), False)
    assert network_at(family, left.day).households[0].people == ("carl",)
    assert network_at(family, left.on).households[0].people == ()


def test_two_accounts_of_one_change_are_one_tick_with_both_claims():
    late = lives("carl", "Elm", "2025-07-01/..", id="a", source=source("hv", date(2026, 2, 1)))
    early = lives("carl", "Elm", "2025-07-01/..", id="b", source=source("csc", date(2026, 1, 1)))
    (change,) = changes_of(network([replace(CARL, died=None)], [late, early], ["Elm"]))
    assert (change.claim, change.because) == ("b", ("b", "a"))


@pytest.mark.parametrize(
    "gone",
    [
        lives("carl", "Elm", "2025", polarity=Polarity.DENIES),
        lives("carl", "Elm", "2025", source=source(standing=Standing.WITHDRAWN)),
        lives("carl", "Elm"),
        claim("harm", "physical", "carl", "jo", "2025"),
        lives("stranger", "Elm", "2025"),
    ],
)
def test_what_does_not_count_or_has_no_date_is_no_tick(gone):
    assert not [words for _, words in ticks(gone) if "born" not in words and "dies" not in words]


def test_what_nobody_dated_is_listed_apart():
    undated = lives("carl", "Elm")
    family = network(
        [CARL], [lives("carl", "Elm", "2025"), undated, claim("harm", "control", "carl", "jo")]
    )
    assert undated_of(family) == (undated,)


def test_the_next_and_the_previous_change_lead_through_all_of_them():
    family = network([JO, BABY], [lives("jo", "Elm", "2020-01-01/2021-05-06")], ["Elm"])
    changes = changes_of(family)
    days, day = [], date(1900, 1, 1)
    while change := next_change(changes, day):
        day = change.on
        days.append(day)
    back = []
    day = date(2100, 1, 1)
    while change := previous_change(changes, day):
        day = change.on
        back.append(day)
    assert (
        days
        == back[::-1]
        == [date(1998, 2, 1), date(2020, 1, 1), date(2021, 5, 7), date(2026, 3, 2)]
    )


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-07-01", "1 July 2025"),
        ("2025-07-01~", "about 1 July 2025"),
        ("2025-07", "July 2025"),
        ("2024-02/..", "February 2024"),
        ("2025~/..", "about 2025"),
        ("[..2025-07-01]", "1 July 2025 or before"),
        ("[2025-07-01..]", "1 July 2025 or after"),
        ("2024-22", "some time between 1 June 2024 and 31 August 2024"),
        ("", ""),
    ],
)
def test_a_beginning_is_said_as_far_as_it_is_known(edtf, words):
    assert beginning_in_words(parse_edtf(edtf)) == words


@settings(max_examples=200, deadline=None)
@given(
    family=networks(), one=st.dates(date(2018, 1, 1), date(2025, 1, 1)), days=st.integers(0, 900)
)
def test_between_two_ticks_nothing_comes_and_nothing_goes(family, one, days):
    changes = changes_of(family)
    assert [c.on for c in changes] == sorted(c.on for c in changes)
    following = next_change(changes, one)
    other = date.fromordinal(one.toordinal() + days)
    if following is not None and other >= following.on:
        other = date.fromordinal(following.on.toordinal() - 1)
    assert shown(family, one) == shown(family, max(one, other))


def shown(family, on):
    """What a day shows, less how sure it is and how old people are.

    Whoever died in some month stays, unsurely, until its end; that end is no tick.
    """
    found = network_at(family, on)
    items = [*found.qualities, *found.harms, *found.ties]
    items += [m for home in found.households for m in home.members]
    items += [carer for care in found.care for carer in care.carers]
    unsure = {p.id for p in family.people if p.died and p.died.from_min != p.died.to_max}
    dated = {
        c.id
        for c in family.claims
        if (c.happened.from_min or not c.happened.is_known) and not unsure & set(c.people)
    }
    return {key for item in items for key in item.because if key in dated}


@settings(max_examples=100, deadline=None)
@given(family=networks(), dice=st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_no_tick(family, dice):
    claims = list(family.claims)
    dice.shuffle(claims)
    assert changes_of(replace(family, claims=tuple(claims))) == changes_of(family)


def stops(*people, claims=()):
    family = network(people, claims, ["Elm"])
    return [day.isoformat() for day in days_to_stop_at(changes_of(family), family)]


def test_a_date_control_passes_over_lives_before_the_children():
    nan = person("nan", "woman", "1944", died="1999-05-01")
    later = person("cousin", "", "2026-04-01", died="2026-05-02")
    assert stops(nan, JO, BABY, later) == ["2026-03-02", "2026-04-01", "2026-05-02"]


def test_a_date_control_stops_at_what_began_before_the_children_and_at_each_child():
    older = person("older", "", "2015-06-01", is_child=True)
    couple = claim("couple", "together", "jo", "carl", "2012-07-01/..")
    assert stops(JO, CARL, BABY, older, claims=[couple]) == [
        "2012-07-01", "2015-06-01", "2026-03-02", "2026-05-01",
    ]  # fmt: skip


def test_nothing_is_passed_over_where_no_childs_birth_is_known():
    assert stops(JO, person("baby", is_child=True)) == ["1998-02-01"]


@given(networks())
def test_every_stop_is_a_change_and_only_lives_are_passed_over(family):
    changes = changes_of(family)
    found = set(days_to_stop_at(changes, family))
    assert found <= {change.on for change in changes}
    assert {c.on for c in changes if c.kind in ("began", "ended")} <= found
