"""Answer for a plan that needs review, say who agrees with it, and keep who has a copy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Telling
from goldenthread.domain.plans.document import who_of
from goldenthread.domain.plans.vocabulary import Agreement, CopyOutcome, Doable, PlanOutcome
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood, on_day
from goldenthread.usecases.plans.answer_plan import AnswerSaid, NotAnswered, answer_plan
from goldenthread.usecases.plans.copies import (
    CopyGiven,
    NotKept,
    SignatureSaid,
    end_copy,
    give_copy,
    sign_for,
)
from goldenthread.usecases.plans.read_plan import NotFoundHere, read_plan, read_plan_version
from goldenthread.usecases.plans.shown import PlanPage
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.plan import choices, rows
from goldenthread.web.plan.currency import currency_shown
from goldenthread.web.plan.form import day_typed
from goldenthread.web.plan.views import version_page
from goldenthread.web.plan.writing import begin_with
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.dates import boxes_day, boxes_filled

ANCHORS = {"outcome": "outcome", "why": "why", "review_on": "review-day"}


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, case: UUID, version: UUID) -> HttpResponse:
    """Say that the plan is still right, is changed, or is withdrawn."""
    if request.method == "GET":
        return _answer_page(request, case, version, Answers(), {})
    a = Answers(as_kept(dict(request.POST.lists())))
    if a.one("outcome") == PlanOutcome.CHANGED:
        read_plan_version(request.actor, case, version, now=clock.now())
        return begin_with(request, case, a.one("why"))
    now = clock.now()
    review, unread = _review_day(a)
    said = AnswerSaid(a.one("outcome"), a.one("why"), review, tuple(_told(a, now)))
    try:
        answer_plan(request.actor, case, version, said, id=_id(a.one("id")), now=now, unread=unread)
    except NotAnswered as refused:
        return _answer_page(request, case, version, a, refused.problems)
    except CannotBeRecorded as refused:
        return _answer_page(request, case, version, a, {"why": refused.reason})
    messages.success(request, "Your answer is kept, and stands in the history in your words.")
    return redirect("plan", case=case)


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, case: UUID, version: UUID) -> HttpResponse:
    """Write down whether somebody agrees with a version and can do it, in their own words."""
    now = clock.now()
    a = Answers(as_kept(dict(request.POST.lists())))
    error = ""
    if request.method == "POST":
        who = who_of(a.one("who"))
        try:
            if who is None:
                raise NotKept("Say who this is from.")
            said = SignatureSaid(
                _id(a.one("id")), who, a.one("agreement"), a.one("doable"),
                a.one("words").strip(), day_typed(a, "given") or day_of(now),
            )  # fmt: skip
            sign_for(request.actor, case, version, said, now=now)
        except NotKept as refused:
            error = refused.reason
        else:
            messages.success(request, "What they said is kept with this version.")
            return redirect("plan_version", case=case, version=version)
    return _agree_page(request, case, version, a, error)


@require_POST
def copy(request: HttpRequest, case: UUID, version: UUID) -> HttpResponse:
    """Keep that somebody was given a copy."""
    a = Answers(as_kept(dict(request.POST.lists())))
    given = CopyGiven(_id(a.one("id")), who_of(a.one("who")), a.one("form"), day_typed(a, "given"))
    try:
        give_copy(request.actor, case, version, given, now=clock.now())
    except NotKept as refused:
        return version_page(request, case, version, problem=refused.reason)
    messages.success(request, "The copy is kept. An older one they had is marked as replaced.")
    return redirect(reverse("plan_version", kwargs={"case": case, "version": version}) + "#copies")


@require_POST
def copy_ended(request: HttpRequest, case: UUID, copy: UUID) -> HttpResponse:
    """Keep what became of a copy."""
    outcome = request.POST.get("outcome", "")
    try:
        end_copy(request.actor, case, copy, outcome, id=clock.new_id(), now=clock.now())
    except NotKept as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, f"Kept: {CopyOutcome.label_of(outcome).lower()}.")
    return redirect(reverse("plan", kwargs={"case": case}) + "#copies")


def _review_day(a: Answers) -> tuple[date | None, dict[str, str]]:
    """The day typed for looking again, or why it cannot be read; neither where nothing is typed."""
    if a.one("outcome") == PlanOutcome.WITHDRAWN or not boxes_filled(a, "review"):
        return None, {}
    try:
        return boxes_day(a, "review"), {}
    except DateNotUnderstood as refused:
        return None, {"review_on": refused.reason}


def _answer_page(
    request: HttpRequest, case: UUID, version: UUID, a: Answers, wrong: dict[str, str]
) -> HttpResponse:
    now = clock.now()
    page = read_plan(request.actor, case, now=now)
    known = page.seen and any(row.id == version for row in page.seen.versions)
    if not known or not page.may_write:
        raise NotFoundHere("There is no such plan in what you can read.")
    assert page.seen is not None
    is_in_force = page.seen.version.id == version
    shown = {
        "frame": family_frame(page.family, current="plan", today=day_of(now)),
        "a": a,
        "id": a.one("id") or str(clock.new_id()),
        "wrong": wrong,
        "errors": [{"text": wrong[p], "href": f"#{ANCHORS[p]}"} for p in ANCHORS if p in wrong],
        "currency": currency_shown(page, case),
        "title": rows.called(page.seen.version),
        "is_in_force": is_in_force,
        "agencies": _agencies(page, a),
        "bases": LawfulBasis.choices(),
        "here": reverse("plan_answer", kwargs={"case": case, "version": version}),
        "back_link": {"text": "Plan", "href": reverse("plan", kwargs={"case": case})},
    }
    return render(request, "plan/answer.jinja", shown, status=422 if wrong else 200)


def _agree_page(
    request: HttpRequest, case: UUID, version: UUID, a: Answers, error: str
) -> HttpResponse:
    now = clock.now()
    found = read_plan_version(request.actor, case, version, now=now)
    if not found.may_write:
        raise NotFoundHere("There is no such plan in what you can read.")
    named = [who for who in found.plan.doers]
    others = [one.person for one in found.family.members if one.person in found.plan.people]
    named += [who for who in map(_person, others) if who not in named]
    shown = {
        "frame": family_frame(found.family, current="plan", today=day_of(now)),
        "a": a,
        "id": a.one("id") or str(clock.new_id()),
        "error": error,
        "errors": [{"text": error, "href": "#who"}] if error else [],
        "title": rows.called(found.version),
        "people": choices.chosen(
            [{"value": who.code, "text": found.named.of(who)} for who in named], [a.one("who")]
        ),
        "agreements": [one for one in Agreement.choices() if one[0] != Agreement.NOT_ASKED],
        "doables": Doable.choices(),
        "today": day_of(now),
        "here": reverse("plan_agree", kwargs={"case": case, "version": version}),
        "back_link": {
            "text": rows.called(found.version),
            "href": reverse("plan_version", kwargs={"case": case, "version": version}),
        },
    }
    return render(request, "plan/agree.jinja", shown, status=422 if error else 200)


def _person(id: UUID):
    return who_of(f"person:{id}")


def _told(a: Answers, now):
    basis = a.one("basis")
    for value in a.many("tell"):
        agency = _id(value)
        yield Telling(
            agency,
            told=on_day(day_of(now)),
            lawful_basis=basis if basis in set(LawfulBasis) else LawfulBasis.NOT_RECORDED,
        )


def _agencies(page: PlanPage, a: Answers) -> list[dict[str, object]]:
    own = page.family.reader.agency
    names = {one.agency: one.agency_name for one in page.family.team if one.agency != own}
    ticked = set(a.many("tell"))
    return [
        {"value": str(id), "text": name, "chosen": str(id) in ticked}
        for id, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
