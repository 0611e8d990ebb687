"""What no answer may forget, and what no request may be: the same for every address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils.cache import patch_vary_headers

# All that a page or a form of ours asks with. Anything else is answered before it reaches a page.
ASKED_WITH = ("GET", "HEAD", "POST")
# And all that a form of ours is sent as; "" is a form without a field.
SENT_AS = ("application/x-www-form-urlencoded", "multipart/form-data", "")


class OnlyTheseMethods:
    """Middleware: 405 for every method but GET, HEAD and POST, at every address alike.

    And 415 for whatever is sent and is no form: a page would take it for a form with no field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ASKED_WITH:
            return HttpResponseNotAllowed(ASKED_WITH)
        if request.method == "POST" and request.content_type not in SENT_AS:
            return HttpResponse(status=415)
        return self.get_response(request)


# PostgreSQL keeps every character but this one; what stood there stays visible.
NUL, IN_ITS_PLACE = "\0", "\ufffd"


class NulShown:
    """Middleware: puts � in the place of the one character that can be kept in no text.

    No keyboard types it; it comes along where somebody pastes from some documents. What they pasted
    with it is kept, and forms for entries say where it stood.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _nul_shown(request.GET)
        if request.method == "POST":
            request.POST = _nul_shown(request.POST)
        return self.get_response(request)


def _nul_shown(sent: QueryDict) -> QueryDict:
    if not any(NUL in one for name, values in sent.lists() for one in (name, *values)):
        return sent
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name.replace(NUL, ""), [one.replace(NUL, IN_ITS_PLACE) for one in values])
    return kept


class NeverStored:
    """Middleware: `no-store, private` and `Vary: Cookie` on every page; not on static files.

    No page or file may be taken into a page of another site either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        patch_vary_headers(response, ["Cookie"])
        return response
