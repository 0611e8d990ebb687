"""After saving: what was saved, who has been told, and who still does not know."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.usecases.chronology.keep_draft import NotFoundHere, entry_of_draft
from goldenthread.usecases.chronology.read_history import Sought, read_history
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.usecases.needs.was_it_used import needs_at_contact
from goldenthread.usecases.risk.what_changed import what_changed
from goldenthread.web.kit.clock import now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.record.changed import changed_words
from goldenthread.web.record.presenters import clock_words, entry_card, who_knows
from goldenthread.web.record.wording import ANSWERS


def read_entries(request: HttpRequest, case: UUID, *wanted: UUID) -> History:
    """These entries of a family, as far as the reader may see them. Raises NotFoundHere."""
    at = now()
    return read_history(
        request.actor, case, Viewpoint(at), now=at, sought=Sought(only=frozenset(wanted))
    )


def read_one(request: HttpRequest, case: UUID, statement: UUID) -> tuple[History, ShownEntry]:
    """One entry with the family around it. Raises NotFoundHere."""
    history = read_entries(request, case, statement)
    if not history.entries:
        raise NotFoundHere("There is no such entry in what you can read.")
    return history, history.entries[0]


@require_GET
def saved_entry(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """The page after a new entry; before there is one, the form it comes from."""
    history = read_entries(request, case, entry_of_draft(request.actor, draft))
    if not history.entries:
        return redirect("add_screen", case=case, draft=draft, screen="who")
    return _page(request, history, history.entries[0])


@require_GET
def saved_answer(request: HttpRequest, case: UUID, statement: UUID, draft: UUID) -> HttpResponse:
    """The page after an answer, with every agency that knew the earlier entry and not this one."""
    history = read_entries(request, case, statement, entry_of_draft(request.actor, draft))
    by_id = {entry.id: entry for entry in history.entries}
    answer, earlier = by_id.get(entry_of_draft(request.actor, draft)), by_id.get(statement)
    if answer is None or earlier is None:
        raise NotFoundHere("There is no such entry in what you can read.")
    kind = next((kind for kind, source in earlier.answers if source == answer.id), None)
    know = {knower.agency for knower in answer.knowers}
    debt = [k.name for k in earlier.knowers if k.agency not in know]
    done = ANSWERS[LinkKind(kind)]["done"] if kind else ""
    return _page(request, history, answer, earlier=earlier, done=done, debt=debt)


def _page(
    request: HttpRequest,
    history: History,
    entry: ShownEntry,
    *,
    earlier: ShownEntry | None = None,
    done: str = "",
    debt: list[str] | None = None,
) -> HttpResponse:
    recorded_at = entry.statement.recorded_at
    assert recorded_at is not None
    case = history.family.case.id
    changed = what_changed(request.actor, case, entry.id, now=now())
    page = {
        "frame": family_frame(history, current="add_entry", today=today()),
        "case": case,
        "changed": changed_words(changed, case),
        "entry": entry.id,
        "earlier": earlier.id if earlier else None,
        "done": done,
        "debt": debt or [],
        "again": "again" in request.GET,
        "used": needs_at_contact(request.actor, case, entry.id, now=now()) is not None,
        "time": clock_words(recorded_at),
        "card": entry_card(entry),
        "knows": who_knows(history, entry),
    }
    return render(request, "record/saved.jinja", page)
