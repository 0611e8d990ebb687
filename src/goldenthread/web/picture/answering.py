"""Answer one question: what we make of it, what we will do and by when, and who agrees. One page.

The entries it rests on stand beside the form, so that nobody answers what they have not read.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.answer_question import (
    LONGEST_WORDS,
    Answered,
    AnswerGiven,
    CannotAnswerQuestion,
    NotFoundHere,
    answer_question,
)
from goldenthread.usecases.risk.read_picture import read_picture
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.picture.asked import Asked
from goldenthread.web.picture.questions import questions_of
from goldenthread.web.picture.scene import Scene
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.dates import boxes_day, boxes_filled, question_values

ANCHORS = {"by_when": "by_when-day"}


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, case: UUID, question: str) -> HttpResponse:
    """Show one question with its entries and the form, or record the answer to it."""
    typed = Answers(as_kept(dict(request.POST.lists())))
    wrong: dict[str, str] = {}
    if request.method == "POST":
        done = _answered(request, case, question, typed, wrong)
        if done is not None:
            messages.success(request, _said(done, typed))
            return redirect(reverse("picture", kwargs={"case": case}) + f"#q-{question}")
    return _page(request, case, question, typed, wrong)


def _answered(
    request: HttpRequest, case: UUID, question: str, typed: Answers, wrong: dict[str, str]
) -> Answered | None:
    """The answer as recorded; None where something is amiss, which is noted part by part."""
    by_when = None
    if boxes_filled(typed, "by_when"):
        try:
            by_when = boxes_day(typed, "by_when")
        except DateNotUnderstood as error:
            wrong["by_when"] = error.reason
            return None
    given = AnswerGiven(
        what_we_make_of_it=typed.one("what_we_make_of_it"),
        what_we_will_do=typed.one("what_we_will_do"),
        by_when=by_when,
        who_agrees=tuple(_ids(typed.many("who_agrees"))),
        seen=frozenset(_ids(typed.many("seen"))),
    )
    id = next(iter(_ids([typed.one("id")])), None) or clock.new_id()
    try:
        return answer_question(request.actor, case, question, given, id=id, now=clock.now())
    except CannotAnswerQuestion as refused:
        wrong[refused.part or "question"] = refused.reason
        return None


def _ids(values: list[str]) -> list[UUID]:
    """The values that are ids; a form sends no others."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def _said(done: Answered, typed: Answers) -> str:
    """What happened, in words."""
    first = "This answer is in the record already." if done.already else "Your answer is recorded."
    if done.still_open:
        return (
            f"{first} The question stays open: since you read it, entries came that it was not "
            "given about."
        )
    kept = "The question stands as answered, with your reasons, under “Answered”."
    again = "It is asked again only if new entries raise it."
    return f"{first} {kept} {again}"


def _page(
    request: HttpRequest, case: UUID, key: str, typed: Answers, wrong: dict[str, str]
) -> HttpResponse:
    now = clock.now()
    viewpoint = Viewpoint(now)
    history = read_history(request.actor, case, viewpoint, now=now)
    found = read_picture(request.actor, case, viewpoint, now=now)
    seen = next((one for one in found.asked.open if one.key == key), None)
    if seen is None and not wrong:
        seen = next((one for one in found.asked.settled if one.key == key), None)
        if seen is not None:
            messages.error(request, f"This question is not open: {seen.state_label.lower()}.")
            return redirect(reverse("picture", kwargs={"case": case}) + f"#q-{key}")
    if seen is None or not found.may_answer:
        raise NotFoundHere("There is no such question in what you can read.")
    today = day_of(now)
    asked = Asked(viewpoint, today, today, question=key)
    page = reverse("picture", kwargs={"case": case})
    address = reverse("history", kwargs={"case": case})
    questions = questions_of(
        found.asked, Scene(history, asked, lambda id: ""), entry_at=lambda id: f"{address}#e-{id}",
        show_at=lambda other: f"{page}?question={other}#drawing", answer_at=None,
    )  # fmt: skip
    shown = {
        "frame": family_frame(history, current="picture", today=today),
        "case": case,
        "question": questions.chosen,
        "seen": [str(id) for id in seen.because],
        "id": typed.one("id") or str(clock.new_id()),
        "a": typed,
        "wrong": wrong,
        "errors": [
            {"text": text, "href": f"#{ANCHORS.get(part, part.replace('_', '-'))}"}
            for part, text in wrong.items()
        ],
        "team": _team(history, typed),
        "dates": {"by_when": question_values(typed, "by_when")},
        "longest": LONGEST_WORDS,
        "back_link": {"text": "Picture", "href": f"{page}#q-{key}"},
    }
    return render(request, "picture/answer.jinja", shown, status=422 if wrong else 200)


def _team(history: History, typed: Answers) -> list[dict[str, object]]:
    """The team as check boxes: nobody is ticked beforehand, for agreeing is asked of them."""
    ticked = set(typed.many("who_agrees"))
    team = {one.practitioner: one for one in history.family.team}
    return [
        {
            "value": str(one.practitioner),
            "text": one.name,
            "hint": {"text": f"{one.post}, {one.agency_name}"},
            "checked": str(one.practitioner) in ticked,
        }
        for one in team.values()
    ]
