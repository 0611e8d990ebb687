"""The replay of a file that somebody holds themselves: shown once, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.chronology.imports import LARGEST_FILE
from goldenthread.domain.provenance.vocabulary import AgencyKind, HowKnown, Kind
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases.risk.replay_file import (
    MOST_ROWS,
    CannotBeReplayed,
    HistoryRead,
    ReplayOfFile,
    may_replay,
    replay_file,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import counted, date_in_words, day_in_words, more
from goldenthread.web.replay.of_case import POOLED, SECONDS
from goldenthread.web.replay.presenter import Source, page_of
from goldenthread.web.replay.wording import Voices

# Reads the bytes of a file with its name; given by whoever puts the pages together.
Reader = Callable[[bytes, str], HistoryRead]
SENTENCES_SHOWN = 50


@require_http_methods(["GET", "POST"])
def of_file(request: HttpRequest, read: Reader) -> HttpResponse:
    """The form, and what a file that is sent up would have raised; nothing of it is kept."""
    may_replay(request.actor)
    agency = _agency(request)
    if request.method != "POST":
        return _page(request, agency)
    try:
        history = read(*_sent(request))
    except CannotBeReplayed as refused:
        return _page(request, agency, error=refused.reason)
    shown = replay_file(
        request.actor, history, agency, now=clock.now(), is_over=clock.lasting(SECONDS)
    )
    return _page(request, agency, shown=_shown(shown))


def _agency(request: HttpRequest) -> AgencyKind:
    chosen = request.POST.get("agency", "")
    known = AgencyKind._value2member_map_
    return AgencyKind(chosen) if chosen in known else AgencyKind.CHILDREN_SOCIAL_CARE


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    upload = request.FILES.get("file")
    if upload is None:
        raise CannotBeReplayed("Choose a chronology to live through.")
    if (upload.size or 0) > LARGEST_FILE:
        raise CannotBeReplayed(
            f"This file is larger than {LARGEST_FILE // 1024 // 1024} MB. Remove pictures from it."
        )
    return upload.read(), upload.name or ""


def _page(
    request: HttpRequest, agency: AgencyKind, *, error: str = "", shown: dict | None = None
) -> HttpResponse:
    page = {
        "agencies": [
            {"value": one.value, "text": one.label, "chosen": one is agency} for one in AgencyKind
        ],
        "most": f"{MOST_ROWS:,} rows and {LARGEST_FILE // 1024 // 1024} MB",
        "error": error,
        "errors": [{"text": error, "href": "#file"}] if error else [],
        "shown": shown,
        "breadcrumbs": [{"text": "Patterns", "href": "/patterns/"}, {"text": "A past case"}],
    }
    return render(request, "replay/of_file.jinja", page, status=422 if error else 200)


def _shown(found: ReplayOfFile) -> dict[str, object]:
    replayed, rows = found.replayed, found.read.rows
    last = replayed.stopped_on or max(replayed.days, default=date.min)
    behind = {id for one in replayed.differences for id in one.asking.raised.because}
    voices = Voices(
        agency=_within(found.agency.label),
        wide=POOLED,
        is_pooled=True,
        name_of=lambda agency: _within(AgencyKind.label_of(agency)),
    )
    source = Source(
        address=lambda id: f"#row-{rows[id].number}",
        words=lambda id: (
            f"{_when(rows[id].happened)}, {AgencyKind.label_of(rows[id].agency)}: "
            f"{Kind.label_of(rows[id].kind).lower()} (row {rows[id].number})"
        ),
    )
    page = page_of(replayed, voices, source, on=last, is_last=True)
    sentences = found.read.sentences
    return page | {
        "rows_read": counted(len(rows), "row"),
        "sentences": sentences[:SENTENCES_SHOWN],
        "sentence_count": counted(len(sentences), "note"),
        "unsaid": more(len(sentences) - SENTENCES_SHOWN),
        "each": [(one.label, number) for one, number in found.asked_of_each],
        "stopped": day_in_words(last) if replayed.stopped_on else "",
        "last": day_in_words(last),
        "behind": [
            {
                "number": row.number,
                "when": _when(row.happened),
                "agency": AgencyKind.label_of(row.agency),
                "how": HowKnown.label_of(row.how_known),
                "people": ", ".join(row.people),
                "kind": Kind.label_of(row.kind),
                "text": row.text,
            }
            for id, row in sorted(rows.items(), key=lambda pair: pair[1].number)
            if id in behind
        ],
    }


def _within(label: str) -> str:
    """What a kind of agency is called within a sentence: "police", but "GP practice"."""
    is_name = label[1:2].isupper() or label == AgencyKind.CAFCASS.label
    return label if is_name else label[:1].lower() + label[1:]


def _when(edtf: str) -> str:
    return date_in_words(parse_edtf(edtf), weekday=False)
