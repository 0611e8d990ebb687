"""Write down what an adult needs, one short page at a time, each kept before it is looked at.

The parts may be filled in any order and left empty. What a part says where nobody has touched it is
what the versions said that the writing began from, so nobody types anything again.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.chronology.admitting import Problem
from goldenthread.domain.needs.checking import NotComplete, check_profile
from goldenthread.domain.needs.differing import differences
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown
from goldenthread.usecases.chronology.family_around import FamilyAround, family_around
from goldenthread.usecases.needs.keep_profile import (
    AlreadyKept,
    AnotherWasKept,
    NotFoundHere,
    ProposedProfile,
    keep_needs_draft,
    keep_profile,
    open_needs_draft,
)
from goldenthread.usecases.needs.read_needs import read_adult
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words
from goldenthread.web.needs import wording
from goldenthread.web.needs.forms import (
    BEGUN,
    KEEP,
    day_in,
    ids_in,
    of_part,
    parts,
)
from goldenthread.web.needs.parts import (
    CONCERNS,
    HOW_KNOWN,
    Writing,
    address_of,
    around_of,
    groups_of,
    overview_of,
    part_page,
    template_of,
)
from goldenthread.web.record.answers import answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import (
    clock_words,
    saved_words,
)
from goldenthread.web.record.tellings import read_tellings


@require_GET
def start(request: HttpRequest, case: UUID, adult: UUID) -> HttpResponse:
    """Begin a version under a new id."""
    read_adult(request.actor, case, adult, now=clock.now())
    return redirect("needs_draft", case=case, adult=adult, draft=clock.new_id())


@require_GET
@own_words_shown
def overview(request: HttpRequest, case: UUID, draft: UUID, adult: UUID) -> HttpResponse:
    """The parts of a version in hand, each with what it says so far."""
    try:
        writing = _writing(request, case, adult, draft)
    except AlreadyKept:
        return redirect("needs_adult", case=case, adult=adult)
    page = {
        **around_of(writing, case),
        "groups": groups_of(writing, case),
        "back_link": {
            "text": writing.one.member.name,
            "href": wording.at("needs_adult", case, adult=adult),
        },
        "keep": address_of(writing, case, KEEP),
        "saved": saved_words(writing.row, clock.today()),
        "began": [
            wording.version_words(row) for row in writing.one.versions if row.id in writing.begun
        ],
    }
    return render(request, "needs/overview.jinja", page)


@require_http_methods(["GET", "POST"])
@own_words_shown
def part(request: HttpRequest, case: UUID, draft: UUID, adult: UUID, part: str) -> HttpResponse:
    """Show one part, or keep what was sent and go on to the next."""
    try:
        writing = _writing(request, case, adult, draft)
    except AlreadyKept:
        return redirect("needs_adult", case=case, adult=adult)
    order = parts(writing.children)
    if part not in order:
        raise NotFoundHere("There is no such part.")
    if request.method == "GET":
        wrong = _wrong_on(part, _problems(writing)) if "check" in request.GET else {}
        return _page(request, writing, case, part, wrong, [])
    writing = _keep_typed(request, writing, case, part)
    if request.POST.get("go") == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect("needs_adult", case=case, adult=adult)
    if part == KEEP:
        return _kept(request, writing, case)
    wrong = _wrong_on(part, _problems(writing))
    if wrong:
        return _page(request, writing, case, part, wrong, [])
    if request.POST.get("go") == "parts":
        return redirect(overview_of(writing, case))
    return redirect(address_of(writing, case, order[order.index(part) + 1]))


@require_POST
def save(request: HttpRequest, case: UUID, draft: UUID, adult: UUID, part: str) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    try:
        writing = _writing(request, case, adult, draft)
        row = _keep_typed(request, writing, case, part).row
    except AlreadyKept as done:
        return JsonResponse({"problem": done.reason}, status=409)
    assert row is not None
    return JsonResponse({"saved": clock_words(row.saved_at)})


def _writing(request: HttpRequest, case: UUID, adult: UUID, draft: UUID) -> Writing:
    """The profile in hand. Raises NotFoundHere, also for a draft about somebody else."""
    now = clock.now()
    found, one = read_adult(request.actor, case, adult, now=now)
    row = open_needs_draft(request.actor, case, draft, now=now)
    if row is None:
        return Writing(found, one, draft, None, tuple(each.id for each in one.standing))
    begun = answers_in(row.fields, BEGUN)
    if begun.one("adult") != str(adult):
        raise NotFoundHere("There is no such draft of yours.")
    return Writing(found, one, draft, row, ids_in(begun.many("from")))


def _keep_typed(request: HttpRequest, writing: Writing, case: UUID, part: str) -> Writing:
    """Keep what was sent of a part, and what the writing began from the first time."""
    sent = as_kept(dict(request.POST.lists()))
    begun = list(writing.begun)
    if writing.row is None:  # as the page that was sent had it, whatever was kept meanwhile
        begun = list(ids_in(sent.get("from", [])))
    begun += [id for id in ids_in(sent.get("having_read", [])) if id not in begun]
    typed = {name: words for name, words in sent.items() if name not in ("from", "having_read")}
    screens: dict[str, dict[str, list[str]]] = {
        BEGUN: {"adult": [str(writing.one.member.person)], "from": [str(id) for id in begun]}
    }
    if typed and part in parts(writing.children):
        screens[part] = typed
    now = clock.now()
    row = keep_needs_draft(request.actor, case, writing.draft, screens, now=now)
    return Writing(writing.found, writing.one, writing.draft, row, tuple(begun))


def _problems(writing: Writing) -> list[Problem]:
    """What is amiss in the parts of the profile; of its keeping, when it is kept."""
    read = writing.read()
    if read.problems:
        return read.problems
    try:
        check_profile(read.profile, today=clock.today())
    except NotComplete as refused:
        return list(refused.problems)
    return []


def _wrong_on(part: str, problems: list[Problem]) -> dict[str, str]:
    found = ((of_part(part, problem), problem.sentence) for problem in problems)
    return {field: sentence for field, sentence in found if field is not None}


def _kept(request: HttpRequest, writing: Writing, case: UUID) -> HttpResponse:
    around = family_around(request.actor, case, now=clock.now())
    problems = _problems(writing)
    proposed = _proposed(writing, around, problems)
    if not problems:
        try:
            done = keep_profile(request.actor, case, writing.draft, proposed, now=clock.now())
        except AnotherWasKept as refused:
            return _beside(request, writing, case, refused)
        except NotComplete as refused:
            problems = list(refused.problems)
        else:
            if not done.already:
                messages.success(request, "The version is kept and in the record.")
            return redirect("needs_adult", case=case, adult=writing.one.member.person)
    return _page(request, writing, case, KEEP, _wrong_on(KEEP, problems), problems)


def _proposed(writing: Writing, around: FamilyAround, problems: list[Problem]) -> ProposedProfile:
    typed = writing.on(KEEP)
    today = clock.today()

    def amiss(part: str, sentence: str) -> None:
        problems.append(Problem(part, sentence))

    how = typed.one("how_known")
    return ProposedProfile(
        profile=writing.read().profile,
        summary=typed.one("text").strip(),
        talked_on=day_in(typed, "happened", problems) or today,
        how_known=how if how in dict(HOW_KNOWN) else HowKnown.TOLD,
        informant=typed.one("informant").strip(),
        concerns=tuple(c for c in CONCERNS if c in typed.many("concerns")) or (Concern.NONE,),
        earlier=writing.begun,
        tellings=read_tellings(typed, around, today, amiss),
    )


def _beside(
    request: HttpRequest, writing: Writing, case: UUID, refused: AnotherWasKept
) -> HttpResponse:
    """Both texts side by side; nothing of either is lost."""
    called = {child.person: child.name for child in writing.found.family.children}
    mine = writing.read().profile
    page = {
        **around_of(writing, case),
        "reason": refused.reason,
        "theirs": [
            {
                "text": wording.version_words(row),
                "id": str(row.id),
                "differences": differences(row.profile, mine, called=called, day=day_in_words),
            }
            for row in refused.rows
        ],
        "parts": overview_of(writing, case),
        "here": address_of(writing, case, KEEP),
    }
    return render(request, "needs/beside.jinja", page, status=409)


def _page(
    request: HttpRequest,
    writing: Writing,
    case: UUID,
    part: str,
    wrong: dict[str, str],
    problems: list[Problem],
) -> HttpResponse:
    page = part_page(request, writing, case, part, wrong, problems)
    amiss = wrong or problems
    return render(request, f"needs/{template_of(part)}.jinja", page, status=422 if amiss else 200)
