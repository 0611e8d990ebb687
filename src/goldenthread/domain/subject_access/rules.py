"""The law of a request as a partnership keeps it: how long there is, and why words may be withheld.

Figures and reasons are data (`subject_access_rules.toml`), each with its source. Nothing here
decides that a reason applies: a person does.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.domain.shared.refusal import Refusal

MOST_MONTHS = 6


class AccessRulesNotUnderstood(Refusal):
    """The rules were edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """One reason for withholding: what it is called, when it applies, and in which law.

    `mark` stands in place of the words. `is_said` is whether the person who asked is told that this
    reason was used; where telling would itself do the harm, they are not.
    """

    key: str
    label: str
    when: str
    source: str
    mark: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class AccessRules:
    """How many months there are to answer, every reason by its code, and words that hint at a
    source."""

    months: int
    months_source: str
    reasons: Mapping[str, ReasonCode]
    another_agency: str
    source_words: tuple[str, ...]
    complain: str

    def mark_of(self, codes: Iterable[str]) -> str:
        """What stands in place of words withheld for these reasons."""
        said = [self.reasons[code].mark for code in sorted(codes) if self.reasons[code].is_said]
        return f"[withheld: {'; '.join(said)}]" if said else "[withheld]"


def read_rules(told: Mapping[str, Any]) -> AccessRules:
    """The rules of a parsed `subject_access_rules.toml`. Raises AccessRulesNotUnderstood."""
    months = told.get("months")
    if type(months) is not int or not 1 <= months <= MOST_MONTHS:
        raise AccessRulesNotUnderstood(f"“months” must be a whole number from 1 to {MOST_MONTHS}.")
    reasons = {}
    for key, row in told.get("reason", {}).items():
        label, when, source, mark = (
            row.get(name, "") for name in ("label", "when", "source", "mark")
        )
        if not all(isinstance(one, str) and one.strip() for one in (label, when, source, mark)):
            raise AccessRulesNotUnderstood(f"The reason “{key}” needs words, a source and a mark.")
        if any(c in mark for c in "[]"):
            raise AccessRulesNotUnderstood(f"The mark of “{key}” may hold no brackets.")
        reasons[key] = ReasonCode(key, label, when, source, mark, row.get("said", True) is True)
    default = told.get("another_agency", "")
    if default not in reasons:
        raise AccessRulesNotUnderstood("“another_agency” must be one of the reasons.")
    said = [str(told.get(name, "")) for name in ("months_source", "complain")]
    if not all(one.strip() for one in said):
        raise AccessRulesNotUnderstood("The time and the way to complain each need their words.")
    return AccessRules(
        months, said[0], reasons, default, tuple(told.get("source_words", ())), said[1]
    )


def due_on(asked_on: date, months: int) -> date:
    """The day an answer is due: the same day `months` calendar months on, else that month's last.

    Source of the month: UK GDPR, Article 12(3); of the day: ICO, "Right of access". The ICO lets a
    day that is no working day move to the next; here it does not, which is never too late.
    """
    whole = asked_on.year * 12 + asked_on.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(asked_on.day, calendar.monthrange(year, month)[1]))
