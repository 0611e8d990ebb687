"""What one reader may be told of who looked: by example, and never of what they may not read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.access.decision import Action
from goldenthread.domain.audit.trail import Doing, Happening, Sight, days_shown, doing_of, in_words

SPACE = UUID("7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10")
AT = datetime(2026, 6, 10, 9, 12, tzinfo=UTC)


def id_of(name: str) -> UUID:
    return uuid5(SPACE, name)


READABLE, OURS, HIDDEN = (str(id_of(name)) for name in ("readable", "ours", "hidden"))
ME, COLLEAGUE, OTHER = id_of("me"), id_of("colleague"), id_of("other")
US, THEM = id_of("us"), id_of("them")
READER = Sight(ME, US, False, frozenset({READABLE, OURS}), frozenset({OURS}))
CHAIR = Sight(ME, US, True, frozenset({READABLE, OURS}), frozenset({OURS}))


def event(action: str = "view_family", resource: str = "", who: UUID = OTHER, **more) -> Happening:
    agency = THEM if who == OTHER else US
    given = {"at": AT, "outcome": "allow", "rule": "named-member", **more}
    return Happening(practitioner=who, agency=agency, action=action, resource=resource, **given)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (event(), Doing.OPENED),
        (event(resource="sharing"), Doing.OPENED),
        (event("export_chronology"), Doing.TOOK_COPY),
        (event("add_entry", READABLE), Doing.ADDED),
        (event("share_entry", READABLE), Doing.TOLD),
        (event("view_entry", OURS), Doing.READ),
        (event("view_entry", READABLE), None),  # between the two agencies
        (event("view_entry", READABLE, COLLEAGUE), Doing.READ),
        (event("view_entry", HIDDEN), None),
        (event("add_entry", HIDDEN), None),
        (event("add_entry", HIDDEN, COLLEAGUE), None),
        (event("add_entry", HIDDEN, ME), Doing.ADDED),
        (event("link_events", f"{READABLE} {HIDDEN}"), None),
        (event("link_events", f"{READABLE} {OURS}"), Doing.WORKED),
        (event(resource=HIDDEN), None),
        (event(resource="man_or_woman_nobody_has_named"), None),
        (event("add_entry"), None),
        (event("answer_question", "neglect_building"), None),
        (event("follow_link"), None),
        (event("seal_record", READABLE), None),
        (event("something_new", READABLE), None),
        (event("something_new"), None),
        (event(outcome="deny"), None),
    ],
)
def test_what_a_reader_is_told_of_one_event(what: Happening, told: Doing | None):
    found = doing_of(what, READER)

    assert (found and found[0]) == told


def test_a_chair_is_told_of_reading_and_of_nothing_that_is_sealed_from_them():
    assert doing_of(event("view_entry", READABLE), CHAIR)[0] is Doing.READ
    assert doing_of(event("view_entry", HIDDEN), CHAIR) is None


def test_of_another_agency_the_day_is_told_and_no_time_and_no_number():
    events = [event(at=AT + timedelta(minutes=n)) for n in range(7)]

    (one,) = days_shown(events, READER)
    assert one.first_at is None
    assert in_words(one) == "Opened the record"
    assert one.rule == "Named member of the team"


def test_of_ones_own_agency_the_first_time_is_told():
    events = [
        event("view_entry", READABLE, COLLEAGUE, at=AT + timedelta(minutes=n)) for n in (3, 0)
    ]

    (one,) = days_shown(events, READER)
    assert one.first_at == AT
    assert in_words(one) == "Read an entry"


def test_a_day_is_a_day_in_england():
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)  # past midnight, British Summer Time

    assert [one.day.day for one in days_shown([event(at=late), event()], READER)] == [11, 10]


def test_entries_are_counted_once_however_often_they_were_read():
    events = [event("view_entry", one, COLLEAGUE) for one in (READABLE, READABLE, OURS, HIDDEN)]

    (one,) = days_shown(events, READER)
    assert in_words(one) == "Read 2 entries"


def test_a_rule_that_tells_of_a_seal_is_not_told():
    (one,) = days_shown([event(rule="named-on-the-seal")], READER)

    assert one.rule == ""


events_anyhow = st.lists(
    st.builds(
        event,
        st.sampled_from([*Action, "something_new"]).map(str),
        st.sampled_from(["", "sharing", READABLE, OURS, f"{READABLE} {OURS}"]),
        st.sampled_from([ME, COLLEAGUE, OTHER]),
        at=st.integers(0, 5000).map(lambda n: AT + timedelta(minutes=n)),
    ),
    max_size=8,
)
hidden_events = st.lists(
    st.builds(
        event,
        st.sampled_from([*Action, "something_new"]).map(str),
        st.sampled_from([HIDDEN, f"{READABLE} {HIDDEN}", HIDDEN.upper().lower(), f"x:{HIDDEN}"]),
        st.sampled_from([COLLEAGUE, OTHER]),
        at=st.integers(0, 5000).map(lambda n: AT + timedelta(minutes=n)),
    ),
    max_size=5,
)


@given(events_anyhow, hidden_events, st.sampled_from([READER, CHAIR]))
def test_what_happened_to_what_is_hidden_changes_nothing_that_is_shown(plain, hidden, sight):
    assert days_shown(plain, sight) == days_shown([*hidden, *plain], sight)
