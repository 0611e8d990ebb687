"""Read a family's network as one reader may see it, and from a viewpoint; every reading is audited.

Two questions are never mixed: what the reader may see shapes the layout, once and for all dates;
the viewpoint and the date only hide.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.network.checking import sound
from goldenthread.domain.network.claim import Network
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.news import new_to
from goldenthread.records.chronology.store import looked_before
from goldenthread.usecases._steps.family import family_of
from goldenthread.usecases._steps.gap_facts import curiosity_rules
from goldenthread.usecases._steps.network_seen import load_network
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.questions import gaps_and_questions
from goldenthread.usecases.network.contacts import contacts_of
from goldenthread.usecases.network.elsewhere import elsewhere_of
from goldenthread.usecases.network.layouts import layout_for
from goldenthread.usecases.network.shown import ShownNetwork

__all__ = ["NotFoundHere", "ShownNetwork", "read_network"]


def read_network(
    actor: Actor,
    case_id: UUID,
    viewpoint: Viewpoint,
    *,
    now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> ShownNetwork:
    """Read the network of a family and what of it was known from `viewpoint`.

    Claims the reader may not read are absent, and so is anybody known only from them. `action` is
    EXPORT_CHRONOLOGY when it leaves the screen. Raises NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        loaded = load_network(permission, viewpoint, now=now)
        drawable, warnings = sound(loaded.network)
        gaps, questions = gaps_and_questions(permission, loaded, viewpoint)
        since = looked_before(actor.account, case_id, now=now)
        shown = ShownNetwork(
            family=family_of(permission, now),
            viewpoint=viewpoint,
            network=loaded.network,
            drawable=drawable,
            seen=loaded.seen,
            known_claims=loaded.known_claims,
            known_people=loaded.known_people,
            laid_out=layout_for(permission, drawable, now=now),
            warnings=warnings,
            gaps=gaps,
            questions=questions,
            elsewhere=elsewhere_of(permission, loaded, now=now),
            agencies=loaded.agencies,
            contacts=contacts_of(loaded, curiosity_rules()),
            made_at=now,
            since=since,
            new_claims=_new_claims(permission, loaded.network, since, now=now),
        )
        audit.append(
            permission.event(
                resource="network",
                viewpoint=str(viewpoint.agency or "pooled"),
                as_of=viewpoint.as_of.isoformat(),
                claims=len(shown.seen.claims),
            )
        )
    return shown


def _new_claims(
    permission: Permission, network: Network, since: datetime | None, *, now: datetime
) -> frozenset[str]:
    """The claims recorded, or told to the reader's agency, since they looked; never their own."""
    if since is None:
        return frozenset()
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    new = {str(made) for made in new_to(visible, permission.actor, since=since)}
    return frozenset(c.id for c in network.claims if c.source and c.source.statement in new)
