"""Who can open this family's record, and why; and who has looked, in terms a family could read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import PastLook, who_has_looked, who_may_open
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by

DONE_SHOWN = 20


@require_GET
def who(request: HttpRequest, case: UUID) -> HttpResponse:
    """List who may open the record, by which rule, and who has looked or changed something."""
    now = clock.now()
    may = who_may_open(request.actor, case, now=now)
    looks = who_has_looked(request.actor, case, now=now)
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    return render(
        request,
        "case/who.jinja",
        {
            "frame": family_frame(history, current="who_may_open", today=day_of(now)),
            "case": case,
            "may": [{"name": n, "agency": a, "why": why} for n, a, why in may],
            "looks": _looks(looks),
            "done": _done(looks)[:DONE_SHOWN],
            "made_by": made_by(history, now=now),
        },
    )


def _done(looks: list[PastLook]) -> list[dict[str, str]]:
    """What was done, latest first; the steps of one import within a minute are one line."""
    lines = dict.fromkeys(
        (words.instant_in_words(one.at), f"{one.name}, {one.agency_name}", one.action)
        for one in looks
        if one.is_change
    )
    return [
        {"when": when, "who": who, "what": Action.label_of(action)} for when, who, action in lines
    ]


def _looks(looks: list[PastLook]) -> list[dict[str, str]]:
    """One row for each person who looked: when last, and on how many days; latest first."""
    by_person: dict[tuple[str, str], list[PastLook]] = {}
    for look in looks:
        if not look.is_change:
            by_person.setdefault((look.name, look.agency_name), []).append(look)
    return [
        {
            "who": name,
            "agency": agency,
            "last": words.instant_in_words(seen[0].at),
            "days": words.counted(len({day_of(look.at) for look in seen}), "day"),
        }
        for (name, agency), seen in by_person.items()
    ]
