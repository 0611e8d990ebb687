"""Might somebody who works for an agency be a person of a family's record, or live with one?

A small rule that says by what it matched. Names are compared folded and without titles; a date of
birth that differs outweighs a name that does not. A practitioner may have neither date of birth nor
postcode on record: then the name alone is used, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word


class MatchStrength(Word):
    """By what somebody was matched, the strongest first."""

    NAME_AND_BIRTH = "name_and_birth", "The same name and date of birth"
    NAME_AND_POSTCODE = "name_and_postcode", "The same name and postcode"
    SURNAME_AND_POSTCODE = "surname_and_postcode", "The same surname and postcode"
    NAME_ALONE = "name_alone", "The same name; nothing else is known of both"


class MatchAnswer(Word):
    """What a lead says of a match."""

    CONFLICT = "conflict", "It is them, or a relative of theirs"
    RELEASED = "released", "It is neither them nor a relative"


class MatchingNotUnderstood(Refusal):
    """The rules of matching staff cannot be read."""


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """What `staff_matching.toml` sets: titles, folded; when a name is common; who is a child."""

    titles: frozenset[str]
    common_name_at: int
    works_from_age: int


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works for an agency, as far as is known of them."""

    name: str
    born: date | None = None
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A person of a record; `postcodes` are of addresses kept for them, without spaces."""

    given_name: str
    family_name: str
    known_as: str = ""
    born: PartialDate | None = None
    has_died: bool = False
    postcodes: frozenset[str] = frozenset()


def surname_of(name: str, rules: MatchingRules) -> str:
    """The last word of a name, folded and without titles; empty where there is one word alone."""
    words = _words(name, rules)
    return words[-1] if len(words) > 1 else ""


def match(
    staff: Staff, person: Recorded, rules: MatchingRules, *, today: date
) -> MatchStrength | None:
    """By what the two match; None where nothing speaks for it, or something against it.

    Somebody who has died is nobody's match, nor is a child; who lives with either may be.
    """
    lives_there = bool(staff.postcode) and staff.postcode in person.postcodes
    same_surname = _same_surname(staff, person, rules)
    if _same_name(staff, person, rules) and not person.has_died:
        birth = _births(staff.born, person.born)
        if birth is True:
            return MatchStrength.NAME_AND_BIRTH
        if birth is None and not _is_child(person.born, rules, today):
            return MatchStrength.NAME_AND_POSTCODE if lives_there else MatchStrength.NAME_ALONE
    return MatchStrength.SURNAME_AND_POSTCODE if same_surname and lives_there else None


def restricts(
    strength: MatchStrength, rules: MatchingRules, *, has_part: bool, families: int
) -> bool:
    """Whether the family is closed to them until a lead has answered.

    A name alone closes it to whoever has no part in it, where it is not a common name: one that
    meets people of `families` families. It never takes a family from whoever works with it.
    """
    if strength is not MatchStrength.NAME_ALONE:
        return True
    return not has_part and families < rules.common_name_at


def folded_postcode(typed: str) -> str:
    """A postcode as it is compared: capital letters, no spaces."""
    return "".join(one for one in typed.upper() if one.isalnum())


def read_matching(told: Mapping[str, Any]) -> MatchingRules:
    """The rules of a parsed `staff_matching.toml`. Raises MatchingNotUnderstood."""
    numbers = []
    for name in ("common_name_at", "works_from_age"):
        value = told.get(name, {}).get("value")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise MatchingNotUnderstood(f"“{name}” of matching staff is not a whole number.")
        numbers.append(value)
    titles = told.get("titles", {}).get("value")
    if not isinstance(titles, list) or not all(isinstance(one, str) for one in titles):
        raise MatchingNotUnderstood("“titles” of matching staff is to be a list of words.")
    return MatchingRules(frozenset(map(fold, titles)), *numbers)


def _words(name: str, rules: MatchingRules) -> list[str]:
    return [word for word in fold(name).split() if word not in rules.titles]


def _same_surname(staff: Staff, person: Recorded, rules: MatchingRules) -> bool:
    words, family = _words(staff.name, rules), fold(person.family_name).split()
    return bool(family) and len(words) > len(family) and words[-len(family) :] == family


def _same_name(staff: Staff, person: Recorded, rules: MatchingRules) -> bool:
    firsts = {_first(person.given_name), _first(person.known_as)} - {""}
    return _same_surname(staff, person, rules) and _words(staff.name, rules)[0] in firsts


def _first(name: str) -> str:
    words: Collection[str] = fold(name).split()
    return next(iter(words), "")


def _births(one: date | None, other: PartialDate | None) -> bool | None:
    """Whether two dates of birth are the same day; None where they may be and nobody knows."""
    if one is None or other is None:
        return None
    if other.is_exact:
        return one == other.earliest
    if other.is_approximate:
        return None
    too_early = other.earliest is not None and one < other.earliest
    too_late = other.latest is not None and one > other.latest
    return False if too_early or too_late else None


def _is_child(born: PartialDate | None, rules: MatchingRules, today: date) -> bool:
    first = born.earliest if born else None
    return first is not None and today.year - first.year < rules.works_from_age
