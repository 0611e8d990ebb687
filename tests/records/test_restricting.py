"""What stands for a family is asked by a query that is written once: the same as written anew."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.records.access.restricting import A_CASE, A_DAY, A_PERSON, as_sent, as_written

ids = st.uuids() | st.just(A_CASE) | st.just(A_PERSON)
days = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)) | st.just(A_DAY)


@given(cases=st.lists(ids, min_size=1, max_size=3), on=days, person=st.none() | ids)
def test_it_is_what_would_be_written_anew(cases: list[UUID], on: date, person: UUID | None):
    """A part that is worked out of the day, say, and is not put in again would be of 1900."""
    assert as_sent(cases, on, person) == as_written(cases, on, person)
