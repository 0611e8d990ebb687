"""Bring relations in from a file: choose it, say who is who, and choose what is kept.

The file is read elsewhere, in a process of its own; this page shows what was found, and nothing of
it is in the record until somebody has looked through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.messages import ERROR, get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.network.claim import Claim, Relative
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    PartialDate,
    not_known,
    parse_edtf,
)
from goldenthread.usecases.chronology.keep_draft import AlreadyRecorded, NotFoundHere, open_draft
from goldenthread.web.kit.clock import new_id, now, today
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import date_in_words
from goldenthread.web.network import wording
from goldenthread.web.network.choices import Option
from goldenthread.web.network.surroundings import Surroundings, surroundings_of

Row = Mapping[str, str]
NEW, LEAVE_OUT = "new", "leave"


@dataclass(frozen=True, slots=True)
class Found:
    """One person or home of the file, and whom or what in the record it may be."""

    name: str
    field: str
    about: str
    options: tuple[Option, ...]


@require_GET
def choose_file(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page on which a file is chosen; and why the last one could not be read."""
    around = surroundings_of(request, case)
    wrong = [str(said) for said in get_messages(request) if said.level >= ERROR]
    page = {
        "wrong": wrong,
        "errors": [{"text": said, "href": "#file"} for said in wrong],
        "frame": _frame(around),
        "case": case,
        "read": reverse("network_read_file", kwargs={"case": case, "draft": new_id()}),
        "back_link": _back(case),
    }
    return render(request, "network/bring_in.jinja", page)


@require_GET
def found_in_file(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """What was read in a file: its people with whom they are, and its relations."""
    try:
        kept = open_draft(request.actor, case, draft, now=now())
    except AlreadyRecorded:
        return redirect("network", case=case)
    if kept is None or kept.fields.get("form") != "family_file":
        raise NotFoundHere("There is no such file of yours.")
    around = surroundings_of(request, case)
    rows: Sequence[Row] = kept.fields["rows"]
    given = kept.fields.get("choices") or {}
    people = [row for row in rows if row["kind"] == "person"]
    homes = [row for row in rows if row["kind"] == "household"]
    claims = [row for row in rows if row["kind"] in ClaimKind._value2member_map_]
    page = {
        "frame": _frame(around),
        "case": case,
        "name": kept.fields["file"]["name"][0],
        "warnings": kept.fields["file"]["warnings"],
        "people": [_person(around, row, n, given, today()) for n, row in enumerate(people)],
        "homes": [_home(around, row, given) for row in homes],
        "claims": _claims(rows, claims, given),
        "text": (given.get("text") or [""])[-1],
        "informant": (given.get("informant") or [""])[-1],
        "record": reverse("network_record_file", kwargs={"case": case, "draft": draft}),
        "back_link": _back(case),
    }
    return render(request, "network/found.jinja", page)


def _frame(around: Surroundings):
    return family_frame(around.around.family, current="network", today=today(), can_add=False)


def _back(case: UUID) -> dict[str, str]:
    return {"text": "Network", "href": reverse("network", kwargs={"case": case})}


def _person(
    around: Surroundings, row: Row, place: int, given: Mapping[str, list[str]], day: date
) -> Found:
    """Somebody of the file; whoever of the family has the same name or id is offered first."""
    field = f"who-{place}"
    folded = fold(row["name"])
    same = [
        one.id
        for one in around.people
        if one.id == row["id"] or (folded and fold(one.name) == folded)
    ]
    chosen = (given.get(field) or [same[0] if len(same) == 1 else NEW])[-1]
    born = _date(row.get("born", ""))
    about = [row.get("role", ""), f"born {date_in_words(born)}" if born.is_known else ""]
    options = [
        Option(NEW, "Somebody new to this record", chosen == NEW),
        Option(LEAVE_OUT, "Leave out", chosen == LEAVE_OUT),
        *(Option(p.id, f"Is {p.name or p.description}", chosen == p.id) for p in around.people),
    ]
    name = row["name"] or row.get("description", "") or "Somebody without a name"
    return Found(name, field, ", ".join(filter(None, about)), tuple(options))


def _home(around: Surroundings, row: Row, given: Mapping[str, list[str]]) -> Found:
    field = f"home-{row['id']}"
    same = [
        home.id
        for home in around.network.households
        if home.id == row["id"] or fold(home.name) == fold(row["name"])
    ]
    chosen = (given.get(field) or [same[0] if same else NEW])[-1]
    options = [
        Option(NEW, "A home new to this record", chosen == NEW),
        *(
            Option(home.id, f"Is {home.name}", chosen == home.id)
            for home in around.network.households
        ),
    ]
    return Found(row["name"], field, "", tuple(options))


def _claims(
    rows: Sequence[Row], claims: Sequence[Row], given: Mapping[str, list[str]]
) -> list[Option]:
    """Each relation in words. A file's agencies are none of ours: those cannot be brought in."""
    people = {
        row["id"]: Relative(row["id"], row["name"], row.get("gender", ""))
        for row in rows
        if row["kind"] == "person"
    }
    names = {row["id"]: row["name"] or "somebody without a name" for row in rows if "name" in row}
    kept = set(given.get("claim", ())) if given else None
    found = []
    for place, row in enumerate(claims):
        if row["kind"] == ClaimKind.INVOLVEMENT:
            continue
        claim = Claim(
            row["id"], row["kind"], row["nature"], row["person"], row.get("other", ""),
            row.get("household", ""), happened=_date(row.get("happened", "")),
            polarity=row.get("polarity", "asserts"), status=row.get("status", ""),
        )  # fmt: skip
        said = wording.sentence(claim, people, lambda id: names.get(id, id))
        when = wording.when(claim.happened) if claim.happened.is_known else ""
        words = f"{said}, {when}" if when else said
        found.append(Option(str(place), words, kept is None or str(place) in kept))
    return found


def _date(edtf: str) -> PartialDate:
    """A date of the file as far as our calendar holds it; not known where it does not."""
    try:
        return parse_edtf(edtf)
    except DateNotUnderstood:
        return not_known()
