"""What the sender is told before a document is made for others, or in place of making it.

Said in words that tell no restriction: an entry that a seal, a label or a conflict keeps back is
among those that "are not for everybody you named".
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.addresses.output_kinds import OUTPUTS, Others
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases.addresses.made_for import (
    NotForThem,
    Reason,
    Standing,
    ToldOf,
    WhyLeftOut,
    note_not_given,
    read_before_it_leaves,
)
from goldenthread.web.addresses.place import for_somebody_else, opened_by
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import counted, date_in_words, listed, more

KINDS = {kind.key: kind for kind in OUTPUTS}
ONLY_FOR_ONESELF = "A document of this kind is for whoever takes it, and for nobody else."
MOST_SHOWN, MOST_ENTRIES = 40, 4  # words that may be about others, and entries for each
# Each as one, and as several.
REASONS = {
    WhyLeftOut.ANOTHER_AGENCY: ("was written by another agency", "were written by other agencies"),
    WhyLeftOut.NOT_ABOUT_THEM: (
        "does not name everybody it would be for",
        "do not name everybody they would be for",
    ),
    WhyLeftOut.MAY_NOT_HAVE: ("is not for everybody you named", "are not for everybody you named"),
}


@require_GET
def document_ready(request: HttpRequest, case: UUID, ask: UUID) -> HttpResponse:
    """What is left out of a document for others; straight to it where there is nothing to say."""
    try:
        found = read_before_it_leaves(request.actor, case, ask, now=clock.now())
    except NotForThem as refused:
        return not_for_them_page(request, case, ask, refused.reason)
    kind = KINDS.get(found.ask.kind)
    others = kind.others if kind else Others.NEVER
    if found.is_for_others and others is Others.NEVER:
        return not_for_them_page(request, case, ask)
    take = opened_by(found.ask.place, ask)
    # What is given whole says itself whether it can be given.
    is_told = bool(found.left_out or found.has_outsiders or found.told_of)
    if kind is None or not is_told or others is not Others.NARROWED:
        return redirect(take)
    page = {
        "frame": family_frame(found.family, current="", today=clock.today()),
        "what": kind.label,
        "names": listed(found.names),
        "entries": counted(found.entries, "entry", "entries"),
        "left_out": found.left_out,
        "reasons": [reason_words(one) for one in found.reasons],
        "may_be_told": any(one.why is WhyLeftOut.NOT_TOLD for one in found.reasons),
        "has_outsiders": found.has_outsiders,
        "told_of": [told_words(one, case) for one in found.told_of[:MOST_SHOWN]],
        "more_told": more(len(found.told_of) - MOST_SHOWN),
        "sharing": reverse("sharing", kwargs={"case": case}),
        "take": take,
        "back_link": {"text": "For whom is this?", "href": for_somebody_else(found.ask.place)},
    }
    return render(request, "addresses/ready.jinja", page)


def not_for_them_page(
    request: HttpRequest, case: UUID, ask: UUID, reason: str = ONLY_FOR_ONESELF
) -> HttpResponse:
    """The card that says that a document is not made for these people, and whom to ask."""
    found = note_not_given(request.actor, case, ask, now=clock.now())
    whom = found.whom_to_ask
    page = {
        "frame": family_frame(found.family, current="", today=clock.today()),
        "what": KINDS[found.kind].label if found.kind in KINDS else found.kind,
        "names": listed(found.names),
        "reason": reason,
        "whom": {"name": f"{whom.name}, {whom.agency_name}", "phone": whom.phone} if whom else None,
        "again": for_somebody_else(found.place),
        "back_link": {"text": "Summary", "href": reverse("family", kwargs={"case": case})},
    }
    return render(request, "addresses/not_for_them.jinja", page, status=409)


def told_words(one: ToldOf, case: UUID) -> dict[str, object]:
    """Words that may be about somebody else, why, and the first entries they stand in."""
    entries = one.entries[:MOST_ENTRIES]
    return {
        "words": one.words,
        "because": one.because,
        "entries": [
            {
                "text": f"entry {each.number}, {_happened(each)}",
                "href": reverse("entry", kwargs={"case": case, "statement": each.id}),
            }
            for each in entries
        ],
        "more": more(len(one.entries) - MOST_ENTRIES),
    }


def _happened(one: Standing) -> str:
    return date_in_words(parse_edtf(one.happened), weekday=False)


def reason_words(one: Reason) -> str:
    """Why some entries are left out, in words that tell no restriction."""
    number = counted(one.entries, "entry", "entries")
    if one.why is WhyLeftOut.NOT_TOLD:
        return f"{one.agency_name} has not been told {number}."
    alone, several = REASONS[one.why]
    return f"{number} {alone if one.entries == 1 else several}."
