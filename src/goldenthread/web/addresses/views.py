"""A family's addresses: what is kept, without its words; one shown by a click; one given on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.addresses.vocabulary import AddressChange, KeptFromSort
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.usecases.addresses.give_address import (
    CannotGiveAddress,
    NotFoundHere,
    Revealed,
    reveal_address,
    tell_address,
)
from goldenthread.usecases.addresses.read_addresses import (
    AddressesShown,
    ShownAddress,
    addresses_noted,
    read_addresses,
)
from goldenthread.usecases.addresses.send_document import read_held
from goldenthread.web.addresses.documents import held_lines
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by

WITHHELD = "Address withheld"


@require_GET
def addresses(request: HttpRequest, case: UUID) -> HttpResponse:
    """Every address the reader may know of; the documents that are held; a way to keep one."""
    now = clock.now()
    shown = read_addresses(request.actor, case, now=now)
    held = read_held(request.actor, case, now=now)
    rows = [line_of(one, shown, case) for one in shown.addresses]
    page = {
        "frame": family_frame(shown.family, current="addresses", today=clock.today()),
        "case": case,
        "now": [one for one in rows if not one["was"]],
        "before": [one for one in rows if one["was"]],
        "held": [held_lines(one, case) for one in held],
        "made_by": made_by(shown.family, now=now),
    }
    return render(request, "addresses/addresses.jinja", page)


@require_http_methods(["GET", "POST"])
@sensitive_variables()
def show(request: HttpRequest, case: UUID, address: UUID) -> HttpResponse:
    """Ask what the address is wanted for; then show it, this once."""
    now = clock.now()
    reason, wrong, revealed = request.POST.get("reason", ""), {}, None
    if request.method == "POST":
        try:
            revealed = reveal_address(request.actor, case, address, reason, now=now)
        except CannotGiveAddress as refused:
            wrong = {refused.part: refused.reason}
    shown = read_addresses(request.actor, case, now=now)
    page = {
        **_page_of(shown, one_of(shown, address), case),
        "reason": reason,
        "revealed": _words_of(revealed) if revealed else None,
        "wrong": wrong,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
    }
    return render(request, "addresses/show.jinja", page, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("reason")
def tell(request: HttpRequest, case: UUID, address: UUID) -> HttpResponse:
    """Note to which agency, or to whom there, the address was given."""
    now = clock.now()
    shown = read_addresses(request.actor, case, now=now)
    one = one_of(shown, address)
    typed = {name: request.POST.get(name, "") for name in ("to", "person", "reason")}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            tell_address(
                request.actor, case, _id(request.POST.get("id", "")), address=address,
                agency=_id(typed["to"]),
                practitioner=_id(typed["person"]) if typed["person"] else None,
                reason=typed["reason"], now=now,
            )  # fmt: skip
            messages.success(request, "Noted. They may now be shown this address.")
            return redirect("address_show", case=case, address=address)
        except CannotGiveAddress as refused:
            wrong = {refused.part: refused.reason}
    own = shown.family.reader.agency
    page = {
        **_page_of(shown, one, case),
        "id": str(clock.new_id()),
        "typed": typed,
        "wrong": wrong,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        "agencies": [{"value": "", "text": "Choose"}]
        + [
            {"value": str(row.id), "text": row.name, "selected": str(row.id) == typed["to"]}
            for row in shown.agencies.values()
            if row.id != own
        ],
        "people": [{"value": "", "text": "Everybody there who works with this family"}]
        + [
            {"value": str(row.id), "text": f"{row.name}, {row.agency_name}",
             "selected": str(row.id) == typed["person"]}
            for row in shown.everybody
            if row.agency != own
        ],
    }  # fmt: skip
    return render(request, "addresses/tell.jinja", page, status=422 if wrong else 200)


def one_of(shown: AddressesShown, address: UUID) -> ShownAddress:
    """One address that the reader may have. Raises NotFoundHere."""
    found = next((one for one in shown.addresses if one.id == address), None)
    if found is None:
        raise NotFoundHere("There is no such address in what you can read.")
    return found


def whose_of(one: ShownAddress, shown: AddressesShown) -> str:
    """Whose address it is, in words."""
    if one.person:
        return next(m.name for m in shown.family.members if m.person == one.person)
    return next(home.name for home in shown.households if home.id == one.household)


def line_of(one: ShownAddress, shown: AddressesShown, case: UUID) -> dict[str, object]:
    """One address as a line of the page: whose, since when, who must not know; never where."""
    row = one.row
    line: dict[str, object] = {
        "whose": whose_of(one, shown),
        "withheld": row is None,  # of which no more is said, whichever rule withholds it
        "was": row is not None and row.is_former,
    }
    if row is None:
        return line
    agency = shown.agencies[row.agency].name
    informant = f", from {row.said_by}" if row.said_by else ""
    return {
        **line,
        "when": _period(one),
        "known": f"{HowKnown.label_of(row.how_known)}{informant}. Kept by {agency} on "
        f"{words.day_of_instant(row.recorded_at)}.",
        "never": _people(one, shown, KeptFromSort.MUST_NOT_REACH),
        "acting": _people(one, shown, KeptFromSort.ACTS_FOR),
        "is_hidden": row.is_hidden,
        "told": [_told(told, shown) for told in row.told],
        "source": reverse("entry", kwargs={"case": case, "statement": row.source})
        if one.source_is_readable
        else "",
        "followed": AddressChange.label_of(row.followed_by) if row.followed_by else "",
        "href": reverse("address_show", kwargs={"case": case, "address": row.id}),
        "change": reverse("address_change", kwargs={"case": case, "address": row.id}),
        "tell": reverse("address_tell", kwargs={"case": case, "address": row.id}),
    }


def noted(request: HttpRequest, case: UUID) -> list[dict[str, str]]:
    """Of whom an address is kept, beside who lives where: a way to it, or that it is withheld."""
    shown = addresses_noted(request.actor, case, now=clock.now())
    if shown is None:
        return []
    kept = [one for one in shown.addresses if one.row is None or not one.row.is_former]
    return [
        {
            "whose": whose_of(one, shown),
            "href": reverse("address_show", kwargs={"case": case, "address": one.id})
            if one.id
            else "",
        }
        for one in kept
    ]


def _page_of(shown: AddressesShown, one: ShownAddress, case: UUID) -> dict[str, object]:
    return {
        "frame": family_frame(shown.family, current="addresses", today=clock.today()),
        "case": case,
        "one": line_of(one, shown, case),
        "address": one.id,
        "back_link": {"text": "Addresses", "href": reverse("addresses", kwargs={"case": case})},
    }


def _words_of(revealed: Revealed) -> dict[str, object]:
    postal = revealed.postal
    return {
        "lines": [*postal.lines, *([postal.postcode_as_written] if postal.postcode else [])],
        "phone": postal.phone,
        "why": revealed.why,
    }


def _period(one: ShownAddress) -> str:
    row = one.row
    assert row is not None
    until = row.to_on or row.ended_on
    began = f"From {words.day_in_words(row.from_on)}" if row.from_on else "Since a day not known"
    return f"{began} until {words.day_in_words(until)}" if until else began


def _people(one: ShownAddress, shown: AddressesShown, sort: str) -> list[str]:
    assert one.row is not None
    names = {member.person: member.name for member in shown.family.members}
    posts = {row.id: f"{row.name}, {row.agency_name}" for row in shown.everybody}
    return [
        names.get(each.person, "somebody of this family")
        if each.person
        else posts.get(each.practitioner, "") or each.words
        for each in one.row.kept_from
        if each.sort == sort
    ]


def _told(told, shown: AddressesShown) -> str:
    posts = {row.id: row.name for row in shown.everybody}
    agency = shown.agencies[told.agency].name
    who = f"{posts[told.practitioner]}, {agency}" if told.practitioner else agency
    return f"{who}, on {words.day_of_instant(told.told_at)}: {told.reason}"


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise CannotGiveAddress("to", "Choose to whom it was given.") from None
