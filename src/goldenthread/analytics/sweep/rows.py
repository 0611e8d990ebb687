"""One family's facts as rows, and back again: the only place where a rule becomes a column.

Every derived column is what the domain's own `Fact` says, asked when the row is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.analytics.sweep.bits import (
    AGENCY_KINDS,
    CLASSES,
    CONCERNS,
    HOW_KNOWN,
    KINDS,
    MOST,
)
from goldenthread.domain.risk.fact import CHILDREN, Fact, class_of
from goldenthread.domain.risk.joining import is_of_the_family
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.refusal import Refusal

Row = tuple[Any, ...]


class TwoEntriesOfOneName(Refusal):
    """Two entries of one family have the same id, so no question could name its evidence."""


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """What one family adds to each table, by the table's name, in the order of its columns."""

    rows: Mapping[str, Sequence[Row]]
    beyond: bool


def rows_of(family: int, name: str, facts: Iterable[Fact]) -> FamilyRows:
    """The rows of one family, numbered `family`. Raises TwoEntriesOfOneName.

    A family that bits cannot hold is written as it is, to the table `beyond`.
    """
    ordered = sorted(facts, key=lambda fact: (fact.day, fact.id))
    if len({fact.id for fact in ordered}) < len(ordered):
        raise TwoEntriesOfOneName(f"Family {name} has two entries of the same id.")
    try:
        return FamilyRows(_in_bits(family, name, ordered), beyond=False)
    except (KeyError, OverflowError):
        told = [(family, json.dumps(_plainly(fact), ensure_ascii=False)) for fact in ordered]
        own = [(family, name, len(ordered), True)]
        return FamilyRows({"families": own, "beyond": told}, beyond=True)


def _in_bits(family: int, name: str, facts: Sequence[Fact]) -> dict[str, list[Row]]:
    people = _numbered(person for fact in facts for person in fact.people)
    agencies = _numbered(
        agency for fact in facts for agency in (fact.agency, *(to for to, _ in fact.told))
    )
    return {
        "families": [(family, name, len(facts), False)],
        "people": [
            (family, bit, person, class_of(person) in CHILDREN) for person, bit in people.items()
        ],
        "agencies": [(family, bit, agency) for agency, bit in agencies.items()],
        "facts": [
            (family, place, *fact_columns(fact, people, agencies))
            for place, fact in enumerate(facts)
        ],
        "told": [
            (family, place, *told)
            for place, fact in enumerate(facts)
            for told in _told(fact, agencies)
        ],
    }


def _numbered(names: Iterable[str]) -> dict[str, int]:
    found = {name: 1 << place for place, name in enumerate(dict.fromkeys(names))}
    if len(found) > MOST:
        raise OverflowError
    return found


def fact_columns(fact: Fact, people: Mapping[str, int], agencies: Mapping[str, int]) -> Row:
    """The columns of an entry from `id` on. Raises KeyError for a word without a bit."""

    def whom(some: Iterable[str]) -> int:
        return sum({people[one] for one in some})

    return (
        fact.id,
        agencies[fact.agency],
        AGENCY_KINDS.bit(fact.agency_kind),
        KINDS.bit(fact.kind),
        HOW_KNOWN.bit(fact.how_known),
        fact.first.toordinal() if fact.first else None,
        fact.day.toordinal(),
        fact.known_from.toordinal(),
        CONCERNS.mask(fact.concerns),
        fact.told_by,
        fact.text,
        CONCERNS.mask(fact.harms),
        fact.bears_worry,
        fact.is_strength,
        CLASSES.mask(fact.classes),
        whom(fact.people),
        whom(fact.adults()),
        whom(fact.children()),
        whom(fact.newcomers()),
        whom(fact.born()),
        fact.tells_of_pregnancy,
        is_of_the_family(fact),
    )


def _told(fact: Fact, agencies: Mapping[str, int]) -> Iterator[Row]:
    """Whom an entry was told to: an agency and its kind on one row where the two lists agree."""
    beside = [day for _, day in fact.told] == [day for _, day in fact.told_kinds]
    kinds = [(AGENCY_KINDS.bit(kind), day.toordinal()) for kind, day in fact.told_kinds]
    for place, (agency, day) in enumerate(fact.told):
        kind = kinds[place][0] if beside else None
        yield agencies[agency], kind, day.toordinal()
    if not beside:
        yield from ((None, kind, day) for kind, day in kinds)


def fact_of(
    row: Mapping[str, Any],
    people: Mapping[int, str],
    agencies: Mapping[int, str],
    told: Iterable[tuple[int | None, int | None, int]],
) -> Fact:
    """The fact of a row, from what was said alone: every rule is asked again of the domain."""
    told = tuple(told)
    first = date.fromordinal(row["earliest"]) if row["earliest"] is not None else None
    day = date.fromordinal(row["day"])
    return Fact(
        id=row["id"],
        agency=agencies[row["agency"]],
        agency_kind=AGENCY_KINDS.word(row["agency_kind"]),
        kind=KINDS.word(row["kind"]),
        happened=PartialDate("", first, first, day, day),
        known_from=date.fromordinal(row["known"]),
        people=tuple(name for bit, name in people.items() if row["people"] & bit),
        concerns=CONCERNS.of(row["concerns"]),
        how_known=HOW_KNOWN.word(row["how_known"]),
        told_by=row["told_by"],
        text=row["text"],
        told=tuple((agencies[a], date.fromordinal(d)) for a, _, d in told if a is not None),
        told_kinds=tuple(
            (AGENCY_KINDS.word(k), date.fromordinal(d)) for _, k, d in told if k is not None
        ),
    )


def _plainly(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "agency": fact.agency,
        "agency_kind": fact.agency_kind,
        "kind": fact.kind,
        "first": fact.first.isoformat() if fact.first else None,
        "day": fact.day.isoformat(),
        "known": fact.known_from.isoformat(),
        "people": fact.people,
        "concerns": sorted(fact.concerns),
        "how_known": fact.how_known,
        "told_by": fact.told_by,
        "text": fact.text,
        "told": [(to, day.isoformat()) for to, day in fact.told],
        "told_kinds": [(to, day.isoformat()) for to, day in fact.told_kinds],
    }


def fact_beyond(written: str) -> Fact:
    """The fact of a row of `beyond`."""
    said = json.loads(written)
    first = date.fromisoformat(said["first"]) if said["first"] else None
    day = date.fromisoformat(said["day"])

    def told(part: str) -> tuple[tuple[str, date], ...]:
        return tuple((to, date.fromisoformat(when)) for to, when in said[part])

    return Fact(
        id=said["id"],
        agency=said["agency"],
        agency_kind=said["agency_kind"],
        kind=said["kind"],
        happened=PartialDate("", first, first, day, day),
        known_from=date.fromisoformat(said["known"]),
        people=tuple(said["people"]),
        concerns=frozenset(said["concerns"]),
        how_known=said["how_known"],
        told_by=said["told_by"],
        text=said["text"],
        told=told("told"),
        told_kinds=told("told_kinds"),
    )
