"""Two agencies' entries that are possibly about one event: a person says yes, no, or leaves it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import NotFoundHere
from goldenthread.usecases.chronology.link_events import link_events
from goldenthread.usecases.chronology.read_history import possible_same_events
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.case.cards import card
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame

# Pairs on one page: more would be scrolled past, not read.
PAIRS_SHOWN = 25


@require_http_methods(["GET", "POST"])
def same_events(request: HttpRequest, case: UUID) -> HttpResponse:
    """List the open questions, earliest first, and take an answer."""
    if request.method == "POST":
        return _answer(request, case)
    now = clock.now()
    history, pairs = possible_same_events(request.actor, case, now=now)
    by_id = {e.id: e for e in history.entries}
    open_pairs = [
        {
            "one": card(by_id[pair.one], history),
            "other": card(by_id[pair.other], history),
            "because": pair.because,
        }
        for pair in pairs
    ]
    return render(
        request,
        "case/same_events.jinja",
        {
            "frame": family_frame(history, current="same_events", today=day_of(now)),
            "pairs": open_pairs[:PAIRS_SHOWN],
            "more": max(0, len(open_pairs) - PAIRS_SHOWN),
            "settled": _settled(history),
        },
    )


def _answer(request: HttpRequest, case: UUID) -> HttpResponse:
    try:
        one, other = UUID(request.POST.get("one", "")), UUID(request.POST.get("other", ""))
    except ValueError:
        raise NotFoundHere("There are no two such entries in what you can read.") from None
    same = request.POST.get("answer") == "same"
    link_events(request.actor, case, one, other, same=same, reason="", now=clock.now())
    said = "They are one event. Both entries stay." if same else "They are two events."
    messages.success(request, said)
    return redirect("same_events", case=case)


def _settled(history: History) -> list[dict[str, object]]:
    by_id = {e.id: e for e in history.entries}
    found = {}
    for entry in history.entries:
        for kind, other in entry.answers:
            if kind in (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT) and other in by_id:
                found[(frozenset((entry.id, other)), kind)] = (entry, by_id[other], kind)
    return [
        {
            "one": card(one, history),
            "other": card(other, history),
            "answer": "One event" if kind == LinkKind.SAME_EVENT else "Two events",
        }
        for one, other, kind in found.values()
    ]
