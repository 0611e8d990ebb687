"""The second step of signing in: required of every account, kept enciphered, said in plain words.

Settings decide whether it is required (`REQUIRE_SECOND_STEP`; a demonstration does not). It must
never let an account without one reach a family's record where it is required.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.usecases.access import sign_in_events
from goldenthread.web.account.missing import SaysWhatIsMissing

NONCE = 12  # bytes, as NIST SP 800-38D recommends for AES-GCM
# Part of the key and of what is sealed: neither serves for anything else.
WHAT = b"goldenthread second step"
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What somebody without a second step may open: setting one up, leaving, and the public pages.
OPEN_WITHOUT = (
    "mfa_", "account", "pending_code", "signed_out", "session_", "accessibility",
)  # fmt: skip


class SecondStepRequired:
    """Middleware: an account without a second step is sent to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Before any page: let it through, or send the person to set up a second step."""
        if not settings.REQUIRE_SECOND_STEP or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if (name or "").startswith(OPEN_WITHOUT) or is_mfa_enabled(request.user, SECOND_STEPS):
            return None
        return redirect("mfa_index")


class SecondStep(DefaultMFAAdapter):
    """The allauth adapter for apps, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Codes change every 30 seconds: enter the one "
        "the app shows now.",
        "cannot_delete_authenticator": "This is the only second step on your account. Set up "
        "another one first.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first. Recovery codes stand "
        "in for it when it is not there.",
    }

    def encrypt(self, text: str) -> str:
        """Encipher a secret before it is stored."""
        nonce = os.urandom(NONCE)
        sealed = nonce + AESGCM(_keys()[0]).encrypt(nonce, text.encode(), WHAT)
        return base64.urlsafe_b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret. Raises InvalidTag for one that no key of the service closed."""
        sealed = base64.urlsafe_b64decode(encrypted_text)
        *earlier, last = _keys()
        for key in earlier:
            with suppress(InvalidTag):
                return _opened(key, sealed)
        return _opened(last, sealed)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second step stays where one is required."""
        if not settings.REQUIRE_SECOND_STEP:
            return True
        held = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_STEPS)
        return held.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner names it."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if held == 0 else f"Passkey {held + 1}"

    def _get_site_name(self) -> str:
        return "Goldenthread"


class CodeForm(SaysWhatIsMissing, AuthenticateForm):
    """The code asked for at sign-in; a wrong one is written down."""

    missing: ClassVar[dict[str, str]] = {"code": "Enter the code, or a recovery code."}

    def clean_code(self) -> str:
        """Check the code."""
        try:
            return super().clean_code()
        except ValidationError:
            sign_in_events.second_step_failed(self.user.pk)
            raise


def _opened(key: bytes, sealed: bytes) -> str:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], WHAT).decode()


def _keys() -> list[bytes]:
    """Keys of 256 bits, from the service's secret key; earlier ones still open what they closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [HKDF(SHA256(), length=32, salt=None, info=WHAT).derive(one.encode()) for one in secrets]
