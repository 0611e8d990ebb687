"""Put somebody on the team: choose the agency, then who, as what and for when; check; do it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.join_team import (
    CannotSettleTeam,
    Joining,
    Wanted,
    check_joining,
    join_team,
)
from goldenthread.usecases.access.read_team import choices_for_team
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.team.typed import form_id, id_of, line
from goldenthread.web.team.wording import WHAT_EACH_IS, began_on, days_of, what_it_opens

FIELDS = ("agency", "who", "role", "from", "until", "why")


@require_http_methods(["GET", "HEAD", "POST"])
def team_add(request: HttpRequest, case: UUID) -> HttpResponse:
    """Choose, check, and put somebody on the team. Raises NotFoundHere and StepUpNeeded."""
    sent = request.POST
    go = sent.get("go", "")
    if request.method != "POST" or go == "change":
        return _form(request, case, sent if go else request.GET, {})
    wanted = Wanted(id_of(sent, "who"), *(line(sent, name) for name in FIELDS[2:]))
    try:
        if go not in ("join", "another"):
            return _check(
                request, case, check_joining(request.actor, case, wanted, now=clock.now())
            )
        found = join_team(
            request.actor, case, wanted, id=form_id(request), shown=step_shown(request),
            now=clock.now(),
        )  # fmt: skip
    except CannotSettleTeam as refused:
        return _form(request, case, sent, refused.problems)
    messages.success(request, began_on(found, day_of(clock.now())))
    if go == "another":
        same = {name: line(sent, name) for name in ("role", "from", "until")}
        return redirect(f"{reverse('team_add', kwargs={'case': case})}?{urlencode(same)}")
    return redirect("team", case=case)


def _form(
    request: HttpRequest, case: UUID, typed: QueryDict, problems: dict[str, str]
) -> HttpResponse:
    now = clock.now()
    found = choices_for_team(request.actor, case, agency=id_of(typed, "agency"), now=now)
    if not found.people and len(found.agencies) == 1:
        only = found.agencies[0].id
        found = choices_for_team(request.actor, case, agency=only, now=now)
    chosen = found.people[0].agency if found.people else None
    page = {
        "frame": family_frame(found.family, current="team", today=day_of(now)),
        "case": case,
        "form_id": form_id(request),
        "typed": {name: line(typed, name) for name in FIELDS} | {"agency": str(chosen or "")},
        "agencies": [(str(one.id), one.name) for one in found.agencies],
        "agency_name": next((one.name for one in found.agencies if one.id == chosen), ""),
        "people": [(str(one.id), _post(one.name, one.role)) for one in found.people],
        "roles": [(role.value, role.label, WHAT_EACH_IS[role]) for role in TeamRole],
        "is_sealed": found.family.is_sealed,
        "problems": problems,
        "errors": [{"text": said, "href": f"#{at or 'form'}"} for at, said in problems.items()],
        "made_by": made_by(found.family, now=now),
    }  # fmt: skip
    return render(request, "team/add.jinja", page, status=422 if problems else 200)


def _check(request: HttpRequest, case: UUID, found: Joining) -> HttpResponse:
    now = clock.now()
    today = day_of(now)
    family = choices_for_team(request.actor, case, now=now).family
    return render(
        request,
        "team/check.jinja",
        {
            "frame": family_frame(family, current="team", today=today),
            "title": f"Check before you open this record to {found.who.name}",
            "page_title": "Check before you open this record",
            "rows": [
                {"key": "Who", "value": _post(found.who.name, found.who.role)},
                {"key": "Agency", "value": found.who.agency_name},
                {"key": "As", "value": TeamRole.label_of(found.role)},
                {"key": "Days", "value": days_of(found.term, today)},
                {"key": "Why", "value": found.why},
            ],
            "says": what_it_opens(found, today),
            "typed": {"id": str(form_id(request))}
            | {name: line(request.POST, name) for name in FIELDS},
            "buttons": [
                ("join", "Put them on the team"),
                ("another", "Put them on it, then somebody else for the same days"),
                ("change", "Change what I said"),
            ],
            "asks_again": True,
            "made_by": made_by(family, now=now),
        },
    )


def _post(name: str, post: str) -> str:
    return f"{name}, {post}" if post else name
