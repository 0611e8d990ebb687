"""Families in two lines of text, for the tests of the layout; invented people only."""

from __future__ import annotations

from random import Random

from goldenthread.domain.network.graph import (
    Descent,
    ExtraLink,
    FamilyGraph,
    GraphPerson,
    Union,
)
from goldenthread.drawing.laid_out import LaidOut, Placed

GENDERS = {"m": "man", "w": "woman"}


def family(people: str, *unions: str, extra: tuple[ExtraLink, ...] = ()) -> FamilyGraph:
    """People as "mum:w:1985 dad:m kit", unions as "dad+mum@2004 > ann ben" (ids u1, u2, …).

    A person marked with * stands aside; one marked with ? takes the place of an unknown parent.
    """
    found = []
    for text in people.split():
        name, *more = text.split(":")
        key = name.strip("*?")
        found.append(
            GraphPerson(
                key,
                born=next((float(m) for m in more if m[0].isdigit()), None),
                gender=next((GENDERS[m] for m in more if m in GENDERS), ""),
                placeholder_for="u1" if "?" in name else "",
                aside="*" in name,
            )
        )
    ties = []
    for number, text in enumerate(unions, 1):
        couple, _, children = text.partition(">")
        partners, _, began = couple.strip().partition("@")
        descents = tuple(Descent(*child.split("/")) for child in children.split())
        ties.append(
            Union(
                f"u{number}", tuple(partners.split("+")), descents, float(began) if began else None
            )
        )
    return FamilyGraph(tuple(found), tuple(ties), extra)


def shuffled(graph: FamilyGraph, seed: int) -> FamilyGraph:
    """The same family with everything in another order."""
    random = Random(seed)

    def mixed(things: tuple) -> tuple:
        return tuple(random.sample(things, len(things)))

    return FamilyGraph(
        mixed(graph.people),
        mixed(
            tuple(Union(u.id, mixed(u.partners), mixed(u.children), u.began) for u in graph.unions)
        ),
        mixed(graph.extra),
    )


def standing(laid_out: LaidOut) -> dict[str, Placed]:
    """Everybody by id."""
    return {person.id: person for person in laid_out.people}


def row(laid_out: LaidOut, number: int) -> list[str]:
    """The people of a generation from the left."""
    level = [p for p in laid_out.people if p.generation == number and not p.aside]
    return [p.id for p in sorted(level, key=lambda p: p.x)]
