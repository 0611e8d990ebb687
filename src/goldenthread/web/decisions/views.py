"""Read decisions: a family's list, one of them with what waits, and one on paper."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.decisions.reading import read_decision, read_decisions
from goldenthread.usecases.decisions.seen import DecisionRead, DecisionSeen, DecisionsSeen
from goldenthread.web.challenges.panel import challenge_panel
from goldenthread.web.decisions import presenter as words
from goldenthread.web.decisions.gap import gap_beside
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words, instant_in_words, listed

TAMPERED = (
    "What this page says is not what was signed. Do not rely on it, and tell whoever looks after "
    "the service."
)


@require_GET
def decisions(request: HttpRequest, case: UUID) -> HttpResponse:
    """The family's decisions that the reader may read, the latest first."""
    now = clock.now()
    found = read_decisions(request.actor, case, now=now)
    page = {
        "frame": family_frame(found.family, current="decisions", today=day_of(now)),
        "made_by": made_by(found.family, now=now),
        "decisions": [_listed(one, found, case) for one in found.newest],
        "drafts": [
            {
                "href": reverse("decision_write", kwargs={"case": case, "draft": id}),
                "text": f"Carry on with what you began, saved {instant_in_words(saved)}",
            }
            for id, saved in found.drafts
        ],
        "write_at": reverse("decision_start", kwargs={"case": case}) if found.may_sign else "",
        "before_at": reverse("before_deciding", kwargs={"case": case}) if found.may_sign else "",
        "back_link": {"text": "Summary", "href": reverse("family", kwargs={"case": case})},
    }
    return render(request, "decisions/list.jinja", page)


def _listed(one: DecisionSeen, found: DecisionsSeen, case: UUID) -> dict[str, object]:
    waits = []
    if one.id in found.untold:
        waits.append(f"Must be told and has not been: {listed(found.untold[one.id])}.")
    if number := found.not_understood.get(one.id):
        waits.append(f"{counted(number, 'reader')} did not understand it.")
    again = one.look_again_by
    if again and again < clock.today() and not found.is_followed(one):
        waits.append(f"It was to be looked at again by {day_in_words(again)}.")
    return {
        "href": address(case, one.id),
        "title": one.title,
        "when": words.when_words(one),
        "where": words.where_words(one),
        "by": words.room_words(one, found.names),
        "signed": words.signed_words(one),
        "earlier": [
            {
                "href": address(case, e.id),
                "text": words.called(e),
            }
            for e in found.earlier(one)
        ],
        "waits": waits,
    }


@require_GET
def decision(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """One decision in reading order, with what waits and the versions beside it."""
    now = clock.now()
    read = read_decision(request.actor, case, decision, now=now)
    page = {
        **record_page(read, entry_at=entry_at(case)),
        "frame": family_frame(read.family, current="decisions", today=day_of(now)),
        "made_by": made_by(read.family, now=now),
        "case": case,
        "decision": decision,
        "waits": [words.open_words(one) for one in read.open_items(day_of(now))],
        "is_own": read.seen.agency == request.actor.agency,
        "newer": _newer(read, case),
        "versions": _versions(read, case),
        "tests": [_test(one) for one in read.tests],
        "gap": gap_beside(request, case, decision),
        "challenge_panel": challenge_panel(request, case, read.seen.statement),
        "links": _links(read, case),
        "paper": address(case, decision, "decision_print"),
        "back_link": {"text": "Decisions", "href": reverse("decisions", kwargs={"case": case})},
    }
    return render(request, "decisions/decision.jinja", page)


@require_GET
def on_paper(request: HttpRequest, case: UUID, decision: UUID) -> HttpResponse:
    """The record alone, laid out to be printed; audited as leaving the record."""
    now = clock.now()
    action = Action.EXPORT_CHRONOLOGY
    read = read_decision(request.actor, case, decision, now=now, action=action)
    page = {
        **record_page(read),
        "made_by": made_by(read.family, now=now),
        "print_reference": f"Family {read.family.case.reference}",
        "newer": _newer(read, case),
        "back_link": {"text": "The decision", "href": address(case, decision)},
    }
    return render(request, "decisions/paper.jinja", page)


def record_page(
    read: DecisionRead, entry_at: Callable[[UUID], str] | None = None
) -> dict[str, object]:
    """What every page of one record shows of it."""
    return {
        "title": read.record.question,
        "reference": read.family.case.reference,
        "where": words.where_words(read.seen),
        "when": words.when_words(read.seen),
        "signed": words.signed_words(read.seen),
        "version": words.version_words(read.seen) if len(read.versions) > 1 else "",
        "sections": words.sections(read, entry_at),
        "nothing": words.NOTHING,
        # Made of all of it: to whoever may not read all, it would tell of what they may not.
        "seal": "" if read.has_more else read.seal,
        "tampered": "" if read.is_as_sealed else TAMPERED,
    }


def address(case: UUID, decision: UUID, name: str = "decision") -> str:
    """The address of a page of one decision."""
    return reverse(name, kwargs={"case": case, "decision": decision})


def entry_at(case: UUID) -> Callable[[UUID], str]:
    """How to come to the page of an entry."""
    return lambda statement: reverse("entry", kwargs={"case": case, "statement": statement})


def _newer(read: DecisionRead, case: UUID) -> dict[str, str] | None:
    if read.seen.newer is None:
        return None
    newest = read.versions[-1]
    return {
        "href": address(case, newest.id),
        "text": f"A newer version exists, decided {words.when_words(newest)}",
    }


def _versions(read: DecisionRead, case: UUID) -> list[dict[str, object]]:
    if len(read.versions) < 2:
        return []
    compare = address(case, read.seen.id, "decision_difference")
    return [
        {
            "text": words.called(one),
            "href": "" if one.id == read.seen.id else address(case, one.id),
            "compare": "" if one.id == read.seen.id else f"{compare}?with={one.id}",
        }
        for one in read.versions
    ]


def _test(one) -> dict[str, str]:
    return {
        "by": f"{one.reader_name}, {one.agency_name}, {words.told_day(one.recorded_at)}",
        "title": "Understood" if one.understood else "Did not understand",
        "risk": one.risk,
        "reason": one.reason,
        "because": one.because,
    }


def _links(read: DecisionRead, case: UUID) -> list[dict[str, str]]:
    id = read.seen.id
    found = []
    if read.may_say_back and read.seen.newer is None:
        href = address(case, id, "decision_read_back")
        found.append({"href": href, "text": "Can I follow it? Say it back in your own words"})
    if read.may_sign_again and read.seen.newer is None:
        found.append({"href": address(case, id, "decision_again"), "text": "Sign a new version"})
    if read.may_tell:
        share = reverse("share_entry", kwargs={"case": case, "statement": read.seen.statement})
        found.append({"href": share, "text": "Tell another agency"})
    entry = reverse("entry", kwargs={"case": case, "statement": read.seen.statement})
    found.append({"href": entry, "text": "The entry that carries it, and who knows it"})
    found.append({"href": address(case, id, "decision_print"), "text": "On paper"})
    return found
