"""Look a plan over and sign it; and where another was signed meanwhile, both beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Telling
from goldenthread.domain.plans.checking import PlanProblem
from goldenthread.domain.plans.difference import changes_between
from goldenthread.domain.plans.document import who_of
from goldenthread.domain.plans.plan import SafetyPlan, Who, resting_only_on
from goldenthread.domain.plans.vocabulary import Agreement, Doable
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.plans.read_plan import read_plan, read_plan_version
from goldenthread.usecases.plans.shown import PlanPage
from goldenthread.usecases.plans.write_plan import (
    AlreadySigned,
    Looked,
    PlanCannotBeSigned,
    SignatureSaid,
    SignedMeanwhile,
    Signing,
    keep_plan_draft,
    look_over,
    sign_plan,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.plan import choices
from goldenthread.web.plan.body import body_of
from goldenthread.web.plan.changes import changes_shown
from goldenthread.web.plan.currency import entry_link
from goldenthread.web.plan.form import plan_typed
from goldenthread.web.plan.places import place_of
from goldenthread.web.plan.writing import FROM, TITLES, draft_fields, steps_shown, written_from
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown

ANSWERED = [one for one in Agreement if one is not Agreement.NOT_ASKED]


@require_http_methods(["GET", "POST"])
@own_words_shown
def sign(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Show the plan with what to look at again, and sign it."""
    try:
        fields, saved = draft_fields(request, case, draft)
    except AlreadySigned as done:
        return redirect("plan_version", case=case, version=done.version)
    if request.method == "GET":
        return _page(request, case, draft, fields, saved)
    if request.POST.get("go") == "mine":  # read beside the other, and gone on with
        newest = read_plan(request.actor, case, now=clock.now()).seen
        fields[FROM] = str(newest.version.id) if newest else ""
    else:
        fields["sign"] = as_kept(dict(request.POST.lists()))
    keep_plan_draft(request.actor, case, draft, fields, now=clock.now())
    verb, _, step = request.POST.get("go", "").partition(":")
    if verb == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("plan", case=case)
    if verb == "step" and step in TITLES:
        return redirect("plan_write", case=case, draft=draft, step=step)
    if verb != "sign":
        return redirect("plan_sign", case=case, draft=draft)
    return _signed(request, case, draft, fields)


def _signed(
    request: HttpRequest, case: UUID, draft: UUID, fields: dict[str, object]
) -> HttpResponse:
    plan, said = plan_typed(fields), signing_typed(request, fields)
    try:
        done = sign_plan(request.actor, case, draft, plan, said, now=clock.now())
    except SignedMeanwhile as meanwhile:
        return _both(request, case, draft, plan, meanwhile)
    except PlanCannotBeSigned as refused:
        return _page(request, case, draft, fields, "", refused.problems)
    except CannotBeRecorded as refused:
        problems = tuple(PlanProblem("why", one.sentence) for one in refused.problems)
        return _page(request, case, draft, fields, "", problems)
    messages.success(
        request,
        "The plan is signed and in the history. This version will not change. "
        "Now give everybody their own.",
    )
    return redirect("plan_version", case=case, version=done.id)


def signing_typed(request: HttpRequest, fields: dict[str, object]) -> Signing:
    """What is said on the last step."""
    a = answers_in(fields, "sign")
    now = clock.now()
    owner = who_of(a.one("owner"))
    return Signing(
        why=a.one("why"),
        owner=owner.id if owner and owner.is_practitioner else request.actor.practitioner,
        written_from=written_from(fields),
        decision=_id(a.one("decision")),
        tellings=tuple(_tellings(a, now)),
        signatures=tuple(_signatures(a, now)),
    )


def _tellings(a: Answers, now) -> Iterator[Telling]:
    basis = a.one("basis")
    for value in a.many("tell"):
        agency = _id(value)
        if agency is not None:
            yield Telling(
                agency,
                told=on_day(day_of(now)),
                lawful_basis=basis if basis in set(LawfulBasis) else LawfulBasis.NOT_RECORDED,
            )


def _signatures(a: Answers, now) -> Iterator[SignatureSaid]:
    for code in a.many("signs"):
        who = who_of(code)
        agreement = a.one(f"agreement-{code}")
        if who is None or agreement not in ANSWERED:
            continue
        doable = a.one(f"doable-{code}")
        yield SignatureSaid(
            id=clock.new_id(),
            who=who,
            agreement=agreement,
            doable=doable if doable in set(Doable) else Doable.NOT_ASKED,
            words=a.one(f"words-{code}").strip(),
            given_on=day_of(now),
        )


