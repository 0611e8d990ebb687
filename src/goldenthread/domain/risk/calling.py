"""What the patterns call each person of a family: their part in it, so that one stays one.

The patterns read who somebody is to the child from these words (`fact.class_of`). Only the people
given are looked at: whoever works from one agency's knowledge gives those it knows of, and no word
then tells of anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

LONGEST_NAME = 180  # characters of a name or a description that go into what somebody is called
# The parts of people of whom nobody could say more (usecases place people by these words).
SAYS_NOTHING = frozenset({"not identified", "not yet identified", ""})


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family: their part in it, their first name or the words for them, if any."""

    person: UUID
    role: str
    first_name: str = ""
    description: str = ""


def called(family: Iterable[Member]) -> Mapping[UUID, str]:
    """By person, what the patterns call them; two of one part are told apart by their names."""
    members = tuple(family)
    often = Counter(one.role for one in members)
    found: dict[UUID, str] = {}
    for one in members:
        name = (one.first_name or one.description)[:LONGEST_NAME]
        if one.role in SAYS_NOTHING:
            found[one.person] = name if one.first_name else f"{name}, not known by name"
        elif often[one.role] > 1 and name:
            found[one.person] = f"{one.role} {name}"
        else:
            found[one.person] = one.role
    return found
