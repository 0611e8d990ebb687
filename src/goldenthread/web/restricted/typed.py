"""What was typed or chosen on the forms of this journey, and where they lead back to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.web.kit import clock


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
