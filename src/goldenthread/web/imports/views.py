"""Bringing a spreadsheet in: the list and the upload, how far it has come, and putting it aside."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.chronology.imports import LARGEST_FILE, ImportStage
from goldenthread.usecases.chronology.imports import receiving, stopping
from goldenthread.usecases.chronology.imports.reading import (
    FileRow,
    Imports,
    imports_of,
    progress_of,
)
from goldenthread.usecases.chronology.imports.step import CannotImport
from goldenthread.web.imports.page import AT_STAGE, address_of, file_id_of, shown, where_it_is
from goldenthread.web.kit import clock, words


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, case: UUID) -> HttpResponse:
    """The imports of a family, and the form to begin one."""
    found = imports_of(request.actor, case, now=clock.now())
    error = ""
    if request.method == "POST":
        try:
            return _receive(request, case, found)
        except CannotImport as refused:
            error = refused.reason
    own = request.actor.agency
    agencies = sorted(found.may_import_for, key=lambda one: (one.id != own, one.name))
    values = {
        "upload": clock.new_id(),
        "agencies": [{"value": str(one.id), "text": one.name} for one in agencies],
        "rows": [_line(file, found) for file in found.files],
        "error": error,
    }
    errors = [{"text": error, "href": "#file"}] if error else []
    return shown(request, found.family, "imports/imports.jinja", values, errors=errors)


def _receive(request: HttpRequest, case: UUID, found: Imports) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        raise CannotImport("Choose a spreadsheet to bring in.")
    if (upload.size or 0) > LARGEST_FILE:
        raise CannotImport(receiving.TOO_LARGE)
    chosen = request.POST.get("agency", "")
    agency = next((one.id for one in found.may_import_for if str(one.id) == chosen), None)
    file = file_id_of(request, "upload")
    receiving.receive_file(
        request.actor, case, id=file, content=upload.read(), file_name=upload.name or "",
        agency=agency, now=clock.now(),
    )  # fmt: skip
    return redirect("import_progress", case=case, file=file)


def _line(file: FileRow, found: Imports) -> dict[str, object]:
    return {
        "name": file.file_name,
        "href": address_of(file),
        "agency": found.agencies[file.agency].name,
        "when": words.instant_in_words(file.uploaded_at),
        "by": file.uploader,
        "stage": "Stopped" if _is_stopped(file) else file.stage_label,
        "waits": file.stage in (ImportStage.MAPPING, ImportStage.CHECKED) or _is_stopped(file),
    }


def _is_stopped(file: FileRow) -> bool:
    return AT_STAGE[ImportStage(file.stage)] == "import_progress" and bool(file.refused_because)


@require_GET
def progress(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """How far a job has come; the page asks again by itself, and may be left."""
    family, row = progress_of(request.actor, case, file, now=clock.now())
    stage = ImportStage(row.stage)
    is_working = AT_STAGE[stage] == "import_progress"
    by_itself = request.headers.get("HX-Request") == "true"
    if not is_working:
        if not by_itself:
            return where_it_is(row)
        moved = HttpResponse()
        moved["HX-Redirect"] = address_of(row)
        return moved
    rows = "row" if row.rows_total == 1 else "rows"
    done = "in the record" if stage is ImportStage.KEEPING else "checked"
    values = {
        "file": file,
        "case": case,
        "file_name": row.file_name,
        "stage": stage.label,
        "is_counted": stage is not ImportStage.READING and row.rows_total > 0,
        "done": min(row.rows_done, row.rows_total),
        "total": row.rows_total,
        "words": f"{rows} {done}",
        "stopped": row.refused_because,
        "is_keeping": stage is ImportStage.KEEPING,
    }
    if by_itself:
        return render(request, "imports/working.jinja", values)
    return shown(request, family, "imports/progress.jinja", values)


@require_POST
def again(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Ask again for a step that stopped."""
    progress_of(request.actor, case, file, now=clock.now())
    with suppress(CannotImport):  # it has gone on, or stopped for a reason that the page says
        stopping.try_again(request.actor, file, now=clock.now())
    return redirect("import_progress", case=case, file=file)


@require_POST
def put_aside(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Give up an import; nothing of it is in the record."""
    _, row = progress_of(request.actor, case, file, now=clock.now())
    try:
        receiving.put_aside(request.actor, file, now=clock.now())
    except CannotImport:
        return where_it_is(row)
    return redirect("imports", case=case)
