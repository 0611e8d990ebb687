"""Filters read from the plain values of a pattern file, every word checked.

A filter is the name of one of the shared filters, a table of conditions that must all hold, or a
list of these of which one must.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, HowKnown, Kind
from goldenthread.domain.risk.matching import Condition, Filter
from goldenthread.domain.risk.refusals import PatternNotUnderstood, UnknownPart, UnknownWord
from goldenthread.domain.risk.vocabulary import PersonClass
from goldenthread.domain.shared.word import Word

VOCABULARIES: dict[str, tuple[type[Word], str]] = {
    "kinds": (Kind, "a kind of entry"),
    "concerns": (Concern, "an area of concern"),
    "agencies": (AgencyKind, "a kind of agency"),
    "not_agencies": (AgencyKind, "a kind of agency"),
    "how_known": (HowKnown, "a way of knowing"),
    "about": (PersonClass, "a kind of person"),
    "also_about": (PersonClass, "a kind of person"),
    "not_concerns": (Concern, "an area of concern"),
    "not_about": (PersonClass, "a kind of person"),
}
WORDS = ("words", "without_words", "told_by")
PARTS = (*VOCABULARIES, *WORDS, "any_concern", "of")


def words_of(vocabulary: type[Word], what: str, said: Any, where: str) -> frozenset[str]:
    """The words of a list, each one of ours. Raises UnknownWord, suggesting the nearest."""
    if not isinstance(said, list) or not said:
        raise PatternNotUnderstood(f"{where} must be a list of words, such as {_some(vocabulary)}.")
    known = [member.value for member in vocabulary if member.value]
    for word in said:
        if word not in known:
            near = get_close_matches(str(word), known, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise UnknownWord(f"{where}: “{word}” is not {what}.{hint}")
    return frozenset(said)


def _some(vocabulary: type[Word]) -> str:
    return f'["{next(iter(vocabulary)).value}"]'


class FilterReader:
    """Reads filters; knows those that are shared by name."""

    def __init__(self, shared: Mapping[str, Any]) -> None:
        """Take the shared filters as plain values. Raises a PatternNotUnderstood for a bad one."""
        self._told = shared
        self._read: dict[str, Filter] = {}
        for name in shared:
            self._named(name, f"filters.{name}", ())

    def read(self, said: Any, where: str) -> Filter:
        """The filter said at some place of a file. Raises a PatternNotUnderstood naming it."""
        return Filter(tuple(dict.fromkeys(self._conditions(said, where, ()))))

    def _conditions(self, said: Any, where: str, path: tuple[str, ...]) -> Iterable[Condition]:
        if isinstance(said, str):
            return self._named(said, where, path).any_of
        if isinstance(said, list) and said:
            return [one for part in said for one in self._conditions(part, where, path)]
        if isinstance(said, Mapping) and said:
            return self._table(said, where, path)
        raise PatternNotUnderstood(f"{where} must name a shared filter or give conditions.")

    def _named(self, name: str, where: str, path: tuple[str, ...]) -> Filter:
        if name not in self._told:
            near = get_close_matches(name, list(self._told), n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise UnknownWord(f"{where}: “{name}” is not a shared filter.{hint}")
        if name in path:
            raise PatternNotUnderstood(f"{where}: the shared filter “{name}” goes round in itself.")
        if name not in self._read:
            inner = f"filters.{name}"
            found = self._conditions(self._told[name], inner, (*path, name))
            self._read[name] = Filter(tuple(dict.fromkeys(found)))
        return self._read[name]

    def _table(
        self, said: Mapping[str, Any], where: str, path: tuple[str, ...]
    ) -> Iterable[Condition]:
        unknown = sorted(set(said) - set(PARTS))
        if unknown:
            raise UnknownPart(
                f"{where}: “{unknown[0]}” is not something a filter can ask for. "
                f"It can ask for {', '.join(PARTS)}."
            )
        asked: dict[str, Any] = {}
        for part, (vocabulary, what) in VOCABULARIES.items():
            if part in said:
                found = words_of(vocabulary, what, said[part], f"{where}.{part}")
                is_person = vocabulary is PersonClass
                asked[part] = frozenset(PersonClass(w) for w in found) if is_person else found
        for part in WORDS:
            if part in said:
                asked[part] = self._texts(said[part], f"{where}.{part}")
        if "any_concern" in said:
            if not isinstance(said["any_concern"], bool):
                raise PatternNotUnderstood(f"{where}.any_concern must be true or false.")
            asked["any_concern"] = said["any_concern"]
        if "of" not in said:
            return [Condition(**asked)]
        return [self._narrowed(one, asked) for one in self._conditions(said["of"], where, path)]

    @staticmethod
    def _narrowed(one: Condition, asked: Mapping[str, Any]) -> Condition:
        """A shared condition with more asked for: `of` names the filter that is narrowed."""
        return replace(one, **asked)

    @staticmethod
    def _texts(said: Any, where: str) -> tuple[str, ...]:
        if not isinstance(said, list) or not said or not all(isinstance(w, str) for w in said):
            raise PatternNotUnderstood(f"{where} must be a list of words to look for.")
        if any(len(word.strip()) < 2 for word in said):
            raise PatternNotUnderstood(f"{where} holds a word of fewer than two letters.")
        return tuple(sorted({word.lower() for word in said}))
