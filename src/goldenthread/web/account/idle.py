"""Signs a session out after half an hour without a request; what was typed is on the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from goldenthread.web.kit.clock import now

LAST_SEEN = "last_seen"
# The session is rewritten at most this often, so that ordinary pages do not each cost a write.
NOTED_EVERY_SECONDS = 60


class IdleSessions:
    """Middleware: an idle session ends, and the next page asks to sign in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            seen = request.session.get(LAST_SEEN)
            idle = (now() - datetime.fromisoformat(seen)) if seen else None
            if idle is not None and idle > settings.SESSION_IDLE:
                logout(request)
            elif idle is None or idle.total_seconds() > NOTED_EVERY_SECONDS:
                request.session[LAST_SEEN] = now().isoformat()
        return self.get_response(request)
