"""Add or correct a relation in two steps: who and what, then when and who said so.

Answers the finding that nobody could see the adults around a child, nor who had said who they were.
Both steps are kept as a draft before they are looked at, and the entry's id follows from the
draft's: a second press, a second tab or going back records nothing twice.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.chronology.family_around import problems_with
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    DraftRow,
    NotFoundHere,
    discard_draft,
    entry_of_draft,
    keep_draft,
    open_draft,
)
from goldenthread.usecases.network.record_claims import CannotBeClaimed
from goldenthread.web.kit.clock import new_id, now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.network.amiss import amiss_with
from goldenthread.web.network.instead import Earlier, earlier_of, record_relation, starting_answers
from goldenthread.web.network.relation_form import RelationReading, read_relation
from goldenthread.web.network.relation_page import question_page
from goldenthread.web.network.surroundings import Surroundings, surroundings_of
from goldenthread.web.record.answers import Answers, answers_in, as_kept
from goldenthread.web.record.forms import Asked
from goldenthread.web.record.own_words import own_words_shown
from goldenthread.web.record.presenters import saved_words

# The two steps by their names in an address, and the name under which a draft keeps each.
STEPS = {"what": "relation", "when": "relation_when"}
FIRST, LAST = STEPS
# What can be mended on the last step; every other part is on the first.
ON_LAST = frozenset(
    {
        "began", "began_on", "lasts", "ended", "ended_on", "happened", "how_known", "reasoning",
        "informant_told", "informant_record", "known", "known_on", "reason",
    }
)  # fmt: skip
# What an address may say of a form that nobody has typed into yet.
BEGINS_WITH = ("person", "other", "kind", "instead")


@require_GET
def start(request: HttpRequest, case: UUID) -> HttpResponse:
    """Open a new form under a new draft id, with whoever it was opened for."""
    surroundings_of(request, case)
    given = {name: request.GET[name] for name in BEGINS_WITH if request.GET.get(name)}
    address = _address(case, new_id(), FIRST)
    return redirect(f"{address}?{urlencode(given)}" if given else address)


@require_http_methods(["GET", "POST"])
@own_words_shown
def one_step(request: HttpRequest, case: UUID, draft: UUID, step: str) -> HttpResponse:
    """Show one step, or keep what was sent and go on."""
    try:
        if request.method == "POST":
            return _sent(request, case, draft, step)
        kept = open_draft(request.actor, case, draft, now=now())
    except AlreadyRecorded:
        return _recorded(request, case, again=True)
    around = surroundings_of(request, case)
    problems: tuple[Problem, ...] = ()
    amiss: list[str] = []
    if kept is not None:
        reading, earlier = _read(request, around, draft, kept), _earlier(around, kept)
        problems = _on(step, _problems(reading)) if "check" in request.GET else ()
        instead = earlier.claim if earlier and earlier.is_correction else None
        amiss = amiss_with(around.network, reading.claim, instead) if step == LAST else []
    return _page(request, around, step, draft, kept, problems, amiss)


def _sent(request: HttpRequest, case: UUID, draft: UUID, step: str) -> HttpResponse:
    fields = {"form": "relation", STEPS[step]: as_kept(dict(request.POST.lists()))}
    kept = keep_draft(request.actor, case, draft, fields, now=now())
    go = request.POST.get("go", "")
    if go == "later":
        return redirect("network", case=case)
    if go == "back":
        return redirect("network_add", case=case, draft=draft, step=FIRST)
    around = surroundings_of(request, case)
    reading = _read(request, around, draft, kept)
    problems = _problems(reading)
    if _on(step, problems):
        return _mend(case, draft, step)
    if step == FIRST:
        return redirect("network_add", case=case, draft=draft, step=LAST)
    if problems:
        return _mend(case, draft, FIRST)
    return _record(request, around, draft, kept, reading)


def _record(
    request: HttpRequest,
    around: Surroundings,
    draft: UUID,
    kept: DraftRow,
    reading: RelationReading,
) -> HttpResponse:
    case = around.case
    try:
        record_relation(request.actor, around, _earlier(around, kept), reading, now=now())
    except CannotBeRecorded:  # the day turned while the form was open
        return _mend(case, draft, LAST)
    except NotFoundHere:
        raise
    except (CannotBeClaimed, Refusal) as refused:  # the family changed while the form was open
        messages.error(request, refused.reason)
        return redirect("network_add", case=case, draft=draft, step=FIRST)
    discard_draft(request.actor, draft, now=now())
    return _recorded(request, case, reading=reading)


def _recorded(
    request: HttpRequest, case: UUID, *, reading: RelationReading | None = None, again: bool = False
) -> HttpResponse:
    """Back to the network, on the day the relation began, with the panel of whom it is about."""
    if again:
        messages.success(request, "This is in the record already. Nothing was added twice.")
    else:
        messages.success(
            request, "Added to the record. It can be corrected, and never overwritten."
        )
    address = reverse("network", kwargs={"case": case})
    if reading is None:
        return redirect(address)
    given = {"person": str(reading.claim.person)}
    began = reading.claim.happened.from_min
    if began is not None and began < today():
        given["at"] = began.isoformat()
    return redirect(f"{address}?{urlencode(given)}#side")


def _read(
    request: HttpRequest, around: Surroundings, draft: UUID, kept: DraftRow
) -> RelationReading:
    what, when = (answers_in(kept.fields, name) for name in STEPS.values())
    asked = Asked(request.actor, around.around, entry_of_draft(request.actor, draft), today())
    return read_relation(
        what, when, asked, around.known, needs_reason=_earlier(around, kept) is not None
    )


def _earlier(around: Surroundings, kept: DraftRow | None) -> Earlier | None:
    """The claim that this one is said instead of, where the form was opened to put it right."""
    what = answers_in(kept.fields, STEPS[FIRST]) if kept else Answers()
    return earlier_of(around, what.one("instead"))


def _problems(reading: RelationReading) -> tuple[Problem, ...]:
    """The form's own problems first, then the domain's about parts that could be read."""
    found = list(reading.problems)
    parts = {problem.part for problem in found}
    for problem in problems_with(reading.proposed, now=now()):
        # Whom it is about is asked by name, and said where it is missing.
        part = {"happened": "began_on"}.get(problem.part, problem.part)
        if part not in parts and part != "people":
            parts.add(part)
            found.append(Problem(part, problem.sentence))
    return tuple(found)


def _on(step: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(p for p in problems if (p.part in ON_LAST) == (step == LAST))


def _mend(case: UUID, draft: UUID, step: str) -> HttpResponse:
    """Show a step with what is amiss on it, by a redirect: Back and Reload then stay safe."""
    return redirect(f"{_address(case, draft, step)}?check=1")


def _address(case: UUID, draft: UUID, step: str) -> str:
    return reverse("network_add", kwargs={"case": case, "draft": draft, "step": step})


def _page(
    request: HttpRequest,
    around: Surroundings,
    step: str,
    draft: UUID,
    kept: DraftRow | None,
    problems: tuple[Problem, ...],
    amiss: list[str],
) -> HttpResponse:
    day = today()
    fields = kept.fields if kept else {}
    what = answers_in(fields, STEPS[FIRST])
    if not what:
        what = starting_answers(around, request.GET)
    earlier = earlier_of(around, what.one("instead"))
    answers = what if step == FIRST else answers_in(fields, STEPS[LAST])
    if step == LAST and not answers and earlier is not None:
        answers = earlier.period_answers
    page: dict[str, object] = {
        **question_page(around, what, answers, problems, day),
        "frame": family_frame(around.around.family, current="network", today=day, can_add=False),
        "case": around.case,
        "draft": draft,
        "step": step,
        "earlier": earlier,
        "amiss": amiss,
        "saved": saved_words(kept, day),
    }
    return render(request, f"network/add_{step}.jinja", page)
