"""Withhold a record or one entry from a person or an agency, and stop doing so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from goldenthread.usecases.access.withhold_record import (
    CannotWithhold,
    stop_withholding,
)
from goldenthread.usecases.access.withhold_record import (
    withhold as withhold_it,
)
from goldenthread.web.kit import clock
from goldenthread.web.restricted.seeing import access_page
from goldenthread.web.restricted.typed import back_to, form_id, ids_of, whole_day


@require_POST
def withhold(request: HttpRequest, case: UUID, statement: UUID | None = None) -> HttpResponse:
    """Withhold the record, or one entry, from whoever was chosen."""
    person, agency = (ids_of([request.POST.get(name, "")]) for name in ("person", "agency"))
    try:
        withhold_it(
            request.actor, case, reason=request.POST.get("reason", ""), id=form_id(request),
            now=clock.now(), statement=statement,
            practitioner=person[0] if person else None, agency=agency[0] if agency else None,
            until=_until(request.POST.get("until", "")),
        )  # fmt: skip
    except CannotWithhold as refused:
        return access_page(request, case, statement, problem=str(refused), at="withhold")
    messages.success(request, "Withheld. Whoever it is withheld from no longer finds it.")
    return back_to(case, statement)


@require_POST
def withhold_stop(request: HttpRequest, case: UUID, withholding: UUID) -> HttpResponse:
    """Withhold it no longer."""
    of_entry = ids_of([request.POST.get("statement", "")])
    statement = of_entry[0] if of_entry else None
    try:
        stop_withholding(
            request.actor, case, withholding, reason=request.POST.get("reason", ""),
            now=clock.now(),
        )  # fmt: skip
    except CannotWithhold as refused:
        return access_page(request, case, statement, problem=str(refused), at="withhold")
    messages.success(request, "It is withheld no longer.")
    return back_to(case, statement)


def _until(typed: str) -> date | None:
    try:
        return whole_day(typed)
    except ValueError as wrong:
        raise CannotWithhold("until", str(wrong)) from wrong
