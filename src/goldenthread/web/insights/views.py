"""Open questions: of my families, each to be opened; or of the partnership, in counts alone."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.risk.unanswered import (
    Line,
    UnansweredFamily,
    unanswered_families,
    unanswered_in_numbers,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.printed_line import printed_line
from goldenthread.web.kit.words import counted, day_in_words


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """List the reader's families with an open question; or count, for a post without families."""
    now = clock.now()
    made = printed_line(request.reader, now=now)
    if request.actor.remit in WITHOUT_FAMILIES:
        numbers = unanswered_in_numbers(request.actor, now=now)
        tables = [
            _table("By the agency that is asked", "Agency", numbers.by_agency, numbers.bands),
            _table("By what is asked", "What is asked", numbers.by_type, numbers.bands),
        ]
        tables = [one for one in tables if one["rows"]]
        page = {"tables": tables, "all": numbers.all.all, "made_by": made}
        return render(request, "insights/numbers.jinja", page)
    found = unanswered_families(request.actor, now=now)
    page = {
        "families": [_family(one, day_of(now)) for one in found],
        "count": counted(len(found), "family", "families"),
        "made_by": made,
    }
    return render(request, "insights/unanswered.jinja", page)


def _family(one: UnansweredFamily, today: date) -> dict[str, object]:
    return {
        "href": reverse("picture", kwargs={"case": one.case.id}),
        "label": one.case.family_label,
        "reference": one.case.reference,
        "questions": counted(one.questions, "question", "questions"),
        "since": day_in_words(one.since),
        "age": _age((today - one.since).days),
        "asked": [
            {
                "name": person.name if person else "Nobody on the team",
                "agency": person.agency_name if person else "",
                "number": counted(number, "question", "questions"),
            }
            for person, number in one.asked
        ],
    }


def _age(days: int) -> str:
    return (
        "today"
        if days < 1
        else counted(days, "day", "days")
        if days < 14
        else (counted(days // 7, "week", "weeks"))
    )


def _table(title: str, first: str, lines: tuple[Line, ...], bands: tuple[str, ...]):
    return {
        "title": title,
        "head": [first, *(f"Oldest open {band}" for band in bands), "In all"],
        "rows": [[line.heading, *line.bands, line.all] for line in lines],
    }
