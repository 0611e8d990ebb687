"""Where somebody is signed in: when, with which browser, from where in coarse words; and ending it.

An address of a network is never shown: whether it is that of this request tells as much, and a
shoulder reads nothing from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.usecases.access import sign_in_events
from goldenthread.web.account.idle import LAST_SEEN

HERE = "from where you are now"
SAME_NETWORK = "from the network you are on now"
INSIDE = "from inside an agency’s network"
ELSEWHERE = "from another network"
# How much of an address two of one network have in common, by the version of the address.
IN_COMMON = {4: 16, 6: 32}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser that is signed in to the account."""

    id: int
    browser: str
    began: datetime
    seen: datetime | None
    place: str
    is_this: bool


def place_in_words(address: str, present: str) -> str:
    """From where a session came, as against where this request comes from."""
    if address == present:
        return HERE
    try:
        theirs, ours = ip_address(address), ip_address(present)
    except ValueError:
        return ELSEWHERE
    if theirs.version == ours.version:
        network = ip_network(f"{present}/{IN_COMMON[ours.version]}", strict=False)
        if theirs in network:
            return SAME_NETWORK
    return INSIDE if theirs.is_private else ELSEWHERE


def sessions_of(request: HttpRequest) -> list[SignedIn]:
    """The browsers signed in to the account of whoever asks, this one first, then the latest."""
    present = get_adapter().get_client_ip(request)
    found = [
        SignedIn(
            one.pk,
            one.user_agent,
            one.created_at,
            _seen(one.session_key),
            place_in_words(one.ip, present),
            one.session_key == request.session.session_key,
        )
        for one in UserSession.objects.purge_and_list(request.user)
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.began.timestamp()))


def _seen(key: str) -> datetime | None:
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    noted = store.get(LAST_SEEN)
    return datetime.fromisoformat(noted) if noted else None


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; one other that is chosen is ended, or every other."""
    if request.method == "GET":
        return render(request, "account/sessions.jinja", {"sessions": sessions_of(request)})
    others = UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    )
    chosen = request.POST.get("session", "")
    if chosen:
        others = (
            others.filter(pk=chosen) if chosen.isascii() and chosen.isdigit() else others.none()
        )
        if not others.exists():
            raise Http404
    for one in others:
        one.end()
    what = "session_ended" if chosen else "sessions_logged_out"
    sign_in_events.sign_in_changed(request.user.pk, what=what)
    said = "That session is ended." if chosen else "You are signed out everywhere else."
    messages.success(request, said)
    return redirect("usersessions_list")
