"""What is due and what there is to read, in words with their arithmetic, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from goldenthread.usecases.chronology.what_needs_me import Due, DueKind, ToRead
from goldenthread.web.kit import words
from goldenthread.web.sharing.wording import WILL_TELL, in_days

# Things to read in one family before the reader is led to its Sharing page.
OF_ONE_FAMILY = 3


def due_line(one: Due, today: date) -> dict[str, str]:
    """One thing that is due: what, of which family, by when and how far off that is."""
    agency = one.agency.name if one.agency else ""
    return {
        "what": _what(one, agency),
        "words": one.words if one.kind in (DueKind.FIND_OUT, DueKind.DO) else "",
        "family": f"{one.family.family_label}, {one.family.reference}",
        "when": _when(one, today),
        "href": _address(one),
    }


def _what(one: Due, agency: str) -> str:
    if one.kind is DueKind.CORRECTION:
        return f"{one.kind.label} to {agency}"
    if one.kind is DueKind.ACKNOWLEDGE:
        return f"Say that you have read what {agency} told you"
    if one.kind is DueKind.UNREAD:
        return f"{agency} has not acknowledged what you told it"
    if one.kind is DueKind.REVIEW and one.words == WILL_TELL:
        return f"You said you would tell {agency}"
    if one.kind is DueKind.REVIEW:
        return f"{one.kind.label} with {agency}"
    return one.kind.label


def _when(one: Due, today: date) -> str:
    if one.on is None:
        return "They were told what it changes, and not this"
    due = f"{words.day_in_words(one.on)}, {in_days(one.on, today)}"
    return f"Was due {due}" if one.on < today else f"Due {due}"


def _address(one: Due) -> str:
    case = one.family.id
    if one.kind is DueKind.FIND_OUT:
        page = reverse("network_question", kwargs={"case": case})
        return f"{page}?{urlencode({'gap': one.key})}"
    if one.kind is DueKind.DO or one.statement is None:
        return f"{reverse('picture', kwargs={'case': case})}#questions"
    name = {
        DueKind.ACKNOWLEDGE: "receive_entry",
        DueKind.REVIEW: "share_entry",
    }.get(one.kind, "entry")
    return reverse(name, kwargs={"case": case, "statement": one.statement})


def to_read_by_family(found: Sequence[ToRead], today: date) -> dict[UUID, dict[str, object]]:
    """By family: that one was told something; what it is stands behind the link alone.

    What one was told in person comes first.
    """
    families: dict[UUID, list[ToRead]] = {}
    for one in sorted(found, key=lambda each: not each.in_person):
        families.setdefault(one.family.id, []).append(one)
    return {
        case: {
            "case": group[0].family,
            "told": [_to_read(one, today) for one in group[:OF_ONE_FAMILY]],
            "untold": words.more(len(group) - OF_ONE_FAMILY),
        }
        for case, group in families.items()
    }


def _to_read(one: ToRead, today: date) -> dict[str, str]:
    told = one.progress.told
    due = one.progress.due
    return {
        "by": f"{one.from_agency.name} told "
        + ("you in person" if one.in_person else "your agency")
        + f", {words.told_in_words(told.told_at, told.told)}",
        "due": f"Asked for by {words.day_in_words(due)}, {in_days(due, today)}" if due else "",
        "href": reverse(
            "receive_entry", kwargs={"case": one.family.id, "statement": told.statement}
        ),
    }
