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
from goldenthread.usecases.chronology.same_events import SameEvents, possible_same_events
from goldenthread.web.case.cards import card
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by

# Pairs on one page: more would be scrolled past, not read.
PAIRS_SHOWN = 25
LONGEST_REASON = 2_000


@require_http_methods(["GET", "POST"])
def same_events(request: HttpRequest, case: UUID) -> HttpResponse:
    """List the open questions, earliest first, and take an answer."""
    if request.method == "POST":
        return _answer(request, case)
    now = clock.now()
    found = possible_same_events(request.actor, case, now=now)
    history = found.history
    by_id = {e.id: e for e in history.entries}
    open_pairs = [
        {
            "one": card(by_id[pair.one], history),
            "other": card(by_id[pair.other], history),
            "because": pair.because,
        }
        for pair in found.open
    ]
    return render(
        request,
        "case/same_events.jinja",
        {
            "frame": family_frame(history, current="same_events", today=day_of(now)),
            "pairs": open_pairs[:PAIRS_SHOWN],
            "more": max(0, len(open_pairs) - PAIRS_SHOWN),
            "settled": _settled(found),
            "made_by": made_by(history, now=now),
        },
    )


def _answer(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take one answer; anything but the two answers there are changes nothing."""
    answer = request.POST.get("answer", "")
    try:
        one, other = UUID(request.POST.get("one", "")), UUID(request.POST.get("other", ""))
    except ValueError:
        raise NotFoundHere("There are no two such entries in what you can read.") from None
    if answer not in ("same", "not"):
        messages.error(request, "Choose “Same event” or “Not the same”. Nothing was changed.")
        return redirect("same_events", case=case)
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    same = answer == "same"
    link_events(request.actor, case, one, other, same=same, reason=reason, now=clock.now())
    said = (
        "Saved: one event. Both accounts stay as they were written."
        if same
        else "Saved: two different events."
    )
    messages.success(request, said)
    return redirect("same_events", case=case)


def _settled(found: SameEvents) -> list[dict[str, object]]:
    """The pairs answered already, latest first, each with who answered, when and why."""
    by_id = {e.id: e for e in found.history.entries}
    latest_first = sorted(found.settled.items(), key=lambda item: item[1].at, reverse=True)
    return [
        {
            "one": card(by_id[one], found.history),
            "other": card(by_id[other], found.history),
            "answer": _answer_in_words(said.word, other in by_id[one].same_event),
            "by": f"{said.name}, {said.agency_name}, {words.instant_in_words(said.at)}",
            "reason": said.reason,
        }
        for (one, other), said in latest_first
    ]


def _answer_in_words(word: str, together: bool) -> str:
    if word == LinkKind.NOT_SAME_EVENT:
        return "Two different events"
    # Somebody else said "not the same" of this pair or of its group: joining them would hide that.
    return "One event" if together else "Answered both ways, so kept apart"
