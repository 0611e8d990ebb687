"""What each column holds: filled in from the last time or the headings; a person decides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.usecases.chronology.imports import receiving
from goldenthread.usecases.chronology.imports.arrangement import (
    COLUMN_LABELS,
    NEEDED,
    Arrangement,
    arrange_file,
)
from goldenthread.usecases.chronology.imports.reading import ImportPage, read_import
from goldenthread.usecases.chronology.imports.step import CannotImport, PastThatStep
from goldenthread.web.imports.page import shown, where_it_is
from goldenthread.web.kit import clock, words

SAMPLES = 3
SAMPLE_CHARACTERS = 90
OPEN = (ImportStage.MAPPING, ImportStage.CHECKED)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Say what each column of the chosen sheet holds, then have every row checked."""
    page = read_import(request.actor, case, file, now=clock.now(), most=1)
    if page.file.stage not in OPEN:
        return where_it_is(page.file)
    sheet = _sheet(request, page)
    if sheet is None:
        return shown(request, page.family, "imports/no_headings.jinja", _about(page, None))
    error, href = "", "#sheet"
    given = _given(request) if request.method == "POST" else _remembered(request, page, sheet)
    if request.method == "POST":
        try:
            _arrange(request, page, sheet, given)
            return redirect("import_progress", case=case, file=file)
        except PastThatStep:
            return where_it_is(page.file)
        except CannotImport as refused:
            error, href = refused.reason, _where(refused.reason)
    values = {**_about(page, sheet), **_form(page, sheet, given), "error": error, "error_at": href}
    errors = [{"text": error, "href": href}] if error else []
    return shown(request, page.family, "imports/columns.jinja", values, errors=errors)


