"""The drawings of a family's network as files: what the page shows, on paper or in a picture."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.shared.file_names import plain_in_name
from goldenthread.drawing.paper import PAPERS, MadeBy
from goldenthread.usecases.network.read_network import read_network
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import instant_in_words
from goldenthread.web.network.asked import asked_of, known_agencies_only
from goldenthread.web.network.control import seen_as
from goldenthread.web.network.drawing import NotDrawnYet, sheet_of
from goldenthread.web.network.views import scene_of
from goldenthread.web.outputs.drawings import TYPES, drawing_file
from goldenthread.web.outputs.pdf import PdfUnavailable


@require_GET
def network_drawing(request: HttpRequest, case: UUID, form: str) -> HttpResponse:
    """The genogram, ecomap or homes over time of the page's own address, as svg, pdf or png.

    `?paper=A3` for a larger sheet. Read as leaving the record, and audited so. A name never
    stands in the file's name.
    """
    now = clock.now()
    asked = asked_of(dict(request.GET.lists()), now=now)
    action = Action.EXPORT_CHRONOLOGY
    shown = read_network(request.actor, case, asked.viewpoint, now=now, action=action)
    settled = known_agencies_only(asked, shown.agencies)
    if settled.viewpoint != asked.viewpoint:
        shown = read_network(request.actor, case, settled.viewpoint, now=now, action=action)
    reader, family = shown.family.reader, shown.family.case
    paper = request.GET.get("paper", "")
    try:
        sheet, legend, key = sheet_of(shown, scene_of(shown, settled, case), settled)
        made_by = MadeBy(
            f"{reader.name}, {reader.agency_name},",
            instant_in_words(now),
            f"{seen_as(shown, settled)}. Family {family.reference}.",
            marking=f"{shown.family.for_whom}.",
            key_version=key,
        )
        content = drawing_file(
            sheet, legend, made_by, form=form, paper=paper if paper in PAPERS else "A4"
        )
    except NotDrawnYet as waiting:
        page = {"reason": waiting.reason, "again": request.get_full_path(), "case": case}
        return render(request, "outputs/not_yet.jinja", page, status=503)
    except PdfUnavailable as refused:
        return render(request, "outputs/no_pdf.jinja", {"reason": refused.reason}, status=503)
    response = HttpResponse(content, content_type=TYPES[form])
    reference = plain_in_name(family.reference)
    name = f"{settled.form}-{reference}-{settled.day.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
