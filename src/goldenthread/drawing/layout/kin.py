"""The family made ready for laying out: people as numbers, everything in a stable order.

Whatever order people, unions and children come in, the same family gives the same numbers: ids are
sorted, children stand in the order of their births. People who stand aside are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.network.graph import FamilyGraph, GraphPerson
from goldenthread.domain.shared.refusal import Refusal


class OwnAncestor(Refusal):
    """Somebody would be their own ancestor; `people` is the circle, each a parent of the next."""

    def __init__(self, people: tuple[str, ...]) -> None:
        self.people = people
        names = " → ".join((*people, people[0]))
        super().__init__(
            f"These people cannot be drawn: each is recorded as a parent of the next, in a circle: "
            f"{names}. Correct one of these links."
        )


@dataclass(frozen=True, slots=True)
class Family:
    """A union by numbers: partners (none, one or two), children by birth, and when it began.

    Where a child has no other link to parents, an extra link stands here as if it were a union.
    """

    id: str
    partners: tuple[int, ...]
    children: tuple[int, ...]
    began: float | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """An extra link by numbers: it is routed, and shapes nothing."""

    id: str
    parents: tuple[int, ...]
    child: int


@dataclass(frozen=True, slots=True)
class Kin:
    """Everybody who stands in the generations, with the unions between them."""

    people: tuple[GraphPerson, ...]
    families: tuple[Family, ...]
    ties: tuple[Tie, ...]

    def families_of(self) -> list[list[int]]:
        """For each person, the families they are a partner in, in the order of time."""
        found: list[list[int]] = [[] for _ in self.people]
        for number, family in enumerate(self.families):
            for partner in family.partners:
                found[partner].append(number)
        for numbers in found:
            numbers.sort(key=lambda n: (self.first_sign_of(n), n))
        return found

    def birth_family_of(self) -> list[int | None]:
        """For each person, the family whose child they are, or None."""
        found: list[int | None] = [None] * len(self.people)
        for number, family in enumerate(self.families):
            for child in family.children:
                found[child] = number
        return found

    def first_sign_of(self, number: int) -> float:
        """When a union is first known of: it began, or its first child was born; else endless."""
        family = self.families[number]
        births = [b for c in family.children if (b := self.people[c].born) is not None]
        signs = births if family.began is None else [family.began, *births]
        return min(signs, default=float("inf"))

    def components(self) -> list[list[int]]:
        """People joined by unions, the largest group first."""
        above = list(range(len(self.people)))

        def head(person: int) -> int:
            while above[person] != person:
                above[person] = above[above[person]]
                person = above[person]
            return person

        for family in self.families:
            members = (*family.partners, *family.children)
            for other in members[1:]:
                above[head(other)] = head(members[0])
        groups: dict[int, list[int]] = defaultdict(list)
        for person in range(len(self.people)):
            groups[head(person)].append(person)
        return sorted(groups.values(), key=lambda group: (-len(group), group))


def kin_of(graph: FamilyGraph) -> Kin:
    """The family by numbers. Raises OwnAncestor where descent goes in a circle.

    A child listed under two unions hangs from the first, by id; the second is a tie.
    """
    by_id = {p.id: p for p in sorted(graph.people, key=repr) if not p.aside}
    people = tuple(by_id[key] for key in sorted(by_id))
    number = {person.id: n for n, person in enumerate(people)}
    families: list[Family] = []
    ties: list[Tie] = []
    placed: set[int] = set()
    for union in sorted(graph.unions, key=lambda union: union.id):
        partners = tuple(sorted({number[p] for p in union.partners if p in number})[:2])
        listed = {number[d.child] for d in union.children if d.child in number}
        children = tuple(sorted(listed - placed, key=lambda n: _by_birth(people[n])))
        ties += [Tie(union.id, partners, c) for c in sorted(listed & placed) if partners]
        placed |= listed
        if len(partners) + len(children) > 1:
            families.append(Family(union.id, partners, children, union.began))
    circle = _circle(len(people), families)
    if circle:
        raise OwnAncestor(tuple(people[n].id for n in circle))
    for link in sorted(graph.extra, key=lambda link: link.id):
        parents = tuple(sorted({number[p] for p in link.parents if p in number}))
        if link.child in number and parents:
            _add_extra(
                Tie(link.id, parents, number[link.child]), len(people), families, ties, placed
            )
    return Kin(people, tuple(families), tuple(ties))


def _add_extra(
    tie: Tie, count: int, families: list[Family], ties: list[Tie], placed: set[int]
) -> None:
    """An extra link is a tie, unless the child has no other link: then it stands for a union."""
    stand_in = Family(tie.id, tie.parents[:2], (tie.child,))
    if tie.child in placed or _circle(count, [*families, stand_in]):
        ties.append(tie)
    else:
        placed.add(tie.child)
        families.append(stand_in)


def _by_birth(person: GraphPerson) -> tuple[bool, float, str]:
    return person.born is None, person.born or 0.0, person.id


def _circle(count: int, families: Iterable[Family]) -> list[int]:
    """People in a circle of descent, each a parent of the next; empty where there is none."""
    parents: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    children: list[list[int]] = [[] for _ in range(count)]
    for family in families:
        for child in family.children:
            for partner in family.partners:
                parents[child].append(partner)
                children[partner].append(child)
                waiting[child] += 1
    ready = [n for n in range(count) if not waiting[n]]
    for person in ready:
        for child in children[person]:
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    person = next((n for n in range(count) if waiting[n]), None)
    if person is None:
        return []
    walked: list[int] = []
    while person not in walked:
        walked.append(person)
        person = min(p for p in parents[person] if waiting[p])
    circle = walked[walked.index(person) :][::-1]
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]
