"""One reference, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.people.references import DASHES, SPACES, reference_key


@pytest.mark.parametrize(
    "typed",
    ["GT-0001", " gt-0001 ", "Gt - 0001", "GT\u20110001", "GT–0001", "GT—0001", "GT−0001",
     "GT-00\u00a001", "\ufeffGT-0001\u200b", "ＧＴ－０００１", "GT-0001\t\r\n"],
)  # fmt: skip
def test_it_is_the_same_reference(typed: str):
    assert reference_key(typed) == "gt-0001"


@pytest.mark.parametrize("other", ["GT-0010", "GT0001", "GT-001", "", "GT-0001a"])
def test_another_is_not(other: str):
    assert reference_key(other) != "gt-0001"


@given(st.text(max_size=40))
def test_twice_says_what_once_does(typed: str):
    assert reference_key(reference_key(typed)) == reference_key(typed)


@given(st.text(alphabet="GT0123456789-" + DASHES + SPACES, max_size=20))
def test_nothing_is_left_of_case_spaces_and_other_dashes(typed: str):
    found = reference_key(typed)
    assert found == found.lower() and not set(found) & set(DASHES + SPACES)
