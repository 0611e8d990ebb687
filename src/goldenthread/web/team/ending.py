"""End somebody's place on the team: at once or on a day, why, and who is allocated next; check."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.end_membership import (
    CannotSettleTeam,
    Ended,
    Ending,
    check_ending,
    end_membership,
)
from goldenthread.usecases.access.read_team import Leaving, read_membership
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.team.typed import form_id, id_of, line
from goldenthread.web.team.wording import days_of, over_on, what_it_closes

FIELDS = ("when", "last", "why", "next")


@require_http_methods(["GET", "HEAD", "POST"])
def team_end(request: HttpRequest, case: UUID, member: UUID) -> HttpResponse:
    """Say when and why, check, and end it. Raises NotFoundHere and StepUpNeeded."""
    sent, now = request.POST, clock.now()
    go = sent.get("go", "")
    if request.method != "POST" or go == "change":
        return _form(request, case, member, {})
    asked = Ending(
        line(sent, "when") == "now", line(sent, "last"), line(sent, "why"), id_of(sent, "next")
    )
    try:
        if not line(sent, "when"):
            raise CannotSettleTeam({"when": "Choose when it ends."})
        if go != "end":
            found = check_ending(request.actor, case, member, asked, now=now)
            return _check(request, case, found)
        ended = end_membership(
            request.actor, case, member, asked, id=form_id(request), shown=step_shown(request),
            now=now,
        )  # fmt: skip
    except CannotSettleTeam as refused:
        return _form(request, case, member, refused.problems)
    if ended is not None:
        messages.success(request, over_on(ended, day_of(now)))
    return redirect("team", case=case)


def _form(request: HttpRequest, case: UUID, member: UUID, problems: dict[str, str]) -> HttpResponse:
    now = clock.now()
    found = read_membership(request.actor, case, member, now=now)
    page = _about(found, request, now) | {
        "is_allocated": found.row.role == TeamRole.ALLOCATED,
        "has_begun": found.row.term.from_on <= day_of(now),
        "people": [
            (str(one.id), f"{one.name}, {one.role}" if one.role else one.name)
            for one in found.people
        ],
        "problems": problems,
        "errors": [{"text": said, "href": f"#{at or 'form'}"} for at, said in problems.items()],
        "form_id": form_id(request),
        "typed": {name: line(request.POST, name) for name in FIELDS},
    }
    return render(request, "team/end.jinja", page, status=422 if problems else 200)


def _check(request: HttpRequest, case: UUID, found: Ended) -> HttpResponse:
    now = clock.now()
    row = read_membership(request.actor, case, found.row.id, now=now)
    typed = {"id": str(form_id(request))} | {name: line(request.POST, name) for name in FIELDS}
    page = _about(row, request, now) | {
        "title": f"Check before you end the place of {found.row.name}",
        "page_title": "Check before you end this",
        "rows": [
            {"key": "Who", "value": found.row.name},
            {"key": "Agency", "value": found.row.agency_name},
            {"key": "As", "value": found.row.role_label},
            {"key": "Why", "value": found.why},
        ],
        "says": what_it_closes(found, day_of(now)),
        "typed": typed,
        "buttons": [("end", "End it"), ("change", "Change what I said")],
        "asks_again": found.next is not None,
    }
    return render(request, "team/check.jinja", page)


def _about(found: Leaving, request: HttpRequest, now) -> dict[str, object]:
    today = day_of(now)
    return {
        "frame": family_frame(found.family, current="team", today=today),
        "case": found.family.case.id,
        "name": found.row.name,
        "agency": found.row.agency_name,
        "role": found.row.role_label,
        "days": days_of(found.row.term, today),
        "made_by": made_by(found.family, now=now),
    }
