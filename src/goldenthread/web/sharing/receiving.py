"""Read what one's agency was told, acknowledge it, ask back, and say what came of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.provenance.vocabulary import ReceiptStep
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.acknowledge_entry import (
    LONGEST_WORDS,
    CannotAcknowledge,
    acknowledge_entry,
    came_of_entry,
)
from goldenthread.usecases.chronology.read_entry import EntryRead, read_entry
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.record.presenters import entry_card
from goldenthread.web.sharing.wording import passed_line


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Show the whole entry and ask for one press; what else they say is optional."""
    typed = {name: request.POST.get(name, "") for name in ("will_do", "asks")}
    if request.method == "GET":
        return _page(request, case, statement, typed)
    try:
        received = acknowledge_entry(request.actor, case, statement, **typed, now=clock.now())
    except CannotAcknowledge as refused:
        return _page(request, case, statement, typed, refused)
    said = "You had acknowledged this already." if received.already else "Acknowledged."
    messages.success(request, f"{said} Whoever told you sees it.")
    return redirect("receive_entry", case=case, statement=statement)


@require_POST
def came_of_it(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Keep what came of an entry, for whoever told it."""
    typed = {"came_of_it": request.POST.get("came_of_it", "")}
    try:
        came_of_entry(request.actor, case, statement, typed["came_of_it"], now=clock.now())
    except CannotAcknowledge as refused:
        return _page(request, case, statement, typed, refused)
    messages.success(request, "Saved. Whoever told you sees it.")
    return redirect("receive_entry", case=case, statement=statement)


def _page(
    request: HttpRequest,
    case: UUID,
    statement: UUID,
    typed: dict[str, str],
    refused: CannotAcknowledge | None = None,
) -> HttpResponse:
    now = clock.now()
    read = read_entry(request.actor, case, statement, now=now)
    day = day_of(now)
    wrong = {refused.part: refused.reason} if refused else {}
    page = {
        "frame": family_frame(read.history, current="sharing", today=day),
        "case": case,
        "entry": statement,
        "card": entry_card(read.entry),
        "told": [
            passed_line(one, read.sharing.people, case, day)
            for one in read.sharing.to_us
            if one.told.to_person in (None, request.actor.practitioner)
        ]
        or [passed_line(one, read.sharing.people, case, day) for one in read.sharing.to_us],
        "done": _has_acknowledged(request, read),
        "own": read.entry.agency.id == request.actor.agency,
        "typed": typed,
        "wrong": wrong,
        "longest": LONGEST_WORDS,
        "errors": [{"text": refused.reason, "href": f"#{_anchor(refused.part)}"}]
        if refused
        else [],
        "back_link": {"text": "Sharing", "href": reverse("sharing", kwargs={"case": case})},
        "made_by": made_by(read.history, now=now),
    }
    return render(request, "sharing/receive.jinja", page, status=422 if refused else 200)


def _anchor(part: str) -> str:
    return part.replace("_", "-") or "main-content"


def _has_acknowledged(request: HttpRequest, read: EntryRead) -> bool:
    """Whether this very reader has; a colleague's word is not theirs."""
    return any(
        receipt.step == ReceiptStep.ACKNOWLEDGED
        and receipt.practitioner == request.actor.practitioner
        for one in read.sharing.to_us
        if one.progress
        for receipt in one.progress.acknowledged
    )
