"""Which pairs of accounts are asked about, and that asking only about new ones misses none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.chronology.same_event import possibly_same
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.shared.partial_date import on_day, parse_edtf

WORDS = "police shouting neighbour bruise nursery kitchen asleep bottle clinic letter".split()
DAY = date(2026, 3, 3)


def account(
    number: int, agency: int = 1, day: int = 0, text: str = "", about: int = 1, kind="visit"
):
    return Statement(
        id=UUID(int=number),
        agency=UUID(int=agency),
        kind=kind,
        text=text or "Police heard shouting from a neighbour",
        happened=on_day(DAY + timedelta(day)),
        known_at=datetime(2026, 6, 1, tzinfo=UTC),
        known_basis="day",
        how_known="saw",
        subjects=(Subject(UUID(int=about)),),
    )


ACCOUNTS = st.lists(
    st.builds(
        account,
        number=st.integers(1, 10_000),
        agency=st.integers(1, 3),
        day=st.integers(0, 3),
        text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
        about=st.integers(1, 2),
        kind=st.sampled_from(["visit", "incident"]),
    ),
    max_size=20,
    unique_by=lambda one: one.id,
)


@settings(max_examples=150, deadline=None)
@given(accounts=ACCOUNTS, dice=st.randoms(use_true_random=False))
def test_asking_about_new_accounts_finds_every_pair_with_one_and_no_other(accounts, dice):
    new = frozenset(one.id for one in accounts if dice.random() < 0.4)
    every = possibly_same(accounts)

    wanted = {pair for pair in every if pair.one in new or pair.other in new}
    assert set(possibly_same(accounts, new=new)) == wanted


def test_two_agencies_one_night_are_asked_about_with_the_reason():
    (pair,) = possibly_same([account(1), account(2, agency=2, day=1)])
    assert (pair.one, pair.other) == (UUID(int=1), UUID(int=2))
    assert "neighbouring days" in pair.because


def test_one_agency_other_people_days_apart_or_unsure_dates_are_not_asked_about():
    about = parse_edtf("2026-03-03~")
    unsure = account(6, agency=2)
    object.__setattr__(unsure, "happened", about)
    others = [
        account(2),
        account(3, agency=2, about=2),
        account(4, agency=2, day=2),
        account(5, agency=2, text="Read a whole book aloud at bedtime"),
        unsure,
    ]
    for other in others:
        assert possibly_same([account(1), other]) == ()


def test_what_a_person_has_answered_is_not_asked_again():
    pair = frozenset((UUID(int=1), UUID(int=2)))
    assert possibly_same([account(1), account(2, agency=2)], settled=[pair]) == ()
