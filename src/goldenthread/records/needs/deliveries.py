"""Keeps and reads whether adjustments were used, and what adults said to their being told on.

Whether one was used at a contact is read by whoever may read both that entry and the adjustment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.needs.delivery import SETTING_OF
from goldenthread.domain.needs.vocabulary import Agreement, Delivered
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.needs.models import AgreedToTell, Delivery
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.provenance.models import Statement


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """What was last said of one adjustment at one contact, by the agency that made the contact."""

    adjustment: UUID
    contact: UUID
    contact_kind: str
    happened: PartialDate
    agency: UUID
    agency_name: str
    answer: Delivered
    words: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What an adult last said to every agency of the team being told an adjustment."""

    answer: Agreement
    asked_on: date | None


NOT_ASKED = AgreementRow(Agreement.NOT_ASKED, None)


def deliveries(
    visible: QuerySet[Statement], adjustments: Iterable[UUID]
) -> dict[tuple[UUID, UUID], DeliveryRow]:
    """What was last said of each adjustment at each contact the reader may read, latest first.

    By adjustment and contact.
    """
    rows = (
        Delivery.objects.filter(
            adjustment__in=list(adjustments), contact__in=visible.values("id")
        )
        .order_by("-contact__sort_on", "-contact__recorded_at", "contact_id", "-recorded_at", "-id")
        .values_list(
            "adjustment_id", "contact_id", "contact__kind", "contact__happened", "agency_id",
            "agency__name", "answer", "words", "recorded_at",
        )
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], DeliveryRow] = {}
    for adjustment, contact, kind, happened, agency, name, answer, words, at in rows:
        found.setdefault(
            (adjustment, contact),
            DeliveryRow(
                adjustment, contact, kind, parse_edtf(happened), agency, name, Delivered(answer),
                words, at,
            ),
        )  # fmt: skip
    return found


def agreements(adjustments: Iterable[UUID]) -> dict[UUID, AgreementRow]:
    """What was last said of each of these adjustments; those nobody asked about are left out."""
    rows = AgreedToTell.objects.filter(adjustment__in=list(adjustments)).order_by("recorded_at")
    return {
        adjustment: AgreementRow(Agreement(answer), asked_on)
        for adjustment, answer, asked_on in rows.values_list("adjustment_id", "answer", "asked_on")
    }


def keep_delivery(
    id: UUID, *, adjustment: UUID, contact: UUID, agency: UUID, answer: str, words: str,
    recorded_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep whether an adjustment was used at a contact; what was said before stays."""
    copy_rows(
        "needs_delivery",
        ("id", "adjustment_id", "contact_id", "agency_id", "answer", "words", "recorded_by_id"),
        [(id, adjustment, contact, agency, answer, words.strip(), recorded_by)],
    )
    audit.append(event)


def keep_agreement(
    id: UUID, *, adjustment: UUID, answer: str, asked_on: date | None, recorded_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Keep what an adult said to an adjustment being told to the team; what was said stays."""
    copy_rows(
        "needs_agreedtotell",
        ("id", "adjustment_id", "answer", "asked_on", "recorded_by_id"),
        [(id, adjustment, answer, asked_on, recorded_by)],
    )
    audit.append(event)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One entry of a contact: whose, with whom, and when."""

    statement: UUID
    agency: UUID
    agency_name: str
    kind: str
    text: str
    happened: PartialDate
    sort_on: date
    people: frozenset[UUID]


def contacts(visible: QuerySet[Statement], *, only: UUID | None = None) -> list[ContactRow]:
    """The contacts a reader may read, latest first, or `only` one entry if it is a contact."""
    found = visible.filter(kind__in=sorted(SETTING_OF))
    if only is not None:
        found = found.filter(id=only)
    rows = list(
        found.order_by("-sort_on", "-recorded_at", "id").values_list(
            "id", "agency_id", "agency__name", "kind", "text", "happened", "sort_on"
        )
    )
    about = subjects_of([row[0] for row in rows])
    return [
        ContactRow(
            *row[:5],
            happened=parse_edtf(row[5]),
            sort_on=row[6],
            people=frozenset(one.person for one in about.get(row[0], ())),
        )
        for row in rows
    ]


def times_said(adjustment: UUID, contact: UUID) -> int:
    """How often anything was said of an adjustment at a contact."""
    return Delivery.objects.filter(adjustment=adjustment, contact=contact).count()


def times_asked(adjustment: UUID) -> int:
    """How often it was kept what an adult said to an adjustment being told to the team."""
    return AgreedToTell.objects.filter(adjustment=adjustment).count()
