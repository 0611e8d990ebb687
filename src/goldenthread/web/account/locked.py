"""Pauses sign-in with one address after too many wrong passwords, the same for every address.

The lock-out keeps a keyed digest of the address that was tried, never the address.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def digest_of(address: str) -> str:
    """A keyed digest of an e-mail address: attempts can be told apart, addresses not read back."""
    return salted_hmac(
        "goldenthread.sign-in", address.strip().lower(), algorithm="sha256"
    ).hexdigest()[:32]


def tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """By what the lock-out counts: the digest of the address, wherever the library found it."""
    given = credentials or {}
    address = given.get("email") or given.get("login") or request.POST.get("login") or ""
    return digest_of(str(address))


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """Say that sign-in is paused and for how long; the same whether or not the account exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = render(request, "account/locked.jinja", {"minutes": minutes}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page
