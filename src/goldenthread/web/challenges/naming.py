"""Name who answers at a stage for one agency, and a deputy between two days; by decision, kept."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.usecases.challenges.read_stages import NotFoundHere, StagesRead, read_stages
from goldenthread.usecases.challenges.set_answerer import (
    AnswererProposed,
    SetMeanwhile,
    SettingsNotSet,
    set_answerer,
)
from goldenthread.web.challenges.stages import id_sent, number_sent, text_sent
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words

PARTS = ("practitioner", "deputy", "deputy_from", "deputy_to", "reason", "holds_from")


@require_http_methods(["GET", "POST"])
def name_one(request: HttpRequest, stage: int, agency: UUID) -> HttpResponse:
    """The form of one agency at one stage; nothing typed is lost by a slip."""
    found = read_stages(request.actor, now=clock.now())
    at = next((one for one in found.ladder.stages if one.number == stage), None)
    whose = next((one for one in found.agencies if one.id == agency), None)
    if not found.may_set or at is None or whose is None:
        raise NotFoundHere("There is no such page for you.")
    title = f"{whose.name}, stage {at.number}: {at.name}"
    latest = found.latest.get((agency, stage), 0)
    if request.method == "GET":
        now = _as_it_is(found, agency, stage)
        return _form(request, found, title, at.who, now, {}, latest, clock.new_id())
    typed = {part: text_sent(request, part)[:5_000] for part in PARTS}
    proposed = AnswererProposed(
        _chosen(typed["practitioner"]), _chosen(typed["deputy"]), typed["deputy_from"],
        typed["deputy_to"], typed["reason"], typed["holds_from"],
    )  # fmt: skip
    id, based_on = id_sent(request), number_sent(request, "based_on")
    try:
        set_answerer(
            request.actor, agency, stage, proposed, id=id, based_on=based_on, now=clock.now()
        )
    except SettingsNotSet as refused:
        return _form(request, found, title, at.who, typed, refused.problems, based_on, id)
    except SetMeanwhile as refused:
        wrong = {"practitioner": refused.reason}
        return _form(request, found, title, at.who, typed, wrong, latest, id)
    messages.success(request, f"{title}: decided.")
    return redirect("challenge_stages")


def _chosen(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _as_it_is(found: StagesRead, agency: UUID, stage: int) -> dict[str, str]:
    empty = dict.fromkeys(PARTS, "")
    named = found.answerers.get((agency, stage))
    if named is None:
        return empty
    deputy = {}
    # One whose days are over is not offered again as if they still stood in.
    if named.deputy_from and named.deputy_to and (agency, stage) not in found.expired:
        deputy = {
            "deputy": str(named.deputy),
            "deputy_from": day_in_words(named.deputy_from),
            "deputy_to": day_in_words(named.deputy_to),
        }
    return {**empty, "practitioner": str(named.practitioner), **deputy}


def _form(
    request: HttpRequest, found: StagesRead, title: str, who: str, typed: dict[str, str],
    problems: dict[str, str], based_on: int, id: UUID,
) -> HttpResponse:  # fmt: skip
    people = [(str(one.id), f"{one.name}, {one.role}, {one.agency_name}") for one in found.people]
    page = {
        "title": title,
        "who": who,
        "people": people,
        "typed": typed,
        "problems": problems,
        "errors": [{"text": problems[p], "href": f"#{p}"} for p in PARTS if p in problems],
        "based_on": based_on,
        "decision": id,
        "back_link": {"text": "How challenges are answered", "href": reverse("challenge_stages")},
    }
    return render(request, "challenges/name.jinja", page, status=422 if problems else 200)
