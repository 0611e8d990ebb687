"""Write a safety plan in calm steps: each is kept as it is typed, and any can be come back to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.needs.vocabulary import Demand
from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.plans.read_plan import read_plan, read_plan_version
from goldenthread.usecases.plans.shown import PlanPage
from goldenthread.usecases.plans.write_plan import (
    AlreadySigned,
    NotFoundHere,
    Signing,
    keep_plan_draft,
    look_over,
    open_plan_draft,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.plan import choices
from goldenthread.web.plan.form import (
    OF_STEP,
    STEPS,
    Row,
    fields_of,
    plan_typed,
    rows_of,
    with_row,
    without_row,
)
from goldenthread.web.plan.places import place_of
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words

NAMES = tuple(step for step, _ in STEPS)
TITLES = dict(STEPS)
FROM = "from"  # in a draft: the version it was written from, or nothing


@require_GET
def start(request: HttpRequest, case: UUID) -> HttpResponse:
    """Begin a version under a new id, or carry on with one's own draft."""
    page = read_plan(request.actor, case, now=clock.now())
    if not page.may_write:
        raise NotFoundHere("Only a member of the team around this family can write its plan.")
    draft = page.draft if page.draft and "anew" not in request.GET else clock.new_id()
    return redirect("plan_write", case=case, draft=draft, step=NAMES[0])


def begin_with(request: HttpRequest, case: UUID, why: str) -> HttpResponse:
    """Begin a version, or carry on with one's own draft, with why it changes already written.

    Why stands on the page where it is signed; what one's own draft says there is left as it is.
    """
    page = read_plan(request.actor, case, now=clock.now())
    draft = page.draft or clock.new_id()
    fields, _ = draft_fields(request, case, draft)
    sign = answers_in(fields, "sign")
    if why.strip() and not sign.said("why"):
        kept = {name: sign.many(name) for name in sign.names()} | {"why": [why]}
        keep_plan_draft(request.actor, case, draft, {**fields, "sign": kept}, now=clock.now())
    return redirect("plan_write", case=case, draft=draft, step=NAMES[0])


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(request: HttpRequest, case: UUID, draft: UUID, step: str) -> HttpResponse:
    """One step of the form with what was typed so far; kept whatever is pressed."""
    try:
        fields, saved = draft_fields(request, case, draft)
    except AlreadySigned as done:
        return redirect("plan_version", case=case, version=done.version)
    if request.method == "GET":
        return _page(request, case, draft, step, fields, saved)
    typed = as_kept(dict(request.POST.lists()))
    go = request.POST.get("go", "next")
    verb, _, what = go.partition(":")
    if verb == "add" and what in OF_STEP[step]:
        typed = with_row(typed, what, clock.new_id().hex[:8])
    if verb == "out":
        kind, _, key = what.partition(":")
        typed = without_row(typed, kind, key)
    keep_plan_draft(request.actor, case, draft, {**fields, step: typed}, now=clock.now())
    return _go(request, case, draft, step, verb, what)


