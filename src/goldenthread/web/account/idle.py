"""Ends a session after half an hour without a request, and after twelve hours in any case.

Half an hour is what comparable public services use; twelve hours is longer than any shift. What was
being sent when the session ended is shown back, never dropped. It must never lengthen a session
because a page asked how long is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.shared.instants import is_of_the_future
from goldenthread.web.account.kept import signed_out_page
from goldenthread.web.kit.clock import now

LAST_SEEN = "last_seen"
SIGNED_IN_AT = "signed_in_at"
ENDED = "session_ended"
# The session is rewritten at most this often, so that ordinary pages do not each cost a write.
NOTED_EVERY = timedelta(seconds=60)


class IdleSessions:
    """Middleware: a session that is over ends, and the next page asks to sign in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        at = now()
        if left_of(request, at) <= timedelta(0):
            logout(request)
            request.session[ENDED] = True
            if request.method == "POST":
                return signed_out_page(request)
        elif not _only_asks(request):
            note(request, at)
        return self.get_response(request)


def left_of(request: HttpRequest, at: datetime) -> timedelta:
    """How much of the session is left at this moment; nothing or less means it is over.

    One that was last seen ahead of the clock is over: a clock that was wrong lengthens nothing.
    """
    seen, began = (_moment(request, key) for key in (LAST_SEEN, SIGNED_IN_AT))
    if any(is_of_the_future(one, at) for one in (seen, began) if one):
        return timedelta(0)
    idle = settings.SESSION_IDLE - (at - (seen or at))
    whole = settings.SESSION_WHOLE - (at - (began or at))
    return min(idle, whole)


def note(request: HttpRequest, at: datetime) -> None:
    """Remember that somebody was here."""
    if SIGNED_IN_AT not in request.session:
        request.session[SIGNED_IN_AT] = at.isoformat()
    seen = _moment(request, LAST_SEEN)
    if seen is None or at - seen > NOTED_EVERY:
        request.session[LAST_SEEN] = at.isoformat()


@require_http_methods(["GET", "POST"])
def session_left(request: HttpRequest) -> JsonResponse:
    """How many seconds of the session are left. Asking leaves it alone; POST keeps it going."""
    if request.method == "POST":
        request.session[LAST_SEEN] = now().isoformat()
    return JsonResponse({"seconds": max(0, int(left_of(request, now()).total_seconds()))})


def _only_asks(request: HttpRequest) -> bool:
    return request.method == "GET" and request.path == reverse("session_left")


def _moment(request: HttpRequest, key: str) -> datetime | None:
    written = request.session.get(key)
    return datetime.fromisoformat(written) if written else None
