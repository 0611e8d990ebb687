"""Graphs and layouts as JSON and back, exactly: what is kept is what was drawn, to the byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from goldenthread.domain.network.graph import (
    Descent,
    ExtraLink,
    FamilyGraph,
    GraphPerson,
    Union,
)
from goldenthread.drawing.laid_out import LaidOut, Line, LineKind, Placed


def digest_of(graph: FamilyGraph) -> str:
    """The SHA-256 of a graph in hexadecimal: the same graph, the same layout."""
    canonical = json.dumps(asdict(graph), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def graph_as_json(graph: FamilyGraph) -> dict:
    """A graph as plain values."""
    return json.loads(json.dumps(asdict(graph)))


def graph_from_json(kept: dict) -> FamilyGraph:
    """The graph that `graph_as_json` made these values from."""
    return FamilyGraph(
        people=tuple(GraphPerson(**one) for one in kept["people"]),
        unions=tuple(
            Union(
                **{
                    **one,
                    "partners": tuple(one["partners"]),
                    "children": tuple(Descent(**child) for child in one["children"]),
                }
            )
            for one in kept["unions"]
        ),
        extra=tuple(
            ExtraLink(**{**one, "parents": tuple(one["parents"])}) for one in kept["extra"]
        ),
    )


def layout_as_json(laid_out: LaidOut) -> dict:
    """A layout as plain values."""
    return json.loads(json.dumps(asdict(laid_out)))


def layout_from_json(kept: dict) -> LaidOut:
    """The layout that `layout_as_json` made these values from."""
    return LaidOut(
        people=tuple(
            Placed(**{**one, "x": float(one["x"]), "y": float(one["y"])}) for one in kept["people"]
        ),
        lines=tuple(
            Line(
                kind=LineKind(one["kind"]),
                union=one["union"],
                people=tuple(one["people"]),
                points=_points(one["points"]),
            )
            for one in kept["lines"]
        ),
        width=float(kept["width"]),
        height=float(kept["height"]),
        version=kept["version"],
        notes=tuple(kept["notes"]),
        bridges=_points(kept["bridges"]),
    )


def _points(kept: list) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in kept)
