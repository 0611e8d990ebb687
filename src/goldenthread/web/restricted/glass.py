"""Break the glass of a family, go on with what was agreed to, and close it before its time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.shared.instants import clock_time
from goldenthread.usecases.access.break_glass import (
    Answered,
    Asked,
    AskRow,
    BrokenRow,
    CannotBreak,
    GlassRules,
    break_again,
    break_glass,
    end_glass,
    glass_page,
)
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.kit import clock, words
from goldenthread.web.restricted.typed import form_id, ids_of

TYPED = ("reference", "reason", "basis", "words", "second")
ENDED = "The glass is whole again. You read this family’s record as you did before."


@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """Ask which family and why, all problems at once; what is open, and what was agreed to."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            answered = _asked(request)
        except CannotBreak as refused:
            problems = refused.problems
        else:
            return _on(request, answered)
    now = clock.now()
    found = glass_page(request.actor, now=now)
    page = {
        "form_id": request.POST.get("id") or clock.new_id(),
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "problems": problems,
        "errors": [
            {"text": text, "href": f"#{part or 'agreed'}"} for part, text in problems.items()
        ],
        "may": found.may,
        "hours": words.counted(_hours(found.rules), "hour"),
        "days": words.counted(found.rules.alone_again_after.days, "day"),
        "review": words.counted(found.rules.review_within_working_days, "working day"),
        "reasons": list(found.rules.reasons.items()),
        "bases": list(found.rules.bases.items()),
        "seconds": [(one.id, f"{one.name}, {one.role}") for one in found.seconds],
        "open": [_open(one) for one in found.open],
        "asks": [_ask(one, now, found.rules) for one in found.asks],
        "sources": found.rules.sources,
    }
    return render(request, "restricted/glass.jinja", page, status=422 if problems else 200)


@require_POST
def glass_end(request: HttpRequest, case: UUID) -> HttpResponse:
    """Close what one opened of a family. Raises NotFoundHere where that is nothing."""
    end_glass(request.actor, case, now=clock.now())
    messages.success(request, ENDED)
    return redirect("families")


def _asked(request: HttpRequest) -> Answered:
    sent, now = request.POST, clock.now()
    shown = step_shown(request)
    agreed = ids_of([sent.get("ask", "")])
    if agreed:
        return break_again(request.actor, agreed[0], shown=shown, id=form_id(request), now=now)
    second = ids_of([sent.get("second", "")])
    asked = Asked(*(sent.get(name, "") for name in TYPED[:4]))
    return break_glass(
        request.actor, asked, second=second[0] if second else None, shown=shown,
        id=form_id(request), now=now,
    )  # fmt: skip


def _on(request: HttpRequest, answered: Answered) -> HttpResponse:
    if answered.case is None or answered.until is None:
        messages.success(
            request,
            f"{answered.waits_for} is asked to agree, and whoever else may agree can answer first. "
            "You find here what is said; nothing is open until then.",
        )
        return redirect("break_glass")
    until = clock_time(answered.until)
    messages.success(request, f"The record is open for you to read until {until}.")
    return redirect("family", case=answered.case)


def _hours(rules: GlassRules) -> int:
    return int(rules.lasts.total_seconds() // 3600)


def _open(one: BrokenRow) -> dict[str, str]:
    return {
        "reference": one.reference,
        "until": clock_time(one.until),
        "href": reverse("family", kwargs={"case": one.case}),
        "end": reverse("glass_end", kwargs={"case": one.case}),
    }


def _ask(one: AskRow, now: datetime, rules: GlassRules) -> dict[str, object]:
    by = one.answered_at + rules.agreed_for if one.answered_at else None
    return {
        "id": one.id,
        "second": one.second_name,
        "answered_by": one.by_name,
        "when": words.instant_in_words(one.asked_at),
        "agrees": one.agrees,
        "said": one.answer_words,
        "holds": bool(one.agrees and by and now < by),
        "by": words.instant_in_words(by) if by else "",
    }
