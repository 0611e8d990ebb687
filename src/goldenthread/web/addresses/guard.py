"""The guard of everything that leaves: one middleware that every page and every file goes through.

Built in here, and not in the pages, so that a page or a file that is added later passes the same
check. An output of a family that is neither a page nor in the register does not leave.

Every document is for somebody: for whoever takes it, where nobody has said. For others it is made
by an actor who says whom they give to, so that everything read for it is narrowed where it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.recipient import others
from goldenthread.domain.addresses.output_kinds import (
    MACHINE_ANSWERS,
    Check,
    Others,
    OutputKind,
    kind_at,
)
from goldenthread.usecases.addresses import send_document
from goldenthread.usecases.addresses.document_text import CannotBeRead, Within, texts_of
from goldenthread.usecases.addresses.made_for import NotForThem, whom_it_is_for
from goldenthread.usecases.addresses.protecting import (
    AddressKeyMissing,
    AddressNotAsKept,
    Protection,
    protection_for,
)
from goldenthread.usecases.addresses.send_document import Leaves, NotFoundHere, Recipient
from goldenthread.web.account.acting import keep_refused, not_found
from goldenthread.web.addresses import pointing_out
from goldenthread.web.addresses.documents import for_whom_page
from goldenthread.web.addresses.own_words import typed_by
from goldenthread.web.addresses.place import FOR, SOMEBODY_ELSE, place_of, without_answer
from goldenthread.web.addresses.ready import not_for_them_page
from goldenthread.web.addresses.withholding import guarded_page, style_sheet
from goldenthread.web.kit import clock

# What is about somebody's own account alone: passwords are typed here, and nothing is read back
# that anybody recorded. Every other page is guarded, of one family or of many, whoever adds it.
OF_ONES_OWN_ACCOUNT = "account/"
OWN_PAGES = ("address", "document_")
XHTML = "text/html"


class OutgoingGuard:
    """Middleware: asks for whom a document is, looks through it, and withholds words on pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.protection = None
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or getattr(request, "actor", None) is None:
            return response
        return _or_not_there(request, partial(self._after, request, match, response)) or response

    def _after(
        self, request: HttpRequest, match: ResolverMatch, response: HttpResponse
    ) -> HttpResponse:
        if not _is_page(response):
            return self._looked_through(request, match, response)
        kind = _kind(request, match)
        leaves = request.protection or getattr(request, "outgoing", None)
        if kind is not None and response.status_code == 200 and leaves:
            return self._looked_through(request, match, response)
        return _guarded(request, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Before a page or document is made: what protects it, for whom it is, what was typed."""
        match, actor = request.resolver_match, getattr(request, "actor", None)
        if match is None or actor is None or not is_guarded(match):
            return None
        return _or_not_there(request, partial(self._before, request, match, actor))

    def _before(
        self, request: HttpRequest, match: ResolverMatch, actor: Actor
    ) -> HttpResponse | None:
        try:
            protection = protection_for(actor, match.kwargs.get("case"), now=clock.now())
        except (AddressKeyMissing, AddressNotAsKept) as fault:
            page = {"reason": fault.reason}
            return render(request, "addresses/no_key.jinja", page, status=503)
        request.protection, request.asker = protection, actor
        request.outgoing = None
        kind = _kind(request, match)
        if kind is not None and request.method == "GET":
            return self._asked(request, match, kind)
        if request.method == "POST" and protection.known and _keeps_words(match):
            return pointing_out.before_it_is_kept(request, match, protection)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that a document is not made for those it was asked for."""
        if isinstance(error, NotForThem) and request.outgoing is not None:
            case, request.actor = request.resolver_match.kwargs["case"], request.asker
            return not_for_them_page(request, case, request.outgoing, error.reason)
        return None

    def _asked(
        self, request: HttpRequest, match: ResolverMatch, kind: OutputKind
    ) -> HttpResponse | None:
        """Ask for whom the document is, unless that was said, or its address names somebody."""
        if kind.check is Check.NAMED:
            if request.protection.is_known_of:
                request.outgoing = _named(request, match, kind)
            return None
        if kind.check is not Check.FOR_WHOM:
            return None
        answer = request.GET.get(FOR, "")
        request.GET = without_answer(request.GET)
        if answer == SOMEBODY_ELSE or (not answer and request.protection.is_known_of):
            return for_whom_page(request, match.kwargs["case"], kind)
        if not answer:
            request.actor = _giving_to(request, Recipient(practitioner=request.actor.practitioner))
            return None
        return self._for(request, match, kind, answer)

    def _for(
        self, request: HttpRequest, match: ResolverMatch, kind: OutputKind, answer: str
    ) -> HttpResponse | None:
        """Let the document be made for those whom an answer names."""
        try:
            ask = UUID(answer)
        except ValueError:
            return redirect(place_of(request))
        case, now = match.kwargs["case"], clock.now()
        recipients = whom_it_is_for(
            request.actor, case, ask, kind=kind.key, place=place_of(request), now=now
        )
        if recipients is None:
            return for_whom_page(request, case, kind, again=True)
        giving = _giving_to(request, *recipients)
        if others(recipients, giving.practitioner) and kind.others is Others.NEVER:
            return not_for_them_page(request, case, ask)
        request.outgoing, request.actor = ask, giving
        return None

    def _looked_through(
        self, request: HttpRequest, match: ResolverMatch, response: HttpResponse
    ) -> HttpResponse:
        """A document looked through, part by part, before it leaves."""
        protection, kind = request.protection, _kind(request, match)
        name = match.url_name or ""
        if name in MACHINE_ANSWERS or response.status_code != 200:
            return _guarded(request, response) if _is_page(response) else response
        if kind is None:
            return response if "case" not in match.kwargs else _not_registered(request)
        outgoing = getattr(request, "outgoing", None)
        if not protection and outgoing is None:
            return response
        try:
            texts = list(_texts(request, match, response, kind)) if protection else []
        except CannotBeRead:
            return _not_registered(request)
        if any(protection.holds_unseen(one.text) for one in texts):
            return _without(request, response, protection)
        if outgoing is None:
            return _guarded(request, response) if _is_page(response) else response
        return _leaving(request, match, kind, texts, response)


def _giving_to(request: HttpRequest, *recipients: Recipient) -> Actor:
    return replace(request.actor, gives_to=recipients)


def is_guarded(match: ResolverMatch) -> bool:
    """Whether words of a safe address are looked for in what an address shows and is sent."""
    return not match.route.startswith(OF_ONES_OWN_ACCOUNT)


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", XHTML).startswith(XHTML)


def _keeps_words(match: ResolverMatch) -> bool:
    name = match.url_name or ""
    return name not in MACHINE_ANSWERS and not name.startswith(OWN_PAGES)


def _kind(request: HttpRequest, match: ResolverMatch) -> OutputKind | None:
    return kind_at(match.url_name or "", request.GET.dict())


def _guarded(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page without the words its reader may not have."""
    protection: Protection | None = getattr(request, "protection", None)
    if not protection or response.streaming or not _is_page(response):
        return response
    if not (protection.unseen or protection.known):
        return response
    page = response.content.decode(response.charset)
    made = guarded_page(page, protection, typed_by(request), style_sheet())
    if made != page:
        response.content = made.encode(response.charset)
    return response


def _texts(
    request: HttpRequest, match: ResolverMatch, response: HttpResponse, kind: OutputKind
) -> Iterator[Within]:
    """Every text of the document, its name among them; a picture's from the same as text."""
    yield Within("its name", response.headers.get("Content-Disposition", ""))
    yield from texts_of(response.content, response.headers.get("Content-Type", ""))
    if kind.read_as:
        asked = {**match.kwargs, "form": kind.read_as}
        read = match.func(request, **asked)
        if read.status_code != 200:
            raise CannotBeRead("The drawing could not be read as text.")
        yield from texts_of(read.content, read.headers.get("Content-Type", ""))


def _without(request: HttpRequest, response: HttpResponse, protection: Protection) -> HttpResponse:
    """What a reader is given of a document with words that they may not have."""
    if _is_page(response):
        return _guarded(request, response)
    kind = response.headers.get("Content-Type", "")
    if kind.startswith(("text/", "image/svg")):
        text = response.content.decode("utf-8")
        if kind.startswith("image/svg"):
            text = guarded_page(text, protection, lambda _words: False, "")
        response.content = protection.shown(text).encode("utf-8")
        return response
    return render(request, "addresses/not_made.jinja", {"back": request.path}, status=409)


def _not_registered(request: HttpRequest) -> HttpResponse:
    return render(request, "addresses/not_registered.jinja", status=500)


def _named(request: HttpRequest, match: ResolverMatch, kind: OutputKind) -> UUID:
    """The answer of a document whose address names whom it is for: one a day, for each reader."""
    case, now = match.kwargs["case"], clock.now()
    sort, who = match.kwargs["sort"], match.kwargs["who"]
    whom = Recipient(**{"person" if sort == "person" else "practitioner": who})
    place = place_of(request)
    id = uuid5(case, f"{place}:{request.actor.account}:{now:%Y-%m-%dT%H}")
    # Whom it is for may not be there for this reader: the page itself answers that.
    with suppress(NotFoundHere, send_document.CannotSend):
        send_document.ask_for_whom(
            request.actor, case, id, kind=kind.key, place=place, recipients=[whom], now=now
        )
    return id


def _or_not_there(
    request: HttpRequest, ask: Callable[[], HttpResponse | None]
) -> HttpResponse | None:
    """What this answers; for what may not be seen, the answer for what never was."""
    try:
        return ask()
    except NotFoundHere as refused:
        keep_refused(request, refused)
        return not_found(request, refused)


def _leaving(
    request: HttpRequest, match: ResolverMatch, kind: OutputKind, texts: list[Within],
    response: HttpResponse,
) -> HttpResponse:  # fmt: skip
    case, ask, request.actor = match.kwargs["case"], request.outgoing, request.asker
    answer = send_document.check_document(
        request.actor, case, ask, kind=kind.key, place=place_of(request), texts=texts,
        protection=request.protection, now=clock.now(),
    )  # fmt: skip
    if answer is Leaves.YES:
        return response
    if answer is Leaves.ASK:
        return for_whom_page(request, case, kind, again=True)
    return redirect("document_held", case=case, ask=ask)
