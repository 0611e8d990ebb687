"""Families to measure drawings on: those of a folder of public pedigrees, and generated ones.

The public files are read where they lie and never copied. Generated families are invented by a
seeded generator: several partners, half-brothers, unknown fathers, adoptions, cousins who marry.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from goldenthread.domain.network.checking import sound
from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.interop.genealogy.any_year import parse_any_year
from goldenthread.interop.genealogy.found import FromFile
from goldenthread.interop.genealogy.reading import read_family

KINDS = (".ged", ".ped", ".csv", ".tab", ".data", ".json")
# Where a file holds several families, those after the largest that are measured too.
FURTHER = {"kinship2_sample_ped.tab": 1, "inbreeding.csv": 7}


@dataclass(frozen=True)
class Measured:
    """One family: what it is called, its graph, and the file it came from where there is one."""

    name: str
    graph: FamilyGraph
    file: Path | None = None

    @property
    def people(self) -> int:
        """How many stand in it."""
        return len(self.graph.people)


def of_folder(folder: Path) -> list[Measured]:
    """The largest connected family of every file that holds three people or more."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in KINDS or path.name == "baseline.csv":
            continue
        drawable, _ = sound(_read(path).network)
        parts = components(graph_of(drawable))
        for number, part in enumerate(parts[: 1 + FURTHER.get(path.name, 0)]):
            if len(part.people) > 3:
                name = path.name if number == 0 else f"{path.name} ({number + 1})"
                found.append(Measured(name, part, path if path.suffix != ".json" else None))
    return found


def _read(path: Path) -> FromFile:
    if path.suffix == ".json":
        return FromFile(_relatives_tree(json.loads(path.read_text())))
    return read_family(path.read_bytes(), path.name)


def _relatives_tree(nodes: list[dict]) -> Network:
    """The form of the relatives-tree examples: each person lists parents and spouses."""
    genders = {"male": "man", "female": "woman"}
    people = [Relative(n["id"], n["id"], genders.get(n.get("gender", ""), "")) for n in nodes]
    claims = []
    for n in nodes:
        for parent in n.get("parents", ()):
            nature = "adoptive" if parent.get("type") == "adopted" else "birth"
            key = f"{parent['id']}>{n['id']}"
            claims.append(Claim(key, "parent", nature, parent["id"], n["id"]))
        born_to = [p["id"] for p in n.get("parents", ()) if p.get("type") != "adopted"]
        couples = [(n["id"], other["id"]) for other in n.get("spouses", ())]
        for one, two in map(sorted, [*couples, *([born_to] if len(born_to) == 2 else [])]):
            claims.append(Claim(f"{one}&{two}", "couple", "not_known", one, two))
    return Network(tuple(people), tuple({c.id: c for c in claims}.values()))


def components(graph: FamilyGraph) -> list[FamilyGraph]:
    """The connected parts of a graph, the largest first; people who stand aside are no part."""
    together: dict[str, set[str]] = defaultdict(set)
    for union in graph.unions:
        members = [*union.partners, *(descent.child for descent in union.children)]
        for one in members:
            together[one].update(members)
    seen: set[str] = set()
    parts = []
    for person in graph.people:
        if person.id in seen or person.aside:
            continue
        part, waiting = {person.id}, [person.id]
        while waiting:
            for other in together[waiting.pop()] - part:
                part.add(other)
                waiting.append(other)
        seen |= part
        parts.append(part_of(graph, part))
    return sorted(parts, key=lambda part: (-len(part.people), part.people[0].id))


def part_of(graph: FamilyGraph, people: set[str]) -> FamilyGraph:
    """The graph of some of the people; unions with fewer than two of them are gone."""
    unions = []
    for union in graph.unions:
        partners = tuple(one for one in union.partners if one in people)
        children = tuple(d for d in union.children if d.child in people)
        if len(partners) + len(children) > 1:
            unions.append(type(union)(union.id, partners, children, union.began))
    extra = tuple(link for link in graph.extra if people.issuperset((*link.parents, link.child)))
    return FamilyGraph(tuple(one for one in graph.people if one.id in people), tuple(unions), extra)


def generated(size: int, seed: int) -> Network:
    """An invented family of exactly `size` people, connected; the same for the same seed."""
    return _Growing(size, random.Random(size * 1000 + seed)).network()


