"""Which rules a family was considered by: one digest of every pattern and of the engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from goldenthread.domain.risk.pattern import Pattern

# Raised whenever the same patterns may give other questions: every family is then looked at again.
ENGINE = 1


def digest_of(patterns: Sequence[Pattern]) -> str:
    """The SHA-256 of these patterns and the engine, in hexadecimal; their order is nothing."""
    return _digest(frozenset(patterns))


@lru_cache(maxsize=8)
def _digest(patterns: frozenset[Pattern]) -> str:
    told = sorted(json.dumps(_plain(one), ensure_ascii=False) for one in patterns)
    return hashlib.sha256(json.dumps([ENGINE, told]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value of a pattern as lists and words, the same in every process."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = [[one.name, _plain(getattr(value, one.name))] for one in fields(value)]
        return [type(value).__name__, parts]
    if isinstance(value, frozenset):
        return sorted((_plain(one) for one in value), key=json.dumps)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
