"""Publish a curated chronology for a meeting: chosen entries, fixed, each pinned by its digest.

The automatic log and a curated chronology are different things: the log holds everything, a
practitioner chooses what a meeting needs to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import digest_of
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.reading import hidden_from
from goldenthread.records.chronology import publications, store
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History

PublicationRow = publications.PublicationRow


class NothingToPublish(Refusal):
    """A chronology needs a title and at least one entry that its maker may read."""


class NotTheirsToPublish(NothingToPublish, NotTheirs):
    """Something was chosen that its maker may not read, or that was not known at that moment."""

    rule = NOT_IN_WHAT_THEY_READ


@dataclass(frozen=True, slots=True)
class Published:
    """A published chronology as this reader may see it; `left_out` counts what they may not."""

    publication: publications.PublicationRow
    history: History
    left_out: int
    changed: tuple[UUID, ...]


def publish_chronology(
    actor: Actor, case_id: UUID, *, id: UUID, title: str, purpose: str, viewpoint: Viewpoint,
    entries: Sequence[UUID], now: datetime,
) -> None:  # fmt: skip
    """Fix the chosen entries, in time order, under a title. Asking twice publishes once.

    Raises NotFoundHere and NothingToPublish.
    """
    if not title.strip():
        raise NothingToPublish("Give the chronology a title, such as the meeting it is for.")
    with permitted(actor, case_id, Action.PUBLISH_CHRONOLOGY, now=now) as permission:
        if publications.publication(case_id, id):
            return
        loaded = load_history(
            case_id, actor, permission.ties, viewpoint, now=now,
            sought=Sought(only=frozenset(entries)),
        )  # fmt: skip
        if set(entries) - {one.statement.id for one in loaded.entries}:
            raise NotTheirsToPublish(
                "One of the entries you chose is not in what you can read any more. It is not in "
                "the list below: look at the others, and publish again."
            )
        if not loaded.entries:
            raise NothingToPublish("Choose at least one entry to publish.")
        store.publish(
            id, case=case_id, title=title.strip()[:200], purpose=purpose.strip(),
            as_of=viewpoint.as_of, viewpoint_agency=viewpoint.agency,
            entries=[(e.statement.id, digest_of(e.statement)) for e in loaded.entries],
            published_by=actor.account,
            event=permission.event(resource=str(id), entries=len(loaded.entries)),
        )  # fmt: skip


def publications_of(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[PublicationRow, ...]:
    """The chronologies published for a family, newest first. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        hidden = hidden_from(actor, permission.ties.restrictions)
        rows = publications.publications_of(case_id)
        return tuple(_without(row, hidden) for row in rows)


def read_publication(
    actor: Actor, case_id: UUID, publication: UUID, *, now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> Published | None:  # fmt: skip
    """One published chronology, as far as this reader may see its entries today.

    `action` is EXPORT_CHRONOLOGY when it leaves the screen. `changed` names entries whose digest is
    no longer the one that was published: it must be empty, since nothing in the record changes.
    Raises NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        row = publications.publication(case_id, publication)
        pinned = publications.pinned(publication) if row else {}
        permission.given.whole(pinned)
        hidden = hidden_from(actor, permission.ties.restrictions)
    if row is None:
        return None
    row = _without(row, hidden)
    pinned = {id: digest for id, digest in pinned.items() if id not in hidden}
    history = read_history(
        actor, case_id, Viewpoint(now), now=now, sought=Sought(only=frozenset(pinned))
    )
    whole = (e for e in history.entries if e.id not in history.words_withheld)
    changed = tuple(e.id for e in whole if digest_of(e.statement) != pinned[e.id])
    return Published(row, history, len(pinned) - len(history.entries), changed)


def _without(row: PublicationRow, hidden: frozenset[UUID]) -> PublicationRow:
    """The row as it counts for whom some of its entries do not exist."""
    if not hidden:
        return row
    return replace(row, entries=row.entries - len(hidden & set(publications.pinned(row.id))))
