"""The history as a file: XLSX and CSV in the same columns as the import."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.addresses.sheet_line import made_words
from goldenthread.domain.shared.counting import counted
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop import clock
from goldenthread.interop.exports.entries import plain_entries
from goldenthread.interop.file_names import file_name
from goldenthread.interop.spreadsheets import writing
from goldenthread.usecases.chronology import history_request
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def history_xlsx(request: HttpRequest, case: UUID) -> HttpResponse:
    """The history as a workbook, with a sheet that says who made it, when and whose knowledge."""
    history = _history(request, case)
    out = io.BytesIO()
    writing.write_xlsx(
        plain_entries(history), out,
        made=made(history), header=header(history), footer=f"{history.family.for_whom}.",
    )  # fmt: skip
    return _file(history, out.getvalue(), XLSX, "xlsx")


@require_GET
def history_csv(request: HttpRequest, case: UUID) -> HttpResponse:
    """The history as the canonical CSV."""
    history = _history(request, case)
    out = io.BytesIO()
    writing.write_csv(plain_entries(history), out)
    return _file(history, out.getvalue(), "text/csv; charset=utf-8", "csv")


def _history(request: HttpRequest, case: UUID) -> History:
    now = clock.now()
    asked = history_request.read_request(
        dict(request.GET.lists()),
        now=now,
        searches=request.session.get(history_request.SEARCHES, {}),
    )
    history = read_history(
        request.actor,
        case,
        asked.viewpoint,
        now=now,
        sought=asked.words_only,
        action=Action.EXPORT_CHRONOLOGY,
    )
    return history_request.chosen(history, asked)


def made(history: History) -> str:
    """Who made the file, when, and from what viewpoint; and what it leaves out."""
    reader, agency = history.family.reader, history.viewpoint_agency
    whose = agency.name if agency else "every agency this reader may see"
    day = day_of(history.viewpoint.as_of).strftime("%d/%m/%Y")
    lines = [
        f"Family {history.family.case.reference}. As known to {whose} on {day}.",
        f"Made by {reader.name}, {reader.agency_name}, on "
        f"{history.made_at:%d/%m/%Y at %H:%M} (UTC).",
        f"{history.family.for_whom}.",
        f"{counted(len(history.entries), 'entry', 'entries')}.",
    ]
    if history.masked:
        lines.append(
            f"{counted(len(history.masked), 'entry', 'entries')} {history.kept_by} and not "
            f"shared with {reader.agency_name} {'is' if len(history.masked) == 1 else 'are'} "
            "left out."
        )
    return "\n".join(lines)


def header(history: History) -> str:
    """What is printed at the head of each of its sheets: of which family, by whom and when."""
    reader, at = history.family.reader, history.made_at or history.viewpoint.as_of
    when = f"{at:%d/%m/%Y at %H:%M} (UTC)"
    made_by = made_words(f"Seen as {reader.agency_name}", when, reader.name)
    return f"Family {history.family.case.reference}. {made_by}."


def _file(history: History, content: bytes, content_type: str, ending: str) -> HttpResponse:
    """A download whose name says of which family it is, by whom and when."""
    name = file_name(
        "chronology",
        as_of=day_of(history.viewpoint.as_of),
        family=history.family,
        on=day_of(history.made_at or history.viewpoint.as_of),
        ending=ending,
    )
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
