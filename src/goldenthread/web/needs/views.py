"""Read adults' needs: the family's adults, one of them, one version, and a sheet to hand over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.needs.adjustment import SAFETY
from goldenthread.domain.needs.differing import differences
from goldenthread.domain.needs.vocabulary import Agreement, Voice
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.usecases.needs.keep_profile import PROFILE_FORM
from goldenthread.usecases.needs.read_needs import (
    AdultNeeds,
    FamilyNeeds,
    NotFoundHere,
    VersionRow,
    read_adult,
    read_needs,
)
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words, listed
from goldenthread.web.needs import wording
from goldenthread.web.needs.forms import BEGUN, ids_in
from goldenthread.web.record.answers import answers_in

FIRST_QUESTIONS = 3


@require_GET
def needs(request: HttpRequest, case: UUID) -> HttpResponse:
    """Every adult of the family: what to do, strengths and needs, and what is open."""
    now = clock.now()
    found = read_needs(request.actor, case, now=now)
    page = {
        "frame": family_frame(found.family, current="needs", today=day_of(now)),
        "adults": [_card(one, found, case) for one in found.adults if _says_something(one)],
        "unread": [_card(one, found, case) for one in found.adults if not _says_something(one)],
        "not_used": wording.not_used(found, case),
        "open": [_open(one, case) for one in found.adults if one.standing and one.questions],
        "sees_everything": found.family.sees_everything,
        "safety": SAFETY,
        "made_by": made_by(found.family, now=now),
    }
    return render(request, "needs/needs.jinja", page)


def _says_something(one: AdultNeeds) -> bool:
    return bool(one.standing or one.adjustments)


def _card(one: AdultNeeds, found: FamilyNeeds, case: UUID) -> dict[str, object]:
    role = one.member.role
    return {
        "name": one.member.name,
        "called": wording.called(one),
        "role": "" if role.casefold() in one.member.name.casefold() else role,
        "href": wording.at("needs_adult", case, adult=one.member.person),
        "how": one.profile.how_to_work_with_me,
        "strengths": wording.strengths_of(one.profile),
        "needs": wording.needs_of(one.profile),
        "doing": [
            wording.doing_of(adjustment, case, found.family.reader.agency_name)
            for adjustment in one.adjustments
        ],
        "is_read": bool(one.standing),
        "asked": wording.areas_asked(one.profile) if one.standing else "",
    }


def _open(one: AdultNeeds, case: UUID) -> dict[str, object]:
    rest = len(one.questions) - FIRST_QUESTIONS
    return {
        "name": one.member.name,
        "href": wording.at("needs_adult", case, adult=one.member.person) + "#open",
        "first": one.questions[:FIRST_QUESTIONS],
        "more": counted(rest, "more question") if rest > 0 else "",
    }


@require_GET
def adult(request: HttpRequest, case: UUID, adult: UUID) -> HttpResponse:
    """One adult: what to do, strengths and needs, what it means for the children, what is open."""
    now = clock.now()
    found, one = read_adult(request.actor, case, adult, now=now)
    called = {child.person: child.name for child in found.family.children}
    reader = found.family.reader.agency_name
    page = {
        "frame": family_frame(found.family, current="needs", today=day_of(now)),
        **_card(one, found, case),
        "case": case,
        "adult": adult,
        "otherwise": wording.answered_otherwise(one.profile),
        "effects": wording.effects_of(one.profile, called),
        "about": wording.about_of(one.profile),
        "doing": [wording.doing_of(each, case, reader) for each in one.adjustments],
        "past": wording.past_of(one.past, case),
        "questions": one.questions,
        "standing": [_version(row, one, case) for row in one.standing],
        "versions": _versions(one, case),
        "draft": _draft_of(request, case, adult),
        "agreements": [{"value": str(a), "text": a.label} for a in Agreement],
        "safety": SAFETY,
        "back_link": {"text": "What the adults need", "href": wording.at("needs", case)},
        "made_by": made_by(found.family, now=now),
    }
    return render(request, "needs/adult.jinja", page)


def _version(row: VersionRow, one: AdultNeeds, case: UUID) -> dict[str, object]:
    return {
        "id": row.id,
        "href": wording.at("needs_version", case, adult=one.member.person, version=row.id),
        "entry": wording.at("entry", case, statement=row.statement),
        "tell": wording.at("share_entry", case, statement=row.statement),
        "text": wording.version_words(row),
        "summary": row.summary,
        "read_by": wording.read_by(one, row),
        "is_withdrawn": row.is_withdrawn,
        "is_intact": row.is_intact,
    }


def _versions(one: AdultNeeds, case: UUID) -> list[dict[str, object]]:
    """Every version, newest first, each with the way to what changed since those it was made of."""
    found = []
    for row in one.versions:
        shown = _version(row, one, case)
        before = [earlier for earlier in one.versions if earlier.id in row.earlier]
        shown["compare"] = f"{shown['href']}?compare={before[0].id}#changed" if before else ""
        found.append(shown)
    return found


def _draft_of(request: HttpRequest, case: UUID, adult: UUID) -> str:
    """The way to the reader's own draft of this adult's profile; empty where there is none."""
    for row in drafts_of(request.actor, case, now=clock.now()):
        begun = answers_in(row.fields, BEGUN)
        if row.fields.get("form") == PROFILE_FORM and begun.one("adult") == str(adult):
            return wording.at("needs_draft", case, adult=adult, draft=row.id)
    return ""


@require_GET
def version(request: HttpRequest, case: UUID, adult: UUID, version: UUID) -> HttpResponse:
    """One version as it was kept; with `?compare=ID`, what changed since that other one."""
    now = clock.now()
    found, one = read_adult(request.actor, case, adult, now=now)
    row = one.version(version)
    if row is None:
        raise NotFoundHere("There is no such version in what you can read.")
    called = {child.person: child.name for child in found.family.children}
    page = {
        "frame": family_frame(found.family, current="needs", today=day_of(now)),
        "name": one.member.name,
        "called": wording.called(one),
        "how": row.profile.how_to_work_with_me,
        "strengths": wording.strengths_of(row.profile),
        "needs": wording.needs_of(row.profile),
        "otherwise": wording.answered_otherwise(row.profile),
        "effects": wording.effects_of(row.profile, called),
        "about": wording.about_of(row.profile),
        "version": _version(row, one, case),
        "stands": any(each.id == row.id for each in one.standing),
        "compared": _compared(request, one, row, called),
        "others": [each for each in _versions(one, case) if each["id"] != row.id],
        "back_link": {
            "text": one.member.name, "href": wording.at("needs_adult", case, adult=adult),
        },
        "made_by": made_by(found.family, now=now),
    }  # fmt: skip
    return render(request, "needs/version.jinja", page)


def _compared(request: HttpRequest, one: AdultNeeds, row: VersionRow, called):
    """What changed since the version asked for; None where none was, or none that may be read."""
    for other in ids_in([request.GET.get("compare", "")]):
        before = one.version(other)
        if before is None:
            raise NotFoundHere("There is no such version in what you can read.")
        pair = sorted((before, row), key=lambda each: each.recorded_at)
        return {
            "old": wording.version_words(pair[0]),
            "new": wording.version_words(pair[1]),
            "differences": differences(
                pair[0].profile, pair[1].profile, called=called, day=day_in_words
            ),
        }
    return None


@require_GET
def sheet(request: HttpRequest, case: UUID, adult: UUID) -> HttpResponse:
    """One page to print and hand to the adult: their own words, and nothing about anybody else."""
    now = clock.now()
    found, one = read_adult(request.actor, case, adult, now=now, action=Action.EXPORT_CHRONOLOGY)
    said = one.profile
    page = {
        "name": one.member.name,
        "how": said.how_to_work_with_me,
        "strengths": [each.words for each in said.strengths if each.voice is Voice.OWN],
        "needs": [
            {
                "title": each.area.label,
                "words": each.words,
                "hard": listed(hard.label.lower() for hard in each.makes_hard),
            }
            for each in said.needs
            if each.voice is Voice.OWN
        ],
        "doing": [
            {
                "what": each.row.adjustment.what,
                "where": listed(s.label.lower() for s in each.row.adjustment.settings),
            }
            for each in one.adjustments
        ],
        "made_by": made_by(found.family, now=now),
        "back_link": {
            "text": one.member.name, "href": wording.at("needs_adult", case, adult=adult),
        },
    }  # fmt: skip
    return render(request, "needs/sheet.jinja", page)
