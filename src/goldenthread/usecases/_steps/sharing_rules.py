"""The numbers about sharing a partnership sets for itself, as their file has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.domain.chronology.receiving import ReceiptRules


class SharingRulesNotUnderstood(Exception):
    """`sharing_rules.toml` was edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class SharingRules:
    """Numbers of days; the file says what each is for and what it rests on."""

    receipts: ReceiptRules
    ask_for_tellings_of: int
    look_ahead: int
    look_back: int
    works_with_for: int


@cache
def sharing_rules() -> SharingRules:
    """The rules as the file in this package has them. Raises SharingRulesNotUnderstood."""
    package = files("goldenthread.usecases.chronology")
    return rules_of((package / "sharing_rules.toml").read_text(encoding="utf-8"))


def rules_of(text: str) -> SharingRules:
    """Read the rules from the text of a file. Raises SharingRulesNotUnderstood naming the part."""
    try:
        days = tomllib.loads(text).get("days", {})
    except tomllib.TOMLDecodeError as broken:
        raise SharingRulesNotUnderstood(f"The file is not TOML: {broken}.") from broken
    if not isinstance(days, dict):
        raise SharingRulesNotUnderstood("days must hold numbers.")
    return SharingRules(
        receipts=ReceiptRules(_number(days, "acknowledge_within")),
        ask_for_tellings_of=_number(days, "ask_for_tellings_of"),
        look_ahead=_number(days, "look_ahead"),
        look_back=_number(days, "look_back"),
        works_with_for=_number(days, "works_with_for"),
    )


def _number(days: dict[str, object], name: str) -> int:
    found = days.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise SharingRulesNotUnderstood(f"days.{name} must be a whole number, at least 1.")
    return found
