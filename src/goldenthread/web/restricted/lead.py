"""What an agency's lead for restricted records looks after: conflicts and clearances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.people.staff import MatchAnswer
from goldenthread.usecases.access.clearances import (
    CannotClear,
    clear_for_label,
    clearances_to_look_after,
    end_clearance,
)
from goldenthread.usecases.access.conflicts import (
    CannotDeclare,
    conflicts_to_look_after,
    declare_for,
    lift_conflict,
)
from goldenthread.usecases.access.seals_overseen import (
    CannotTakeOn,
    seals_overseen,
    take_on_lost,
)
from goldenthread.usecases.access.staff_matches import (
    CannotAnswerMatch,
    answer_match,
    matches_to_answer,
)
from goldenthread.usecases.access.withhold_record import withheld_to_look_after
from goldenthread.web.kit import clock, words
from goldenthread.web.restricted.typed import form_id, ids_of

NOBODY = UUID(int=0)
TYPED = ("person", "label", "family", "reason", "match", "answer")


@require_http_methods(["GET", "POST"])
def restricted_records(request: HttpRequest) -> HttpResponse:
    """Show what the lead looks after, and do what was asked. Raises NotFoundHere for others."""
    problem = ""
    if request.method == "POST":
        try:
            said = ACTS.get(request.POST.get("go", ""), _nothing)(request)
        except (CannotClear, CannotDeclare, CannotAnswerMatch, CannotTakeOn) as refused:
            problem = str(refused)
        else:
            messages.success(request, said)
            return redirect("restricted_records")
    now = clock.now()
    cleared = clearances_to_look_after(request.actor, now=now)
    page = {
        "form_id": clock.new_id(),
        "conflicts": [
            {
                "id": one.id,
                "name": one.name,
                "family": one.family,
                "reason": one.reason,
                "how": "Said so themselves" if one.by_themselves else "Said by a lead",
                "is_own": one.is_own,
            }
            for one in conflicts_to_look_after(request.actor, now=now)
        ],
        "withheld": _withheld(request, now),
        "seals": _seals(request, now),
        "matches": _matches(request, now),
        "match_answers": MatchAnswer.choices(),
        "clearances": [
            {
                "id": one.id,
                "name": one.name,
                "label": LabelKey.label_of(one.label),
                "from_on": words.day_in_words(one.from_on),
                "reason": one.reason,
            }
            for one in cleared.standing
        ],
        "colleagues": [(one.id, f"{one.name}, {one.role}") for one in cleared.colleagues],
        "labels": LabelKey.choices(),
        "typed": {n: request.POST.get(n, "") for n in TYPED},
        "went": request.POST.get("go", ""),
        "problem": problem,
        "errors": [{"text": problem, "href": "#main-content"}] if problem else [],
    }
    return render(request, "restricted/lead.jinja", page, status=422 if problem else 200)


def _withheld(request: HttpRequest, now: datetime) -> list[dict[str, object]]:
    """The whole records that the agency withholds from somebody."""
    return [
        {
            "case": one.case,
            "family": one.reference,
            "whom": one.whom,
            "until": words.day_in_words(one.until) if one.until else "",
            "reason": one.reason,
            "by": f"{one.by_name}, {words.day_of_instant(one.recorded_at)}",
        }
        for one in withheld_to_look_after(request.actor, now=now)
    ]


def _seals(request: HttpRequest, now: datetime) -> dict[str, object]:
    """The seals that the agency's people answer for, in counts."""
    found = seals_overseen(request.actor, now=now)
    return {
        "standing": found.standing,
        "overdue": found.overdue,
        "unnamed": found.overdue_unnamed,
        "lost": words.counted(found.lost, "seal") if found.lost else "",
        "months": [
            (one.month.strftime("%B %Y"), one.made, one.gone_on, one.amended, one.lifted)
            for one in found.months
        ],
    }


def _matches(request: HttpRequest, now: datetime) -> list[dict[str, object]]:
    """Colleagues who may be in a record, as the page asks about them."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "post": one.post,
            "family": one.family.reference,
            "case": one.family.id,
            "person": one.person,
            "rests_on": one.rests_on,
            "is_closed": one.is_closed,
            "since": words.day_in_words(one.since),
        }
        for one in matches_to_answer(request.actor, now=now)
    ]


def _chosen(request: HttpRequest, name: str) -> UUID:
    found = ids_of([request.POST.get(name, "")])
    return found[0] if found else NOBODY


def _clear(request: HttpRequest) -> str:
    clear_for_label(
        request.actor, _chosen(request, "person"), request.POST.get("label", ""),
        reason=request.POST.get("reason", ""), id=form_id(request), now=clock.now(),
    )  # fmt: skip
    return "Saved. They are cleared from today."


def _end(request: HttpRequest) -> str:
    reason, now = request.POST.get("reason", ""), clock.now()
    end_clearance(request.actor, _chosen(request, "clearance"), reason=reason, now=now)
    return "Saved. The clearance has ended."


def _declare(request: HttpRequest) -> str:
    declare_for(
        request.actor, _chosen(request, "person"), family=request.POST.get("family", ""),
        reason=request.POST.get("reason", ""), id=form_id(request), now=clock.now(),
    )  # fmt: skip
    return "Saved. Whatever there is about this family is closed to them from now on."


def _take(request: HttpRequest) -> str:
    number = take_on_lost(
        request.actor, reason=request.POST.get("reason", ""), id=form_id(request), now=clock.now()
    )
    return f"Saved. You answer for {words.counted(number, 'seal')} more."


def _lift(request: HttpRequest) -> str:
    reason, now = request.POST.get("reason", ""), clock.now()
    lift_conflict(request.actor, _chosen(request, "conflict"), reason=reason, now=now)
    return "Saved. The conflict of interest is lifted."


def _match(request: HttpRequest) -> str:
    said = answer_match(
        request.actor, _chosen(request, "match"), answer=request.POST.get("answer", ""),
        reason=request.POST.get("reason", ""), id=form_id(request), now=clock.now(),
    )  # fmt: skip
    if said is MatchAnswer.CONFLICT:
        return "Saved. A conflict of interest is declared, and the record is closed to them."
    return "Saved. What was closed to them for this is open again."


def _nothing(request: HttpRequest) -> str:
    raise CannotDeclare("", "Choose what to do.")


ACTS: dict[str, Callable[[HttpRequest], str]] = {
    "clear": _clear,
    "end": _end,
    "declare": _declare,
    "lift": _lift,
    "match": _match,
    "take": _take,
}
