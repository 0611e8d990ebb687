"""A genogram of a family file: laid out once for all time, and written as JSON or SVG.

No database and no clock: the same file gives the same bytes, in whatever order its records stand.
The JSON is described in docs/reference/genogram-json.md.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.network.checking import Warning_, sound
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.graph import FamilyGraph, Union
from goldenthread.domain.network.graphing import graph_of
from goldenthread.drawing.laid_out import GLYPH, PITCH, LaidOut, LineKind
from goldenthread.drawing.layout import lay_out
from goldenthread.interop.genealogy.found import FileFamily, FromFile
from goldenthread.interop.genealogy.naming import natural

VERSION = 1


@dataclass(frozen=True, slots=True)
class Genogram:
    """A network and where everybody of it stands; `at` is the day it is shown on, None for all.

    `warnings` are what cannot be right in it; no claim that one of them leaves out is drawn.
    """

    network: Network
    laid_out: LaidOut
    at: date | None = None
    warnings: tuple[Warning_, ...] = ()


def genogram_of(found: FromFile, *, at: date | None = None) -> Genogram:
    """Lay the family of a file out, its unions called as the file calls its families.

    Everybody in the file stands in it; of a circle of descent one claim is left out and said.
    """
    drawable, warnings = sound(found.network)
    graph = as_the_file_calls_them(graph_of(drawable), found.families)
    return Genogram(drawable, lay_out(graph), at, warnings)


def as_the_file_calls_them(graph: FamilyGraph, families: Iterable[FileFamily]) -> FamilyGraph:
    """The graph with the file's own family ids for its unions, unknown parents named by them."""
    made = {one.id for one in graph.people if one.placeholder_for}
    taken = {one.id for one in graph.people} | {union.id for union in graph.unions}
    by_partners: dict[frozenset[str], list[FileFamily]] = defaultdict(list)
    for family in sorted(families, key=lambda family: natural(family.id)):
        by_partners[frozenset(family.partners)].append(family)
    called: dict[str, str] = {}
    for union in graph.unions:
        known = frozenset(union.partners) - made
        children = {descent.child for descent in union.children}
        for family in by_partners.get(known, ()):
            if len(known) == 2 or children & set(family.children):
                called[union.id] = family.id
                break
    people = {
        one: new
        for one, union, new in _unknown_of(graph, called)
        if union in called and new not in taken
    }
    return FamilyGraph(
        tuple(
            replace(
                one, id=people.get(one.id, one.id),
                placeholder_for=called.get(one.placeholder_for, one.placeholder_for),
            )
            for one in graph.people
        ),
        tuple(_renamed(union, called, people) for union in graph.unions),
        graph.extra,
    )  # fmt: skip


def _unknown_of(graph: FamilyGraph, called: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each unknown person, their union, and their id by the file's name for it."""
    found, number = [], defaultdict(int)
    for one in graph.people:
        union = one.placeholder_for
        if union:
            number[union] += 1
            again = f":{number[union]}" if number[union] > 1 else ""
            found.append((one.id, union, f"unknown-of:{called.get(union, union)}{again}"))
    return found


def _renamed(union: Union, called: Mapping[str, str], people: Mapping[str, str]) -> Union:
    return replace(
        union,
        id=called.get(union.id, union.id),
        partners=tuple(people.get(one, one) for one in union.partners),
    )


def as_json(genogram: Genogram) -> str:
    """The genogram for a machine: everybody's box and generation, and every line's points."""
    present = _present(genogram)
    names = {one.id: one.name for one in genogram.network.people}
    asked = _names_of_unknown(genogram.laid_out, names)
    people = []
    for one in sorted(genogram.laid_out.people, key=lambda p: (p.generation, p.x, p.id)):
        person: dict[str, object] = {
            "id": one.id,
            "name": names.get(one.id) or asked.get(one.id, ""),
            "x": _pixels(one.x - GLYPH / 2),
            "y": _pixels(one.y - GLYPH / 2),
            "w": _pixels(GLYPH),
            "h": _pixels(GLYPH),
            "generation": one.generation,
            "present": present.get(one.id, True),
        }
        if one.placeholder_for:
            person["placeholder_for"] = one.placeholder_for
        people.append(person)
    lines = [
        {
            "kind": str(line.kind),
            "union": line.union,
            "people": list(line.people),
            "points": [[_pixels(x), _pixels(y)] for x, y in line.points],
        }
        for line in genogram.laid_out.lines
    ]
    head = {
        "version": VERSION,
        "at": genogram.at.isoformat() if genogram.at else None,
        "origin": "top-left",
        "pitch": _pixels(PITCH),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start},\n "people": {_list(people)},\n "lines": {_list(lines)}}}\n'


def _names_of_unknown(laid_out: LaidOut, names: Mapping[str, str]) -> dict[str, str]:
    """What to call parents nobody recorded: by whose parent they are."""
    children: dict[str, dict[str, None]] = defaultdict(dict)
    for line in laid_out.lines:
        if line.kind is not LineKind.UNION:
            children[line.union][line.people[-1]] = None
    called = {}
    for one in laid_out.people:
        if one.placeholder_for:
            known = sorted(names.get(child) or child for child in children[one.placeholder_for])
            more = [f"{len(known) - 2} more"] if len(known) > 2 else []
            whose = " and ".join([*known[:2], *more])
            called[one.id] = f"A parent of {whose}: not known" if whose else "Not known"
    return called


def _list(items: list[dict[str, object]]) -> str:
    """A list with one item on each line, which a person can read and a machine compare."""
    rows = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"[\n  {rows}\n ]" if items else "[]"


def _pixels(number: float) -> float | int:
    number = round(number, 2)
    return int(number) if number == int(number) else number


def _present(genogram: Genogram) -> dict[str, bool]:
    """Who is there on the day: everybody but the unborn and those not yet in the family.

    The dead stay, with their sign; an unknown parent is there when somebody of the union is.
    """
    if genogram.at is None:
        return {}
    from goldenthread.domain.network.at_date import network_at
    from goldenthread.domain.network.presence import Presence

    away = (Presence.UNBORN, Presence.NOT_YET)
    on = network_at(genogram.network, genogram.at)
    present = {one.id: one.presence not in away for one in on.people}
    beside: dict[str, set[str]] = defaultdict(set)
    for line in genogram.laid_out.lines:
        beside[line.union].update(line.people)
    for one in genogram.laid_out.people:
        if one.placeholder_for:
            others = beside[one.placeholder_for] & present.keys()
            present[one.id] = any(present[other] for other in others)
    return present


def as_svg(genogram: Genogram) -> str:
    """The genogram as a picture, on its day; without one, on the last day the family dates."""
    from goldenthread.domain.network.at_date import network_at
    from goldenthread.drawing.genogram import Look, picture, svg

    on = genogram.at or last_day(genogram.network)
    at = network_at(genogram.network, on)
    return svg(picture(genogram.laid_out, genogram.network, at, Look()))


def last_day(network: Network) -> date:
    """The latest day anything of the network is dated to; the first of 2000 where nothing is.

    A clock would give the same file another picture tomorrow.
    """
    dates = [when for one in network.people for when in (one.born, one.died) if when]
    dates += [claim.happened for claim in network.claims]
    days = [day for when in dates for day in (when.from_min, when.to_max) if day]
    days += [one.expected_on for one in network.people if one.expected_on]
    return max(days, default=date(2000, 1, 1))
