"""Bringing a spreadsheet in: upload, say what each column holds, check, confirm, receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.access.decision import Action
from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import NotFoundHere
from goldenthread.usecases.chronology.imports import keeping, receiving
from goldenthread.usecases.chronology.imports.arrangement import COLUMN_LABELS, Arrangement
from goldenthread.usecases.chronology.imports.reading import ImportPage, imports_of, read_import
from goldenthread.usecases.chronology.imports.step import CannotImport
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame

LARGEST_UPLOAD = 20 * 1024 * 1024  # bytes; said on the page before anybody chooses a file
ROWS_SHOWN = 50
AT_STAGE = {
    ImportStage.READING: "import_progress",
    ImportStage.MAPPING: "import_columns",
    ImportStage.CHECKING: "import_progress",
    ImportStage.CHECKED: "import_report",
    ImportStage.KEEPING: "import_progress",
    ImportStage.KEPT: "import_receipt",
    ImportStage.REFUSED: "import_receipt",
    ImportStage.ABANDONED: "import_receipt",
}


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, case: UUID) -> HttpResponse:
    """The imports of a family, and the form to begin one."""
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            error = "Choose a spreadsheet to bring in."
        elif upload.size > LARGEST_UPLOAD:
            error = "This file is larger than 20 MB. Save only the chronology and try again."
        else:
            file = clock.new_id()
            try:
                receiving.receive_file(
                    request.actor, case, id=file, content=upload.read(),
                    file_name=upload.name, now=clock.now(),
                )  # fmt: skip
                return redirect("import_progress", case=case, file=file)
            except CannotImport as refused:
                error = refused.reason
    now = clock.now()
    rows = [
        {
            "name": file.file_name,
            "when": words.instant_in_words(file.uploaded_at),
            "stage": file.stage_label,
            "href": reverse(AT_STAGE[ImportStage(file.stage)], args=[case, file.id]),
        }
        for file in imports_of(request.actor, case, now=now)
    ]
    context = {"rows": rows, "error": error, "errors": [error] if error else []}
    return _page(request, case, "imports/imports.jinja", context, status=400 if error else 200)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """What each column holds: filled in from the last time, or from the headings."""
    page = read_import(request.actor, file, now=clock.now())
    _of(case, page)
    if page.file.stage not in (ImportStage.MAPPING, ImportStage.CHECKED):
        return redirect(AT_STAGE[ImportStage(page.file.stage)], case=case, file=file)
    sheets = [s for s in page.file.survey if not s["hidden"] and s["headers"]]
    asked = request.POST.get("sheet") or request.GET.get("sheet") or page.file.sheet
    best = max(sheets, key=lambda s: len(s["suggested"]), default=None)
    sheet = next((s for s in sheets if s["name"] == asked), best)
    if sheet is None:
        receiving.refuse_file(
            request.actor, file, "No sheet of this file has a row of headings.", now=clock.now()
        )
        return redirect("import_receipt", case=case, file=file)
    error = ""
    chosen = _chosen_columns(request, page, sheet, file)
    if request.method == "POST":
        try:
            _arrange(request, file, sheet, {k: v for k, v in chosen.items() if v}, {})
            return redirect("import_progress", case=case, file=file)
        except CannotImport as refused:
            error = refused.reason
    context = {
        "file": file,
        "sheet": sheet,
        "sheets": [s["name"] for s in sheets],
        "hidden": [s["name"] for s in page.file.survey if s["hidden"]],
        "columns": [
            {
                "name": name,
                "label": label,
                "needed": name in receiving.NEEDED,
                "chosen": chosen.get(name, ""),
                "sample": _sample(sheet, chosen.get(name, "")),
            }
            for name, label in COLUMN_LABELS.items()
        ],
        "error": error,
        "errors": [error] if error else [],
        "file_name": page.file.file_name,
    }
    return _page(request, case, "imports/columns.jinja", context, status=400 if error else 200)


@require_GET
def progress(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """How far a job is; the page asks again by itself, and may be left."""
    page = read_import(request.actor, file, now=clock.now(), most=1)
    _of(case, page)
    stage = ImportStage(page.file.stage)
    working = AT_STAGE[stage] == "import_progress"
    context = {
        "file": file,
        "done": page.file.rows_done,
        "total": page.file.rows_total,
        "keeping": stage is ImportStage.KEEPING,
        "stage": stage.label,
        "working": working,
        "next": reverse(AT_STAGE[stage], args=[case, file]),
    }
    if request.headers.get("HX-Request"):
        response = render(request, "imports/working.jinja", {**context, "case": case})
        if not working:
            response["HX-Redirect"] = str(context["next"])
        return response
    if not working:
        return redirect(AT_STAGE[stage], case=case, file=file)
    response = _page(request, case, "imports/progress.jinja", context)
    response["Refresh"] = "3"  # for a browser without scripts
    return response


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """What each row would become; nothing is kept before it is confirmed here."""
    outcome = request.GET.get("show", "")
    outcomes = (outcome,) if outcome in {o.value for o in RowOutcome} else ()
    first = max(0, int(n) if (n := request.GET.get("from", "0")).isdigit() else 0)
    page = read_import(
        request.actor, file, now=clock.now(), outcomes=outcomes, first=first, most=ROWS_SHOWN + 1
    )
    _of(case, page)
    if page.file.stage != ImportStage.CHECKED:
        return redirect(AT_STAGE[ImportStage(page.file.stage)], case=case, file=file)
    if request.method == "POST":
        return _say_who(request, case, file, page)
    context = {
        "file": file,
        "file_name": page.file.file_name,
        "counts": _counts(page),
        "to_keep": page.file.rows_total,
        "rows": [_row(row) for row in page.rows[:ROWS_SHOWN]],
        "show": outcome,
        "first": first,
        "next": first + ROWS_SHOWN if len(page.rows) > ROWS_SHOWN else None,
        "unknown": page.unknown_people,
        "members": [{"value": str(m.person), "text": f"{m.name} ({m.role})"} for m in page.members],
    }
    return _page(request, case, "imports/report.jinja", context)


@require_POST
def confirm(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Put the checked rows into the record."""
    try:
        keeping.confirm_import(request.actor, file, now=clock.now())
    except CannotImport:
        return redirect("import_report", case=case, file=file)
    return redirect("import_progress", case=case, file=file)


