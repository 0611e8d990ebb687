"""Every request acts as one practitioner; a refusal reads as if the thing did not exist.

But for whoever broke the glass of a family and asks for more than to read it: they are told so.

Sets `request.actor` (for use cases) and `request.reader` (for the layout). Every page needs
somebody signed in unless it says otherwise (Django's LoginRequiredMiddleware).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.domain.chronology.two_windows import ChangedElsewhere
from goldenthread.usecases.access.break_glass import may_break_glass
from goldenthread.usecases.access.families import NotFoundHere, OnlyRead, who_acts
from goldenthread.usecases.audit.note_refused import note_refused
from goldenthread.web.account.kept import words_sent
from goldenthread.web.account.two_windows import changed_elsewhere


class Acting:
    """Middleware: who is acting, and the one answer to what may not be seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.reader = None
        if request.user.is_authenticated:
            acting = who_acts(request.user.pk)
            if acting is None or not acting[0].is_active:
                logout(request)
                return redirect("account_login")
            request.actor, request.reader = acting
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what may not be seen exactly as what never existed; show both of two texts."""
        if isinstance(error, OnlyRead):
            return only_read(request, error)
        if isinstance(error, NotFoundHere):
            keep_refused(request, error)
            return not_found(request, error)
        if isinstance(error, Http404):  # Django answers it, with the same page
            keep_refused(request, NotFoundHere(str(error)))
            return None
        if isinstance(error, ChangedElsewhere):
            return changed_elsewhere(request, error)
        return None


def keep_refused(request: HttpRequest, refused: NotFoundHere) -> None:
    """Keep that a page was refused to whoever is signed in, with the ids they asked by."""
    if request.actor is None or request.resolver_match is None:
        return
    named = dict(request.resolver_match.kwargs)
    case = named.pop("case", None)
    if not refused.asked:
        refused.asked = " ".join(str(id) for id in named.values() if isinstance(id, UUID))
    note_refused(request.actor, case, refused)


def only_read(request: HttpRequest, refused: OnlyRead) -> HttpResponse:
    """403: whoever broke the glass of a family asked for more than to read it."""
    page = {
        "reason": str(refused),
        "kept": words_sent(request) if request.method == "POST" else [],
        "family": reverse("family", kwargs={"case": refused.case}),
        "end": reverse("glass_end", kwargs={"case": refused.case}),
    }
    return render(request, "restricted/only_read.jinja", page, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what does not exist and what may not be seen: the same words for both."""
    actor = getattr(request, "actor", None)
    page = {"may_break_glass": actor is not None and may_break_glass(actor)}
    return render(request, "account/not_found.jinja", page, status=404)
