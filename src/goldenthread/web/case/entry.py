"""One entry: what it says, where it comes from, who knows it, and how it stands."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import RULES
from goldenthread.domain.challenges.course import CHALLENGEABLE
from goldenthread.domain.provenance.vocabulary import LinkKind, Significance
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.read_entry import (
    Carried,
    CarriedKind,
    EntryRead,
    read_entry,
)
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.usecases.needs.was_it_used import needs_at_contact
from goldenthread.web.case.cards import card
from goldenthread.web.challenges.panel import challenge_panel
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.sharing.views import of_entry

REASONS = {rule.id: rule.reason for rule in RULES}
ANSWERED = {
    LinkKind.CORRECTS: "Corrected by",
    LinkKind.WITHDRAWS: "Withdrawn by",
    LinkKind.DISPUTES: "Disputed by",
    LinkKind.CORROBORATES: "Supported by",
    LinkKind.CLARIFIES: "Explained by",
}
# The page of what an entry carries, the name of its id there, and what the way to it is called.
CARRIES = {
    CarriedKind.DECISION: (
        "decision", "decision", "Read the whole decision: why, on what, and what was not known",
    ),
    CarriedKind.PLAN: ("plan_version", "version", "Read this version of the safety plan"),
    CarriedKind.PLAN_ANSWER: (
        "plan_version", "version", "Read the version of the safety plan that it answers for",
    ),
    CarriedKind.CHALLENGE: ("challenge", "challenge", "Read the whole challenge and its clock"),
    CarriedKind.CHALLENGE_STEP: ("challenge", "challenge", "Read the challenge it belongs to"),
    CarriedKind.PROFILE: ("needs_version", "version", "Read the whole profile"),
    CarriedKind.ADJUSTMENT: ("needs_adult", "adult", "The adjustment it carries"),
}  # fmt: skip


@require_GET
def entry(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Show one entry with its provenance. Entries that may not be read do not exist here."""
    now = clock.now()
    used = used_link(request, case, statement)  # before the entry, whose look is then the last
    read = read_entry(request.actor, case, statement, now=now)
    history, found = read.history, read.entry
    return render(
        request,
        "case/entry.jinja",
        {
            "frame": family_frame(history, current="history", today=day_of(now)),
            "card": card(found, history),
            "facts": _facts(found),
            "knowers": _knowers(found),
            "passed": of_entry(read.sharing, case, statement, me=request.actor.practitioner),
            "not_told": [
                {
                    "agency": one.to_agency,
                    "reason": one.reason,
                    "review": words.day_in_words(one.review_on) if one.review_on else "",
                }
                for one in found.not_told
            ],
            "answers": _answers(found, history),
            "same": [card(e, history) for e in history.entries if e.id in found.same_event],
            "why": REASONS[found.rule],
            "own": found.statement.agency == request.actor.agency,
            "significances": [
                {"value": s.value, "text": s.label, "now": s.value == found.significance}
                for s in Significance
                if s.value
            ],
            "judged": _judged(read),
            "case": case,
            "challenge_panel": (
                challenge_panel(request, case, statement)
                if found.statement.kind in CHALLENGEABLE
                else None
            ),
            "used": used,
            "carries": [carries_link(one, case) for one in read.carries],
            "back_link": {"text": "History", "href": reverse("history", kwargs={"case": case})},
            "made_by": made_by(history, now=now),
        },
    )


def carries_link(one: Carried, case: UUID) -> dict[str, str]:
    """The way to what an entry carries, in words; each of these leads back to the entry."""
    name, key, text = CARRIES[one.kind]
    at = {"case": case, key: one.id}
    if one.adult is not None:
        at["adult"] = one.adult
    return {"href": reverse(name, kwargs=at), "text": text}


def used_link(request: HttpRequest, case: UUID, statement: UUID) -> dict[str, str]:
    """The way to saying whether adjustments were used at a contact; empty where none is asked."""
    found = needs_at_contact(request.actor, case, statement, now=clock.now())
    if found is None:
        return {}
    unsaid = any(one.said is None and one.is_meant_here for one in found.adjustments)
    ask = (
        "Say whether the adjustments were used" if found.may_say else "Adjustments at this contact"
    )
    return {
        "href": reverse("was_it_used", kwargs={"case": case, "statement": statement}),
        "text": ask if unsaid or not found.may_say else "Which adjustments were used",
    }


def _judged(read: EntryRead) -> list[dict[str, str]]:
    """Who judged how much it matters, newest first; then what its own agency said of it."""
    rows = [
        {
            "what": Significance.label_of(said.word),
            "by": f"{said.name}, {said.agency_name}, {words.day_of_instant(said.at)}",
            "reason": said.reason,
        }
        for said in read.judgements
    ]
    own = read.entry.statement.significance
    if own:
        by = f"as {read.entry.agency.name} wrote it"
        rows.append({"what": Significance.label_of(own), "by": by, "reason": ""})
    return rows


def _facts(found: ShownEntry) -> list[dict[str, str]]:
    said = found.statement
    recorded = words.instant_in_words(said.recorded_at) if said.recorded_at else ""
    rows = [
        ("Happened", words.date_in_words(said.happened)),
        ("Age then", words.listed(f"{age.name} {age.age}" for age in found.ages)),
        ("About", words.listed(_named(s.name, s.role) for s in found.subjects)),
        ("For the child", said.impact),
        ("Done, or why not", said.action),
        ("Source", f"{found.asserted_by or 'Not recorded'}, {found.agency.name}"),
        ("How it is known", words.how_known_in_words(said.how_known, informant=said.informant)),
        ("Why they think so", said.reasoning),
        ("Known to them from", words.known_in_words(said.known_at, said.known_basis)),
        ("Written in this record", recorded),
        ("Their reference", said.reference),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _named(name: str, role: str) -> str:
    return name if not role or role.casefold() in name.casefold() else f"{name} ({role})"


def _knowers(found: ShownEntry) -> list[dict[str, str]]:
    return [
        {
            "agency": knower.name,
            "since": words.told_in_words(knower.known_from, knower.told),
            "how": words.came_to_know(knower.level),
        }
        for knower in found.knowers
    ]


def _answers(found: ShownEntry, history: History) -> list[dict[str, object]]:
    """What later entries did to this one, and what this one did to earlier ones."""
    by_id = {e.id: e for e in history.entries}
    rows = [
        (ANSWERED[kind], by_id[source])
        for kind, source in found.answers
        if kind in ANSWERED and source in by_id
    ]
    rows += [
        (LinkKind.label_of(kind), other)
        for other in history.entries
        for kind, source in other.answers
        if kind in ANSWERED and source == found.id
    ]
    return [{"what": what, **card(other, history)} for what, other in rows]
