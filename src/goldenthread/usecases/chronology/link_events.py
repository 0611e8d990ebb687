"""Say that two entries are about one event, or that they are not: a person decides, not a rule."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.access.reading import visible_to
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

NO_TWO_ENTRIES = "There are no two such entries in what you can read."


def link_events(
    actor: Actor, case_id: UUID, one: UUID, other: UUID, *, same: bool, reason: str, now: datetime
) -> bool:
    """Link two entries the actor can read; False where the same answer was given before.

    Both entries stay as they are. Raises NotFoundHere.
    """
    kind = LinkKind.SAME_EVENT if same else LinkKind.NOT_SAME_EVENT
    source, target = sorted((one, other))
    with permitted(actor, case_id, Action.LINK_EVENTS, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if source == target or readable.filter(id__in=(source, target)).count() != 2:
            raise NotFoundHere(
                "There are no two such entries in what you can read.", f"{one} {other}"
            )
        return provenance.link(
            uuid5(source, f"{kind}:{target}"),
            source=source,
            target=target,
            kind=kind,
            reason=reason.strip(),
            recorded_by=actor.account,
            event=permission.event(resource=f"{source} {target}", answer=str(kind)),
        )
