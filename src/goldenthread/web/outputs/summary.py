"""A cumulative summary on paper: its words, what they rest on, and who made the sheet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.file_names import plain_in_name
from goldenthread.usecases.chronology.read_history import Sought, read_history
from goldenthread.usecases.risk.summaries import read_summary_version
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import made_by
from goldenthread.web.outputs.pdf import PdfUnavailable, pdf_of
from goldenthread.web.picture.summaries import considered_words, version_of
from goldenthread.web.picture.versions import rests_of


@require_GET
def summary_pdf(request: HttpRequest, case: UUID, summary: UUID) -> HttpResponse:
    """One version as a PDF. Read as leaving the record, and audited so."""
    now = clock.now()
    action = Action.EXPORT_CHRONOLOGY
    found = read_summary_version(request.actor, case, summary, now=now, action=action)
    rests = Sought(only=frozenset(found.entries))
    history = read_history(
        request.actor, case, Viewpoint(now), now=now, sought=rests, action=action
    )
    version = version_of(found.seen, case)
    page = render_to_string(
        "outputs/summary.jinja",
        {
            "version": version,
            "considered": considered_words(found.seen),
            "reference": history.family.case.reference,
            "rests": rests_of(history, found, case),
            "made_by": made_by(history, now=now),
        },
    )
    try:
        content = pdf_of(page)
    except PdfUnavailable as refused:
        return render(request, "outputs/no_pdf.jinja", {"reason": refused.reason}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    reference = plain_in_name(history.family.case.reference)
    response["Content-Disposition"] = f'attachment; filename="summary-{reference}.pdf"'
    return response
