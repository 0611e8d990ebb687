"""For whom a document is, why one is held, and the named manager's decision.

The card that holds a document has no field on it: it says why and whom to ring. Deciding is a page
of its own.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.domain.addresses.outgoing import FOR_THEM
from goldenthread.domain.addresses.output_kinds import OUTPUTS, OutputKind, kind_at
from goldenthread.domain.addresses.vocabulary import AddressPart
from goldenthread.usecases.addresses.send_document import (
    CannotSend,
    HeldDocument,
    Recipient,
    ask_for_whom,
    decide_document,
    read_held,
    read_whom_to_send,
)
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.addresses.place import LONGEST, opened_by, place_of, without_answer
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import instant_in_words, listed

LABELS = {kind.key: kind.label for kind in OUTPUTS}


# Files of one page that stand beside one another: whoever asks for one may take another instead.
SIDE_BY_SIDE = (
    (
        ("history_pdf", "PDF to print or send"),
        ("history_xlsx", "Excel spreadsheet"),
        ("history_csv", "CSV file"),
    ),
    (
        ("network_pdf", "PDF"),
        ("network_svg", "SVG picture"),
        ("network_png", "PNG picture"),
        ("network_csv", "CSV of relations"),
        ("network_gedcom", "GEDCOM"),
    ),
)


def for_whom_page(
    request: HttpRequest, case: UUID, kind: OutputKind, *, again: bool = False
) -> HttpResponse:
    """Ask for whom a document is, at the document's own address."""
    return _ask_page(request, case, kind, place_of(request), again=again)


