"""Who is on the team around this family, who was and will be, and who settled that and why."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.read_team import MembershipRow, TeamShown, read_team
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.team.wording import days_of, settled_in_words


@require_GET
def team(request: HttpRequest, case: UUID) -> HttpResponse:
    """The team of any time. Raises NotFoundHere."""
    now = clock.now()
    today = day_of(now)
    found = read_team(request.actor, case, now=now)
    return render(
        request,
        "team/team.jinja",
        {
            "frame": family_frame(found.family, current="team", today=today),
            "case": case,
            "groups": [
                {"id": id, "title": title, "rows": [_row(one, found, case, today) for one in rows]}
                for id, title, rows in (
                    ("now", "Now", found.now),
                    ("to-come", "To come", found.to_come),
                    ("before", "In earlier times", found.before),
                )
            ],
            "may_join": found.may_join,
            "made_by": made_by(found.family, now=now),
        },
    )


def _row(one: MembershipRow, found: TeamShown, case: UUID, today: date) -> dict[str, object]:
    over = one.term.to_on is not None and one.term.to_on <= max(today, one.term.from_on)
    at = {"case": case, "member": one.id}
    return {
        "name": one.name,
        "post": one.post,
        "agency": one.agency_name,
        "role": one.role_label,
        "days": days_of(one.term, today),
        "settled": settled_in_words(one),
        "end": reverse("team_end", kwargs=at) if one.id in found.may_end and not over else "",
    }
