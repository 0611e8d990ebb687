"""The page "Who has looked": one row for each person and day, filtered, paged and printed."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.audit.trail import did
from goldenthread.domain.shared.instants import LONDON, day_of
from goldenthread.usecases.audit.who_has_looked import (
    AT_MOST,
    Asked,
    DayLooked,
    Looks,
    NotADateRange,
    who_has_looked,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by

ON_A_PAGE = 50
NO_BREAK = "\N{NO-BREAK SPACE}"
DAYS = {"first": "the first day", "last": "the last day"}


@require_GET
def looked(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show who has looked at the record, as far as the reader may know of it."""
    now = clock.now()
    asked, errors = _asked(request.GET)
    try:
        looks = who_has_looked(request.actor, case, asked, now=now)
    except NotADateRange as refused:
        errors.append({"text": refused.reason, "href": "#last-day"})
        looks = who_has_looked(request.actor, case, Asked(person=asked.person), now=now)
    page, pages = _page(request.GET, len(looks.days))
    begins = (page - 1) * ON_A_PAGE
    shown = looks.days if "all" in request.GET else looks.days[begins : begins + ON_A_PAGE]
    return render(
        request,
        "trail/looked.jinja",
        {
            "frame": family_frame(looks.family, current="who_has_looked", today=day_of(now)),
            "case": case,
            "errors": errors,
            "rows": [_row(one) for one in shown],
            "sentence": _sentence(looks, asked),
            "more": _more(looks),
            "people": [
                {"value": str(one.id), "text": f"{one.name}, {one.agency_name}"}
                for one in looks.people
            ],
            "chosen": str(asked.person or ""),
            "typed": {name: _typed(request.GET, name, looks) for name in DAYS},
            "number": words.counted(len(looks.days), "row"),
            "paging": None if "all" in request.GET else _paging(request.GET, page, pages),
            "whole": None if pages == 1 or "all" in request.GET else _with(request.GET, all="1"),
            "sees_everything": looks.sees_everything,
            "made_by": made_by(looks.family, now=now),
        },
    )


def _row(one: DayLooked) -> dict[str, object]:
    day = one.day
    times = f"first at {day.first_at.astimezone(LONDON):%H:%M}" if day.first_at else ""
    return {  # a day and a time hold together beside a long list of what was done
        "day": words.day_in_words(day.day).replace(" ", NO_BREAK, 1),
        "times": times.replace(" ", NO_BREAK),
        "name": one.person.name,
        "post": one.person.role,
        "agency": one.person.agency_name,
        "did": did(day),
        "rule": day.rule or "Part of the team around this family",
    }


def _sentence(looks: Looks, asked: Asked) -> str:
    """What is shown, in one sentence."""
    who = next((one.name for one in looks.people if one.id == asked.person), "Everybody")
    first, last = (words.day_in_words(day) for day in (looks.first, looks.last))
    return f"{who}, from {first} to {last}"


def _more(looks: Looks) -> str:
    if looks.stops_on is None:
        return ""
    return (
        f"Only the latest {AT_MOST:,} events were read, back to "
        f"{words.day_in_words(looks.stops_on)}. For earlier days, choose an earlier last day."
    )


def _asked(given: QueryDict) -> tuple[Asked, list[dict[str, str]]]:
    """What was asked, and what could not be read of it."""
    errors: list[dict[str, str]] = []
    days = {name: _day(given, name, errors) for name in DAYS}
    try:
        person = UUID(given["person"]) if given.get("person") else None
    except ValueError:
        person = None
    return Asked(person, days["first"], days["last"]), errors


def _day(given: QueryDict, name: str, errors: list[dict[str, str]]) -> date | None:
    parts = [given.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        errors.append(
            {
                "text": f"For {DAYS[name]}, give a day, a month and a year, such as 3 6 2026.",
                "href": f"#{name}-day",
            }
        )
        return None


def _typed(given: QueryDict, name: str, looks: Looks) -> dict[str, str]:
    """The three boxes of a date: as they were typed, else as it is shown."""
    day: date = getattr(looks, name)
    usual = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    if any(f"{name}-{part}" in given for part in usual):
        return {part: given.get(f"{name}-{part}", "")[:10] for part in usual}
    return usual


def _page(given: QueryDict, number: int) -> tuple[int, int]:
    pages = max(1, -(-number // ON_A_PAGE))
    asked = given.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(page, 1), pages), pages


def _paging(given: QueryDict, page: int, pages: int) -> dict[str, object] | None:
    """Links to the pages beside this one, as the component takes them."""
    if pages == 1:
        return None
    paging: dict[str, object] = {"landmarkLabel": "Pages of who has looked"}
    if page > 1:
        paging["previous"] = {"href": _with(given, page=str(page - 1)), "text": "Later days",
                              "labelText": f"{page - 1} of {pages}"}  # fmt: skip
    if page < pages:
        paging["next"] = {"href": _with(given, page=str(page + 1)), "text": "Earlier days",
                          "labelText": f"{page + 1} of {pages}"}  # fmt: skip
    return paging


def _with(given: QueryDict, **changed: str) -> str:
    kept = {name: value for name, value in given.items() if name not in ("page", "all")}
    return f"?{urlencode({**kept, **changed})}"