@require_POST
def save(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    typed = as_kept(dict(request.POST.lists()))
    step = next(iter(typed.pop("step", [])), "")
    try:
        fields, _ = draft_fields(request, case, draft)
        if step not in (*NAMES, "sign"):
            return JsonResponse({"problem": "This form is not one we know."}, status=400)
        row = keep_plan_draft(request.actor, case, draft, {**fields, step: typed}, now=clock.now())
    except AlreadySigned:
        return JsonResponse({"problem": "This plan is signed already."}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


def draft_fields(request: HttpRequest, case: UUID, draft: UUID) -> tuple[dict[str, object], str]:
    """What a draft holds, and when it was saved; a new one begins with the plan in force.

    Raises NotFoundHere and AlreadySigned.
    """
    row = open_plan_draft(request.actor, case, draft, now=clock.now())
    if row is not None:
        return dict(row.fields), f"Saved {clock_words(row.saved_at)}"
    page = read_plan(request.actor, case, now=clock.now())
    if page.seen is None or page.plan is None:
        return {FROM: ""}, ""
    return {FROM: str(page.seen.version.id), **fields_of(page.plan)}, ""


def written_from(fields: dict[str, object]) -> UUID | None:
    """The version a draft was written from; None where there was none."""
    try:
        return UUID(str(fields.get(FROM, "")))
    except ValueError:
        return None


def plan_before(request: HttpRequest, case: UUID, fields: dict[str, object]) -> SafetyPlan | None:
    """The plan of the version a draft was written from."""
    version = written_from(fields)
    if version is None:
        return None
    return read_plan_version(request.actor, case, version, now=clock.now()).plan


def _go(
    request: HttpRequest, case: UUID, draft: UUID, step: str, verb: str, what: str
) -> HttpResponse:
    if verb == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("plan", case=case)
    at = {"case": case, "draft": draft}
    if verb == "step" and what in NAMES:
        return redirect("plan_write", **at, step=what)
    if verb in ("add", "out"):
        here = reverse("plan_write", kwargs={**at, "step": step})
        return redirect(f"{here}#{'last' if verb == 'add' else 'rows'}")
    place = NAMES.index(step) + 1
    if verb == "step" or place == len(NAMES):
        return redirect("plan_sign", **at)
    return redirect("plan_write", **at, step=NAMES[place])


def _page(
    request: HttpRequest, case: UUID, draft: UUID, step: str, fields: dict[str, object], saved: str
) -> HttpResponse:
    now = clock.now()
    page = read_plan(request.actor, case, now=now)
    answers = answers_in(fields, step)
    wrong = _wrong(request, case, step, fields) if "mend" in request.GET else {}
    at = {"case": case, "draft": draft}
    shown = {
        "frame": family_frame(page.family, current="plan", today=day_of(now)),
        "step": step,
        "title": TITLES[step],
        "number": f"Step {NAMES.index(step) + 1} of {len(NAMES) + 1}",
        "steps": steps_shown(step),
        "a": answers,
        "wrong": wrong,
        "errors": [{"text": text, "href": f"#{anchor}"} for anchor, text in wrong.items()],
        "saved": saved,
        "here": reverse("plan_write", kwargs={**at, "step": step}),
        "save_at": reverse("plan_save", kwargs=at),
        "back_link": {"text": "Plan", "href": reverse("plan", kwargs={"case": case})},
        **_rows(request, case, step, answers, page),
    }
    return render(request, f"plan/{step}.jinja", shown, status=422 if wrong else 200)


def steps_shown(current: str) -> list[dict[str, object]]:
    """The steps as a list to go by, the signing last."""
    names = [*STEPS, ("sign", "Look it over and sign")]
    return [{"name": name, "text": text, "is_here": name == current} for name, text in names]


def _wrong(
    request: HttpRequest, case: UUID, step: str, fields: dict[str, object]
) -> dict[str, str]:
    """What stands in the way on this step, by the id of the part it is about."""
    signing = Signing("-", request.actor.practitioner, written_from(fields))
    looked = look_over(request.actor, case, plan_typed(fields), signing, now=clock.now())
    found: dict[str, str] = {}
    for problem in looked.problems:
        at_step, anchor = place_of(problem.place)
        if at_step == step:
            found.setdefault(anchor, problem.sentence)
    return found


def _rows(
    request: HttpRequest, case: UUID, step: str, answers: Answers, page: PlanPage
) -> dict[str, object]:
    """The rows of a step with what each offers; where there is none yet, one that is empty."""
    kinds = {kind: rows_of(answers, kind) or [Row(kind, "1", answers)] for kind in OF_STEP[step]}
    everybody = choices.people(page)
    offered: dict[str, object] = {
        "people": everybody,
        "plain_people": choices.plain(everybody),
        "plain_adults": choices.plain(choices.adults(page)),
        "practitioners": choices.practitioners(page),
        "practitioner_codes": {one["value"] for one in choices.practitioners(page)},
        "homes": choices.homes(page),
        "parts": choices.words(Part),
        "demands": choices.words(Demand),
        "situations": choices.words(Situation),
        "natures": choices.words(AssumptionNature),
    }
    if step == "assumptions":
        now = clock.now()
        history = read_history(request.actor, case, Viewpoint(now), now=now)
        offered["entries"] = {
            row.key: choices.entries_for(row, history) for row in kinds["assumption"]
        }
    return {"rows": kinds, "offered": offered}
