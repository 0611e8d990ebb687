"""Say how much an entry matters: a practitioner's judgement, given with one press and a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldenthread.domain.provenance.vocabulary import Significance
from goldenthread.usecases.chronology.judge_significance import (
    NoSuchJudgement,
    judge_significance,
)
from goldenthread.web.kit.clock import new_id, now


@require_POST
def judge(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Add a judgement (`significance`, optional `reason`) and go back to `back`, or the entry."""
    chosen = request.POST.get("significance", "")
    reason = request.POST.get("reason", "")
    try:
        judge_significance(
            request.actor, case, statement, chosen, id=new_id(), reason=reason, now=now()
        )
    except NoSuchJudgement as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, f"Saved. You judged this entry: {_said(chosen)}.")
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("entry", case=case, statement=statement)


def _said(significance: str) -> str:
    return Significance.label_of(significance).lower()
