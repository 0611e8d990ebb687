"""What every page is told: who is signed in, and where the navigation leads.

It never reads the record: a page that says the record is gone is told the same way.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.domain.access.remit import Remit
from goldenthread.usecases.access.break_glass import may_break_glass
from goldenthread.web.kit import clock
from goldenthread.web.kit.printed_line import printed_line


def signed_in(request: HttpRequest) -> dict[str, object]:
    """The layout's values for this request; a page for nobody has no navigation."""
    common: dict[str, object] = {
        "demonstration": settings.DEMONSTRATION,
        "home_url": "/",
        "accessibility_url": reverse("accessibility"),
    }
    person = getattr(request, "reader", None)
    if person is None:
        return common
    account = reverse("account")
    # Who looks after accounts, or after who looked, is shown no way to what families ask.
    accounts = request.actor.remit == Remit.ADMINISTRATOR
    asks = not accounts and request.actor.remit != Remit.INFORMATION_GOVERNANCE
    return {
        **common,
        "person": {"name": person.name, "agency": person.agency_name},
        "own_line": printed_line(person, now=clock.now()),
        "sign_out_url": reverse("account_logout"),
        "session_url": reverse("session_left"),
        "navigation": [
            _link(request, "My families", "families"),
            *([_link(request, "Search", "search")] if asks else []),
            *([_link(request, "Open questions", "unanswered")] if asks else []),
            *([_link(request, "Challenges", "my_challenges")] if asks else []),
            *(
                [_link(request, "Restricted records", "restricted_records")]
                if request.actor.remit == Remit.AGENCY_LEAD
                else []
            ),
            *_of_the_glass(request),
            *([_link(request, "Accounts", "accounts")] if accounts else []),
            {
                "text": "Patterns",
                "href": reverse("patterns"),
                "current": request.path.startswith(reverse("patterns")),
            },
            {
                "text": "Your account",
                "href": account,
                "current": request.path.startswith(account),
            },
        ],
    }


def _of_the_glass(request: HttpRequest) -> list[dict[str, object]]:
    """The way to break the glass, or to who did; a lead finds both on "Restricted records"."""
    remit = request.actor.remit
    if remit == Remit.INFORMATION_GOVERNANCE:
        return [
            _link(request, "Broken glass", "broken_glass"),
            _link(request, "Unusual access", "unusual_access"),
        ]
    breaks = may_break_glass(request.actor) and remit != Remit.AGENCY_LEAD
    return [_link(request, "Break the glass", "break_glass")] if breaks else []


def _link(request: HttpRequest, text: str, name: str) -> dict[str, object]:
    address = reverse(name)
    return {"text": text, "href": address, "current": request.path == address}
