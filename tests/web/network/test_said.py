"""The same network as a table, as paragraphs and on the slider: the same people in each, each claim
with its source, and no word firmer than what was claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import NATURES, ClaimKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import Standing
from goldenthread.web.network import wording
from goldenthread.web.network.asked import Asked
from goldenthread.web.network.in_words import paragraphs_of
from goldenthread.web.network.nights import nights_of
from goldenthread.web.network.scene import Scene
from goldenthread.web.network.sliding import day_of_step, slider_of
from goldenthread.web.network.table import table_of
from tests.domain.network.families import claim, lives, network, networks, parent, person, source

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
TODAY = date(2026, 6, 10)
SATURDAY = date(2026, 3, 14)


def recorded(of: Network) -> Network:
    """The same network with the ids that the record gives to statements."""
    sources = (replace(c.source, statement=str(uuid5(NAMESPACE_URL, c.id))) for c in of.claims)
    return replace(
        of, claims=tuple(replace(c, source=s) for c, s in zip(of.claims, sources, strict=True))
    )


def scene(of: Network, day: date = TODAY) -> Scene:
    return Scene(of, day, lambda one: f"?person={one}", lambda entry: f"/entries/{entry}/")


def asked(day: date = TODAY, on: date = TODAY) -> Asked:
    return Asked(Viewpoint(NOW), TODAY, on, at=None if day == on else day)


FAMILY = network(
    [
        person("ruth", "woman", "1996-05-04"),
        person("ada", "woman", "2026-03-02", is_child=True),
        person("maureen", "woman", "1968"),
        person("dean", "man"),
    ],
    [
        parent("ruth", "ada"),
        parent("maureen", "ruth"),
        lives("ruth", "Elm", "2023/.."),
        lives("ada", "Elm", "2026-03-04/.."),
        lives("dean", "Elm", "2026-05-02/..", nature="stays"),
        claim("couple", "together", "ruth", "dean", "2026-04-06/.."),
        claim("cares_for", "main", "ruth", "ada", "2026-03-02/.."),
        claim("cares_for", "nights", "maureen", "ada", "2026-03-10/..", nights=(5, 6)),
    ],
    ["Elm"],
)


def people_in_table(found: Scene) -> set[str]:
    table = table_of(found)
    said = [line.says for line in table.now]
    rows = {row.person_href for row in said} | {row.other_href for row in said}
    return {href.removeprefix("?person=") for href in (rows | {h for _, h in table.alone}) if href}


@given(networks(), st.dates(date(2019, 1, 1), date(2026, 1, 1)))
def test_the_table_and_the_paragraphs_name_everybody_once_each(of, day):
    found = scene(of, day)

    everybody = {one.id for one in of.people}
    assert people_in_table(found) - {"stranger"} == everybody
    assert {one for paragraph in paragraphs_of(found) for one in paragraph.people} == everybody


@given(networks(), st.dates(date(2019, 1, 1), date(2026, 1, 1)))
def test_every_claim_is_a_row_with_its_source_and_says_if_it_is_not_of_the_day(of, day):
    table = table_of(scene(of, day))

    now = [row for line in table.now for row in line.accounts]
    rows = [*now, *(row for line in table.other_times for row in line.accounts)]
    assert sorted(row.claim for row in rows) == sorted(one.id for one in of.claims)
    assert all(row.how and row.known and row.href for row in rows)
    assert not any(row.time for row in now)


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_every_relation_there_can_be_has_words_that_read_on_from_a_name(kind):
    for nature in NATURES[kind]:
        one = claim(kind, nature, "ruth", "dean", status="alleged" if kind == "harm" else "")
        words = wording.relation(one, {p.id: p for p in FAMILY.people})
        assert words
        assert "{" not in words
        assert words[0].islower()


def test_what_is_only_said_to_be_so_is_never_worded_as_if_it_were():
    people = {one.id: one for one in FAMILY.people}
    alleged = claim("parent", "alleged", "dean", "ada")
    denied = claim("couple", "together", "ruth", "dean", polarity="denies")
    disputed = claim(
        "couple", "together", "ruth", "dean", source=source(standing=Standing.DISPUTED)
    )
    harm = claim("harm", "physical", "dean", "ruth", status="alleged")

    assert wording.relation(alleged, people) == "said to be the father of"
    assert wording.standing(alleged) == "Not established"
    assert wording.standing(denied) == "Said not to be so"
    assert wording.standing(disputed) == "Disputed"
    assert wording.relation(harm, people) == "physical harm (alleged) to"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (SATURDAY, "Maureen Friday and Saturday nights; Ruth main carer"),
        (date(2026, 3, 16), "Ruth main carer"),
        (date(2026, 3, 7), "Ruth main carer"),
    ],
)
def test_who_had_the_baby_on_a_night_is_a_sentence_without_noise(day, words):
    (ada,) = nights_of(scene(recorded(FAMILY), day))

    assert ada.child == "Ada"
    assert ada.words == words
    assert [mark.agency for mark in ada.sources] == ["Children's social care"]
    assert ada.against == ()


def baby_of(*claims, homes=("Elm", "Nan's"), day: date = TODAY):
    """What is said of Ada's night, where `claims` are all that is known."""
    people = [person("ruth", "woman"), person("maureen", "woman"), person("sam", "man")]
    ada = person("ada", born="2026-03-02", is_child=True)
    (night,) = nights_of(scene(recorded(network([*people, ada], claims, homes)), day))
    return night


