"""The rows of an import that were not kept, as a file to mend and bring in again."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.domain.shared.instants import day_of
from goldenthread.interop import clock
from goldenthread.interop.file_names import file_name
from goldenthread.interop.spreadsheets.escaping import escaped
from goldenthread.usecases.chronology.imports.reading import RowRecord, problem_rows

WHY, ROW = "Why it was not kept", "Row in the file"


@require_GET
def not_kept(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """The rows that were not kept, as typed, in the agency's own columns, with the reason."""
    now = clock.now()
    family, rows = problem_rows(request.actor, case, file, now=now)
    today = day_of(now)
    name = file_name("rows-not-kept", family=family, as_of=today, on=today, ending="csv")
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_csv(rows: list[RowRecord]) -> bytes:
    """The rows with the agency's headings in their order; nothing in it is a live formula."""
    headings = list(dict.fromkeys(h for row in rows for h in _typed(row)))
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([escaped(cell) for cell in (*headings, ROW, WHY)])
    for row in rows:
        cells = [_typed(row).get(heading, "") for heading in headings]
        said = [*cells, str(row.number), " ".join(row.sentences)]
        writer.writerow([escaped(cell) for cell in said])
    return ("\ufeff" + out.getvalue()).encode()


def _typed(row: RowRecord) -> dict[str, str]:
    return dict((row.entry or {}).get("as_typed", ()))