def _page(
    request: HttpRequest, case: UUID, draft: UUID, fields: dict[str, object], saved: str,
    problems: tuple[PlanProblem, ...] = (),
) -> HttpResponse:  # fmt: skip
    now = clock.now()
    page = read_plan(request.actor, case, now=now)
    plan, a = plan_typed(fields), answers_in(fields, "sign")
    looked = look_over(request.actor, case, plan, signing_typed(request, fields), now=now)
    history = read_history(request.actor, case, Viewpoint(now), now=now)
    own = [one for one in problems if place_of(one.place)[0] == "sign"]
    at = {"case": case, "draft": draft}
    shown = {
        "frame": family_frame(page.family, current="plan", today=day_of(now)),
        "step": "sign",
        "steps": steps_shown("sign"),
        "number": f"Step {len(TITLES) + 1} of {len(TITLES) + 1}",
        "a": a,
        "to_mend": [_mend(one, at) for one in looked.problems if place_of(one.place)[0] != "sign"],
        "to_look_at": [_mend(one, at) for one in looked.warnings],
        "wrong": {place_of(one.place)[1]: one.sentence for one in own},
        "errors": [{"text": one.sentence, "href": _mend(one, at)["href"]} for one in problems],
        "body": body_of(plan, page.named, page.entries, case, hints=looked.hints),
        "is_first": written_from(fields) is None,
        "owners": choices.chosen(choices.practitioners(page), [a.one("owner", _own_code(request))]),
        "decisions": choices.chosen(choices.decisions(history), [a.one("decision")]),
        "agencies": _agencies(page, a),
        "bases": [{"value": v, "text": t, "chosen": v == a.one("basis")} for v, t in BASES],
        "lacking": _lacking(looked, case),
        "hints": [words for one in plan.actions for words in looked.hints.get(one.key, ())],
        "signers": _signers(plan, page, a),
        "saved": saved,
        "here": reverse("plan_sign", kwargs=at),
        "save_at": reverse("plan_save", kwargs=at),
        "back_link": {"text": "Plan", "href": reverse("plan", kwargs={"case": case})},
    }
    return render(request, "plan/sign.jinja", shown, status=422 if problems else 200)


BASES = LawfulBasis.choices()


def _mend(problem: PlanProblem, at: dict[str, UUID]) -> dict[str, str]:
    step, anchor = place_of(problem.place)
    if step == "sign":
        return {"text": problem.sentence, "href": f"#{anchor}"}
    href = reverse("plan_write", kwargs={**at, "step": step})
    return {"text": problem.sentence, "href": f"{href}?mend=1#{anchor}"}


def _own_code(request: HttpRequest) -> str:
    return Who(request.actor.practitioner, is_practitioner=True).code


def _agencies(page: PlanPage, a: Answers) -> list[dict[str, object]]:
    """The other agencies of the team; nobody is ticked beforehand."""
    own = page.family.reader.agency
    names = {one.agency: one.agency_name for one in page.family.team if one.agency != own}
    ticked = set(a.many("tell"))
    return [
        {"value": str(id), "text": name, "chosen": str(id) in ticked}
        for id, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _lacking(looked: Looked, case: UUID) -> list[dict[str, object]]:
    return [
        {"agency": name, "entries": [entry_link(one, case) for one in lines]}
        for name, lines in looked.lacking.items()
    ]


def _signers(plan: SafetyPlan, page: PlanPage, a: Answers) -> list[dict[str, object]]:
    """Everybody who does something, with what they said of it so far."""
    return [
        {
            "code": who.code,
            "name": page.named.of(who),
            "words": a.one(f"words-{who.code}"),
            "agreements": _marked(Agreement.choices(), a.one(f"agreement-{who.code}", "not_asked")),
            "doables": _marked(Doable.choices(), a.one(f"doable-{who.code}", "not_asked")),
        }
        for who in plan.doers
    ]


def _marked(pairs: list[tuple[str, str]], chosen: str) -> list[dict[str, object]]:
    return [{"value": v, "text": t, "chosen": v == chosen} for v, t in pairs]


def _both(
    request: HttpRequest, case: UUID, draft: UUID, mine: SafetyPlan, meanwhile: SignedMeanwhile
) -> HttpResponse:
    """Both texts beside each other; neither is lost, and the writer chooses how to go on."""
    now = clock.now()
    page = read_plan(request.actor, case, now=now)
    other = read_plan_version(request.actor, case, meanwhile.newest, now=now)
    lines = {**page.entries, **other.entries}
    shown = {
        "frame": family_frame(page.family, current="plan", today=day_of(now)),
        "reason": meanwhile.reason,
        "why": other.version.why,
        "theirs": body_of(other.plan, other.named, other.entries, case),
        "mine": body_of(mine, page.named, page.entries, case),
        "changes": changes_shown(
            changes_between(other.plan, resting_only_on(mine, lines)), page.named, lines
        ),
        "go_on": reverse("plan_sign", kwargs={"case": case, "draft": draft}),
        "anew": reverse("plan_start", kwargs={"case": case}) + "?anew=1",
        "back_link": {"text": "Plan", "href": reverse("plan", kwargs={"case": case})},
    }
    return render(request, "plan/both.jinja", shown, status=409)


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
