"""The knowledge gap of a decision, as a page and beside the record; and before a decision is taken.

Answers the finding that decisions were taken without what another agency had known for weeks.
Factual and fair: only what somebody knew by then, with *held*, *told* and *could have looked up*
apart. It says nothing of anybody's work.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.decisions.gap import Reach
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.decisions.before_deciding import before_deciding
from goldenthread.usecases.decisions.knowledge_gap import GapSeen, Wanted, read_gap
from goldenthread.web.decisions.gap_words import Rows, to_ask_of
from goldenthread.web.decisions.presenter import when_words
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words, day_of_instant, listed

# Facts that stand beside the record itself; the page has them all.
BESIDE = 6
SECTIONS = (
    (Reach.NOBODY_DECIDING, "Had not reached anybody who decided"),
    (Reach.SOME, "Known to some of those who decided"),
    (Reach.NOBODY_AT_ALL, "Nobody knew at the time"),
    (Reach.EVERYBODY, "Known to every agency that decided"),
)
SECTIONS_BEFORE = (
    (Reach.NOBODY_DECIDING, "Has reached nobody who will decide"),
    (Reach.SOME, "Known to some of those who will decide"),
    (Reach.EVERYBODY, "Known to every agency that will decide"),
)


@require_GET
def gap(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """What was known where at a decision, and had not arrived."""
    now = clock.now()
    found = read_gap(request.actor, case, decision, wanted_of(request), now=now)
    assert found.decision is not None
    record = reverse("decision", kwargs={"case": case, "decision": decision})
    page = {
        **_page(request, found, case),
        "title": found.decision.title,
        "when": when_words(found.decision),
        "record_at": record,
        "by_words": f"by {day_of_instant(found.at)}",
        "back_link": {"text": "The decision", "href": record},
    }
    return render(request, "decisions/gap/page.jinja", page)


def gap_beside(request: HttpRequest, case: UUID, decision: UUID) -> dict[str, object]:
    """What stands beside a decision's record: the first facts that had not arrived, and the way."""
    found = read_gap(request.actor, case, decision, Wanted(), now=clock.now())
    rows = Rows(found, case, BESIDE)
    page = reverse("decision_gap", kwargs={"case": case, "decision": decision})
    return {
        "count": counted(found.found, "thing"),
        "none": not found.found,
        "facts": [rows.fact(one) for one in rows.facts],
        "more": max(0, found.found - BESIDE),
        "others": [
            {"text": f"{label}: {found.counts[reach]:,}", "href": f"{page}?reach={reach}"}
            for reach, label in SECTIONS[1:]
            if found.counts[reach]
        ],
        "href": page,
        "day": day_of_instant(found.at),
        "scope": scope_of(found),
        "deciding": rows.deciding,
    }


@require_GET
def before(request: HttpRequest, case: UUID) -> HttpResponse:
    """Before a decision: whom to ask, and what whoever will decide has not been told."""
    now = clock.now()
    chosen = [one for word in request.GET.getlist("with") if (one := _id(word))]
    found = before_deciding(request.actor, case, chosen, wanted_of(request), now=now)
    kept = [("with", str(one)) for one in sorted(found.deciding, key=str)] if chosen else []
    asked = [to_ask_of(one, case, now) for one in found.to_ask]
    page = {
        **_page(request, found.gap, case, kept),
        "agencies": [
            {"value": str(id), "text": name, "chosen": id in found.deciding}
            for id, name in sorted(
                {m.agency: m.agency_name for m in found.gap.family.team}.items(),
                key=lambda pair: pair[1],
            )
        ],
        "holding": [one for one in asked if one["holds"]],
        "others": [one for one in asked if not one["holds"]],
        "write_at": reverse("decision_start", kwargs={"case": case}),
        "by_words": f"as of {day_in_words(day_of(now))}",
        "back_link": {"text": "Decisions", "href": reverse("decisions", kwargs={"case": case})},
    }
    return render(request, "decisions/gap/before.jinja", page)


def wanted_of(request: HttpRequest) -> Wanted:
    """What an address asks for; words it does not know ask for the usual."""
    sought, page = request.GET.get("reach", ""), request.GET.get("page", "1")
    known = {str(reach): reach for reach in Reach}
    return Wanted(
        reach=known.get(sought, Reach.NOBODY_DECIDING),
        only_bearing=request.GET.get("all") != "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def scope_of(found: GapSeen) -> str:
    """Of whose knowledge this is, where the reader does not see everything."""
    if found.sees_everything:
        return ""
    name = found.family.reader.agency_name
    return f"Worked out from what {name} has recorded or been told, and nothing else."


def _page(
    request: HttpRequest, found: GapSeen, case: UUID, kept: list[tuple[str, str]] | None = None
) -> dict[str, object]:
    rows = Rows(found, case)
    sections = SECTIONS if found.decision else SECTIONS_BEFORE
    always = list(kept or []) + ([] if found.only_bearing else [("all", "1")])

    def at(**more: object) -> str:
        said = {"reach": found.reach, **more}
        return "?" + urlencode([*always, *((k, str(v)) for k, v in said.items())])

    without_all = [pair for pair in always if pair[0] != "all"]
    other = [*without_all, *([("all", "1")] if found.only_bearing else [])]
    return {
        "frame": family_frame(found.family, current="decisions", today=day_of(found.made_at)),
        "made_by": made_by(found.family, now=found.made_at),
        "case": case,
        "scope": scope_of(found),
        "tabs": [
            {
                "text": f"{label} ({found.counts[reach]:,})",
                "href": at(reach=reach),
                "current": reach is found.reach,
            }
            for reach, label in sections
        ],
        "heading": dict(sections).get(found.reach, found.reach.label),
        "reach": str(found.reach),
        "facts": [rows.fact(one) for one in rows.facts],
        "deciding": rows.deciding,
        "deciding_words": listed(one["name"] for one in rows.deciding),
        "only_bearing": found.only_bearing,
        "bearing_href": "?" + urlencode([*other, ("reach", str(found.reach))]),
        "kept": kept or [],
        "pages": {
            "words": f"Page {found.page} of {found.pages}" if found.pages > 1 else "",
            "before": at(page=found.page - 1) if found.page > 1 else "",
            "after": at(page=found.page + 1) if found.page < found.pages else "",
        },
        "count": counted(found.found, "thing"),
    }


def _id(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
