"""What changed over a reader's families since they last looked: rows, not yet what they mean.

Everything is read from `visible_filings`, so that nothing a reader may not see is counted or named.
The number of queries is fixed, however many families and changes there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.chronology.receiving import Receipt
from goldenthread.domain.provenance.vocabulary import HowKnown, ReceiptStep
from goldenthread.records.access.models import HOLDS_FOR_A_DAY, TeamMember
from goldenthread.records.access.reading import visible_filings
from goldenthread.records.people.models import Filing, StatementSubject
from goldenthread.records.provenance.models import (
    Awareness,
    ShareEvent,
    ShareReceipt,
    Statement,
    StatementLink,
)
from goldenthread.records.shared.conditions import is_one_of

NEW = (
    "case_id", "statement_id", "statement__kind", "statement__agency_id", "statement__text",
    "statement__happened", "statement__sort_on", "statement__recorded_at", "told_anew", "since",
)  # fmt: skip
BACK = (
    "statement_id", "practitioner_id", "agency_id", "step", "words", "given_at", "passed_on_by",
    "recorded_at",
)  # fmt: skip
MEMBER = (
    "id", "case_id", "practitioner_id", "practitioner__name", "practitioner__agency__name", "role",
    "from_on", "to_on",
)  # fmt: skip
COMES_BACK = (ReceiptStep.ACKNOWLEDGED, ReceiptStep.ASKED_BACK, ReceiptStep.CAME_OF_IT)


@dataclass(frozen=True, slots=True)
class News:
    """How many entries are new to a reader (None: never looked), and the day of the latest."""

    new: int | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class NewRow:
    """One entry that is new to the reader; `told_at` is when their agency's knowing was recorded.

    `text` is the whole of what it says: the reader may read it.
    """

    case: UUID
    statement: UUID
    kind: str
    agency: UUID
    text: str
    happened: str
    sort_on: date
    recorded_at: datetime
    told_at: datetime | None
    since: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """Something somebody did with what the reader's agency told them; `shared_by` is who told."""

    case: UUID
    receipt: Receipt
    shared_by: UUID | None


@dataclass(frozen=True, slots=True)
class TeamChange:
    """Somebody joined or left the team of a family on a day."""

    id: UUID
    case: UUID
    practitioner: UUID
    name: str
    agency_name: str
    role: str
    joined: bool
    on: date


def news_across(
    ties: Mapping[UUID, FamilyTies],
    actor: Actor,
    since: Mapping[UUID, datetime],
    *,
    now: datetime,
) -> dict[UUID, News]:
    """How much is new in each of these families, as `new_entries` counts it. Two queries."""
    visible = visible_filings(ties, actor, now=now)
    rows = (
        visible.order_by("case").values("case").annotate(latest=Max("statement__happened_from_min"))
    )
    latest = {row["case"]: row["latest"] for row in rows}
    anew = _seen_anew(visible, actor, since).order_by("case").values("case")
    new = {row["case"]: row["new"] for row in anew.annotate(new=Count("statement"))}
    return {
        case: News(new.get(case, 0) if case in since else None, latest.get(case)) for case in ties
    }


def new_entries(
    ties: Mapping[UUID, FamilyTies],
    actor: Actor,
    since: Mapping[UUID, datetime],
    *,
    now: datetime,
) -> list[NewRow]:
    """What was recorded, or told the reader's agency, after they last looked; never their own.

    `since` is when they last looked at each family; one they never looked at has nothing new.
    Newest first. One query.
    """
    rows = _seen_anew(visible_filings(ties, actor, now=now), actor, since)
    ordered = rows.order_by("-statement__recorded_at", "statement_id")
    return [NewRow(*row) for row in ordered.values_list(*NEW)]


def _seen_anew(
    rows: QuerySet[Filing], actor: Actor, since: Mapping[UUID, datetime]
) -> Any:  # of filings, each with `since` and `told_anew`
    looked = Case(
        *(When(case=case, then=Value(at)) for case, at in since.items()),
        output_field=DateTimeField(),
    )
    told = Awareness.objects.filter(statement=OuterRef("statement"), agency=actor.agency)
    latest = told.order_by("-recorded_at").values("recorded_at")[:1]
    by_others = Q(statement__asserted_by__isnull=True) | ~Q(
        statement__asserted_by=actor.practitioner
    )
    anew = rows.filter(by_others, case__in=list(since)).annotate(
        since=looked, told_anew=Subquery(latest)
    )
    return anew.filter(Q(statement__recorded_at__gt=F("since")) | Q(told_anew__gt=F("since")))


