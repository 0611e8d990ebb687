"""Write a cumulative summary: headings with their entries from the facts, words from the writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Concern
from goldenthread.domain.risk.summary import LONGEST, Heading, chosen_beforehand, listed_under
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.read_picture import Picture, read_picture
from goldenthread.usecases.risk.write_summary import (
    AlreadyFinished,
    EntriesNotKnown,
    Finished,
    NotFoundHere,
    finish_summary,
    keep_summary_draft,
    open_summary_draft,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import counted
from goldenthread.web.picture.asked import Asked
from goldenthread.web.picture.counts import when_of
from goldenthread.web.picture.questions import Question, questions_of
from goldenthread.web.picture.scene import Scene, beginning
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import clock_words

LONGEST_WORDS = 110
# What each heading asks of its writer.
HINTS = {
    Heading.HARM: "What happened to the child, under which concern, and how it went on.",
    Heading.BUILDING: "What adds up, and from whose facts. The questions open today stand below.",
    Heading.HOLDS: "Who and what keeps the child well, and whether it can be relied on.",
    Heading.NOT_KNOWN: "What nobody has seen, asked or been told; and who could find out.",
    Heading.ADULTS: "What each adult needs for themselves, and how it bears on their care.",
    Heading.DECIDED: "What was decided, on what, and whether it held.",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry to look at or to rest on, in a line."""

    id: str
    href: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the form, with the entries and questions that belong under it."""

    name: str
    title: str
    hint: str
    words: str
    error: str
    groups: tuple[tuple[str, tuple[Listed, ...]], ...]
    count: str
    questions: tuple[str, ...]
    notes: tuple[str, ...]


@require_GET
def start(request: HttpRequest, case: UUID) -> HttpResponse:
    """Begin a version under a new id, or carry on with one's own draft."""
    found = read_picture(request.actor, case, Viewpoint(clock.now()), now=clock.now())
    if not found.may_write:
        raise NotFoundHere("Only a member of the team around this family can write its summary.")
    return redirect("summary_write", case=case, draft=found.draft or clock.new_id())


