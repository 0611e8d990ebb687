"""The plan page: how it stands first, then what keeps this child safe; its versions, and each
person's own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.decision import Action
from goldenthread.domain.plans.plan import Who
from goldenthread.domain.plans.vocabulary import CopyForm, CurrencyState
from goldenthread.domain.shared.instants import day_of, end_of_day
from goldenthread.usecases.plans.read_plan import (
    read_own_copy,
    read_plan,
    read_plan_version,
)
from goldenthread.usecases.plans.shown import PlanPage, VersionPage
from goldenthread.web.challenges.panel import challenge_panel
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.printed_line import printed_line
from goldenthread.web.kit.words import day_in_words
from goldenthread.web.plan import rows
from goldenthread.web.plan.body import body_of
from goldenthread.web.plan.changes import changes_shown
from goldenthread.web.plan.currency import currency_shown, entry_link, held_words

MORE = "It rests on further entries that your agency has not been told. Ask {name}."
LAYOUTS = {"": "A4", "large": "Large print", "easy": "Easy read"}


@require_GET
def plan(request: HttpRequest, case: UUID) -> HttpResponse:
    """What keeps this child safe tonight, and is it still true? `?on=DAY` is as it was then."""
    now = clock.now()
    on = _day(request.GET.get("on", ""), day_of(now))
    as_of = now if on is None else min(end_of_day(on), now)
    page = read_plan(request.actor, case, now=now, as_of=as_of)
    shown = {
        "frame": family_frame(page.family, current="plan", today=day_of(now)),
        "made_by": made_by(page.family, now=now),
        "here": reverse("plan", kwargs={"case": case}),
        "on": on,
        "on_words": day_in_words(on) if on else "",
        "scope": "everything in the record"
        if page.family.sees_everything
        else f"what {page.family.reader.agency_name} knew",
        "may_write": page.may_write and on is None,
        "start": reverse("plan_start", kwargs={"case": case}),
        "has_draft": page.draft is not None,
        **(_seen(page, case) if page.seen else {"currency": None}),
        "challenge_panel": challenge_panel(request, case, page.seen.version.statement)
        if page.seen and on is None
        else None,
    }
    return render(request, "plan/plan.jinja", shown)


@require_GET
def version(request: HttpRequest, case: UUID, version: UUID) -> HttpResponse:
    """One version as it was signed; with `?compare=ID`, what changed between the two."""
    return version_page(request, case, version)


def version_page(
    request: HttpRequest, case: UUID, version: UUID, *, problem: str = ""
) -> HttpResponse:
    """The page of one version, with what was typed of a copy where that was not kept, and why."""
    now = clock.now()
    found = read_plan_version(
        request.actor, case, version, compare=_id(request.GET.get("compare", "")), now=now
    )
    at = {"case": case, "version": version}
    shown = {
        "frame": family_frame(found.family, current="plan", today=day_of(now)),
        "made_by": made_by(found.family, now=now),
        "title": rows.called(found.version),
        "is_newest": found.is_newest,
        "signed": _signed_words(found),
        "why": found.version.why,
        "entry": reverse("entry", kwargs={"case": case, "statement": found.version.statement}),
        "decision": _decision(found, case),
        "tampered": _tampered(found),
        "more": MORE.format(name=found.version.owner_name) if found.rests_on_more else "",
        "body": body_of(found.plan, found.named, found.entries, case, version=version),
        "review": day_in_words(found.plan.review_on) if found.plan.review_on else "",
        "compared": rows.called(found.compared)[1:] if found.compared else "",
        "changes": changes_shown(found.changes, found.named, found.entries),
        "versions": rows.version_lines(found.versions, found.answers, case, here=version),
        "others": [one for one in found.versions if one.id != version],
        "compare_at": reverse("plan_version", kwargs=at),
        "called": rows.called,
        "signatures": rows.signature_words(found.signatures, found.named),
        "copies": rows.copy_words(found.copies, found.versions[0].id, found.named),
        "own": rows.own_versions(found.plan, found.named, case, version),
        "may_write": found.may_write,
        **_ways(found.family.case.id, version),
        "givable": _givable(found),
        "forms": CopyForm.choices(),
        "copy_id": clock.new_id(),
        "today": day_of(now),
        "typed": request.POST.dict(),
        "problem": problem,
        "errors": [{"text": problem, "href": "#who"}] if problem else [],
        "back_link": {"text": "Plan", "href": reverse("plan", kwargs={"case": case})},
    }
    return render(request, "plan/version.jinja", shown, status=422 if problem else 200)


@require_GET
def own(request: HttpRequest, case: UUID, version: UUID, sort: str, who: UUID) -> HttpResponse:
    """One person's own version, to print on A4, in large print or as easy read."""
    now = clock.now()
    named = Who(who, is_practitioner=sort == "practitioner")
    found = read_own_copy(
        request.actor, case, version, named, now=now, action=Action.EXPORT_CHRONOLOGY
    )
    layout = request.GET.get("layout", "")
    layout = layout if layout in LAYOUTS else ""
    here = reverse("plan_own", kwargs={"case": case, "version": version, "sort": sort, "who": who})
    shown = {
        "name": found.named.of(named),
        "made_by": printed_line(request.reader, now=now, for_whom=f"For {found.named.of(named)}"),
        "layout": layout,
        "layouts": [
            {
                "text": text,
                "href": f"{here}?layout={key}" if key else here,
                "is_here": key == layout,
            }
            for key, text in LAYOUTS.items()
        ],
        "is_newest": found.is_newest,
        "signed_on": day_in_words(day_of(found.version.signed_at)),
        "actions": [
            {
                "words": one.words,
                "when": rows.when_words(one.parts, one.times),
                "red_flag": one.red_flag,
                "until": one.until,
            }
            for one in found.copy.actions
        ],
        "what_ifs": [
            {
                "if": rows.if_words(one.if_words, one.about, found.named),
                "then": one.then_words,
                "who": "You" if one.is_theirs else (found.named.of(one.who) if one.who else ""),
            }
            for one in found.copy.what_ifs
        ],
        "ring": found.copy.ring,
        "back": reverse("plan_version", kwargs={"case": case, "version": version}),
    }
    return render(request, "plan/own.jinja", shown)


