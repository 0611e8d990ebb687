"""How families are drawn: our engine beside other tools, on the same families, in one run.

Needs no database. The public pedigrees are read from the folder named by GOLDENTHREAD_PEDIGREES or
--pedigrees; without one only generated families are measured. See
docs/explanation/genogram-benchmark.md.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

from bench import families, genogram_command, genogram_movement
from bench.genogram_tables import Row, print_families, print_table, print_totals, write_rows
from bench.peers import graphviz, javascript, kinship2, ours
from bench.peers.drawing import Tool
from goldenthread.domain.network.graphing import graph_of
from goldenthread.drawing.layout.measures import Yardstick, spots_from_points

TOOLS = (
    ours.TOOL, kinship2.TOOL, graphviz.DOT, graphviz.DOT_LEVEL, javascript.ELK,
    javascript.ELK_ROWS, javascript.DAGRE,
)  # fmt: skip
SIZES = (10, 20, 40, 60, 80)
LARGE = (150, 300, 600, 1_000)
SEEDS = 6


def run(*, folder: str = "", large: bool = False, seconds: float = 60, out: str = "") -> None:
    """Draw every family with every tool that is here, and print what came of it."""
    tools = [tool for tool in TOOLS if not tool.missing()]
    for tool in TOOLS:
        if why := tool.missing():
            print(f"Left out, {tool.name}: {why}")
    rows: list[Row] = []
    where = Path(folder or os.environ.get("GOLDENTHREAD_PEDIGREES", "") or "no-such-folder")
    if where.is_dir():
        public = families.of_folder(where)
        drawn = _drawn(public, tools, seconds)
        print_totals(f"{len(public)} public pedigrees", drawn)
        print_families("Each of them", drawn, ours.TOOL.name)
        _print_earlier(where / "baseline.csv")
        genogram_command.run([one.file for one in public if one.file])
        rows += drawn
    else:
        print("No folder of public pedigrees: set GOLDENTHREAD_PEDIGREES or --pedigrees.")
    made = [
        families.Measured(
            f"generated {size}, seed {seed}",
            families.components(graph_of(families.generated(size, seed)))[0],
        )
        for size in SIZES
        for seed in range(1, SEEDS + 1)
    ]
    drawn = _drawn(made, tools, seconds)
    print_totals(f"{len(made)} generated families of {SIZES[0]} to {SIZES[-1]} people", drawn)
    print_families("Each of them", drawn, ours.TOOL.name)
    rows += drawn
    if large:
        rows += _growth(tools, seconds)
    genogram_movement.run([tool for tool in tools if tool is not ours.TOOL], seconds)
    if out:
        write_rows(Path(out), rows)


def _drawn(
    measured: Sequence[families.Measured], tools: Sequence[Tool], seconds: float
) -> list[Row]:
    rows = []
    for one in measured:
        yardstick = Yardstick(one.graph)
        for tool in tools:
            drawing = tool.draw(one.graph, seconds)
            if drawing.failed:
                rows.append(Row(one.name, one.people, tool.name, failed=drawing.failed))
                continue
            spots = spots_from_points(drawing.points, least_distance=drawing.least_distance)
            rows.append(
                Row(
                    one.name,
                    one.people,
                    tool.name,
                    drawing.seconds,
                    drawing.cpu,
                    yardstick.measure(spots),
                )
            )
    return rows


def _growth(tools: Sequence[Tool], seconds: float) -> list[Row]:
    made = [
        families.Measured(
            f"generated {size}", families.components(graph_of(families.generated(size, 1)))[0]
        )
        for size in LARGE
    ]
    rows = _drawn(made, tools, 2 * seconds)
    table = [
        [row.family, row.tool, row.failed or f"{row.cpu:.2f}",
         *([str(row.measures.crossings), str(row.measures.overlaps),
            str(row.measures.partners_apart)] if row.measures else ["-"] * 3)]
        for row in rows
    ]  # fmt: skip
    print_table(
        "Growth to 1,000 people", ["family", "tool", "cpu s", "crossings", "overlap", "apart"],
        table,
    )  # fmt: skip
    return rows


def _print_earlier(path: Path) -> None:
    """What the tools that cannot be run here did with the same files, in an earlier run."""
    if not path.is_file():
        return
    names = ("missing", "duplicates", "overlaps", "crossings", "partners_apart",
             "birth_order_errors", "birth_order_pairs")  # fmt: skip
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "ok"]
    table = []
    for tool in dict.fromkeys(row["tool"] for row in rows):
        own = [row for row in rows if row["tool"] == tool]
        sums = [str(sum(int(row[name] or 0) for row in own)) for name in names]
        table.append([tool, str(len(own)), *sums])
    print_table(
        "For comparison, an earlier run of more tools on these files (without unknown parents)",
        ["tool", "drawn", *names], table,
    )  # fmt: skip