@require_POST
def document_for(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take the answer, and go on to the document."""
    place = request.POST.get("of", "")
    kind = _kind_of(place, case)
    chosen = request.POST.getlist("to")
    words = " ".join(request.POST.get("words", "").split())
    try:
        recipients = [_recipient(one) for one in chosen]
        id = UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404 from None
    if words:
        recipients.append(Recipient(words=words))
    try:
        ask_for_whom(
            request.actor, case, id, kind=kind.key, place=place, recipients=recipients,
            now=clock.now(),
        )  # fmt: skip
    except CannotSend as refused:
        return _ask_page(
            request, case, kind, place, wrong={refused.part: refused.reason}, chosen=chosen,
            words=words,
        )  # fmt: skip
    return redirect("document_ready", case=case, ask=id)


@require_GET
def document_held(request: HttpRequest, case: UUID, ask: UUID) -> HttpResponse:
    """The interruption card: why a document is held, and who decides; or what was decided."""
    now = clock.now()
    held = read_held(request.actor, case, now=now, ask=ask)[0]
    page = {
        **_held(held),
        "frame": family_frame(held.family, current="addresses", today=clock.today()),
        "case": case,
        "back_link": {"text": "Addresses", "href": reverse("addresses", kwargs={"case": case})},
    }
    return render(request, "addresses/held.jinja", page)


@require_http_methods(["GET", "POST"])
def document_decide(request: HttpRequest, case: UUID, ask: UUID) -> HttpResponse:
    """Decide whether a held document leaves."""
    now = clock.now()
    held = read_held(request.actor, case, now=now, ask=ask)[0]
    if not held.may_decide:
        raise Http404
    wrong, reason, leaves = {}, request.POST.get("reason", ""), request.POST.get("leaves", "")
    if request.method == "POST":
        try:
            if leaves not in ("yes", "no"):
                raise CannotSend("leaves", "Choose whether it leaves.")
            decide_document(
                request.actor, case, ask, releases=leaves == "yes", reason=reason,
                shown=step_shown(request), now=now,
            )  # fmt: skip
            messages.success(request, "Decided. Whoever asked for it sees what you decided.")
            return redirect("document_held", case=case, ask=ask)
        except CannotSend as refused:
            wrong = {refused.part: refused.reason}
    page = {
        **_held(held),
        "frame": family_frame(held.family, current="addresses", today=clock.today()),
        "case": case,
        "wrong": wrong,
        "reason": reason,
        "leaves": leaves,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        "back_link": {
            "text": "The held document",
            "href": reverse("document_held", kwargs={"case": case, "ask": ask}),
        },
    }
    return render(request, "addresses/decide.jinja", page, status=422 if wrong else 200)


def held_lines(held: HeldDocument, case: UUID) -> dict[str, str]:
    """One held document as the page of addresses lists it."""
    decided = {None: "Waits for a decision", True: "It may leave", False: "It does not leave"}
    return {
        "what": LABELS.get(held.ask.kind, held.ask.kind),
        "for": listed(held.recipients),
        "by": held.sender.name,
        "when": instant_in_words(held.ask.asked_at),
        "state": decided[held.ask.releases],
        "href": reverse("document_held", kwargs={"case": case, "ask": held.ask.id}),
    }


def _held(held: HeldDocument) -> dict[str, object]:
    """What the card and the page of the decision both say."""
    decided = held.ask.decided_at is not None
    return {
        "what": LABELS.get(held.ask.kind, held.ask.kind),
        "recipients": listed(held.recipients),
        "sender": f"{held.sender.name}, {held.sender.agency_name}",
        "when": instant_in_words(held.ask.asked_at),
        "why": _why(held),
        "deciders": [
            {"name": f"{one.name}, {one.agency_name}", "phone": one.phone} for one in held.deciders
        ],
        "may_decide": held.may_decide and not decided,
        "is_mine": held.is_mine,
        "is_decided": decided,
        "leaves": bool(held.ask.releases),
        "reason": held.ask.reason,
        "decided": instant_in_words(held.ask.decided_at) if held.ask.decided_at else "",
        "take": opened_by(held.ask.place, held.ask.id) if held.ask.releases else "",
        "ask": held.ask.id,
    }


def _why(held: HeldDocument) -> list[str]:
    """Each reason once, without a word of the address: whose it is, which part, and where."""
    found: dict[str, set[str]] = {}
    for hit in held.ask.hits:
        whose = held.whose.get(hit.address) or "somebody of this family"
        if hit.part == FOR_THEM:
            what = f"It is for somebody whom the address of {whose} must not reach, or who acts for"
            found[f"{what} them"] = set()
            continue
        part = AddressPart.label_of(hit.part)
        what = f"{part[:1].upper()}{part[1:]} of {whose} stands in it"
        found.setdefault(what, set()).add(hit.where)
    return [
        f"{what}{f', in {listed(sorted(where))}' if where else ''}."
        for what, where in found.items()
    ]


def _kind_of(place: str, case: UUID) -> OutputKind:
    """The document of this family that is made at an address of ours, or no page at all."""
    path, _, query = place.partition("?")
    if len(place) > LONGEST or not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        raise Http404
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    asked = without_answer(QueryDict(query))
    kind = kind_at(match.url_name or "", asked.dict())
    if kind is None or match.kwargs.get("case") != case:
        raise Http404
    return kind


def _forms(place: str, case: UUID) -> list[dict[str, object]]:
    """The files that stand beside the one at `place`, each at its own address; none for most."""
    path, mark, query = place.partition("?")
    name = resolve(path).url_name
    group = next((one for one in SIDE_BY_SIDE if name in dict(one)), ())
    return [
        {
            "value": f"{reverse(form, kwargs={'case': case})}{mark}{query}",
            "text": text,
            "checked": form == name,
        }
        for form, text in group
    ]


def _recipient(chosen: str) -> Recipient:
    sort, _, id = chosen.partition(":")
    if sort not in ("person", "practitioner"):
        raise ValueError(sort)
    return Recipient(**{sort: UUID(id)})


def _ask_page(
    request: HttpRequest, case: UUID, kind: OutputKind, place: str, *, again: bool = False,
    wrong: dict[str, str] | None = None, chosen: list[str] | None = None, words: str = "",
) -> HttpResponse:  # fmt: skip
    shown = read_whom_to_send(request.actor, case, now=clock.now())
    family, ticked = shown.family, set(chosen or ())
    reader = family.reader
    team = {reader.id: f"Myself ({reader.name})"}
    for member in family.team:
        team.setdefault(member.practitioner, f"{member.name}, {member.agency_name}")
    keeps_an_address = request.protection.is_known_of
    place_in_menu = "addresses" if keeps_an_address else ""
    page = {
        "frame": family_frame(family, current=place_in_menu, today=clock.today()),
        "case": case,
        "what": kind.label,
        "of": place,
        "forms": _forms(place, case),
        "keeps_an_address": keeps_an_address,
        "id": request.POST.get("id") or str(clock.new_id()),
        "people": [
            {"value": f"person:{m.person}", "text": m.name, "about": m.role,
             "checked": f"person:{m.person}" in ticked}
            for m in family.members if m.is_identified
        ],
        "team": [
            {"value": f"practitioner:{id}", "text": name,
             "checked": f"practitioner:{id}" in ticked}
            for id, name in team.items()
        ],
        "words": words,
        "again": again,
        "wrong": wrong or {},
        "errors": [{"text": text, "href": f"#{'words' if part == 'words' else 'to-team'}"}
                   for part, text in (wrong or {}).items()],
    }  # fmt: skip
    return render(request, "addresses/for_whom.jinja", page, status=422 if wrong else 200)
