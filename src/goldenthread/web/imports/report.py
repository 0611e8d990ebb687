"""What each row would become, before anything is kept; and afterwards what was kept and why not."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.domain.shared.partial_date import DateNotUnderstood, parse_edtf
from goldenthread.usecases.chronology.imports import keeping
from goldenthread.usecases.chronology.imports.reading import (
    ImportPage,
    RowRecord,
    progress_of,
    read_import,
)
from goldenthread.usecases.chronology.imports.step import CannotImport
from goldenthread.web.imports.page import AT_STAGE, shown, where_it_is
from goldenthread.web.kit import clock, words

ROWS_SHOWN = 25
PROBLEMS_SHOWN = 100
TEXT_CHARACTERS = 240
# What is said of one row and of several before they are kept, and of any number afterwards.
WORDS_OF = {
    RowOutcome.NEW: ("new, to be added", "new, to be added", "new"),
    RowOutcome.CHANGED: (
        "changed since last time, to be kept as a correction",
        "changed since last time, to be kept as corrections",
        "changed",
    ),
    RowOutcome.KEPT: ("added", "added", "added"),
    RowOutcome.ALREADY_HELD: (
        "already in the record",
        "already in the record",
        "already in the record",
    ),
    RowOutcome.PROBLEM: ("cannot be kept as it is", "cannot be kept as they are", "not kept"),
    RowOutcome.BLANK: ("blank", "blank", "blank"),
}


@require_GET
def report(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """What each row would become; nothing is kept before it is confirmed here."""
    show = request.GET.get("show", "")
    outcomes = (show,) if show in {one.value for one in RowOutcome} else ()
    first = _first(request.GET.get("from", ""))
    page = read_import(
        request.actor, case, file, now=clock.now(), outcomes=outcomes, first=first, most=ROWS_SHOWN
    )
    if page.file.stage != ImportStage.CHECKED:
        return where_it_is(page.file)
    values = {
        "file": file,
        "file_name": page.file.file_name,
        "agency": page.agency.name,
        "counts": _counts(page, before=True),
        "to_keep": _entries(page.file.rows_total),
        "questions": words.listed(_questions(page)),
        "problems": page.counts.get(RowOutcome.PROBLEM, 0),
        "possibly_same": _entries(page.file.findings.get("possibly_same", 0)),
        "new_people": _people(
            sum(1 for one in page.file.people.values() if one.startswith("new:"))
        ),
        "rows": [_row(row) for row in page.rows],
        "show": show if outcomes else "",
        "range": _range(first, page),
        "before": max(0, first - ROWS_SHOWN) if first else None,
        "after": first + ROWS_SHOWN if first + ROWS_SHOWN < page.listed else None,
        "every": words.counted(sum(page.counts.values()), "row"),
    }
    return shown(request, page.family, "imports/report.jinja", values)


@require_POST
def confirm(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Put the checked rows into the record; with nothing new in them, close the import."""
    _, row = progress_of(request.actor, case, file, now=clock.now())
    try:
        step = keeping.confirm_import if row.rows_total else keeping.close_import
        step(request.actor, file, now=clock.now())
    except CannotImport:
        return where_it_is(row)
    return redirect("import_progress", case=case, file=file)


@require_GET
def receipt(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """What an import added, what was there already, and what was not kept and why."""
    page = read_import(
        request.actor, case, file, now=clock.now(), outcomes=(RowOutcome.PROBLEM.value,),
        most=PROBLEMS_SHOWN,
    )  # fmt: skip
    if AT_STAGE[ImportStage(page.file.stage)] != "import_receipt":
        return where_it_is(page.file)
    added = page.counts.get(RowOutcome.KEPT, 0)
    values = {
        "file": file,
        "file_name": page.file.file_name,
        "agency": page.agency.name,
        "stage": page.file.stage,
        "reason": page.file.refused_because,
        "added": words.counted(added, "entry", "entries"),
        "counts": _counts(page, before=False),
        "problems": [_row(row) for row in page.rows],
        "problem_count": words.counted(page.listed, "row"),
        "unlisted": words.more(page.listed - len(page.rows)),
        "possibly_same": page.file.findings.get("possibly_same", 0),
        "when": words.instant_in_words(page.file.kept_at) if page.file.kept_at else "",
    }
    return shown(request, page.family, "imports/receipt.jinja", values)


def _entries(number: int) -> str:
    return words.counted(number, "entry", "entries") if number else ""


def _people(number: int) -> str:
    return words.counted(number, "person", "people") if number else ""


def _first(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _counts(page: ImportPage, *, before: bool) -> list[dict[str, object]]:
    return [
        {
            "value": outcome.value,
            "rows": words.counted(page.counts[outcome.value], "row"),
            "words": _said(page.counts[outcome.value], said) if before else said[-1],
        }
        for outcome, said in WORDS_OF.items()
        if page.counts.get(outcome.value)
    ]


def _said(number: int, said: tuple[str, str, str]) -> str:
    return said[0] if number == 1 else said[1]


def _questions(page: ImportPage) -> list[str]:
    """What a person could still explain, counted in words."""
    asked: dict[str, set[str]] = {"name": set(), "agency": set(), "word": set()}
    for column, said, _ in page.file.findings.get("unknown", ()):
        kind = {"people": "name", "agency": "agency", "shared_with": "agency"}.get(column, "word")
        asked[kind].add(said)
    plural = {"name": "names", "agency": "agencies", "word": "words"}
    return [words.counted(len(s), kind, plural[kind]) for kind, s in asked.items() if s]


def _range(first: int, page: ImportPage) -> str:
    if not page.rows:
        return "No rows to show"
    if page.listed == 1:
        return "One row"
    return f"Rows {first + 1:,} to {first + len(page.rows):,} of {page.listed:,}"


def _row(row: RowRecord) -> dict[str, object]:
    entry = row.entry or {}
    typed = [text for _, text in entry.get("as_typed", ()) if text.strip()]
    text = str(entry.get("text") or " | ".join(typed))
    return {
        "number": row.number,
        "outcome": row.outcome_label,
        "is_problem": row.outcome == RowOutcome.PROBLEM,
        "when": _when(entry.get("happened", "")),
        "text": text if len(text) <= TEXT_CHARACTERS else text[:TEXT_CHARACTERS].rstrip() + "…",
        "sentences": row.sentences,
    }


def _when(happened: str) -> str:
    if not happened:
        return ""
    try:
        said = words.date_in_words(parse_edtf(happened))
    except DateNotUnderstood:
        return ""
    return "Date not known" if said == words.NOT_KNOWN else said
