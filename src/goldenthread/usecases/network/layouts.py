"""The layout of a family's network: worked out once for each scope of readers, and kept.

A small family is laid out while the reader waits; a large one in the background, from the graph of
that scope alone. A changed family starts from where its people stood before, in the same scope.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.domain.network.graphing import graph_of
from goldenthread.drawing.laid_out import LaidOut
from goldenthread.drawing.layout.engine import VERSION, lay_out
from goldenthread.records.network import layouts as kept_layouts
from goldenthread.records.network.layouts import LayoutKey
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.queue import queue
from goldenthread.usecases.network.codec import (
    digest_of,
    graph_as_json,
    graph_from_json,
    layout_as_json,
    layout_from_json,
)

DRAW = "network.draw"
# Up to this many people a reader waits for the layout, a second at most; above, a job makes it.
DRAWN_AT_ONCE = 60
# The scope of every drawing for others. Whom they are for differs each time, so that none starts
# from where another left its people: a place would tell of somebody whom it leaves out.
FOR_OTHERS = "for others"


def layout_for(permission: Permission, network: Network, *, now: datetime) -> LaidOut | None:
    """The layout of what one permitted reader may see; None while it is drawn in the background.

    `network` is one a drawing can hold (`checking.sound`).
    """
    graph = graph_of(network)
    key = LayoutKey(permission.family.id, _scope(permission), digest_of(graph), VERSION)
    there, drawn = kept_layouts.kept(key)
    if there:
        return None if drawn is None else layout_from_json(drawn)
    if len(graph.people) > DRAWN_AT_ONCE:
        if kept_layouts.keep(key, drawn=None, graph=graph_as_json(graph), now=now):
            queue(DRAW, lock=f"network {key.id}", layout=str(key.id))
        return None
    drawn = layout_as_json(_laid_out(graph, key))
    kept_layouts.keep(key, drawn=drawn, graph=None, now=now)
    return layout_from_json(drawn)


def draw_waiting(layout: UUID) -> bool:
    """Draw a layout that somebody waits for; False where it is drawn already or no longer asked.

    It is drawn outside any transaction, and from the graph kept for it and nothing else.
    """
    with transaction.atomic():
        wall.open_beyond_one_family()
        waited_for = kept_layouts.waiting(layout)
    if waited_for is None:
        return False
    key, graph = waited_for
    drawn = layout_as_json(_laid_out(graph_from_json(graph), key))
    with transaction.atomic(durable=True):
        wall.open_for_the_record(key.case)
        kept_layouts.fill(layout, drawn)
    return True


def _scope(permission: Permission) -> str:
    if permission.given.is_for_others:
        return FOR_OTHERS
    if permission.ties.reads_all:
        return "everything"
    return str(permission.actor.agency)


def _laid_out(graph: FamilyGraph, key: LayoutKey) -> LaidOut:
    earlier = None
    if key.scope != FOR_OTHERS:
        earlier = kept_layouts.latest_drawn(key.case, key.scope, key.version)
    anchors = {one.id: one.x for one in layout_from_json(earlier).people} if earlier else None
    return lay_out(graph, anchors=anchors)
