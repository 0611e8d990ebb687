"""When whoever is to answer for a plan is reminded.

Once each time it comes to need review, and once when the day for an answer has passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.plans.currency import PlanCurrency, Reason
from goldenthread.domain.shared.word import Word


class Remind(Word):
    """What somebody is reminded of."""

    NEEDS_REVIEW = "needs_review", "A plan needs review"
    DAY_PASSED = "day_passed", "The day for an answer has passed"


@dataclass(frozen=True, slots=True)
class Given:
    """A reminder that was given: of what, and what put the plan in question then."""

    what: str
    because: frozenset[str]


def because_of(found: PlanCurrency) -> frozenset[str]:
    """What puts a plan in question: the ids of the entries, and whatever time alone did."""
    return frozenset(key for reason in found.reasons for key in _keys(reason))


def reminder_due(
    found: PlanCurrency, answer_by: date | None, given: Iterable[Given], today: date
) -> Remind | None:
    """The reminder to give now; None where none is due.

    `given` are those the same person had since the plan was last signed or found still right. As
    long as something of what they were reminded of still questions it, it has not come to need
    review anew. Where the day has passed before anybody could be reminded, one reminder is enough.
    """
    because = because_of(found)
    if answer_by is None or not because:
        return None
    told = {one.what for one in given if one.because & because}
    if today > answer_by:
        return None if Remind.DAY_PASSED in told else Remind.DAY_PASSED
    return None if told else Remind.NEEDS_REVIEW


def _keys(reason: Reason) -> Iterable[str]:
    if reason.because:
        return (str(one) for one in reason.because)
    return (str(reason.trigger),)
