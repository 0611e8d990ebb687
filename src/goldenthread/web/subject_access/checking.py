"""A pack as it would leave: asked to be checked, agreed to or sent back, and released."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.subject_access.check_pack import (
    CannotRelease,
    ask_for_check,
    check_pack,
    release_pack,
)
from goldenthread.usecases.subject_access.read_packs import read_for_check
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.subject_access.document import document_of
from goldenthread.web.subject_access.listing import due_in_words
from goldenthread.web.subject_access.workspace import asked_in_words, state_of


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, case: UUID, pack: UUID) -> HttpResponse:
    """Show the pack as it would leave; sent, ask for a check, agree, or send it back."""
    if request.method != "POST":
        return _page(request, case, pack)
    go, now = request.POST.get("go", ""), clock.now()
    try:
        if go == "ask":
            ask_for_check(request.actor, case, pack, id=clock.new_id(), now=now)
            messages.success(request, "Somebody else can check it now.")
        elif go in ("agree", "back"):
            check_pack(
                request.actor, case, pack, digest=request.POST.get("digest", ""),
                agrees=go == "agree", reason=request.POST.get("reason", ""), now=now,
            )  # fmt: skip
            messages.success(request, "Agreed." if go == "agree" else "Sent back.")
    except CannotRelease as refused:
        return _page(request, case, pack, refused.reason)
    return redirect("pack_check", case=case, pack=pack)


@require_POST
def release(request: HttpRequest, case: UUID, pack: UUID) -> HttpResponse:
    """Release what was agreed to."""
    try:
        release_pack(request.actor, case, pack, shown=step_shown(request), now=clock.now())
    except CannotRelease as refused:
        return _page(request, case, pack, refused.reason)
    messages.success(request, "Released. Take it out below.")
    return redirect("pack_check", case=case, pack=pack)


def _page(request: HttpRequest, case: UUID, pack: UUID, problem: str = "") -> HttpResponse:
    now = clock.now()
    read = read_for_check(request.actor, case, pack, now=now)
    seen, asked = read.pack, read.pack.check
    released = {"case": case, "pack": pack, "who": seen.asked_by.person}
    return render(
        request,
        "subject_access/check.jinja",
        {
            "frame": family_frame(seen.family, current="subject_access", today=day_of(now)),
            "case": case,
            "pack": pack,
            "errors": [{"text": problem, "href": "#check"}] if problem else [],
            "asked": asked_in_words(seen),
            "due": due_in_words(seen.row.due_on, day_of(now), is_released=seen.is_released),
            "state": state_of(seen),
            "asker": f"{read.asker.name}, {read.asker.role}" if read.asker else "",
            "checker": f"{read.checker.name}, {read.checker.role}" if read.checker else "",
            "digest": seen.digest,
            "may": {
                "ask": read.may_prepare and (asked is None or asked.agrees is False),
                "check": read.may_check,
                "release": read.may_release,
                "prepare": read.may_prepare,
                "take": read.may_prepare and seen.is_released,
            },
            "waiting": words.counted(len(seen.waiting), "entry waits", "entries wait")
            if seen.waiting
            else "",
            "typed": request.POST.get("reason", ""),
            "document": document_of(seen.document, seen.rules, None),
            "pdf": reverse("pack_pdf", kwargs=released),
            "text": reverse("pack_text", kwargs=released),
            "made_by": made_by(seen.family, now=now),
        },
        status=422 if problem else 200,
    )
