"""What every page is told: who is signed in, and where the navigation leads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def signed_in(request: HttpRequest) -> dict[str, object]:
    """The layout's values for this request; a page for nobody has no navigation."""
    common: dict[str, object] = {"demonstration": settings.DEMONSTRATION, "home_url": "/"}
    person = getattr(request, "reader", None)
    if person is None:
        return common
    return {
        **common,
        "person": {"name": person.name, "agency": person.agency_name},
        "sign_out_url": reverse("account_logout"),
        "navigation": [
            {
                "text": "My families",
                "href": reverse("families"),
                "current": request.path == reverse("families"),
            }
        ],
    }
