"""Drafts: kept as somebody types, listed for them alone, carried on with or put away.

A draft is no part of the record. It survives signing out, a time-out and a lost connection.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goldenthread.usecases.access.families import families_among
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    DraftRow,
    NotFoundHere,
    discard_draft,
    drafts_of,
    keep_draft,
    read_draft,
)
from goldenthread.web.kit.clock import now, today
from goldenthread.web.record.answers import answers_in, as_kept
from goldenthread.web.record.presenters import clock_words, first_words, saved_words

# Each screen that may be kept, and the form it is a part of.
ON_SCREENS = {
    **dict.fromkeys(("who", "when", "told"), "add"),
    "answer": "answer",
    **dict.fromkeys(("relation", "relation_when"), "relation"),
}
CALLED = {
    "answer": "An answer to an entry",
    "relation": "A relation",
    "family_file": "A family file",
    "summary": "A cumulative summary",
    "plan": "A safety plan",
    "needs": "What an adult needs",
    "adjustment": "An adjustment",
    "decision": "A decision",
    "challenge": "A challenge, or a step of one",
}


@require_POST
def save_draft(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Keep what has been typed so far, valid or not; called by the page as somebody types."""
    screen = request.POST.get("screen", "")
    if screen not in ON_SCREENS:
        return JsonResponse({"problem": "This form is not one we know."}, status=400)
    given = as_kept(dict(request.POST.lists()))
    fields: dict[str, object] = {"form": ON_SCREENS[screen], screen: given}
    try:
        kept = keep_draft(request.actor, case, draft, fields, now=now())
    except AlreadyRecorded as done:
        words = f"Already in the record since {clock_words(done.recorded_at)}."
        return JsonResponse({"problem": words}, status=409)
    return JsonResponse({"saved": clock_words(kept.saved_at)})


@require_GET
def my_drafts(request: HttpRequest) -> HttpResponse:
    """Everything the reader is part way through, newest first."""
    drafts = drafts_of(request.actor, now=now())
    open_now = families_among(request.actor, {row.case for row in drafts}, now=now())
    rows = [
        {
            "id": row.id,
            "family": open_now[row.case].reference if row.case in open_now else "",
            "what": CALLED.get(str(row.fields.get("form")), "An entry"),
            "words": first_words(row),
            "saved": saved_words(row, today()),
        }
        for row in drafts
    ]
    return render(request, "record/drafts.jinja", {"drafts": rows})


@require_GET
def resume_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Carry on where one left off. Raises NotFoundHere for a draft that is not one's own."""
    row = _own(request, draft)
    if row.fields.get("form") == "answer":
        answer = answers_in(row.fields, "answer")
        return redirect(
            "answer_form",
            case=row.case,
            statement=UUID(answer.one("target")),
            draft=draft,
            kind=answer.one("answer"),
        )
    if row.fields.get("form") == "summary":
        return redirect("summary_write", case=row.case, draft=draft)
    if row.fields.get("form") == "challenge":
        return _challenge(row, draft)
    if row.fields.get("form") == "decision":
        return redirect("decision_write", case=row.case, draft=draft)
    if row.fields.get("form") in ("needs", "adjustment"):
        name = {"needs": "needs_draft"}.get(str(row.fields["form"]), "adjustment")
        adult = UUID(answers_in(row.fields, "begun").one("adult"))
        return redirect(name, case=row.case, adult=adult, draft=draft)
    if row.fields.get("form") == "plan":
        return redirect("plan_write", case=row.case, draft=draft, step="worries")
    if row.fields.get("form") == "family_file":
        return redirect("network_found", case=row.case, draft=draft)
    if row.fields.get("form") == "relation":
        step = "when" if "relation_when" in row.fields else "what"
        return redirect("network_add", case=row.case, draft=draft, step=step)
    reached = [screen for screen in ("who", "when", "told") if screen in row.fields]
    screen = reached[-1] if reached else "who"
    return redirect("add_screen", case=row.case, draft=draft, screen=screen)


@require_POST
def throw_away(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Put one of one's own drafts away for good."""
    _own(request, draft)
    discard_draft(request.actor, draft, now=now())
    messages.success(request, "The draft is deleted. Nothing was added to the record.")
    return redirect("drafts")


def _challenge(row: DraftRow, draft: UUID) -> HttpResponse:
    """Where a challenge, or a step of one, is carried on with."""
    begun = answers_in(row.fields, "begun")
    at = {"case": row.case, "draft": draft}
    if begun.said("target"):
        return redirect("challenge_raise", statement=UUID(begun.one("target")), **at)
    challenge = UUID(begun.one("challenge"))
    return redirect("challenge_step", challenge=challenge, kind=begun.one("kind"), **at)


def _own(request: HttpRequest, draft: UUID):
    row = read_draft(request.actor, draft, now=now())
    if row is None:
        raise NotFoundHere("There is no such draft of yours.")
    return row
