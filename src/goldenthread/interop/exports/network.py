"""A family's network as a file: relations as our own CSV, and people and parents as GEDCOM."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop import clock
from goldenthread.interop.file_names import file_name
from goldenthread.interop.genealogy.gedcom_writing import write_gedcom
from goldenthread.interop.genealogy.relations_writing import relations_csv
from goldenthread.usecases.chronology.history_request import read_request
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.shown import ShownNetwork


@require_GET
def network_csv(request: HttpRequest, case: UUID) -> HttpResponse:
    """Every relation known from the viewpoint, of all dates, as the CSV that reads back alike."""
    shown = _shown(request, case)
    return _file(shown, relations_csv(shown.seen), "text/csv; charset=utf-8", "csv")


@require_GET
def network_gedcom(request: HttpRequest, case: UUID) -> HttpResponse:
    """People, births, deaths, couples and parents as GEDCOM 7 (`?version=5` for 5.5.1).

    What GEDCOM has no place for is listed in the file's own note.
    """
    shown = _shown(request, case)
    version = 5 if request.GET.get("version") == "5" else 7
    written = write_gedcom(shown.seen, version=version, made=made(shown))
    return _file(shown, written.content, "text/vnd.familysearch.gedcom; charset=utf-8", "ged")


def _shown(request: HttpRequest, case: UUID) -> ShownNetwork:
    """The network from the viewpoint of the address; it leaves the screen, and is audited so."""
    now = clock.now()
    whose = {name: values for name, values in request.GET.lists() if name in ("known-to", "on")}
    asked = read_request(whose, now=now)
    return read_network(
        request.actor, case, asked.viewpoint, now=now, action=Action.EXPORT_CHRONOLOGY
    )


def made(shown: ShownNetwork) -> str:
    """Who made the file, when, and from what viewpoint."""
    reader, agency = shown.family.reader, shown.viewpoint.agency
    row = shown.agencies.get(agency) if agency else None
    whose = row.name if row else "every agency this reader may see"
    day = day_of(shown.viewpoint.as_of).strftime("%d/%m/%Y")
    return (
        f"Family {shown.family.case.reference}. As known to {whose} on {day}. Made by "
        f"{reader.name}, {reader.agency_name}, on {shown.made_at:%d/%m/%Y at %H:%M} (UTC). "
        f"{shown.family.for_whom}."
    )


def _file(shown: ShownNetwork, content: bytes, content_type: str, ending: str) -> HttpResponse:
    """A download whose name says of which family it is, by whom and when."""
    name = file_name(
        "network",
        as_of=day_of(shown.viewpoint.as_of),
        family=shown.family,
        on=day_of(shown.made_at),
        ending=ending,
    )
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
