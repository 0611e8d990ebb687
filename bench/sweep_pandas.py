"""A straightforward pandas version of the patterns that wait for an answer, to measure against.

As somebody would write it who has the files and an afternoon: masks, a merge, an anti-join. Only
patterns of the shape "follow up" whose question is the family's and that ask for nothing rarer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from goldenthread.analytics.sweep.bits import AGENCY_KINDS, CLASSES, CONCERNS, HOW_KNOWN, KINDS
from goldenthread.analytics.sweep.found import Question, of_pattern
from goldenthread.analytics.sweep.layout import parts_of
from goldenthread.domain.risk.looking import since
from goldenthread.domain.risk.matching import Condition, Filter
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.shapes import FollowUp
from goldenthread.domain.risk.vocabulary import Per

KEY = ["family", "place"]


def whole_families(patterns: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """The patterns that this version can do."""
    return tuple(
        one
        for one in patterns
        if isinstance(one.shape, FollowUp)
        and one.per is Per.FAMILY
        and not any((one.shape.must_know, one.shape.same_person, one.shape.settled_by))
        and one.only_while is None
        and one.child_under is None
        and one.child_over is None
    )


def follow_ups(folder: Path, patterns: Sequence[Pattern], on: date) -> list[Question]:
    """Every question of these patterns on a day."""
    facts = pd.concat(map(pd.read_parquet, parts_of(folder, "facts")), ignore_index=True)
    families = pd.concat(map(pd.read_parquet, parts_of(folder, "families")))
    names = dict(zip(families.family, families.name, strict=True))
    facts = _arrived(facts[facts.known <= on.toordinal()])
    facts = facts[facts.arrived <= on.toordinal()]
    found: list[Question] = []
    for pattern in patterns:
        left = _unanswered(facts, pattern, on)
        for family, rows in left.sort_values(KEY).groupby("family"):
            latest = [(id, day, True) for id, day in zip(rows.id, rows.day, strict=True)]
            found.append(of_pattern(pattern, names[family], "", latest))
    return found


def _arrived(facts: pd.DataFrame) -> pd.DataFrame:
    """When each entry became part of its family's history."""
    kin = facts[facts.of_family & ~facts.strength][["family", "people", "known"]]
    apart = facts[~facts.of_family][[*KEY, "people"]].merge(kin, on="family", suffixes=("", "_kin"))
    apart = apart[(apart.people & apart.people_kin) != 0]
    joined = apart.groupby(KEY).known.min().rename("joined").reset_index()
    facts = facts.merge(joined, on=KEY, how="left")
    facts = facts[facts.of_family | facts.joined.notna()]
    arrived = np.where(facts.of_family, facts.known, np.fmax(facts.known, facts.joined))
    return facts.assign(arrived=arrived)


def _unanswered(facts: pd.DataFrame, pattern: Pattern, on: date) -> pd.DataFrame:
    shape, start = pattern.shape, since(on, pattern.shape.fresh).toordinal()
    assert isinstance(shape, FollowUp)
    fits = _fits(facts, shape.events) & ~facts.strength
    events = facts[fits & (facts.day >= start) & (facts.earliest >= start)]
    events = events.sort_values(KEY).groupby("family").tail(100)
    events = events[events.arrived <= on.toordinal() - shape.grace]
    answers = facts[_fits(facts, shape.answered_by)][[*KEY, "day", "arrived"]]
    pairs = events[[*KEY, "day", "arrived"]].merge(answers, on="family", suffixes=("", "_a"))
    later = (pairs.day_a >= pairs.day) & (pairs.arrived_a >= pairs.arrived)
    before = (pairs.day_a < pairs.day) & (pairs.day_a >= pairs.day - shape.also_before)
    answered = pairs[(pairs.place_a != pairs.place) & (later | before)]
    if shape.later_day:
        answered = answered[answered.day_a != answered.day]
    keys = pd.MultiIndex.from_frame(answered[KEY])
    return events[~pd.MultiIndex.from_frame(events[KEY]).isin(keys)]


def _fits(facts: pd.DataFrame, one: Filter) -> pd.Series:
    found = pd.Series(False, index=facts.index)
    for condition in one.any_of:
        found |= _holds(facts, condition)
    return found


def _holds(facts: pd.DataFrame, one: Condition) -> pd.Series:
    found = pd.Series(True, index=facts.index)
    for column, wanted, vocabulary in (
        ("kind", one.kinds, KINDS),
        ("concerns", one.concerns, CONCERNS),
        ("agency_kind", one.agencies, AGENCY_KINDS),
        ("how_known", one.how_known, HOW_KNOWN),
        ("classes", one.about, CLASSES),
        ("classes", one.also_about, CLASSES),
    ):
        if wanted:
            found &= (facts[column] & vocabulary.mask(wanted)) != 0
    found &= (facts.agency_kind & AGENCY_KINDS.mask(one.not_agencies)) == 0
    found &= (facts.concerns & CONCERNS.mask(one.not_concerns)) == 0
    found &= (facts.classes & CLASSES.mask(one.not_about)) == 0
    if one.any_concern:
        found &= facts.worry
    if one.words:
        found &= _any_word(facts.text, one.words)
    if one.told_by:
        found &= _any_word(facts.told_by, one.told_by)
    return found & ~_any_word(facts.text, one.without_words) if one.without_words else found


def _any_word(texts: pd.Series, words: Sequence[str]) -> pd.Series:
    found = pd.Series(False, index=texts.index)
    for word in words:
        found |= texts.str.contains(word, regex=False)
    return found
