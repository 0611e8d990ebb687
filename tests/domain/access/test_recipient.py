"""Why an entry is left out of what is made for others: one row for each way it can stand."""

from __future__ import annotations

from itertools import product
from uuid import UUID

import pytest

from goldenthread.domain.access.recipient import (
    LeftOut,
    Recipient,
    WhyLeftOut,
    left_out_for_outsider,
    left_out_for_reader,
    others,
)

GP, ME, YOU = UUID(int=1), UUID(int=2), UUID(int=3)
NOT_TOLD = LeftOut(WhyLeftOut.NOT_TOLD, GP)
MAY_NOT = LeftOut(WhyLeftOut.MAY_NOT_HAVE)


@pytest.mark.parametrize(
    ("is_told", "may_read", "why"),
    [(True, True, None), (True, False, MAY_NOT), (False, False, NOT_TOLD), (False, True, None)],
)
def test_a_practitioner_is_given_what_they_may_read(is_told, may_read, why):
    assert left_out_for_reader(agency=GP, is_told=is_told, may_read=may_read) == why


@pytest.mark.parametrize(
    ("is_own", "is_restricted", "is_about_them", "why"),
    [
        (True, False, True, None),
        (False, False, True, WhyLeftOut.ANOTHER_AGENCY),
        (True, False, False, WhyLeftOut.NOT_ABOUT_THEM),
        (True, True, True, WhyLeftOut.MAY_NOT_HAVE),
    ],
)
def test_an_outsider_is_given_what_is_the_senders_own_unrestricted_and_about_them(
    is_own, is_restricted, is_about_them, why
):
    found = left_out_for_outsider(
        is_own=is_own, is_restricted=is_restricted, is_about_them=is_about_them
    )
    assert (found and found.why) == why


def test_that_it_is_restricted_is_not_told_where_another_reason_stands():
    for is_own, about in product((True, False), repeat=2):
        if is_own and about:
            continue
        one, two = (
            left_out_for_outsider(is_own=is_own, is_restricted=held, is_about_them=about)
            for held in (True, False)
        )
        assert one == two


def test_only_somebody_else_is_another():
    mine, yours, said = (
        Recipient(practitioner=ME),
        Recipient(practitioner=YOU),
        Recipient(words="x"),
    )
    assert others((mine, yours, said), ME) == (yours, said)
    assert others((mine,), ME) == ()
