"""The workspace of one pack: every entry, how it stands, what waits, and by when it is due."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.subject_access.vocabulary import Standing
from goldenthread.usecases.subject_access.prepare_pack import add_arrived, leave_out_waiting
from goldenthread.usecases.subject_access.read_packs import (
    PackEntry,
    SeenPack,
    pointed_out_in,
    read_pack,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.subject_access.listing import due_in_words

SHORT = 140  # characters of an entry in a list


@require_GET
def pack(request: HttpRequest, case: UUID, pack: UUID) -> HttpResponse:
    """Show the workspace."""
    now = clock.now()
    seen = read_pack(request.actor, case, pack, now=now)
    rows = [_row(seen, one, case) for one in seen.entries]
    by = {standing: [r for r in rows if r["standing"] is standing] for standing in Standing}
    return render(
        request,
        "subject_access/pack.jinja",
        {
            "frame": family_frame(seen.family, current="subject_access", today=day_of(now)),
            "case": case,
            "pack": pack,
            "about": seen.about.name,
            "asked": asked_in_words(seen),
            "reference": seen.document.reference,
            "entitled": seen.row.entitled,
            "due": due_in_words(seen.row.due_on, day_of(now), is_released=seen.is_released),
            "waiting": by[Standing.WAITS],
            "only_theirs": any(len(one.waits_because) == 1 and not one.facts.is_own_agency
                               for one in seen.waiting),
            "inside": by[Standing.IN],
            "outside": by[Standing.OUT],
            "beside": by[Standing.BESIDE],
            "arrived": words.counted(len(seen.arrived), "entry", "entries") if seen.arrived else "",
            "state": state_of(seen),
            "made_by": made_by(seen.family, now=now),
        },
    )  # fmt: skip


@require_POST
def leave_out(request: HttpRequest, case: UUID, pack: UUID) -> HttpResponse:
    """Leave out what waits because another agency wrote it."""
    number = leave_out_waiting(request.actor, case, pack, now=clock.now())
    if number:
        said = words.counted(number, "entry", "entries")
        messages.success(request, f"{said} left out, because another agency wrote them.")
    return redirect("pack", case=case, pack=pack)


@require_POST
def arrived(request: HttpRequest, case: UUID, pack: UUID) -> HttpResponse:
    """Look also at what came since."""
    number = add_arrived(request.actor, case, pack, now=clock.now())
    if number:
        messages.success(request, f"{words.counted(number, 'entry', 'entries')} added to look at.")
    return redirect("pack", case=case, pack=pack)


def asked_in_words(seen: SeenPack) -> str:
    """Who asked about whom, and when."""
    whom = "themselves" if seen.row.asked_by == seen.row.about else seen.about.name
    day = words.day_in_words(seen.row.asked_on)
    return f"{seen.asked_by.name} asked on {day} for what is kept about {whom}."


def state_of(seen: SeenPack) -> str:
    """How far the pack is, in a sentence."""
    latest = seen.checks[0] if seen.checks else None
    if latest is None:
        return "Nobody has been asked to check it."
    if seen.check is None:
        return "It changed since a check was asked for. It needs a new check."
    if latest.agrees is None:
        return "It waits for somebody else to check it."
    if not latest.agrees:
        return f"It was sent back: {latest.reason}"
    return "It is released." if latest.released_at else "It was checked, and can be released."


def _row(seen: SeenPack, one: PackEntry, case: UUID) -> dict[str, object]:
    text = seen.protection.shown(one.said.text)
    pointed = sum(map(len, pointed_out_in(seen, one).values()))
    return {
        "standing": one.standing,
        "number": one.number,
        "when": words.date_in_words(one.said.happened, weekday=False),
        "kind": Kind.label_of(one.said.kind),
        "agency": one.agency.name,
        "text": text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …",
        "why": reason_in_words(seen, one),
        "withheld": words.counted(len(one.redactions), "place") if one.redactions else "",
        "pointed": words.counted(pointed, "place") if pointed else "",
        "href": reverse(
            "pack_entry", kwargs={"case": case, "pack": seen.row.id, "statement": one.id}
        ),
    }


def reason_in_words(seen: SeenPack, one: PackEntry) -> str:
    """Why an entry is left out, or waits."""
    if one.standing is Standing.OUT and one.choice:
        return seen.rules.reasons[one.choice.reason].label
    if one.standing is Standing.WAITS:
        return ". ".join(why.label for why in one.waits_because)
    return ""
