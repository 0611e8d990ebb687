"""The Network page: who is around these children on a day, and what nobody knows.

Answers the finding that nobody could see the adults: fathers, new partners, who looked after the
children and how that changed. One address, three forms (genogram, ecomap, homes over time) of one
network, on one day, as known from one viewpoint.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.network import control
from goldenthread.web.network.amiss import amiss_in
from goldenthread.web.network.asked import Asked, asked_of, known_agencies_only, query_of
from goldenthread.web.network.drawing import canvas_of
from goldenthread.web.network.in_words import (
    differing_of,
    night_words,
    paragraphs_of,
)
from goldenthread.web.network.news import news_of
from goldenthread.web.network.nights import nights_of
from goldenthread.web.network.panel import known_elsewhere, panel_of
from goldenthread.web.network.questions import questions_of
from goldenthread.web.network.scene import Scene
from goldenthread.web.network.sliding import day_of_step, slider_of
from goldenthread.web.network.table import table_of

TABLES = (("day", ""), ("all", "all"))


@require_GET
def network(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show a family's network on a day, as known from a viewpoint."""
    now = clock.now()
    asked, shown = loaded(request, case, now)
    address = reverse("network", kwargs={"case": case})
    if asked.step is not None:
        day = day_of_step(shown.seen, asked)
        return redirect(address + query_of(asked, at=None if day == asked.on else day, step=None))
    scene = scene_of(shown, asked, case)
    today = day_of(now)
    question_at = _question_at(case)
    panel = panel_of(scene, shown, asked.person, question_at=question_at)
    page = {
        "frame": family_frame(shown.family, current="network", today=today),
        "made_by": made_by(shown.family, now=now, viewpoint=control.seen_as(shown, asked)),
        "print_reference": f"Family {shown.family.case.reference}",
        "case": case,
        **control.control_of(shown, asked, address),
        "canvas": canvas_of(shown, scene, asked),
        "slider": slider_of(scene, asked, address),
        "panel": panel,
        # Where somebody's links lead is for members of this family's own team.
        "is_member": shown.family.reader_role is not None,
        "known_elsewhere": known_elsewhere(scene, shown),
        "paragraphs": paragraphs_of(scene),
        "nights": nights_of(scene),
        "night": night_words(scene),
        "table": table_of(scene),
        "tables": {name: address + query_of(asked, table=value) for name, value in TABLES},
        "questions": questions_of(shown, scene, today=today, question_at=question_at),
        "news": news_of(scene, shown, asked.on),
        "differing": differing_of(scene),
        "amiss": amiss_in(scene),
    }
    return render(request, "network/network.jinja", page)


def loaded(request: HttpRequest, case: UUID, now) -> tuple[Asked, ShownNetwork]:
    """What is asked, and the network it is asked of; read again where the viewpoint is nobody's."""
    asked = asked_of(dict(request.GET.lists()), now=now)
    shown = read_network(request.actor, case, asked.viewpoint, now=now)
    settled = known_agencies_only(asked, shown.agencies)
    if settled.viewpoint != asked.viewpoint:
        shown = read_network(request.actor, case, settled.viewpoint, now=now)
    return settled, shown


def scene_of(shown: ShownNetwork, asked: Asked, case: UUID) -> Scene:
    """The network as the page shows it, with the addresses its links lead to."""
    address = reverse("network", kwargs={"case": case})

    def person_at(person: str) -> str:
        return f"{address}{query_of(asked, person=person)}#side"

    return Scene(shown.seen, asked.day, person_at, entry_at=_entry_at(case))


def _entry_at(case: UUID):
    nobody = UUID(int=0)
    before, after = reverse("entry", kwargs={"case": case, "statement": nobody}).split(str(nobody))
    return lambda statement: f"{before}{statement}{after}"


def _question_at(case: UUID):
    address = reverse("network_question", kwargs={"case": case})
    return lambda gap: f"{address}?{urlencode({'gap': gap})}"
