"""Who is drawn, and where: the layout with room for the longest words of all time.

Made from the layout, the network and the look, never from a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.parentage import can_both_be_parents, couples_of
from goldenthread.domain.network.vocabulary import ClaimKind, Gender, ParentNature
from goldenthread.drawing.believed import is_believed
from goldenthread.drawing.genogram import unions
from goldenthread.drawing.genogram.couples import claims_of_couple, may_draw, words_of_dates
from goldenthread.drawing.genogram.figures import is_left_out
from goldenthread.drawing.genogram.labels import most_room
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.room import roomy
from goldenthread.drawing.laid_out import PITCH, LaidOut, Line, LineKind, Placed

Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The layout with room made, who everybody is, and who is drawn at all."""

    laid_out: LaidOut
    people: Mapping[str, Relative]
    placed: Mapping[str, Placed]
    questions: Mapping[str, Relative]

    def is_drawn(self, line: Line) -> bool:
        """Whether everybody a line is about is drawn."""
        return all(person in self.placed for person in line.people)

    def one(self, person: str) -> Relative:
        """A person of the network, or the unknown parent the layout needed."""
        return self.people[person] if person in self.people else self.questions[person]

    def half_way(self, person: str) -> float:
        """Half the distance to the nearest neighbour in the row; a pitch where there is none."""
        here = self.placed[person]
        gaps = (abs(one.x - here.x) for one in self.placed.values() if one.y == here.y)
        return min((gap / 2 for gap in gaps if gap > 0), default=PITCH)

    def beside(self, question: str) -> tuple[str, ...]:
        """The partner and children an unknown parent was made for, as far as they are drawn."""
        union = self.placed[question].placeholder_for
        found = {
            person
            for line in self.laid_out.lines
            if line.union == union
            for person in line.people
            if person in self.people and person in self.placed
        }
        children = {
            line.people[-1]
            for line in self.laid_out.lines
            if line.union == union and line.kind != LineKind.UNION
        }
        return tuple(sorted(found & children or found))

    @property
    def in_order(self) -> tuple[Placed, ...]:
        """Everybody drawn, generation by generation from the top, from the left; the aside last."""
        return tuple(sorted(self.placed.values(), key=lambda p: (p.aside, p.generation, p.x, p.id)))


def plan_of(laid_out: LaidOut, network: Network, look: Look) -> Plan:
    """The plan of a family for one reader.

    Room is made for everything the reader may see, known from the viewpoint or not: so no viewpoint
    moves anybody.
    """
    people = {one.id: one for one in network.people}
    questions = _questions(laid_out, network, people)

    def seen(by: Look) -> tuple[Placed, ...]:
        return tuple(
            one
            for one in laid_out.people
            if not is_left_out(people.get(one.id) or questions.get(one.id) or _nobody(one.id), by)
        )

    drawn, whole = seen(look), replace(look, hidden=frozenset(), known_claims=None)
    below, above = _longest_words(seen(whole), network, people, questions, whole)
    stretched = roomy(laid_out, below, above, _words_on_brackets(laid_out, network, whole))
    answered = {one for one in questions if _was_answered(one, laid_out, network, look)}
    asked = {one: question for one, question in questions.items() if one not in answered}
    kept = _kept(laid_out, {one.id for one in drawn} - answered, asked)
    placed = {one.id: one for one in stretched.people if one.id in kept}
    return Plan(stretched, people, placed, questions)


def _kept(laid_out: LaidOut, drawn: set[str], questions: Mapping[str, Relative]) -> frozenset[str]:
    """Whoever is drawn; a question only where somebody it is about is drawn too."""
    beside: dict[str, set[str]] = {}
    for line in laid_out.lines:
        beside.setdefault(line.union, set()).update(line.people)
    return frozenset(
        one.id
        for one in laid_out.people
        if one.id in drawn
        and (
            one.id not in questions
            or (beside.get(one.placeholder_for, set()) - questions.keys()) & drawn
        )
    )


