"""The patterns that ship with the service, read from the files of `usecases.risk`, one a theme.

A partnership reads them, and may set other thresholds by a decision of its own; a file that says
something impossible is refused with a sentence that names the pattern and the part.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.domain.risk.parsing import read_patterns
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import PatternNotUnderstood

SHARED = "shared_filters"


@cache
def shipped_patterns() -> tuple[Pattern, ...]:
    """Every shipped pattern, by key. Raises a PatternNotUnderstood."""
    folder = files("goldenthread.usecases.risk") / "patterns"
    return patterns_of(
        {
            one.name.removesuffix(".toml"): one.read_text(encoding="utf-8")
            for one in sorted(folder.iterdir(), key=lambda one: one.name)
            if one.name.endswith(".toml")
        }
    )


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
