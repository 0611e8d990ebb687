"""Who was told something and not that it was corrected or withdrawn.

What one agency passes on goes on being believed where it went. Whoever told it owes the correction
to everybody they told, until it is told, or somebody decides not to tell it and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.chronology.receiving import Told, standing_decisions
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.vocabulary import LinkKind

CHANGES = frozenset({LinkKind.CORRECTS.value, LinkKind.WITHDRAWS.value})


@dataclass(frozen=True, slots=True)
class Debt:
    """`owed_by` told `owed_to` the statement and has not told it what became of it.

    `correction` is the statement to tell and `kind` what it does; `because` is the telling, whose
    basis in law holds for the correction too.
    """

    statement: UUID
    correction: UUID
    kind: str
    owed_by: UUID
    owed_to: UUID
    because: Told


def correction_debts(
    links: Iterable[Link],
    told: Iterable[Told],
    *,
    made_by: Mapping[UUID, UUID],
    aware: Mapping[UUID, Collection[UUID]],
    today: date,
) -> tuple[Debt, ...]:
    """Every debt, by the day of the telling it comes from.

    `made_by` is the agency that made each correction, `aware` the agencies that know each. Whoever
    told the original owes its correction if they know it; otherwise the agency that made it does. A
    decision not to tell holds until the day it was to be looked at again.
    """
    changes = _changes(links)
    rows = list(told)
    waived = {
        (row.statement, row.from_agency, row.to_agency)
        for row in standing_decisions(rows)
        if row.review_on is not None and row.review_on >= today
    }
    found: dict[tuple[UUID, UUID, UUID], Debt] = {}
    for row in sorted(rows, key=lambda one: (one.told_at, str(one.id))):
        if not row.shared:
            continue
        for kind, correction in _ends(row.statement, changes, {row.statement}):
            knows = aware.get(correction, ())
            owed_by = row.from_agency if row.from_agency in knows else made_by.get(correction)
            if owed_by is None or row.to_agency in knows or owed_by == row.to_agency:
                continue
            if (correction, owed_by, row.to_agency) in waived:
                continue
            debt = Debt(row.statement, correction, kind, owed_by, row.to_agency, row)
            found.setdefault((correction, owed_by, row.to_agency), debt)
    return tuple(found.values())


def _changes(links: Iterable[Link]) -> dict[UUID, list[Link]]:
    """By the statement they change: the corrections and withdrawals that were not withdrawn."""
    links = [link for link in links if link.kind in CHANGES]
    withdrawn = {link.target for link in links if link.kind == LinkKind.WITHDRAWS}
    found: dict[UUID, list[Link]] = {}
    for link in links:
        if link.source not in withdrawn:
            found.setdefault(link.target, []).append(link)
    return found


def _ends(
    statement: UUID, changes: Mapping[UUID, list[Link]], met: set[UUID]
) -> Iterator[tuple[str, UUID]]:
    """What a statement has become: a correction that was itself corrected leads on to the next."""
    for link in changes.get(statement, ()):
        if link.source in met:
            continue
        met.add(link.source)
        onward = list(_ends(link.source, changes, met))
        yield from onward or [(link.kind, link.source)]
