"""Who can see an entry, or a family's record, and why; what restricts it; putting a label."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.domain.access.decision import Outcome
from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.access.team import Term
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.label_entry import CannotLabel, put_label, take_off_label
from goldenthread.usecases.access.read_labels import labels_told
from goldenthread.usecases.access.seal_rules import seal_rules
from goldenthread.usecases.access.who_sees import (
    Access,
    NotFoundHere,
    SealRow,
    WithholdingRow,
    who_can_see,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.restricted.typed import form_id


@require_GET
def entry_access(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Who can see one entry, and why. Raises NotFoundHere for one the reader may not read."""
    return access_page(request, case, statement)


@require_GET
def family_access(request: HttpRequest, case: UUID) -> HttpResponse:
    """Who can see the family's record, and why."""
    return access_page(request, case, None)


@require_POST
def entry_label(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Put a label on an entry, or take one off."""
    act = take_off_label if request.POST.get("take_off") else put_label
    label = request.POST.get("take_off") or request.POST.get("label", "")
    try:
        act(
            request.actor, case, statement, label, reason=request.POST.get("reason", ""),
            id=form_id(request), now=clock.now(),
        )  # fmt: skip
    except CannotLabel as refused:
        return access_page(request, case, statement, problem=str(refused), at="label")
    done = "taken off" if request.POST.get("take_off") else "put on the entry"
    messages.success(request, f"Saved. “{LabelKey.label_of(label)}” was {done}.")
    readable = _still_readable(request, case, statement)
    if not readable:
        messages.success(request, "You are not cleared for it, so you no longer see the entry.")
        return redirect("history", case=case)
    return redirect("entry_access", case=case, statement=statement)


def access_page(
    request: HttpRequest, case: UUID, statement: UUID | None, *, problem: str = "", at: str = ""
) -> HttpResponse:
    """The page, as it stands, with what was wrong and what was typed where something was."""
    now = clock.now()
    found = who_can_see(request.actor, case, statement=statement, now=now)
    page = {
        "frame": family_frame(
            found.family,
            current="history" if statement else "who_may_open",
            today=day_of(now),
        ),
        "case": case,
        "form_id": clock.new_id(),
        "statement": statement,
        "own": {
            "reason": found.own.reason, "rule": found.own.rule,
            "days": _days(found.own_term) if statement is None else "",
        },
        "people": {
            name: _people(found, outcome)
            for name, outcome in (("full", Outcome.ALLOW), ("masked", Outcome.MASK))
        },
        "labels": _labels(found),
        "label_choices": _label_choices(found),
        "seals": [seal_line(one, case, found) for one in found.seals],
        "withheld": [_withheld(one, case) for one in found.withheld],
        "may": {
            "label": found.may_label, "seal": found.may_seal, "withhold": found.may_withhold
        },
        "kinds": SealKind.choices(),
        "everybody": [(one.id, f"{one.name}, {one.agency_name}") for one in found.can_name],
        "agencies": [(one.id, one.name) for one in found.agencies],
        "review_after": seal_rules().review_after_days,
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "sent_to": request.path if problem else "",
        "typed_named": request.POST.getlist("named"),
        "problem": problem,
        "at": at,
        "errors": [{"text": problem, "href": f"#{at}"}] if problem else [],
        "back_link": _back(case, statement),
        "made_by": made_by(found.family, now=now),
    }  # fmt: skip
    return render(request, "restricted/access.jinja", page, status=422 if problem else 200)


TYPED = ("label", "reason", "kind", "person", "agency", "until", "on")


def _still_readable(request: HttpRequest, case: UUID, statement: UUID) -> bool:
    try:
        who_can_see(request.actor, case, statement=statement, now=clock.now())
    except NotFoundHere:
        return False
    return True


def _back(case: UUID, statement: UUID | None) -> dict[str, str]:
    if statement is None:
        return {"text": "The family", "href": reverse("family", kwargs={"case": case})}
    at = {"case": case, "statement": statement}
    return {"text": "The entry", "href": reverse("entry", kwargs=at)}


def _people(found: Access, outcome: Outcome) -> list[tuple[str, str, str, str]]:
    return [
        (one.name, one.agency_name, _part(one.role, one.term), one.reason)
        for one in found.people
        if one.outcome is outcome
    ]


def _part(role: str, term: Term | None) -> str:
    """What somebody is to the family, with the days of it where they are on its team."""
    return f"{role}. {_days(term)}" if term else role


def _days(term: Term | None) -> str:
    if term is None:
        return ""
    first = words.day_in_words(term.from_on)
    last = term.last_day
    return f"From {first} to {words.day_in_words(last)}" if last else f"Since {first}"


def _labels(found: Access) -> list[dict[str, str]]:
    told = {one.key: one for one in labels_told()}
    return [
        {
            "key": row.label,
            "name": LabelKey.label_of(row.label),
            "does": told[row.label].does,
            "by": f"{row.put_by_name}, {row.agency_name}, {words.day_of_instant(row.recorded_at)}",
            "reason": row.reason,
        }
        for row in found.labels
    ]


def _label_choices(found: Access) -> list[dict[str, object]]:
    there = {row.label for row in found.labels}
    return [
        {
            "key": one.key,
            "name": one.name,
            "does": one.does,
            "covers": one.covers,
            "cleared": one.key in found.cleared,
        }
        for one in labels_told()
        if one.key not in there
    ]


def seal_line(one: SealRow, case: UUID, found: Access) -> dict[str, object]:
    """A seal in words; only its named people ever read it."""
    return {
        "id": one.id,
        "kind": SealKind.label_of(one.kind),
        "reason": one.reason,
        "owner": one.owner_name,
        "since": words.day_of_instant(one.owner_since),
        "review": words.day_in_words(one.review_on),
        "named": [
            f"{name}, until {words.day_in_words(one.until[who])}" if who in one.until else name
            for who, name in one.named.items()
        ],
        "on_it": list(one.named.items()),
        "others": [
            (person.id, f"{person.name}, {person.agency_name}")
            for person in found.can_name
            if person.id not in one.named
        ],
        "review_href": reverse("seal_review", kwargs={"case": case, "seal": one.id}),
        "change_href": reverse("seal_change", kwargs={"case": case, "seal": one.id}),
        "name_href": reverse("seal_name", kwargs={"case": case, "seal": one.id}),
    }


def _withheld(one: WithholdingRow, case: UUID) -> dict[str, str]:
    return {
        "whom": one.whom,
        "reason": one.reason,
        "by": f"{one.by_name}, {words.day_of_instant(one.recorded_at)}",
        "until": words.day_in_words(one.until) if one.until else "",
        "href": reverse("withhold_stop", kwargs={"case": case, "withholding": one.id}),
    }
