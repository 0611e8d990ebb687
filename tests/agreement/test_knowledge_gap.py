"""The gap of the demonstration's second review conference, two ways: the story's list, the record's.

`expected.toml` names the rows that were known that day to an agency that was not there and told to
none that was, worked out from the story's spreadsheets. Brought in as statements, tellings and
awareness, the same must come out.
"""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.decisions.gap import Reach, days_between, gap_of
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.interop.demo import loader
from goldenthread.interop.demo.story import read_toml
from goldenthread.records.chronology.reading import all_filed
from goldenthread.records.decisions.knowledge import travelled

EXPECTED = read_toml("expected.toml")
CONFERENCE = EXPECTED["conference"]
AT = end_of_day(date.fromisoformat(EXPECTED["conference_date"]))


@pytest.mark.timeout(900)  # the family is loaded as fourteen agencies' files are
def test_what_the_conference_had_not_been_told(record: str):
    loader.load(say=lambda _: None)
    case = loader.key("case", loader.story()["case"]["reference"])
    room = {loader.key("agency", one) for one in CONFERENCE["present"]}
    known = travelled(all_filed(case))
    row_of = dict(all_filed(case).exclude(reference="").values_list("id", "reference"))

    gap = gap_of(known.awareness, {}, room, AT)

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
