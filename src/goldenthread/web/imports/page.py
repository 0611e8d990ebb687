"""What every page of an import shares: the family's frame, and which page a file is at."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.imports.reading import FileRow
from goldenthread.usecases.chronology.shown import Family
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by

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


def address_of(file: FileRow) -> str:
    """The address of the page that a file is at."""
    name = AT_STAGE[ImportStage(file.stage)]
    return reverse(name, kwargs={"case": file.case, "file": file.id})


def where_it_is(file: FileRow) -> HttpResponse:
    """Go to the page that a file is at."""
    return redirect(address_of(file))


def shown(
    request: HttpRequest, family: Family, template: str, values: dict[str, object],
    *, errors: list[dict[str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    """One page of the journey; with errors it is answered as a form that was not accepted."""
    now = clock.now()
    context = {
        "frame": family_frame(family, current="imports", today=day_of(now)),
        "made_by": made_by(family, now=now),
        "case": family.case.id,
        "errors": errors or [],
        **values,
    }
    return render(request, template, context, status=422 if errors else 200)


def file_id_of(request: HttpRequest, name: str) -> UUID:
    """The id a form carries, so that the same form sent twice is one thing; else a new one."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return clock.new_id()
