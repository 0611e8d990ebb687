"""Reads decisions as they were signed. Who may read one is who may read the entry that carries it.

Every list here is of decisions whose entries a caller has already found to be readable (`visible`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.decisions.record import DecisionRecord, MustTell, Option, Party, Pin
from goldenthread.domain.provenance.links import Link
from goldenthread.records.decisions.models import (
    Decision,
    DecisionMustTell,
    DecisionOption,
    DecisionPart,
    DecisionParty,
    DecisionPin,
    ReaderTest,
)
from goldenthread.records.provenance.models import Awareness, Statement, StatementLink


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One signed version in short; `agency` is whose decision it is, that of its entry."""

    id: UUID
    statement: UUID
    first: UUID
    after: UUID | None
    number: int
    decided_at: datetime
    time_is_known: bool
    setting: str
    question: str
    look_again_by: date | None
    signed_by: UUID
    signed_by_name: str
    agency: UUID
    agency_name: str
    recorded_at: datetime


ROW_FIELDS = (
    "id", "statement_id", "first_id", "after_id", "number", "decided_at", "time_is_known",
    "setting", "question", "look_again_by", "signed_by_id", "signed_by__practitioner__name",
    "statement__agency_id", "statement__agency__name", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReaderTestRow:
    """What one reader made of a version."""

    id: UUID
    decision: UUID
    reader: UUID
    reader_name: str
    agency_name: str
    risk: str
    reason: str
    understood: bool
    because: str
    recorded_at: datetime


def rows_of(case: UUID, visible: QuerySet[Statement]) -> list[DecisionRow]:
    """Every version a reader may read, the latest decided first; one query."""
    found = Decision.objects.filter(case=case, statement__in=visible.values("id"))
    rows = found.order_by("-decided_at", "-number", "id").values_list(*ROW_FIELDS)
    return [DecisionRow(*row) for row in rows]


def exists(id: UUID) -> bool:
    """Whether a version of this id was signed, of whichever family."""
    return Decision.objects.filter(id=id).exists()


def decision_carried_by(statement: UUID) -> UUID | None:
    """The decision that an entry carries; None where it carries none."""
    return Decision.objects.filter(statement=statement).values_list("id", flat=True).first()


def newest_of(first: UUID) -> UUID:
    """The version of a chain that was signed last, whoever may read it."""
    rows = Decision.objects.filter(first=first).order_by("-number")
    return rows.values_list("id", flat=True)[0]


def agencies_that_signed(first: UUID) -> frozenset[UUID]:
    """The agencies whose entries carry the versions of one chain."""
    rows = Decision.objects.filter(first=first).values_list("statement__agency_id", flat=True)
    return frozenset(rows)


def record_of(id: UUID) -> tuple[DecisionRecord, str]:
    """A signed version whole, as it is kept now, and the seal that was kept with it."""
    d = Decision.objects.select_related("statement").get(id=id)
    record = DecisionRecord(
        id=d.id, case=d.case_id, first=d.first_id, after=d.after_id, why_again=d.why_again,
        statement=d.statement_id, statement_digest=d.statement.digest, decided_at=d.decided_at,
        time_is_known=d.time_is_known, setting=d.setting, question=d.question,
        rationale=d.rationale, threshold=d.threshold, met=d.met, asked=d.asked,
        look_again_by=d.look_again_by, signed_by=d.signed_by_id, parts=_parts(id),
        options=_options(id), parties=tuple(parties_of([id])[id]), pins=_pins(id),
        must_tell=tuple(must_tell_of([id])[id]),
    )  # fmt: skip
    return record, d.digest


def _parts(id: UUID) -> tuple[tuple[str, str], ...]:
    return tuple(DecisionPart.objects.filter(decision=id).values_list("heading", "words"))


def _options(id: UUID) -> tuple[Option, ...]:
    rows = DecisionOption.objects.filter(decision=id).order_by("position")
    return tuple(Option(*row) for row in rows.values_list("words", "why", "taken"))


def _pins(id: UUID) -> tuple[Pin, ...]:
    rows = DecisionPin.objects.filter(decision=id).order_by("position")
    return tuple(Pin(*row) for row in rows.values_list("statement_id", "digest", "use", "why"))


def parties_of(ids: Iterable[UUID]) -> dict[UUID, list[Party]]:
    """Who had a part in each of these versions, in the order they are listed."""
    found: dict[UUID, list[Party]] = defaultdict(list)
    rows = DecisionParty.objects.filter(decision__in=list(ids)).order_by("decision", "position")
    fields = (
        "part", "practitioner_id", "name", "role", "agency_id", "view", "said", "note", "sure",
        "missing",
    )  # fmt: skip
    for row in rows.values_list("decision_id", *fields):
        found[row[0]].append(Party(*row[1:]))
    return found


def must_tell_of(ids: Iterable[UUID]) -> dict[UUID, list[MustTell]]:
    """The agencies that each of these versions says must be told, or are not to be."""
    found: dict[UUID, list[MustTell]] = defaultdict(list)
    rows = DecisionMustTell.objects.filter(decision__in=list(ids)).order_by("decision", "id")
    for row in rows.values_list("decision_id", "agency_id", "how", "why", "review_on"):
        found[row[0]].append(MustTell(*row[1:]))
    for listed in found.values():
        listed.sort(key=lambda one: str(one.agency))
    return found


def tests_of(ids: Iterable[UUID]) -> list[ReaderTestRow]:
    """What readers made of these versions, first to last."""
    rows = ReaderTest.objects.filter(decision__in=list(ids)).order_by("recorded_at", "id")
    fields = (
        "id", "decision_id", "reader_id", "reader__practitioner__name",
        "reader__practitioner__agency__name", "risk", "reason", "understood", "because",
        "recorded_at",
    )  # fmt: skip
    return [ReaderTestRow(*row) for row in rows.values_list(*fields)]


def test_exists(id: UUID) -> bool:
    """Whether a reader's answers of this id are kept."""
    return ReaderTest.objects.filter(id=id).exists()


def known_since(statements: Iterable[UUID], *, by: datetime) -> dict[UUID, dict[UUID, datetime]]:
    """For each of these entries, the agencies that know it by an instant and since when."""
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    rows = Awareness.objects.filter(statement__in=list(statements), known_from__lte=by)
    fields = "statement_id", "agency_id", "known_from"
    for statement, agency, since in rows.order_by("-known_from").values_list(*fields):
        found[statement][agency] = since
    return found


def links_to(statements: Iterable[UUID], visible: QuerySet[Statement]) -> tuple[Link, ...]:
    """What entries a reader may read say of these entries: corrected, withdrawn, disputed."""
    rows = StatementLink.objects.filter(
        target__in=list(statements), source__in=visible.values("id")
    )
    fields = "source_id", "target_id", "kind", "reason", "recorded_at"
    return tuple(Link(*row) for row in rows.order_by("recorded_at").values_list(*fields))
