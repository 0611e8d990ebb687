"""Read cumulative summaries: every version, one of them, two beside each other; and give one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.read_history import Sought, read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.read_picture import read_picture
from goldenthread.usecases.risk.summaries import SummaryRead, read_summary_version
from goldenthread.usecases.risk.write_summary import AgencyLacksEntries, NotOnTheTeam, give_summary
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_of_instant
from goldenthread.web.picture import summaries as words
from goldenthread.web.picture.asked import Asked
from goldenthread.web.picture.counts import when_of
from goldenthread.web.picture.differing import differences
from goldenthread.web.picture.scene import Scene, beginning

LONGEST_WORDS = 110


@require_GET
def summaries(request: HttpRequest, case: UUID) -> HttpResponse:
    """Every version of the family's summaries that the reader may read, newest first."""
    now = clock.now()
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    found = read_picture(request.actor, case, Viewpoint(now), now=now)
    page = {
        "frame": family_frame(history, current="picture", today=day_of(now)),
        "versions": [words.version_of(one, case) for one in found.summaries],
        "write": words.write_link(found, case) if found.may_write else None,
        "none": words.NONE_YET,
        "made_by": made_by(history, now=now),
        "back_link": _to_picture(case),
    }
    return render(request, "picture/versions.jinja", page)


@require_GET
def summary(request: HttpRequest, case: UUID, summary: UUID) -> HttpResponse:
    """One version; with `?compare=ID`, what changed since that other version."""
    now = clock.now()
    found = read_summary_version(request.actor, case, summary, now=now)
    rests = Sought(only=frozenset(found.entries))
    history = read_history(request.actor, case, Viewpoint(now), now=now, sought=rests)
    version = words.version_of(found.seen, case)
    compared = _compared(request, case, found, now)
    page = {
        "frame": family_frame(history, current="picture", today=day_of(now)),
        "print_reference": f"Family {history.family.case.reference}",
        "made_by": made_by(history, now=now),
        "version": version,
        "considered": words.considered_words(found.seen),
        "rests": rests_of(history, found, case),
        "rests_words": counted(len(found.entries), "entry", "entries"),
        "others": _others(found, case),
        "compared": compared,
        "given": [
            f"{one.agency_name}, by {one.given_by_name} on {day_of_instant(one.recorded_at)}"
            for one in found.given
        ],
        "may_give": found.may_give,
        "agencies": _agencies(history, found),
        "give_at": reverse("summary_give", kwargs={"case": case, "summary": summary}),
        "pdf": reverse("summary_pdf", kwargs={"case": case, "summary": summary}),
        "back_link": _to_picture(case),
    }
    return render(request, "picture/version.jinja", page)


@require_POST
def give(request: HttpRequest, case: UUID, summary: UUID) -> HttpResponse:
    """Give one version to an agency of the team, or say which entries it lacks."""
    try:
        agency = UUID(request.POST.get("agency", ""))
    except ValueError:
        agency = UUID(int=0)
    try:
        give_summary(request.actor, case, summary, agency, now=clock.now())
    except (AgencyLacksEntries, NotOnTheTeam) as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, "Given. Its members can read this version from now on.")
    return redirect(reverse("summary", kwargs={"case": case, "summary": summary}) + "#given")


def rests_of(history: History, found: SummaryRead, case: UUID) -> list[tuple[str, str]]:
    """The entries a version rests on, each in a line with the address of its page."""
    today = day_of(history.viewpoint.as_of)
    scene = Scene(history, Asked(history.viewpoint, today, today), lambda id: "")
    return [
        (
            f"{when_of(one)}, {one.entry.agency.name}: {beginning(one.entry, LONGEST_WORDS)}",
            reverse("entry", kwargs={"case": case, "statement": id}),
        )
        for id in found.entries
        if (one := scene.by_id.get(id))
    ]


def _compared(request: HttpRequest, case: UUID, found: SummaryRead, now):
    """The version asked to be compared with, and what changed; None where none was asked."""
    try:
        other = UUID(request.GET.get("compare", ""))
    except ValueError:
        return None
    if other == found.seen.row.id:
        return None
    before = read_summary_version(request.actor, case, other, now=now)
    pair = (before.seen, found.seen)
    old, new = sorted(pair, key=lambda one: one.row.recorded_at)
    return {
        "title": f"What changed from {_called(old)} to {_called(new)}",
        "differences": differences(
            {part.heading: part.words for part in old.parts},
            {part.heading: part.words for part in new.parts},
        ),
    }


def _called(seen) -> str:
    title = words.title_of(seen)
    return title[:1].lower() + title[1:]


def _others(found: SummaryRead, case: UUID) -> list[dict[str, str]]:
    here = reverse("summary", kwargs={"case": case, "summary": found.seen.row.id})
    return [
        {
            "href": words.version_of(one, case).href,
            "text": f"{words.title_of(one)}, {day_of_instant(one.row.recorded_at)}",
            "compare": f"{here}?compare={one.row.id}#compared",
        }
        for one in found.versions
        if one.row.id != found.seen.row.id
    ]


def _agencies(history: History, found: SummaryRead) -> list[tuple[str, str]]:
    """The agencies of the team it is not given to yet, by name."""
    row = found.seen.row
    own = None if row.pooled else row.agency
    names = {
        one.agency: one.agency_name
        for one in history.family.team
        if one.agency != own and one.agency not in row.given_to
    }
    return [(str(id), name) for id, name in sorted(names.items(), key=lambda pair: pair[1])]


def _to_picture(case: UUID) -> dict[str, str]:
    return {"text": "Picture", "href": reverse("picture", kwargs={"case": case}) + "#summary"}
