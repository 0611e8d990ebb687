"""A pattern's filters as conditions on the columns of an entry, each asked once for all patterns.

The cheap questions, about sets, come first; the text of an entry is searched only where they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from goldenthread.analytics.sweep.bits import AGENCY_KINDS, CLASSES, CONCERNS, HOW_KNOWN, KINDS
from goldenthread.analytics.sweep.reaching import EVER, reaches
from goldenthread.analytics.sweep.sql import all_of, apart, meets, text
from goldenthread.domain.risk.matching import Condition, Filter
from goldenthread.domain.risk.pattern import Pattern


class Flags:
    """A column of yes or no for each different filter of some patterns."""

    def __init__(self, patterns: Iterable[Pattern], on: date) -> None:
        self._from: dict[Filter, int] = {}
        for pattern in patterns:
            for one, day in reaches(pattern, on):
                if one:
                    self._from[one] = min(day, self._from.get(one, day))
        self.columns: Mapping[Filter, str] = {one: f"f{n}" for n, one in enumerate(self._from)}

    def fits(self, one: Filter, alias: str) -> str:
        """Whether an entry fits a filter; none fits the one that asks for nothing."""
        return f"{alias}.{self.columns[one]}" if one else "false"

    def as_columns(self) -> str:
        """The columns, for the select that makes them."""
        return "".join(f",\n  {self._asked(one)} AS {name}" for one, name in self.columns.items())

    def _asked(self, one: Filter) -> str:
        """What is asked of an entry, where it is not too old to matter to any pattern."""
        if self._from[one] <= EVER:
            return said(one)
        return f"CASE WHEN f.day >= {self._from[one]} THEN {said(one)} ELSE false END"


def said(one: Filter) -> str:
    """Whether at least one of a filter's conditions holds."""
    return " OR ".join(f"({_condition(condition)})" for condition in one.any_of)


def _condition(one: Condition) -> str:
    plain = _plainly(one)
    words = _in_words(one)
    return f"CASE WHEN {plain} THEN {words} ELSE false END" if words else plain


def _plainly(one: Condition) -> str:
    return all_of(
        one.kinds and meets("f.kind", KINDS.mask(one.kinds)),
        one.concerns and meets("f.concerns", CONCERNS.mask(one.concerns)),
        one.any_concern and "f.worry",
        one.agencies and meets("f.agency_kind", AGENCY_KINDS.mask(one.agencies)),
        one.not_agencies and apart("f.agency_kind", AGENCY_KINDS.mask(one.not_agencies)),
        one.how_known and meets("f.how_known", HOW_KNOWN.mask(one.how_known)),
        one.not_concerns and apart("f.concerns", CONCERNS.mask(one.not_concerns)),
        one.not_about and apart("f.classes", CLASSES.mask(one.not_about)),
        one.also_about and meets("f.classes", CLASSES.mask(one.also_about)),
        one.about and meets("f.classes", CLASSES.mask(one.about)),
    )


def _in_words(one: Condition) -> str:
    conditions = (
        _one_of("f.text", one.words),
        _one_of("f.told_by", one.told_by),
        one.without_words and f"NOT {_one_of('f.text', one.without_words)}",
    )
    return all_of(*conditions) if any(conditions) else ""


def _one_of(column: str, words: tuple[str, ...]) -> str:
    """Whether a text holds one of these words; several are sought in one pass over it."""
    if len(words) == 1:
        return f"contains({column}, {text(words[0])})"
    pattern = "|".join(map(re.escape, words))
    return f"regexp_matches({column}, {text(pattern)})" if words else ""
