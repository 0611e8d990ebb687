"""The page "Unusual access": a week's list for whoever asks about it, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.audit.unusual import UnusualAnswer, UnusualKind
from goldenthread.usecases.audit.unusual_access import (
    CannotAnswer,
    NotFoundHere,
    ShownLine,
    ShownWeek,
    UnusualShown,
    answer_unusual,
    read_unusual,
    rules_told,
)
from goldenthread.web.kit import clock, words

NO_ID = UUID(int=0)
WEEKS_AT_ONCE = 12


@require_http_methods(["GET", "POST"])
def unusual(request: HttpRequest) -> HttpResponse:
    """Show a week's list, or keep what the lead says of a line. Raises NotFoundHere for others."""
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            week = answer_unusual(
                request.actor, _id(request.POST.get("look", "")) or NO_ID,
                answer=request.POST.get("answer", ""), reason=request.POST.get("reason", ""),
                id=_id(request.POST.get("id", "")) or clock.new_id(), now=clock.now(),
            )  # fmt: skip
        except CannotAnswer as refused:
            problem = {"part": refused.part, "text": refused.reason}
        else:
            messages.success(request, "Saved. The answer stands beside the line.")
            return redirect(_of_week(week))
    begins = _day(request.POST.get("week") or request.GET.get("week", ""))
    shown = read_unusual(request.actor, begins, now=clock.now())
    page = _page(shown, request, problem)
    return render(request, "trail/unusual.jinja", page, status=422 if problem else 200)


def _page(shown: UnusualShown, request: HttpRequest, problem: dict[str, str]) -> dict[str, object]:
    people = _by_person(shown.lines, with_agency=shown.is_governance)
    typed = {name: request.POST.get(name, "") for name in ("look", "answer", "reason")}
    unanswered = sum(not one.answers for one in shown.lines)
    at = next((str(one.id) for one in shown.lines if str(one.id) == typed["look"]), "")
    href = f"#{problem['part']}-{at}" if problem and at else "#main-content"
    return {
        "week": _week(shown.week) if shown.week else None,
        "week_iso": shown.week.begins.isoformat() if shown.week else "",
        "number": words.counted(len(shown.lines), "line"),
        "unanswered": unanswered,
        "due": words.day_in_words(shown.week.due_on) if shown.week else "",
        "people": people,
        "is_governance": shown.is_governance,
        "weeks": [
            {"href": _of_week(one.begins), "text": _week(one), "current": one == shown.week}
            for one in shown.weeks[:WEEKS_AT_ONCE]
        ],
        "choices": UnusualAnswer.choices(),
        "rules": rules_told(),
        "form_id": clock.new_id(),
        "typed": typed,
        "problem": problem,
        "errors": [{"text": problem["text"], "href": href}] if problem else [],
    }


def _by_person(lines: Iterable[ShownLine], *, with_agency: bool) -> list[dict[str, object]]:
    theirs: dict[UUID, list[ShownLine]] = {}
    for one in lines:
        theirs.setdefault(one.who.id, []).append(one)
    return [
        {
            "name": own[0].who.name,
            "post": f"{own[0].who.role}, {own[0].who.agency_name}"
            if with_agency
            else own[0].who.role,
            "lines": [_line(one) for one in own],
        }
        for own in theirs.values()
    ]


def _line(one: ShownLine) -> dict[str, object]:
    case = one.line.case
    looks = ""
    if case and one.may_open:
        first, last = one.line.days[0], one.line.days[-1]
        query = {"person": str(one.who.id), **_boxes("first", first), **_boxes("last", last)}
        looks = f"{reverse('who_has_looked', kwargs={'case': case})}?{urlencode(query)}"
    return {
        "id": one.id,
        "why": one.line.kind.label,
        "family": one.family.reference if one.family else "",
        "what": _what(one),
        "looks": looks,
        "answers": [
            {
                "answer": UnusualAnswer.label_of(said.answer),
                "reason": said.reason,
                "by": f"{said.by_name}, {words.day_of_instant(said.recorded_at)}",
            }
            for said in one.answers
        ],
    }


def _what(one: ShownLine) -> str:
    """What was done and when, in one sentence, with the threshold it met where it is a number."""
    line = one.line
    family = one.family.reference if one.family else "a family"
    days = ", ".join(map(words.day_in_words, line.days))
    listed = f"{line.at_least} or more are listed"
    match line.kind:
        case UnusualKind.OUT_OF_HOURS:
            number = words.counted(len(line.about), "family", "families")
            return f"Opened {number} out of hours on {days}, or in the night after it. {listed}."
        case UnusualKind.REFUSED:
            number = words.counted(line.number, "time")
            return f"Was refused {number}, on {days}. {listed}. What was refused is not told."
        case UnusualKind.ADDRESS:
            return f"Was shown a safe address of {family} on {days}. Each time gave a reason."
        case _:
            return f"Opened {family} on {days}."


def _week(one: ShownWeek) -> str:
    first, last = one.begins, one.begins + timedelta(days=6)
    return f"{words.day_in_words(first)} to {words.day_in_words(last)}"


def _of_week(begins: date) -> str:
    return f"{reverse('unusual_access')}?{urlencode({'week': begins.isoformat()})}"


def _boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}-{part}": getattr(day, part) for part in ("day", "month", "year")}


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotFoundHere("No list was made of that week.") from None


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
