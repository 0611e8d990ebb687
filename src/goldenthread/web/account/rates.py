"""Answers what is asked too often: plainly, with when to try again, and all that was sent.

What is sent is counted by one list, by the name of an address; what is taken away is whatever the
register of output kinds names an address for. A limit is never said to be about what was
looked for: a family that is not there is counted like one that is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.domain.addresses.output_kinds import kind_at
from goldenthread.usecases.accounts.rates import Counted, asked_again, family_opened
from goldenthread.web.account.kept import words_sent
from goldenthread.web.kit import clock

# By the name of an address: what is counted when a form is sent to it.
SENT = {
    "account_login": Counted.SIGN_IN,
    "mfa_authenticate": Counted.SIGN_IN,
    "mfa_login_webauthn": Counted.SIGN_IN,
    "openid_connect_login": Counted.SIGN_IN,
    "account_reauthenticate": Counted.SIGN_IN,
    "mfa_reauthenticate": Counted.SIGN_IN,
    "mfa_reauthenticate_webauthn": Counted.SIGN_IN,
    "account_choose_password": Counted.LINK,
    "add_holder": Counted.LINK,
    "send_password_link": Counted.LINK,
    "bring_back": Counted.LINK,
    "search": Counted.SEARCH,
    "history": Counted.SEARCH,
    "break_glass": Counted.GLASS,
    "imports": Counted.UPLOAD,
    "network_read_file": Counted.UPLOAD,
    "replay_file": Counted.UPLOAD,
}
# And when it is only asked for.
ASKED = {
    "account_password_link": Counted.LINK,
    "openid_connect_callback": Counted.SIGN_IN,
}


class RateLimits:
    """Middleware: counts, and answers 429 where something was asked too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, given: dict[str, Any]
    ) -> HttpResponse | None:
        """Before any page: let it through, or say when to try again."""
        now, actor = clock.now(), request.actor
        kind = counted_as(request)
        if kind is not None and (opens := asked_again(kind, actor, address_of(request), now=now)):
            return too_often(request, opens, now)
        case = given.get("case")
        if actor is None or not isinstance(case, UUID):
            return None
        opens = family_opened(actor, case, now=now)
        return None if opens is None else too_often(request, opens, now)


def counted_as(request: HttpRequest) -> Counted | None:
    """What a request is counted as, None where it is not counted."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if kind_at(name, request.GET.dict()) is not None:
        return Counted.EXPORT
    return (SENT if request.method == "POST" else ASKED).get(name)


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from; empty where that cannot be told."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def too_often(request: HttpRequest, opens: datetime, now: datetime) -> HttpResponse:
    """429, with the minutes until it is possible again, and what was typed."""
    seconds = max(1, ceil((opens - now) / timedelta(seconds=1)))
    page = render(
        request,
        "account/too_often.jinja",
        {
            "minutes": ceil(seconds / 60),
            "kept": words_sent(request) if request.method == "POST" else [],
        },
        status=429,
    )
    page.headers["Retry-After"] = str(seconds)
    return page
