"""The history as a PDF, and curated chronologies published for a meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.access.decision import Action
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.file_names import plain_in_name
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology import history_request
from goldenthread.usecases.chronology.publish_chronology import (
    NothingToPublish,
    publications_of,
    publish_chronology,
    read_publication,
)
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.summaries import summary_for_meeting
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.outputs.pdf import PdfUnavailable, pdf_of
from goldenthread.web.outputs.rows import printed_rows, viewpoint_in_words
from goldenthread.web.picture.summaries import Version, version_of


@require_GET
def history_pdf(request: HttpRequest, case: UUID) -> HttpResponse:
    """What the History page shows, as a PDF for a meeting."""
    history = _asked_history(request, case, Action.EXPORT_CHRONOLOGY)
    return _pdf(request, history, "Chronology", viewpoint_in_words(history))


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, case: UUID) -> HttpResponse:
    """Choose entries for a meeting and fix them; significant and key ones are chosen already."""
    if request.method == "POST":
        return _publish(request, case)
    history = _asked_history(request, case, Action.VIEW_FAMILY)
    chosen = {str(e.id) for e in history.entries if e.significance in ("significant", "key")}
    return _choose(request, history, {"id": str(clock.new_id()), "chosen": chosen})


@require_GET
def publications(request: HttpRequest, case: UUID) -> HttpResponse:
    """The chronologies published for a family."""
    now = clock.now()
    rows = publications_of(request.actor, case, now=now)
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    shown = [
        {
            "title": row.title,
            "purpose": row.purpose,
            "made": f"Published by {row.published_by} on {words.instant_in_words(row.recorded_at)}",
            "count": words.counted(row.entries, "entry", "entries"),
            "href": reverse("publication", kwargs={"case": case, "publication": row.id}),
        }
        for row in rows
    ]
    return render(
        request,
        "outputs/publications.jinja",
        {"frame": _frame(history, "publications"), "publications": shown, "case": case},
    )


@require_GET
def publication(request: HttpRequest, case: UUID, publication: UUID) -> HttpResponse:
    """One published chronology, on screen or (`?form=pdf`) on paper."""
    now = clock.now()
    leaves = request.GET.get("form") == "pdf"
    action = Action.EXPORT_CHRONOLOGY if leaves else Action.VIEW_FAMILY
    found = read_publication(request.actor, case, publication, now=now, action=action)
    if found is None:
        raise Http404
    row = found.publication
    given = summary_for_meeting(request.actor, case, by=row.recorded_at, now=now)
    summary = version_of(given, case) if given else None
    note = f"Published by {row.published_by} on {words.instant_in_words(row.recorded_at)}"
    if leaves:
        return _pdf(request, found.history, row.title, note, summary)
    return render(
        request,
        "outputs/publication.jinja",
        {
            "frame": _frame(found.history, "publications"),
            "title": row.title,
            "purpose": row.purpose,
            "note": note,
            "left_out": found.left_out,
            "changed": len(found.changed),
            "summary": summary,
            "rows": printed_rows(found.history),
            "pdf": f"{request.path}?form=pdf",
            "made_by": made_by(found.history, now=now),
            "back_link": {"text": "Published chronologies", "href": _list_address(case)},
        },
    )


def _publish(request: HttpRequest, case: UUID) -> HttpResponse:
    now = clock.now()
    typed = {name: request.POST.get(name, "") for name in ("id", "title", "purpose")}
    chosen = request.POST.getlist("entry")
    kept: dict[str, object] = {**typed, "chosen": set(chosen)}
    history = _asked_history(request, case, Action.VIEW_FAMILY)
    try:
        id = UUID(typed["id"])
        entries = [UUID(value) for value in chosen]
    except ValueError:
        return _choose(request, history, {**kept, "id": str(clock.new_id())}, "Please try again.")
    try:
        publish_chronology(
            request.actor, case, id=id, title=typed["title"], purpose=typed["purpose"],
            viewpoint=history.viewpoint, entries=entries, now=now,
        )  # fmt: skip
    except NothingToPublish as refused:
        return _choose(request, history, kept, refused.reason)
    messages.success(request, "The chronology is published. It will not change.")
    return redirect("publication", case=case, publication=id)


def _choose(
    request: HttpRequest, history: History, kept: dict[str, object], error: str = ""
) -> HttpResponse:
    return render(
        request,
        "outputs/publish.jinja",
        {
            "frame": _frame(history, "publications"),
            "rows": printed_rows(history),
            "viewpoint": viewpoint_in_words(history, every="every agency you may see"),
            "kept": {"title": "", "purpose": "", **kept},
            "error": error,
            "errors": [error] if error else [],
            "query": request.META.get("QUERY_STRING", ""),
            "back_link": {
                "text": "History",
                "href": reverse("history", kwargs={"case": history.family.case.id}),
            },
        },
        status=400 if error else 200,
    )


def _asked_history(request: HttpRequest, case: UUID, action: Action) -> History:
    now = clock.now()
    asked = history_request.read_request(
        dict(request.GET.lists()),
        now=now,
        searches=request.session.get(history_request.SEARCHES, {}),
    )
    history = read_history(
        request.actor, case, asked.viewpoint, now=now, sought=asked.words_only, action=action
    )
    return history_request.chosen(history, asked)


def _pdf(
    request: HttpRequest, history: History, title: str, note: str, summary: Version | None = None
) -> HttpResponse:
    now = clock.now()
    page = render_to_string(
        "outputs/paper.jinja",
        {
            "title": title,
            "reference": history.family.case.reference,
            "note": note,
            "summary": summary,
            "rows": printed_rows(history),
            "masked": len(history.masked),
            "made_by": made_by(history, now=now, viewpoint=_seen_as(history)),
            "people": [
                {"name": m.name, "role": m.role, "age": m.age_on(day_of(now))}
                for m in history.family.members
            ],
        },
    )
    try:
        content = pdf_of(page)
    except PdfUnavailable as refused:
        return render(request, "outputs/no_pdf.jinja", {"reason": refused.reason}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    reference = plain_in_name(history.family.case.reference)
    response["Content-Disposition"] = f'attachment; filename="chronology-{reference}.pdf"'
    return response


def _frame(history: History, current: str):
    return family_frame(history, current=current, today=day_of(clock.now()))


def _list_address(case: UUID) -> str:
    return reverse("publications", kwargs={"case": case})


def _seen_as(history: History) -> str:
    """The viewpoint and whose eyes, for every printed sheet."""
    return f"{viewpoint_in_words(history)}. Seen as {history.family.reader.agency_name}"