class _Growing:
    """A family growing from one couple, downwards and sideways, until it is large enough."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self._size, self._chance = size, chance
        self._people: list[Relative] = []
        self._born: list[date] = []
        self._claims: list[Claim] = []
        self._parents: dict[int, tuple[int, ...]] = {}
        self._single: list[int] = []

    def network(self) -> Network:
        first = self._person(date(1900, 1, 1) + timedelta(days=self._chance.randrange(9000)))
        waiting = [first]
        while len(self._people) < self._size:
            if not waiting:
                waiting.append(self._above(self._chance.randrange(len(self._people))))
            one = waiting.pop(0)
            for number in range(self._chance.choices((0, 1, 2, 3), (2, 12, 4, 1))[0]):
                waiting += self._union(one, number)
        return Network(tuple(self._people), tuple(self._claims))

    def _full(self) -> bool:
        return len(self._people) >= self._size

    def _person(self, born: date, gender: str = "") -> int:
        number = len(self._people)
        gender = gender or self._chance.choice(("woman", "man"))
        died = None
        if self._chance.random() < 0.25 or born.year < 1930:
            died = parse_any_year(str(min(2150, born.year + self._chance.randrange(45, 95))))
        self._people.append(
            Relative(f"P{number + 1}", f"Person {number + 1}", gender, on_day(born), died)
        )
        self._born.append(born)
        return number

    def _union(self, one: int, number: int) -> list[int]:
        """A couple with their children; now and then the other parent is not known."""
        chance = self._chance
        other = None if chance.random() < 0.12 else self._partner(one)
        began = self._born[one] + timedelta(days=365 * (19 + 7 * number) + chance.randrange(1500))
        if other is not None:
            a, b = sorted((one, other))
            nature = chance.choice(("married", "cohabiting", "not_known"))
            ended = began + timedelta(days=chance.randrange(1500, 9000))
            when = f"{began}/{ended if chance.random() < 0.4 else '..'}"
            self._claims.append(
                Claim(f"{a}&{b}:{number}", "couple", nature, f"P{a + 1}", f"P{b + 1}",
                      happened=parse_any_year(when))
            )  # fmt: skip
        children = []
        for n in range(chance.choices((0, 1, 2, 3, 4, 6), (2, 5, 6, 4, 2, 1))[0]):
            if self._full():
                break
            children.append(
                self._child(began + timedelta(days=700 * n + chance.randrange(300)), one, other)
            )
        return children

    def _partner(self, one: int) -> int | None:
        """Somebody new, or now and then a distant cousin of about the same age."""
        if self._chance.random() < 0.04:
            near = [
                n for n in range(len(self._people))
                if abs((self._born[n] - self._born[one]).days) < 3000 and n != one
                and not set(self._parents.get(n, ())) & set(self._parents.get(one, ()))
                and one not in self._parents.get(n, ()) and n not in self._parents.get(one, ())
                and self._people[n].gender != self._people[one].gender
            ]  # fmt: skip
            if near:
                return self._chance.choice(near)
        if self._full():
            return None
        opposite = "man" if self._people[one].gender == "woman" else "woman"
        return self._person(
            self._born[one] + timedelta(days=self._chance.randrange(-2000, 2000)), opposite
        )

    def _child(self, born: date, one: int, other: int | None) -> int:
        child = self._person(born)
        nature = "adoptive" if self._chance.random() < 0.04 else "birth"
        parents = (one,) if other is None else (one, other)
        self._parents[child] = parents
        for parent in parents:
            self._claims.append(
                Claim(f"{parent}>{child}", "parent", nature, f"P{parent + 1}", f"P{child + 1}")
            )
        return child

    def _above(self, one: int) -> int:
        """Parents for somebody who has none yet, so that the family can go on growing."""
        while one in self._parents:
            one = self._parents[one][0]
        born = self._born[one] - timedelta(days=365 * self._chance.randrange(20, 38))
        parent = self._person(max(born, date(1855, 1, 1)))
        self._parents[one] = (parent,)
        self._claims.append(
            Claim(f"{parent}>{one}", "parent", "birth", f"P{parent + 1}", f"P{one + 1}")
        )
        return parent
