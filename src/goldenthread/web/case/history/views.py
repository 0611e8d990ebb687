"""The History page: what happened, in order, and who knew, as known to whom on which day.

Answers the finding that each agency saw its own part and none the whole. One address, two forms
(list and lanes) of one selection.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.chronology.history_request import (
    Asked,
    Problem,
    chosen,
    only_known_here,
    query_of,
)
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.case.history import choices
from goldenthread.web.case.history.comparing import differences
from goldenthread.web.case.history.drawing import lanes_of
from goldenthread.web.case.history.presenter import Rows, months_of
from goldenthread.web.case.history.request import asked_of, query_with_words
from goldenthread.web.case.history.sentences import Sentences, mark_of
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words

# Where a selection can be taken, in the words of the page.
OUTPUTS = (
    ("history_pdf", "PDF to print or send"),
    ("history_xlsx", "Excel spreadsheet"),
    ("history_csv", "CSV file"),
)
# The parts of an address that have a control of their own to show a problem at.
AT_THE_CONTROL = ("known-to", "on", "compare")


@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show a family's history. Words to search for are posted, and are never in the address."""
    now = clock.now()
    address = reverse("history", kwargs={"case": case})
    if request.method == "POST":
        return redirect(address + query_with_words(request, now=now))
    asked, loaded = _loaded(request, case, now)
    shown = chosen(loaded, asked)
    say = Sentences(loaded)
    rows, lanes = Rows(shown, say), None
    if asked.lanes:
        whole = chosen(loaded, replace(asked, between=(None, None)))
        lanes = lanes_of(shown, whole, asked, say, address, rows.address)
    page = _frame(loaded, asked, now) | _controls(loaded, shown, asked, address)
    page |= {
        "months": months_of(
            shown,
            (lambda entry: lanes.sentences[entry.id]) if lanes else rows.row,
            everything=asked.is_everything,
            newest_first=asked.newest_first and not asked.lanes,
        ),
        "marks": sorted({mark_of(entry) for entry in shown.entries}),
        "differences": _differences(request, case, shown, asked, now),
        "lanes": lanes,
        "homes": reverse("network", kwargs={"case": case}) + "?form=homes",
    }
    return render(request, "history/history.jinja", page)


def _loaded(request: HttpRequest, case: UUID, now) -> tuple[Asked, History]:
    """What is asked, and the history it is asked of, read again where the viewpoint is nobody's."""
    asked = asked_of(request, now=now)

    def read(viewpoint: Viewpoint) -> History:
        sought = asked.words_only
        lived = asked.lanes
        return read_history(request.actor, case, viewpoint, now=now, sought=sought, lived=lived)

    loaded = read(asked.viewpoint)
    settled = only_known_here(asked, loaded)
    if settled.viewpoint != asked.viewpoint:
        loaded = read(settled.viewpoint)
    return settled, loaded


def _frame(loaded: History, asked: Asked, now) -> dict[str, object]:
    whom = loaded.family.whom_to_ask
    # The allocated worker is not sent to themselves, nor anybody to a telephone that is not there.
    if whom and (whom.practitioner == loaded.family.reader.id or not whom.phone):
        whom = None
    return {
        "frame": family_frame(loaded, current="history", today=asked.today),
        "made_by": made_by(loaded, now=now, viewpoint=choices.seen_as(loaded, asked)),
        "print_reference": f"Family {loaded.family.case.reference}",
        "whom": whom,
        "family": loaded.family,
    }


def _controls(loaded: History, shown: History, asked: Asked, address: str) -> dict[str, object]:
    masked = len(shown.masked)
    return {
        "address": address,
        "asked": asked,
        "errors": [
            {"text": problem.reason, "href": f"#{_place(problem.asked)}"}
            for problem in sorted(asked.problems, key=_position)
        ],
        "viewpoints": choices.viewpoint_options(loaded, asked),
        "on_typed": asked.typed_on if asked.because("on") else day_in_words(asked.on),
        "kept": choices.kept_fields(asked, "known-to", "on", "compare"),
        "kept_by_filter": choices.kept_fields(
            asked, "agency", "person", "kind", "concern", "significance", "held", "from", "to"
        ),
        "filters": choices.filter_choices(loaded, asked),
        "sentence": choices.sentence(shown, asked, address),
        "unfiltered": address + query_of(_without_filters(asked)),
        "count": counted(len(shown.entries), "entry", "entries"),
        "masked": (
            f"{counted(masked, 'entry', 'entries')} {shown.kept_by}"
            f" {'is' if masked == 1 else 'are'} marked in their place."
            if masked
            else ""
        ),
        "nobody_knew": choices.nobody_knew(loaded, asked),
        "whose": choices.whose_words(loaded, asked),
        "on_words": day_in_words(asked.on),
        "what_left": choices.what_left(loaded, asked),
        "query": query_of(asked),
        "links": {
            "list": address + query_of(asked, lanes=False),
            "lanes": address + query_of(asked, lanes=True),
            "oldest": address + query_of(asked, newest_first=False),
            "newest": address + query_of(asked, newest_first=True),
        },
        "outputs": _outputs(loaded.family.case.id, query_of(asked)),
        "publish": _output("publish", loaded.family.case.id, query_of(asked)),
    }


def _without_filters(asked: Asked) -> Asked:
    plain = Asked(asked.viewpoint, asked.today, asked.on)
    return replace(plain, compare=asked.compare, newest_first=asked.newest_first, lanes=asked.lanes)


def _place(asked: str) -> str:
    return asked if asked in AT_THE_CONTROL else "filters"


def _position(problem: Problem) -> int:
    """Problems in the order their controls stand on the page."""
    order = (*AT_THE_CONTROL, problem.asked)
    return order.index(problem.asked)


def _differences(request: HttpRequest, case: UUID, shown: History, asked: Asked, now):
    if asked.compare is None:
        return ()
    there = Viewpoint(asked.viewpoint.as_of, asked.compare)
    other = read_history(request.actor, case, there, now=now, sought=asked.words_only)
    return differences(shown, chosen(other, asked), asked, _address_of(case))


def _address_of(case: UUID):
    nobody = UUID(int=0)
    before, after = reverse("entry", kwargs={"case": case, "statement": nobody}).split(str(nobody))
    return lambda statement: f"{before}{statement}{after}"


def _outputs(case: UUID, query: str) -> list[dict[str, str]]:
    found = [(text, _output(name, case, query)) for name, text in OUTPUTS]
    return [{"text": text, "href": href} for text, href in found if href]


def _output(name: str, case: UUID, query: str) -> str:
    """The address of an output with this selection; empty where this service does not offer it."""
    try:
        return reverse(name, kwargs={"case": case}) + query
    except NoReverseMatch:
        return ""
