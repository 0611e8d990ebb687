"""A child's week: who has the nights and the days, and when agencies do not agree on it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.caring import against_night, week_of
from goldenthread.domain.provenance.vocabulary import Polarity
from tests.domain.network.families import claim, network, networks, person, source

ON = date(2026, 6, 10)
SINCE = "2026-03/.."
WEEK = (1, 2, 3, 4, 5, 6, 7)
PEOPLE = [person("ruth"), person("nan"), person("dean"), person("baby", is_child=True)]


def cares(one: str, nature: str, agency: str = "csc", **more):
    return claim(
        "cares_for", nature, one, "baby", SINCE,
        id=f"{one} {nature} {agency} {more}", source=source(agency, statement=f"{one} {agency}"),
        **more,
    )  # fmt: skip


def week(*claims):
    held = network(PEOPLE, claims)
    return week_of(network_at(held, ON), "baby", {one.id: one for one in claims})


def of(turns) -> list[tuple[str, tuple[int, ...]]]:
    return [(turn.carer, turn.times) for turn in turns]


def test_a_main_carer_of_whom_nobody_said_which_has_the_days_and_the_nights():
    found = week(cares("ruth", "main"))

    assert of(found.nights) == of(found.days) == [("ruth", ())]
    assert not any(turn.is_named for turn in (*found.nights, *found.days))


def test_named_nights_stand_before_a_main_carer_and_take_nothing_from_her():
    found = week(cares("ruth", "main"), cares("nan", "nights", nights=(5, 6)))

    assert of(found.nights) == [("nan", (5, 6)), ("ruth", ())]
    assert of(found.days) == [("ruth", ())]
    assert not found.nights_differ


def test_several_who_say_the_same_are_one_turn_with_all_their_words():
    found = week(
        cares("nan", "nights", "csc", nights=WEEK), cares("nan", "nights", "hv", nights=WEEK)
    )

    (turn,) = found.nights
    assert turn.agencies == {"csc", "hv"}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ((cares("nan", "nights", "csc", nights=WEEK)), cares("dean", "nights", "hv"), True),
        (cares("nan", "nights", "csc"), cares("dean", "nights", "hv"), True),
        (
            cares("nan", "nights", "csc", nights=(1, 2)),
            cares("dean", "nights", "hv", nights=(3,)),
            False,
        ),
        (cares("nan", "nights", "csc", nights=WEEK), cares("dean", "nights", "csc"), False),
        (cares("nan", "nights", "csc", nights=WEEK), cares("ruth", "main", "hv"), False),
        (
            cares("nan", "nights", "csc", nights=WEEK),
            cares("dean", "helps", "hv", nights=(1,)),
            False,
        ),
    ],
)
def test_agencies_differ_where_they_name_different_people_for_what_may_be_one_night(
    one, other, differ
):
    assert week(one, other).nights_differ is differ


def test_who_must_not_care_alone_and_who_helps_has_no_night():
    found = week(cares("dean", "none", nights=WEEK), cares("nan", "helps"))

    assert not found.nights
    assert {turn.carer for turn in found.others} == {"dean", "nan"}


def test_a_denial_stands_beside_what_it_denies():
    said = cares("nan", "nights", nights=WEEK)
    denied = claim(
        "cares_for", "nights", "nan", "baby", SINCE, id="denied",
        polarity=Polarity.DENIES, source=source("hv", statement="d"),
    )  # fmt: skip

    found = week(said, denied)

    assert [c.id for c in found.contradictions[0].claims] == ["denied", said.id]
    assert of(found.nights) == [("nan", WEEK)]


def test_nobody_recorded_is_an_empty_week():
    assert week().is_empty


@given(networks())
@settings(max_examples=60, deadline=None)
def test_every_carer_of_the_day_has_a_part_of_the_week_and_nobody_else_has(held):
    at = network_at(held, ON)
    claims = {one.id: one for one in held.claims}
    for care in at.care:
        found = week_of(at, care.child, claims)
        parts = (*found.nights, *found.days, *found.others)
        assert {turn.carer for turn in parts} == {carer.carer for carer in care.carers}
        said = {one.id for turn in parts for one in turn.claims}
        assert said == {key for carer in care.carers for key in carer.because}


def at_home(one: str, home: str, nature: str = "lives", **more):
    return claim(
        "lives_at", nature, one, when=SINCE, household=home,
        id=f"{one} {home} {nature} {more}", source=source("hv"), **more,
    )  # fmt: skip


HOME = at_home("baby", "Elm")
NIGHTS = cares("nan", "nights", nights=WEEK)


@pytest.mark.parametrize(
    ("other", "speaks"),
    [
        (at_home("nan", "Elm", "stays", polarity=Polarity.DENIES), True),
        (at_home("nan", "Oak", "stays", polarity=Polarity.DENIES), False),
        (at_home("nan", "Oak", "stays"), True),
        (at_home("nan", "Oak", "stays", nights=(3,)), True),
        (at_home("nan", "Oak", "stays", nights=(4, 5)), False),
        (at_home("nan", "Oak", "lives"), False),
        (at_home("nan", "Oak", "visits"), False),
        (at_home("nan", "Elm", "stays"), False),
        (at_home("ruth", "Oak", "stays"), False),
        (cares("nan", "nights", "hv", polarity=Polarity.DENIES), True),
        (cares("nan", "nights", "hv", nights=WEEK), False),
    ],
)
def test_what_speaks_against_somebodys_night_on_a_wednesday(other, speaks):
    claims = [HOME, NIGHTS, other]
    held = network(PEOPLE, claims, ["Elm", "Oak"])

    found = against_night(network_at(held, ON), claims, "baby", "nan")

    assert [claim.id for claim in found] == ([other.id] if speaks else [])
