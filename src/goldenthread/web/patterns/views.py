"""The handbook: every pattern by theme, and a page for each that says what it asks and why."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.domain.risk.pattern import Pattern
from goldenthread.usecases.risk.handbook import rule_parts
from goldenthread.usecases.risk.read_handbook import HandbookPage, read_handbook, read_pattern
from goldenthread.web.kit import clock, words
from goldenthread.web.patterns import wording

PATTERNS = {"text": "Patterns", "href": "/patterns/"}


@require_GET
def patterns(request: HttpRequest) -> HttpResponse:
    """Every pattern by theme, with the question it asks."""
    found = read_handbook(request.actor, now=clock.now())
    page = {
        "themes": list(_themes(found.patterns, found.decided)),
        "count": words.counted(len(found.patterns), "pattern"),
        "decided": words.counted(len(found.decided), "pattern") if found.decided else "",
        "may_set": found.may_set,
    }
    return render(request, "patterns/patterns.jinja", page)


def _themes(found: Iterable[Pattern], decided: frozenset[str]) -> Iterable[dict[str, object]]:
    by_theme: dict[str, list[Pattern]] = {}
    for one in found:
        by_theme.setdefault(one.theme, []).append(one)
    for theme, members in sorted(by_theme.items()):
        yield {
            "title": wording.theme(theme),
            "anchor": theme.replace("_", "-"),
            "rows": [
                {
                    "key": one.key,
                    "title": one.title,
                    "about": wording.about(one),
                    "question": wording.question(one),
                    "asked_of": wording.filled(one.asked_of),
                    "is_decided": one.key in decided,
                }
                for one in sorted(members, key=lambda one: one.title)
            ],
        }


@require_GET
def pattern(request: HttpRequest, key: str) -> HttpResponse:
    """One pattern: question, why, what it looks at, numbers, worked example, versions."""
    found = read_pattern(request.actor, key, now=clock.now())
    one = found.pattern
    page = {
        "key": one.key,
        "title": one.title,
        "why": one.why,
        "question": wording.question(one),
        "asked_of": wording.filled(one.asked_of),
        "about": wording.about(one),
        "guidance": one.guidance,
        "certainty": f"{one.certainty.label} (mark {one.certainty})",
        "owner": one.owner,
        "version": one.version,
        "shape": wording.shape(one),
        "rule": [part for part in rule_parts(one) if not part.is_number],
        "numbers": wording.numbers(one),
        "example": wording.example(found),
        "versions": [_version(version, found) for version in found.versions],
        "to_come": [one.number for one in found.versions if one.is_to_come(found.made_at)],
        "may_set": found.may_set,
        "breadcrumbs": [PATTERNS, {"text": wording.theme(one.theme)}],
    }
    return render(request, "patterns/pattern.jinja", page)


def _version(version, found: HandbookPage) -> dict[str, object]:
    row = version.decided
    return {
        "number": version.number,
        "status": wording.status(version, found.made_at),
        "holds": version.holds,
        "changed": [wording.change(*one) for one in version.changed],
        "reason": row.reason if row else "",
        "by": f"{row.set_by_name}, {row.agency_name}" if row else "",
        "decided": words.instant_in_words(row.recorded_at) if row else "",
        "still_fits": version.still_fits,
        "may_return": found.may_set and version is not found.versions[0],
    }
