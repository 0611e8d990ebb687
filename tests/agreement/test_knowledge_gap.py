"""The gap of the demonstration's second review conference, two ways: the story's list, the record's.

`expected.toml` names the rows that were known that day to an agency that was not there and told to
none that was, worked out from the story's spreadsheets. Brought in as statements, tellings and
awareness, the same must come out.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.decisions.gap import Reach, days_between, gap_of, reach_of
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of, end_of_day
from goldenthread.interop.demo import loader
from goldenthread.interop.demo.story import read_toml
from goldenthread.records.chronology.reading import all_filed
from goldenthread.records.decisions.knowledge import (
    awareness_of,
    but_for_decisions,
    groups_of,
    told_by,
)
from goldenthread.records.provenance.models import StatementLink
from goldenthread.records.shared.models import Account

EXPECTED = read_toml("expected.toml")
CONFERENCE = EXPECTED["conference"]
JOINED = 20
AT = end_of_day(date.fromisoformat(EXPECTED["conference_date"]))


@pytest.mark.timeout(900)  # the family is loaded as fourteen agencies' files are
def test_what_the_conference_had_not_been_told(record: str):
    loader.load(say=lambda _: None)
    case = loader.key("case", loader.story()["case"]["reference"])
    room = {loader.key("agency", one) for one in CONFERENCE["present"]}
    row_of = dict(all_filed(case).exclude(reference="").values_list("id", "reference"))

    gap = gap_of(awareness_of(list(row_of)), {}, room, AT)

    missed = {
        row: fact
        for fact in gap.reached(Reach.NOBODY_DECIDING)
        if (row := row_of.get(fact.statements[0]))
    }
    assert missed.keys() == set(CONFERENCE["known_elsewhere_all"])
    assert set(CONFERENCE["held_in_the_room"]) <= {
        row_of.get(fact.statements[0]) for fact in gap.reached(Reach.SOME)
    }
    four_weeks = missed[EXPECTED["new_partner"]["four_weeks_before_conference"]]
    assert days_between(four_weeks.first.known_from, AT) == 28

    _counted_where_it_lies_it_is_the_same(case, room)


def _counted_where_it_lies_it_is_the_same(case, room):
    """`told_by` counts in the database; `gap_of` is the rule. Month by month, and of every entry."""
    filed = but_for_decisions(all_filed(case))
    for source, target in _joined(filed):
        StatementLink.objects.create(
            id=uuid4(), source=source, target=target, kind=LinkKind.SAME_EVENT,
            recorded_by=Account.objects.first(),
        )  # fmt: skip
    groups = groups_of(filed)
    assert len(groups) == 2 * JOINED
    awareness = awareness_of(list(filed.values_list("id", flat=True)))
    begun = dict(filed.values_list("id", "happened_from_max"))
    for months in range(24):
        at = AT - timedelta(days=30 * (months - 2))
        past = [one for one, day in begun.items() if day is not None and day <= day_of(at)]

        plain = {
            _event(fact.statements[0], groups): fact.reach
            for fact in gap_of(awareness, groups, room, at, past).facts
        }
        counted = {
            one.fact: reach_of(known=one.known, among=one.deciding, deciding=len(room))
            for one in told_by(filed, groups, room, at)
            if one.known or one.begun
        }

        assert list(counted) == list(plain)
        assert counted == plain


def _event(statement, groups):
    return groups.get(statement, statement)


def _joined(filed):
    """Pairs of entries of several agencies, which no one confirmed to be of one event before."""
    some = list(filed.order_by("happened_from_max", "id")[: 4 * JOINED : 2])
    return list(zip(some[::2], some[1::2], strict=True))
