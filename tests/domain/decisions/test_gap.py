"""What had not reached those who decided: examples to read, and properties."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.decisions.gap import (
    Reach,
    Sight,
    gap_of,
    is_held,
    is_said_afterwards,
    sight_of,
)
from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, KnownInPerson
from goldenthread.domain.shared.instants import LONDON

CONFERENCE = datetime(2026, 4, 1, 14, 0, tzinfo=LONDON)
SOCIAL_CARE, HEALTH_VISITING, PROBATION, SCHOOL = (UUID(int=n) for n in range(1, 5))
DECIDING = {SOCIAL_CARE, HEALTH_VISITING}
RELEASE, BRUISE = UUID(int=101), UUID(int=102)


def knew(statement, agency, day, *, told=False, recorded=None):
    since = CONFERENCE + timedelta(days=day)
    level = AwarenessLevel.TOLD if told else AwarenessLevel.ORIGINATED
    written = CONFERENCE + timedelta(days=day if recorded is None else recorded)
    return Awareness(statement, agency, since, level, written)


def reach(*rows, groups=None, past=()):
    facts = gap_of(rows, groups or {}, DECIDING, CONFERENCE, past).facts
    return [(fact.statements, str(fact.reach)) for fact in facts]


# Who knew of the release, on which day before (-) or after (+) the conference; how far it had come.
TRAVELS = [
    ("probation alone, four weeks", [(PROBATION, -28)], "nobody_deciding"),
    ("probation, and school was told", [(PROBATION, -28), (SCHOOL, -20)], "nobody_deciding"),
    ("told to social care the day after", [(PROBATION, -28), (SOCIAL_CARE, 1)], "nobody_deciding"),
    ("told to social care the day before", [(PROBATION, -28), (SOCIAL_CARE, -1)], "some"),
    ("told to both", [(PROBATION, -28), (SOCIAL_CARE, -9), (HEALTH_VISITING, -1)], "everybody"),
    ("held by both, told to nobody", [(SOCIAL_CARE, -1), (HEALTH_VISITING, 0)], "everybody"),
    ("known at the very moment", [(SOCIAL_CARE, 0)], "some"),
]


@pytest.mark.parametrize(("said", "known", "expected"), TRAVELS, ids=[row[0] for row in TRAVELS])
def test_how_far_a_fact_had_come(said, known, expected):
    rows = [knew(RELEASE, agency, day) for agency, day in known]

    assert reach(*rows) == [((RELEASE,), expected)]


def test_what_came_to_be_known_later_is_no_part_of_it():
    assert reach(knew(RELEASE, PROBATION, 1)) == []


def test_what_had_happened_and_nobody_knew_is_said_to_be_so():
    assert reach(knew(RELEASE, PROBATION, 1), past=[RELEASE]) == [((RELEASE,), "nobody_at_all")]


def test_two_entries_of_one_event_are_one_fact():
    rows = [knew(RELEASE, PROBATION, -28), knew(BRUISE, SOCIAL_CARE, -3)]

    assert reach(*rows, groups={RELEASE: RELEASE, BRUISE: RELEASE}) == [((RELEASE, BRUISE), "some")]
    assert [said for _, said in reach(*rows)] == ["nobody_deciding", "some"]


def test_how_long_it_took_to_travel():
    rows = [knew(RELEASE, PROBATION, -28), knew(RELEASE, SOCIAL_CARE, 6, told=True)]
    (fact,) = gap_of(rows, {}, DECIDING, CONFERENCE).facts

    assert fact.first.agency == PROBATION
    assert (fact.days_to(PROBATION), fact.days_to(SOCIAL_CARE)) == (0, 34)
    assert fact.days_to(SCHOOL) is None


def test_a_day_is_a_day_in_england():
    late = Awareness(RELEASE, PROBATION, datetime(2026, 3, 28, 23, 30, tzinfo=LONDON))
    early = Awareness(RELEASE, SCHOOL, datetime(2026, 3, 29, 0, 30, tzinfo=LONDON))
    (fact,) = gap_of([late, early], {}, DECIDING, CONFERENCE).facts

    assert fact.days_to(SCHOOL) == 1


def test_knowing_claimed_afterwards_is_marked():
    said = [knew(RELEASE, SOCIAL_CARE, -2, recorded=30), knew(BRUISE, SOCIAL_CARE, -2)]
    gap = gap_of(said, {}, DECIDING, CONFERENCE)
    marked = {fact.statements[0]: is_said_afterwards(fact.first, gap.at) for fact in gap.facts}

    assert marked == {RELEASE: True, BRUISE: False}


def test_held_told_and_could_have_looked_up_are_kept_apart():
    worker, manager, visitor = (UUID(int=n) for n in (11, 12, 13))
    rows = [knew(RELEASE, PROBATION, -28), knew(RELEASE, SOCIAL_CARE, -2, told=True)]
    (fact,) = gap_of(rows, {}, DECIDING, CONFERENCE).facts
    seen = {(RELEASE, worker): KnownInPerson.TOLD_IN_PERSON}

    def sight(person, agency):
        return sight_of(fact, person, agency, seen, CONFERENCE)

    assert sight(worker, SOCIAL_CARE) is Sight.SEEN
    assert sight(manager, SOCIAL_CARE) is Sight.COULD_LOOK_UP
    assert sight(visitor, HEALTH_VISITING) is Sight.NOT_THERE
    assert (
        sight_of(fact, worker, SOCIAL_CARE, {(RELEASE, worker): KnownInPerson.WROTE}, CONFERENCE)
        is Sight.OWN
    )
    assert not is_held(fact.arrivals[SOCIAL_CARE])
    assert is_held(fact.arrivals[PROBATION])


statements = st.integers(1, 6).map(lambda n: UUID(int=100 + n))
agencies = st.sampled_from([SOCIAL_CARE, HEALTH_VISITING, PROBATION, SCHOOL])
known = st.lists(
    st.builds(knew, statements, agencies, st.integers(-40, 40), told=st.booleans()), max_size=25
)
groupings = st.dictionaries(statements, statements).map(
    lambda some: {one: min(one, other) for one, other in some.items()}
)


@given(known, groupings)
def test_it_says_what_a_plain_count_says(rows, groups):
    found = gap_of(rows, groups, DECIDING, CONFERENCE)

    by_group = {}
    for row in rows:
        if row.known_from <= CONFERENCE:
            group = groups.get(row.statement, row.statement)
            by_group.setdefault(group, set()).add(row.agency)
    plain = {
        group: Reach.NOBODY_DECIDING
        if not (among := agencies & DECIDING)
        else (Reach.EVERYBODY if among == DECIDING else Reach.SOME)
        for group, agencies in by_group.items()
    }
    said = {groups.get(f.statements[0], f.statements[0]): f.reach for f in found.facts}
    assert said == plain


@given(known, groupings, st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_recorded_makes_no_difference(rows, groups, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    said = [(f.statements, f.reach, f.first.known_from) for f in _facts(rows, groups)]
    assert [(f.statements, f.reach, f.first.known_from) for f in _facts(shuffled, groups)] == said


@given(known, groupings)
def test_what_was_known_later_never_comes_in(rows, groups):
    then = [row for row in rows if row.known_from <= CONFERENCE]
    now, as_it_was = (gap_of(some, groups, DECIDING, CONFERENCE) for some in (rows, then))

    def said(gap):
        return [
            (f.statements, f.reach, f.by(CONFERENCE).keys(), f.first.known_from) for f in gap.facts
        ]

    assert said(now) == said(as_it_was)


def _facts(rows, groups):
    return gap_of(rows, groups, DECIDING, CONFERENCE).facts
