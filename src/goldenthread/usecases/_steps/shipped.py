"""The patterns that ship with the service, read from the files of `usecases.risk`, one a theme.

A partnership reads them, and may set other thresholds by a decision of its own; a file that says
something impossible is refused with a sentence that names the pattern and the part.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.domain.risk.filters_read import FilterReader
from goldenthread.domain.risk.parsing import read_pattern, read_patterns
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import PatternNotUnderstood
from goldenthread.domain.risk.thresholds import with_settings

SHARED = "shared_filters"


@cache
def shipped_patterns() -> tuple[Pattern, ...]:
    """Every shipped pattern, by key. Raises a PatternNotUnderstood."""
    return patterns_of(_texts())


@cache
def _texts() -> dict[str, str]:
    folder = files("goldenthread.usecases.risk") / "patterns"
    return {
        one.name.removesuffix(".toml"): one.read_text(encoding="utf-8")
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".toml")
    }


@cache
def shipped(key: str) -> Pattern | None:
    """The shipped pattern of this key, or None."""
    return next((one for one in shipped_patterns() if one.key == key), None)


def shipped_with(key: str, settings: Mapping[str, int], version: int) -> Pattern:
    """A shipped pattern with other numbers, read as its file would be, as this version.

    Raises a PatternNotUnderstood, and a LookupError where no pattern of this key ships.
    """
    pattern = shipped(key)
    if pattern is None:
        raise LookupError(key)
    told = with_settings(_tables()[key], settings, pattern) | {"version": version}
    return read_pattern(told, _shared_filters(), theme=pattern.theme)


@cache
def _tables() -> dict[str, Mapping[str, Any]]:
    """The plain table of every shipped pattern by its key."""
    return {
        told["key"]: told
        for theme, text in _texts().items()
        for told in _toml(theme, text).get("pattern", ())
    }


@cache
def _shared_filters() -> FilterReader:
    return FilterReader(_toml(SHARED, _texts()[SHARED]).get("filters", {}))


def patterns_of(texts: dict[str, str]) -> tuple[Pattern, ...]:
    """Read patterns from the texts of TOML files, by theme; `shared_filters` is one of them.

    Raises a PatternNotUnderstood whose reason names the file, or the pattern and the part.
    """
    told = {name: _toml(name, text) for name, text in texts.items()}
    shared = told.pop(SHARED, {}).get("filters", {})
    return read_patterns({theme: one.get("pattern") for theme, one in told.items()}, shared)


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise PatternNotUnderstood(f"{name} is not TOML: {broken}.") from broken
