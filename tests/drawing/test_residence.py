"""Household lanes: every stay once, no day of a child's life unaccounted for, nothing guessed."""

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import household_at, network_at
from goldenthread.domain.network.vocabulary import StayNature
from goldenthread.drawing.marks import Group, Path
from goldenthread.drawing.residence import LanesLook, residence, svg
from tests.drawing.families import LARCHES, claim, home, person

ON, UNTIL = date(2026, 4, 14), date(2026, 11, 13)
DAY = timedelta(days=1)


def drawn(network=LARCHES, on=ON, look=None, **more):
    return residence(network, network_at(network, on), look or LanesLook(), until=UNTIL, **more)


def roles(found):
    def within(marks):
        for mark in marks:
            if isinstance(mark, Group):
                yield from within(mark.marks)
            elif isinstance(mark, Path) and mark.role:
                yield mark.role

    return list(within(found.marks))


def test_every_stay_has_one_row_and_every_row_one_stay():
    claims = {c.id for c in LARCHES.claims if c.kind == "lives_at"}
    rows = [row.claim for row in drawn().rows if row.claim]

    assert sorted(rows) == sorted(claims)


def test_a_viewpoint_leaves_its_unknown_stays_out():
    known = frozenset(c.id for c in LARCHES.claims if c.person != "cal")
    found = drawn(look=LanesLook(known_claims=known, hidden=frozenset({"tom"})))

    assert {row.person for row in found.rows} == {"ada", "ivy", "sam"}
    assert "Tom Reeve" not in svg(found)


@given(
    stays=st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 900), st.booleans()), max_size=6),
    born=st.integers(0, 2500),
)
@settings(max_examples=60, deadline=None)
def test_every_day_of_a_childs_life_is_in_a_band_or_in_the_gap(stays, born):
    birth = date(2016, 1, 1) + born * DAY
    claims = []
    for start, long, is_open in stays:
        first = birth + (start % 1500) * DAY
        end = ".." if is_open else (first + long * DAY).isoformat()
        claims.append(
            claim("lives_at", "lives", "kit", when=f"{first.isoformat()}/{end}", household="elm")
        )
    network = replace(
        LARCHES,
        people=(person("kit", "Kit Low", "woman", birth.isoformat(), is_child=True),),
        claims=tuple(claims),
        households=(home("elm", "4 Elm Row"),),
    )
    covered = set()
    for stay in drawn(network).lanes.stays:
        covered.update(stay.first + n * DAY for n in range((stay.last - stay.first).days + 1))

    assert covered >= {birth + n * DAY for n in range((UNTIL - birth).days + 1)}


@pytest.mark.parametrize("on", [date(2022, 9, 1), date(2024, 1, 1), ON])
def test_the_sentence_of_the_day_says_what_household_at_says(on):
    said = drawn(on=on).sentence
    names = {one.id: one.name.split()[0] for one in LARCHES.people}

    for place in LARCHES.households:
        members = [
            names[m.person]
            for m in household_at(LARCHES, place.id, on).members
            if m.nature != StayNature.VISITS
        ]
        part = re.search(rf"(?:: |; )([^;:]*) at {re.escape(place.name)}", said)
        assert (set(re.split(r", | and ", part[1])) if part else set()) == set(members)


def test_no_day_moves_a_band_or_a_line():
    first = drawn().lanes

    for on in (date(2020, 1, 1), date(2024, 6, 1), UNTIL):
        assert drawn(on=on).lanes == first


def test_a_certain_day_is_a_step_and_a_partial_date_a_slope():
    def moved(when):
        network = replace(
            LARCHES,
            claims=(
                claim("lives_at", "lives", "ivy", when=f"2022/{when}", household="tannery"),
                claim("lives_at", "lives", "ivy", when=f"{when}/..", household="toms"),
            ),
        )
        steps = [
            mark.data
            for group in drawn(network).marks
            for mark in group.marks
            if isinstance(mark, Path) and mark.role == "step" and "lane" in group.kind
        ]
        (x, _), (to, _) = (map(float, p.split()) for p in steps[-1][1:].split("L"))
        return to - x

    assert moved("2025-03-04") == 0
    assert moved("2025") > 20


def test_what_nobody_knows_is_hatched_and_has_a_row():
    network = replace(
        LARCHES,
        claims=(
            claim("lives_at", "lives", "ned", when="2024-01/2024-06", household="tannery"),
            claim("lives_at", "lives", "ned", when="2025-02/..", household="toms"),
        ),
    )
    rows = [row for row in drawn(network).rows if row.person == "ned" and not row.claim]

    assert [(row.where, row.when) for row in rows] == [
        ("Not known where", "1 July 2024 to 31 January 2025")
    ]
    assert "gap" in roles(drawn(network))


