"""A file of leaked passwords is looked through by halves, and nothing else is taken for one of it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.usecases.accounts.passwords import has_leaked


def line_of(password: str, seen: int) -> str:
    return f"{hashlib.sha1(password.encode()).hexdigest().upper()}:{seen}"


def written(folder, passwords, end="\r\n"):
    file = folder / "leaked.txt"
    lines = sorted(line_of(one, 3 + len(one) * 97) for one in passwords)
    file.write_bytes(end.join(lines).encode() + (end.encode() if lines else b""))
    return file


@given(
    st.sets(st.text(min_size=1), max_size=40), st.text(min_size=1), st.sampled_from(("\r\n", "\n"))
)
def test_what_is_in_the_file_is_found_and_nothing_else(tmp_path_factory, leaked, other, end):
    file = written(tmp_path_factory.mktemp("leaked"), leaked, end)

    assert [one for one in leaked if not has_leaked(one, file)] == []
    assert has_leaked(other, file) is (other in leaked)


@pytest.mark.parametrize("torn", [b"", b"\n", b"nothing of the kind\n", b"FFFF", b"\xff\xfe\n\n"])
def test_a_file_of_another_kind_finds_nothing(tmp_path, torn):
    file = tmp_path / "torn"
    file.write_bytes(torn)

    assert not has_leaked("eleven brass kettles", file)


def test_a_file_without_a_last_line_end_is_read_to_its_end(tmp_path):
    file = tmp_path / "leaked.txt"
    file.write_text("\n".join(sorted(line_of(one, 2) for one in ("one", "two", "three"))))

    assert all(has_leaked(one, file) for one in ("one", "two", "three"))
