"""Raise a challenge of what one entry decided: act first, then say what, why and what else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.challenges.drafts import (
    AlreadyKept,
    id_of_draft,
    keep_challenge_draft,
    open_challenge_draft,
)
from goldenthread.usecases.challenges.raise_challenge import (
    CannotBeChallenged,
    ChallengeNotRaised,
    ChallengeSaid,
    raise_challenge,
)
from goldenthread.usecases.challenges.read_challenges import AboutEntry, challenges_about
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.challenges import words
from goldenthread.web.challenges.entries import entry_shown
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words

LONGEST = 10_000
# The parts of the form in their order, for the list of what is to be mended.
PARTS = (
    "immediate_risk", "acted_now", "issue", "wanted", "because", "raised_on", "entries", "tell",
)  # fmt: skip

# Where a part goes by another name on the form: a name of its own, for its author to read it back.
FIELDS = {"why": "because"}


@require_GET
def start(request: HttpRequest, case: UUID, statement: UUID) -> HttpResponse:
    """Begin a challenge of an entry under a new id."""
    found = challenges_about(request.actor, case, statement, now=clock.now())
    if not found.can_be_challenged:
        return render(request, "challenges/no_decision.jinja", _frame(found, case, statement))
    return redirect("challenge_raise", case=case, statement=statement, draft=clock.new_id())


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(request: HttpRequest, case: UUID, draft: UUID, statement: UUID) -> HttpResponse:
    """Show the form with what was typed so far, or raise the challenge."""
    now = clock.now()
    try:
        row = open_challenge_draft(request.actor, case, draft, now=now)
    except AlreadyKept as done:
        return redirect("challenge", case=case, challenge=done.challenge)
    if request.method == "GET":
        kept = answers_in(row.fields, "challenge") if row else Answers()
        saved = clock_words(row.saved_at) if row else ""
        return _page(request, case, statement, draft, kept, {}, saved=saved)
    given = as_kept(dict(request.POST.lists()))
    challenges_about(request.actor, case, statement, now=now)
    keep_challenge_draft(request.actor, case, draft, given, {"target": str(statement)}, now=now)
    if request.POST.get("go") == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("entry", case=case, statement=statement)
    typed = Answers(given)
    said, unread = _said(typed)
    try:
        done = raise_challenge(
            request.actor, case, statement, said,
            id=id_of_draft(request.actor, draft), now=now, draft=draft, unread=unread,
        )  # fmt: skip
    except ChallengeNotRaised as refused:
        problems = {FIELDS.get(part, part): said for part, said in refused.problems.items()}
        return _page(request, case, statement, draft, typed, problems)
    except CannotBeChallenged as refused:
        return _page(request, case, statement, draft, typed, {"issue": refused.reason})
    messages.success(request, "The challenge is in the record, and its clock has started.")
    return redirect("challenge", case=case, challenge=done.id)


@require_POST
def save(request: HttpRequest, case: UUID, statement: UUID, draft: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    typed = as_kept(dict(request.POST.lists()))
    about = {"target": str(statement)}
    try:
        row = keep_challenge_draft(request.actor, case, draft, typed, about, now=clock.now())
    except AlreadyKept:
        return JsonResponse({"problem": "This is in the record already."}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


def _said(typed: Answers) -> tuple[ChallengeSaid, dict[str, str]]:
    """What was typed, as a challenge; and, by part, what could not be read."""
    unread: dict[str, str] = {}
    raised_on = None
    try:
        raised_on = day_typed(typed.one("raised_on"))
    except DateNotUnderstood as refused:
        unread["raised_on"] = refused.reason
    said = ChallengeSaid(
        issue=typed.one("issue"),
        wanted=typed.one("wanted"),
        why=typed.one("because"),
        immediate_risk={"yes": True, "no": False}.get(typed.one("immediate_risk")),
        acted_now=typed.one("acted_now"),
        entries=tuple(map(as_id, typed.many("entry"))),
        tell=tuple(map(as_id, typed.many("tell"))),
        raised_on=raised_on,
    )
    return said, unread


def as_id(typed: str) -> UUID:
    """The id that was sent; of nothing, which is refused as any not there, where it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


def day_typed(typed: str) -> date | None:
    """One day as typed, None for an empty field. Raises DateNotUnderstood."""
    if not typed.strip():
        return None
    read = parse_as_typed(typed.strip()[:100])
    if not read.is_exact or read.from_min is None:
        raise DateNotUnderstood("Give one day, like 3 March 2026.")
    return read.from_min


def _page(
    request: HttpRequest,
    case: UUID,
    statement: UUID,
    draft: UUID,
    typed: Answers,
    wrong: dict[str, str],
    saved: str = "",
) -> HttpResponse:
    now = clock.now()
    found = challenges_about(request.actor, case, statement, now=now)
    if not found.can_be_challenged:
        return render(request, "challenges/no_decision.jinja", _frame(found, case, statement))
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    at = {"case": case, "statement": statement, "draft": draft}
    chosen, told = set(typed.many("entry")), set(typed.many("tell"))
    target = next(one for one in history.entries if one.id == statement)
    page = {
        **_frame(found, case, statement),
        "card": entry_shown(target, case),
        "asked_of": target.agency.name,
        "typed": {name: typed.one(name) for name in PARTS},
        "wrong": wrong,
        "errors": [{"text": wrong[p], "href": f"#{p}"} for p in PARTS if p in wrong],
        "act_now": words.ACT_NOW,
        "to_ring": found.to_ring,
        "acts_first": typed.one("immediate_risk") == "yes",
        "stage": words.stage_words(found.ladder.at(1)),
        "generic": found.generic,
        "entries": _entries(history, case, statement, chosen),
        "chosen": len(chosen),
        "agencies": [
            {"value": str(id), "text": name, "checked": str(id) in told}
            for id, name in found.to_tell
        ],
        "longest": LONGEST,
        "saved": f"Saved {saved}" if saved else "",
        "here": reverse("challenge_raise", kwargs=at),
        "save_at": reverse("challenge_raise_save", kwargs=at),
    }
    return render(request, "challenges/raise.jinja", page, status=422 if wrong else 200)


def _frame(found: AboutEntry, case: UUID, statement: UUID) -> dict[str, object]:
    now = clock.now()
    entry = reverse("entry", kwargs={"case": case, "statement": statement})
    return {
        "frame": family_frame(found.family, current="challenges", today=day_of(now)),
        "made_by": made_by(found.family, now=now),
        "back_link": {"text": "The entry", "href": entry},
        "entry_at": entry,
        "dispute_at": reverse("answer_entry", kwargs={"case": case, "statement": statement}),
    }


def _entries(
    history: History, case: UUID, statement: UUID, chosen: Iterable[str]
) -> list[dict[str, object]]:
    """The entries that could be relied on, latest first."""
    shown = [(one.id, entry_shown(one, case)) for one in reversed(history.entries)]
    return [
        {
            "id": str(id),
            "words": words.shortened(f"{one['when']}, {one['agency']}: {one['text']}", 120),
            "is_chosen": str(id) in chosen,
        }
        for id, one in shown
        if id != statement
    ]
