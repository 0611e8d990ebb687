"""From the statements of the record to what the patterns read.

Only what stands and is asserted counts: a statement that was withdrawn or corrected, that denies,
or that says that nobody answered, raises nothing. A disputed one still counts, and says so where it
is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link, Standing, standings
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.instants import day_of

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
    known = tuple(awareness)
    others = sorted(
        (row for row in known if row.agency != one.agency),
        key=lambda row: (row.known_from, str(row.agency)),
    )
    own = [row.known_from for row in known if row.agency == one.agency]
    return Fact(
        id=str(one.id),
        agency=str(one.agency),
        agency_kind=agency_kinds[one.agency],
        kind=one.kind,
        happened=one.happened,
        known_from=day_of(min(own, default=one.known_at)),
        people=tuple(dict.fromkeys(called.get(s.person) or s.role for s in one.subjects)),
        concerns=frozenset(one.concerns),
        how_known=one.how_known,
        told_by=one.informant,
        text=f"{one.text} {one.impact} {one.action}",
        told=tuple((str(row.agency), day_of(row.known_from)) for row in others),
        told_kinds=tuple((agency_kinds[row.agency], day_of(row.known_from)) for row in others),
    )
