"""Seal a record or one entry, go on with a seal, lift it; its named list and who answers for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from goldenthread.usecases.access.seal_record import (
    CannotSeal,
    end_name,
    hand_over_seal,
    lift_seal,
    name_on_seal,
    review_seal,
    seal_record,
)
from goldenthread.web.kit import clock
from goldenthread.web.restricted.seeing import access_page
from goldenthread.web.restricted.typed import back_to, form_id, ids_of, whole_day


@require_POST
def seal(request: HttpRequest, case: UUID, statement: UUID | None = None) -> HttpResponse:
    """Seal the record, or one entry of it, for the people chosen and whoever seals it."""
    try:
        seal_record(
            request.actor, case, kind=request.POST.get("kind", ""),
            reason=request.POST.get("reason", ""), named=ids_of(request.POST.getlist("named")),
            id=form_id(request), now=clock.now(), statement=statement,
        )  # fmt: skip
    except CannotSeal as refused:
        return access_page(request, case, statement, problem=str(refused), at="seal")
    messages.success(request, "Sealed. Whoever is not named no longer finds it.")
    return back_to(case, statement)


@require_POST
def seal_review(request: HttpRequest, case: UUID, seal: UUID) -> HttpResponse:
    """Go on with a seal until it is due again, or lift it."""
    act = lift_seal if request.POST.get("go") == "lift" else review_seal
    reason = request.POST.get("reason", "")
    try:
        act(request.actor, case, seal, reason=reason, id=form_id(request), now=clock.now())
    except CannotSeal as refused:
        return access_page(request, case, _statement(request), problem=str(refused), at="seals")
    lifted = request.POST.get("go") == "lift"
    messages.success(request, "The seal is lifted." if lifted else "The seal goes on.")
    return _back(request, case)


@require_POST
def seal_name(request: HttpRequest, case: UUID, seal: UUID) -> HttpResponse:
    """Put somebody more on the named list of a seal."""
    who = ids_of([request.POST.get("person", "")])
    try:
        if not who:
            raise CannotSeal("person", "Choose somebody.")
        name_on_seal(request.actor, case, seal, who[0], id=form_id(request), now=clock.now())
    except CannotSeal as refused:
        return access_page(request, case, _statement(request), problem=str(refused), at="seals")
    messages.success(request, "Saved. They are on the named list from today.")
    return _back(request, case)


@require_POST
def seal_change(request: HttpRequest, case: UUID, seal: UUID) -> HttpResponse:
    """Take somebody off the named list of a seal, or let somebody else answer for it."""
    who, reason = ids_of([request.POST.get("person", "")]), request.POST.get("reason", "")
    ends = request.POST.get("go") == "end"
    try:
        if not who:
            raise CannotSeal("person", "Choose somebody.")
        if ends:
            end_name(
                request.actor, case, seal, who[0], on=_day(request.POST.get("on", "")),
                reason=reason, id=form_id(request), now=clock.now(),
            )  # fmt: skip
        else:
            hand_over_seal(
                request.actor, case, seal, who[0], reason=reason, id=form_id(request),
                now=clock.now(),
            )  # fmt: skip
    except CannotSeal as refused:
        return access_page(request, case, _statement(request), problem=str(refused), at="seals")
    ended = "Saved. They are on the named list until that day."
    messages.success(request, ended if ends else "Saved. They answer for it from now on.")
    if ends and who[0] == request.actor.practitioner:
        return redirect("families")  # from that day on it does not exist for them
    return _back(request, case)


def _day(typed: str) -> date | None:
    try:
        return whole_day(typed)
    except ValueError as wrong:
        raise CannotSeal("on", str(wrong)) from wrong


def _statement(request: HttpRequest) -> UUID | None:
    of_entry = ids_of([request.POST.get("statement", "")])
    return of_entry[0] if of_entry else None


def _back(request: HttpRequest, case: UUID) -> HttpResponse:
    of_entry = ids_of([request.POST.get("statement", "")])
    return back_to(case, of_entry[0]) if of_entry else redirect("family_access", case=case)
