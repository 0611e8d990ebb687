"""Two windows on one draft: both texts are shown, and a person chooses which to go on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from goldenthread.domain.chronology.two_windows import PAGE, ChangedElsewhere
from goldenthread.web.account.kept import Kept, words_in, words_sent

# Made anew on the page that shows both: what is sent again comes from that page.
NOT_SENT_AGAIN = ("csrfmiddlewaretoken", PAGE)


def changed_elsewhere(request: HttpRequest, error: ChangedElsewhere) -> HttpResponse:
    """409: what another window kept stands beside what this one sent; nothing was put over.

    A page that saves as somebody types is told in words of its own (`kit/autosave.js`).
    """
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"problem": error.reason}, status=409)
    page = {
        "rows": list(_beside(words_in(error.kept.items()), words_sent(request))),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_SENT_AGAIN
            for value in values
        ],
        "here": request.path,
    }
    return render(request, "account/changed_elsewhere.jinja", page, status=409)


def _beside(kept: Iterable[Kept], sent: Iterable[Kept]) -> Iterator[dict[str, str]]:
    """Each answer in which the two differ: what is kept, and what was sent."""
    ours, theirs = _by_label(sent), _by_label(kept)
    for label in dict.fromkeys((*theirs, *ours)):
        if theirs.get(label) != ours.get(label):
            yield {"label": label, "kept": theirs.get(label, ""), "sent": ours.get(label, "")}


def _by_label(answers: Iterable[Kept]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in answers:
        found.setdefault(one.label, []).append(one.text.replace("\r\n", "\n"))
    return {label: "\n".join(texts) for label, texts in found.items()}
