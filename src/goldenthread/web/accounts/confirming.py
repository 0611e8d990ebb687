"""The list of accounts to be confirmed, and confirming them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.shared.counting import counted
from goldenthread.usecases.accounts.confirming import AnotherConfirms, confirm_posts
from goldenthread.usecases.accounts.read_accounts import AgencyAccounts, read_accounts
from goldenthread.web.accounts.listing import confirm_in_words, state_in_words
from goldenthread.web.accounts.sent import chosen, id_sent
from goldenthread.web.kit import clock

NOBODY = "Choose who still works here, in the post that is shown."


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Who is to be confirmed; those who are chosen are confirmed in the posts shown."""
    found = read_accounts(request.actor, now=clock.now())
    if request.method == "GET":
        return _page(request, found, [], "")
    ticked = [one for typed in request.POST.getlist("who") if (one := chosen(typed))]
    if not ticked:
        return _page(request, found, [], NOBODY)
    try:
        names = confirm_posts(request.actor, ticked, id=id_sent(request), now=clock.now())
    except AnotherConfirms as refused:
        return _page(request, found, [str(one) for one in ticked], refused.reason)
    messages.success(request, f"{counted(len(names), 'account')} confirmed: {', '.join(names)}.")
    return redirect("confirm_posts")


def _page(
    request: HttpRequest, found: AgencyAccounts, ticked: list[str], problem: str
) -> HttpResponse:
    page = {
        "agency": found.agency_name,
        "people": [
            {
                "id": str(one.row.practitioner),
                "name": one.row.name,
                "post": one.row.post or "No post recorded",
                "remit": one.row.remit_label,
                "state": state_in_words(one),
                "when": confirm_in_words(one),
                "ticked": str(one.row.practitioner) in ticked,
                "href": reverse("account_holder", kwargs={"practitioner": one.row.practitioner}),
            }
            for one in found.to_confirm
        ],
        "days": found.figures.confirm_every,
        "stopped_after": found.figures.stopped_after_warning,
        "problem": problem,
        "errors": [{"text": problem, "href": "#who-1"}] if problem else [],
        "form_id": clock.new_id(),
        "back_link": {"text": "Accounts", "href": reverse("accounts")},
    }
    return render(request, "accounts/confirm.jinja", page, status=422 if problem else 200)
