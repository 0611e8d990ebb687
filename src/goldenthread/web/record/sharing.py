"""Step one of sharing an entry: whom one tells and why, or has decided not to tell, and why."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.decision import Action
from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem
from goldenthread.usecases.chronology.family_around import FamilyAround, family_around
from goldenthread.usecases.chronology.share_entry import CannotShare, Shared, share_entry
from goldenthread.usecases.chronology.shown import ShownEntry
from goldenthread.web.kit.clock import now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import listed
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.forms import Parts, note_replaced
from goldenthread.web.record.presenters import (
    entry_card,
    question_page,
    telling_choices,
    who_knows,
)
from goldenthread.web.record.saved import read_one
from goldenthread.web.record.tellings import read_tellings


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Show whom an entry has reached, and record whom else."""
    history, entry = read_one(request, case, statement)
    around = family_around(request.actor, case, now=now(), action=Action.SHARE_ENTRY)
    answers = Answers(as_kept(dict(request.POST.lists())))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems, said = _share(request, case, statement, around, answers)
        if not problems:
            messages.success(request, said)
            return redirect("entry", case=case, statement=statement)
    day = today()
    know = frozenset(knower.agency for knower in entry.knowers)
    page = {
        **question_page(around, answers, problems, day),
        "frame": family_frame(history, current="history", today=day),
        "case": case,
        "entry": statement,
        "card": entry_card(entry),
        "knows": who_knows(history, entry),
        "may_share": request.actor.agency in know,
        "ask_agency": _whom_to_ask(entry),
        "telling": telling_choices(around, answers, day + timedelta(days=1), know=know),
    }
    return render(request, "record/share.jinja", page, status=422 if problems else 200)


def _share(
    request: HttpRequest, case: UUID, statement: UUID, around: FamilyAround, answers: Answers
) -> tuple[tuple[Problem, ...], str]:
    parts = Parts()
    note_replaced(answers, parts)
    tellings = read_tellings(answers, around, today(), parts.amiss)
    if parts.problems:
        return tuple(parts.problems), ""
    try:
        shared = share_entry(request.actor, case, statement, tellings, now=now())
    except CannotBeRecorded as refused:
        return refused.problems, ""
    except CannotShare as refused:
        return (Problem("told", refused.reason),), ""
    return (), _done_words(shared, around)


def _done_words(shared: Shared, around: FamilyAround) -> str:
    """What was kept, who is asked to read it, and for whom it cannot be read here."""
    if not shared.added:
        return "That was in the record already. Nothing was added twice."
    told = [one for one in shared.new if one.shared]
    names = {one.to_agency: around.agencies[one.to_agency].name for one in told}
    asked = {one.to_agency for one in told if one.receipt_asked}
    said = ["Saved."]
    if asked:
        who = listed(name for agency, name in names.items() if agency in asked)
        said.append(f"{who} can read it here, and {'is' if len(asked) == 1 else 'are'} asked to.")
    if beyond := [name for agency, name in names.items() if agency not in asked]:
        said.append(
            f"{listed(beyond)} {'is' if len(beyond) == 1 else 'are'} not on this family’s team and "
            "cannot open its record: make sure they have it from you."
        )
    return " ".join(said)


def _whom_to_ask(entry: ShownEntry) -> str:
    phone = f", {entry.agency.phone}" if entry.agency.phone else ""
    return f"{entry.agency.name}{phone}"
