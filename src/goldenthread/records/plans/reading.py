"""Reads plans: versions, answers, signatures and copies, and the entries of a scope that are new.

Whoever asks passes the statements in scope as a query: a version or an answer whose entry lies
outside it is never loaded. The number of queries does not grow with the family or its versions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from goldenthread.domain.plans.plan import Who
from goldenthread.domain.plans.reminding import Given
from goldenthread.domain.plans.triggers import KnownEntry
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.network.reading import claims_in
from goldenthread.records.people.models import Filing, StatementSubject
from goldenthread.records.plans.models import (
    Plan,
    PlanAnswer,
    PlanCopy,
    PlanCopyEnd,
    PlanReminder,
    PlanSignature,
    PlanVersion,
)
from goldenthread.records.provenance.models import Awareness, Statement, StatementLink
from goldenthread.records.shared.conditions import is_one_of


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One signed version with the words of the entry that carries it."""

    id: UUID
    plan: UUID
    written_from: UUID | None
    statement: UUID
    decision: UUID | None
    agency: UUID
    agency_name: str
    owner: UUID
    owner_name: str
    owner_phone: str
    owner_agency: UUID
    owner_agency_name: str
    signed_by: UUID
    signed_by_name: str
    signed_at: datetime
    recorded_at: datetime
    document: dict[str, Any]
    considered: frozenset[UUID]
    digest: str
    why: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer about a version, with the words of the entry that carries it."""

    id: UUID
    version: UUID
    outcome: str
    statement: UUID
    review_on: date | None
    considered: frozenset[UUID]
    answered_by_name: str
    agency_name: str
    answered_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """What somebody said of a version; `practitioner` names one, people are named elsewhere."""

    version: UUID
    who: Who
    practitioner_name: str
    agreement: str
    doable: str
    words: str
    given_on: date
    recorded_by_name: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy somebody has or had."""

    id: UUID
    version: UUID
    who: Who
    practitioner_name: str
    form: str
    given_on: date
    given_by_name: str
    outcome: str = ""
    ended_on: date | None = None


NOT_YET = datetime.max.replace(tzinfo=UTC)

VERSION_FIELDS = (
    "id", "plan_id", "written_from_id", "statement_id", "decision_id", "agency_id", "agency__name",
    "owner_id", "owner__name", "owner__phone", "owner__agency_id", "owner__agency__name",
    "signed_by_id", "signed_by__practitioner__name", "signed_at", "recorded_at", "document",
    "considered", "digest", "statement__text",
)  # fmt: skip


def versions_in(case: UUID, scope: QuerySet[Statement], *, by: datetime) -> list[VersionRow]:
    """The versions of a family's plans signed by an instant whose entries are in scope, newest
    first."""
    return versions_across([case], scope, by=by)[case]


def versions_across(
    cases: Iterable[UUID], scope: QuerySet[Statement], *, by: datetime
) -> dict[UUID, list[VersionRow]]:
    """`versions_in` for each of these families, in one query."""
    rows = PlanVersion.objects.filter(
        plan__case__in=list(cases), statement__in=scope.values("id"), signed_at__lte=by
    ).order_by("-signed_at", "-recorded_at", "id")
    found: dict[UUID, list[VersionRow]] = {case: [] for case in cases}
    for case, *row in rows.values_list("plan__case_id", *VERSION_FIELDS):
        row[17] = frozenset(row[17])
        found[case].append(VersionRow(*row))
    return found


