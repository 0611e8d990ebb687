"""The names and words of a file that nobody has explained yet: a person says what they mean.

A name left unanswered keeps its rows out of the record; a word left unanswered is kept as "other"
or "not recorded". Nothing is guessed, and answers are remembered once the import is confirmed.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind, Significance
from goldenthread.usecases.chronology.imports.arrangement import Arrangement, arrange_file
from goldenthread.usecases.chronology.imports.reading import ImportPage, read_import
from goldenthread.usecases.chronology.imports.step import CannotImport
from goldenthread.web.imports.page import shown, where_it_is
from goldenthread.web.kit import clock, words

SOMEBODY_NEW, LEAVE_OUT = "new", "leave-out"
NOBODY_TOLD = ""  # what a word for somebody told means when they are no agency of ours
# Agencies are asked about once, whether they are the source or were told.
GROUPS = {
    "people": ("people", "Who is meant?"),
    "agency": ("agency", "Which agency is meant?"),
    "shared_with": ("agency", ""),
    "kind": ("kind", "What kind of event is it?"),
    "how_known": ("how_known", "How is it known?"),
    "domain": ("domain", "Which area of concern is it?"),
    "significance": ("significance", "How much did it matter?"),
}
VOCABULARIES = {
    "kind": Kind,
    "how_known": HowKnown,
    "domain": Concern,
    "significance": Significance,
}


@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, case: UUID, file: UUID) -> HttpResponse:
    """Answer what the file's names and words mean, then have every row checked again."""
    page = read_import(request.actor, case, file, now=clock.now(), most=1)
    if page.file.stage != ImportStage.CHECKED:
        return where_it_is(page.file)
    asked = _asked(page)
    if request.method == "POST":
        with suppress(CannotImport):  # it has gone on: the progress page leads to where it is
            _answer(request, page, asked)
        return redirect("import_progress", case=case, file=file)
    values = {
        "file": file,
        "file_name": page.file.file_name,
        "groups": [group for group in asked.values() if group["items"]],
    }
    return shown(request, page.family, "imports/names.jinja", values)


def _asked(page: ImportPage) -> dict[str, dict]:
    """The open questions by group, each item with a place in the form and how many rows use it."""
    groups: dict[str, dict] = {}
    order = list(GROUPS)
    unknown = page.file.findings.get("unknown", ())
    for column, said, times in sorted(unknown, key=lambda one: order.index(one[0])):
        key, title = GROUPS[column]
        group = groups.setdefault(
            key, {"key": key, "title": title or GROUPS[key][1], "items": [], "choices": []}
        )
        same = next((one for one in group["items"] if one["said"] == said), None)
        if same is None:
            place = f"{key}-{len(group['items'])}"
            group["items"].append({"said": said, "field": place, "times": times})
        else:
            same["times"] = max(same["times"], times)
    for key, group in groups.items():
        group["choices"] = _choices(page, key)
        for one in group["items"]:
            one["rows"] = words.counted(one["times"], "row")
    return groups


def _choices(page: ImportPage, key: str) -> list[dict[str, str]]:
    if key == "people":
        members = [
            {"value": str(m.person), "text": f"{m.name}, {m.role}"} for m in page.family.members
        ]
        return [
            *members,
            {"value": SOMEBODY_NEW, "text": "Somebody else: add them, not identified"},
            {"value": LEAVE_OUT, "text": "Leave this name out"},
        ]
    if key == "agency":
        agencies = [{"value": str(one.id), "text": one.name} for one in page.agencies.values()]
        told = "None of these: leave them out of who was told"
        return [*agencies, {"value": LEAVE_OUT, "text": told}]
    return [{"value": value, "text": text} for value, text in VOCABULARIES[key].choices() if value]


def _answer(request: HttpRequest, page: ImportPage, asked: dict[str, dict]) -> None:
    people: dict[str, UUID | None] = {}
    new_people: dict[str, UUID] = {}
    matched: dict[str, dict[str, str]] = {}
    for key, group in asked.items():
        allowed = {one["value"] for one in group["choices"]}
        for one in group["items"]:
            value = request.POST.get(one["field"], "")
            if value not in allowed:
                continue
            if key == "agency" and value == LEAVE_OUT:
                matched.setdefault("shared_with", {})[one["said"]] = NOBODY_TOLD
            elif key == "agency":
                for column in ("agency", "shared_with"):
                    matched.setdefault(column, {})[one["said"]] = value
            elif key != "people":
                matched.setdefault(key, {})[one["said"]] = value
            elif value == SOMEBODY_NEW:
                new_people[one["said"]] = clock.new_id()
            else:
                people[one["said"]] = None if value == LEAVE_OUT else UUID(value)
    file = page.file
    arrange_file(
        request.actor, file.id, sheet=file.sheet,
        header_row=1 if file.header_row is None else file.header_row,
        fingerprint=file.fingerprint, people=people, new_people=new_people, now=clock.now(),
        arrangement=Arrangement.from_json(file.arrangement).with_words(matched),
    )  # fmt: skip
