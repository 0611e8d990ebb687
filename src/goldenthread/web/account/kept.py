"""Shows back what somebody sent and the service could not take, so that no words are lost.

It reads nothing but the request itself: no record, no session, no person. It must never show back
a password, a code, a safe address or a form's own machinery, and it keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.http import urlencode

# Parts of field names that are never shown back.
NEVER_SHOWN = (
    "csrfmiddlewaretoken", "password", "code", "credential", "login", "next", "token", "safe_",
)  # fmt: skip
# What a form says of itself.
OF_THE_FORM = ("page", "go", "screen", "step")
LONGEST_FIELDS = 60
CALLED = {"text": "What was written", "because": "Why"}
_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it was sent."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How tall a box shows it without scrolling, within reason."""
        return min(18, max(2, self.text.count("\n") + len(self.text) // 40 + 1))


def words_sent(request: HttpRequest) -> list[Kept]:
    """What was typed into the form that was sent, in its order; empty answers are left out."""
    try:
        fields = list(request.POST.lists())
    except (OSError, RawPostDataException):
        return []
    return words_in(fields)


def words_in(fields: Iterable[tuple[str, Sequence[str]]]) -> list[Kept]:
    """What was typed into these fields, in their order; empty answers are left out."""
    return [
        Kept(_label(name), value)
        for name, values in fields
        if name not in OF_THE_FORM and not any(part in name.lower() for part in NEVER_SHOWN)
        for value in values
        if value.strip() and not _is_machinery(value)
    ][:LONGEST_FIELDS]


def _label(name: str) -> str:
    """What a field goes by: its name in words, without the id of what it is about."""
    words = _ID.sub("", name).replace("-", " ").replace("_", " ").split()
    return CALLED.get(name) or " ".join(words).capitalize() or "One answer"


def signed_out_page(request: HttpRequest) -> HttpResponse:
    """The session ended before this was sent: say so, show the words, offer to sign in again."""
    context = {"kept": words_sent(request), "next": urlencode({"next": request.path})}
    return render(request, "account/ended.jinja", context, status=401)


def _is_machinery(value: str) -> bool:
    """Ids of a form: long, without spaces, of hexadecimal digits and hyphens alone."""
    return len(value) >= 32 and all(letter in "0123456789abcdefABCDEF-" for letter in value)