SINCE = "2026-03-10/.."
EVERY = (1, 2, 3, 4, 5, 6, 7)
NAN = claim("cares_for", "nights", "maureen", "ada", SINCE, nights=EVERY)
HERE = lives("ada", "Elm", SINCE)


def test_that_nights_are_not_recorded_is_said_only_where_several_divide_them():
    ruth = claim("cares_for", "shared", "ruth", "ada", SINCE)
    sam = claim("cares_for", "shared", "sam", "ada", SINCE)

    assert baby_of(ruth).words == "Ruth shares the care"
    assert baby_of(ruth, sam).words == (
        "Ruth shares the care (which nights is not recorded); "
        "Sam shares the care (which nights is not recorded)"
    )


@pytest.mark.parametrize(
    ("other", "how", "words"),
    [
        (
            lives("maureen", "Elm", "2026-05/..", nature="stays", polarity="denies",
                  source=source("police"), words="Not seen of an evening"),
            "Accounts differ:",
            "Police says Maureen does not stay at Elm Road since May 2026 (Not seen of an evening).",
        ),
        (
            lives("maureen", "Nan's", "2026-05/..", nature="stays", source=source("hv")),
            "Accounts may not agree:",
            "Health visiting says Maureen also stays at Nan's Road, since May 2026.",
        ),
        (
            lives("maureen", "Nan's", "2026-05/..", nights=(3,), source=source("hv")),
            "Accounts differ:",
            "Health visiting says Maureen also stays at Nan's Road, since May 2026.",
        ),
        (
            claim("cares_for", "nights", "maureen", "ada", "2026-05/..", polarity="denies",
                  source=source("police")),
            "Accounts differ:",
            "Police says Maureen does not since May 2026.",
        ),
    ],
)  # fmt: skip
def test_an_account_that_does_not_go_with_who_has_the_baby_stands_beside_it(other, how, words):
    night = baby_of(NAN, HERE, other)

    assert night.words.startswith("Maureen every night")
    (against,) = night.against
    assert (against.how, against.words) == (how, words)
    assert [mark.agency for mark in against.sources] == [other.source.agency_name]


def test_a_child_of_whom_nobody_is_recorded_as_carer_is_said_to_have_none():
    alone = network([person("ada", born="2026-03-02", is_child=True)])

    (ada,) = nights_of(scene(alone, SATURDAY))

    assert ada.words == "nobody is recorded"


def test_who_has_the_nights_alone_has_nobody_said_by_day():
    assert baby_of(NAN).words == "Maureen every night; nobody is recorded by day"


def test_a_home_says_who_lives_there_who_stays_and_since_when_nobody_knows():
    home = next(p for p in paragraphs_of(scene(FAMILY)) if p.title == "Elm Road")

    assert home.text.startswith("Ada (3 months) and Ruth (30 years) live here.")
    assert "Dean stays at times." in home.text


def test_the_slider_stops_where_something_changed_and_today():
    slider = slider_of(scene(FAMILY, date(2026, 5, 2)), asked(date(2026, 5, 2)), "/n/")

    days = [stop.on for stop in slider.stops]
    assert days == sorted(set(days))
    assert days[-1] == TODAY
    assert date(2026, 5, 2) in days
    assert slider.stops[slider.place].on == date(2026, 5, 2)
    assert [one.what for one in slider.here] == ["Dean begins to stay at Elm Road at times."]
    assert slider.previous == {"day": "6 April 2026", "href": "/n/?at=2026-04-06"}
    assert slider.next == {"day": "10 June 2026", "href": "/n/"}


def test_the_births_of_the_grown_ups_are_changes_and_no_steps():
    slider = slider_of(scene(FAMILY), asked(), "/n/")

    assert slider.stops[0].on == date(2023, 1, 1)
    assert date(2026, 3, 2) in [stop.on for stop in slider.stops]
    assert any(one.what.startswith("Ruth is born") for one in slider.changes)


def test_between_two_changes_the_slider_says_which_came_before():
    slider = slider_of(scene(FAMILY, date(2026, 4, 20)), asked(date(2026, 4, 20)), "/n/")

    assert slider.here == ()
    assert slider.last is not None
    assert "become a couple" in slider.last.what
    assert slider.stops[slider.place].on == date(2026, 4, 6)


def test_nothing_later_than_the_day_of_knowledge_is_on_the_slider():
    on = date(2026, 4, 30)

    slider = slider_of(scene(FAMILY, on), asked(on, on), "/n/")

    assert slider.stops[-1].on == on
    assert not any("stay" in one.what for one in slider.changes)


@given(networks(), st.integers(0, 99))
def test_a_place_of_the_slider_is_the_day_of_its_stop(of, step):
    found = asked()

    day = day_of_step(of, Asked(found.viewpoint, TODAY, TODAY, step=step))

    stops = slider_of(scene(of), found, "/n/").stops
    assert day == stops[min(step, len(stops) - 1)].on