@require_POST
def headings(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Read a sheet again with its headings in the row a person names, 0 for none."""
    page = read_import(request.actor, case, file, now=clock.now(), most=1)
    if page.file.stage not in OPEN:
        return where_it_is(page.file)
    typed = request.POST.get("row", "")
    try:
        receiving.look_again(
            request.actor, file, sheet=request.POST.get("sheet", ""), header_row=_row(typed),
            now=clock.now(),
        )  # fmt: skip
    except PastThatStep:
        return where_it_is(page.file)
    except CannotImport as refused:
        return _headings_again(request, page, typed, refused.reason)
    return redirect("import_progress", case=case, file=file)


def _row(typed: str) -> int:
    """The row named, 0 for none. Raises CannotImport."""
    row = typed.strip()
    if not (row.isascii() and row.isdigit() and len(row) < 6):
        raise CannotImport("Give the number of one row, such as 3, or 0 for none.")
    return int(row)


def _headings_again(
    request: HttpRequest, page: ImportPage, typed: str, reason: str
) -> HttpResponse:
    """The page on which the row was named, with what was typed and why it cannot be."""
    sheet = _sheet(request, page)
    values = {**_about(page, sheet), "row_typed": typed, "row_error": reason}
    errors = [{"text": reason, "href": "#heading-row"}]
    if sheet is None:
        return shown(request, page.family, "imports/no_headings.jinja", values, errors=errors)
    values |= _form(page, sheet, _remembered(request, page, sheet))
    return shown(request, page.family, "imports/columns.jinja", values, errors=errors)


def _sheet(request: HttpRequest, page: ImportPage) -> dict | None:
    """The sheet asked for, the one read before, or the one most like a chronology."""
    usable = [one for one in page.file.survey if one["headers"]]
    asked = request.POST.get("sheet") or request.GET.get("sheet") or page.file.sheet
    visible = [one for one in usable if not one["hidden"]]
    best = max(visible, key=lambda one: (len(one["suggested"]), one["rows"]), default=None)
    return next((one for one in usable if one["name"] == asked), best)


def _remembered(request: HttpRequest, page: ImportPage, sheet: dict) -> dict:
    """What the form begins with: this import's own answers, the agency's last, or a suggestion."""
    if page.file.fingerprint == sheet["fingerprint"] and page.file.arrangement:
        return {**page.file.arrangement, "from": "here"}
    kept = read_import(
        request.actor, page.file.case, page.file.id, now=clock.now(), most=1,
        fingerprint=sheet["fingerprint"],
    ).remembered  # fmt: skip
    if kept:
        return {**kept, "from": "last time"}
    return {**Arrangement(sheet["suggested"]).as_json(), "from": ""}


def _given(request: HttpRequest) -> dict:
    chosen = {name: request.POST.get(f"column-{name}", "") for name in COLUMN_LABELS}
    fixed = {name: request.POST.get(f"fixed-{name}", "") for name in ("people", "how_known")}
    order = "mdy" if request.POST.get("date_order") == "mdy" else "dmy"
    return {
        "columns": {name: heading for name, heading in chosen.items() if heading},
        "date_order": order,
        "fixed": {name: value for name, value in fixed.items() if value},
        "from": "here",
    }


def _arrange(request: HttpRequest, page: ImportPage, sheet: dict, given: dict) -> None:
    if any(heading not in sheet["headers"] for heading in given["columns"].values()):
        raise CannotImport("One of the columns chosen is not in this sheet. Choose again.")
    twice = [h for h in given["columns"].values() if list(given["columns"].values()).count(h) > 1]
    if twice:
        raise CannotImport(f"“{twice[0]}” is chosen twice. Each column can hold one thing.")
    before = _remembered(request, page, sheet)["words"]
    about = given["fixed"].get("people", "")
    member = next((m for m in page.family.members if str(m.person) == about), None)
    fixed = {name: value for name, value in given["fixed"].items() if name != "people"}
    if member is not None:
        fixed["people"] = member.name
    arrange_file(
        request.actor, page.file.id, sheet=sheet["name"],
        header_row=1 if sheet["header_row"] is None else sheet["header_row"],
        fingerprint=sheet["fingerprint"], now=clock.now(),
        arrangement=Arrangement(given["columns"], before, given["date_order"], fixed),
        people={member.name: member.person} if member is not None else {},
    )  # fmt: skip


def _where(reason: str) -> str:
    """The field that a refusal speaks of."""
    found = (name for name, holds in NEEDED.items() if holds in reason)
    return f"#column-{next(found, 'date')}"


def _about(page: ImportPage, sheet: dict | None) -> dict[str, object]:
    return {
        "file": page.file.id,
        "file_name": page.file.file_name,
        "agency": page.agency.name,
        "sheet": sheet,
        **dict.fromkeys(("row_error", "error", "error_at"), ""),
        "rows": words.counted(sheet["rows"], "row") if sheet else "",
        "sheets": [
            {
                "name": one["name"],
                "text": one["name"] + (" (hidden)" if one["hidden"] else ""),
                "chosen": sheet is not None and one["name"] == sheet["name"],
            }
            for one in page.file.survey
        ],
    }


def _form(page: ImportPage, sheet: dict, given: dict) -> dict[str, object]:
    columns = [
        {
            "name": name,
            "label": label,
            "is_needed": name in NEEDED,
            "chosen": given["columns"].get(name, ""),
            "samples": _samples(sheet, given["columns"].get(name, "")),
        }
        for name, label in COLUMN_LABELS.items()
    ]
    about = given["fixed"].get("people", "")
    return {
        "needed": [one for one in columns if one["is_needed"]],
        "others": [one for one in columns if not one["is_needed"]],
        "headings": [
            {"heading": heading, "samples": _samples(sheet, heading)}
            for heading in sheet["headers"]
            if heading not in given["columns"].values()
        ],
        "from": given["from"],
        "date_order": given["date_order"],
        "members": [
            {
                "value": str(m.person),
                "text": f"{m.name}, {m.role}",
                "chosen": about in (m.name, str(m.person)),
            }
            for m in page.family.members
        ],
        "ways": [
            {"value": value, "text": text, "chosen": given["fixed"].get("how_known", "") == value}
            for value, text in HowKnown.choices()
            if value != HowKnown.NOT_RECORDED
        ],
    }


def _samples(sheet: dict, heading: str) -> list[str]:
    if heading not in sheet["headers"]:
        return []
    at = sheet["headers"].index(heading)
    cells = dict.fromkeys(row[at].strip() for row in sheet["sample"] if len(row) > at)
    return [_short(cell) for cell in cells if cell][:SAMPLES]


def _short(cell: str) -> str:
    return cell if len(cell) <= SAMPLE_CHARACTERS else cell[: SAMPLE_CHARACTERS - 1].rstrip() + "…"
