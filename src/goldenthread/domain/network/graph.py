"""The graph a genogram is laid out from: people, unions and descents, without any position.

Everything ever claimed goes in, whatever its date (one layout for all time); what was corrected or
withdrawn as a line that shapes nothing else. A parent nobody has recorded becomes a person before
the layout, so that no union has one parent by accident.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.network.vocabulary import Gender, ParentNature


@dataclass(frozen=True, slots=True)
class GraphPerson:
    """One glyph. `born` is a year with a fraction; `placeholder_for` names the union that needs it.

    `aside` people are not family (friend, lodger): they stand in a column at the side.
    """

    id: str
    born: float | None = None
    gender: str = Gender.NOT_KNOWN
    placeholder_for: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Descent:
    """One child of a union, and how."""

    child: str
    nature: str = ParentNature.BIRTH


@dataclass(frozen=True, slots=True)
class Union:
    """One or two partners and their children, eldest first where births are known.

    `began` is a year with a fraction, to place a person's partners in the order of time.
    """

    id: str
    partners: tuple[str, ...]
    children: tuple[Descent, ...] = ()
    began: float | None = None


@dataclass(frozen=True, slots=True)
class ExtraLink:
    """A second tie to parents (adoptive, foster, kinship, claimed): drawn; it shapes no rows."""

    id: str
    parents: tuple[str, ...]
    child: str
    nature: str


@dataclass(frozen=True, slots=True)
class FamilyGraph:
    """What is laid out. Every person once; every child hangs from one union at most."""

    people: tuple[GraphPerson, ...]
    unions: tuple[Union, ...] = ()
    extra: tuple[ExtraLink, ...] = ()
