"""The lanes of a picture: every entry stands in one at least, and a sibling's alone stand apart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import Concern, Kind, Polarity
from goldenthread.domain.risk.lanes import (
    LANES,
    PLAN_CLOSES,
    PLAN_OPENS,
    courses,
    lanes_of,
    sibling_lane,
)
from goldenthread.domain.shared.partial_date import not_known, on_day

SPACE = UUID("7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10")
THEO, MAISIE, JUDE, GEMMA = (uuid5(SPACE, name) for name in ("theo", "maisie", "jude", "gemma"))
CHILDREN = frozenset({THEO, MAISIE, JUDE})
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def said(name: str, *about: UUID, day: date | None = date(2026, 3, 1), **more) -> Statement:
    return Statement(
        id=uuid5(SPACE, name),
        agency=uuid5(SPACE, "agency"),
        kind=more.pop("kind", Kind.OBSERVATION),
        text=name,
        happened=on_day(day) if day else not_known(),
        known_at=NOW,
        known_basis="day",
        how_known="saw",
        subjects=tuple(Subject(one) for one in about),
        **more,
    )


def test_an_entry_stands_in_a_lane_for_each_concern_in_the_order_of_the_vocabulary():
    entry = said("x", THEO, concerns=("domestic_abuse", "neglect"))

    assert lanes_of(entry, THEO, CHILDREN) == ("neglect", "domestic_abuse")


def test_a_strength_stands_beside_the_concerns_it_came_with():
    entry = said("x", THEO, concerns=("neglect", "strength"))

    assert lanes_of(entry, THEO, CHILDREN) == ("neglect", "strength")
    assert lanes_of(said("y", kind=Kind.STRENGTH), THEO, CHILDREN) == ("strength",)


def test_what_names_only_a_sibling_stands_in_their_lane():
    entry = said("x", MAISIE, JUDE, GEMMA, concerns=("neglect",))

    assert lanes_of(entry, THEO, CHILDREN) == (sibling_lane(MAISIE), sibling_lane(JUDE))
    assert lanes_of(entry, MAISIE, CHILDREN) == ("neglect",)


def test_what_names_no_child_or_this_one_too_is_of_this_childs_life():
    assert lanes_of(said("x", GEMMA, concerns=("neglect",)), THEO, CHILDREN) == ("neglect",)
    assert lanes_of(said("y", THEO, MAISIE), THEO, CHILDREN) == ("none",)


@given(
    st.lists(st.sampled_from([str(c) for c in Concern]), max_size=5),
    st.lists(st.sampled_from([THEO, MAISIE, JUDE, GEMMA]), max_size=3),
    st.sampled_from([None, THEO, MAISIE]),
    st.sampled_from(list(Kind)),
)
def test_no_entry_is_without_a_lane_or_twice_in_one(concerns, about, child, kind):
    found = lanes_of(said("x", *about, concerns=tuple(concerns), kind=kind), child, CHILDREN)

    assert found
    assert len(set(found)) == len(found)
    assert set(found) <= {str(lane) for lane in LANES} | {sibling_lane(c) for c in CHILDREN}


def test_a_plan_stands_from_one_change_to_the_next_and_until_it_is_closed():
    entries = [
        said("second", kind=Kind.PLAN_CHANGE, day=date(2026, 5, 1)),
        said("first", kind=Kind.PLAN_CHANGE, day=date(2026, 2, 1)),
        said("closed", kind=Kind.CLOSURE, day=date(2026, 8, 1)),
        said("visit", kind=Kind.VISIT, day=date(2026, 3, 1)),
        said("last", kind=Kind.PLAN_CHANGE, day=date(2026, 9, 1)),
    ]

    found = courses(entries, PLAN_OPENS, PLAN_CLOSES)

    assert [(one.began, one.ended) for one in found] == [
        (date(2026, 2, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 8, 1)),
        (date(2026, 9, 1), None),
    ]


def test_what_is_denied_or_has_no_day_opens_nothing():
    entries = [
        said("denied", kind=Kind.PLAN_CHANGE, polarity=Polarity.DENIES),
        said("undated", kind=Kind.PLAN_CHANGE, day=None),
    ]

    assert courses(entries, PLAN_OPENS, PLAN_CLOSES) == ()
