"""Who broke the glass, when and why; what was asked of a second person; what reviews found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from goldenthread.domain.access.glass import Breaker
from goldenthread.records.access.models import (
    GlassAnswer,
    GlassAsk,
    GlassBreak,
    GlassEnd,
    GlassEscalation,
    GlassReview,
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a review found, by whom and when."""

    outcome: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One break. `remit` is the post it was made in, `remit_now` the breaker's today.

    `agreed_by_name` is the second person's, None where none was needed; `closed_at` is when the
    breaker ended it, None where it ran until its time.
    """

    id: UUID
    case: UUID
    reference: str
    practitioner: UUID
    name: str
    post: str
    agency: UUID
    agency_name: str
    remit: str
    remit_now: str
    reason: str
    basis: str
    words: str
    opened_at: datetime
    until: datetime
    agreed_by_name: str | None
    account: UUID
    closed_at: datetime | None = None
    review: ReviewRow | None = None

    @property
    def breaker(self) -> Breaker:
        """Who broke it, as the rule of who reviews asks."""
        return Breaker(self.practitioner, self.agency, {self.remit, self.remit_now})

    @property
    def over_at(self) -> datetime:
        """From when on it opens nothing."""
        return self.closed_at or self.until


@dataclass(frozen=True, slots=True)
class AskRow:
    """Somebody asks a second person to agree; `agrees` is None until somebody said.

    `second` is who was chosen, `by_name` who answered.
    """

    id: UUID
    case: UUID
    practitioner: UUID
    name: str
    agency: UUID
    agency_name: str
    remit: str
    second: UUID
    second_name: str
    reason: str
    basis: str
    words: str
    asked_at: datetime
    agrees: bool | None = None
    answer: UUID | None = None
    answered_at: datetime | None = None
    answer_words: str = ""
    by_name: str = ""
    is_used: bool = False


def breaks_of(practitioner: UUID, case: UUID | None = None) -> list[BrokenRow]:
    """The breaks of one person, of one family or of any, the latest first."""
    rows = GlassBreak.objects.filter(practitioner=practitioner)
    return _breaks(rows if case is None else rows.filter(case=case))


def breaks_in_agency(agency: UUID) -> list[BrokenRow]:
    """The breaks by people of an agency, the latest first."""
    return _breaks(GlassBreak.objects.filter(agency=agency))


def every_break() -> list[BrokenRow]:
    """Every break, the latest first: for information governance, and for nobody else."""
    return _breaks(GlassBreak.objects.all())


def breaks_not_escalated(*, opened_by: datetime) -> list[BrokenRow]:
    """The breaks from before an instant that nobody reviewed, and of which nobody was told so."""
    reviewed = GlassReview.objects.filter(broken=OuterRef("pk"))
    told = GlassEscalation.objects.filter(broken=OuterRef("pk"))
    rows = GlassBreak.objects.filter(~Exists(reviewed), ~Exists(told), opened_at__lte=opened_by)
    return _breaks(rows)


def break_by_id(id: UUID) -> BrokenRow | None:
    """One break, or None."""
    return next(iter(_breaks(GlassBreak.objects.filter(id=id))), None)


def open_on(case: UUID, *, now: datetime) -> list[BrokenRow]:
    """The breaks of a family that open it now."""
    rows = _breaks(GlassBreak.objects.filter(case=case, opened_at__lte=now, until__gt=now))
    return [row for row in rows if row.closed_at is None]


def _breaks(rows: QuerySet[GlassBreak]) -> list[BrokenRow]:
    fields = (
        "id", "case_id", "case__reference", "practitioner_id", "practitioner__name",
        "practitioner__role", "agency_id", "agency__name", "remit", "practitioner__remit", "reason",
        "basis", "words", "opened_at", "until", "answer__practitioner__name", "broken_by_id",
    )  # fmt: skip
    found = list(rows.order_by("-opened_at", "id").values_list(*fields))
    ids = [row[0] for row in found]
    ends = dict(GlassEnd.objects.filter(broken__in=ids).values_list("broken_id", "ended_at"))
    reviews = _reviews(ids)
    rows_found = [BrokenRow(*row) for row in found]
    return [replace(r, closed_at=ends.get(r.id), review=reviews.get(r.id)) for r in rows_found]


def _reviews(ids: Collection[UUID]) -> dict[UUID, ReviewRow]:
    rows = GlassReview.objects.filter(broken__in=ids)
    fields = "broken_id", "outcome", "reason", "practitioner__name", "reviewed_at"
    return {row[0]: ReviewRow(*row[1:]) for row in rows.values_list(*fields)}


def asks_by(practitioner: UUID) -> list[AskRow]:
    """What somebody asked second persons for, the latest first."""
    return _asks(GlassAsk.objects.filter(practitioner=practitioner))


def asks_unanswered(*, since: datetime) -> list[AskRow]:
    """What was asked after an instant and nobody has answered, the latest first."""
    answered = GlassAnswer.objects.filter(ask=OuterRef("pk"))
    return _asks(GlassAsk.objects.filter(~Exists(answered), asked_at__gt=since))


def ask_by_id(id: UUID) -> AskRow | None:
    """One ask, or None."""
    return next(iter(_asks(GlassAsk.objects.filter(id=id))), None)


def _asks(rows: QuerySet[GlassAsk]) -> list[AskRow]:
    fields = (
        "id", "case_id", "practitioner_id", "practitioner__name", "agency_id", "agency__name",
        "practitioner__remit", "second_id", "second__name", "reason", "basis", "words", "asked_at",
    )  # fmt: skip
    found = list(rows.order_by("-asked_at", "id").values_list(*fields))
    ids = [row[0] for row in found]
    rows_found = [AskRow(*row) for row in found]
    given = GlassAnswer.objects.filter(ask__in=ids)
    answers = {
        row[0]: row[1:]
        for row in given.values_list(
            "ask_id", "agrees", "id", "answered_at", "reason", "practitioner__name"
        )
    }
    used = GlassBreak.objects.filter(answer__ask__in=ids).values_list("answer__ask_id", flat=True)
    return [_answered(row, answers.get(row.id), row.id in set(used)) for row in rows_found]


def _answered(row: AskRow, answer: tuple | None, is_used: bool) -> AskRow:
    if answer is None:
        return row
    agrees, id, at, words, name = answer
    return replace(
        row, agrees=agrees, answer=id, answered_at=at, answer_words=words, by_name=name,
        is_used=is_used,
    )  # fmt: skip
