"""Points a safe address out in what somebody has written, once, before it is kept.

It advises and never traps: the words stand there to be changed, and may be kept as they are. Only
whoever may have the address is told; to anybody else it would say whether they guessed right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch

from goldenthread.domain.addresses.finding import found_in
from goldenthread.usecases.addresses.protecting import MARK, Protection

SEEN = "safe-words-seen"
_REMEMBERED = "safe_words_pointed_out"
MOST_REMEMBERED = 200
# What is posted to these is looked for and not kept: a search for an address is not made.
SEARCHES = frozenset({"history", "search"})


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the form that was sent; `label` where an address stands in it."""

    name: str
    value: str
    label: str = ""
    without: str = ""

    @property
    def rows(self) -> int:
        """How tall a box shows it without scrolling, within reason."""
        return min(14, max(2, self.value.count("\n") + len(self.value) // 50 + 1))


def before_it_is_kept(
    request: HttpRequest, match: ResolverMatch, protection: Protection
) -> HttpResponse | None:
    """A page that shows which words hold a safe address; None where there is nothing to show."""
    if match.url_name in SEARCHES:
        return _not_searched(request, protection)
    fields = [
        _field(name, value, protection)
        for name, values in request.POST.lists()
        for value in values
        if name not in (SEEN, "csrfmiddlewaretoken")
    ]
    pointed = [one for one in fields if one.label]
    if not pointed or request.FILES:
        return None
    known = request.session.get(_REMEMBERED, [])
    said = {_digest(request, one) for one in pointed}
    if SEEN in request.POST:
        request.session[_REMEMBERED] = [*known, *sorted(said)][-MOST_REMEMBERED:]
        kept = request.POST.copy()
        kept.pop(SEEN)
        request.POST = kept
        return None
    if said <= set(known):
        return None
    page = {"fields": fields, "at": request.get_full_path(), "many": len(pointed) > 1}
    return render(request, "addresses/pointed_out.jinja", page, status=200)


def _not_searched(request: HttpRequest, protection: Protection) -> HttpResponse | None:
    if not any(found_in(value, protection.known) for value in request.POST.values()):
        return None
    return render(request, "addresses/not_searched.jinja", {"at": request.path}, status=422)


def _field(name: str, value: str, protection: Protection) -> Field:
    if not found_in(value, protection.known):
        return Field(name, value)
    called = name.replace("-", " ").replace("_", " ")
    label = "What you wrote" if called == "text" else f"What you wrote ({called})"
    return Field(name, value, label, MARK)


def _digest(request: HttpRequest, field: Field) -> str:
    """What is remembered of words that were pointed out: a digest, for this page alone."""
    said = f"{request.session.session_key}:{request.path}:{field.value}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]
