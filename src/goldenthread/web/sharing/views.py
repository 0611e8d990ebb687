"""The Sharing page of a family, and telling a correction in one press."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.read_sharing import Passed, Sharing, read_sharing
from goldenthread.usecases.chronology.share_entry import tell_correction
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.sharing.wording import against_line, by_entry, owed_lines, passed_line

# Entries of one sort on the page before the reader asks for all.
SHOWN = 10


@require_GET
def sharing(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show what was told to whom about a family, and whether it arrived."""
    now = clock.now()
    shown = read_sharing(request.actor, case, now=now)
    today = day_of(now)
    everything = request.GET.get("all") == "1"
    waiting = _for_me(shown, request.actor.practitioner)
    told = {
        "by_us": shown.by_us,
        "to_us": [one for one in shown.to_us if one not in waiting],
        "others": shown.others,
    }
    grouped = {name: by_entry(rows, shown.people, case, today) for name, rows in told.items()}
    at_most = None if everything else SHOWN
    return render(
        request,
        "sharing/sharing.jinja",
        {
            "frame": family_frame(shown.family, current="sharing", today=today),
            "case": case,
            "agency": shown.family.reader.agency_name,
            "waiting": [passed_line(one, shown.people, case, today) for one in waiting],
            "owed": owed_lines(shown.owed, case),
            "against": [against_line(one, case, today) for one in shown.against],
            "told": {name: rows[:at_most] for name, rows in grouped.items()},
            "more": {
                name: "" if everything else words.more(len(rows) - SHOWN)
                for name, rows in grouped.items()
            },
            "other_entries": words.counted(len(grouped["others"]), "entry", "entries"),
            "nothing": not shown.number,
            "sees_all": shown.family.sees_everything,
            "made_by": made_by(shown.family, now=now),
        },
    )


def _for_me(shown: Sharing, me: UUID) -> list[Passed]:
    """What waits for this reader: told to their agency, or to them; each entry once."""
    found: dict[UUID, Passed] = {}
    for one in shown.to_us:
        if one.progress and one.progress.is_awaited and one.told.to_person in (None, me):
            found.setdefault(one.told.statement, one)
    return list(found.values())


@require_POST
def tell_the_correction(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Tell a correction to everybody the reader's agency owes it; raises NotFoundHere."""
    told = tell_correction(request.actor, case, statement, now=clock.now())
    if told.added:
        who = words.counted(told.added, "agency", "agencies")
        messages.success(request, f"Saved. {who} told, and asked to say that they have read it.")
    else:
        messages.success(request, "Everybody your agency told knows it already.")
    return redirect(_back(request, case, statement))


def _back(request: HttpRequest, case: UUID, statement: UUID) -> str:
    if request.POST.get("from") == "sharing":
        return reverse("sharing", kwargs={"case": case})
    return reverse("entry", kwargs={"case": case, "statement": statement})


def of_entry(shown: Sharing, case: UUID, statement: UUID, *, me: UUID) -> dict[str, object]:
    """What the page of one entry says of where it went."""
    today = day_of(clock.now())
    waiting = _for_me(shown, me)
    return {
        "waiting": [passed_line(one, shown.people, case, today) for one in waiting],
        "received": [
            passed_line(one, shown.people, case, today)
            for one in shown.to_us
            if one not in waiting and one.told.receipt_asked
        ],
        "by_us": [passed_line(one, shown.people, case, today) for one in shown.by_us],
        "owed": owed_lines(shown.owed, case),
        "receive": reverse("receive_entry", kwargs={"case": case, "statement": statement}),
    }
