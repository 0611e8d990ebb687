"""When an entry becomes part of a family's history, as one viewpoint knows it.

Two rules. An entry is known to an agency from the day it knew or was told. And an entry about an
adult alone, in a file that is kept under the adult's own name, becomes part of the history only on
the day on which somebody has recorded that adult together with the family: until then nobody could
have known that it belonged there. A strength joins nobody: it can never bring a worry with it. No
rule looks past the day it answers for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.fact import Fact, class_of
from goldenthread.domain.risk.vocabulary import PersonClass

# The family itself: they need nobody to join them to it.
FAMILY = frozenset({PersonClass.CHILD, PersonClass.SIBLING, PersonClass.MOTHER, PersonClass.FATHER})
# These keep their files under the child's name: whoever is in one is around the child.
CHILDS_FILE = frozenset(
    {
        AgencyKind.CHILDREN_SOCIAL_CARE, AgencyKind.MULTI_AGENCY, AgencyKind.HEALTH_VISITING,
        AgencyKind.MIDWIFERY, AgencyKind.SCHOOL, AgencyKind.NURSERY, AgencyKind.SCHOOL_NURSING,
        AgencyKind.EARLY_HELP, AgencyKind.CAMHS, AgencyKind.COMMUNITY_PAEDIATRICS,
        AgencyKind.CAFCASS, AgencyKind.FAMILY_COURT, AgencyKind.FOSTER_CARE, AgencyKind.FAMILY,
        AgencyKind.NEIGHBOUR_PUBLIC,
    }
)  # fmt: skip


def arrival(fact: Fact, viewpoint: str | None) -> date | None:
    """The day an entry became known to a viewpoint, or None where it never did."""
    if viewpoint is None or viewpoint == fact.agency:
        return fact.known_from
    days = [day for agency, day in fact.told if agency == viewpoint]
    return max(min(days), fact.known_from) if days else None


def arrivals(facts: Iterable[Fact], viewpoint: str | None) -> dict[str, date]:
    """By id, the day each entry becomes part of the history; without those that never do."""
    known: list[tuple[Fact, date]] = []
    joined: dict[str, date] = {}
    for fact in facts:
        day = arrival(fact, viewpoint)
        if day is None:
            continue
        known.append((fact, day))
        if is_of_the_family(fact) and not fact.is_strength:
            for person in fact.people:
                joined[person] = min(day, joined.get(person, day))
    found: dict[str, date] = {}
    for fact, day in known:
        if is_of_the_family(fact):
            found[fact.id] = day
            continue
        days = [joined[person] for person in fact.people if person in joined]
        if days:
            found[fact.id] = max(day, min(days))
    return found


def is_of_the_family(fact: Fact) -> bool:
    """Whether an entry belongs to the family by itself: by who is in it, or by whose file it is."""
    if not fact.people or fact.agency_kind in CHILDS_FILE:
        return True
    return any(class_of(person) in FAMILY for person in fact.people)
