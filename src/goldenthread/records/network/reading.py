"""Reads what statements claim of a family's network, answers to gaps, and links between people.

Whoever asks passes the statements in scope as a query: a claim of a statement outside it is never
loaded, nor is anybody known only from one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.network.claim import Claim as Claimed
from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.network.models import Claim, GapAnswer, Household, PersonLink
from goldenthread.records.people.models import CaseMember, StatementSubject
from goldenthread.records.provenance.models import Statement, StatementLink
from goldenthread.records.shared.conditions import is_one_of


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household of a family, and the agency that named it."""

    id: UUID
    name: str
    nature: str
    agency: UUID


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One statement in scope, without its text: who said it, when it was so, how it was known."""

    id: UUID
    agency: UUID
    asserted_by: UUID | None
    asserted_by_words: str
    how_known: str
    informant: str
    kind: str
    polarity: str
    happened: PartialDate
    known_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to a gap; the owner with name, agency and telephone where it has one."""

    id: UUID
    gap: str
    question: str
    about: Sequence[str]
    outcome: str
    words: str
    statement: UUID | None
    owner: UUID | None
    owner_name: str | None
    owner_agency: UUID | None
    due: date | None
    asked_on: date | None
    agency: UUID
    agency_name: str
    answered_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class TakenOnRow:
    """A question somebody took on, as it stands: what became of it last, and by when."""

    case: UUID
    gap: str
    question: str
    outcome: str
    due: date | None


@dataclass(frozen=True, slots=True)
class PersonLinkRow:
    """The latest verdict on whether two people are one; `number` counts the verdicts so far."""

    a: UUID
    b: UUID
    verdict: str
    reason: str
    agency: UUID
    number: int


SAID_FIELDS = (
    "id", "agency_id", "asserted_by_id", "asserted_by_words", "how_known", "informant", "kind",
    "polarity", "happened", "happened_from_min", "happened_from_max", "happened_to_min",
    "happened_to_max", "known_at",
)  # fmt: skip
CLAIM_FIELDS = (
    "statement_id", "id", "kind", "nature", "person_id", "other_id", "household_id", "agency_id",
    "happened", "happened_from_min", "happened_from_max", "happened_to_min", "happened_to_max",
    "polarity", "status", "days", "nights", "words",
)  # fmt: skip


def households_of(case: UUID) -> list[HouseholdRow]:
    """Every household of a family, whoever named it, in order of name."""
    rows = Household.objects.filter(case=case).order_by("name", "id")
    return [HouseholdRow(*row) for row in rows.values_list("id", "name", "nature", "agency_id")]


def statements_in(scope: QuerySet[Statement]) -> list[SaidRow]:
    """The statements in scope in the order they were known, without their text."""
    rows = scope.order_by("known_at", "id").values_list(*SAID_FIELDS)
    said: list[list[Any]] = [[*row[:8], PartialDate(*row[8:13]), row[13]] for row in rows]
    return [SaidRow(*one) for one in said]


def statements_of(ids: Iterable[UUID]) -> list[SaidRow]:
    """These statements, as `statements_in`; whoever asks has found the ids within a scope."""
    return statements_in(Statement.objects.filter(is_one_of("id", ids)))


def claims_in(
    scope: QuerySet[Statement], *, kinds: Sequence[str] = ()
) -> list[tuple[UUID, Claimed]]:
    """What the statements in scope claim, each with its statement, in the order they were known.

    Of these kinds, where some are given. The claims have no source yet.
    """
    rows = Claim.objects.filter(statement__in=scope.values("id"))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    rows = rows.order_by("statement__known_at", "statement_id", "recorded_at", "id")
    return [(row[0], _claimed(*row[1:])) for row in rows.values_list(*CLAIM_FIELDS)]


def _claimed(id, kind, nature, person, other, household, agency, *rest) -> Claimed:
    *when, polarity, status, days, nights, words = rest
    return Claimed(
        id=str(id),
        kind=kind,
        nature=nature,
        person=str(person),
        other=str(other or ""),
        household=str(household or ""),
        agency=str(agency or ""),
        happened=PartialDate(*when),
        polarity=polarity,
        status=status,
        days=tuple(days),
        nights=tuple(nights),
        words=words,
    )


def subjects_in(scope: QuerySet[Statement]) -> list[tuple[UUID, UUID]]:
    """Statement and person, for everybody the statements in scope are about."""
    rows = StatementSubject.objects.filter(statement__in=scope.values("id"))
    return list(rows.order_by("id").values_list("statement_id", "person_id"))


