"""“Was it used today?”: a short form after a contact, one answer for each adjustment."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.needs.adjustment import SAFETY
from goldenthread.domain.needs.vocabulary import Delivered
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases.needs.was_it_used import (
    AdjustmentAt,
    ContactNeeds,
    NotFoundHere,
    NotYourContact,
    Said,
    needs_at_contact,
    say_used,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import date_in_words, listed
from goldenthread.web.needs import wording
from goldenthread.web.record.answers import Answers, as_kept

NOTHING = "There is nothing to ask about this entry."


@require_http_methods(["GET", "POST"])
def was_it_used(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Ask whether each adjustment was used at a contact, or keep what is said."""
    found = needs_at_contact(request.actor, case, statement, now=clock.now())
    if found is None:
        raise NotFoundHere(NOTHING)
    typed = Answers(as_kept(dict(request.POST.lists())))
    wrong: dict[str, str] = {}
    if request.method == "POST":
        said = _said(found, typed, wrong)
        if not wrong and not said:
            wrong["answer"] = "Choose an answer for one of them, or go back to the entry."
        if not wrong:
            try:
                kept = say_used(request.actor, case, statement, said, now=clock.now())
            except NotYourContact as refused:
                wrong["answer"] = refused.reason
            else:
                messages.success(request, "Kept." if kept else "That was in the record already.")
                return redirect("entry", case=case, statement=statement)
    return _page(request, case, found, typed, wrong)


def _said(found: ContactNeeds, typed: Answers, wrong: dict[str, str]) -> dict[UUID, Said]:
    """What was chosen; an adjustment nobody answered for is left as it was."""
    said = {}
    for one in found.adjustments:
        chosen = typed.one(f"used-{one.row.id}")
        answer = next((each for each in Delivered if each == chosen), None)
        if answer is None:
            continue
        words = typed.one(f"why-{one.row.id}").strip() if answer is Delivered.NO else ""
        if answer is Delivered.NO and not words:
            wrong[f"why-{one.row.id}"] = "Say why it was not used this time."
        said[one.row.id] = Said(answer, words)
    return said


def _page(
    request: HttpRequest, case: UUID, found: ContactNeeds, typed: Answers, wrong: dict[str, str]
) -> HttpResponse:
    contact = found.contact
    page = {
        "frame": family_frame(found.family, current="needs", today=clock.today(), can_add=False),
        "title": f"{Kind.label_of(contact.kind)}, {date_in_words(contact.happened)}",
        "text": contact.text,
        "asked": [_asked(one, typed, wrong) for one in found.adjustments],
        "answers": [{"value": str(one), "text": one.label} for one in Delivered],
        "may_say": found.may_say,
        "agency": contact.agency_name,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        "safety": SAFETY,
        "here": wording.at("was_it_used", case, statement=contact.statement),
        "back_link": {
            "text": "Back to the entry",
            "href": wording.at("entry", case, statement=contact.statement),
        },
    }
    return render(request, "needs/used.jinja", page, status=422 if wrong else 200)


def _asked(one: AdjustmentAt, typed: Answers, wrong: dict[str, str]) -> dict[str, object]:
    before = one.said
    chosen = typed.one(f"used-{one.row.id}") or (str(before.answer) if before else "")
    why = typed.one(f"why-{one.row.id}") or (before.words if before else "")
    return {
        "id": str(one.row.id),
        "what": one.row.adjustment.what,
        "adult": one.adult_name,
        "where": listed(setting.label.lower() for setting in one.row.adjustment.settings),
        "is_meant_here": one.is_meant_here,
        "chosen": chosen,
        "why": why,
        "error": wrong.get(f"why-{one.row.id}", ""),
        "before": before.answer.label.removesuffix(", because") if before else "",
    }
