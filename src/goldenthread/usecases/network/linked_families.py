"""Say whether people of two families are one, and walk such links outward, degree by degree.

"This man's previous households": whoever is entitled to know sees that another record exists and
whom to ring. Nothing is merged, and no row of a statement changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor, decide
from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import ties_to
from goldenthread.records.audit import store as audit
from goldenthread.records.network import store as network
from goldenthread.records.network.reading import families_with, latest_link
from goldenthread.records.people.reading import cases_by_id
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import (
    NotFoundHere,
    Permission,
    event_of,
    permitted,
)
from goldenthread.usecases.network.elsewhere import onward, people_shown, steps_from, told
from goldenthread.usecases.network.shown import Elsewhere

__all__ = [
    "CannotLink",
    "Elsewhere",
    "NotFoundHere",
    "has_been_judged",
    "link_people",
    "linked_families",
]

FURTHEST = 3  # degrees; further out a link says nothing about this family
NO_SUCH_PERSON = "There is no such person in what you can read."


class CannotLink(Refusal):
    """This judgement on two people cannot be kept as it stands."""


def linked_families(
    actor: Actor, case_id: UUID, person: UUID, degrees: int = 1, *, now: datetime
) -> tuple[Elsewhere, ...]:
    """The other families one person leads to, nearest first, up to `degrees` steps out.

    A step goes on only from a family whose team the reader is a member of; each family is told
    once. Every step is audited. Raises NotFoundHere, also for a reader who may open this family
    and is not a member of its team.
    """
    with _permitted_beyond(actor, case_id, Action.FOLLOW_LINK, now=now) as permission:
        here = people_shown(permission, now=now)
        if person not in here:
            raise NotFoundHere(NO_SUCH_PERSON, person)
        audit.append(permission.event(resource=str(person), degrees=degrees))
        visited = {case_id}
        frontier = [(permission, {person: here[person]})]
        found = []
        for degree in range(1, min(max(degrees, 1), FURTHEST) + 1):
            steps = [
                (start, step)
                for start, people in frontier
                for step in steps_from(start, people, visited, degree=degree, now=now)
            ]
            found += [step for _, step in steps]
            on = [onward(step, start) for start, step in steps] if degree < degrees else []
            frontier = [(start, people_shown(start, now=now)) for start in on if start]
        known = agencies()
        return tuple(told(step, known) for step in found)


def link_people(
    actor: Actor, case_id: UUID, a: UUID, b: UUID, verdict: SamePerson, reason: str, *,
    now: datetime,
) -> bool:  # fmt: skip
    """Judge whether `a`, of this family, is `b`, of a family the actor is a team member of too.

    A later judgement stands in for an earlier one, which stays. Asking twice keeps one; answers
    with whether it is new. Raises NotFoundHere and CannotLink.
    """
    if verdict not in dict(SamePerson.choices()):
        raise CannotLink("Say whether they are the same person, different people, or unsure.")
    if not reason.strip():
        raise CannotLink("Say what makes you think so, so that the next reader can judge.")
    if a == b:
        raise CannotLink("This is one person of the record already.")
    with _permitted_beyond(actor, case_id, Action.LINK_PEOPLE, now=now) as permission:
        if a not in people_shown(permission, now=now):
            raise NotFoundHere(NO_SUCH_PERSON, a)
        other = _family_of(permission, b, now)
        pair = sorted((a, b))
        provenance.hold(pair[0])
        before = latest_link(*pair)
        said = (str(verdict), reason.strip(), actor.agency)
        if before and (before.verdict, before.reason, before.agency) == said:
            return False
        audit.append(
            event_of(actor, Action.LINK_PEOPLE, other.decision, other.family.id, resource=str(b))
        )
        return network.link_people(
            uuid5(pair[0], f"link:{pair[1]}:{before.number if before else 0}"),
            one=a,
            other=b,
            verdict=str(verdict),
            reason=reason.strip(),
            agency=actor.agency,
            recorded_by=actor.account,
            event=permission.event(resource=str(a), verdict=str(verdict)),
        )


@contextmanager
def _permitted_beyond(
    actor: Actor, case_id: UUID, action: Action, *, now: datetime
) -> Iterator[Permission]:
    """A permitted request on one family that goes on into others. Raises NotFoundHere."""
    with permitted(actor, case_id, action, now=now) as permission, wall.reaching_beyond():
        yield permission


def has_been_judged(actor: Actor, case_id: UUID, a: UUID, b: UUID, *, now: datetime) -> bool:
    """Whether anybody has judged if `a`, of this family, is `b`, of another of the actor's.

    Any verdict counts, "different" too. Raises NotFoundHere.
    """
    with _permitted_beyond(actor, case_id, Action.FOLLOW_LINK, now=now) as permission:
        if a not in people_shown(permission, now=now):
            raise NotFoundHere(NO_SUCH_PERSON, a)
        _family_of(permission, b, now)
        audit.append(permission.event(resource=str(a)))
        return latest_link(*sorted((a, b))) is not None


def _family_of(permission: Permission, person: UUID, now: datetime) -> Permission:
    """Another family in which the actor is shown this person and may link them."""
    actor = permission.actor
    elsewhere = [case for case, _ in families_with([person]) if case != permission.family.id]
    rows = cases_by_id(elsewhere)
    for case_id in elsewhere:
        ties = ties_to(case_id, actor, now=now)
        decision = decide(actor, Action.LINK_PEOPLE, ties)
        if not decision.is_allowed:
            continue
        there = Permission(actor, rows[case_id], ties, decision, Action.LINK_PEOPLE)
        if person in people_shown(there, now=now):
            return there
    raise NotFoundHere(NO_SUCH_PERSON, person)
