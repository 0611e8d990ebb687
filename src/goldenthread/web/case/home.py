"""My families: what needs me today, and the families I am part of. Never sorted by risk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import FamilyLine, families_of, new_since_looked
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.web.kit import clock, words


@require_http_methods(["GET", "POST"])
def families(request: HttpRequest) -> HttpResponse:
    """List the reader's families; a search is posted, so that no name is ever in an address."""
    now = clock.now()
    sought = request.POST.get("words", "").strip()[:100]
    lines = families_of(request.actor, now=now, words=sought)
    new = new_since_looked(request.actor, [line.case.id for line in lines], now=now)
    shown = [_line(line, new.get(line.case.id), day_of(now)) for line in lines]
    references = {line.case.id: line.case.reference for line in lines}
    drafts = [
        {
            "saved": words.instant_in_words(draft.saved_at),
            "reference": references.get(draft.case, ""),
            "href": reverse("add_entry", kwargs={"case": draft.case}),
        }
        for draft in drafts_of(request.actor)
        if draft.case in references
    ]
    return render(
        request,
        "case/families.jinja",
        {
            "families": shown,
            "news": [one for one in shown if one["new"]],
            "drafts": drafts,
            "sought": sought,
        },
    )


def _line(line: FamilyLine, new: int | None, today) -> dict[str, object]:
    return {
        "href": reverse("family", kwargs={"case": line.case.id}),
        "label": line.case.family_label,
        "reference": line.case.reference,
        "children": words.listed(f"{c.name} ({c.age_on(today)})" for c in line.children),
        "role": TeamRole.label_of(line.own_role) if line.own_role else "Your agency’s family",
        "status": line.case.legal_status,
        "new": new,
        "new_words": "You have not looked yet"
        if new is None
        else words.counted(new, "new entry", "new entries"),
    }
