"""What the patterns call people: their part, one word for one person, and nobody else told of."""

from __future__ import annotations

from uuid import UUID

import pytest

from goldenthread.domain.risk.calling import Member, called
from goldenthread.domain.risk.fact import class_of
from goldenthread.domain.risk.vocabulary import PersonClass

ADA, JOY, MAY, MAN = (UUID(int=number) for number in range(1, 5))


def test_everybody_goes_by_their_part_and_two_of_one_part_by_their_names_too():
    family = [Member(ADA, "child", "Ada"), Member(JOY, "half-sister", "Joy"),
              Member(MAY, "half-sister", "May")]  # fmt: skip

    assert called(family) == {ADA: "child", JOY: "half-sister Joy", MAY: "half-sister May"}


def test_whoever_is_not_given_is_not_told_of():
    """An agency that knows of one half-sister is not told by a name that there are two."""
    assert called([Member(JOY, "half-sister", "Joy")]) == {JOY: "half-sister"}


def test_a_long_description_is_cut_so_that_it_can_be_kept():
    long = [Member(MAN, "not yet identified", "", "x" * 300), Member(JOY, "y" * 100, "", "x" * 300)]

    assert max(map(len, called([*long, Member(MAY, "y" * 100, "May")]).values())) <= 300


@pytest.mark.parametrize(
    ("member", "words", "who"),
    [
        (Member(MAN, "not yet identified", "", "Man in a red car"),
         "Man in a red car, not known by name", PersonClass.UNKNOWN),
        (Member(MAN, "not identified", "mother's partner"), "mother's partner", PersonClass.PARTNER),
        (Member(MAN, "father", "", "Father of the baby"), "father", PersonClass.FATHER),
        (Member(MAN, "half-sister", "Joy"), "half-sister", PersonClass.SIBLING),
    ],
)  # fmt: skip
def test_the_patterns_can_tell_who_it_is(member: Member, words: str, who: PersonClass):
    assert called([member]) == {MAN: words}
    assert class_of(words) is who
