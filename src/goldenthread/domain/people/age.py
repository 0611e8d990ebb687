"""A child's age as people say it: weeks for a baby, months for a toddler, years after that."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.shared.partial_date import PartialDate

# A pregnancy is counted as 40 weeks to the expected date (NHS convention).
WEEKS_OF_PREGNANCY = 40


def age_in_words(born: PartialDate | None, on: date, *, expected_on: date | None = None) -> str:
    """The age on a day, or how far a pregnancy had gone; "age not known" where nothing is known.

    Exact birth dates give weeks under 12 weeks, months under 2 years, then years. A partial birth
    date gives "about".
    """
    if born is not None and born.from_min is not None:
        if on >= born.from_min:
            words = _since(born.from_min, on)
            return words if born.is_exact else f"about {words}"
        expected_on = expected_on or born.from_min
    if expected_on is not None:
        return _unborn(expected_on, on)
    return "age not known"


def _since(born: date, on: date) -> str:
    days = (on - born).days
    if days < 7:
        return _count(days, "day")
    if days < 84:
        return _count(days // 7, "week")
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return _count(months, "month") if months < 24 else _count(months // 12, "year")


def _unborn(expected_on: date, on: date) -> str:
    weeks = WEEKS_OF_PREGNANCY - -(-(expected_on - on).days // 7)
    if weeks < 0:
        return "before the pregnancy"
    return f"unborn, about {_count(weeks, 'week')}" if weeks <= 45 else "age not known"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
