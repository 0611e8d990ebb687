"""A commitment binds a row, its columns' names and its place, and tells nothing without its salt."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.audit.commitment import canonical, commitment

COLUMNS = ("id", "text")
SALT = bytes(32)
text = st.none() | st.text(max_size=8)
rows = st.tuples(st.sampled_from(["one", "two"]), text, text, st.integers(0, 3))


def committed(row, *, columns=COLUMNS, salt=SALT) -> bytes:
    table, first, second, place = row
    return commitment(salt, canonical(table, columns, (first, second), place=place))


def test_the_bytes_are_those_anybody_can_make_again():
    content = canonical("t", ("b", "a"), ("é", None), place=7)

    assert content == '{"place":7,"row":{"a":null,"b":"é"},"table":"t"}'.encode()
    assert commitment(SALT, content) == hmac.new(SALT, content, hashlib.sha256).digest()


@given(rows, rows)
def test_two_rows_share_a_commitment_only_when_they_are_one(one, other):
    assert (committed(one) == committed(other)) is (one == other)


def test_the_names_of_the_columns_are_committed_to():
    row = ("one", "a", "b", 0)

    assert committed(row) != committed(row, columns=("id", "action"))


def test_another_salt_is_another_commitment():
    row = ("one", "a", "b", 0)

    assert committed(row) != committed(row, salt=b"\1" * 32)


def test_a_short_salt_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", b"content")