def owners_in(cases: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """By family that has a plan: whoever looks after one of its versions, or did.

    It only narrows down where to look: who may read a version is not asked.
    """
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = PlanVersion.objects.filter(plan__case__in=list(cases))
    for case, owner in rows.values_list("plan__case_id", "owner_id"):
        found[case].add(owner)
    return found


def families_with_a_plan() -> list[UUID]:
    """The families that have a plan."""
    return list(Plan.objects.order_by("case").values_list("case", flat=True).distinct())


def reminders_given(version: UUID, confirmed: UUID | None, practitioner: UUID) -> list[Given]:
    """What somebody was reminded of about a version since it was last found still right."""
    rows = PlanReminder.objects.filter(
        version=version, confirmed=confirmed, practitioner=practitioner
    )
    return [
        Given(what, frozenset(because)) for what, because in rows.values_list("what", "because")
    ]


def version_exists(id: UUID) -> bool:
    """Whether a version of this id was signed, of whichever family."""
    return PlanVersion.objects.filter(id=id).exists()


def carries_a_plan(statement: UUID) -> bool:
    """Whether an entry carries a version or an answer already."""
    versions = PlanVersion.objects.filter(statement=statement)
    return versions.exists() or PlanAnswer.objects.filter(statement=statement).exists()


def version_carried_by(statement: UUID) -> tuple[UUID, UUID] | None:
    """The version that an entry carries, or carries an answer about, and the entry of that version.

    None where it carries neither.
    """
    return (
        PlanVersion.objects.filter(statement=statement).values_list("id", "statement_id").first()
        or PlanAnswer.objects.filter(statement=statement)
        .values_list("version_id", "version__statement_id")
        .first()
    )


def answers_in(
    versions: Collection[UUID], scope: QuerySet[Statement], *, by: datetime
) -> list[AnswerRow]:
    """The answers about these versions given by an instant, in scope, oldest first."""
    rows = PlanAnswer.objects.filter(
        is_one_of("version_id", versions), statement__in=scope.values("id"), answered_at__lte=by
    ).order_by("answered_at", "recorded_at", "id")
    fields = (
        "id", "version_id", "outcome", "statement_id", "review_on", "considered",
        "answered_by__practitioner__name", "answered_by__practitioner__agency__name",
        "answered_at", "statement__text",
    )  # fmt: skip
    found: list[list[Any]] = [list(row) for row in rows.values_list(*fields)]
    for row in found:
        row[5] = frozenset(row[5])
    return [AnswerRow(*row) for row in found]


def answer_exists(id: UUID) -> bool:
    """Whether an answer of this id was given."""
    return PlanAnswer.objects.filter(id=id).exists()


def signatures_of(version: UUID) -> list[SignatureRow]:
    """What everybody says of a version, the latest of each, in the order they first said it."""
    rows = PlanSignature.objects.filter(version=version).order_by("given_on", "recorded_at", "id")
    fields = (
        "version_id", "person_id", "practitioner_id", "practitioner__name", "agreement", "doable",
        "words", "given_on", "recorded_by__practitioner__name",
    )  # fmt: skip
    latest: dict[Who, SignatureRow] = {}
    for row in rows.values_list(*fields):
        who = _who(row[1], row[2])
        latest[who] = SignatureRow(row[0], who, row[3] or "", *row[4:])
    return list(latest.values())


def copies_of(versions: Collection[UUID]) -> list[CopyRow]:
    """The copies of these versions, the newest first, each with what became of it."""
    rows = PlanCopy.objects.filter(is_one_of("version_id", versions)).order_by(
        "-given_on", "-recorded_at", "id"
    )
    found: list[tuple[Any, ...]] = list(
        rows.values_list(
            "id", "version_id", "person_id", "practitioner_id", "practitioner__name", "form",
            "given_on", "given_by__practitioner__name",
        )
    )  # fmt: skip
    ends = PlanCopyEnd.objects.filter(is_one_of("copy_id", [row[0] for row in found]))
    ended = {id: rest for id, *rest in ends.values_list("copy_id", "outcome", "ended_on")}
    return [
        CopyRow(
            row[0], row[1], _who(row[2], row[3]), row[4] or "", *row[5:], *ended.get(row[0], ())
        )
        for row in found
    ]


def known_by(
    scope: QuerySet[Statement], agency: UUID | None, *, by: datetime
) -> dict[UUID, datetime]:
    """Since when each statement in scope is known to an agency, or to any (None), by an instant."""
    knows = Q(statement__in=scope.values("id"), known_from__lte=by)
    if agency is not None:
        knows &= Q(agency=agency)
    rows = Awareness.objects.filter(knows).values("statement_id").annotate(first=Min("known_from"))
    return dict(rows.values_list("statement_id", "first"))


def filed(filings: QuerySet[Filing]) -> QuerySet[Statement]:
    """What these filings file, as a scope."""
    return Statement.objects.filter(id__in=filings.values("statement"))


def known_in_each(
    filings: QuerySet[Filing], agency: UUID | None, *, by: datetime
) -> dict[UUID, dict[UUID, datetime]]:
    """`known_by` for what is filed on each of many families, by family; two queries."""
    known = known_by(filed(filings), agency, by=by)
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for case, statement in filings.values_list("case_id", "statement_id"):
        if statement in known:
            found[case][statement] = known[statement]
    return found


@dataclass(frozen=True, slots=True)
class Sought:
    """What one plan is asked about: since when each entry is known, and what was considered."""

    known: Mapping[UUID, datetime]
    considered: Collection[UUID]

    @property
    def new(self) -> list[UUID]:
        """What is known and was not considered."""
        return [id for id in self.known if id not in self.considered]


def entries_new(plans: Mapping[UUID, Sought]) -> dict[UUID, tuple[KnownEntry, ...]]:
    """By plan: what is known and was not considered, and what was and says something of it.

    Four queries, however many plans; costs by the entries that are new, not by the families.
    """
    new = {id for one in plans.values() for id in one.new}
    if not new:
        return dict.fromkeys(plans, ())
    said = _links(new)
    rows = _entries({*new, *(id for link in said for id in link[:2])})
    return {key: tuple(_new_to(one, said, rows)) for key, one in plans.items()}


def _new_to(
    plan: Sought, said: Iterable[tuple[UUID, UUID, str]], rows: Mapping[UUID, KnownEntry]
) -> Iterable[KnownEntry]:
    """The entries one plan is asked about, with what is said between those known there."""
    new = set(plan.new)
    links: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    for source, target, kind in said:
        if (source in new or target in new) and source in plan.known and target in plan.known:
            links[source].append((kind, target))
    for id in {*new, *links}:
        yield replace(rows[id], known_from=plan.known[id], links=tuple(links.get(id, ())))


def _entries(ids: Collection[UUID]) -> dict[UUID, KnownEntry]:
    """These entries, without since when they are known and what they say of each other."""
    among = Statement.objects.filter(is_one_of("id", ids))
    people: dict[UUID, set[UUID]] = defaultdict(set)
    subjects = StatementSubject.objects.filter(is_one_of("statement_id", ids))
    for statement, person in subjects.values_list("statement_id", "person_id"):
        people[statement].add(person)
    claims: dict[UUID, list[Any]] = defaultdict(list)
    for statement, claim in claims_in(among):
        claims[statement].append(claim)
    return {
        id: KnownEntry(
            id=id,
            kind=kind,
            known_from=NOT_YET,
            over_by=over_by,
            concerns=frozenset(concerns),
            polarity=polarity,
            people=frozenset(people[id]),
            claims=tuple(claims[id]),
        )
        for id, kind, concerns, polarity, over_by in among.values_list(
            "id", "kind", "concerns", "polarity", "happened_to_max"
        )
    }


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry to name beside a plan: what sort, when, whose, and how it begins."""

    id: UUID
    kind: str
    happened: PartialDate
    agency_name: str
    text: str
    digest: str


def lines_of(ids: Iterable[UUID], scope: QuerySet[Statement]) -> dict[UUID, EntryLine]:
    """Those of these entries that are in scope, by id."""
    rows = Statement.objects.filter(is_one_of("id", ids), id__in=scope.values("id"))
    fields = (
        "id", "kind", "happened", "happened_from_min", "happened_from_max", "happened_to_min",
        "happened_to_max", "agency__name", "text", "digest",
    )  # fmt: skip
    return {
        row[0]: EntryLine(row[0], row[1], PartialDate(*row[2:7]), *row[7:])
        for row in rows.values_list(*fields)
    }


def _links(ids: Collection[UUID]) -> list[tuple[UUID, UUID, str]]:
    """What is said of these entries, and what these say of others: source, target, kind."""
    about = StatementLink.objects.filter(is_one_of("source_id", ids) | is_one_of("target_id", ids))
    return list(about.values_list("source_id", "target_id", "kind"))


def _who(person: UUID | None, practitioner: UUID | None) -> Who:
    if practitioner is not None:
        return Who(practitioner, is_practitioner=True)
    assert person is not None
    return Who(person)
