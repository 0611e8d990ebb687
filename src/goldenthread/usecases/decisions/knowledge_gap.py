"""The knowledge gap: of a decision that was taken, and before one that is to be.

Afterwards: what was known where by then and had not reached those who decided, worked out from
the entries this reader may read and from nothing else. Before: the same as of now for whoever will
decide, and which agencies hold something that this reader has not been told, so that they can ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.decisions.gap import Fact, Reach, Sight, gap_of, reach_of, sight_of
from goldenthread.domain.decisions.vocabulary import IN_THE_ROOM, Part
from goldenthread.domain.provenance.statement import Statement
from goldenthread.records.access.reading import sources_hidden_from, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.reading import said_by
from goldenthread.records.decisions import reading as records
from goldenthread.records.decisions.knowledge import (
    Told,
    awareness_of,
    but_for_decisions,
    groups_of,
    told_by,
)
from goldenthread.records.provenance.receipts import known_by_person
from goldenthread.records.shared.reading import AgencyRow, agencies, practitioners_by_id
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.decisions.reading import NO_SUCH_DECISION, chain_of, refused, seen_of
from goldenthread.usecases.decisions.seen import DecisionSeen

__all__ = ["GapSeen", "NotFoundHere", "Present", "read_gap"]

# Facts whose entries are read and shown at once; the others are counted and on further pages.
SHOWN_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who decided or was there, and for whom they spoke."""

    practitioner: UUID | None
    name: str
    agency: UUID | None
    decided: bool


@dataclass(frozen=True)
class GapSeen:
    """A knowledge gap as one reader may see it.

    `at` is the instant, `deciding` the agencies that decided. `facts` are those of one `reach` on
    the page asked for, of `found` in all, the latest known first; `counts` says how many there are
    of each reach. `statements` holds what their entries say. `sights` says of (fact, practitioner)
    how somebody in the room stood to it, by the fact's first entry. `sees_everything` is whether no
    entry is masked for this reader.
    """

    family: Family
    at: datetime
    deciding: frozenset[UUID]
    reach: Reach
    facts: tuple[Fact, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[Reach, int]
    statements: Mapping[UUID, Statement]
    agencies: Mapping[UUID, AgencyRow]
    present: tuple[Present, ...]
    sights: Mapping[tuple[UUID, UUID], Sight]
    only_bearing: bool
    made_at: datetime
    decision: DecisionSeen | None = None
    names: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def sees_everything(self) -> bool:
        """Whether no entry is masked for this reader."""
        return self.family.sees_everything


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a gap is asked for: facts come so far, all or those that bear on safety, a page."""

    reach: Reach = Reach.NOBODY_DECIDING
    only_bearing: bool = True
    page: int = 1


def read_gap(
    actor: Actor, case_id: UUID, decision: UUID, wanted: Wanted, *, now: datetime
) -> GapSeen:
    """The gap of a signed decision that the reader may read; audited. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        chain = chain_of(permission, decision, now)
        if chain:
            seen = next(one for one in seen_of(chain) if one.id == decision)
            found = gap_at(
                permission, wanted, at=seen.decided_at, deciding=_deciding(seen),
                present=_present(decision), now=now, decision=seen,
            )  # fmt: skip
            event = permission.event(resource=str(decision), gap=str(wanted.reach))
            audit.append(event)
            return found
        audit.append(refused(permission, decision))
    raise NotFoundHere(NO_SUCH_DECISION, is_kept=True)


def gap_at(
    permission: Permission,
    wanted: Wanted,
    *,
    at: datetime,
    deciding: Collection[UUID],
    present: tuple[Present, ...],
    now: datetime,
    decision: DecisionSeen | None = None,
) -> GapSeen:
    """A gap at an instant, in the caller's transaction; queries do not grow with the history."""
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    travelled = but_for_decisions(visible)
    groups = groups_of(travelled)
    considered = _considered(told_by(travelled, groups, deciding, at), wanted, len(deciding))
    of_reach = considered[wanted.reach][::-1]
    pages = max(1, -(-len(of_reach) // SHOWN_AT_ONCE))
    page = min(max(1, wanted.page), pages)
    shown = of_reach[(page - 1) * SHOWN_AT_ONCE : page * SHOWN_AT_ONCE]
    entries = _entries(shown, groups)
    facts = gap_of(awareness_of(entries), groups, deciding, at, entries).facts[::-1]
    family = family_of(permission, now)
    kept = sources_hidden_from(permission.actor, permission.ties.restrictions)
    said = said_by(visible, [one for fact in facts for one in fact.statements], kept)
    return GapSeen(
        family=family,
        at=at,
        deciding=frozenset(deciding),
        reach=wanted.reach,
        facts=facts,
        found=len(of_reach),
        page=page,
        pages=pages,
        counts={reach: len(some) for reach, some in considered.items()},
        statements={one.id: one for one in said},
        agencies=agencies(),
        present=present,
        sights=_sights(facts, present, at),
        only_bearing=wanted.only_bearing,
        made_at=now,
        decision=decision,
        names={member.person: member.name for member in family.members},
    )


def _considered(told: Iterable[Told], wanted: Wanted, deciding: int) -> dict[Reach, list[UUID]]:
    """The facts that come into question, by how far each had come, first known first.

    What nobody knew then is a gap only where it had happened by then.
    """
    found: dict[Reach, list[UUID]] = {reach: [] for reach in Reach}
    for one in told:
        if (one.known or one.begun) and (one.bears or not wanted.only_bearing):
            reach = reach_of(known=one.known, among=one.deciding, deciding=deciding)
            found[reach].append(one.fact)
    return found


def _entries(facts: Collection[UUID], groups: Mapping[UUID, UUID]) -> list[UUID]:
    """The entries of these facts: those of its group, or the one it stands for."""
    wanted = set(facts)
    joined = [one for one, group in groups.items() if group in wanted]
    return [*joined, *(fact for fact in facts if fact not in groups)]


def _deciding(seen: DecisionSeen) -> frozenset[UUID]:
    """The agencies of those who decided; where nobody is named so, of everybody who was there."""
    return seen.deciding_agencies or seen.agencies_in_the_room


def _present(decision: UUID) -> tuple[Present, ...]:
    parties = [one for one in records.parties_of([decision])[decision] if one.part in IN_THE_ROOM]
    people = practitioners_by_id({one.practitioner for one in parties if one.practitioner})
    return tuple(
        Present(
            one.practitioner,
            people[one.practitioner].name if one.practitioner else one.name,
            one.agency,
            one.part == Part.DECIDED,
        )
        for one in parties
    )


def _sights(
    facts: Iterable[Fact], present: Iterable[Present], at: datetime
) -> dict[tuple[UUID, UUID], Sight]:
    people = [(one.practitioner, one.agency) for one in present if one.practitioner and one.agency]
    facts = tuple(facts)
    entries = [one for fact in facts for one in fact.statements]
    if not people or not entries:
        return {}
    seen = known_by_person(entries, [who for who, _ in people], by=at)
    ways = {key: how for key, (how, _) in seen.items()}
    return {
        (fact.statements[0], who): sight_of(fact, who, agency, ways, at)
        for fact in facts
        for who, agency in people
    }