@require_POST
def put_aside(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Give up an import; nothing of it is in the record."""
    receiving.put_aside(request.actor, file, now=clock.now())
    return redirect("imports", case=case)


@require_GET
def receipt(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """What an import added, what was there already, and what was not kept and why."""
    page = read_import(
        request.actor, file, now=clock.now(), outcomes=(RowOutcome.PROBLEM.value,), most=500
    )
    _of(case, page)
    if AT_STAGE[ImportStage(page.file.stage)] != "import_receipt":
        return redirect(AT_STAGE[ImportStage(page.file.stage)], case=case, file=file)
    context = {
        "file_name": page.file.file_name,
        "stage": page.file.stage,
        "reason": page.file.refused_because,
        "counts": _counts(page),
        "added": page.file.rows_done,
        "problems": [_row(row) for row in page.rows],
        "when": words.instant_in_words(page.file.kept_at) if page.file.kept_at else "",
    }
    return _page(request, case, "imports/receipt.jinja", context)


def _page(
    request: HttpRequest, case: UUID, template: str, context: dict, status: int = 200
) -> HttpResponse:
    now = clock.now()
    history = read_history(
        request.actor, case, Viewpoint(now), now=now, action=Action.IMPORT_CHRONOLOGY
    )
    frame = family_frame(history, current="imports", today=day_of(now))
    return render(request, template, {"frame": frame, "case": case, **context}, status=status)


def _of(case: UUID, page: ImportPage) -> None:
    if page.file.case != case:
        raise NotFoundHere("There is no such import in your record.")


def _chosen_columns(request: HttpRequest, page: ImportPage, sheet: dict, file: UUID) -> dict:
    if request.method == "POST":
        return {name: request.POST.get(f"column-{name}", "") for name in COLUMN_LABELS}
    remembered = read_import(
        request.actor, file, now=clock.now(), most=1, fingerprint=sheet["fingerprint"]
    ).remembered
    return dict(remembered["columns"] if remembered else sheet["suggested"])


def _arrange(
    request: HttpRequest, file: UUID, sheet: dict, chosen: dict[str, str], people: dict[str, UUID]
) -> None:
    unknown = [heading for heading in chosen.values() if heading not in sheet["headers"]]
    if unknown:
        raise CannotImport("One of the columns chosen is not in this sheet. Choose again.")
    receiving.arrange_file(
        request.actor, file, sheet=sheet["name"], header_row=sheet["header_row"] or 1,
        fingerprint=sheet["fingerprint"], arrangement=Arrangement(chosen), people=people,
        now=clock.now(),
    )  # fmt: skip


def _say_who(request: HttpRequest, case: UUID, file: UUID, page: ImportPage) -> HttpResponse:
    """Take a person's word for who is meant by names we do not know, and check again."""
    family = {str(member.person): member.person for member in page.members}
    people = {
        name: family[value]
        for place, name in enumerate(page.unknown_people)
        if (value := request.POST.get(f"person-{place}", "")) in family
    }
    sheet = next(s for s in page.file.survey if s["name"] == page.file.sheet)
    receiving.arrange_file(
        request.actor, file, sheet=page.file.sheet, header_row=page.file.header_row or 1,
        fingerprint=sheet["fingerprint"], people=people, now=clock.now(),
        arrangement=Arrangement.from_json(page.file.arrangement),
    )  # fmt: skip
    return redirect("import_progress", case=case, file=file)


def _sample(sheet: dict, heading: str) -> str:
    if heading not in sheet["headers"]:
        return ""
    at = sheet["headers"].index(heading)
    return "; ".join(row[at][:60] for row in sheet["sample"] if len(row) > at and row[at])[:160]


def _counts(page: ImportPage) -> list[dict[str, object]]:
    return [
        {"value": outcome.value, "label": outcome.label, "count": page.counts[outcome.value]}
        for outcome in RowOutcome
        if page.counts.get(outcome.value)
    ]


def _row(row) -> dict[str, object]:
    entry = row.entry or {}
    return {
        "number": row.number,
        "outcome": row.outcome_label,
        "text": str(entry.get("text", ""))[:200],
        "sentences": row.sentences,
    }
