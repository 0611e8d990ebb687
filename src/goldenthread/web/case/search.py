"""Search: families by name or reference, and words in the entries of one's own families.

What is sought is posted, so that no name is ever in an address, and it is kept nowhere.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import families_of, news_of
from goldenthread.usecases.chronology.search_entries import EntryFound, entries_with
from goldenthread.web.case.home import family_line
from goldenthread.web.kit import clock, words

FAMILIES_AT_ONCE, ENTRIES_AT_ONCE = 10, 30
LONGEST = 100  # characters sought


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask for words, or show what stands where they do."""
    typed = request.POST.get("words", "")
    sought = " ".join(typed.split())[:LONGEST]
    page: dict[str, object] = {"sought": sought, "is_asked": request.method == "POST"}
    if sought:
        page |= _found(request, sought)
    return render(request, "case/search.jinja", page)


def _found(request: HttpRequest, sought: str) -> dict[str, object]:
    now = clock.now()
    families = families_of(request.actor, now=now, words=sought, most=FAMILIES_AT_ONCE + 1)
    lines = families[:FAMILIES_AT_ONCE]
    news = news_of(request.actor, lines, now=now)
    entries = entries_with(request.actor, sought, now=now, most=ENTRIES_AT_ONCE)
    return {
        "families": [family_line(one, news[one.case.id], day_of(now)) for one in lines],
        "families_found": _counted(lines, len(families) > len(lines), "family", "families"),
        "entries": [_entry(one) for one in entries.entries],
        "entries_found": _counted(entries.entries, entries.more, "entry", "entries"),
        "more_entries": entries.more,
        "more_families": len(families) > len(lines),
    }


def _counted(shown: list | tuple, more: bool, one: str, many: str) -> str:
    return f"More than {len(shown)} {many}" if more else words.counted(len(shown), one, many)


def _entry(found: EntryFound) -> dict[str, object]:
    return {
        "href": reverse("entry", kwargs={"case": found.case.id, "statement": found.statement}),
        "when": words.date_in_words(found.happened),
        "kind": Kind.label_of(found.kind),
        "agency": found.agency,
        "family": f"{found.case.family_label}, {found.case.reference}",
        "excerpt": [{"words": text, "is_found": is_found} for text, is_found in found.excerpt],
    }
