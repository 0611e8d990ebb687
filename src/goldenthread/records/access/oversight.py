"""Keeps and reads what a lead is asked about their agency's people: unusual access and matches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Q

from goldenthread.domain.audit.unusual import UnusualKind, UnusualLine
from goldenthread.domain.people.staff import MatchStrength
from goldenthread.records.access.models import (
    HOLDS_FOR_A_DAY,
    Conflict,
    ConflictEnd,
    StaffMatch,
    StaffMatchAnswer,
    TeamMember,
    UnusualLook,
    UnusualLookAnswer,
    UnusualWeek,
)
from goldenthread.records.access.restricting import standing_conflicts
from goldenthread.records.audit import store as audit


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week's list of an agency."""

    id: UUID
    begins: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What somebody said of a line."""

    look: UUID
    answer: str
    reason: str
    by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A question whether somebody is a person of a record, not answered yet."""

    id: UUID
    practitioner: UUID
    name: str
    post: str
    agency: UUID
    case: UUID
    person: UUID
    strength: str
    restricts: bool
    recorded_at: datetime


def tied_agencies(cases: Iterable[UUID], agency: UUID, *, on: date) -> set[UUID]:
    """Of these families, those whose team somebody of the agency is part of on a day."""
    rows = _memberships(cases, on, on + timedelta(days=1)).filter(practitioner__agency=agency)
    return set(rows.values_list("case_id", flat=True))


def parts_within(cases: Iterable[UUID], *, begins: date, ends: date) -> dict[UUID, frozenset[UUID]]:
    """Who was on each family's team by name at any time from one day and before another."""
    found: dict[UUID, set[UUID]] = {case: set() for case in cases}
    rows = _memberships(found, begins, ends).values_list("case_id", "practitioner_id")
    for case, who in rows:
        found[case].add(who)
    return {case: frozenset(people) for case, people in found.items()}


def ever_of_agency(cases: Iterable[UUID], agency: UUID) -> set[UUID]:
    """Of these families, those whose team somebody of the agency is or was part of."""
    rows = TeamMember.objects.filter(
        HOLDS_FOR_A_DAY, case__in=list(cases), practitioner__agency=agency
    )
    return set(rows.values_list("case_id", flat=True))


def families_of_agency(agency: UUID, *, on: date) -> set[UUID]:
    """The families whose team somebody of the agency is part of on a day."""
    rows = TeamMember.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gt=on), from_on__lte=on, practitioner__agency=agency
    )
    return set(rows.values_list("case_id", flat=True))


def _memberships(cases: Iterable[UUID], begins: date, ends: date):
    return TeamMember.objects.filter(
        HOLDS_FOR_A_DAY,
        Q(to_on__isnull=True) | Q(to_on__gt=begins),
        case__in=list(cases),
        from_on__lt=ends,
    )


def make_week(
    id: UUID, agency: UUID, begins: date, lines: Iterable[UnusualLine], *, event: audit.Event
) -> None:
    """Keep one week's list of an agency. Raises IntegrityError where it was made before."""
    UnusualWeek.objects.create(id=id, agency_id=agency, begins=begins)
    UnusualLook.objects.bulk_create(
        UnusualLook(
            id=uuid5(id, f"{one.kind}:{one.practitioner}:{one.case}:{one.days[0]}"),
            week_id=id, kind=str(one.kind), practitioner_id=one.practitioner, case_id=one.case,
            days=list(one.days), because=list(one.because), about=list(one.about),
            number=one.number, at_least=one.at_least,
        )
        for one in lines
    )  # fmt: skip
    audit.append(event)


def weeks_of(agency: UUID) -> list[WeekRow]:
    """The weeks whose list was made for an agency, the latest first."""
    rows = UnusualWeek.objects.filter(agency=agency).order_by("-begins")
    return [WeekRow(*row) for row in rows.values_list("id", "begins", "recorded_at")]


def weeks_about(practitioners: Iterable[UUID]) -> list[WeekRow]:
    """The weeks, of whichever agency, with a line about one of these people; the latest first."""
    about = UnusualLook.objects.filter(practitioner__in=list(practitioners)).values("week")
    rows = UnusualWeek.objects.filter(id__in=about).order_by("-begins", "id")
    return [WeekRow(*row) for row in rows.values_list("id", "begins", "recorded_at")]


