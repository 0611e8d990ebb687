"""Dates from the three boxes and the choice beside them, read in the domain's one way.

Day, or day and month, may be empty. Nothing is guessed: a box that makes no sense is a problem in
words, never a different date.
"""

from __future__ import annotations

from datetime import date

from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate, not_known
from goldenthread.web.record.answers import Answers

NEED_YEAR = "Enter the year, or choose “Not known”."
NEED_MONTH = "Enter the month as well, or leave the day empty."


def boxes_filled(answers: Answers, name: str) -> bool:
    """Whether any of the three boxes holds something."""
    return any(answers.said(f"{name}-{box}") for box in ("day", "month", "year"))


def question_values(answers: Answers, name: str) -> dict[str, str]:
    """What `kit.date_question` shows again, as it was typed."""
    return {
        "day": answers.one(f"{name}-day"),
        "month": answers.one(f"{name}-month"),
        "year": answers.one(f"{name}-year"),
        "precision": answers.one(f"{name}-precision"),
        "end_day": answers.one(f"{name}-end-day"),
        "end_month": answers.one(f"{name}-end-month"),
        "end_year": answers.one(f"{name}-end-year"),
    }


def question_date(answers: Answers, name: str) -> PartialDate:
    """The date of a whole date question. Raises DateNotUnderstood with a plain sentence."""
    sure = answers.one(f"{name}-precision") or "exact"
    if sure == "unknown":
        if boxes_filled(answers, name):
            raise DateNotUnderstood("You gave a date and chose “Not known”. Keep one of them.")
        return not_known()
    first = _typed(answers, name)
    if sure == "between":
        return parse_as_typed(f"between {first} and {_typed(answers, f'{name}-end')}")
    word = {"about": "about ", "before": "before ", "after": "after ", "ongoing": "since "}
    return _read(word.get(sure, "") + first, first)


def boxes_date(answers: Answers, name: str) -> PartialDate:
    """The date in three boxes, day and month optional. Raises DateNotUnderstood."""
    typed = _typed(answers, name)
    return _read(typed, typed)


def boxes_day(answers: Answers, name: str) -> date:
    """The one day in three boxes, all of them needed. Raises DateNotUnderstood."""
    found = boxes_date(answers, name)
    if not found.is_exact or found.from_min is None:
        raise DateNotUnderstood("Enter the day, the month and the year.")
    return found.from_min


def _typed(answers: Answers, name: str) -> str:
    day, month, year = (answers.one(f"{name}-{box}").strip() for box in ("day", "month", "year"))
    if not year:
        raise DateNotUnderstood(NEED_YEAR)
    if day and not month:
        raise DateNotUnderstood(NEED_MONTH)
    parts = [part for part in (day, month, year) if part]
    return ("/" if month.isdigit() else " ").join(parts)


def _read(words: str, typed: str) -> PartialDate:
    """Read the words; where they fail, speak of what was typed and not of how it is kept."""
    try:
        found = parse_as_typed(words)
    except DateNotUnderstood as error:
        _, _, why = error.reason.partition(": ")
        sentence = f"{typed} is not a date: {why}" if why else error.reason
        raise DateNotUnderstood(sentence) from error
    if not found.is_known:
        raise DateNotUnderstood(NEED_YEAR)
    return found
