"""The forms of joining, changing a post, moving, leaving and coming back.

Nothing typed is lost: a slip shows the form again with a sentence where it was made, and a step-up
takes up what was being sent.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.accounts import GIVEN_BY_AN_ADMINISTRATOR
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.accounts.links import NobodyToInvite, Sent, send_link
from goldenthread.usecases.accounts.read_accounts import (
    NotFoundHere,
    OneAccount,
    Remit,
    read_account,
    read_accounts,
)
from goldenthread.web.account.step_up import step_shown
from goldenthread.web.accounts.sent import chosen, id_sent, number_sent, text_sent
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words

POST_PARTS = ("name", "post", "phone", "remit")
KNOWN = ("born", "postcode")
SAID_OF = {
    Remit.PRACTITIONER: "Works with families whose team they, or a colleague, are on.",
    Remit.CONFERENCE_CHAIR: "May chair conferences, and then reads all that is on that family.",
    Remit.AGENCY_LEAD: "Looks after the agency’s restricted records.",
    Remit.EMERGENCY_DUTY: "Works as a practitioner does, and may break the glass in an emergency.",
    Remit.INFORMATION_GOVERNANCE: "Reviews who broke the glass, and opens no family’s record.",
    Remit.ADMINISTRATOR: "Looks after accounts, and opens no family’s record.",
    Remit.PARTNERSHIP_MANAGER: "Sets when patterns ask, and opens no family’s record.",
}


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody who joins: their post, and where their invitation goes."""
    read_accounts(request.actor, now=clock.now())
    empty = dict.fromkeys((*POST_PARTS, "email", *KNOWN), "") | {"remit": str(Remit.PRACTITIONER)}
    page = {
        "title": "Add somebody who joins",
        "button": "Add them and send the link",
        "parts": ("name", "post", "phone", "email", "remit", *KNOWN),
        "lead": "They are sent a link to choose a password themselves. Nobody else learns it.",
        "back_link": {"text": "Accounts", "href": reverse("accounts")},
    }
    if request.method == "GET":
        return _form(request, page, empty, {}, clock.new_id())
    typed, id, token = _typed(request, (*POST_PARTS, "email", *KNOWN)), id_sent(request), _token()
    try:
        sent = look_after.add_holder(
            request.actor, _post(typed), typed["email"], id=id, token=token,
            shown=step_shown(request), now=clock.now(),
            known=look_after.StaffTyped(typed["born"], typed["postcode"]),
        )  # fmt: skip
    except look_after.PostNotSet as refused:
        return _form(request, page, typed, refused.problems, id)
    _say_sent(request, f"{' '.join(typed['name'].split())} was added.", sent, token)
    return redirect("account_holder", practitioner=sent.practitioner)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Correct details of a post, or change what its holder may do."""
    found = _of_another(request, practitioner)
    page = {
        "title": f"Change the post of {found.account.row.name}",
        "button": "Save the change",
        "parts": POST_PARTS,
        "lead": "The change holds from now. What stood before stays in the history.",
        **_from(found),
    }
    if request.method == "GET":
        return _form(request, page, _as_it_is(found), {}, clock.new_id(), found)
    typed, id = _typed(request, POST_PARTS), id_sent(request)
    try:
        look_after.change_post(
            request.actor, practitioner, _post(typed), id=id,
            based_on=number_sent(request, "based_on"), shown=step_shown(request), now=clock.now(),
        )  # fmt: skip
    except look_after.PostNotSet as refused:
        return _form(request, page, typed, refused.problems, id, found)
    except look_after.ChangedMeanwhile as refused:
        return _form(request, page, typed, {"name": refused.reason}, id, found)
    messages.success(request, "The change is saved.")
    return redirect("account_holder", practitioner=practitioner)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Move somebody to another post: what the old one gave ends."""
    found = _of_another(request, practitioner)
    page = {
        "title": f"Move {found.account.row.name} to another post",
        "button": "Move them",
        "parts": (*POST_PARTS, "on", "hand_to"),
        "lead": "They leave the teams of families from the day you give. Whoever is allocated to "
        "those families, or chairs there, is told to look.",
        "on_label": "From which day they leave those teams",
        **_from(found),
    }
    if request.method == "GET":
        start = {**_as_it_is(found), "post": "", "on": "", "hand_to": ""}
        return _form(request, page, start, {}, clock.new_id(), found)
    typed, id = _typed(request, (*POST_PARTS, "on", "hand_to")), id_sent(request)
    try:
        told = look_after.move_post(
            request.actor, practitioner, _post(typed), typed["on"], chosen(typed["hand_to"]),
            id=id, based_on=number_sent(request, "based_on"), shown=step_shown(request),
            now=clock.now(),
        )  # fmt: skip
    except look_after.PostNotSet as refused:
        return _form(request, page, typed, refused.problems, id, found)
    except look_after.ChangedMeanwhile as refused:
        return _form(request, page, typed, {"name": refused.reason}, id, found)
    _say_ended(request, "The move is saved. They leave their teams", told)
    return redirect("account_holder", practitioner=practitioner)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """End the account of somebody who leaves."""
    found = _of_another(request, practitioner)
    page = {
        "title": f"{found.account.row.name} leaves",
        "button": "End their account",
        "parts": ("on", "hand_to"),
        "lead": "From that day they cannot sign in, and are signed out wherever they are. They "
        "leave the teams of families. All that they wrote stays, with their name.",
        "on_label": "From which day",
        **_from(found),
    }
    if request.method == "GET":
        return _form(request, page, {"on": "", "hand_to": ""}, {}, clock.new_id(), found)
    typed, id = _typed(request, ("on", "hand_to")), id_sent(request)
    try:
        told = look_after.end_post(
            request.actor, practitioner, typed["on"], chosen(typed["hand_to"]), id=id,
            based_on=number_sent(request, "based_on"), shown=step_shown(request), now=clock.now(),
        )  # fmt: skip
    except look_after.PostNotSet as refused:
        return _form(request, page, typed, refused.problems, id, found)
    except (look_after.ChangedMeanwhile, look_after.AlreadyEnded) as refused:
        return _form(request, page, typed, {"on": refused.reason}, id, found)
    _say_ended(request, "Their account ends", told)
    return redirect("account_holder", practitioner=practitioner)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Send a link to choose a password."""
    found = _of_another(request, practitioner)
    again = found.account.row.has_password
    page = {
        "title": f"Send {found.account.row.name} a link to choose a password",
        "button": "Send the link",
        "parts": (),
        "lead": f"It goes to {found.account.row.email} and works once. "
        + ("Their present password holds until they use it. " if again else "")
        + "Links sent before work no longer.",
        **_from(found),
    }
    if request.method == "GET":
        return _form(request, page, {}, {}, clock.new_id(), found)
    token = _token()
    try:
        sent = send_link(
            request.actor, practitioner, id=id_sent(request), token=token,
            shown=step_shown(request), now=clock.now(),
        )  # fmt: skip
    except NobodyToInvite as refused:
        return _not_done(request, practitioner, refused)
    _say_sent(request, "" if sent.hours else "The link was sent before.", sent, token)
    return redirect("account_holder", practitioner=practitioner)


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Open the account of somebody who came back."""
    found = _of_another(request, practitioner)
    page = {
        "title": f"{found.account.row.name} comes back",
        "button": "Open the account and send a link",
        "parts": (),
        "lead": f"They are sent a link to choose a password, to {found.account.row.email}. "
        "They are on no team of a family until they are put on one.",
        **_from(found),
    }
    if request.method == "GET":
        return _form(request, page, {}, {}, clock.new_id(), found)
    token = _token()
    try:
        sent = look_after.bring_back(
            request.actor, practitioner, id=id_sent(request), token=token,
            based_on=number_sent(request, "based_on"), shown=step_shown(request), now=clock.now(),
        )  # fmt: skip
    except (look_after.ChangedMeanwhile, look_after.AlreadyEnded) as refused:
        return _not_done(request, practitioner, refused)
    _say_sent(request, "The account is open again.", sent, token)
    return redirect("account_holder", practitioner=practitioner)


