"""Agree an adjustment with an adult, change or end one, and tell the team what to do."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.chronology.admitting import Problem
from goldenthread.domain.needs.adjustment import SAFETY, Adjustment
from goldenthread.domain.needs.checking import NotComplete
from goldenthread.domain.needs.vocabulary import Agreement, Demand, Setting
from goldenthread.usecases.chronology.keep_draft import DraftRow
from goldenthread.usecases.needs.agree_adjustment import (
    ChangedMeanwhile,
    NotYoursToTell,
    ProposedAdjustment,
    agree_adjustment,
    say_agreement,
    tell_the_team,
)
from goldenthread.usecases.needs.keep_profile import (
    ADJUSTMENT_FORM,
    AlreadyKept,
    NotFoundHere,
    keep_needs_draft,
    open_needs_draft,
)
from goldenthread.usecases.needs.read_needs import AdultNeeds, FamilyNeeds, read_adult
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import counted, listed
from goldenthread.web.needs import wording
from goldenthread.web.needs.forms import chips, day_in, day_typed, ids_in
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.dates import question_values
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words, saved_words

SCREEN = "adjustment"
DATES = ("from_on", "review_on", "asked_on")


@require_GET
def start(request: HttpRequest, case: UUID, adult: UUID) -> HttpResponse:
    """Begin an adjustment under a new id; `?instead=ID` changes one, `&end=1` ends it."""
    _, one = read_adult(request.actor, case, adult, now=clock.now())
    draft = clock.new_id()
    response = redirect("adjustment", case=case, adult=adult, draft=draft)
    instead = [row for row in ids_in([request.GET.get("instead", "")]) if _there(one, row)]
    if instead:
        ends = "&end=1" if request.GET.get("end") else ""
        response["Location"] += f"?instead={instead[0]}{ends}"
    return response


def _there(one: AdultNeeds, adjustment: UUID) -> bool:
    return any(each.row.id == adjustment for each in one.adjustments)


@require_http_methods(["GET", "POST"])
@own_words_shown
def adjustment(request: HttpRequest, case: UUID, draft: UUID, adult: UUID) -> HttpResponse:
    """Show the form with what was typed so far, or keep the adjustment."""
    now = clock.now()
    found, one = read_adult(request.actor, case, adult, now=now)
    try:
        row = _draft(request, case, adult, draft)
        if request.method == "POST":
            row = _keep_typed(request, case, adult, draft)
    except AlreadyKept:
        return redirect("needs_adult", case=case, adult=adult)
    typed = answers_in(row.fields, SCREEN) if row else _standing(request, one)
    if request.method == "GET":
        return _page(request, case, found, one, draft, typed, (), row)
    if request.POST.get("go") == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("needs_adult", case=case, adult=adult)
    problems: list[Problem] = []
    proposed = _proposed(adult, typed, problems)
    if not problems:
        try:
            done = agree_adjustment(request.actor, case, draft, proposed, now=now)
        except NotComplete as refused:
            problems = list(refused.problems)
        except ChangedMeanwhile as refused:
            problems = [Problem("what", refused.reason)]
        else:
            if not done.already:
                messages.success(request, _said(proposed, one))
            return redirect("needs_adult", case=case, adult=adult)
    return _page(request, case, found, one, draft, typed, problems, row)


@require_POST
def save(request: HttpRequest, case: UUID, draft: UUID, adult: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    try:
        _draft(request, case, adult, draft)
        row = _keep_typed(request, case, adult, draft)
    except AlreadyKept as done:
        return JsonResponse({"problem": done.reason}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


@require_POST
def agreement(request: HttpRequest, case: UUID, adult: UUID, adjustment: UUID) -> HttpResponse:
    """Keep what the adult says to the team being told; a yes tells them."""
    typed = Answers(as_kept(dict(request.POST.lists())))
    problems: list[Problem] = []
    asked_on = day_in(typed, "asked_on", problems)
    answer = _agreement(typed)
    try:
        if problems:
            raise NotComplete(tuple(problems))
        say_agreement(request.actor, case, adjustment, answer, asked_on, now=clock.now())
    except (NotComplete, NotYoursToTell) as refused:
        messages.error(request, refused.reason)
    else:
        words = {
            Agreement.SAID_YES: "Kept. Every agency of the team is told what to do, and not why.",
            Agreement.SAID_NO: "Kept. Nobody further is told.",
            Agreement.NOT_ASKED: "Kept.",
        }
        messages.success(request, words[answer])
    return _back(case, adult, adjustment)


@require_POST
def tell(request: HttpRequest, case: UUID, adult: UUID, adjustment: UUID) -> HttpResponse:
    """Tell an adjustment to the agencies of the team that lack it."""
    try:
        told = tell_the_team(request.actor, case, adjustment, now=clock.now())
    except NotYoursToTell as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, f"{counted(told, 'agency', 'agencies')} told what to do.")
    return _back(case, adult, adjustment)


def _back(case: UUID, adult: UUID, adjustment: UUID) -> HttpResponse:
    response = redirect("needs_adult", case=case, adult=adult)
    response["Location"] += f"#adjustment-{adjustment}"
    return response


def _draft(request: HttpRequest, case: UUID, adult: UUID, draft: UUID) -> DraftRow | None:
    """The draft as kept. Raises NotFoundHere, also for one about somebody else."""
    row = open_needs_draft(request.actor, case, draft, form=ADJUSTMENT_FORM, now=clock.now())
    if row is not None and answers_in(row.fields, "begun").one("adult") != str(adult):
        raise NotFoundHere("There is no such draft of yours.")
    return row


def _keep_typed(request: HttpRequest, case: UUID, adult: UUID, draft: UUID) -> DraftRow:
    screens = {
        SCREEN: as_kept(dict(request.POST.lists())), "begun": {"adult": [str(adult)]},
    }  # fmt: skip
    return keep_needs_draft(
        request.actor, case, draft, screens, form=ADJUSTMENT_FORM, now=clock.now()
    )


def _standing(request: HttpRequest, one: AdultNeeds) -> Answers:
    """What the form begins with: the adjustment it is to stand instead of, or nothing."""
    for id in ids_in([request.GET.get("instead", "")]):
        for each in one.adjustments:
            if each.row.id == id:
                was, ends = each.row.adjustment, bool(request.GET.get("end"))
                return Answers(
                    {
                        "instead_of": [str(id)],
                        "ended": ["1"] if ends else [],
                        "what": [] if ends else [was.what],
                        "agreed_by": [was.agreed_by],
                        "settings": [str(one) for one in was.settings],
                        "helps_with": [str(one) for one in was.helps_with],
                        "agreement": [str(each.agreement.answer)],
                        **day_typed("asked_on", each.agreement.asked_on),
                        **day_typed("review_on", None if ends else was.review_on),
                    }
                )
    return Answers()


def _agreement(typed: Answers) -> Agreement:
    chosen = typed.one("agreement")
    return next((one for one in Agreement if one == chosen), Agreement.NOT_ASKED)


def _proposed(adult: UUID, typed: Answers, problems: list[Problem]) -> ProposedAdjustment:
    answer = _agreement(typed)
    asked_on = day_in(typed, "asked_on", problems)
    return ProposedAdjustment(
        Adjustment(
            id=clock.new_id(),
            adult=adult,
            what=typed.one("what"),
            agreed_by=typed.one("agreed_by").strip(),
            from_on=day_in(typed, "from_on", problems) or clock.today(),
            settings=tuple(one for one in Setting if one in typed.many("settings")),
            helps_with=tuple(one for one in Demand if one in typed.many("helps_with")),
            review_on=day_in(typed, "review_on", problems),
        ),
        instead_of=next(iter(ids_in([typed.one("instead_of")])), None),
        ended=typed.one("ended") == "1",
        agreement=answer,
        asked_on=None if answer is Agreement.NOT_ASKED else asked_on,
    )


def _said(proposed: ProposedAdjustment, one: AdultNeeds) -> str:
    if proposed.ended:
        return "Ended. What was agreed stays in the record."
    if proposed.agreement is Agreement.SAID_YES:
        return "Kept. Every agency of the team is told what to do, and not why."
    name = one.member.name
    return f"Kept, and read by your own agency. Nobody else is told until {name} says yes."


def _page(
    request: HttpRequest,
    case: UUID,
    found: FamilyNeeds,
    one: AdultNeeds,
    draft: UUID,
    typed: Answers,
    problems: Iterable[Problem],
    row: DraftRow | None,
) -> HttpResponse:
    ids = {"adult": one.member.person, "draft": draft}
    hard = [demand for need in one.profile.needs for demand in need.makes_hard]
    own = found.family.reader.agency
    team = {m.agency_name for m in found.family.team if m.agency != own}
    wrong = {problem.part: problem.sentence for problem in problems}
    instead = next(iter(ids_in([typed.one("instead_of")])), None)
    was = next((e.row.adjustment.what for e in one.adjustments if e.row.id == instead), "")
    page = {
        "frame": family_frame(found.family, current="needs", today=clock.today(), can_add=False),
        "name": one.member.name,
        "a": typed,
        "wrong": wrong,
        "errors": [
            {"text": text, "href": f"#{part.replace('_', '-')}"} for part, text in wrong.items()
        ],
        "was": was,
        "ends": typed.one("ended") == "1",
        "settings": chips(Setting, typed.many("settings")),
        "helps": chips(Demand, typed.many("helps_with"), first=hard),
        "agreements": [{"value": str(a), "text": a.label} for a in Agreement],
        "team": listed(sorted(team)),
        "dates": {name: question_values(typed, name) for name in DATES},
        "safety": SAFETY,
        "here": wording.at("adjustment", case, **ids),
        "save_at": wording.at("adjustment_save", case, **ids),
        "saved": saved_words(row, clock.today()),
        "back_link": {
            "text": one.member.name,
            "href": wording.at("needs_adult", case, adult=one.member.person),
        },
    }
    return render(request, "needs/adjustment.jinja", page, status=422 if wrong else 200)
