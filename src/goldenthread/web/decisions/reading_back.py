"""The reader's test: the record alone, and somebody says in their own words what it tells them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.decisions.reading_back import LONGEST
from goldenthread.usecases.decisions.read_back import (
    CannotBeReadBack,
    NotForWhoDecided,
    ReadBack,
    read_back,
)
from goldenthread.usecases.decisions.reading import read_decision
from goldenthread.web.decisions.form import as_id, replaced
from goldenthread.web.decisions.views import address, record_page
from goldenthread.web.kit import clock
from goldenthread.web.record.answers import Answers, as_kept

UNDERSTOOD = {"yes": True, "no": False}


@require_http_methods(["GET", "POST"])
def say_back(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Show the record and nothing beside it, and keep what its reader makes of it."""
    now = clock.now()
    typed = Answers(as_kept(dict(request.POST.lists())))
    read = read_decision(request.actor, case, decision, now=now)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        said = ReadBack(
            typed.one("risk"), typed.one("reason"),
            UNDERSTOOD.get(typed.one("understood")), typed.one("because"),
        )  # fmt: skip
        try:
            if unkept := replaced(typed):
                raise CannotBeReadBack(tuple(unkept))
            read_back(request.actor, case, decision, as_id(typed.one("id")), said, now=now)
        except CannotBeReadBack as refused:
            wrong = {one.part: one.sentence for one in refused.remarks}
        except NotForWhoDecided as refused:
            messages.error(request, refused.reason)
            return redirect(address(case, decision))
        else:
            messages.success(request, "Kept. Whoever may read this decision reads your words too.")
            return redirect(address(case, decision) + "#read-back")
    page = {
        **record_page(read),
        "may_say_back": read.may_say_back,
        "id": typed.one("id") or clock.new_id(),
        "a": typed,
        "wrong": wrong,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        "longest": LONGEST,
        "here": address(case, decision, "decision_read_back"),
        "back_link": {"text": "The decision", "href": address(case, decision)},
    }
    return render(request, "decisions/read_back.jinja", page, status=422 if wrong else 200)
