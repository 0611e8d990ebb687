"""Lists of challenges: a family’s, and those that wait for the reader; or counts alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.risk.unanswered import Line
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.challenges.in_numbers import challenges_in_numbers
from goldenthread.usecases.challenges.read_challenges import read_challenges
from goldenthread.usecases.challenges.waiting import challenges_waiting
from goldenthread.web.challenges.words import line_of
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.printed_line import printed_line


@require_GET
def of_family(request: HttpRequest, case: UUID) -> HttpResponse:
    """Every challenge of a family that the reader may read: open ones first, newest first."""
    now = clock.now()
    found = read_challenges(request.actor, case, now=now)
    lines = [line_of(one, case) for one in found.challenges]
    page = {
        "frame": family_frame(found.family, current="challenges", today=day_of(now)),
        "open": [one for one in lines if one["is_open"]],
        "settled": [one for one in lines if not one["is_open"]],
        "history_at": reverse("history", kwargs={"case": case}),
        "made_by": made_by(found.family, now=now),
    }
    return render(request, "challenges/family.jinja", page)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The open challenges with the reader's name on them; counts for a post without families."""
    now = clock.now()
    made = printed_line(request.reader, now=now)
    if request.actor.remit in WITHOUT_FAMILIES:
        return _numbers(request, made)
    page = {
        "waiting": [
            {
                **line_of(one.seen, one.case.id),
                "family": f"{one.case.family_label}, {one.case.reference}",
                "part": one.part.label,
            }
            for one in challenges_waiting(request.actor, now=now)
        ],
        "made_by": made,
    }
    return render(request, "challenges/mine.jinja", page)


def _numbers(request: HttpRequest, made: str) -> HttpResponse:
    numbers = challenges_in_numbers(request.actor, now=clock.now())
    found = numbers.found
    tables = [
        _table("By how it ended", "How it ended", found.how, numbers.bands),
        _table("By what the answer did", "What the answer did", found.did, numbers.bands),
        _table("By the stage it came to", "Stage", found.stages, numbers.bands),
    ]
    tables = [one for one in tables if one["rows"]]
    page = {"tables": tables, "all": found.all.all, "made_by": made}
    return render(request, "challenges/numbers.jinja", page)


def _table(title: str, first: str, lines: tuple[Line, ...], bands: tuple[str, ...]):
    return {
        "title": title,
        "head": [first, *(f"Took {band}" for band in bands), "In all"],
        "rows": [[line.heading, *line.bands, line.all] for line in lines],
    }