def looks_of(weeks: Iterable[UUID]) -> list[tuple[UUID, UUID, UnusualLine]]:
    """The lines of these weeks as they were kept: line, week, and what it says; in their order."""
    rows = UnusualLook.objects.filter(week__in=list(weeks)).order_by(
        "practitioner__name", "days", "kind", "id"
    )
    wanted = (
        "id", "week_id", "kind", "practitioner_id", "case_id", "days", "because", "about",
        "number", "at_least",
    )  # fmt: skip
    return [(id, week, _line(*rest)) for id, week, *rest in rows.values_list(*wanted)]


def _line(kind, who, case, days, because, about, number, at_least) -> UnusualLine:
    return UnusualLine(
        UnusualKind(kind), who, case, tuple(days), tuple(because), tuple(about), number, at_least
    )


def answers_to(looks: Iterable[UUID]) -> dict[UUID, list[AnswerRow]]:
    """What was said of each of these lines, first to last."""
    rows = UnusualLookAnswer.objects.filter(look__in=list(looks)).order_by("recorded_at", "id")
    found: dict[UUID, list[AnswerRow]] = {}
    for row in rows.values_list("look_id", "answer", "reason", "answered_by__name", "recorded_at"):
        found.setdefault(row[0], []).append(AnswerRow(*row))
    return found


def answer_look(
    id: UUID, *, look: UUID, practitioner: UUID, answer: str, reason: str, answered_by: UUID,
    recorded_by: UUID, event: audit.Event,
) -> bool:  # fmt: skip
    """Say what became of a line; False where this was said before under the same id."""
    if UnusualLookAnswer.objects.filter(id=id).exists():
        return False
    UnusualLookAnswer.objects.create(
        id=id, look_id=look, practitioner_id=practitioner, answer=answer, reason=reason,
        answered_by_id=answered_by, recorded_by_id=recorded_by,
    )  # fmt: skip
    audit.append(event)
    return True


def asked_before(practitioners: Iterable[UUID]) -> set[tuple[UUID, UUID, UUID, str]]:
    """What was asked of these people: practitioner, family, person and strength of each match."""
    rows = StaffMatch.objects.filter(practitioner__in=list(practitioners))
    return set(rows.values_list("practitioner_id", "case_id", "person_id", "strength"))


def declared_conflicts(cases: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Who has a conflict with which of these families that somebody declared and that stands."""
    rows = standing_conflicts().filter(case__in=list(cases), match__isnull=True)
    return {(who, case) for who, case in rows.values_list("practitioner_id", "case_id") if case}


def ask_match(
    id: UUID, *, practitioner: UUID, case: UUID, person: UUID, strength: MatchStrength,
    restricts: bool, event: audit.Event,
) -> None:  # fmt: skip
    """Ask whether somebody is a person of a record; `restricts` closes the family meanwhile."""
    StaffMatch.objects.create(
        id=id, practitioner_id=practitioner, case_id=case, person_id=person,
        strength=str(strength), restricts=restricts,
    )  # fmt: skip
    if restricts:
        Conflict.objects.create(
            id=uuid5(id, "conflict"), practitioner_id=practitioner, case_id=case, match_id=id,
            reason=strength.label, by_themselves=False,
        )  # fmt: skip
    audit.append(event)


def matches_of_agency(agency: UUID) -> list[MatchRow]:
    """The questions about an agency's people that nobody answered, by name."""
    answered = StaffMatchAnswer.objects.values("match")
    rows = StaffMatch.objects.filter(practitioner__agency=agency).exclude(id__in=answered)
    ordered = rows.order_by("practitioner__name", "recorded_at", "id")
    return [
        MatchRow(*row)
        for row in ordered.values_list(
            "id", "practitioner_id", "practitioner__name", "practitioner__role",
            "practitioner__agency_id", "case_id", "person_id", "strength", "restricts",
            "recorded_at",
        )
    ]  # fmt: skip


def answer_match(
    id: UUID, row: MatchRow, *, answer: str, reason: str, answered_by: UUID, recorded_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Say whether it is them; what the match closed by itself is open again from here on.

    Raises IntegrityError where it was answered before.
    """
    StaffMatchAnswer.objects.create(
        id=id, match_id=row.id, practitioner_id=row.practitioner, answer=answer, reason=reason,
        answered_by_id=answered_by, recorded_by_id=recorded_by,
    )  # fmt: skip
    stood = Conflict.objects.filter(match=row.id).values_list("id", flat=True).first()
    if stood is not None:
        ConflictEnd.objects.create(
            id=uuid5(stood, "end"), conflict_id=stood, practitioner_id=row.practitioner,
            lifted_by_id=answered_by, reason=reason, recorded_by_id=recorded_by,
        )  # fmt: skip
    audit.append(event)
