"""The digest of all that a version of a profile or an adjustment says: proof it never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.profile import Profile


def digest_of_profile(profile: Profile, *, statement: UUID, earlier: Iterable[UUID]) -> str:
    """The SHA-256, in hexadecimal, of all that a version says and what it was written from.

    Adjustments have digests of their own and are no part of it.
    """
    said = {name: value for name, value in _said(profile).items() if name != "adjustments"}
    return _digest({**said, "statement": str(statement), "earlier": sorted(map(str, earlier))})


def digest_of_adjustment(
    adjustment: Adjustment, *, statement: UUID, instead_of: UUID | None, ended: bool
) -> str:
    """The SHA-256, in hexadecimal, of all that an adjustment says and what it replaces."""
    of = {"statement": str(statement), "instead_of": str(instead_of or ""), "ended": ended}
    return _digest({**_said(adjustment), **of})


def _digest(said: dict[str, object]) -> str:
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _said(thing: Profile | Adjustment) -> dict[str, object]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool) or value is None else str(value)
