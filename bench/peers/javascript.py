"""ELK and dagre, general layered layouts of JavaScript, with a small node for every union."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from bench.peers.drawing import Drawing, Tool, generations
from goldenthread.domain.network.graph import FamilyGraph

SCRIPT = Path(__file__).with_name("layered.cjs")
MODULES = Path(__file__).parents[2] / ".tools" / "peers" / "node_modules"


def _draw(graph: FamilyGraph, seconds: float, *, tool: str) -> Drawing:
    rows = generations(graph)
    request = {
        "tool": tool,
        "people": [[one.id, rows[one.id]] for one in graph.people],
        "unions": [
            [list(union.partners), [d.child for d in union.children],
             max((rows[one] for one in union.partners), default=0)]
            for union in graph.unions
        ],
    }  # fmt: skip
    try:
        done = subprocess.run(
            ["node", str(SCRIPT), str(MODULES)],
            input=json.dumps(request), capture_output=True, text=True, timeout=seconds, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Drawing(failed=f"over {seconds:.0f} s")
    except subprocess.CalledProcessError as error:
        return Drawing(failed=error.stderr[-200:])
    told = json.loads(done.stdout)
    points = {one: [tuple(point)] for one, point in told["points"].items()}
    return Drawing(points, told["least_distance"], told["seconds"], told["cpu"])


def _missing(module: str) -> str:
    if shutil.which("node") and (MODULES / module).is_dir():
        return ""
    return f"{module} is not installed (install/bench-peers.sh brings it from npm)."


def _tool(name: str, tool: str, module: str) -> Tool:
    return Tool(name, lambda g, s: _draw(g, s, tool=tool), lambda: _missing(module))


ELK = _tool("ELK layered", "elk", "elkjs")
ELK_ROWS = _tool("ELK layered, generation partition", "elk-rows", "elkjs")
DAGRE = _tool("dagre", "dagre", "@dagrejs/dagre")
