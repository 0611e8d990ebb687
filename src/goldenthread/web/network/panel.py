"""One person's panel: what is known with its sources, agencies, needs, questions, other families.

A person nobody has identified has a panel like everybody else's: what nobody knows, whose question
it is, and what is done next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from goldenthread.domain.network.curiosity import GapKind
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.drawing.laid_out import LineKind
from goldenthread.usecases.network.shown import Elsewhere, ShownNetwork
from goldenthread.web.kit.words import date_in_words, listed
from goldenthread.web.network.questions import Asked, asked_about
from goldenthread.web.network.scene import Scene
from goldenthread.web.network.table import Row, rows_of

# The parts of a panel, and the kinds of claim in each.
PARTS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "Family",
        frozenset(
            {
                ClaimKind.PARENT, ClaimKind.SIBLING, ClaimKind.COUPLE, ClaimKind.NETWORK,
                ClaimKind.RESPONSIBILITY,
            }
        ),
    ),
    (
        "Where they live, and who looks after whom",
        frozenset({ClaimKind.LIVES_AT, ClaimKind.CARES_FOR}),
    ),
    ("History, needs and strengths", frozenset({ClaimKind.NEED})),
    ("How people get on", frozenset({ClaimKind.QUALITY})),
    ("Harm, as it is said and how firmly", frozenset({ClaimKind.HARM})),
    ("Agencies", frozenset({ClaimKind.INVOLVEMENT})),
)  # fmt: skip
SAME = {
    "same": "Is also in another family’s record.",
    "unsure": "May also be in another family’s record. Nobody has settled it.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is known, rows that are over after those of the day."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OtherFamily:
    """That another family's record holds this person, and whom to ring; never what it says."""

    words: str
    ring: str
    phone: str
    case: str
    reference: str


@dataclass(frozen=True, slots=True)
class KnownElsewhere:
    """Somebody of this network who is, or may be, in another family's record."""

    name: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the page shows of one person."""

    id: str
    name: str
    about: str
    unknown: str
    parts: tuple[Part, ...]
    contacts: tuple[str, ...]
    questions: tuple[Asked, ...]
    elsewhere: tuple[OtherFamily, ...]
    is_placeholder: bool


def panel_of(
    scene: Scene, shown: ShownNetwork, person: str, *, question_at: Callable[[str], str]
) -> Panel | None:
    """The panel of one person; None for somebody not known from the viewpoint."""
    if person not in scene.people:
        return _unrecorded(scene, shown, person, question_at)
    one = scene.people[person]
    claims = scene.about(person)
    parts = (Part(title, _in_order(rows_of(scene, _of(claims, kinds)))) for title, kinds in PARTS)
    about = [
        scene.age(person),
        "" if one.role.casefold() in scene.name(person).casefold() else one.role,
    ]
    return Panel(
        id=person,
        name=scene.name(person),
        about=", ".join(word for word in about if word),
        unknown=one.description if not one.is_identified else "",
        parts=tuple(part for part in parts if part.rows),
        contacts=_contacts(scene, shown, person),
        questions=_questions(scene, shown, person, question_at),
        elsewhere=tuple(other_family(one) for one in shown.elsewhere if one.person == person),
        is_placeholder=person not in {str(m.person) for m in shown.family.members},
    )


def known_elsewhere(scene: Scene, shown: ShownNetwork) -> tuple[KnownElsewhere, ...]:
    """Everybody shown who leads to another family, once each; their panel says whom to ring."""
    words: dict[str, str] = {}
    for one in shown.elsewhere:
        if one.person in scene.people and words.get(one.person) != SAME["same"]:
            words[one.person] = SAME.get(one.verdict, SAME["unsure"])
    return tuple(
        KnownElsewhere(scene.name(person), scene.person_at(person), said)
        for person, said in words.items()
    )


def _unrecorded(
    scene: Scene, shown: ShownNetwork, person: str, question_at: Callable[[str], str]
) -> Panel | None:
    """The panel of a parent nobody has recorded, for whom the drawing keeps a place."""
    placed = {one.id: one for one in shown.laid_out.people} if shown.laid_out else {}
    union = placed[person].placeholder_for if person in placed else ""
    if shown.laid_out is None or not union:
        return None
    lines = [line for line in shown.laid_out.lines if line.union == union]
    children = {
        line.people[-1]: scene.name(line.people[-1])
        for line in lines
        if line.kind != LineKind.UNION and line.people[-1] in scene.people
    }
    if not children:
        return None
    return Panel(
        id=person,
        name=f"A parent of {listed(children.values())}",
        about="not recorded",
        unknown="",
        parts=(),
        contacts=(),
        questions=_who_is_it(scene, shown, children, question_at),
        elsewhere=(),
        is_placeholder=True,
    )


def _questions(
    scene: Scene, shown: ShownNetwork, person: str, question_at: Callable[[str], str]
) -> tuple[Asked, ...]:
    """The open questions about somebody; of an unknown parent also the question who it is."""
    about = asked_about(shown, scene, person, question_at=question_at)
    if scene.people[person].is_identified:
        return about
    children = [
        claim.other
        for claim in scene.about(person)
        if claim.kind == ClaimKind.PARENT and claim.person == person
    ]
    return tuple(dict.fromkeys((*_who_is_it(scene, shown, children, question_at), *about)))


def _who_is_it(
    scene: Scene, shown: ShownNetwork, children: Iterable[str], question_at: Callable[[str], str]
) -> tuple[Asked, ...]:
    """The questions who the other parent of these children is, each once."""
    found = (
        asked
        for child in children
        for asked in asked_about(shown, scene, child, question_at=question_at)
        if asked.kind == GapKind.UNKNOWN_PARENT
    )
    return tuple(dict.fromkeys(found))


def _of(claims: Iterable, kinds: frozenset[str]):
    return [claim for claim in claims if claim.kind in kinds]


def _in_order(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: bool(row.time)))


def _contacts(scene: Scene, shown: ShownNetwork, person: str) -> tuple[str, ...]:
    """When each agency last saw or spoke with them by the day, as far as the reader may know."""
    found = []
    for agency, row in shown.agencies.items():
        last = shown.last_contact(agency, on=scene.day, person=person)
        if last is not None:
            found.append((last.happened.sort_day, row.name, date_in_words(last.happened)))
    return tuple(f"{name}: {when}" for _, name, when in sorted(found, reverse=True))


def other_family(one: Elsewhere) -> OtherFamily:
    """That a record exists, in words, and whom to ring."""
    words = SAME.get(one.verdict, SAME["unsure"])
    ring = ", ".join(part for part in (one.ring_name, one.ring_agency) if part)
    return OtherFamily(
        words=words,
        ring=ring,
        phone=one.ring_phone,
        case=str(one.case) if one.case else "",
        reference=one.reference,
    )