def answered_by(
    statements: Collection[UUID], ties: Mapping[UUID, FamilyTies], actor: Actor, *, now: datetime
) -> dict[UUID, list[tuple[str, UUID]]]:
    """What each of these statements says about which others: kind and target. One query.

    Others the reader may not read are left out: that an entry corrects one is said only to whoever
    may read both.
    """
    found: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    readable = visible_filings(ties, actor, now=now).filter(statement=OuterRef("target"))
    rows = StatementLink.objects.filter(Exists(readable), is_one_of("source", statements))
    for source, kind, target in rows.values_list("source_id", "kind", "target_id"):
        found[source].append((kind, target))
    return found


def told_in_person(
    statements: Collection[UUID], practitioner: UUID, *, now: datetime
) -> frozenset[UUID]:
    """Which of these statements somebody was told in person by now. One query."""
    rows = ShareEvent.objects.filter(
        is_one_of("statement", statements), to_person=practitioner, shared=True, told_at__lte=now
    )
    return frozenset(rows.values_list("statement_id", flat=True))


def own_among(
    statements: Collection[UUID], actor: Actor
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Which of these statements the actor wrote, and which their agency told others. Two."""
    wrote = Statement.objects.filter(is_one_of("id", statements), asserted_by=actor.practitioner)
    told = ShareEvent.objects.filter(
        is_one_of("statement", statements), from_agency=actor.agency, shared=True
    )
    return (
        frozenset(wrote.values_list("id", flat=True)),
        frozenset(told.values_list("statement_id", flat=True)),
    )


def worked_with(
    people: Iterable[UUID], agency: UUID, kinds: Collection[str], *, after: date
) -> frozenset[UUID]:
    """Whom of these people an agency saw at first hand, by entries of these kinds. One query."""
    seen = StatementSubject.objects.filter(
        is_one_of("person", people),
        statement__agency=agency,
        statement__kind__in=sorted(kinds),
        statement__how_known=HowKnown.SAW,
        statement__sort_on__gte=after,
    )
    return frozenset(seen.values_list("person_id", flat=True).distinct())


def came_back(
    actor: Actor, since: Mapping[UUID, datetime], *, unread: Collection[UUID], now: datetime
) -> list[CameBack]:
    """What others did, after the reader last looked, with what the reader's agency told. Two.

    `unread` are entries the reader may not read for a restriction. That something was opened is no
    news: that it was acknowledged, asked about or used is.
    """
    passed = ShareEvent.objects.filter(
        statement=OuterRef("statement"),
        from_agency=actor.agency,
        to_agency=OuterRef("agency"),
        shared=True,
    )
    filed = Filing.objects.filter(case__in=list(since), statement=OuterRef("statement"))
    rows = (
        ShareReceipt.objects.filter(
            Exists(passed), Exists(filed), step__in=COMES_BACK, given_at__lte=now
        )
        .exclude(practitioner=actor.practitioner)
        .exclude(statement__in=unread)
        .filter(recorded_at__gt=min(since.values(), default=now))
        .annotate(passed_on_by=Subquery(passed.order_by("-told_at").values("shared_by")[:1]))
        .order_by("-given_at", "id")
        .values_list(*BACK)
    )
    found = list(rows)
    cases = Filing.objects.filter(is_one_of("statement", {row[0] for row in found}))
    of: dict[UUID, list[UUID]] = defaultdict(list)
    for statement, case in cases.filter(case__in=list(since)).values_list("statement", "case"):
        of[statement].append(case)
    return [
        CameBack(case, Receipt(*row[:6]), row[6])
        for row in found
        for case in of[row[0]]
        if row[7] > since[case]
    ]


def team_changes(
    practitioner: UUID, since: Mapping[UUID, date], *, today: date
) -> list[TeamChange]:
    """Who else joined or left these families' teams after a day, up to today. One query."""
    first = min(since.values(), default=today)
    rows = (
        TeamMember.objects.filter(HOLDS_FOR_A_DAY, case__in=list(since))
        .filter(Q(from_on__gt=first, from_on__lte=today) | Q(to_on__gt=first, to_on__lte=today))
        .exclude(practitioner=practitioner)
        .order_by("case_id", "practitioner__name", "from_on")
        .values_list(*MEMBER)
    )
    return [
        TeamChange(id, case, who, name, agency, role, joined, on)
        for id, case, who, name, agency, role, from_on, to_on in rows
        for joined, on in ((True, from_on), (False, to_on))
        if on is not None and since[case] < on <= today
    ]


def subjects_among(statements: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Whom each of these statements is about. One query."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = StatementSubject.objects.filter(is_one_of("statement", statements))
    for statement, person in rows.values_list("statement_id", "person_id"):
        found[statement].add(person)
    return {statement: frozenset(people) for statement, people in found.items()}
