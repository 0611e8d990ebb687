"""What later statements did to an earlier one: corrected, withdrawn, disputed, or the same event.

The earlier statement never changes; its standing is read from the links that point at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.word import Word


@dataclass(frozen=True, slots=True)
class Link:
    """`source` says something about `target`; both are statement ids."""

    source: UUID
    target: UUID
    kind: str
    reason: str = ""
    recorded_at: datetime | None = None


class Standing(Word):
    """Whether a statement still stands as it was made."""

    STANDS = "stands", "Stands"
    DISPUTED = "disputed", "Disputed"
    CORRECTED = "corrected", "Corrected"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclass(frozen=True, slots=True)
class StandingPicture:
    """The standing of one statement, because of which later statements."""

    standing: Standing
    because: tuple[UUID, ...] = ()


_STRONGEST_FIRST = (
    (LinkKind.WITHDRAWS, Standing.WITHDRAWN),
    (LinkKind.CORRECTS, Standing.CORRECTED),
    (LinkKind.DISPUTES, Standing.DISPUTED),
)


def standings(links: Iterable[Link]) -> dict[UUID, StandingPicture]:
    """The standing of every statement that some link changes; all others simply stand.

    A withdrawal outweighs a correction, and a correction a dispute. A correction that was itself
    withdrawn no longer counts.
    """
    links = tuple(links)
    withdrawn = {link.target for link in links if link.kind == LinkKind.WITHDRAWS}
    pictures: dict[UUID, StandingPicture] = {}
    for kind, standing in _STRONGEST_FIRST:
        for link in links:
            if link.kind != kind or link.source in withdrawn:
                continue
            known = pictures.get(link.target)
            if known is None:
                pictures[link.target] = StandingPicture(standing, (link.source,))
            elif known.standing is standing:
                pictures[link.target] = StandingPicture(standing, (*known.because, link.source))
    return pictures


def event_groups(statements: Iterable[UUID], links: Iterable[Link]) -> Mapping[UUID, UUID]:
    """Which statements a person confirmed to be about one event: statement id to group id.

    Conservative: two groups with a `not_same_event` link anywhere between them are never joined.
    The group id is the smallest member id, so the answer does not depend on the order of links.
    """
    members: dict[UUID, set[UUID]] = {s: {s} for s in statements}
    links = tuple(links)
    apart = {
        frozenset((link.source, link.target))
        for link in links
        if link.kind == LinkKind.NOT_SAME_EVENT
    }
    same = sorted(
        (min(link.source, link.target), max(link.source, link.target))
        for link in links
        if link.kind == LinkKind.SAME_EVENT and link.source in members and link.target in members
    )
    for one, other in same:
        left, right = members[one], members[other]
        if left is right or any(frozenset((a, b)) in apart for a in left for b in right):
            continue
        left |= right
        for each in right:
            members[each] = left
    return {statement: min(group) for statement, group in members.items()}