@require_http_methods(["GET", "POST"])
@own_words_shown
def write(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Show the form with what was typed so far, or finish the version."""
    now = clock.now()
    try:
        row = open_summary_draft(request.actor, case, draft, now=now)
    except AlreadyFinished as done:
        return redirect("summary", case=case, summary=done.summary)
    kept = answers_in(row.fields, "summary") if row else Answers()
    if request.method == "GET":
        return _page(request, case, draft, kept, {}, saved=clock_words(row.saved_at) if row else "")
    typed = Answers(as_kept(dict(request.POST.lists())))
    keep_summary_draft(request.actor, case, draft, as_kept(dict(request.POST.lists())), now=now)
    if request.POST.get("go") == "later":
        messages.success(request, "Your draft is kept. Only you can read it.")
        return redirect(reverse("picture", kwargs={"case": case}) + "#summary")
    try:
        done = _finished(request, case, draft, typed)
    except Refusal as refused:
        part = "rests" if isinstance(refused, EntriesNotKnown) else str(Heading.HARM)
        return _page(request, case, draft, typed, {part: refused.reason})
    for one in done.not_given:
        messages.error(request, one.reason)
    messages.success(request, "The version is finished and in the record. It will not change.")
    return redirect("summary", case=case, summary=done.id)


@require_POST
def save(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Keep what was typed so far, valid or not; called by the page as somebody types."""
    typed = as_kept(dict(request.POST.lists()))
    try:
        row = keep_summary_draft(request.actor, case, draft, typed, now=clock.now())
    except AlreadyFinished:
        return JsonResponse({"problem": "This summary is finished already."}, status=409)
    return JsonResponse({"saved": clock_words(row.saved_at)})


def _finished(request: HttpRequest, case: UUID, draft: UUID, typed: Answers) -> Finished:
    return finish_summary(
        request.actor,
        case,
        draft,
        words={str(heading): typed.one(str(heading)) for heading in Heading},
        entries=ids_in(typed.many("entry")),
        give_to=ids_in(typed.many("give")),
        now=clock.now(),
    )


def ids_in(values: list[str]) -> list[UUID]:
    """The values that are ids. Raises EntriesNotKnown for any other: it is nobody's entry."""
    try:
        return [UUID(value) for value in values]
    except ValueError as error:
        raise EntriesNotKnown("One of these is not an entry you can read. Choose again.") from error


def _page(
    request: HttpRequest,
    case: UUID,
    draft: UUID,
    typed: Answers,
    wrong: dict[str, str],
    saved: str = "",
) -> HttpResponse:
    now = clock.now()
    viewpoint, today = Viewpoint(now), day_of(now)
    history = read_history(request.actor, case, viewpoint, now=now)
    found = read_picture(request.actor, case, viewpoint, now=now)
    scene = Scene(history, Asked(viewpoint, today, today), _entry_at(case))
    questions = questions_of(
        found.asked, scene, entry_at=_entry_at(case), show_at=lambda key: "", answer_at=None
    )
    building = {id for one in found.asked.open for id in one.because}
    holding = {id for one in found.asked.strengths for id in one.because}
    under = listed_under((p.entry.statement for p in scene.placed), building, holding)
    before = chosen_beforehand(under, holding)
    chosen = set(typed.many("entry")) if typed else {str(id) for id in before}
    at = {"case": case, "draft": draft}
    page = {
        "frame": family_frame(history, current="picture", today=today),
        "parts": _parts(scene, under, typed, wrong, questions.open, found.open_gaps),
        "rests": [_listed(scene, one.entry.id, chosen) for one in scene.placed],
        "chosen": counted(len(chosen), "entry", "entries"),
        "rests_error": wrong.get("rests", ""),
        "agencies": _agencies(history, found, typed),
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        "longest": LONGEST,
        "saved": f"Saved {saved}" if saved else "",
        "here": reverse("summary_write", kwargs=at),
        "save_at": reverse("summary_save", kwargs=at),
        "back_link": {"text": "Picture", "href": reverse("picture", kwargs={"case": case})},
    }
    return render(request, "picture/write.jinja", page, status=422 if wrong else 200)


def _parts(
    scene: Scene,
    under: Mapping[Heading, tuple[UUID, ...]],
    typed: Answers,
    wrong: dict[str, str],
    questions: tuple[Question, ...],
    gaps: int,
) -> tuple[Part, ...]:
    return tuple(
        Part(
            name=str(heading),
            title=heading.label,
            hint=HINTS[heading],
            words=typed.one(str(heading)),
            error=wrong.get(str(heading), ""),
            groups=tuple(_groups(scene, heading, under[heading])),
            count=counted(len(under[heading]), "entry", "entries"),
            questions=tuple(q.text for q in questions) if heading is Heading.BUILDING else (),
            notes=tuple(_not_known(scene, gaps)) if heading is Heading.NOT_KNOWN else (),
        )
        for heading in Heading
    )


def _groups(
    scene: Scene, heading: Heading, ids: tuple[UUID, ...]
) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    """The entries of one heading; harm by concern, in the order of the vocabulary."""
    if heading is not Heading.HARM:
        yield "", tuple(_listed(scene, id, set()) for id in ids)
        return
    for concern in Concern:
        own = [id for id in ids if concern in scene.by_id[id].entry.statement.concerns]
        if own and concern not in (Concern.NONE, Concern.STRENGTH):
            yield concern.label, tuple(_listed(scene, id, set()) for id in own)


def _not_known(scene: Scene, gaps: int) -> Iterator[str]:
    if gaps:
        are = "is" if gaps == 1 else "are"
        number = counted(gaps, "question", "questions")
        yield f"{number} about who is around the children {are} open."
    held = len(scene.history.masked)
    if held:
        are = "is" if held == 1 else "are"
        yield f"{counted(held, 'entry', 'entries')} {are} {scene.history.kept_by}."


def _listed(scene: Scene, id: UUID, chosen: set[str]) -> Listed:
    one = scene.by_id[id]
    words = f"{when_of(one)}, {one.entry.agency.name}: {beginning(one.entry, LONGEST_WORDS)}"
    return Listed(str(id), scene.address_of(id), words, str(id) in chosen)


def _agencies(history: History, found: Picture, typed: Answers) -> list[dict[str, object]]:
    """The agencies of the team that a version can be given to; none is ticked beforehand."""
    own = None if found.asked.scope is None else history.family.reader.agency
    names = {one.agency: one.agency_name for one in history.family.team if one.agency != own}
    ticked = set(typed.many("give"))
    return [
        {"value": str(id), "text": name, "checked": str(id) in ticked}
        for id, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _entry_at(case: UUID):
    nobody = UUID(int=0)
    before, after = reverse("entry", kwargs={"case": case, "statement": nobody}).split(str(nobody))
    return lambda statement: f"{before}{statement}{after}"
