"""Our own engine, in a process of its own so that it can be stopped; imports do not count."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time

from bench.peers.drawing import Drawing, Tool
from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.drawing.laid_out import PITCH
from goldenthread.drawing.layout import lay_out


def _draw(graph: FamilyGraph, seconds: float) -> Drawing:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.peers.ours"],
            input=pickle.dumps(graph), capture_output=True, timeout=seconds, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Drawing(failed=f"over {seconds:.0f} s")
    except subprocess.CalledProcessError as error:
        return Drawing(failed=error.stderr.decode()[-200:])
    told = json.loads(done.stdout)
    points = {one: [tuple(point)] for one, point in told["points"].items()}
    return Drawing(points, PITCH, told["seconds"], told["cpu"])


def _main() -> None:
    graph = pickle.load(sys.stdin.buffer)
    started, cpu = time.perf_counter(), time.process_time()
    laid_out = lay_out(graph)
    took, cpu = time.perf_counter() - started, time.process_time() - cpu
    points = {one.id: (one.x, one.y) for one in laid_out.people if not one.aside}
    json.dump({"seconds": took, "cpu": cpu, "points": points}, sys.stdout)


TOOL = Tool("goldenthread", _draw, lambda: "")

if __name__ == "__main__":
    _main()
