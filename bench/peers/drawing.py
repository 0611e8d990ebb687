"""What every tool is asked for and gives back."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from goldenthread.domain.network.graph import FamilyGraph

Points = Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class Drawing:
    """Where a tool put people, in its own units, and how long it took; or why there is none.

    `seconds` is time on the wall, `cpu` the processor's, which a busy machine does not stretch.
    """

    points: Points = field(default_factory=dict)
    least_distance: float = 1.0
    seconds: float = 0.0
    cpu: float = 0.0
    failed: str = ""


@dataclass(frozen=True)
class Tool:
    """One tool: `missing` says in a sentence why it cannot be run here, "" where it can."""

    name: str
    draw: Callable[[FamilyGraph, float], Drawing]
    missing: Callable[[], str]


class Timed:
    """The time a program took on the wall and on the processor."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0


@contextmanager
def timed() -> Iterator[Timed]:
    """Time the programs run within."""
    took = Timed()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    yield took
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took.seconds = time.perf_counter() - started
    took.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def generations(graph: FamilyGraph) -> dict[str, int]:
    """A generation for everybody, for tools that are told: below all parents, partners level."""
    level = {one.id: 0 for one in graph.people}
    for _ in range(2 * len(level)):
        changed = False
        for union in graph.unions:
            top = max((level[one] for one in union.partners), default=-1)
            for one in union.partners:
                changed |= level[one] != top
                level[one] = top
            for descent in union.children:
                if level[descent.child] <= top:
                    level[descent.child], changed = top + 1, True
        if not changed:
            break
    return level