def _was_answered(question: str, laid_out: LaidOut, network: Network, look: Look) -> bool:
    """Whether the viewpoint took somebody, since put right, for the parent who is asked about.

    Then it had no question, though today there is one again.
    """
    if look.known_claims is None:
        return False
    union = next(one.placeholder_for for one in laid_out.people if one.id == question)
    lines = [line for line in laid_out.lines if line.union == union]
    children = {line.people[-1] for line in lines if line.kind != LineKind.UNION}
    people = {one.id: one for one in network.people}
    known = {one for line in lines for one in line.people if one in people} - children
    couples = couples_of(network)
    taken = {
        claim.other
        for claim in network.of(ClaimKind.PARENT)
        if claim.other in children
        and claim.person in people
        and claim.nature in (ParentNature.BIRTH, ParentNature.NOT_KNOWN)
        and may_draw(claim, look)
        and all(can_both_be_parents(claim.person, one, people, couples) for one in known)
    }
    return bool(known and children) and taken == children


def _nobody(person: str) -> Relative:
    return Relative(person, "", is_identified=False)


def _questions(
    laid_out: LaidOut, network: Network, people: Mapping[str, Relative]
) -> dict[str, Relative]:
    """The unknown parents the layout added, each with its question in words."""
    children: dict[str, list[str]] = {}
    others: dict[str, set[str]] = {}
    for line in laid_out.lines:
        if line.kind == LineKind.UNION:
            others.setdefault(line.union, set()).update(line.people)
        else:
            children.setdefault(line.union, []).append(line.people[-1])
    questions = {}
    for one in laid_out.people:
        if one.id in people:
            continue
        names = [
            people[child].name.split()[0] if people[child].name else "the child"
            for child in dict.fromkeys(children.get(one.placeholder_for, ()))
            if child in people
        ]
        partner = [people[p] for p in others.get(one.placeholder_for, ()) if p in people]
        questions[one.id] = _question(one.id, names, partner)
    return questions


def _question(person: str, children: list[str], partner: list[Relative]) -> Relative:
    known = partner[0].gender if partner else Gender.NOT_KNOWN
    gender, word = {
        Gender.WOMAN: (Gender.MAN, "Father"),
        Gender.MAN: (Gender.WOMAN, "Mother"),
    }.get(Gender(known), (Gender.NOT_KNOWN, "Parent"))
    whose = f" of {listed(children)}" if children else ""
    return Relative(person, f"{word}{whose}: not known", gender=gender, is_identified=False)


def listed(names: list[str]) -> str:
    """Names as they are read out; empty where there are none."""
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _longest_words(
    drawn: tuple[Placed, ...],
    network: Network,
    people: Mapping[str, Relative],
    questions: Mapping[str, Relative],
    look: Look,
) -> tuple[dict[str, float], dict[str, float]]:
    """How high the words of each person can ever be, below and above their glyph."""
    below, above = {}, {}
    for one in drawn:
        who = people.get(one.id) or questions[one.id]
        below[one.id], above[one.id] = most_room(who, network, look)
    return below, above


def _words_on_brackets(laid_out: LaidOut, network: Network, look: Look) -> dict[str, float]:
    room: dict[str, float] = {}
    if not look.couples:
        return room
    for line in laid_out.lines:
        if line.kind != LineKind.UNION:
            continue
        claims = claims_of_couple(network, line.people, look, of_all=True)
        words = words_of_dates(claims, date.max, None) if claims else "?"
        left, right, _ = unions.level_of(line.points)
        room[line.union] = unions.room_for(words, right - left)
    return room


def parent_claims(network: Network, line: Line, known: frozenset[str] | None) -> tuple[Claim, ...]:
    """What makes a line to a child be drawn: the claims of its people as parent and child."""
    people = set(line.people)
    return tuple(
        claim
        for claim in network.of(ClaimKind.PARENT)
        if claim.person in people and claim.other in people and is_believed(claim, known)
    )
