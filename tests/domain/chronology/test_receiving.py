"""What became of a telling, and who still owes a correction: tables a practitioner can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.chronology.correction_debt import correction_debts
from goldenthread.domain.chronology.receiving import (
    Reached,
    Receipt,
    ReceiptRules,
    Told,
    progress_of,
    standing_decisions,
)
from goldenthread.domain.provenance.links import Link

SPACE = UUID(int=7)
TODAY = date(2026, 6, 10)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
RULES = ReceiptRules(acknowledge_within=3)


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def told(statement="s", by="police", to="health", *, at=NOON, recorded=None, **more) -> Told:
    name = f"{statement} {by} {to} {at} {more}"
    return Told(
        key(name), key(statement), key(by), key(to), more.pop("shared", True), "", at,
        recorded or at, **more,
    )  # fmt: skip


def receipt(step: str, who="ama", agency="health", *, statement="s", at=NOON, words="") -> Receipt:
    return Receipt(key(statement), key(who), key(agency), step, words, at)


@pytest.mark.parametrize(
    ("steps", "reached"),
    [
        ((), Reached.TOLD),
        (("asked_back",), Reached.TOLD),
        (("opened",), Reached.OPENED),
        (("opened", "acknowledged"), Reached.ACKNOWLEDGED),
        (("acknowledged", "came_of_it"), Reached.ACKNOWLEDGED),
    ],
)
def test_how_far_a_telling_has_come(steps, reached):
    receipts = [receipt(step, words="x") for step in steps]
    assert progress_of(told(), receipts, RULES).reached is reached


@pytest.mark.parametrize("agency", ["school", "police"])
def test_only_people_of_the_agency_that_was_told_make_it_arrive(agency):
    receipts = [receipt("acknowledged", agency=agency)]
    assert progress_of(told(), receipts, RULES).reached is Reached.TOLD


def test_it_is_late_from_the_day_after_the_last_one_in_time():
    passed_on = progress_of(told(receipt_asked=True), [], RULES)
    assert passed_on.due == date(2026, 6, 4)
    assert [passed_on.is_late(date(2026, 6, day)) for day in (4, 5)] == [False, True]


def test_nobody_is_late_for_what_was_written_down_today():
    late = told(receipt_asked=True, recorded=NOON + timedelta(days=9))
    assert progress_of(late, [], RULES).due == date(2026, 6, 13)


def test_nobody_is_late_who_was_not_asked_or_has_acknowledged():
    never = progress_of(told(), [], RULES)
    done = progress_of(told(receipt_asked=True), [receipt("acknowledged")], RULES)
    assert not any(one.is_late(date(2027, 1, 1)) or one.is_awaited for one in (never, done))
    opened = progress_of(told(receipt_asked=True), [receipt("opened")], RULES)
    assert opened.is_late(date(2027, 1, 1))


def not_told(review: date, *, at=NOON, **more) -> Told:
    return told(shared=False, at=at, review_on=review, reason="She asked us to wait.", **more)


def test_the_latest_decision_counts_and_none_once_they_were_told():
    first, second = not_told(date(2026, 6, 20)), not_told(date(2026, 7, 20), at=NOON.replace(day=2))
    assert standing_decisions([second, first]) == (second,)
    assert standing_decisions([first, second, told(at=NOON.replace(day=3))]) == ()


CORRECTED = [Link(key("c"), key("s"), "corrects")]


def debts(links, rows, aware=None, *, made_by=None, today=TODAY):
    knows = {key(one): {key(a) for a in agencies} for one, agencies in (aware or {}).items()}
    makers = {key(one): key(maker) for one, maker in (made_by or {"c": "police"}).items()}
    found = correction_debts(links, rows, made_by=makers, aware=knows, today=today)
    return [(one.correction, one.owed_by, one.owed_to) for one in found]


def owed(correction="c", by="police", to="health"):
    return key(correction), key(by), key(to)


@pytest.mark.parametrize(
    ("rows", "aware", "expected"),
    [
        # Told the original and not the correction: owed by whoever told it.
        ([told()], {"c": ["police"]}, [owed()]),
        # Nothing is owed once it is known, whoever told it.
        ([told()], {"c": ["police", "health"]}, []),
        # An agency that passed it on and knows the correction owes it to whom it told.
        ([told(by="school", to="housing")], {"c": ["police", "school"]}, [owed(by="school", to="housing")]),
        # An agency that does not know the correction cannot owe it: its maker does.
        ([told(by="school", to="housing")], {"c": ["police"]}, [owed(to="housing")]),
        # A decision not to tell it holds until it was to be looked at again.
        ([told(), not_told(date(2026, 6, 10), statement="c")], {"c": ["police"]}, []),
        ([told(), not_told(date(2026, 6, 9), statement="c")], {"c": ["police"]}, [owed()]),
        # A decision not to tell somebody else, or about something else, is none.
        ([told(), not_told(date(2026, 7, 1), statement="c", to="school")], {"c": ["police"]}, [owed()]),
        ([told(), not_told(date(2026, 7, 1))], {"c": ["police"]}, [owed()]),
        # Whoever was only decided not to be told has nothing to unlearn.
        ([not_told(date(2026, 7, 1))], {"c": ["police"]}, []),
        # Told twice is owed once.
        ([told(), told(at=NOON.replace(day=2))], {"c": ["police"]}, [owed()]),
    ],
)  # fmt: skip
def test_who_owes_whom_a_correction(rows, aware, expected):
    assert debts(CORRECTED, rows, aware) == expected


def test_a_correction_that_was_withdrawn_is_owed_to_nobody_but_those_told_it():
    links = [*CORRECTED, Link(key("w"), key("c"), "withdraws")]
    rows = [told(), told("c", to="school")]
    aware = {"c": ["police", "school"], "w": ["police"]}
    assert debts(links, rows, aware, made_by={"w": "police"}) == [owed("w", to="school")]


def test_a_correction_that_was_corrected_is_owed_as_it_stands_now():
    links = [*CORRECTED, Link(key("d"), key("c"), "corrects")]
    made_by = {"c": "police", "d": "police"}
    known = {"c": ["police"], "d": ["police"]}
    assert debts(links, [told()], known, made_by=made_by) == [owed("d")]


def test_corrections_in_a_circle_end():
    links = [*CORRECTED, Link(key("s"), key("c"), "corrects")]
    assert debts(links, [told()], {"c": ["police"], "s": ["police", "health"]}) == [owed("c")]


def test_a_dispute_is_no_correction():
    assert debts([Link(key("c"), key("s"), "disputes")], [told()], {"c": ["police"]}) == []


AGENCIES = st.sampled_from(["police", "health", "school"])


@given(
    links=st.lists(
        st.builds(
            lambda a, b, kind: Link(key(a), key(b), kind),
            st.sampled_from("abcd"), st.sampled_from("stabc"),
            st.sampled_from(["corrects", "withdraws", "disputes"]),
        ).filter(lambda link: link.source != link.target),
        max_size=6,
    ),
    rows=st.lists(st.builds(told, st.sampled_from("stabcd"), AGENCIES, AGENCIES), max_size=6),
    aware=st.dictionaries(st.sampled_from("stabcd"), st.lists(AGENCIES)),
)  # fmt: skip
def test_nothing_is_owed_to_who_knows_it_nor_by_who_does_not(links, rows, aware):
    made_by = dict.fromkeys("stabcd", "police")
    knows = {one: {*agencies, "police"} for one, agencies in aware.items()}
    for correction, by, to in debts(links, rows, knows, made_by=made_by):
        name = next(one for one in "stabcd" if key(one) == correction)
        known = {key(a) for a in knows.get(name, ())}
        assert to not in known
        assert by in known or by == key("police")
        assert by != to
