"""Asks again, before a sensitive act, for what an account signs in with; then takes the act up.

The acts are one list, in `domain/access/step_up.py`; the papers that carry a whole record off, in
`domain/addresses/output_kinds.py`. It is asked once within the time that settings give, however
many papers are taken; and of every family alike, one that is not there too. Where the account has a
second step that is what counts; an account without one, where none is required, shows its password.
What was being sent waits on the server and is taken up by itself: nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.domain.access.step_up import (
    SensitiveAct,
    StepShown,
    StepUpNeeded,
    require_step_up,
)
from goldenthread.domain.addresses.output_kinds import CARRIES_WHOLE, kind_at
from goldenthread.web.account.second_step import SECOND_STEPS
from goldenthread.web.kit import clock


def step_shown(request: HttpRequest) -> StepShown:
    """When whoever is signed in last showed their second step, and for how long that counts."""
    shown = get_authentication_records(request, request.user)
    if is_mfa_enabled(request.user, SECOND_STEPS):
        shown = [one for one in shown if one.get("method") == "mfa"]
    latest = max((one["at"] for one in shown), default=None)
    at = None if latest is None else datetime.fromtimestamp(latest, UTC)
    return StepShown(at, settings.STEP_UP_LASTS)


def where_to_show(request: HttpRequest) -> str:
    """The page on which whoever is signed in shows that it is they."""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return reverse("mfa_reauthenticate")
    if is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN]):
        return reverse("mfa_reauthenticate_webauthn")
    return reverse("account_reauthenticate")


class StepUp:
    """Middleware: an act that needs the second step is put off until it was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, given: dict[str, Any]
    ) -> HttpResponse | None:
        """Before a whole record is taken away: let it go on, or ask first."""
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        kind = kind_at(name, request.GET.dict())
        if kind is None or kind.key not in CARRIES_WHOLE or request.actor is None:
            return None
        try:
            shown = step_shown(request)
            require_step_up(SensitiveAct.TAKE_WHOLE_RECORD, shown, now=clock.now())
        except StepUpNeeded:
            return suspend_request(request, where_to_show(request))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Send the person to show their second step, and keep what they were sending."""
        if isinstance(error, StepUpNeeded):
            return suspend_request(request, where_to_show(request))
        return None
