"""The copy for a family: chosen on one page, and printed from the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.domain.provenance.vocabulary import AgencyKind, Kind, LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.audit.family_ledger import (
    AgencyRow,
    FamilyCopy,
    Looked,
    NotForThem,
    Telling,
    Whole,
    family_copy,
    what_can_be_told,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.printed_line import printed_line

NOBODY = "Choose whom the copy is for."
OF_SEVERAL = "A service that works for several agencies"
# What a lawful basis means, to a family.
BASIS = {
    LawfulBasis.PUBLIC_TASK: "because it is their job to keep children safe",
    LawfulBasis.LEGAL_OBLIGATION: "because the law says they must",
    LawfulBasis.VITAL_INTERESTS: "to protect somebody’s life",
    LawfulBasis.CONSENT: "because you agreed",
}


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, case: UUID) -> HttpResponse:
    """Choose what is on the family's copy; sent, go on to the copy."""
    whom = _id(request.POST.get("for", ""))
    if request.method == "POST" and whom is not None:
        asked = {"telling": request.POST.getlist("telling"), "looks": request.POST.get("looks", "")}
        at = reverse("family_copy", kwargs={"case": case, "who": whom})
        return redirect(f"{at}?{urlencode(asked, doseq=True)}")
    problem = NOBODY if request.method == "POST" else ""
    return _choose(request, case, request.POST, problem=problem, now=clock.now())


@require_GET
def copy(request: HttpRequest, case: UUID, who: UUID, sort: str) -> HttpResponse:
    """The copy for one person of the family, as it is printed."""
    del sort  # a person of the family, always
    now = clock.now()
    try:
        made = family_copy(
            request.actor, case, recipient=who,
            chosen={id for one in request.GET.getlist("telling") if (id := _id(one))},
            with_looks=request.GET.get("looks") == "yes",
            now=now,
        )  # fmt: skip
    except NotForThem as refused:
        return _choose(request, case, request.GET, problem=refused.reason, now=now)
    return render(request, "trail/copy.jinja", _copy(made, case, now))


def _choose(
    request: HttpRequest, case: UUID, given: QueryDict, *, problem: str, now: datetime
) -> HttpResponse:
    """The page to choose on, with what was chosen already and what is amiss."""
    whole = what_can_be_told(request.actor, case, now=now)
    page = _choosing(whole, given, problem)
    page |= {"case": case, "made_by": made_by(whole.family, now=now)}
    page["frame"] = family_frame(whole.family, current="who_has_looked", today=day_of(now))
    return render(request, "trail/ledger.jinja", page, status=422 if problem else 200)


def _choosing(whole: Whole, given: QueryDict, problem: str) -> dict[str, object]:
    chosen = set(given.getlist("telling"))
    return {
        "errors": [{"text": problem, "href": "#for"}] if problem else [],
        "problem": problem,
        "people": [
            {"value": str(one.person), "text": f"{one.name}, {one.role}"}
            for one in whole.family.members
            if one.is_identified
        ],
        "whom": given.get("for", ""),
        "looks": given.get("looks", "" if given else "yes"),
        "tellings": [
            {**_telling(one), "value": str(one.told.id), "checked": str(one.told.id) in chosen}
            for one in whole.to_choose
        ],
        "kept_back": _reasons(whole),
        "number_kept": words.counted(len(whole.kept_back), "telling"),
        "looked": [_looked(one) for one in whole.looked],
    }


def _reasons(whole: Whole) -> list[dict[str, object]]:
    """Each reason that tellings are held back for, with how many; the most frequent first."""
    numbers = Counter(reason for one in whole.kept_back for reason in one.held_back)
    return [
        {"because": reason, "number": words.counted(number, "telling")}
        for reason, number in numbers.most_common()
    ]


def _telling(one: Telling) -> dict[str, object]:
    return {
        "when": words.day_in_words(day_of(one.told.told_at)),
        "by": one.from_agency.name,
        "to": one.to_agency.name,
        "what": Kind.label_of(one.kind),
        "family_told": one.told.subject_told,
        "basis": BASIS.get(one.told.lawful_basis, "the reason was not written down"),
    }


def _looked(one: Looked) -> dict[str, str]:
    return {"agency": one.agency.name, "days": _days(one.days)}


def _days(days: tuple[date, ...]) -> str:
    first, last = words.day_in_words(days[0]), words.day_in_words(days[-1])
    if len(days) == 1:
        return f"on {first}"
    return f"on {words.counted(len(days), 'day')} between {first} and {last}"


def _copy(copy: FamilyCopy, case: UUID, now: datetime) -> dict[str, object]:
    reader = copy.family.reader
    return {
        "case": case,
        "print_reference": copy.family.case.reference,
        "name": copy.recipient.name,
        "made_by": printed_line(reader, now=now, for_whom=f"For {copy.recipient.name}"),
        "today": words.day_in_words(day_of(now)),
        "maker": {"name": reader.name, "post": reader.role, "agency": reader.agency_name,
                  "phone": reader.phone},
        "tellings": [
            {**_telling(one), "by": _sort_of(one.from_agency), "to": _sort_of(one.to_agency)}
            for one in copy.tellings
        ],
        "looked": [
            {"agency": kind, "days": _days(days)} for kind, days in _by_kind(copy.looked)
        ],
    }  # fmt: skip


def _sort_of(agency: AgencyRow) -> str:
    """What sort of service an agency is, as a family would say it."""
    return OF_SEVERAL if agency.kind == AgencyKind.MULTI_AGENCY else agency.kind_label


def _by_kind(looked: Iterable[Looked]) -> list[tuple[str, tuple[date, ...]]]:
    """The days by kind of agency: the name of a school would tell where a child is."""
    days: dict[str, set[date]] = {}
    for one in looked:
        days.setdefault(_sort_of(one.agency), set()).update(one.days)
    return [(kind, tuple(sorted(on))) for kind, on in sorted(days.items())]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
