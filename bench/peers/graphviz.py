"""Graphviz dot with a small node for every union, as family programs use it."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from bench.peers.drawing import Drawing, Tool, timed
from goldenthread.domain.network.graph import FamilyGraph

WIDE, APART = 0.6, 0.4  # inches: a person's box, and the gap between two


def _dot(graph: FamilyGraph, *, level: bool) -> tuple[str, dict[str, str]]:
    names = {one.id: f"p{number}" for number, one in enumerate(graph.people)}
    lines = [
        f"digraph {{ nodesep={APART}; ranksep=0.3;",
        f'node [shape=box fixedsize=true width={WIDE} height=0.4 label=""];',
        *(f"{name};" for name in names.values()),
    ]
    for number, union in enumerate(graph.unions):
        lines.append(f"u{number} [shape=point width=0.05 height=0.05];")
        lines += [f"{names[one]} -> u{number};" for one in union.partners]
        lines += [f"u{number} -> {names[d.child]};" for d in union.children]
        if level and len(union.partners) > 1:
            lines.append(f"{{rank=same; {' '.join(names[one] + ';' for one in union.partners)}}}")
    return "\n".join([*lines, "}"]), {name: one for one, name in names.items()}


def _draw(graph: FamilyGraph, seconds: float, *, level: bool) -> Drawing:
    text, person_of = _dot(graph, level=level)
    try:
        with timed() as took:
            done = subprocess.run(
                ["dot", "-Tplain"], input=text, capture_output=True, text=True, timeout=seconds,
                check=True,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Drawing(failed=f"over {seconds:.0f} s")
    except subprocess.CalledProcessError as error:
        return Drawing(failed=error.stderr[-200:])
    points = {}
    for line in done.stdout.splitlines():
        kind, *rest = shlex.split(line)
        if kind == "node" and rest[0] in person_of:
            points[person_of[rest[0]]] = [(float(rest[1]), -float(rest[2]))]
    return Drawing(points, WIDE + APART, took.seconds, took.cpu)


def _missing() -> str:
    return "" if shutil.which("dot") else "Graphviz is not installed (Debian: graphviz)."


DOT = Tool("graphviz dot", lambda g, s: _draw(g, s, level=False), _missing)
DOT_LEVEL = Tool("graphviz dot, partners same rank", lambda g, s: _draw(g, s, level=True), _missing)
