"""What somebody sees when a page cannot be shown: plain words, no content, nothing lost.

Every page here renders without the database, because the database may be what is missing. It must
never show a record's content, a technical message, or whether something exists.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.domain.audit.trail import TrailNotWritten
from goldenthread.web.account.kept import words_sent

TRY_AGAIN_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page(request, "bad_request", 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: refused, with no word about what is behind it."""
    return _page(request, "refused", 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere; its words are shown back."""
    return _page(request, "form_too_old", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 for now: the record could not be reached, or the look could not be written down.

    What was sent is shown back.
    """
    name = _why_for_now(sys.exc_info()[1])
    if name is None:
        return _page(request, "failed", 500)
    page = _page(request, name, 503)
    page.headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return page


def _why_for_now(error: BaseException | None) -> str | None:
    """The page of a fault that passes; None for one that does not."""
    causes = list(_causes(error))
    if any(isinstance(one, OperationalError | InterfaceError) for one in causes):
        return "unavailable"
    return "not_written_down" if any(isinstance(o, TrailNotWritten) for o in causes) else None


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    # What was done before is said on the next page: it stands with the session, in the database.
    vars(request).pop("_messages", None)
    kept = words_sent(request) if request.method == "POST" else []
    context = {"kept": kept, "again": request.path, "sent": request.method == "POST"}
    return render(request, f"account/{name}.jinja", context, status=status)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
