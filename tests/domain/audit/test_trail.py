"""What one reader may be told of who looked: by example, and never of what they may not read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.access.decision import Action
from goldenthread.domain.audit.trail import (
    Doing,
    Happening,
    Part,
    Sight,
    days_shown,
    did,
    doing_of,
    is_look_at_family,
)

SPACE = UUID("7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10")
AT = datetime(2026, 6, 10, 9, 12, tzinfo=UTC)


def id_of(name: str) -> UUID:
    return uuid5(SPACE, name)


READABLE, OURS, HIDDEN = (str(id_of(name)) for name in ("readable", "ours", "hidden"))
PERSON = str(id_of("person"))
ME, COLLEAGUE, OTHER = id_of("me"), id_of("colleague"), id_of("other")
US, THEM = id_of("us"), id_of("them")
KNOWN = frozenset({READABLE, OURS, PERSON})
READER = Sight(ME, US, False, frozenset({READABLE, OURS}), frozenset({OURS}), KNOWN)
CHAIR = Sight(ME, US, True, frozenset({READABLE, OURS}), frozenset({OURS}), KNOWN)


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
        (event("view_entry", READABLE), Doing.OPENED),  # what is between the two agencies
        (event("view_entry", READABLE, COLLEAGUE), Doing.READ),
        (event("view_entry", HIDDEN), None),
        (event("add_entry", HIDDEN), None),
        (event("add_entry", HIDDEN, COLLEAGUE), None),
        (event("add_entry", HIDDEN, ME), Doing.ADDED),
        (event("link_events", f"{READABLE} {HIDDEN}"), None),
        (event("link_events", f"{READABLE} {OURS}"), Doing.WORKED),
        (event(resource=HIDDEN), None),
        (event(resource="man_or_woman_nobody_has_named"), None),
        (event("add_entry"), Doing.OPENED),
        (event("add_entry", HIDDEN, opened="form"), None),
        (event(resource="network"), Doing.OPENED),
        (event(resource="who-can-see"), Doing.OPENED),
        (event(resource=READABLE, opened="decision"), Doing.OPENED),
        (event(resource=PERSON, opened="needs"), Doing.OPENED),
        (event(resource=HIDDEN, opened="decision"), None),
        (event(resource=HIDDEN, who=ME, opened="decision"), Doing.OPENED),
        (event(resource=HIDDEN, opened="plan"), Doing.OPENED),  # the page is there without it too
        (event("export_chronology", "network"), Doing.TOOK_COPY),
        (event("export_chronology", READABLE, opened="decision"), Doing.TOOK_COPY),
        (event("export_chronology", HIDDEN, opened="summary"), None),
        (event("check_pack", opened="packs"), Doing.OPENED),
        (event("release_pack", f"pack:{READABLE}", opened="pack taken out"), Doing.TOOK_COPY),
        (event("release_pack", f"pack:{HIDDEN}", opened="pack taken out"), None),
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
    assert did(one) == ["Opened the record"]
    assert one.rule == "Named member of the team"


def test_of_ones_own_agency_the_first_time_is_told():
    events = [
        event("view_entry", READABLE, COLLEAGUE, at=AT + timedelta(minutes=n)) for n in (3, 0)
    ]

    (one,) = days_shown(events, READER)
    assert one.first_at == AT
    assert did(one) == ["Read an entry"]


@pytest.mark.parametrize(
    ("what", "part"),
    [
        (event(who=COLLEAGUE), None),
        (event(resource="network", who=COLLEAGUE), Part.NETWORK),
        (event(resource="network"), None),  # of another agency the day alone
        (event(resource=READABLE, who=COLLEAGUE, opened="plan version"), Part.PLAN),
        (event(resource=HIDDEN, who=COLLEAGUE, opened="plan"), Part.PLAN),
        (event(resource=PERSON, who=COLLEAGUE, opened="needs"), Part.NEEDS),
        (event(who=COLLEAGUE, opened="summary"), None),  # there was none to open
        (event("export_chronology", who=COLLEAGUE), Part.ENTRIES),
        (event("export_chronology", "network", COLLEAGUE), Part.NETWORK),
        (event("add_entry", who=COLLEAGUE, opened="form"), Part.FORM),
    ],
)
def test_which_page_it_was_is_told_of_ones_own_agency(what: Happening, part: Part | None):
    assert doing_of(what, READER).part is part


def test_a_visit_to_many_pages_is_one_line_of_words():
    looks = [
        event(resource=word, who=COLLEAGUE, at=AT + timedelta(minutes=n))
        for n, word in enumerate(("", "network", "decisions", "network"))
    ]
    copies = [event("export_chronology", word, COLLEAGUE) for word in ("network", "")]

    (one,) = days_shown([*looks, event("view_entry", READABLE, COLLEAGUE), *copies], READER)
    assert did(one) == [
        "Opened the record: the network, decisions",
        "Read an entry",
        "Took a copy away: entries, the network",
    ]


@pytest.mark.parametrize(
    ("action", "outcome", "resource", "counts"),
    [
        ("view_family", "allow", "", True),
        ("view_family", "allow", "network", True),
        ("view_family", "allow", READABLE, True),
        ("view_family", "allow", HIDDEN, False),  # what a restriction hides is on no list
        ("view_entry", "allow", READABLE, True),
        ("view_entry", "mask", HIDDEN, False),
        ("export_chronology", "allow", "network", True),
        ("export_chronology", "allow", READABLE, True),
        ("release_pack", "allow", f"pack:{READABLE}", True),
        ("reveal_address", "allow", READABLE, False),  # has a line of its own
        ("break_glass", "allow", "", True),
        ("add_entry", "allow", "", True),
        ("add_entry", "allow", READABLE, False),
        ("import_chronology", "allow", HIDDEN, False),  # by night, as somebody's job
        ("follow_link", "allow", "", False),
        ("view_family", "deny", "", False),
    ],
)
def test_what_counts_as_somebody_in_the_record(action, outcome, resource, counts):
    assert is_look_at_family(action, outcome, resource, known=KNOWN) is counts


def test_a_day_is_a_day_in_england():
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)  # past midnight, British Summer Time

    assert [one.day.day for one in days_shown([event(at=late), event()], READER)] == [11, 10]


def test_entries_are_counted_once_however_often_they_were_read():
    events = [event("view_entry", one, COLLEAGUE) for one in (READABLE, READABLE, OURS, HIDDEN)]

    (one,) = days_shown(events, READER)
    assert did(one) == ["Read 2 entries"]


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
