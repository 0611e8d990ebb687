"""The stages of a challenge: who answers at each, how soon, and who decided that; read and set."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.domain.challenges.ladder import MOST_STAGES
from goldenthread.domain.challenges.working_days import Unit
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.challenges.read_stages import NotFoundHere, StagesRead, read_stages
from goldenthread.usecases.challenges.set_stages import (
    LONGEST_REASON,
    SetMeanwhile,
    SettingsNotSet,
    StagesProposed,
    set_stages,
)
from goldenthread.web.challenges import words
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words, day_of_instant

FIELDS = ("name", "who", "days", "unit")


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """The stages that hold, who answers, and every decision on it."""
    now = clock.now()
    found = read_stages(request.actor, now=now)
    page = {
        "generic": found.generic,
        "source": found.source,
        "stages": [
            {"title": words.stage_words(one), "who": one.who, "people": list(_people(found, one))}
            for one in found.ladder.stages
        ],
        "expired": list(_expired(found)),
        "versions": [
            {
                "title": f"Version {one.version}, from {day_of_instant(one.holds_from)}",
                "by": f"{one.set_by_name}, {one.agency_name}, {day_of_instant(one.recorded_at)}",
                "reason": one.reason,
                "stages": [f"{name}: {who}" + _time(days, unit) for name, who, days, unit
                           in one.stages],
            }
            for one in reversed(found.versions)
        ],
        "may_set": found.may_set,
        "set_at": reverse("set_challenge_stages"),
        "to_name": _to_name(found) if found.may_set else [],
    }  # fmt: skip
    return render(request, "challenges/stages.jinja", page)


def _time(days: str, unit: str) -> str:
    return f", {days} {Unit.label_of(unit)}" if days else ", no response time"


def _people(found: StagesRead, stage) -> Iterator[dict[str, str]]:
    """Whom the partnership named at a stage, agency by agency."""
    today = day_of(clock.now())
    for agency in found.agencies:
        named = found.answerers.get((agency.id, stage.number))
        if named is None:
            continue
        deputy = ""
        if named.deputy_from and named.deputy_to:
            over = (agency.id, stage.number) in found.expired
            first, last = day_in_words(named.deputy_from), day_in_words(named.deputy_to)
            begun = named.deputy_from <= today
            deputy = (
                f"{named.deputy_name} stood in until {last} and does so no longer"
                if over
                else f"{named.deputy_name} stands in "
                + (f"until {last}" if begun else f"from {first} to {last}")
            )
        yield {"agency": agency.name, "who": named.practitioner_name, "deputy": deputy}


def _expired(found: StagesRead) -> Iterator[dict[str, str]]:
    names = {one.id: one.name for one in found.agencies}
    for agency, stage in sorted(found.expired, key=lambda at: (at[1], names[at[0]])):
        named = found.answerers[agency, stage]
        yield {
            "words": (
                f"Stage {stage}, {names[agency]}: {named.deputy_name} stood in until "
                f"{day_in_words(named.deputy_to) if named.deputy_to else ''}."
            ),
            "href": _naming(stage, agency) if found.may_set else "",
        }


def _to_name(found: StagesRead) -> list[dict[str, object]]:
    return [
        {
            "title": f"Stage {stage.number}, {stage.name}",
            "agencies": [
                {"text": one.name, "href": _naming(stage.number, one.id),
                 "is_named": (one.id, stage.number) in found.answerers}
                for one in found.agencies
            ],
        }
        for stage in found.ladder.stages
    ]  # fmt: skip


def _naming(stage: int, agency: UUID) -> str:
    return reverse("name_answerer", kwargs={"stage": stage, "agency": agency})


@require_http_methods(["GET", "POST"])
def set_them(request: HttpRequest) -> HttpResponse:
    """The form of the stages; nothing typed is lost by a slip."""
    found = read_stages(request.actor, now=clock.now())
    if not found.may_set:
        raise NotFoundHere("There is no such page for you.")
    latest = found.versions[-1].version if found.versions else 0
    if request.method == "GET":
        rows = [[s.name, s.who, str(s.days or ""), str(s.unit)] for s in found.ladder.stages]
        return _form(request, rows, StagesProposed(()), {}, based_on=latest, id=clock.new_id())
    rows = _rows(request)
    proposed = StagesProposed(
        [(n, w, d, u) for n, w, d, u in rows if n.strip() or w.strip() or d.strip()],
        text_sent(request, "reason")[: 2 * LONGEST_REASON],
        text_sent(request, "holds_from")[:100],
    )
    id, based_on = id_sent(request), number_sent(request, "based_on")
    try:
        version = set_stages(request.actor, proposed, id=id, based_on=based_on, now=clock.now())
    except SettingsNotSet as refused:
        return _form(request, rows, proposed, refused.problems, based_on=based_on, id=id)
    except SetMeanwhile as refused:
        return _form(request, rows, proposed, {"stages": refused.reason}, based_on=latest, id=id)
    messages.success(request, f"Version {version} of the stages is decided.")
    return redirect("challenge_stages")


def _rows(request: HttpRequest) -> list[list[str]]:
    """The stages as typed, in their places; an empty one is left out when they are set."""
    rows = [
        [text_sent(request, f"{name}-{place}")[:500] for name in FIELDS]
        for place in range(1, MOST_STAGES + 1)
    ]
    while len(rows) > 1 and not any(part.strip() for part in rows[-1][:3]):
        rows.pop()
    return rows


def text_sent(request: HttpRequest, name: str) -> str:
    """What was typed into a field, as it can be kept."""
    return request.POST.get(name, "")


def number_sent(request: HttpRequest, name: str) -> int:
    """A whole number a form carries; 0 where it is none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0


def id_sent(request: HttpRequest) -> UUID:
    """The id the form carries, so that the same form sent twice is one decision."""
    try:
        return UUID(request.POST.get("decision", ""))
    except ValueError:
        return clock.new_id()


def _form(
    request: HttpRequest, rows: list[list[str]], proposed: StagesProposed,
    problems: dict[str, str], *, based_on: int, id: UUID,
) -> HttpResponse:  # fmt: skip
    empty = ["", "", "", str(Unit.WORKING)]
    shown = [*rows, *([empty] if len(rows) < MOST_STAGES else [])]
    fields = [
        {
            "number": place,
            "is_new": place > len(rows),
            **dict(zip(FIELDS, row, strict=True)),
            "wrong": {name: problems.get(f"{place}.{name}", "") for name in FIELDS},
        }
        for place, row in enumerate(shown, start=1)
    ]
    page = {
        "fields": fields,
        "units": list(Unit.choices()),
        "reason": proposed.reason,
        "holds_from": proposed.holds_from,
        "problems": problems,
        "errors": [{"text": _summed(p, said), "href": _place(p)} for p, said in problems.items()],
        "based_on": based_on,
        "decision": id,
        "back_link": {"text": "How challenges are answered", "href": reverse("challenge_stages")},
    }
    return render(request, "challenges/set.jinja", page, status=422 if problems else 200)


def _place(part: str) -> str:
    number, _, name = part.partition(".")
    if name:
        return f"#{name}-{number}"
    return {"reason": "#reason", "holds_from": "#holds-from"}.get(part, "#name-1")


def _summed(part: str, said: str) -> str:
    number, _, name = part.partition(".")
    return f"Stage {number}: {said[:1].lower()}{said[1:]}" if name else said
