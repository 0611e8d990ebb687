"""Somebody of this family in other families' records: that it is so, whom to ring, and saying so.

Only members of a family's team see or say this, each step is audited, and nothing of what the other
record says is shown.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.network.linked_families import (
    FURTHEST,
    CannotLink,
    NotFoundHere,
    link_people,
    linked_families,
)
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.kit.clock import now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.network.choices import Option
from goldenthread.web.network.panel import other_family


@require_http_methods(["GET", "POST"])
def beyond(request: HttpRequest, case: UUID, person: UUID) -> HttpResponse:
    """Show where one person's links lead, so many steps out; or keep a judgement on two people."""
    at = now()
    shown = read_network(request.actor, case, Viewpoint(at), now=at)
    here = next((one for one in shown.network.people if one.id == str(person)), None)
    if here is None:
        raise NotFoundHere("There is no such person in what you can read.")
    wrong = _linked(request, case, person) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        messages.success(request, "Kept. Nothing was merged, and it can be judged again.")
        return redirect(request.path)
    given = request.POST or request.GET
    degrees = _degrees(request.GET.get("degrees", ""))
    other = _other(request, case, given.get("family", ""))
    page = {
        "frame": family_frame(shown.family, current="network", today=today(), can_add=False),
        "name": here.name or here.description,
        "found": [
            (one.degree, one.name, other_family(one), one.through)
            for one in linked_families(request.actor, case, person, degrees, now=at)
        ],
        "steps": [Option(str(n), str(n), n == degrees) for n in range(1, FURTHEST + 1)],
        "families": _families(request, case, given.get("family", "")),
        "family": given.get("family", "") if other else "",
        "people": _people(other, given.get("other", "")),
        "verdicts": [{"value": str(word), "text": word.label} for word in SamePerson],
        "verdict": given.get("verdict", ""),
        "reason": given.get("reason", ""),
        "errors": [{"text": wrong, "href": "#link"}] if wrong else [],
        "back_link": {
            "text": "Network",
            "href": f"{_network(case)}?{urlencode({'person': str(person)})}#side",
        },
    }
    return render(request, "network/beyond.jinja", page, status=422 if wrong else 200)


def _network(case: UUID) -> str:
    return reverse("network", kwargs={"case": case})


def _linked(request: HttpRequest, case: UUID, person: UUID) -> str:
    """Keep the judgement; answers with what is amiss, empty where nothing is."""
    try:
        other = UUID(request.POST.get("other", ""))
    except ValueError:
        return "Choose the person of the other family."
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    try:
        link_people(request.actor, case, person, other, verdict, reason, now=now())
    except CannotLink as refused:
        return refused.reason
    return ""


def _degrees(typed: str) -> int:
    return int(typed) if typed in {str(n) for n in range(1, FURTHEST + 1)} else 1


def _families(request: HttpRequest, case: UUID, chosen: str) -> list[Option]:
    """The other families whose team the reader is a member of."""
    return [
        Option(str(line.case.id), f"{line.case.reference}", str(line.case.id) == chosen)
        for line in families_of(request.actor, now=now())
        if line.own_role and line.case.id != case
    ]


def _other(request: HttpRequest, case: UUID, chosen: str) -> ShownNetwork | None:
    if chosen not in {one.value for one in _families(request, case, chosen)}:
        return None
    at = now()
    return read_network(request.actor, UUID(chosen), Viewpoint(at), now=at)


def _people(other: ShownNetwork | None, chosen: str) -> list[Option]:
    if other is None:
        return []
    return [
        Option(one.id, one.name or one.description, one.id == chosen)
        for one in other.network.people
    ]
