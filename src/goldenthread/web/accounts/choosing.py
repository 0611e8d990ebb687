"""Choosing a password by a link: once, within its time, by whoever it was sent to.

The secret part of the link is taken out of the address at once, so that it stands in no history.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.usecases.accounts.links import LinkNotGood, account_of, choose_password
from goldenthread.web.accounts.sent import text_sent
from goldenthread.web.kit import clock

KEPT = "password_link"
LONGEST_LINK = 100


@login_not_required
@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret of a link out of the address, and go on to the form."""
    request.session[KEPT] = token[:LONGEST_LINK]
    return redirect("account_choose_password")


@login_not_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The form; and, once both passwords agree, the password."""
    token = str(request.session.get(KEPT, ""))
    try:
        account = get_user_model().objects.get(pk=account_of(token, now=clock.now()))
        if request.method == "GET":
            return _form(request, {})
        password = text_sent(request, "password1")
        if problems := _problems(password, text_sent(request, "password2"), account):
            return _form(request, problems)
        choose_password(token, password, id=clock.new_id(), now=clock.now())
    except LinkNotGood:
        request.session.pop(KEPT, None)
        return render(request, "accounts/link_over.jinja", status=410)
    request.session.pop(KEPT, None)
    messages.success(request, "Your password is chosen. Sign in with it.")
    return redirect("account_login")


def _problems(password: str, again: str, account: object) -> dict[str, str]:
    if not password:
        return {"password1": "Enter a password."}
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        return {"password1": " ".join(wrong.messages)}
    return {} if password == again else {"password2": "Enter the same password again."}


def _form(request: HttpRequest, problems: dict[str, str]) -> HttpResponse:
    page = {
        "problems": problems,
        "errors": [{"text": said, "href": f"#{part}"} for part, said in problems.items()],
        "rules": password_validators_help_texts(),
    }
    return render(request, "accounts/choose_password.jinja", page, status=422 if problems else 200)
