"""Add what I know: three short screens, each kept as a draft before it is looked at.

Answers the finding that what somebody knew was not written down in time: it can be done with one
thumb between two visits. The draft's id is in the address, and the entry's id follows from it, so
a second press, a second tab or going back makes no second entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem
from goldenthread.usecases.chronology.family_around import (
    FamilyAround,
    family_around,
    problems_with,
)
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    DraftRow,
    entry_of_draft,
    keep_draft,
    open_draft,
)
from goldenthread.usecases.chronology.record_entry import (
    NotDescribed,
    NotInThisFamily,
    record_entry,
)
from goldenthread.web.kit.clock import new_id, now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.record.answers import answers_in, as_kept
from goldenthread.web.record.forms import Asked, Reading, read_entry
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import question_page, saved_words, telling_choices

SCREENS = ("who", "when", "told")
# On which screen each part can be mended; every other part is on the last.
ON_SCREEN = {
    **dict.fromkeys(("text", "people", "unlisted", "kind"), "who"),
    **dict.fromkeys(
        (
            "when", "happened", "how_known", "informant_told", "informant_record", "reasoning",
            "known", "known_on", "impact", "concerns",
        ),
        "when",
    ),
}  # fmt: skip


@require_GET
def start(request: HttpRequest, case: UUID) -> HttpResponse:
    """Open a new form under a new draft id."""
    family_around(request.actor, case, now=now())
    return redirect("add_screen", case=case, draft=new_id(), screen=SCREENS[0])


@require_http_methods(["GET", "POST"])
@own_words_shown
def one_screen(request: HttpRequest, case: UUID, draft: UUID, screen: str) -> HttpResponse:
    """Show one screen, or keep what was sent and go on."""
    try:
        if request.method == "POST":
            return _sent(request, case, draft, screen)
        kept = open_draft(request.actor, case, draft, now=now())
    except AlreadyRecorded:
        return _saved(case, draft, again=request.method == "POST")
    around = family_around(request.actor, case, now=now())
    problems: tuple[Problem, ...] = ()
    if "check" in request.GET:
        fields = kept.fields if kept else {}
        problems = _on(screen, _problems(_read(request, around, draft, fields)))
    return _page(request, around, screen, draft, kept, problems)


def _sent(request: HttpRequest, case: UUID, draft: UUID, screen: str) -> HttpResponse:
    given = as_kept(dict(request.POST.lists()))
    kept = keep_draft(request.actor, case, draft, {"form": "add", screen: given}, now=now())
    place = SCREENS.index(screen)
    go = request.POST.get("go", "")
    if go == "back" and place > 0:
        return redirect("add_screen", case=case, draft=draft, screen=SCREENS[place - 1])
    if go == "later":
        return redirect("family", case=case)
    around = family_around(request.actor, case, now=now())
    reading = _read(request, around, draft, kept.fields)
    problems = _problems(reading)
    if _on(screen, problems):
        return _mend(case, draft, screen)
    if screen != SCREENS[-1]:
        return redirect("add_screen", case=case, draft=draft, screen=SCREENS[place + 1])
    if problems:
        return _mend(case, draft, _first_screen(problems))
    return _record(request, case, draft, reading)


def _record(request: HttpRequest, case: UUID, draft: UUID, reading: Reading) -> HttpResponse:
    try:
        recorded = record_entry(
            request.actor, case, reading.proposed, unknown=reading.unknown, draft=draft, now=now()
        )
    except CannotBeRecorded as refused:  # the day turned while the form was open
        return _mend(case, draft, _first_screen(refused.problems))
    except (NotInThisFamily, NotDescribed):  # the family changed while the form was open
        return _mend(case, draft, SCREENS[0])
    return _saved(case, draft, again=recorded.already)


def _read(
    request: HttpRequest, around: FamilyAround, draft: UUID, fields: Mapping[str, object]
) -> Reading:
    who, when, told = (answers_in(fields, screen) for screen in SCREENS)
    asked = Asked(request.actor, around, entry_of_draft(request.actor, draft), today())
    return read_entry(who, when, told, asked)


def _problems(reading: Reading) -> tuple[Problem, ...]:
    """The form's own problems first, then the domain's about parts that could be read."""
    found = list(reading.problems)
    parts = {problem.part for problem in found}
    told_badly = any(ON_SCREEN.get(part, SCREENS[-1]) == SCREENS[-1] for part in parts)
    for problem in problems_with(reading.proposed, now=now()):
        if problem.part in parts or (problem.part == "tellings" and told_badly):
            continue
        parts.add(problem.part)
        found.append(problem)
    return tuple(sorted(found, key=_place))


def _place(problem: Problem) -> int:
    """Where its field stands, so that the summary reads in the order of the page."""
    order = list(ON_SCREEN)
    return order.index(problem.part) if problem.part in order else len(order)


def _on(screen: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(p for p in problems if ON_SCREEN.get(p.part, SCREENS[-1]) == screen)


def _first_screen(problems: tuple[Problem, ...]) -> str:
    return next(screen for screen in SCREENS if _on(screen, problems))


def _mend(case: UUID, draft: UUID, screen: str) -> HttpResponse:
    """Show a screen with what is amiss on it.

    By a redirect, since the draft holds every word: the browser's Back and Reload then stay safe.
    """
    response = redirect("add_screen", case=case, draft=draft, screen=screen)
    response["Location"] += "?check=1"
    return response


def _saved(case: UUID, draft: UUID, *, again: bool) -> HttpResponse:
    response = redirect("add_saved", case=case, draft=draft)
    if again:
        response["Location"] += "?again=1"
    return response


def _page(
    request: HttpRequest,
    around: FamilyAround,
    screen: str,
    draft: UUID,
    kept: DraftRow | None,
    problems: tuple[Problem, ...],
) -> HttpResponse:
    day = today()
    answers = answers_in(kept.fields if kept else {}, screen)
    page: dict[str, object] = {
        **question_page(around, answers, problems, day),
        "frame": family_frame(around.family, current="add_entry", today=day, can_add=False),
        "case": around.family.case.id,
        "draft": draft,
        "screen": screen,
        "number": SCREENS.index(screen) + 1,
        "saved": saved_words(kept, day),
    }
    if screen == "told":
        page["telling"] = telling_choices(around, answers, day + timedelta(days=1))
    return render(request, f"record/{screen}.jinja", page)
