"""How sign-in works here: accounts are given by a partnership, nobody signs up by themselves.

Every sign-in, every failure and every sign-out leaves an audit row, written before it takes effect:
no row, no sign-in. It must never send e-mail, and never say whether an address has an account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.usecases.access import sign_in_events
from goldenthread.usecases.accounts.confirming import warning_of
from goldenthread.web.account.locked import digest_of
from goldenthread.web.kit.clock import now
from goldenthread.web.kit.words import day_in_words

# What is said after a change, by the name of the library's message; others are not said at all.
SAID = {
    "account/messages/password_changed.txt": "Your password has been changed.",
    "account/messages/password_set.txt": "Your password has been set.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app has been removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes.",
    "mfa/messages/webauthn_added.txt": "Your passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
    "usersessions/messages/sessions_logged_out.txt": "You are signed out everywhere else.",
}

NOT_CONFIRMED = (
    "Nobody has confirmed that you still work where your account says. From {day} you cannot sign "
    "in until somebody does: ask your agency’s account administrator."
)


class NoSignUp(DefaultAccountAdapter):
    """The allauth adapter: no sign-up, audited sign-in, plain words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right. "
        "Check both and try again.",
        "incorrect_password": "That is not your password. Try again.",
        "enter_current_password": "Enter the password you use now.",
        "rate_limited": "Too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make their own account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting wrong passwords to the lock-out, which every process shares."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure down."""
        address = str(credentials.get("email") or "")
        sign_in_events.sign_in_failed(address, digest=digest_of(address))

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password of whoever is signed in; wrong ones count towards the lock-out."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether a change to signing in needs the password or passkey again.

        Not within fifteen minutes of having shown it: somebody who has just signed in is not asked
        twice while setting up the second step.
        """
        shown = [one["at"] for one in get_authentication_records(self.request, self.request.user)]
        since = now().timestamp() - max(shown, default=0)
        recent = 0 <= since < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, once it has been written down."""
        used = get_authentication_records(request, user)
        methods = tuple(str(one.get("type") or one.get("method")) for one in used)
        sign_in_events.signed_in(user.pk, methods=methods)
        super().login(request, user)
        stops = warning_of(user.pk, now=now())
        if stops is not None:
            messages.error(request, NOT_CONFIRMED.format(day=day_in_words(stops)))

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and write it down."""
        if request.user.is_authenticated:
            sign_in_events.signed_out(request.user.pk)
        super().logout(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """After signing out: the page that says so."""
        return reverse("signed_out")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After changing the password: the account page."""
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say a change in our own words, and write it down; stay silent about the rest."""
        words = message or SAID.get(message_template or "")
        if not words:
            return
        messages.add_message(request, level, words, extra_tags=extra_tags)
        if message_template and request.user.is_authenticated:
            what = message_template.rpartition("/")[2].removesuffix(".txt")
            sign_in_events.sign_in_changed(request.user.pk, what=what)
