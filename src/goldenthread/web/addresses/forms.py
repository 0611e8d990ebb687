"""The form that keeps an address, or a change of one; who must not know it is asked first.

It is kept in no draft and never shown back on a page of a fault: its words stand in no table but
the encrypted one. Where something is amiss, the form itself comes back as it was sent.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from goldenthread.domain.access.decision import Action
from goldenthread.domain.addresses.vocabulary import AddressChange
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.addresses.keep_address import (
    AddressKeyMissing,
    CannotKeepAddress,
    ProposedAddress,
    keep_address,
)
from goldenthread.usecases.addresses.read_addresses import (
    AddressesShown,
    ShownAddress,
    read_addresses,
)
from goldenthread.web.addresses.views import one_of, whose_of
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.record.answers import Answers, as_kept
from goldenthread.web.record.dates import boxes_day, boxes_filled, question_values

DATES = ("from_on", "to_on")
# Names that begin so are never shown back by a page of a fault (see web/account/kept.py).
SAFE = "safe_"
ANCHORS = {
    "lines": "safe-lines", "postcode": "safe-postcode", "phone": "safe-phone",
    "must_not_know": "people", "from_on": "from_on-day", "to_on": "to_on-day", "why": "safe-why",
    "how_known": "how-known", "said_by": "said-by", "acting_words": "acting-words",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def keep(request: HttpRequest, case: UUID) -> HttpResponse:
    """Keep an address of somebody, or of a home."""
    shown = read_addresses(request.actor, case, now=clock.now(), action=Action.KEEP_ADDRESS)
    return _form(request, case, shown, None)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def change(request: HttpRequest, case: UUID, address: UUID) -> HttpResponse:
    """Say that an address changed, was written wrongly or ended; everything is asked again."""
    shown = read_addresses(request.actor, case, now=clock.now(), action=Action.KEEP_ADDRESS)
    return _form(request, case, shown, one_of(shown, address))


@sensitive_variables()
def _form(
    request: HttpRequest, case: UUID, shown: AddressesShown, before: ShownAddress | None
) -> HttpResponse:
    answers = Answers(as_kept(dict(request.POST.lists())))
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            new = _proposed(answers, before)
            keep_address(request.actor, case, new, now=clock.now())
            messages.success(request, "The address is kept safe.")
            return redirect("addresses", case=case)
        except CannotKeepAddress as refused:
            wrong = {refused.part: refused.reason}
        except AddressKeyMissing as fault:
            return render(request, "addresses/no_key.jinja", {"reason": fault.reason}, status=503)
    page = {
        **_choices(shown, answers, before),
        "frame": family_frame(shown.family, current="addresses", today=clock.today()),
        "case": case,
        "a": answers,
        "p": {"a": answers, "wrong": wrong,
              "dates": {name: question_values(answers, name) for name in DATES}},
        "wrong": wrong,
        "errors": [{"text": t, "href": f"#{ANCHORS.get(p, p)}"} for p, t in wrong.items()],
        "id": answers.one("id") or str(clock.new_id()),
        "whose": whose_of(before, shown) if before else "",
        "is_change": before is not None,
        "back_link": {"text": "Addresses", "href": reverse("addresses", kwargs={"case": case})},
    }  # fmt: skip
    return render(request, "addresses/keep.jinja", page, status=422 if wrong else 200)


def _proposed(answers: Answers, before: ShownAddress | None) -> ProposedAddress:
    sort, _, whose = answers.one("whose").partition(":")
    return ProposedAddress(
        id=_uuid(answers.one("id")),
        person=_uuid(whose) if sort == "person" and not before else None,
        household=_uuid(whose) if sort == "household" and not before else None,
        lines=answers.one("safe_lines"),
        postcode=answers.one("safe_postcode"),
        phone=answers.one("safe_phone"),
        from_on=_day(answers, "from_on"),
        to_on=_day(answers, "to_on"),
        how_known=answers.one("how_known"),
        said_by=answers.one("said_by"),
        source=_uuid(answers.one("source")) if answers.one("source") else None,
        people=frozenset(map(_uuid, answers.many("people"))),
        practitioners=frozenset(map(_uuid, filter(None, answers.many("practitioner")))),
        unknown=answers.one("unknown"),
        acting=frozenset(map(_uuid, filter(None, answers.many("acting")))),
        acting_words=answers.one("acting_words"),
        nobody=answers.one("nobody") == "yes",
        why=answers.one("safe_why"),
        is_hidden=answers.one("hidden") == "yes",
        instead_of=before.id if before else None,
        change=answers.one("change") if before else "",
    )


def _day(answers: Answers, name: str) -> date | None:
    if not boxes_filled(answers, name):
        return None
    try:
        return boxes_day(answers, name)
    except DateNotUnderstood as error:
        raise CannotKeepAddress(name, error.reason) from None


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Http404 from None


def _choices(
    shown: AddressesShown, answers: Answers, before: ShownAddress | None
) -> dict[str, object]:
    family = shown.family
    ticked, acting = set(answers.many("people")), set(answers.many("acting"))
    owner = before.person if before else None
    on_team = {member.practitioner for member in family.team}
    return {
        "whose_choices": [
            *({"value": f"person:{m.person}", "text": m.name, "hint": {"text": m.role}}
              for m in family.members if m.is_identified),
            *({"value": f"household:{home.id}", "text": home.name, "hint": {"text": "a home"}}
              for home in shown.households),
        ],
        "people": [
            {"value": str(m.person), "text": m.name, "about": m.role,
             "checked": str(m.person) in ticked}
            for m in family.members if m.person != owner
        ],
        "practitioners": _people(shown, answers.one("practitioner"), "Nobody"),
        "team": [
            {"value": str(row.id), "text": row.name, "about": row.agency_name,
             "checked": str(row.id) in acting}
            for row in shown.everybody if row.id in on_team and row.id != family.reader.id
        ],
        "ways": [{"value": value, "text": text} for value, text in HowKnown.choices()],
        "changes": [{"value": value, "text": text} for value, text in AddressChange.choices()],
    }  # fmt: skip


def _people(shown: AddressesShown, chosen: str, nobody: str) -> list[dict[str, object]]:
    return [{"value": "", "text": nobody}] + [
        {"value": str(row.id), "text": f"{row.name}, {row.agency_name}",
         "selected": str(row.id) == chosen}
        for row in shown.everybody
    ]  # fmt: skip
