"""The scan's own page: every offer as a link or a form, from which the web scanner sets out."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from tests.scan.offers import TOKEN, Offer

# By the name of a batch; filled by the scan before a scanner sets out.
BATCHES: dict[str, list[Offer]] = {}


@login_not_required
def listed(request: HttpRequest, batch: str) -> HttpResponse:
    """Every offer of a batch, each once."""
    token = request.COOKIES.get("csrftoken", "")
    rows = "\n".join(_row(one, token) for one in BATCHES[batch])
    return HttpResponse(
        f"<!doctype html><html lang='en'><title>List</title><body>{rows}</body></html>"
    )


def _row(offer: Offer, token: str) -> str:
    if offer.method == "GET":
        asked = f"?{urlencode(offer.fields)}" if offer.fields else ""
        return f"<a href='{escape(offer.address + asked)}'>{offer.name}</a>"
    fields = dict(offer.fields) | {TOKEN: token}
    inputs = "".join(
        f"<input type='text' name='{escape(name)}' value='{escape(value)}'>"
        for name, value in fields.items()
    )
    file = "<input type='file' name='file'>" if offer.has_file else ""
    kind = " enctype='multipart/form-data'" if offer.has_file else ""
    return f"<form method='post' action='{escape(offer.address)}'{kind}>{inputs}{file}<button>Send</button></form>"