def _not_done(request: HttpRequest, practitioner: UUID, refused: Refusal) -> HttpResponse:
    messages.error(request, refused.reason)
    return redirect("account_holder", practitioner=practitioner)


def _of_another(request: HttpRequest, practitioner: UUID) -> OneAccount:
    found = read_account(request.actor, practitioner, now=clock.now())
    if found.account.is_own:
        raise NotFoundHere("Another administrator looks after your own account.")
    return found


def _from(found: OneAccount) -> dict[str, object]:
    href = reverse("account_holder", kwargs={"practitioner": found.account.row.practitioner})
    return {"back_link": {"text": found.account.row.name, "href": href}}


def _as_it_is(found: OneAccount) -> dict[str, str]:
    row = found.account.row
    return {"name": row.name, "post": row.post, "phone": row.phone, "remit": row.remit}


def _typed(request: HttpRequest, parts: tuple[str, ...]) -> dict[str, str]:
    return {part: text_sent(request, part)[:1_000] for part in parts}


def _post(typed: dict[str, str]) -> look_after.PostTyped:
    return look_after.PostTyped(*(typed[part] for part in POST_PARTS))


def _token() -> str:
    return secrets.token_urlsafe(32)


def _say_sent(request: HttpRequest, words: str, sent: Sent, token: str) -> None:
    """Say whether the link went off. In a demonstration, which sends nothing, show it."""
    if sent.mail_sent and sent.hours:
        words += f" A link was sent. It works once, for {sent.hours} hours."
    elif sent.hours and settings.DEMONSTRATION:
        at = request.build_absolute_uri(reverse("account_password_link", kwargs={"token": token}))
        words += f" A demonstration sends no mail. This is the link they would be sent: {at}"
    elif sent.hours:
        words += " The link could not be sent by mail. Send another when mail works."
    (messages.success if sent.mail_sent or settings.DEMONSTRATION else messages.error)(
        request, words.strip()
    )


def _say_ended(request: HttpRequest, words: str, told: look_after.Told) -> None:
    unsent = "" if told.mail_sent else " Mail could not be sent: tell those concerned yourself."
    messages.success(request, f"{words} from {day_in_words(told.on)}.{unsent}")


def _form(
    request: HttpRequest, page: dict[str, object], typed: dict[str, str],
    problems: dict[str, str], id: UUID, found: OneAccount | None = None,
) -> HttpResponse:  # fmt: skip
    parts = page["parts"]
    stands = found.account.row.remit if found else ""
    offered = [*GIVEN_BY_AN_ADMINISTRATOR]
    if stands and stands not in offered:
        offered.append(Remit(stands))
    full = {
        "on_label": "",
        **page,
        "typed": typed,
        "problems": problems,
        "errors": [{"text": said, "href": f"#{part}"} for part, said in problems.items()],
        "form_id": id,
        "based_on": text_sent(request, "based_on") or (len(found.history) if found else 0),
        "remits": [(str(one), one.label, SAID_OF[one]) for one in offered],
        "colleagues": [
            (str(one.practitioner), f"{one.name}, {one.post}") for one in found.colleagues
        ]
        if found and "hand_to" in parts
        else [],
    }
    return render(request, "accounts/form.jinja", full, status=422 if problems else 200)
