"""Whom and what of a family a reader may know of: its people, its children, its households.

A list of a family's people is as much a disclosure as an entry. Somebody brought into the record by
one agency, or a home it named, is known to another once it may read something that names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.people.names import fold
from goldenthread.records.access.reading import unreadable_by, visible_to
from goldenthread.records.network.models import Claim
from goldenthread.records.network.reading import HouseholdRow, households_of
from goldenthread.records.people.models import CaseMember, StatementSubject
from goldenthread.records.people.reading import MemberRow, children, members
from goldenthread.records.shared.conditions import is_one_of


def members_seen(
    case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime
) -> tuple[MemberRow, ...]:
    """The people of a family whom the reader may know of, in the family's order.

    Those the record was opened with, those the reader's own agency brought, and those named by an
    entry or a claim that the reader may read; a chair sees everybody.
    """
    seen = set(_seen(case, actor, ties, now=now).values_list("person_id", flat=True))
    return tuple(member for member in members(case)[case] if member.person in seen)


def children_seen(
    actor: Actor, ties: Mapping[UUID, FamilyTies], *, now: datetime
) -> dict[UUID, list[MemberRow]]:
    """The children of these families whom the reader may know of, by family.

    `ties` are the reader's to each family. Only families into which another agency brought a child
    are looked into.
    """
    young = children(*ties)
    for case, listed in young.items():
        restricted = bool(unreadable_by(actor, ties[case].restrictions))
        if restricted or any(c.brought_by not in (None, actor.agency) for c in listed):
            seen = {member.person for member in members_seen(case, actor, ties[case], now=now)}
            young[case] = [child for child in listed if child.person in seen]
    return young


def unseen_among(
    pairs: Iterable[tuple[UUID, UUID]],
    actor: Actor,
    ties: Mapping[UUID, FamilyTies],
    *,
    now: datetime,
) -> frozenset[tuple[UUID, UUID]]:
    """Of these pairs of family and person, those of whom the reader may not know.

    `ties` are the reader's to each family. Only people whom another agency brought are looked for.
    """
    wanted = set(pairs)
    own = Q(brought_by=actor.agency)
    if any(unreadable_by(actor, tie.restrictions) for tie in ties.values()):
        own = Q(pk__in=[])
    brought = (
        CaseMember.objects.filter(
            case__in={case for case, _ in wanted}, person__in={person for _, person in wanted}
        )
        .exclude(Q(brought_by__isnull=True) | own)
        .values_list("case_id", "person_id")
    )
    return frozenset(
        (case, person)
        for case, person in brought
        if (case, person) in wanted
        and not _seen(case, actor, ties[case], now=now).filter(person=person).exists()
    )


def households_seen(
    case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime
) -> list[HouseholdRow]:
    """The households of a family that the reader may know of, in order of name.

    Those a claim the reader may read names, and those the reader's own agency added; a chair sees
    every one.
    """
    not_given = ties.restrictions.narrowed.homes
    everywhere = [
        home
        for home in _homes_not_hidden(households_of(case), actor, ties)
        if home.id not in not_given
    ]
    if ties.reads_all:
        return everywhere
    readable = visible_to(case, actor, ties, now=now).values("id")
    named = Claim.objects.filter(household__isnull=False, statement__in=readable)
    seen = set(named.values_list("household_id", flat=True))
    return [home for home in everywhere if home.agency == actor.agency or home.id in seen]


def families_naming(
    word: str, actor: Actor, ties: Mapping[UUID, FamilyTies], *, now: datetime
) -> frozenset[UUID]:
    """In which of these families somebody whom the reader may know of has `word` in their name.

    `ties` are the reader's to each family. Only families into which an agency brought somebody of
    such a name are looked into: whoever the record was opened with, every reader knows of.
    """
    named = CaseMember.objects.filter(
        is_one_of("case", ties), person__folded__contains=fold(word)
    ).values_list("case_id", "brought_by")
    found = defaultdict(set)
    for case, brought_by in named:
        found[case].add(brought_by)
    return frozenset(
        case
        for case, brought_by in found.items()
        if None in brought_by
        or _seen(case, actor, ties[case], now=now)
        .filter(person__folded__contains=fold(word))
        .exists()
    )


def _not_hidden(
    members: QuerySet[CaseMember], actor: Actor, ties: FamilyTies
) -> QuerySet[CaseMember]:
    """Without those whom an agency brought and only entries name that do not exist for the reader.

    Whoever the record was opened with stays: nobody learns of them from an entry.
    """
    hidden = unreadable_by(actor, ties.restrictions)
    if not hidden:
        return members
    here = OuterRef("person")
    named = StatementSubject.objects.filter(person=here)
    claimed = Claim.objects.filter(Q(person=here) | Q(other=here))
    in_hidden = Exists(named.filter(statement__in=hidden)) | Exists(
        claimed.filter(statement__in=hidden)
    )
    elsewhere = Exists(named.exclude(statement__in=hidden)) | Exists(
        claimed.exclude(statement__in=hidden)
    )
    return members.filter(Q(brought_by__isnull=True) | ~Q(in_hidden) | Q(elsewhere))


def _homes_not_hidden(
    homes: list[HouseholdRow], actor: Actor, ties: FamilyTies
) -> list[HouseholdRow]:
    """Without the homes that only claims name which do not exist for the reader."""
    hidden = unreadable_by(actor, ties.restrictions)
    if not hidden:
        return homes
    rows = Claim.objects.filter(household__in=[home.id for home in homes])
    named = set(rows.filter(statement__in=hidden).values_list("household_id", flat=True))
    open_too = set(rows.exclude(statement__in=hidden).values_list("household_id", flat=True))
    return [home for home in homes if home.id not in named - open_too]


def _seen(case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime) -> QuerySet[CaseMember]:
    here = _not_hidden(CaseMember.objects.filter(case=case), actor, ties)
    if ties.restrictions.narrowed.people:
        here = here.exclude(person__in=ties.restrictions.narrowed.people)
    if ties.reads_all:
        return here
    readable = visible_to(case, actor, ties, now=now).values("id")
    named = StatementSubject.objects.filter(person=OuterRef("person"), statement__in=readable)
    claimed = Claim.objects.filter(
        Q(person=OuterRef("person")) | Q(other=OuterRef("person")), statement__in=readable
    )
    return here.filter(
        Q(brought_by__isnull=True) | Q(brought_by=actor.agency) | Exists(named) | Exists(claimed)
    )