def links_in(scope: QuerySet[Statement]) -> list[Link]:
    """What statements in scope say of each other."""
    ids = scope.values("id")
    rows = StatementLink.objects.filter(source__in=ids, target__in=ids).order_by(
        "recorded_at", "id"
    )
    return [
        Link(*row)
        for row in rows.values_list("source_id", "target_id", "kind", "reason", "recorded_at")
    ]


def links_about(statements: Iterable[UUID], scope: QuerySet[Statement]) -> list[Link]:
    """What statements in scope say of these, and of what says it: enough for how these stand.

    Costs by the statements asked about, not by the scope.
    """
    found: list[Link] = []
    asked = set(statements)
    for _ in range(2):
        if asked:
            rows = StatementLink.objects.filter(
                is_one_of("target_id", asked), source__in=scope.values("id")
            )
            links = rows.order_by("recorded_at", "id").values_list(
                "source_id", "target_id", "kind", "reason", "recorded_at"
            )
            new = [Link(*row) for row in links]
            found += new
            asked = {link.source for link in new}
    return found


def answers_of(case: UUID) -> list[AnswerRow]:
    """Every answer to a gap of this family, oldest first."""
    rows = GapAnswer.objects.filter(case=case).order_by("recorded_at", "id")
    return [
        AnswerRow(*row)
        for row in rows.values_list(
            "id", "gap", "question", "about", "outcome", "words", "statement_id", "owner_id",
            "owner__name", "owner__agency_id", "due", "asked_on", "agency_id", "agency__name",
            "answered_by__practitioner__name", "recorded_at",
        )
    ]  # fmt: skip


def taken_on_by(practitioner: UUID, cases: Iterable[UUID]) -> list[TakenOnRow]:
    """The questions of these families whose latest answer gives them to somebody. One query."""
    theirs = GapAnswer.objects.filter(owner=practitioner, case=OuterRef("case"))
    rows = GapAnswer.objects.filter(
        Exists(theirs.filter(gap=OuterRef("gap"))), case__in=list(cases)
    ).order_by("recorded_at", "id")
    latest: dict[tuple[UUID, str], tuple[UUID | None, TakenOnRow]] = {}
    wanted = "owner_id", "case_id", "gap", "question", "outcome", "due"
    for owner, *row in rows.values_list(*wanted):
        latest[row[0], row[1]] = (owner, TakenOnRow(*row))
    return [row for owner, row in latest.values() if owner == practitioner]


def person_links(people: Iterable[UUID]) -> list[PersonLinkRow]:
    """The latest verdict on each pair that one of these people is part of, whatever it is."""
    wanted = list(people)
    rows = PersonLink.objects.filter(Q(a__in=wanted) | Q(b__in=wanted))
    latest: dict[tuple[UUID, UUID], PersonLinkRow] = {}
    for a, b, verdict, reason, agency in rows.order_by("recorded_at", "id").values_list(
        "a_id", "b_id", "verdict", "reason", "agency_id"
    ):
        number = latest[a, b].number + 1 if (a, b) in latest else 1
        latest[a, b] = PersonLinkRow(a, b, verdict, reason, agency, number)
    return sorted(latest.values(), key=lambda link: (str(link.a), str(link.b)))


def latest_link(a: UUID, b: UUID) -> PersonLinkRow | None:
    """The latest verdict on one pair, the smaller id first; None where nobody has judged."""
    return next((link for link in person_links([a]) if link.b == b), None)


def counterparts(people: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str, UUID | None]]]:
    """For each of these people, who they are or may be elsewhere: person, verdict, agency.

    Somebody listed in several families under one row is their own counterpart there.
    """
    wanted = set(people)
    found: dict[UUID, list[tuple[UUID, str, UUID | None]]] = {
        one: [(one, str(SamePerson.SAME), None)] for one in sorted(wanted, key=str)
    }
    for link in person_links(wanted):
        if link.verdict == SamePerson.DIFFERENT:
            continue
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here in wanted:
                found[here].append((there, link.verdict, link.agency))
    return found


def families_with(people: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Family and person, for every family in which one of these people is listed."""
    rows = CaseMember.objects.filter(person__in=list(people)).order_by("case__reference", "id")
    return list(rows.values_list("case_id", "person_id"))
