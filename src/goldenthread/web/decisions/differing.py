"""What changed between two versions of a decision, part by part."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.decisions.differing import differences, folded
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.decisions.reading import NotFoundHere, read_decision
from goldenthread.usecases.decisions.seen import DecisionRead
from goldenthread.web.decisions import presenter as words
from goldenthread.web.decisions.views import address
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by


@require_GET
def difference(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Two versions of one decision, older first, with what was taken out and what was added.

    `?with=ID` names the other version; without it, the one before.
    """
    now = clock.now()
    read = read_decision(request.actor, case, decision, now=now)
    other = read_decision(request.actor, case, _other(request, read), now=now)
    if other.record.first != read.record.first:
        raise NotFoundHere("There is no such version of this decision in what you can read.")
    order = [one.id for one in read.versions]
    old, new = sorted((read, other), key=lambda one: order.index(one.seen.id))
    found = differences(_plain(old), _plain(new))
    page = {
        "frame": family_frame(read.family, current="decisions", today=day_of(now)),
        "made_by": made_by(read.family, now=now),
        "title": new.record.question,
        "old": {"href": address(case, old.seen.id), "text": words.called(old.seen)},
        "new": {"href": address(case, new.seen.id), "text": words.called(new.seen)},
        "why": new.record.why_again,
        "changed": [folded(one) for one in found if not one.is_same],
        "same": [one.title for one in found if one.is_same],
        "back_link": {"text": "The decision", "href": address(case, decision)},
    }
    return render(request, "decisions/difference.jinja", page)


def _other(request: HttpRequest, read: DecisionRead) -> UUID:
    asked = request.GET.get("with", "")
    try:
        return UUID(asked) if asked else read.seen.after or read.seen.newer or read.seen.id
    except ValueError:
        return read.seen.id


def _plain(read: DecisionRead) -> tuple[tuple[str, str], ...]:
    about = (
        ("The question", read.record.question),
        ("When", words.when_words(read.seen)),
        ("Where", words.where_words(read.seen)),
    )
    left_out = ("why_again", "told")
    return (*about, *((s.title, s.plain) for s in words.sections(read) if s.id not in left_out))
