"""Whether a change affects what somebody is responsible for: the rules, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.chronology.change_feed import (
    Because,
    Change,
    ChangeKind,
    Responsibility,
    Why,
    because_of,
    feed_of,
)

ME, COLLEAGUE, RUTH, ADA = (UUID(int=n) for n in range(1, 5))
MINE, PASSED_ON, OTHER = (UUID(int=n) for n in range(10, 13))
NOW = datetime(2026, 6, 10, tzinfo=UTC)


def change(kind="entry", **more) -> Change:
    return Change("one", ChangeKind(kind), NOW, **more)


def of(role=None, **more) -> Responsibility:
    return Responsibility(ME, role, frozenset({MINE}), frozenset({PASSED_ON}), **more)


ONE = frozenset({ME})


@pytest.mark.parametrize(
    ("changed", "mine", "reasons"),
    [
        (change("question", asks=ONE), of(), [Why.ASKED]),
        (change("question", asks=frozenset({COLLEAGUE})), of(), []),
        (change("plan", names=ONE), of(), [Why.NAMED]),
        (change("told", told=ONE), of(), [Why.TOLD_IN_PERSON]),
        (change("told", told=frozenset({COLLEAGUE})), of(), []),
        (change("receipt", passed_on_by=ME), of(), [Why.CAME_BACK]),
        (change("receipt", passed_on_by=COLLEAGUE), of(), []),
        (change("dispute", answers=frozenset({MINE})), of(), [Why.ANSWERS_YOURS]),
        (change("dispute", answers=frozenset({OTHER})), of(), []),
        (change("correction", answers=frozenset({PASSED_ON})), of(), [Why.CHANGES_PASSED_ON]),
        (change("dispute", answers=frozenset({PASSED_ON})), of(), []),
        (change("home"), of("allocated"), [Why.LEADS]),
        (change("entry"), of("allocated"), []),
        (change("decision"), of("allocated"), [Why.LEADS]),
        (change("decision"), of("chair"), [Why.CHAIRS]),
        (change("home"), of("chair"), []),
        (change("home"), of("named_member"), []),
        (change(about=frozenset({RUTH})), of(works_with=(RUTH,)), [Why.WORKS_WITH]),
        (change(about=frozenset({RUTH})), of(works_with=(ADA,)), []),
        (
            change("plan", names=ONE, about=frozenset({ADA})),
            of("allocated", works_with=(ADA,)),
            [Why.NAMED, Why.LEADS, Why.WORKS_WITH],
        ),
    ],
)
def test_why_a_change_affects_somebody(changed, mine, reasons):
    assert [one.why for one in because_of(changed, mine)] == reasons


def test_the_people_an_agency_works_with_are_named_in_the_familys_order():
    about = change(about=frozenset({ADA, RUTH, OTHER}))
    expected = (Because(Why.WORKS_WITH, (RUTH, ADA)),)
    assert because_of(about, of(works_with=(RUTH, ADA))) == expected


def test_the_most_direct_reason_comes_first_then_the_newest():
    later = NOW + timedelta(hours=1)
    changes = [
        Change("worked with, older", ChangeKind.ENTRY, NOW, about=frozenset({RUTH})),
        Change("worked with, newer", ChangeKind.ENTRY, later, about=frozenset({RUTH})),
        Change("asked", ChangeKind.QUESTION, NOW, asks=ONE),
        Change("nothing, older", ChangeKind.ENTRY, NOW),
        Change("nothing, newer", ChangeKind.ENTRY, later),
    ]
    feed = feed_of(changes, of(works_with=(RUTH,)))
    assert [one.change.key for one in feed.affects] == [
        "asked", "worked with, newer", "worked with, older",
    ]  # fmt: skip
    assert [one.change.key for one in feed.also] == ["nothing, newer", "nothing, older"]


def receipt(key: str, who: int, hours: int, together="entry:acknowledged", **more) -> Change:
    at = NOW + timedelta(hours=hours)
    return Change(
        key, ChangeKind.RECEIPT, at, together=together, who=UUID(int=who), passed_on_by=ME, **more
    )


def test_what_several_people_did_with_one_entry_is_one_line_where_its_newest_stands():
    changes = [
        receipt("first", 1, 0),
        receipt("another entry", 1, 1, "other:acknowledged"),
        receipt("second", 2, 2),
        receipt("asks", 3, 3, "entry:asked_back", asks=ONE),
        receipt("third", 3, 4),
        receipt("third again", 3, 5),
    ]
    feed = feed_of(changes, of())

    assert [
        (one.change.key, [other.key for other in one.others], one.people) for one in feed.affects
    ] == [
        ("asks", [], 1),
        ("third again", ["third", "second", "first"], 3),
        ("another entry", [], 1),
    ]


def test_what_stands_for_different_reasons_is_never_one_line():
    theirs = receipt("theirs", 2, 0)
    mine = receipt("mine", 3, 1)
    feed = feed_of([replace(theirs, passed_on_by=COLLEAGUE), mine], of())
    assert [one.change.key for one in feed.lines] == ["mine", "theirs"]


def test_what_became_new_on_one_day_stands_as_it_happened():
    changes = [
        Change("happened last", ChangeKind.ENTRY, NOW, NOW.date()),
        Change(
            "happened first",
            ChangeKind.ENTRY,
            NOW + timedelta(hours=1),
            NOW.date().replace(month=1),
        ),
        Change("new the day before", ChangeKind.ENTRY, NOW - timedelta(days=1), NOW.date()),
    ]
    keys = [line.change.key for line in feed_of(changes, of()).lines]
    assert keys == ["happened last", "happened first", "new the day before"]


PRACTITIONERS = st.sets(st.sampled_from([ME, COLLEAGUE])).map(frozenset)
PEOPLE = st.sets(st.sampled_from([RUTH, ADA])).map(frozenset)
CHANGES = st.lists(
    st.builds(
        Change,
        key=st.sampled_from([f"change {n}" for n in range(8)]),
        kind=st.sampled_from(list(ChangeKind)),
        at=st.integers(0, 50).map(lambda days: NOW - timedelta(days=days)),
        about=PEOPLE, asks=PRACTITIONERS, names=PRACTITIONERS, told=PRACTITIONERS,
        answers=st.sets(st.sampled_from([MINE, PASSED_ON, OTHER])).map(frozenset),
        passed_on_by=st.sampled_from([None, ME, COLLEAGUE]),
    ),
    max_size=20,
)  # fmt: skip
WHO = st.builds(
    of,
    st.sampled_from([None, "allocated", "named_member", "chair"]),
    works_with=st.lists(st.sampled_from([RUTH, ADA]), unique=True).map(tuple),
)


@given(CHANGES, WHO)
def test_every_change_stands_exactly_once_and_nothing_else_does(changes, mine):
    keys = [line.change.key for line in feed_of(changes, mine).lines]
    assert sorted(keys) == sorted({change.key for change in changes})


@given(CHANGES, WHO)
def test_a_line_affects_somebody_exactly_where_a_reason_is_given(changes, mine):
    feed = feed_of(changes, mine)
    assert all(line.because for line in feed.affects)
    assert not any(line.because for line in feed.also)
    assert all(line.because == because_of(line.change, mine) for line in feed.lines)


@given(CHANGES, WHO, st.randoms())
def test_the_order_the_changes_were_read_in_changes_nothing(changes, mine, random):
    once = list({change.key: change for change in changes}.values())
    shuffled = random.sample(once, len(once))
    assert feed_of(once, mine) == feed_of(shuffled, mine)
