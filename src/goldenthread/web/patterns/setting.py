"""Set when a pattern asks, in two steps: look at what it would change, then decide.

Nothing typed is lost: a slip shows the form again with a sentence where it was made.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.risk.thresholds import thresholds_of
from goldenthread.usecases.risk.handbook import miss_in_words, setting_in_words
from goldenthread.usecases.risk.read_handbook import HandbookPage, NotFoundHere, read_pattern
from goldenthread.usecases.risk.set_pattern import (
    LONGEST_REASON,
    NO_SUCH_PATTERN,
    NothingChanged,
    PatternNotSet,
    Preview,
    Proposed,
    SetMeanwhile,
    preview_pattern,
    set_pattern,
)
from goldenthread.web.kit import clock, words
from goldenthread.web.patterns import wording


@require_http_methods(["GET", "POST"])
def set_one(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what its numbers would change; and, once that was looked at, the decision."""
    found = read_pattern(request.actor, key, now=clock.now())
    if not found.may_set:
        raise NotFoundHere(NO_SUCH_PATTERN)
    if request.method != "POST":
        return _form(request, found, _earlier(request, found), {})
    typed = _typed(request, found)
    try:
        if request.POST.get("step") == "decide":
            return _decide(request, found, typed)
        preview = preview_pattern(request.actor, key, typed, now=clock.now())
    except PatternNotSet as refused:
        return _form(request, found, typed, refused.problems)
    except (NothingChanged, SetMeanwhile) as refused:
        return _form(request, found, typed, {"": refused.reason})
    return render(request, "patterns/preview.jinja", _previewed(request, found, typed, preview))


def _decide(request: HttpRequest, found: HandbookPage, typed: Proposed) -> HttpResponse:
    key = found.pattern.key
    version = set_pattern(
        request.actor, key, typed, id=_id(request), based_on=_based_on(request), now=clock.now()
    )
    messages.success(request, f"Version {version} of this pattern is decided.")
    return redirect("pattern", key=key)


def _id(request: HttpRequest) -> UUID:
    """The id the form carries, so that the same form sent twice is one decision."""
    try:
        return UUID(request.POST.get("decision", ""))
    except ValueError:
        return clock.new_id()


def _based_on(request: HttpRequest) -> int:
    based = request.POST.get("based_on", "")
    return int(based) if based.isascii() and based.isdigit() and len(based) < 8 else 0


def _typed(request: HttpRequest, found: HandbookPage) -> Proposed:
    parts = [one.part for one in thresholds_of(found.pattern)]
    given = {p: request.POST[f"n-{p}"][:20] for p in parts if f"n-{p}" in request.POST}
    reason = request.POST.get("reason", "")
    return Proposed(given, reason[: 2 * LONGEST_REASON], request.POST.get("holds_from", "")[:100])


def _earlier(request: HttpRequest, found: HandbookPage) -> Proposed:
    """The numbers of the version that `like` names, to go back to; else those decided last."""
    wanted = request.GET.get("like", "")
    numbers = {one.part: str(one.value) for one in thresholds_of(found.pattern)}
    known = {str(one.number): one for one in found.versions}
    if wanted in known:
        row = known[wanted].decided
        numbers |= {p: str(n) for p, n in (row.settings if row else found.ships).items()}
        return Proposed(numbers, f"Back to version {wanted}: ")
    last = found.versions[0].decided
    return Proposed(numbers | ({p: str(n) for p, n in last.settings.items()} if last else {}))


def _form(
    request: HttpRequest, found: HandbookPage, typed: Proposed, problems: dict[str, str]
) -> HttpResponse:
    one = found.pattern
    fields = [
        {
            "name": f"n-{n.part}",
            "id": f"n-{n.part.replace('.', '-')}",
            "label": setting_in_words(n.part),
            "value": typed.numbers.get(n.part, str(n.value)),
            "hint": f"Ships as {found.ships[n.part]:,}." if n.part in found.ships else "",
            "error": problems.get(n.part, ""),
        }
        for n in thresholds_of(one)
    ]
    places = {part: f"#n-{part.replace('.', '-')}" for part in found.ships}
    places |= {"": f"#{fields[0]['id']}", "reason": "#reason", "holds_from": "#holds-from"}
    page = {
        "key": one.key,
        "title": one.title,
        "question": wording.question(one),
        "fields": fields,
        "reason": typed.reason,
        "holds_from": typed.holds_from,
        "problems": problems,
        "errors": [
            {"text": _summed(part, said), "href": places[part]} for part, said in problems.items()
        ],
        "longest": LONGEST_REASON,
        "based_on": request.POST.get("based_on") or found.versions[0].number,
        "back_link": {"text": one.title, "href": reverse("pattern", kwargs={"key": one.key})},
    }
    return render(request, "patterns/set.jinja", page, status=422 if problems else 200)


def _summed(part: str, said: str) -> str:
    """A problem as the summary says it: with the name of the number it is about."""
    if part in ("", "reason", "holds_from"):
        return said
    return f"{setting_in_words(part)}: {said[:1].lower()}{said[1:]}"


def _previewed(
    request: HttpRequest, found: HandbookPage, typed: Proposed, preview: Preview
) -> dict[str, object]:
    examples, example = preview.examples, found.example
    return {
        "key": found.pattern.key,
        "title": found.pattern.title,
        "changed": [wording.change(*one) for one in preview.changed],
        "when": _when(preview),
        "holds": examples.still_holds,
        "all_hold": examples.all_hold,
        "on": words.day_in_words(example.on),
        "misses": [miss_in_words(miss, example) for miss in examples.would_ask],
        "miss_count": words.counted(len(examples.would_ask), "near-miss", "near-misses"),
        "quiet": words.counted(
            len(example.near_misses) - len(examples.would_ask), "near-miss", "near-misses"
        ),
        "numbers": [(f"n-{part}", value) for part, value in typed.numbers.items()],
        "reason": typed.reason,
        "holds_from": typed.holds_from,
        "from_words": typed.holds_from.strip() or "today",
        "based_on": _based_on(request),
        "decision": clock.new_id(),
        "version": preview.then.version,
        "back_link": {
            "text": found.pattern.title,
            "href": reverse("pattern", kwargs={"key": found.pattern.key}),
        },
    }


def _when(preview: Preview) -> str:
    """When the worked example would be asked, beside when it is now."""
    now, then = preview.examples.asked_now, preview.examples.asked_then
    if then is None:
        return "Over the worked example it would not be asked within a year."
    if now is None:
        return f"Over the worked example it would be asked on {words.day_in_words(then)}."
    if then == now:
        return f"The worked example is asked on {words.day_in_words(now)}, as it is now."
    days = words.counted(abs((then - now).days), "day")
    way = "earlier" if then < now else "later"
    return (
        f"The worked example would be asked on {words.day_in_words(then)}, {days} {way} than "
        f"now ({words.day_in_words(now)})."
    )
