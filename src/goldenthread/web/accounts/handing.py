"""What the reader was given to hand on, and who leaves the teams they look after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.domain.access.accounts import PostChangeKind
from goldenthread.usecases.accounts.handing_on import Work, WorkKind, handing_on
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words

PAGES = {
    WorkKind.FIND_OUT: "network",
    WorkKind.DO: "picture",
    WorkKind.PLAN: "plan",
    WorkKind.SEAL: "family_access",
}


@require_safe
def handing(request: HttpRequest) -> HttpResponse:
    """Both lists."""
    found = handing_on(request.actor, now=clock.now())
    page = {
        "left": [
            {
                "name": one.name,
                "when": f"{PostChangeKind.label_of(one.kind)}, {day_in_words(one.on)}",
                "work": [_line(work) for work in one.work],
            }
            for one in found.left
        ],
        "gone": [
            {
                "name": f"{one.row.name}, {one.row.agency_name}",
                "role": one.row.role_label,
                "family": f"{one.family.family_label}, {one.family.reference}",
                "href": reverse("family", kwargs={"case": one.family.id}),
                "on": day_in_words(one.row.to_on),
            }
            for one in found.gone
        ],
    }
    return render(request, "accounts/handing_on.jinja", page)


def _line(work: Work) -> dict[str, str]:
    family = work.family
    return {
        "kind": work.kind.label,
        "words": work.words,
        "due": f"By {day_in_words(work.due)}" if work.due else "",
        "family": f"{family.family_label}, {family.reference}" if family else "",
        "href": _address(work),
    }


def _address(work: Work) -> str:
    if work.family is None:
        return reverse("challenge_stages")
    at = {"case": work.family.id}
    if work.kind is WorkKind.CHALLENGE:
        return reverse("challenge", kwargs={**at, "challenge": work.key})
    if work.kind is WorkKind.SEAL and work.key:
        return reverse("entry_access", kwargs={**at, "statement": work.key})
    return reverse(PAGES[work.kind], kwargs=at)
