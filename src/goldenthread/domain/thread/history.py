"""A family's statements as a history to live through: what is known, what ends it, what was said.

Nothing is left out because of what came later: an entry since corrected stood until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import LinkKind, Polarity
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.from_statements import fact_of
from goldenthread.domain.risk.life import Given
from goldenthread.domain.thread.becoming_known import Ending, is_reply

ENDING = frozenset({LinkKind.CORRECTS, LinkKind.WITHDRAWS})


@dataclass(frozen=True, slots=True)
class History:
    """Everything the questions of a family follow from; its parts are in no order."""

    facts: tuple[Fact, ...] = ()
    endings: tuple[Ending, ...] = ()
    answers: tuple[Given, ...] = ()


def history_of(
    statements: Iterable[Statement],
    awareness: Mapping[UUID, Iterable[Awareness]],
    agency_kinds: Mapping[UUID, str],
    called: Mapping[UUID, str],
    links: Iterable[Link] = (),
    answers: Iterable[Given] = (),
) -> History:
    """The history of these statements; the rest as `from_statements.facts_from` takes it."""
    everything: dict[UUID, Fact] = {}
    asserted: list[Fact] = []
    for one in statements:
        fact = fact_of(one, awareness.get(one.id, ()), agency_kinds, called)
        everything[one.id] = fact
        if one.polarity == Polarity.ASSERTS:
            asserted.append(fact)
    endings = tuple(
        Ending(str(link.target), everything[link.source], link.kind)
        for link in links
        if link.source in everything
        and link.target in everything
        and (
            link.kind in ENDING
            or is_reply(link.kind, of=everything[link.target].kind, by=everything[link.source].kind)
        )
    )
    return History(tuple(asserted), endings, tuple(answers))