def _seen(page: PlanPage, case: UUID) -> dict[str, object]:
    seen = page.seen
    assert seen is not None
    row, currency = seen.version, currency_shown(page, case)
    review = seen.confirmed.review_on if seen.confirmed else seen.plan.review_on
    return {
        "currency": currency,
        "is_stale": seen.currency.state is CurrencyState.STALE,
        "body": body_of(
            seen.plan,
            page.named,
            page.entries,
            case,
            version=row.id,
            currency=seen.currency,
            holds=held_words(seen),
            hints=page.hints,
        ),
        "title": rows.called(row),
        "version_at": reverse("plan_version", kwargs={"case": case, "version": row.id}),
        "owner": f"{row.owner_name}, {row.owner_agency_name}",
        "owner_phone": row.owner_phone,
        "review": day_in_words(review) if review else "",
        "tampered": _tampered(page),
        "more": MORE.format(name=row.owner_name) if page.rests_on_more else "",
        "signatures": rows.signature_words(page.signatures, page.named),
        "copies": rows.copy_words(page.copies, row.id, page.named),
        "own": rows.own_versions(seen.plan, page.named, case, row.id),
        "versions": rows.version_lines(seen.versions, seen.answers, case, here=None),
        "is_withdrawn": seen.withdrawn is not None,
        "others": [
            {
                "text": rows.called(one.version),
                "by": one.version.agency_name,
                "href": reverse("plan_version", kwargs={"case": case, "version": one.version.id}),
            }
            for one in page.others
        ],
        **_ways(case, row.id),
    }


def _ways(case: UUID, version: UUID) -> dict[str, object]:
    at = {"case": case, "version": version}
    return {
        "answer_at": reverse("plan_answer", kwargs=at),
        "agree_at": reverse("plan_agree", kwargs=at),
        "copy_at": reverse("plan_copy", kwargs=at),
        "ended_at": lambda copy: reverse("plan_copy_ended", kwargs={"case": case, "copy": copy}),
    }


def _tampered(page: PlanPage | VersionPage) -> str:
    """Words where a version, or an entry it rests on, no longer says what it said."""
    is_as_signed = page.seen.is_as_signed if isinstance(page, PlanPage) and page.seen else True
    if isinstance(page, VersionPage):
        is_as_signed = page.is_as_signed
    if not is_as_signed:
        return "This version no longer says what it said when it was signed. Tell your manager now."
    if page.changed_pins:
        return (
            "An entry this plan rests on no longer says what it said then. Tell your manager now."
        )
    return ""


def _signed_words(found: VersionPage) -> str:
    row = found.version
    on = day_of(row.signed_at)
    written = day_of(row.recorded_at)
    late = f" (put into this record on {day_in_words(written)})" if (written - on).days > 3 else ""
    return f"Signed by {row.signed_by_name}, {row.agency_name}, on {day_in_words(on)}{late}."


def _decision(found: VersionPage, case: UUID):
    decision = found.version.decision
    if decision is None or decision not in found.entries:
        return None
    return entry_link(found.entries[decision], case)


def _givable(found: VersionPage) -> list[dict[str, str]]:
    """Everybody who can be given a copy: whom the plan names, and the team."""
    people = [Who(one.person) for one in found.family.members if one.person in found.plan.people]
    team = [Who(one.practitioner, is_practitioner=True) for one in found.family.team]
    return [{"value": who.code, "text": found.named.of(who)} for who in (*people, *team)]


def _day(text: str, today: date) -> date | None:
    """A day in the past that was asked for; None for today, a day to come, or no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < today else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
