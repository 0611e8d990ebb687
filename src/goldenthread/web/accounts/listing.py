"""The accounts of an agency, and one of them with the history of its posts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.domain.access.confirmation import Standing
from goldenthread.usecases.accounts.read_accounts import (
    Account,
    How,
    Remit,
    read_account,
    read_accounts,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words, instant_in_words

TONES = {How.ACTIVE: "strength", How.STOPPED: "attention", How.LEFT: "quiet", How.OFF: "quiet"}
NOT_THERE = (How.LEFT, How.OFF)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Everybody of the agency: who works there first, then who left."""
    found = read_accounts(request.actor, now=clock.now())
    due = len(found.to_confirm)
    page = {
        "agency": found.agency_name,
        "here": [_line(one) for one in found.accounts if one.how not in NOT_THERE],
        "gone": [_line(one) for one in found.accounts if one.how in NOT_THERE],
        "due": f"{due} {'account is' if due == 1 else 'accounts are'} to be confirmed"
        if due
        else "",
        "alone": found.active_administrators < 2,
    }
    return render(request, "accounts/list.jinja", page)


def _line(one: Account) -> dict[str, object]:
    return {
        "name": one.row.name,
        "href": reverse("account_holder", kwargs={"practitioner": one.row.practitioner}),
        "post": one.row.post,
        "remit": "" if one.row.remit == Remit.PRACTITIONER else one.row.remit_label,
        "email": one.row.email,
        "state": state_in_words(one),
        "tone": TONES.get(one.how, "attention" if one.how is How.LEAVING else "plain"),
        "confirm": confirm_in_words(one),
    }


def state_in_words(one: Account) -> str:
    """How an account stands, in words."""
    if one.ends is not None:
        verb = "Leaves on" if one.how is How.LEAVING else "Left on"
        return f"{verb} {day_in_words(one.ends)}"
    return one.how.label


def confirm_in_words(one: Account) -> str:
    """When somebody is to confirm it again; nothing where nobody is to."""
    if one.how in (How.LEFT, How.OFF, How.STOPPED):
        return ""
    if one.standing is Standing.WARNED and one.stops is not None:
        return f"Not confirmed: stopped from {day_in_words(one.stops)}"
    return f"To be confirmed by {day_in_words(one.confirm_by)}"


@require_safe
def one(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """One account: as it is, what can be done, and what its holder's posts were."""
    found = read_account(request.actor, practitioner, now=clock.now())
    own = found.account
    page = {
        "name": own.row.name,
        "rows": [
            ("Post", own.row.post or "Not recorded"),
            ("Telephone", own.row.phone or "Not recorded"),
            ("What they may do", own.row.remit_label),
            ("Email address", own.row.email),
            ("Account", state_in_words(own)),
            ("Confirmation", confirm_in_words(own) or "Nobody is asked to confirm it"),
        ],
        "is_own": own.is_own,
        "is_stopped": own.how is How.STOPPED,
        "has_left": own.ends is not None,
        "has_password": own.row.has_password,
        "can_link": own.row.is_active and own.ends is None,
        "at": {
            name: reverse(name, kwargs={"practitioner": practitioner})
            for name in ("change_post", "move_post", "end_post", "send_password_link", "bring_back")
        },
        "history": [
            {
                "what": row.kind_label,
                "on": day_in_words(row.on),
                "post": f"{row.name}, {row.post}",
                "remit": Remit.label_of(row.remit),
                "phone": row.phone,
                "hand_to": row.hand_to_name or "",
                "by": f"{row.decided_by_name}, {instant_in_words(row.recorded_at)}",
            }
            for row in reversed(found.history)
        ],
        "back_link": {"text": "Accounts", "href": reverse("accounts")},
    }
    return render(request, "accounts/one.jinja", page)
