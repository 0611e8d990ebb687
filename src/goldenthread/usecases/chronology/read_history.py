"""Read a family's history as one reader may see it, from a viewpoint; every reading is audited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.history import carer_bands
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import reading, store
from goldenthread.records.chronology.reading import LoadedHistory, Sought
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.kept_addresses import protection_of
from goldenthread.usecases._steps.lived import load_lived
from goldenthread.usecases._steps.permission import Permission, permitted
from goldenthread.usecases.chronology.family_around import family_of
from goldenthread.usecases.chronology.showing import show, surroundings
from goldenthread.usecases.chronology.shown import History, MaskedEntry
from goldenthread.usecases.chronology.withholding import without_words

__all__ = ["Sought", "read_history"]


def read_history(
    actor: Actor,
    case_id: UUID,
    viewpoint: Viewpoint,
    *,
    now: datetime,
    sought: Sought | None = None,
    lived: bool = False,
    action: Action = Action.VIEW_FAMILY,
) -> History:
    """Read the entries known from `viewpoint` that this reader may see, oldest first.

    Entries the reader may not see are masked, and only when everything is asked for. `lived` asks
    for the homes and the care too. `action` is EXPORT_CHRONOLOGY when it leaves the screen. Raises
    NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        history = history_for(permission, viewpoint, now=now, sought=sought)
        if lived:
            homes = load_lived(permission, history.family, viewpoint, history.agencies, now=now)
            history = replace(history, lived=homes)
        audit.append(permission.event(**looked_at(history)))
    return history


def history_for(
    permission: Permission,
    viewpoint: Viewpoint,
    *,
    now: datetime,
    sought: Sought | None = None,
) -> History:
    """The history a permitted reader is shown; that they look is noted, and not yet audited."""
    actor, case = permission.actor, permission.family.id
    loaded = reading.load_history(case, actor, permission.ties, viewpoint, now=now, sought=sought)
    looked_before = store.looked(actor.account, case, now=now)
    shown = shown_history(loaded, permission, viewpoint, looked_before=looked_before, now=now)
    return without_words(
        shown, protection_of(actor, case, now=now), sought=sought.words if sought else ""
    )


def looked_at(history: History) -> dict[str, Any]:
    """What the audit trail keeps of one look at a history: from where, until when, how much."""
    return {
        "viewpoint": str(history.viewpoint.agency or "pooled"),
        "as_of": history.viewpoint.as_of.isoformat(),
        "entries": len(history.entries),
        "masked": len(history.masked),
    }


def shown_history(
    loaded: LoadedHistory,
    permission: Permission,
    viewpoint: Viewpoint,
    *,
    looked_before: datetime | None,
    now: datetime,
) -> History:
    """What was loaded, with names, ages, knowers and standing, as this reader is shown it."""
    family = family_of(permission, now)
    known_agencies = agencies()
    around = surroundings(
        loaded, family, viewpoint, known_agencies, looked_before=looked_before, now=now
    )
    return History(
        family=family,
        viewpoint=viewpoint,
        entries=tuple(
            show(entry, permission.actor, permission.ties, around) for entry in loaded.entries
        ),
        masked=tuple(
            MaskedEntry(m.id, parse_edtf(m.happened), m.is_restricted) for m in loaded.masked
        ),
        agencies=known_agencies,
        bands=carer_bands(
            (e.statement for e in loaded.entries), [child.person for child in family.children]
        ),
        not_yet_known=loaded.not_yet_known,
        looked_before=looked_before,
        made_at=now,
        names=around.names,
    )
