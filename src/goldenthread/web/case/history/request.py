"""What one request asks of the History page, and how the words of a search are kept.

Words looked for name people, and an address is written to logs and kept in a browser's history.
So they are posted, kept in the session under a random id, and only the id is in the address.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from goldenthread.usecases.chronology.history_request import (
    SEARCHES,
    SEARCHES_KEPT,
    Asked,
    query_of,
    read_request,
)
from goldenthread.web.kit.clock import new_id

# A search is a phrase; the box says so, and what is longer is cut.
LONGEST_SEARCH = 200


def asked_of(request: HttpRequest, *, now: datetime) -> Asked:
    """What the address asks for, with the session's searches."""
    given = {name: request.GET.getlist(name) for name in request.GET}
    return read_request(given, now=now, searches=request.session.get(SEARCHES, {}))


def query_with_words(request: HttpRequest, *, now: datetime) -> str:
    """Keep the posted words in the session and give the address that shows them.

    No words, no search: the address then shows everything else that was asked.
    """
    typed = "".join(filter(str.isprintable, request.POST.get("words", "")))
    words = " ".join(typed.split())[:LONGEST_SEARCH]
    asked = asked_of(request, now=now)
    if not words:
        return query_of(asked, search="")
    search = new_id().hex
    kept = [*request.session.get(SEARCHES, {}).items(), (search, words)]
    request.session[SEARCHES] = dict(kept[-SEARCHES_KEPT:])
    return query_of(asked, search=search)