def test_an_adult_who_comes_while_a_plan_is_in_force_is_marked():
    plan = ((date(2025, 12, 1), UNTIL, "Safety plan"),)

    assert roles(drawn(plans=plan)).count("during-plan") == 1  # Cal, and nobody else
    assert "during-plan" not in roles(drawn())


def test_a_pregnancy_lies_beside_the_mothers_line_and_couples_tie_lines_of_one_band():
    network = replace(
        LARCHES,
        claims=(
            *LARCHES.claims,
            claim("lives_at", "lives", "ned", when="2024-03/..", household="tannery"),
        ),
    )

    assert roles(drawn()).count("pregnancy") >= 1
    assert "couple" in roles(drawn())  # Ada and Cal, at Tannery Row
    assert "couple-ends" not in roles(drawn())  # Tom had no home recorded when it ended
    assert "couple-ends" in roles(drawn(network))


def test_births_and_deaths_are_marked():
    network = replace(
        LARCHES,
        people=tuple(
            replace(one, died=person("x", "", died="2025-06-01").died) if one.id == "tom" else one
            for one in LARCHES.people
        ),
    )

    assert "birth" in roles(drawn())
    assert "death" in roles(drawn(network))


def test_the_svg_is_well_formed_and_the_same_for_any_order_of_claims():
    events = ((date(2026, 3, 12), "Conference & <plan>"),)
    text = svg(drawn(events=events))
    turned = replace(LARCHES, claims=LARCHES.claims[::-1], people=LARCHES.people[::-1])

    ElementTree.fromstring(text)
    assert svg(drawn(turned, events=events)) == text


def test_a_family_without_any_stay_still_has_a_sheet():
    network = replace(LARCHES, claims=(), people=LARCHES.people[:2])

    assert drawn(network).sentence.endswith("nobody is recorded as living anywhere.")
    ElementTree.fromstring(svg(drawn(network)))


def test_the_legend_holds_what_is_drawn_and_nothing_else():
    alone = replace(
        LARCHES,
        claims=(claim("lives_at", "lives", "ada", when="2022-03-01/..", household="tannery"),),
        people=tuple(one for one in LARCHES.people if one.id == "ada"),
    )
    plan = ((date(2025, 12, 1), UNTIL, "Safety plan"),)

    assert [words for _, words, _ in drawn(alone).legend] == ["Lives there"]
    assert {sign.value for sign, _, _ in drawn(plans=plan).legend} == {
        role for role in roles(drawn(plans=plan)) if role not in ("step", "event")
    }


@given(on=st.integers(0, 6000).map(lambda n: date(2015, 1, 1) + n * DAY))
@settings(max_examples=40, deadline=None)
def test_a_narrow_sheet_holds_the_day_and_moves_no_line(on):
    found, first = drawn(on=on), drawn()
    lanes = found.narrow_lanes

    assert lanes.frame.width <= 330  # a phone of 360 px, within its margins
    assert (lanes.bands, lanes.lines) == (first.narrow_lanes.bands, first.narrow_lanes.lines)
    assert (lanes.span.last - lanes.span.first) <= timedelta(days=366)
    if found.lanes.span.first <= on <= found.lanes.span.last:
        assert lanes.span.first <= on <= lanes.span.last
        assert lanes.frame.gutter <= lanes.x(on) <= lanes.frame.right
    for stay in lanes.stays:
        assert lanes.span.first <= stay.first <= stay.last <= lanes.span.last


def test_a_narrow_sheet_tells_of_everybody_the_whole_of_their_stays():
    found = drawn(on=date(2026, 4, 14))

    def told(marks):
        return {m.name for m in marks if isinstance(m, Group) and m.kind == "lane"}

    assert told(found.narrow) == told(found.marks) != set()
    # nobody is drawn as coming on the first day shown, who was there long before
    steps = [m for m in _paths(found.narrow) if m.role == "step"]
    at_the_edge = [m for m in steps if m.data.endswith(f"L{found.narrow_lanes.frame.gutter:g}")]
    assert at_the_edge == []


def _paths(marks):
    for mark in marks:
        if isinstance(mark, Group):
            yield from _paths(mark.marks)
        elif isinstance(mark, Path):
            yield mark
