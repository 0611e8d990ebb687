"""Circles of descent: which claims of parents would make somebody their own ancestor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Edge = tuple[str, str]  # parent, child


@dataclass(frozen=True, slots=True)
class Circle:
    """A descent that closes a circle, and everybody on it, each the parent of the next."""

    closing: Edge
    people: tuple[str, ...]


def circles_of(edges: Iterable[Edge]) -> tuple[Circle, ...]:
    """The descents that close a circle when they are taken in the order given.

    Those before them stand: without the ones named there is no circle left. Each descent is looked
    at from both ends at once, so that the shorter side decides how long it takes.
    """
    below: dict[str, list[str]] = defaultdict(list)
    above: dict[str, list[str]] = defaultdict(list)
    found = []
    for parent, child in dict.fromkeys(edges):
        if parent == child:
            found.append(Circle((parent, child), (parent,)))
        elif _leads(child, parent, below, above):
            found.append(Circle((parent, child), _path(child, parent, below)))
        else:
            below[parent].append(child)
            above[child].append(parent)
    return tuple(found)


def _leads(start: str, end: str, below: dict[str, list[str]], above: dict[str, list[str]]) -> bool:
    """Whether `end` descends from `start`; both sides take a step in turn."""
    down = _steps(start, below)
    up = _steps(end, above)
    from_start: set[str] = set()
    from_end: set[str] = set()
    while True:
        for walk, mine, theirs in ((down, from_start, from_end), (up, from_end, from_start)):
            one = next(walk, None)
            if one is None:
                return False
            mine.add(one)
            if one in theirs:
                return True


def _steps(start: str, neighbours: dict[str, list[str]]) -> Iterator[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        one = waiting.pop()
        yield one
        for other in neighbours.get(one, ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)


def _path(start: str, end: str, below: dict[str, list[str]]) -> tuple[str, ...]:
    """The people from `start` down to `end`, by a shortest way."""
    came: dict[str, str] = {start: ""}
    level = [start]
    while end not in came:
        following = []
        for one in level:
            for child in below.get(one, ()):
                if child not in came:
                    came[child] = one
                    following.append(child)
        level = following
    path = [end]
    while path[-1] != start:
        path.append(came[path[-1]])
    return tuple(reversed(path))
