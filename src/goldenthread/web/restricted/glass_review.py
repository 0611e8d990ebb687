"""Who broke the glass: the list, one break and its review, and agreeing to a second time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.access.actions import Action
from goldenthread.domain.access.glass import ReviewOutcome
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.review_glass import (
    BreakSeen,
    CannotReview,
    MonthTold,
    answer_ask,
    glass_queue,
    read_ask,
    read_break,
    review_break,
)
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.kit import clock, words

MONTHS = "January February March April May June July August September October November December"
ANSWERS = {"yes": True, "no": False}


@require_GET
def broken_glass(request: HttpRequest) -> HttpResponse:
    """List the breaks, those not reviewed first; by month for information governance."""
    now = clock.now()
    found = glass_queue(request.actor, now=now)
    rows = [_line(one, now) for one in found.breaks]
    page = {
        "waiting": [row for row in rows if not row["outcome"]],
        "reviewed": [row for row in rows if row["outcome"]],
        "months": [_month(one) for one in found.months],
        "is_governance": found.is_governance,
        "least": found.rules.least_told,
        "within": words.counted(found.rules.review_within_working_days, "working day"),
        "escalates": words.counted(found.rules.escalates_after_days, "day"),
    }
    return render(request, "restricted/broken_glass.jinja", page)


@require_http_methods(["GET", "POST"])
def glass_review(request: HttpRequest, broken: UUID) -> HttpResponse:
    """One break, and what a review found of it."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            review_break(
                request.actor, broken, outcome=request.POST.get("outcome", ""),
                reason=request.POST.get("reason", ""), now=clock.now(),
            )  # fmt: skip
        except CannotReview as refused:
            problems = refused.problems
        else:
            messages.success(request, "Reviewed. What you found is kept.")
            return redirect("broken_glass")
    now = clock.now()
    found = read_break(request.actor, broken, now=now)
    page = {
        "one": _whole(found, now),
        "outcomes": ReviewOutcome.choices(),
        "typed": {name: request.POST.get(name, "") for name in ("outcome", "reason")},
        **_wrong(problems),
        "back_link": {"text": "Who broke the glass", "href": reverse("broken_glass")},
    }
    return render(request, "restricted/glass_review.jinja", page, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
def glass_agree(request: HttpRequest, ask: UUID) -> HttpResponse:
    """What a colleague asks the reader to agree to, and the answer."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            answer_ask(
                request.actor, ask, agrees=ANSWERS.get(request.POST.get("agrees", "")),
                reason=request.POST.get("reason", ""), shown=step_shown(request), now=clock.now(),
            )  # fmt: skip
        except CannotReview as refused:
            problems = refused.problems
        else:
            messages.success(request, "Kept. Whoever asked finds your answer where they asked.")
            return redirect("broken_glass")
    found = read_ask(request.actor, ask, now=clock.now())
    row = found.row
    page = {
        "who": f"{row.name}, {row.agency_name}",
        "name": row.name,
        "when": words.instant_in_words(row.asked_at),
        "reason": found.reason,
        "basis": found.basis,
        "said": row.words,
        "agrees": row.agrees,
        "answered_by": row.by_name,
        "typed": {name: request.POST.get(name, "") for name in ("agrees", "reason")},
        **_wrong(problems),
        "back_link": {"text": "Who broke the glass", "href": reverse("broken_glass")},
    }
    return render(request, "restricted/glass_agree.jinja", page, status=422 if problems else 200)


def _wrong(problems: dict[str, str]) -> dict[str, object]:
    errors = [{"text": text, "href": f"#{part or 'review'}"} for part, text in problems.items()]
    return {"problems": problems, "errors": errors}


def _line(one: BreakSeen, now) -> dict[str, object]:
    row = one.row
    due = words.day_in_words(one.due.on)
    late = day_of(now) > one.due.on
    return {
        "who": row.name,
        "agency": row.agency_name,
        "when": words.instant_in_words(row.opened_at),
        "family": one.reference or "A family that you may not open",
        "reason": one.reason,
        "outcome": ReviewOutcome.label_of(row.review.outcome) if row.review else "",
        "by": row.review.by_name if row.review else "",
        "due": f"Was due {due}" if late else f"Due {due}",
        "is_escalated": one.is_escalated,
        "may": one.may_review,
        "href": reverse("glass_review", kwargs={"broken": row.id}),
    }


def _whole(one: BreakSeen, now) -> dict[str, object]:
    row, review = one.row, one.row.review
    ended = "closed early" if row.closed_at else "ran until its time" if now >= row.until else ""
    return {
        **_line(one, now),
        "post": Remit.label_of(row.remit),
        "job": row.post,
        "until": words.instant_in_words(row.over_at),
        "ended": ended or "open now",
        "basis": one.basis,
        "said": row.words,
        "agreed_by": row.agreed_by_name or "",
        "looks": [(Action.label_of(what), number) for what, number in sorted(one.looks.items())],
        "found": review.reason if review else "",
        "found_on": words.day_of_instant(review.at) if review else "",
    }


def _month(one: MonthTold) -> tuple[str, ...]:
    name = f"{MONTHS.split()[one.month.month - 1]} {one.month.year}"
    return (name, one.breaks, one.reviewed, one.not_justified, one.late)
