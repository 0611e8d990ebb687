"""The sentence that controls the Picture page: whose knowledge, on which day, whose life."""

from __future__ import annotations

from goldenthread.usecases.chronology.history_request import Asked as HistoryAsked
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.case.history import choices
from goldenthread.web.case.history.choices import Option
from goldenthread.web.kit.words import day_in_words
from goldenthread.web.picture.asked import Asked, child_of, kept_fields


def control_of(history: History, asked: Asked, address: str) -> dict[str, object]:
    """Everything with which a reader chooses what is shown, and the sentence that says what is."""
    as_history = _as_history(asked)
    child = child_of(asked, history.family)
    return {
        "address": address,
        "asked": asked,
        "errors": [{"text": p.reason, "href": f"#{p.asked}"} for p in asked.problems],
        "viewpoints": choices.viewpoint_options(history, as_history),
        "children": [
            Option(str(one.person), one.name, one == child) for one in history.family.children
        ],
        "on_typed": asked.typed_on if asked.because("on") else day_in_words(asked.on),
        "kept": kept_fields(asked, "known-to", "on", "child", "question"),
        "whose": choices.whose_words(history, as_history),
        "of_whom": child.name if child else "",
        "on_words": day_in_words(asked.on),
        "what_left": choices.what_left(history, as_history),
        "nobody_knew": choices.nobody_knew(history, as_history),
    }


def seen_as(history: History, asked: Asked) -> str:
    """The viewpoint, for the foot of the page and of every printed sheet."""
    return choices.seen_as(history, _as_history(asked))


def _as_history(asked: Asked) -> HistoryAsked:
    return HistoryAsked(viewpoint=asked.viewpoint, today=asked.today, on=asked.on)
