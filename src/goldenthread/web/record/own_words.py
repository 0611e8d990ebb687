"""When somebody may no longer open a family whose form they have open: refused, and nothing lost.

The page shows the author their own words and nothing of the family, not even that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.usecases.chronology.keep_draft import NotFoundHere, read_draft
from goldenthread.web.account.acting import keep_refused
from goldenthread.web.kit.clock import now
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.presenters import draft_screens, own_words

View = Callable[..., HttpResponse]


def own_words_shown(view: View) -> View:
    """Wrap a form's view: a refusal shows what its author typed, and only to its author."""

    @wraps(view)
    def shown(request: HttpRequest, case: UUID, draft: UUID, **more: object) -> HttpResponse:
        try:
            return view(request, case=case, draft=draft, **more)
        except NotFoundHere as refused:
            kept = read_draft(request.actor, draft, now=now())
            screens = draft_screens(kept) if kept else []
            if request.method == "POST":
                screens = [Answers(as_kept(dict(request.POST.lists()))), *screens]
            words = own_words(*screens)
            if not words:
                raise
            keep_refused(request, refused)
            page = {"words": list({(w["key"], w["value"]): w for w in words}.values())}
            return render(request, "record/no_longer.jinja", page, status=403)

    return shown
