"""Keeps how the questions of a scope stood at the end of some days; hold the scope first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from goldenthread.records.risk.models import KeptDay
from goldenthread.records.risk.reading import scope_filter


def days_of(case: UUID, agency: UUID | None, *, before: date, rules: str) -> list[tuple[date, str]]:
    """The kept days of a scope by these rules before a day, latest first, each with its basis."""
    rows = KeptDay.objects.filter(case=case, on__lt=before, rules=rules, **scope_filter(agency))
    return list(rows.order_by("-on").values_list("on", "basis"))


def stood_on(case: UUID, agency: UUID | None, on: date) -> Mapping[str, Any]:
    """How the questions stood at the end of a kept day."""
    rows = KeptDay.objects.filter(case=case, on=on, **scope_filter(agency))
    return rows.values_list("stood", flat=True).get()


def keep(
    case: UUID, agency: UUID | None, on: date, *, rules: str, basis: str, stood: Mapping[str, Any]
) -> None:
    """Keep a day of a scope that is not kept."""
    id = uuid5(case, f"kept:{agency or 'everything'}:{on}")
    KeptDay.objects.bulk_create(
        [
            KeptDay(
                id=id, case_id=case, agency_id=agency, on=on, rules=rules, basis=basis, stood=stood
            )
        ]
    )


def drop_after(case: UUID, agency: UUID | None, on: date | None) -> None:
    """Drop the kept days of a scope after a day; every one where none is given."""
    rows = KeptDay.objects.filter(case=case, **scope_filter(agency))
    (rows if on is None else rows.filter(on__gt=on)).delete()


def drop_others(case: UUID, agency: UUID | None, days: Collection[date]) -> None:
    """Drop every kept day of a scope but these."""
    KeptDay.objects.filter(case=case, **scope_filter(agency)).exclude(on__in=days).delete()
