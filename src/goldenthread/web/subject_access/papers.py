"""A released pack as files: a PDF and plain text, both set anew from the words that leave."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.usecases.subject_access.read_packs import (
    CannotRelease,
    Released,
    take_out_pack,
)
from goldenthread.web.kit import clock
from goldenthread.web.outputs.pdf import PdfUnavailable, pdf_of
from goldenthread.web.subject_access.document import Told, document_of, plain_text


@require_GET
def pack_pdf(request: HttpRequest, case: UUID, pack: UUID, who: UUID, sort: str) -> HttpResponse:
    """The pack as a PDF for the person who asked."""
    del sort  # a person of the family, always
    try:
        document = _document(request, case, pack, who, "pdf")
        content = pdf_of(render_to_string("subject_access/paper.jinja", document))
    except CannotRelease as refused:
        return _refused(request, case, pack, refused)
    except PdfUnavailable as refused:
        return render(request, "outputs/no_pdf.jinja", {"reason": refused.reason}, status=503)
    return _file(document, content, "application/pdf", "pdf")


@require_GET
def pack_text(request: HttpRequest, case: UUID, pack: UUID, who: UUID, sort: str) -> HttpResponse:
    """The pack as plain text, which every reading program can speak."""
    del sort
    try:
        document = _document(request, case, pack, who, "text")
    except CannotRelease as refused:
        return _refused(request, case, pack, refused)
    return _file(document, plain_text(document).encode(), "text/plain; charset=utf-8", "txt")


def _document(request: HttpRequest, case: UUID, pack: UUID, who: UUID, form: str) -> dict:
    now = clock.now()
    found: Released = take_out_pack(request.actor, case, pack, who, form=form, now=now)
    maker = found.maker
    told = Told(maker.name, maker.role, maker.agency_name, maker.phone, now)
    return document_of(found.document, found.rules, told)


def _file(document: dict, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{document['reference']}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refused(request: HttpRequest, case: UUID, pack: UUID, refused: CannotRelease) -> HttpResponse:
    back = reverse("pack_check", kwargs={"case": case, "pack": pack})
    page = {"reason": refused.reason, "back": back}
    return render(request, "subject_access/not_released.jinja", page, status=409)
