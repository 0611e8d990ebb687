"""Answer one question of the network: take it on, carry it, say what came out, or explain it.

A question is never silently gone: what is answered stays listed with who answered it and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.chronology.family_around import FamilyAround, family_around
from goldenthread.usecases.network.answer_gap import CannotAnswerGap, NotFoundHere, answer_gap
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.shown import Question, ShownNetwork
from goldenthread.web.kit.clock import now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.network.choices import Option
from goldenthread.web.network.questions import answer_words, because_in_words, question_words
from goldenthread.web.network.scene import Scene
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.dates import boxes_day, boxes_filled, question_values

LONGEST_WORDS = 2_000
# What each outcome is called on the form, and what is asked with it.
OUTCOMES = (
    (GapOutcome.ANSWERED, "I know the answer", "Say it here; add the relation itself as well."),
    (GapOutcome.TAKEN_ON, "Somebody will find out", "Say who, how, and by when."),
    (GapOutcome.ASKED_REFUSED, "Asked, and they would not say", "That is an answer. Say when."),
    (GapOutcome.CARRIED_TO_SUPERVISION, "Carry it to supervision", "Say with whom and by when."),
    (GapOutcome.EXPLAINED, "It needs no answer", "Say why, so that the next reader understands."),
)
ANCHORS = {"due": "due-day", "asked_on": "asked_on-day"}


@dataclass
class _Form:
    """What was typed, and what is amiss with it part by part."""

    answers: Answers
    wrong: dict[str, str]


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show one question with all that became of it, or add what becomes of it now."""
    gap = request.POST.get("gap", "") or request.GET.get("gap", "")
    at = now()
    around = family_around(request.actor, case, now=at)
    shown = read_network(request.actor, case, Viewpoint(at), now=at)
    found = next((one for one in shown.questions if one.id == gap), None)
    if found is None:
        raise NotFoundHere("There is no such question in what you can read.")
    form = _Form(Answers(as_kept(dict(request.POST.lists()))), {})
    if request.method == "POST" and _answered(request, case, gap, form):
        messages.success(request, "Kept. The question stays listed with what became of it.")
        return redirect(reverse("network", kwargs={"case": case}) + "#questions")
    return _page(request, around, shown, found, form)


def _answered(request: HttpRequest, case: UUID, gap: str, form: _Form) -> bool:
    """Whether the answer is kept; what is amiss is noted in the form."""
    days = {}
    for name in ("due", "asked_on"):
        days[name] = None
        if boxes_filled(form.answers, name):
            try:
                days[name] = boxes_day(form.answers, name)
            except DateNotUnderstood as error:
                form.wrong[name] = error.reason
    if form.wrong:
        return False
    try:
        answer_gap(
            request.actor, case, gap, form.answers.one("outcome"), form.answers.one("words"),
            _owner(form.answers), days["due"], asked_on=days["asked_on"], now=now(),
        )  # fmt: skip
    except CannotAnswerGap as refused:
        form.wrong[refused.part] = refused.reason
        return False
    return True


def _owner(answers: Answers) -> UUID | None:
    try:
        return UUID(answers.one("owner"))
    except ValueError:
        return None


def _page(
    request: HttpRequest, around: FamilyAround, shown: ShownNetwork, one: Question, form: _Form
) -> HttpResponse:
    case = around.family.case.id
    about = one.gap.about if one.gap else ()
    page = {
        "frame": family_frame(around.family, current="network", today=today()),
        "case": case,
        "gap": one.id,
        "question": question_words(one),
        "said": [answer_words(answer) for answer in one.answers],
        "because": _because(shown, one, case),
        "a": form.answers,
        "wrong": form.wrong,
        "errors": [
            {"text": text, "href": f"#{ANCHORS.get(part, part)}"}
            for part, text in form.wrong.items()
        ],
        "outcomes": [
            {"value": str(word), "text": text, "hint": {"text": hint}}
            for word, text, hint in OUTCOMES
        ],
        "owners": _owners(around, form.answers.one("owner")),
        "dates": {name: question_values(form.answers, name) for name in ("due", "asked_on")},
        "longest": LONGEST_WORDS,
        "about": about[0] if about else "",
        "back_link": {"text": "Network", "href": reverse("network", kwargs={"case": case})},
    }
    status = 422 if form.wrong else 200
    return render(request, "network/question.jinja", page, status=status)


def _because(shown: ShownNetwork, one: Question, case: UUID) -> tuple[tuple[str, str], ...]:
    """What the question rests on, in words, each with the address of its entry."""

    def entry_at(statement: str) -> str:
        return reverse("entry", kwargs={"case": case, "statement": statement})

    scene = Scene(shown.seen, today(), lambda person: "", entry_at)
    return because_in_words(scene, one.gap.because if one.gap else ())


def _owners(around: FamilyAround, chosen: str) -> list[Option]:
    """The reader first, then the family's team, then the reader's colleagues; nobody twice."""
    reader = around.family.reader
    found = {reader.id: f"Myself ({reader.name})"}
    for member in around.family.team:
        found.setdefault(member.practitioner, f"{member.name}, {member.agency_name}")
    for row in around.colleagues:
        found.setdefault(row.id, f"{row.name}, {reader.agency_name}")
    return [Option(str(id), text, str(id) == chosen) for id, text in found.items()]
