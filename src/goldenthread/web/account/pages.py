"""The pages about the service itself and about one's own account."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "account/accessibility.jinja")


@login_not_required
def signed_out(request: HttpRequest) -> HttpResponse:
    """You are signed out."""
    return render(request, "account/signed_out.jinja")


@login_not_required
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody makes their own account here, and who gives one."""
    return render(request, "account/no_sign_up.jinja")


@login_not_required
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """What to do without the password; the service sends no e-mail."""
    return render(request, "account/password_forgotten.jinja")


STEP_NAMES = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def second_steps(request: HttpRequest) -> list[tuple[str, datetime, datetime | None]]:
    """The second steps of whoever asks: what each is, since when, and when it was last used."""
    held = Authenticator.objects.filter(user=request.user).order_by("created_at", "pk")
    return [
        (
            STEP_NAMES.get(one.type) or f"Passkey “{one.wrap().name}”",
            one.created_at,
            one.last_used_at,
        )
        for one in held
    ]


def your_account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and everything about how they sign in."""
    held = {
        "app": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
        "passkeys": is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN]),
        "codes": is_mfa_enabled(request.user, [Authenticator.Type.RECOVERY_CODES]),
    }
    context = {
        "email": request.user.email,
        "reader": request.reader,
        "held": held,
        "steps": second_steps(request),
        "required": settings.REQUIRE_SECOND_STEP,
    }
    return render(request, "account/account.jinja", context)
