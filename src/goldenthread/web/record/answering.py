"""Correct, withdraw, dispute, support or explain an entry, with the earlier one in sight.

The earlier entry is never changed: what is written here stands beside it and says why.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem, ProposedEntry
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.usecases.chronology.answer_entry import (
    OWN_ENTRY_ONLY,
    CannotAnswer,
    answer_entry,
)
from goldenthread.usecases.chronology.family_around import (
    FamilyAround,
    family_around,
    problems_with,
)
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    DraftRow,
    NotFoundHere,
    entry_of_draft,
    keep_draft,
    open_draft,
)
from goldenthread.usecases.chronology.shown import ShownEntry
from goldenthread.web.kit.clock import new_id, now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import date_in_words, day_of_instant
from goldenthread.web.record.answer_form import answer_from, as_it_was
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.forms import Asked
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import entry_card, error_list, question_page, saved_words
from goldenthread.web.record.saved import read_one
from goldenthread.web.record.wording import ANSWERS


@require_GET
def choose(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """First step: the entry as it stands, and what there is to say about it."""
    history, entry = read_one(request, case, statement)
    kinds = _open_to(request, entry)
    chosen = request.GET.get("answer", "")
    if chosen in kinds:
        return redirect("answer_form", case=case, statement=statement, draft=new_id(), kind=chosen)
    problems = (Problem("answer", "Choose one."),) if "asked" in request.GET else ()
    page = {
        "frame": family_frame(history, current="history", today=today()),
        "case": case,
        "entry": statement,
        "card": entry_card(entry),
        "errors": error_list(problems),
        "wrong": {p.part: p.sentence for p in problems},
        "choices": [
            {"value": str(k), "text": ANSWERS[k]["choice"], "hint": {"text": ANSWERS[k]["about"]}}
            for k in kinds
        ],
        "not_ours": entry.agency.name if entry.agency.id != request.actor.agency else "",
    }
    return render(request, "record/answer.jinja", page, status=422 if problems else 200)


def _open_to(request: HttpRequest, entry: ShownEntry) -> list[LinkKind]:
    own = entry.agency.id == request.actor.agency
    return [kind for kind in ANSWERS if own or kind not in OWN_ENTRY_ONLY]


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(
    request: HttpRequest, case: UUID, draft: UUID, statement: UUID, kind: str
) -> HttpResponse:
    """Second step: the earlier entry to read, and the new words beside it."""
    if kind not in ANSWERS:
        raise NotFoundHere("There is no such answer.")
    link = LinkKind(kind)
    try:
        if request.method == "POST":
            return _sent(request, case, draft, statement, link)
        kept = open_draft(request.actor, case, draft, now=now())
    except AlreadyRecorded:
        return _saved(case, statement, draft, again=request.method == "POST")
    _, entry = read_one(request, case, statement)
    around = family_around(request.actor, case, now=now())
    answers = answers_in(kept.fields, "answer") if kept else as_it_was(entry, link)
    return _page(request, around, entry, link, draft, answers, kept, ())


def _sent(
    request: HttpRequest, case: UUID, draft: UUID, statement: UUID, kind: LinkKind
) -> HttpResponse:
    given = as_kept(dict(request.POST.lists()))
    given |= {"target": [str(statement)], "answer": [str(kind)]}
    fields: dict[str, object] = {"form": "answer", "answer": given}
    kept = keep_draft(request.actor, case, draft, fields, now=now())
    if request.POST.get("go") == "later":
        return redirect("entry", case=case, statement=statement)
    _, entry = read_one(request, case, statement)
    around = family_around(request.actor, case, now=now())
    answers = Answers(given)
    asked = Asked(request.actor, around, entry_of_draft(request.actor, draft), today())
    proposed, reason, found = answer_from(answers, entry, kind, asked)
    problems = _problems(proposed, found, kind)
    if not problems:
        try:
            recorded = answer_entry(
                request.actor, case, statement, kind, proposed, reason=reason, draft=draft,
                now=now(),
            )  # fmt: skip
        except CannotBeRecorded as refused:
            problems = refused.problems
        except CannotAnswer as refused:
            problems = (Problem("reason", refused.reason),)
        else:
            return _saved(case, statement, draft, again=recorded.already)
    return _page(request, around, entry, kind, draft, answers, kept, problems)


def _problems(
    proposed: ProposedEntry, found: tuple[Problem, ...], kind: LinkKind
) -> tuple[Problem, ...]:
    parts = {problem.part for problem in found}
    if kind is LinkKind.WITHDRAWS:
        parts.add("text")  # its one question is the reason, which has been looked at
    more = [p for p in problems_with(proposed, now=now()) if p.part not in parts]
    return tuple(sorted((*found, *more), key=lambda p: (p.part != "text", p.part != "reason")))


def _saved(case: UUID, statement: UUID, draft: UUID, *, again: bool) -> HttpResponse:
    response = redirect("answer_saved", case=case, statement=statement, draft=draft)
    if again:
        response["Location"] += "?again=1"
    return response


def _page(
    request: HttpRequest,
    around: FamilyAround,
    entry: ShownEntry,
    kind: LinkKind,
    draft: UUID,
    answers: Answers,
    kept: DraftRow | None,
    problems: tuple[Problem, ...],
) -> HttpResponse:
    day = today()
    page = question_page(around, answers, problems, day)
    page |= {
        "frame": family_frame(around.family, current="history", today=day),
        "case": around.family.case.id,
        "entry": entry.id,
        "draft": draft,
        "kind": str(kind),
        "words": ANSWERS[kind],
        "card": entry_card(entry),
        "happened_before": date_in_words(entry.happened),
        "known_before": day_of_instant(entry.statement.known_at),
        "saved": saved_words(kept, day),
        "is_correction": kind is LinkKind.CORRECTS,
        "is_withdrawal": kind is LinkKind.WITHDRAWS,
    }
    return render(request, "record/answer_form.jinja", page, status=422 if problems else 200)
