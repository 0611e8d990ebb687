"""Words that are looked for are words: no letter of them is a sign of a pattern."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.domain.addresses.postal import NotAnAddress, as_given
from goldenthread.domain.subject_access.spans import places_of

SIGNS = r".^$*+?{}[]\|()-#&~"
WHERE = UUID(int=1)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_a_pattern_finds_itself_and_nothing_else(sign):
    assert len(places_of(f"a x{sign}y b", f"x{sign}y")) == 1
    for other in ("xy", "xxy", "xzy", "x", "y", "xxxxxxyyyy"):
        assert places_of(f"a {other} b", f"x{sign}y") == ()


@given(st.text(alphabet=SIGNS + "ab1 ", max_size=30), st.text(alphabet=SIGNS + "ab1 \n"))
def test_whatever_is_looked_for_can_be(words, text):
    for span in places_of(text, words):
        assert text[span.begins : span.ends].split() == words.split()
    if words.split():
        assert places_of(f"So, {words} !", words), "and is found where it stands"


@given(
    st.text(alphabet=SIGNS + "Elm Street12\n", max_size=60),
    st.sampled_from(["", "ZZ1 9ZZ", "(ZZ1)", "ZZ1.9ZZ", "[A-Z]"]),
    st.sampled_from(["", "01632 960 001", "(0)1632 960.001", "+44 [0]1632 960001"]),
)
def test_an_address_with_any_signs_can_be_looked_for_and_is_found(lines, postcode, phone):
    try:
        postal = as_given(lines, postcode, phone)
    except NotAnAddress:
        return
    wanted = [Wanted(WHERE, postal)]
    assert found_in("Nothing of the kind stands here, or there.", wanted) == ()
    if postal.postcode:
        assert found_in(f"She is at {postal.postcode_as_written} now.", wanted)
