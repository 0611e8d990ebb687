"""What was typed or chosen on the forms of this journey, and where they lead back to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.web.kit import clock

A_WHOLE_DAY = "Give a whole day, like 3 March 2027."


def ids_of(typed: Iterable[str]) -> list[UUID]:
    """The ids among what was sent; what is no id is left out."""
    found = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def form_id(request: HttpRequest) -> UUID:
    """The id the form was given when it was made, so that sending it twice does it once."""
    found = ids_of([request.POST.get("id", "")])
    return found[0] if found else clock.new_id()


def back_to(case: UUID, statement: UUID | None) -> HttpResponse:
    """The page of who can see an entry, or with none the family's record."""
    if statement is None:
        return redirect("family_access", case=case)
    return redirect("entry_access", case=case, statement=statement)


def whole_day(typed: str) -> date | None:
    """The day that was typed; None for nothing. Raises ValueError, in words, for anything else."""
    if not typed.strip():
        return None
    try:
        read = parse_as_typed(typed.strip())
    except (Refusal, ValueError) as wrong:
        raise ValueError(A_WHOLE_DAY) from wrong
    if read.from_min is None or read.from_min != read.to_max:
        raise ValueError(A_WHOLE_DAY)
    return read.from_min
