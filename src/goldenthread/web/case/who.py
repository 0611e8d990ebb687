"""Who can open this family's record, and why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import who_may_open
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by


@require_GET
def who(request: HttpRequest, case: UUID) -> HttpResponse:
    """List who may open the record, and by which rule."""
    now = clock.now()
    may = who_may_open(request.actor, case, now=now)
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    return render(
        request,
        "case/who.jinja",
        {
            "frame": family_frame(history, current="who_may_open", today=day_of(now)),
            "case": case,
            "may": [{"name": n, "agency": a, "why": why} for n, a, why in may],
            "made_by": made_by(history, now=now),
        },
    )
