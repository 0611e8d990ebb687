"""What somebody sees when an account is locked after too many wrong passwords."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: dict, *args, **kwargs) -> HttpResponse:
    """Say that the account is locked and for how long; the same whether or not it exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.jinja", {"minutes": minutes}, status=429)
