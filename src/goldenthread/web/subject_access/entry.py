"""One entry of a pack: what is pointed out in it, what of it is withheld, and whether it is in."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.subject_access.spans import Span, sentences
from goldenthread.domain.subject_access.vocabulary import Part, Standing
from goldenthread.usecases.subject_access.prepare_pack import (
    CannotPrepare,
    Place,
    choose_entry,
    redact,
    undo_redaction,
)
from goldenthread.usecases.subject_access.read_packs import (
    EntryToRead,
    SeenPack,
    read_entry_of_pack,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.subject_access.document import SAFE, mark_for
from goldenthread.web.subject_access.workspace import reason_in_words

TYPED = ("words", "reason", "why", "everywhere", "stands", "note")
AT = {"places": "place-1", "words": "words", "reason": "reason", "note": "note"}


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, case: UUID, pack: UUID, statement: UUID) -> HttpResponse:
    """Show one entry; sent, withhold the places that were chosen or whose words were given."""
    if request.method != "POST":
        return _page(request, case, pack, statement)
    given = request.POST
    try:
        number = redact(
            request.actor, case, pack, statement, id=_id(given.get("id", "")),
            places=_places(given.getlist("place")), words=given.get("words", ""),
            everywhere=given.get("everywhere") == "yes", reason=given.get("reason", ""),
            now=clock.now(),
        )  # fmt: skip
    except CannotPrepare as refused:
        return _page(request, case, pack, statement, refused, at="withhold")
    messages.success(request, f"{words.counted(number, 'place')} withheld." if number else
                     "They are withheld already.")  # fmt: skip
    return redirect("pack_entry", case=case, pack=pack, statement=statement)


@require_POST
def choose(request: HttpRequest, case: UUID, pack: UUID, statement: UUID) -> HttpResponse:
    """Decide whether the entry is in the pack."""
    given = request.POST
    try:
        if given.get("stands") not in ("in", "out"):
            raise CannotPrepare("stands", "Choose whether it is in the pack.")
        choose_entry(
            request.actor, case, pack, statement, is_in=given.get("stands") == "in",
            reason=given.get("why", ""), note=given.get("note", ""), now=clock.now(),
        )  # fmt: skip
    except CannotPrepare as refused:
        return _page(request, case, pack, statement, refused, at="choose")
    messages.success(request, "Decided.")
    return redirect("pack_entry", case=case, pack=pack, statement=statement)


@require_POST
def undo(request: HttpRequest, case: UUID, pack: UUID, redaction: UUID) -> HttpResponse:
    """Withhold a place no longer."""
    statement = undo_redaction(request.actor, case, pack, redaction, now=clock.now())
    messages.success(request, "It is withheld no longer.")
    return redirect("pack_entry", case=case, pack=pack, statement=statement)


def _page(
    request: HttpRequest, case: UUID, pack: UUID, statement: UUID,
    refused: CannotPrepare | None = None, at: str = "",
) -> HttpResponse:  # fmt: skip
    now = clock.now()
    read = read_entry_of_pack(request.actor, case, pack, statement, now=now)
    seen, entry = read.pack, read.entry
    order = [each.id for each in seen.entries]
    place = order.index(statement)
    problem = {"at": at, "part": refused.part, "text": refused.reason} if refused else None
    return render(
        request,
        "subject_access/entry.jinja",
        {
            "frame": family_frame(seen.family, current="subject_access", today=day_of(now)),
            "case": case, "pack": pack, "statement": statement,
            "problem": problem,
            "errors": [{"text": refused.reason, "href": _where(refused, at)}] if refused else [],
            "number": entry.number,
            "when": words.date_in_words(entry.said.happened),
            "kind": Kind.label_of(entry.said.kind),
            "agency": entry.agency.name,
            "standing": entry.standing, "is_in": entry.standing is Standing.IN,
            "why": reason_in_words(seen, entry),
            "note": entry.choice.note if entry.choice else "",
            "source_kept": entry.source_kept, "elsewhere": read.elsewhere,
            "parts": _parts(read),
            "pointed": _pointed(read),
            "withheld": _withheld(read),
            "reasons": [
                {"value": r.key, "text": r.label, "hint": f"{r.when} {r.source}."}
                for r in seen.rules.reasons.values()
            ],
            "typed": {name: request.POST.get(name, "") for name in TYPED},
            "chosen": set(request.POST.getlist("place")),
            "form_id": request.POST.get("id", "") or str(clock.new_id()),
            "before": _beside(seen, case, order, place - 1),
            "after": _beside(seen, case, order, place + 1),
            "made_by": made_by(seen.family, now=now),
        },
        status=422 if refused else 200,
    )  # fmt: skip


def _where(refused: CannotPrepare, at: str) -> str:
    if at == "choose":
        return "#stands" if refused.part in ("stands", "reason") else "#note"
    return f"#{AT[refused.part]}"


def _beside(seen: SeenPack, case: UUID, order: list[UUID], place: int) -> str:
    if not 0 <= place < len(order):
        return ""
    given = {"case": case, "pack": seen.row.id, "statement": order[place]}
    return reverse("pack_entry", kwargs=given)


def _parts(read: EntryToRead) -> list[dict[str, object]]:
    """Each part in sentences, each with its places: plain, pointed out, or withheld already."""
    return [
        {
            "head": part.label,
            "sentences": [
                {
                    "value": f"{part}:{span.begins}:{span.ends}",
                    "pieces": _pieces(read, part, text, span),
                }
                for span in sentences(text)
            ],
        }
        for part, text in read.entry.parts
    ]


def _pieces(read: EntryToRead, part: Part, text: str, within: Span) -> list[dict[str, str]]:
    """A sentence cut wherever anything begins or ends; what the reader may not have is a mark."""
    pointed = [one.span for one in read.pointed[str(part)]]
    unseen = read.pack.unseen_words(text)
    taken = [
        (Span(row.begins, row.ends), row.reason)
        for row in read.entry.redactions
        if row.part == part
    ]
    never = read.pack.address_words(text)
    marks = [*pointed, *unseen, *never, *(span for span, _ in taken)]
    cuts = sorted(
        {within.begins, within.ends}
        | {at for one in marks for at in (one.begins, one.ends) if within.begins < at < within.ends}
    )
    found: list[dict[str, str]] = []
    for begins, ends in pairwise(cuts):
        here = Span(begins, ends)
        codes = frozenset(code for span, code in taken if span.touches(here))
        if any(span.touches(here) for span in unseen):
            made = {"text": SAFE, "as": "never", "mark": ""}
        elif codes:
            mark = mark_for(codes, read.pack.rules)
            made = {"text": text[begins:ends], "as": "withheld", "mark": mark}
        elif any(span.touches(here) for span in never):
            made = {"text": text[begins:ends], "as": "safe", "mark": SAFE}
        else:
            touched = any(span.touches(here) for span in pointed)
            made = {"text": text[begins:ends], "as": "pointed" if touched else "", "mark": ""}
        if found and found[-1]["as"] == made["as"] == "never":
            continue
        found.append(made)
    return found


def _pointed(read: EntryToRead) -> list[dict[str, str]]:
    """What is pointed out and is not withheld, each once, to be ticked."""
    found = []
    for part, text in read.entry.parts:
        taken = [Span(row.begins, row.ends) for row in read.entry.redactions if row.part == part]
        hidden = [*taken, *read.pack.unseen_words(text)]
        for one in read.pointed[str(part)]:
            if not any(one.span.touches(other) for other in hidden):
                span = one.span
                found.append(
                    {
                        "value": f"{part}:{span.begins}:{span.ends}",
                        "text": text[span.begins : span.ends],
                        "why": f"{one.because}, in “{part.label.lower()}”",
                    }
                )
    return found


def _withheld(read: EntryToRead) -> list[dict[str, object]]:
    texts = dict(read.entry.parts)
    return [
        {
            "text": read.pack.protection.shown(texts[Part(row.part)][row.begins : row.ends]),
            "reason": read.pack.rules.reasons[row.reason].label,
            "href": reverse(
                "pack_undo",
                kwargs={
                    "case": read.pack.row.case, "pack": read.pack.row.id, "redaction": row.id,
                },
            ),
        }
        for row in read.entry.redactions
        if Part(row.part) in texts
    ]  # fmt: skip


def _places(given: list[str]) -> list[Place]:
    """The places sent; one that is no place is refused with the others."""
    found = []
    for one in given:
        part, _, span = one.partition(":")
        begins, _, ends = span.partition(":")
        is_place = all(n.isascii() and n.isdigit() and len(n) < 9 for n in (begins, ends))
        found.append(Place(part, int(begins), int(ends)) if is_place else Place("", 0, 0))
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return clock.new_id()
