"""Five practitioners open one family's record, and each sees what their agency made or was told."""

from __future__ import annotations

import pytest
from tests.journeys.story import EXPECTED, canary, of_family, rows_hidden_from

FIVE = ("sw_3", "midwife", "care_coordinator", "probation_officer", "chair")
AGENCY = {
    "sw_3": "children_social_care",
    "midwife": "midwifery",
    "care_coordinator": "adult_mental_health",
    "probation_officer": "probation",
    "chair": "multi_agency",
}


@pytest.mark.parametrize("who", FIVE)
def test_history_shows_what_the_readers_agency_held_alone(is_at_work, who):
    desk = is_at_work(who)

    desk.goes_to(of_family("history/"))
    seen = desk.page.content()

    for row in EXPECTED["held_alone"][AGENCY[who]]:
        assert canary(row) in seen, row
