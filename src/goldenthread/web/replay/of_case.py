"""The replay of a family on record: as its chair, or as one agency, may see it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.risk.replay_case import ReplayOfCase, replay_case
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import date_in_words, day_in_words
from goldenthread.web.replay.presenter import Source, of_the_day, page_of, steps
from goldenthread.web.replay.wording import Voices

# So long a page may take to live through a history; what was found by then is shown, and said.
SECONDS = 8.0
POOLED, AT_ONCE = "All agencies together", "Your agency, had it been told at once"


@require_GET
def replay(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show when each question would have been asked, up to the day that is asked for."""
    now = clock.now()
    shown = replay_case(
        request.actor, case, agency=_agency(request), now=now, is_over=clock.lasting(SECONDS)
    )
    voices, source = _voices(shown), _source(shown)
    last = shown.replayed.stopped_on or shown.through
    on, problem = _day(request.GET.get("on", ""), last)
    page = {
        "frame": family_frame(shown.family, current="history", today=shown.through),
        "print_reference": f"Family {shown.family.case.reference}",
        "made_by": made_by(shown.family, now=now, viewpoint=_viewpoint(shown)),
        "case": case,
        "address": reverse("replay", kwargs={"case": case}),
        "choices": [
            {"value": str(one.id), "text": one.name, "chosen": one.id == shown.agency.id}
            for one in shown.choices
        ],
        "on_typed": request.GET.get("on", "")[:100] if problem else day_in_words(on),
        "problem": problem,
        "errors": [{"text": problem, "href": "#on"}] if problem else [],
        "stopped": day_in_words(last) if shown.replayed.stopped_on else "",
        "is_last": on == last,
        "day": of_the_day(shown.replayed, voices, on),
        "steps": _links(shown, on, last),
        "nothing_known": not shown.replayed.days,
    }
    page |= page_of(shown.replayed, voices, source, on=on, is_last=on == last)
    return render(request, "replay/of_case.jinja", page)


def _agency(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("agency", ""))
    except ValueError:
        return None


def _day(typed: str, last: date) -> tuple[date, str]:
    """The day asked for; the last there is, and why, where it is none or has not come."""
    typed = "".join(filter(str.isprintable, typed)).strip()
    if not typed:
        return last, ""
    try:
        read = parse_as_typed(typed[:100])
    except DateNotUnderstood as refused:
        return last, refused.reason
    if not read.is_exact or read.from_min is None:
        return last, f"“{typed[:100]}” is not one day. Write it like 3 March 2026."
    if read.from_min > last:
        return last, f"Choose a day up to {day_in_words(last)}."
    return read.from_min, ""


def _voices(shown: ReplayOfCase) -> Voices:
    names = {str(id): row.name for id, row in shown.agencies.items()}
    return Voices(
        agency=shown.agency.name,
        wide="All agencies together"
        if shown.is_pooled
        else "Your agency, had it been told at once",
        is_pooled=shown.is_pooled,
        name_of=lambda agency: names.get(agency, agency),
    )


def _viewpoint(shown: ReplayOfCase) -> str:
    whose = f"As known to {shown.agency.name}"
    if shown.is_pooled:
        whose = f"All agencies together beside {shown.agency.name}, as the conference chair sees it"
    return f"{whose}. Seen as {shown.family.reader.agency_name}"


def _source(shown: ReplayOfCase) -> Source:
    def address(id: str) -> str:
        return reverse("entry", kwargs={"case": shown.family.case.id, "statement": id})

    def words(id: str) -> str:
        said = shown.entries[id]
        kind = Kind.label_of(said.kind) or "Entry"
        when = date_in_words(said.happened, weekday=False)
        return f"{when}, {shown.agencies[said.agency].name}: {kind.lower()}"

    return Source(address, words)


def _links(shown: ReplayOfCase, on: date, last: date) -> list[dict[str, str]]:
    """The days one can step to, each with its address."""
    stand = steps(shown.replayed, on, last)
    address = reverse("replay", kwargs={"case": shown.family.case.id})
    chosen = {"agency": str(shown.agency.id)} if len(shown.choices) > 1 else {}
    found = []
    for text, day in (("Change before", stand.before), ("Change after", stand.after)):
        if day is not None:
            query = urlencode(chosen | ({} if day == last else {"on": day.isoformat()}))
            words = "the last day" if day == last else day_in_words(day)
            href = f"{address}?{query}" if query else address
            found.append({"text": text, "day": words, "href": href})
    return found
