"""What every page is told: who is signed in, and where the navigation leads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.usecases.access import demonstration


def signed_in(request: HttpRequest) -> dict[str, object]:
    """The layout's values for this request; a page for nobody has no navigation."""
    common: dict[str, object] = {"demonstration": settings.DEMONSTRATION, "home_url": "/"}
    person = getattr(request, "reader", None)
    if person is None:
        if settings.DEMONSTRATION and request.path == reverse("account_login"):
            common["demo_accounts"] = demonstration.accounts()
            common["demo_password"] = demonstration.DEMONSTRATION_PASSWORD
        return {"demo_accounts": (), **common}
    return {
        **common,
        "person": {"name": person.name, "agency": person.agency_name},
        "sign_out_url": reverse("account_logout"),
        "navigation": [
            {
                "text": "My families",
                "href": reverse("families"),
                "current": request.path == reverse("families"),
            },
            {
                "text": "Your account",
                "href": reverse("account"),
                "current": request.path.startswith(reverse("account")),
            },
        ],
    }
