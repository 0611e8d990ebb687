"""Patterns read from plain values, as a file gives them: every slip is named, nothing is guessed.

Reading the file itself is the caller's; see `usecases/risk/shipped.py`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from typing import Any, TypeVar

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern
from goldenthread.domain.risk.filters_read import FilterReader, words_of
from goldenthread.domain.risk.pattern import Episode, Pattern
from goldenthread.domain.risk.refusals import (
    ImpossibleThreshold,
    KeyTaken,
    PartMissing,
    PatternNotUnderstood,
    QuestionNotPlain,
    SourceMissing,
    UnknownPart,
    UnknownShape,
    UnknownType,
    UnknownWord,
)
from goldenthread.domain.risk.shapes import LONGEST, NEEDED, SHAPES, Acceleration, Shape
from goldenthread.domain.risk.vocabulary import Certainty, Nature, Per, PromptType
from goldenthread.domain.shared.word import Word

W = TypeVar("W", bound=Word)
PLACES = frozenset({"who", "agencies", "number", "since"})
_KEY = re.compile(r"^[a-z][a-z0-9_]{2,59}$")
_TEXTS = ("title", "question", "asked_of", "owner")
_OWN_PARTS = frozenset(
    {
        "key", "type", "version", "title", "question", "asked_of", "guidance", "certainty",
        "owner", "shape", "why", "nature", "per", "only_while", "child_under", "child_over",
        "reopens_after", "viewpoints",
    }
)  # fmt: skip


def read_patterns(
    themes: Mapping[str, Any], shared_filters: Mapping[str, Any] | None = None
) -> tuple[Pattern, ...]:
    """Read the patterns of several themes, each a list of plain tables, in the order of their keys.

    Raises a PatternNotUnderstood whose reason names the pattern and the part.
    """
    reader = FilterReader(shared_filters or {})
    found: dict[str, Pattern] = {}
    for theme, tables in themes.items():
        if not isinstance(tables, list):
            raise PatternNotUnderstood(f"{theme} must hold a list of patterns.")
        for told in tables:
            pattern = read_pattern(told, reader, theme=theme)
            if pattern.key in found:
                raise KeyTaken(f"{pattern.key}: another pattern has this key already.")
            found[pattern.key] = pattern
    return tuple(found[key] for key in sorted(found))


def read_pattern(told: Mapping[str, Any], reader: FilterReader, *, theme: str = "") -> Pattern:
    """Read one pattern. Raises a PatternNotUnderstood."""
    key = _key(told, theme)
    name, shape_type = _shape_type(told, key)
    own = {one.name for one in fields(shape_type)}
    unknown = sorted(set(told) - _OWN_PARTS - own)
    if unknown:
        raise UnknownPart(f"{key}: a pattern of shape “{name}” has no part “{unknown[0]}”.")
    texts = {part: _text(told, part, key) for part in _TEXTS}
    guidance, certainty = _source(told, key)
    nature = _one_of(Nature, told.get("nature", "harm"), f"{key}.nature")
    _check_question(texts["question"], key)
    return Pattern(
        key=key,
        type=_type(told, key, nature),
        version=_whole(told.get("version"), f"{key}.version", 1, 1_000_000),
        guidance=guidance,
        certainty=certainty,
        shape=_shape(told, key, name, shape_type, reader),
        theme=theme,
        why=str(told.get("why", "")),
        nature=nature,
        per=_one_of(Per, told.get("per", "family"), f"{key}.per"),
        only_while=_episode(told.get("only_while"), key, reader),
        child_under=_optional_days(told, "child_under", key),
        child_over=_optional_days(told, "child_over", key),
        viewpoints=_viewpoints(told, key),
        reopens_after=_whole(told.get("reopens_after", 1), f"{key}.reopens_after", 1, 100),
        **texts,
    )


def _key(told: Any, theme: str) -> str:
    if not isinstance(told, Mapping):
        raise PatternNotUnderstood(f"{theme}: a pattern must be a table of parts.")
    key = told.get("key")
    if not isinstance(key, str) or not _KEY.match(key):
        raise PartMissing(
            f"{theme}: a pattern needs a key of small letters, digits and “_”; “{key}” is none."
        )
    return key


def _text(told: Mapping[str, Any], part: str, key: str) -> str:
    said = told.get(part)
    if not isinstance(said, str) or not said.strip():
        raise PartMissing(f"{key}: say its {part.replace('_', ' ')}, as “{part}”.")
    return said.strip()


def _source(told: Mapping[str, Any], key: str) -> tuple[str, Certainty]:
    said = told.get("guidance")
    if not isinstance(said, str) or not said.strip():
        raise SourceMissing(f"{key}: say what guidance or learning it rests on, as “guidance”.")
    mark = told.get("certainty")
    if mark not in Certainty._value2member_map_:
        raise SourceMissing(
            f"{key}: mark how firmly its source stands, as “certainty”: V seen in the owner's "
            "text, O seen elsewhere, B not seen."
        )
    return said.strip(), Certainty(str(mark))


def _one_of(vocabulary: type[W], said: Any, where: str) -> W:
    if said not in vocabulary._value2member_map_:
        known = ", ".join(member.value for member in vocabulary)
        raise UnknownWord(f"{where}: “{said}” is not one of {known}.")
    return vocabulary(said)


def _type(told: Mapping[str, Any], key: str, nature: Nature) -> PromptType | None:
    said = told.get("type")
    if nature is Nature.STRENGTH:
        if said is not None:
            raise UnknownType(f"{key}: a strength has no type; it asks about no harm.")
        return None
    if said not in PromptType._value2member_map_:
        known = [member.value for member in PromptType]
        near = get_close_matches(str(said), known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"It may be {', '.join(known)}."
        raise UnknownType(f"{key}: “{said}” is not a type of question. {hint}")
    return PromptType(str(said))


def _shape_type(told: Mapping[str, Any], key: str) -> tuple[str, type[Shape]]:
    said = told.get("shape")
    if not isinstance(said, str) or said not in SHAPES:
        near = get_close_matches(str(said), SHAPES, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"It may be {', '.join(SHAPES)}."
        raise UnknownShape(f"{key}: “{said}” is not a shape. {hint}")
    return said, SHAPES[said]


def _shape(
    told: Mapping[str, Any], key: str, name: str, shape_type: type[Shape], reader: FilterReader
) -> Shape:
    for needed in NEEDED[name]:
        if not told.get(needed):
            raise PartMissing(f"{key}: a pattern of shape “{name}” must say “{needed}”.")
    parts: dict[str, Any] = {}
    for one in fields(shape_type):
        where = f"{key}.{one.name}"
        if one.name in told:
            parts[one.name] = _part(one, told[one.name], where, reader)
        elif one.default is MISSING:
            raise PartMissing(f"{key}: a pattern of shape “{name}” must say “{one.name}”.")
    shape = shape_type(**parts)
    _check_possible(shape, key)
    return shape


def _part(one: Field[Any], said: Any, where: str, reader: FilterReader) -> Any:
    if "most" in one.metadata:
        return _whole(said, where, one.metadata["least"], one.metadata["most"])
    if one.type == "bool":
        if not isinstance(said, bool):
            raise PatternNotUnderstood(f"{where} must be true or false.")
        return said
    if one.name == "needs":
        return words_of(Concern, "an area of concern", said, where)
    if one.name == "should_know":
        return words_of(AgencyKind, "a kind of agency", said, where)
    return reader.read(said, where)


def _whole(said: Any, where: str, least: int, most: int) -> int:
    if not isinstance(said, int) or isinstance(said, bool):
        raise ImpossibleThreshold(f"{where} must be a whole number; “{said}” is none.")
    if not least <= said <= most:
        raise ImpossibleThreshold(f"{where} is {said}: it must be from {least} to {most}.")
    return said


def _check_possible(shape: Shape, key: str) -> None:
    """Refuse numbers that each may be, but that together no history could meet."""
    within = getattr(shape, "within", None)
    at_least = getattr(shape, "at_least", None)
    is_counted = type(shape).__name__ == "Count"
    if is_counted and within and at_least and at_least > within:
        raise ImpossibleThreshold(
            f"{key}: {at_least} occasions cannot lie within {within} days; there is one a day."
        )
    if isinstance(shape, Acceleration) and shape.recent >= shape.baseline:
        raise ImpossibleThreshold(
            f"{key}: the {shape.recent} recent days must be fewer than the {shape.baseline} days "
            "of the family's own pace before them."
        )
    if shape.grace >= shape.fresh + (within or 0):
        raise ImpossibleThreshold(
            f"{key}: after {shape.grace} days of grace nothing is fresh any more "
            f"({shape.fresh} days): it could never ask."
        )
    needs = getattr(shape, "needs", None)
    if needs is not None and at_least and at_least > len(needs):
        raise ImpossibleThreshold(f"{key}: {at_least} of {len(needs)} needs can never be there.")


def _episode(said: Any, key: str, reader: FilterReader) -> Episode | None:
    if said is None:
        return None
    where = f"{key}.only_while"
    if not isinstance(said, Mapping) or not said.get("opens"):
        raise PartMissing(f"{where} must say what “opens” the time and what “closes” it.")
    unknown = sorted(set(said) - {"opens", "closes", "lapses"})
    if unknown:
        raise UnknownPart(f"{where} has no part “{unknown[0]}”.")
    opens = reader.read(said["opens"], f"{where}.opens")
    lapses = _whole(said.get("lapses", 365), f"{where}.lapses", 1, LONGEST)
    if "closes" not in said:
        return Episode(opens=opens, lapses=lapses)
    return Episode(opens, reader.read(said["closes"], f"{where}.closes"), lapses)


def _viewpoints(told: Mapping[str, Any], key: str) -> frozenset[str]:
    if "viewpoints" not in told:
        return frozenset()
    return words_of(AgencyKind, "a kind of agency", told["viewpoints"], f"{key}.viewpoints")


def _optional_days(told: Mapping[str, Any], part: str, key: str) -> int | None:
    return None if part not in told else _whole(told[part], f"{key}.{part}", 1, LONGEST)


def _check_question(question: str, key: str) -> None:
    if not question.endswith("?"):
        raise QuestionNotPlain(f"{key}: the question must end with a question mark.")
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(question) if name is not None}
    except ValueError as broken:
        raise QuestionNotPlain(f"{key}: a bracket in the question is not closed.") from broken
    if named - PLACES:
        raise QuestionNotPlain(
            f"{key}: the question names “{sorted(named - PLACES)[0]}”, which cannot be filled in. "
            f"It may name {', '.join(sorted(PLACES))}."
        )
