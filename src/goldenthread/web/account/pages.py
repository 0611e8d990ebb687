"""The pages about the service itself, and the page of one's own account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "account/accessibility.jinja")


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password, second step, and where one is signed in."""
    return render(request, "account/account.jinja")
