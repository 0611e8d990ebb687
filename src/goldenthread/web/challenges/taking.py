"""A step of a challenge as a form: answer, go on, accept, resolve, withdraw, or praise.

One form in six wordings. What was typed is kept as it is typed, and a refusal is a sentence beside
the field it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.challenges.course import AnswerOutcome, StepKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.challenges.answer_challenge import (
    AnswerSaid,
    ExpiredDeputy,
    NotFoundHere,
    NotWhoAnswers,
    SaysNothing,
    StepOutOfTime,
    answer_challenge,
)
from goldenthread.usecases.challenges.drafts import (
    AlreadyKept,
    id_of_draft,
    keep_challenge_draft,
    open_challenge_draft,
)
from goldenthread.usecases.challenges.praise_challenge import praise_challenge
from goldenthread.usecases.challenges.read_challenges import ChallengeRead, read_challenge
from goldenthread.usecases.challenges.settle_challenge import StepSaid, settle_challenge
from goldenthread.usecases.challenges.take_further import FurtherSaid, take_further
from goldenthread.web.challenges import words
from goldenthread.web.challenges.raising import LONGEST, day_typed
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words


@dataclass(frozen=True, slots=True)
class Form:
    """The wording of one sort of step; `effect` is empty where none is asked for."""

    title: str
    words: str
    hint: str
    effect: str
    button: str
    done: str


FORMS = {
    "answer": Form(
        "Answer this challenge",
        "Your answer",
        "What you looked at again, and why the decision is changed or stands.",
        "What changed because of it",
        "Record the answer",
        "The answer is in the record, and told to all who know of the challenge.",
    ),
    "further": Form(
        "Take it to the next stage",
        "Why it goes on",
        "What has not been answered, and what that means for the child.",
        "",
        "Take it further",
        "It is at its new stage, and the clock of that stage has started.",
    ),
    "accept": Form(
        "Accept the answer",
        "What you say to the answer",
        "A sentence is enough.",
        "What changed because of your challenge",
        "Accept the answer",
        "The challenge is settled.",
    ),
    "resolve": Form(
        "Resolved together",
        "What you agreed, with whom, and how",
        "It may be settled at any stage by talking to each other.",
        "What changed because of it",
        "Record how it was resolved",
        "The challenge is settled.",
    ),
    "withdraw": Form(
        "Withdraw this challenge",
        "Why you withdraw it",
        "What was said stays readable; your entry is marked as withdrawn.",
        "",
        "Withdraw it",
        "The challenge is withdrawn.",
    ),
    "praise": Form(
        "Say what this challenge changed",
        "This challenge changed …",
        "About the act of challenging, in your name. Nothing about the family that is not in the "
        "record.",
        "",
        "Record it",
        "It is recorded in your name.",
    ),
}
SETTLES = {
    "accept": StepKind.ACCEPTED,
    "resolve": StepKind.RESOLVED,
    "withdraw": StepKind.WITHDRAWN,
}
PARTS = ("outcome", "step_words", "effect", "given_by", "to_stage", "on")
# Which field a refusal means, where it names none itself.
MEANS: dict[type[Refusal], str] = {
    ExpiredDeputy: "given_by",
    NotWhoAnswers: "given_by",
    StepOutOfTime: "on",
    DateNotUnderstood: "on",
}


@require_GET
def start(request: HttpRequest, case: UUID, challenge: UUID, kind: str) -> HttpResponse:
    """Begin a step under a new id."""
    _form(kind)
    read_challenge(request.actor, case, challenge, now=clock.now())
    return redirect(
        "challenge_step", case=case, challenge=challenge, kind=kind, draft=clock.new_id()
    )


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(
    request: HttpRequest, case: UUID, draft: UUID, challenge: UUID, kind: str
) -> HttpResponse:
    """Show the form with what was typed so far, or take the step."""
    form, now = _form(kind), clock.now()
    try:
        row = open_challenge_draft(request.actor, case, draft, now=now)
    except AlreadyKept as done:
        return redirect("challenge", case=case, challenge=done.challenge)
    read = read_challenge(request.actor, case, challenge, now=now)
    if read.seen.is_partial:
        raise NotFoundHere("There is no such page for you.")
    if request.method == "GET":
        kept = answers_in(row.fields, "challenge") if row else Answers()
        saved = clock_words(row.saved_at) if row else ""
        return _page(request, read, kind, draft, kept, {}, saved=saved)
    given = as_kept(dict(request.POST.lists()))
    keep_challenge_draft(request.actor, case, draft, given, _begun(challenge, kind), now=now)
    if request.POST.get("go") == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("challenge", case=case, challenge=challenge)
    typed = Answers(given)
    try:
        _take(request, case, challenge, kind, draft, typed)
    except NotFoundHere:
        raise
    except Refusal as refused:
        part = refused.part if isinstance(refused, SaysNothing) else MEANS.get(type(refused), "")
        field = part if part in PARTS else "step_words"
        return _page(request, read, kind, draft, typed, {field: refused.reason})
    messages.success(request, form.done)
    return redirect("challenge", case=case, challenge=challenge)


@require_POST
def save(request: HttpRequest, case: UUID, challenge: UUID, kind: str, draft: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    _form(kind)
    typed, begun = as_kept(dict(request.POST.lists())), _begun(challenge, kind)
    try:
        row = keep_challenge_draft(request.actor, case, draft, typed, begun, now=clock.now())
    except AlreadyKept:
        return JsonResponse({"problem": "This is in the record already."}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


def _form(kind: str) -> Form:
    if kind not in FORMS:
        raise NotFoundHere("There is no such page for you.")
    return FORMS[kind]


def _begun(challenge: UUID, kind: str) -> dict[str, str]:
    return {"challenge": str(challenge), "kind": kind}


def _take(
    request: HttpRequest, case: UUID, challenge: UUID, kind: str, draft: UUID, typed: Answers
) -> None:
    actor, now = request.actor, clock.now()
    id = id_of_draft(actor, draft)
    if kind == "praise":
        praise_challenge(
            actor, case, challenge, typed.one("step_words"), id=id, now=now, draft=draft
        )
        return
    on = day_typed(typed.one("on"))
    said, effect = typed.one("step_words"), typed.one("effect")
    if kind == "answer":
        given_by = _id(typed.one("given_by"))
        answer = AnswerSaid(typed.one("outcome"), said, effect, given_by, on)
        answer_challenge(actor, case, challenge, answer, id=id, now=now, draft=draft)
    elif kind == "further":
        stage = typed.one("to_stage")
        to_stage = int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 3 else None
        at_risk = typed.one("immediate_risk") == "yes"
        goes_on = FurtherSaid(said, to_stage, at_risk, on)
        take_further(actor, case, challenge, goes_on, id=id, now=now, draft=draft)
    else:
        step = StepSaid(said, effect, on)
        settle_challenge(
            actor, case, challenge, SETTLES[kind], step, id=id, now=now, draft=draft
        )  # fmt: skip


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    read: ChallengeRead,
    kind: str,
    draft: UUID,
    typed: Answers,
    wrong: dict[str, str],
    saved: str = "",
) -> HttpResponse:
    now, seen = clock.now(), read.seen
    case, row = read.family.case.id, seen.row
    at = {"case": case, "challenge": row.id, "kind": kind, "draft": draft}
    back = reverse("challenge", kwargs={"case": case, "challenge": row.id})
    stages = read.ladder.after(seen.course.stage) if seen.course else ()
    page = {
        "frame": family_frame(read.family, current="challenges", today=day_of(now)),
        "made_by": made_by(read.family, now=now),
        "back_link": {"text": "The challenge", "href": back},
        "form": FORMS[kind],
        "kind": kind,
        "issue": seen.issue,
        "wanted": row.wanted,
        "answer": _latest_answer(read) if kind in ("accept", "further") else "",
        "clock": words.clock_sentence(seen.clock) if kind == "answer" else "",
        "who": words.who_answers(seen, day_of(now)) if kind == "answer" else [],
        "outcomes": [
            {"value": one.value, "text": one.label, "checked": typed.one("outcome") == one.value}
            for one in AnswerOutcome
        ],
        "answerers": _answerers(request, read, typed),
        "stages": [
            {"value": str(one.number), "text": words.stage_words(one), "hint": {"text": one.who},
             "checked": typed.one("to_stage", str(stages[0].number)) == str(one.number)}
            for one in stages
        ],
        "generic": read.generic if kind == "further" else "",
        "act_now": words.ACT_NOW if kind == "further" else "",
        "to_ring": read.to_ring,
        "at_risk": typed.one("immediate_risk") == "yes",
        "typed": {name: typed.one(name) for name in PARTS},
        "wrong": wrong,
        "errors": [{"text": wrong[p], "href": f"#{p}"} for p in PARTS if p in wrong],
        "longest": LONGEST if kind != "praise" else 2_000,
        "saved": f"Saved {saved}" if saved else "",
        "here": reverse("challenge_step", kwargs=at),
        "save_at": reverse("challenge_step_save", kwargs=at),
    }  # fmt: skip
    return render(request, "challenges/step.jinja", page, status=422 if wrong else 200)


def _latest_answer(read: ChallengeRead) -> str:
    answers = [one for one in read.seen.steps if one.kind == StepKind.ANSWERED]
    return answers[-1].words if answers else ""


def _answerers(
    request: HttpRequest, read: ChallengeRead, typed: Answers
) -> list[dict[str, object]]:
    """Who may be said to give the answer: whoever is named and a deputy, or the agency's own."""
    named = read.seen.answerer
    if named is not None:
        people = [(named.practitioner, named.practitioner_name)]
        people += [(named.deputy, f"{named.deputy_name}, as deputy")] if named.deputy else []
    else:
        people = [(one.id, f"{one.name}, {one.role}") for one in read.answerers]
    own = request.actor.practitioner
    usual = own if own in {id for id, _ in people} else (people[0][0] if people else own)
    chosen = typed.one("given_by") or str(usual)
    return [{"value": str(id), "text": name, "selected": str(id) == chosen} for id, name in people]
