"""How far people move when the date changes: our command with --at, other tools afresh."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import mean

from bench import families
from bench.genogram_command import COMMAND
from bench.genogram_tables import print_table
from bench.peers.drawing import Tool
from goldenthread.domain.network.graphing import graph_of
from goldenthread.drawing.layout.measures import (
    Movement,
    Spot,
    movement,
    spots_from_points,
)
from goldenthread.interop.genealogy.relations_writing import relations_csv

SIZES = (20, 30, 40, 60)
DATES = 8


def run(tools: Sequence[Tool], seconds: float) -> None:
    """Move every family through its dates and print how far people moved at each step."""
    moved: dict[str, list[Movement]] = {"goldenthread genogram --at": []}
    moved |= {f"{tool.name}, each date afresh": [] for tool in tools}
    for size in SIZES:
        network = families.generated(size, 7)
        born = sorted(one.born.from_min for one in network.people if one.born)
        days = [born[-1 - n * (len(born) - 3) // DATES] for n in range(DATES)][::-1]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "family.csv"
            path.write_bytes(relations_csv(network))
            frames = [_frame(path, day) for day in days]
        moved["goldenthread genogram --at"] += [movement(a, b) for a, b in pairwise(frames)]
        graph = families.components(graph_of(network))[0]
        for tool in tools:
            fresh = [_afresh(tool, graph, frame, seconds) for frame in frames]
            moved[f"{tool.name}, each date afresh"] += [
                movement(a, b) for a, b in pairwise(fresh) if a and b
            ]
    table = [
        [tool, str(len(steps)), f"{mean(s.mean for s in steps):.2f}",
         f"{max(s.largest for s in steps):.1f}",
         f"{100 * mean(s.share_over_half for s in steps):.0f} %",
         f"{100 * mean(s.pairs_flipped for s in steps):.1f} %"]
        for tool, steps in moved.items() if steps
    ]  # fmt: skip
    print_table(
        f"Movement between dates, {len(SIZES)} families × {DATES} dates",
        ["tool", "steps", "mean", "largest", "moved > 0.5", "pairs flipped"], table,
    )  # fmt: skip


def _frame(path: Path, day: date) -> dict[str, Spot]:
    """Where our command draws those who are present on the day."""
    done = subprocess.run(
        [*COMMAND, str(path), "--at", day.isoformat()], capture_output=True, check=True
    )
    drawn = json.loads(done.stdout)
    return {
        one["id"]: ((one["x"] + one["w"] / 2) / drawn["pitch"], one["generation"])
        for one in drawn["people"] if one["present"]
    }  # fmt: skip


def _afresh(
    tool: Tool, graph: object, frame: Mapping[str, Spot], seconds: float
) -> dict[str, Spot]:
    """Where another tool puts the same people, asked about this date alone."""
    part = families.part_of(graph, set(frame))
    if len(part.people) < 2:
        return {}
    drawing = tool.draw(part, seconds)
    spots = spots_from_points(drawing.points, least_distance=drawing.least_distance)
    return {one: places[0] for one, places in spots.items()}
