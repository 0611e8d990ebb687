"""From the statements of the record to what the patterns read.

Only what stands and is asserted counts: a statement that was withdrawn or corrected, that denies,
or that says that nobody answered, raises nothing. A disputed one still counts, and says so where it
is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link, Standing, standings
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import PartialDate

_SET_ASIDE = frozenset({Standing.WITHDRAWN, Standing.CORRECTED})


def facts_from(
    statements: Iterable[Statement],
    awareness: Mapping[UUID, Iterable[Awareness]],
    agency_kinds: Mapping[UUID, str],
    links: Iterable[Link] = (),
    called: Mapping[UUID, str] | None = None,
) -> Iterator[Fact]:
    """Give the facts of statements, with who knew of them from which day.

    `agency_kinds` holds every agency's kind. `called` says what the patterns call each person, by
    id: the role in the family; the role of the statement stands in where it says nothing.
    """
    standing = standings(links)
    for one in statements:
        picture = standing.get(one.id)
        if picture is not None and picture.standing in _SET_ASIDE:
            continue
        if one.polarity == Polarity.ASSERTS:
            yield fact_of(one, awareness.get(one.id, ()), agency_kinds, called or {})


def set_aside_by(links: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """The entries that stand no longer by these links of (source, target, kind)."""
    pictures = standings(Link(UUID(source), UUID(target), kind) for source, target, kind in links)
    return frozenset(str(id) for id, one in pictures.items() if one.standing in _SET_ASIDE)


def fact_of(
    one: Statement,
    awareness: Iterable[Awareness],
    agency_kinds: Mapping[UUID, str],
    called: Mapping[UUID, str],
) -> Fact:
    """One statement as the patterns read it, whether or not it still stands."""
    return fact_said(
        id=str(one.id),
        agency=str(one.agency),
        agency_kind=agency_kinds[one.agency],
        kind=one.kind,
        happened=one.happened,
        known_on=day_of(one.known_at),
        aware=[
            (day_of(row.known_from), str(row.agency), agency_kinds[row.agency]) for row in awareness
        ],
        people=[called.get(s.person) or s.role for s in one.subjects],
        concerns=one.concerns,
        how_known=one.how_known,
        told_by=one.informant,
        text=f"{one.text} {one.impact} {one.action}",
    )


def fact_said(
    *,
    id: str,
    agency: str,
    agency_kind: str,
    kind: str,
    happened: PartialDate,
    known_on: date,
    aware: Iterable[tuple[date, str, str]],
    people: Iterable[str],
    concerns: Iterable[str],
    how_known: str,
    told_by: str,
    text: str,
) -> Fact:
    """The same from plain values: `aware` gives from which day each agency knows, with its kind.

    `known_on` stands in where its own agency is not among them.
    """
    known = sorted(aware)
    own = [day for day, knower, _ in known if knower == agency]
    others = [row for row in known if row[1] != agency]
    return Fact(
        id=id,
        agency=agency,
        agency_kind=agency_kind,
        kind=kind,
        happened=happened,
        known_from=own[0] if own else known_on,
        people=tuple(dict.fromkeys(people)),
        concerns=frozenset(concerns),
        how_known=how_known,
        told_by=told_by,
        text=text,
        told=tuple((other, day) for day, other, _ in others),
        told_kinds=tuple((of_kind, day) for day, _, of_kind in others),
    )
