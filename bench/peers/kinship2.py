"""kinship2, on which most pedigree tools are built: an R package of its own, run where it is there.

It knows parents of two sexes only, and a couple without children by a relation of its own.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

from bench.peers.drawing import Drawing, Tool
from goldenthread.domain.network.graph import FamilyGraph

SCRIPT = Path(__file__).with_name("kinship2.R")


def _request(graph: FamilyGraph) -> str:
    """Everybody with father and mother; whoever is missing of the two is made up, and not drawn."""
    gender = {one.id: one.gender for one in graph.people}
    number = {one.id: str(n) for n, one in enumerate(graph.people)}
    parents: dict[str, tuple[str, str]] = {}
    sex = {key: {"man": "1", "woman": "2"}.get(gender[one], "3") for one, key in number.items()}
    lines = []
    for n, union in enumerate(graph.unions):
        ordered = sorted(union.partners, key=lambda one: gender[one] == "woman")
        keys = [number[one] for one in ordered]
        if union.children:
            keys += [f"x{n}-{m}" for m in range(2 - len(keys))]
            sex.update({keys[0]: "1", keys[1]: "2"})
            parents.update({number[d.child]: (keys[0], keys[1]) for d in union.children})
        elif len(keys) == 2:
            lines.append(f"S\t{keys[0]}\t{keys[1]}")
    people = [
        "\t".join(["P", key, *parents.get(key, ("", "")), of_sex]) for key, of_sex in sex.items()
    ]
    return "\n".join([*people, *lines]) + "\n"


def _draw(graph: FamilyGraph, seconds: float) -> Drawing:
    try:
        done = subprocess.run(
            ["Rscript", "--vanilla", str(SCRIPT)], input=_request(graph), capture_output=True,
            text=True, timeout=seconds, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Drawing(failed=f"over {seconds:.0f} s")
    except subprocess.CalledProcessError as error:
        return Drawing(failed=error.stderr.strip()[-200:])
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    took = cpu = 0.0
    for line in done.stdout.splitlines():
        key, *rest = line.split("\t")
        if key == "T":
            took, cpu = map(float, rest)
        elif key.isdigit():
            points[graph.people[int(key)].id].append((float(rest[0]), float(rest[1])))
    return Drawing(points, 1.0, took, cpu)


@functools.cache
def _missing() -> str:
    asked = ["Rscript", "-e", "quit(status = !requireNamespace('kinship2', quietly = TRUE))"]
    if shutil.which("Rscript") and subprocess.run(asked, capture_output=True).returncode == 0:
        return ""
    return "kinship2 is not installed: neither Debian nor npm has it (in R, from CRAN)."


TOOL = Tool("kinship2", _draw, _missing)
