"""Write a decision: kept as it is typed, looked over part by part, and signed once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.access.decision import Action
from goldenthread.domain.decisions.proposing import Remark
from goldenthread.usecases.chronology.family_around import family_around
from goldenthread.usecases.decisions.reading import NotFoundHere, read_decision
from goldenthread.usecases.decisions.sign_decision import (
    AlreadySigned,
    CannotBeSigned,
    LookedOver,
    WrittenMeanwhile,
    keep_decision_draft,
    look_over_decision,
    open_decision_draft,
    sign_decision,
)
from goldenthread.web.decisions.form import Read, as_id, read_decision_form
from goldenthread.web.decisions.form_page import Offered, form_page, with_picked
from goldenthread.web.decisions.prefill import words_of
from goldenthread.web.kit import clock
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words

MAY_NOT = "A new version is signed by the agency whose decision it is, or by the chair."


@require_GET
def start(request: HttpRequest, case: UUID) -> HttpResponse:
    """Begin a decision under a new id."""
    family_around(request.actor, case, now=clock.now(), action=Action.SIGN_DECISION)
    return redirect("decision_write", case=case, draft=clock.new_id())


@require_GET
def again(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Begin a later version with the words of this one."""
    read = read_decision(request.actor, case, decision, now=clock.now())
    if not read.may_sign_again:
        raise NotFoundHere(MAY_NOT)
    at = reverse("decision_write", kwargs={"case": case, "draft": clock.new_id()})
    return redirect(f"{at}?after={decision}")


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Show the form with what was typed so far; keep it, look it over, or sign it."""
    now = clock.now()
    try:
        row = open_decision_draft(request.actor, case, draft, now=now)
        if request.method == "GET":
            kept = answers_in(row.fields, "decision") if row else _beginning(request, case, now)
            saved = f"Saved {clock_words(row.saved_at)}" if row else ""
            return _page(request, case, draft, kept, saved=saved)
        go = request.POST.get("go", "check")
        typed = with_picked(as_kept(dict(request.POST.lists())), go)
        row = keep_decision_draft(request.actor, case, draft, typed, now=now)
    except AlreadySigned as done:
        return redirect("decision", case=case, decision=done.decision)
    answers, saved = Answers(typed), f"Saved {clock_words(row.saved_at)}"
    if go == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("decisions", case=case)
    if go == "sign":
        return _sign(request, case, draft, answers, now)
    if go in ("pick", "rows", "go_on"):
        return _page(request, case, draft, answers, saved=saved, go=go)
    return _checked(request, case, draft, answers, saved, now)


@require_POST
def save(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    typed = as_kept(dict(request.POST.lists()))
    try:
        row = keep_decision_draft(request.actor, case, draft, typed, now=clock.now())
    except AlreadySigned:
        return JsonResponse({"problem": "This decision is signed already."}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


def _beginning(request: HttpRequest, case: UUID, now: datetime) -> Answers:
    """An empty form, or the words of the version to go on from."""
    after = request.GET.get("after", "")
    if not after:
        return Answers()
    read = read_decision(request.actor, case, as_id(after), now=now)
    if not read.may_sign_again:
        raise NotFoundHere(MAY_NOT)
    return words_of(read)


def _sign(
    request: HttpRequest, case: UUID, draft: UUID, answers: Answers, now: datetime
) -> HttpResponse:
    offered = _offered(request, case, answers)
    read = read_decision_form(answers, offered.team_ids, offered.agency_ids)
    try:
        done = sign_decision(
            request.actor, case, draft, read.proposed, now=now, unread=read.remarks
        )
    except CannotBeSigned as refused:
        return _page(request, case, draft, answers, offered=offered, read=read,
                     remarks=refused.remarks, status=422)  # fmt: skip
    except WrittenMeanwhile as refused:
        newer = read_decision(request.actor, case, refused.newer, now=now)
        messages.error(request, refused.reason)
        return _page(request, case, draft, answers, offered=offered, newer=newer, status=409)
    messages.success(request, "Signed, and in the record. It will not change.")
    return redirect("decision", case=case, decision=done.id)


def _checked(
    request: HttpRequest, case: UUID, draft: UUID, answers: Answers, saved: str, now: datetime
) -> HttpResponse:
    offered = _offered(request, case, answers)
    read = read_decision_form(answers, offered.team_ids, offered.agency_ids)
    look = look_over_decision(request.actor, case, read.proposed, now=now)
    return _page(request, case, draft, answers, offered=offered, read=read, saved=saved,
                 remarks=(*read.remarks, *look.remarks), look=look)  # fmt: skip


def _offered(request: HttpRequest, case: UUID, answers: Answers) -> Offered:
    return Offered.read(request.actor, case, answers, now=clock.now())


def _page(
    request: HttpRequest, case: UUID, draft: UUID, answers: Answers, *,
    offered: Offered | None = None, read: Read | None = None, saved: str = "",
    remarks: tuple[Remark, ...] = (), look: LookedOver | None = None, newer=None,
    go: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    offered = offered or _offered(request, case, answers)
    page = form_page(offered, answers, read, remarks, look=look, go=go, newer=newer)
    at = {"case": case, "draft": draft}
    page |= {
        "saved": saved,
        "here": reverse("decision_write", kwargs=at),
        "before_at": reverse("before_deciding", kwargs={"case": case}),
        "save_at": reverse("decision_save", kwargs=at),
        "back_link": {"text": "Decisions", "href": reverse("decisions", kwargs={"case": case})},
    }
    return render(request, "decisions/write.jinja", page, status=status)
