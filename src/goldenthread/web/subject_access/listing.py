"""The requests of a family for what is kept about somebody, and the form that starts a pack."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.subject_access.prepare_pack import CannotPrepare, Request, start_pack
from goldenthread.usecases.subject_access.read_packs import OnePack, Packs, read_packs
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by

FIELDS = ("asked_by", "about", "entitled", "asked-day", "asked-month", "asked-year")
AT = {"asked_by": "asked_by", "about": "about", "asked_on": "asked-day", "entitled": "entitled"}


@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: HttpRequest, case: UUID) -> HttpResponse:
    """List the requests; sent, start a pack for a new one."""
    if request.method != "POST":
        return _page(request, case, QueryDict(), "", "")
    id = _id(request.POST.get("id", "")) or clock.new_id()
    asked = Request(
        _id(request.POST.get("asked_by", "")), _id(request.POST.get("about", "")),
        _day(request.POST), request.POST.get("entitled", ""),
    )  # fmt: skip
    try:
        start_pack(request.actor, case, id, asked, now=clock.now())
    except CannotPrepare as refused:
        return _page(request, case, request.POST, refused.reason, refused.part)
    messages.success(request, "Started. Nothing of it leaves before somebody else has checked it.")
    return redirect("pack", case=case, pack=id)


def _page(
    request: HttpRequest, case: UUID, typed: QueryDict, problem: str, part: str
) -> HttpResponse:
    now = clock.now()
    found = read_packs(request.actor, case, now=now)
    today = day_of(now)
    return render(
        request,
        "subject_access/packs.jinja",
        {
            "frame": family_frame(found.family, current="subject_access", today=today),
            "case": case,
            "errors": [{"text": problem, "href": f"#{AT[part]}"}] if problem else [],
            "wrong": {part: problem} if problem else {},
            "packs": [_row(one, found, case, today) for one in found.packs],
            "may_prepare": found.may_prepare,
            "people": [
                {"value": str(one.person), "text": f"{one.name}, {one.role}"}
                for one in found.family.members
                if one.is_identified
            ],
            "typed": {name: typed.get(name, "") for name in FIELDS},
            "form_id": typed.get("id", "") or str(clock.new_id()),
            "months": words.counted(found.rules.months, "calendar month"),
            "months_source": found.rules.months_source,
            "made_by": made_by(found.family, now=now),
        },
        status=422 if problem else 200,
    )


def _row(one: OnePack, found: Packs, case: UUID, today: date) -> dict[str, object]:
    row = one.row
    name = "pack" if found.may_prepare else "pack_check"
    return {
        "asked": words.day_in_words(row.asked_on),
        "who": one.asked_by,
        "about": one.about,
        "due": due_in_words(row.due_on, today, is_released=one.is_released),
        "href": reverse(name, kwargs={"case": case, "pack": row.id}),
    }


def due_in_words(due: date, today: date, *, is_released: bool) -> str:
    """By when an answer is due, and how long that is."""
    said = words.day_in_words(due)
    if is_released:
        return f"Released. It was due by {said}"
    left = (due - today).days
    if left < 0:
        return f"Was due by {said}, {words.counted(-left, 'day')} ago"
    return f"Due by {said}, " + ("today" if left == 0 else f"in {words.counted(left, 'day')}")


def _day(given: QueryDict) -> date | None:
    try:
        return date(*(int(given.get(f"asked-{part}", "")) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
