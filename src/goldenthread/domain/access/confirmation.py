"""When an agency confirms again that somebody works there, and what happens where nobody does.

An account is warned about before it is stopped, and always for a while: never silently. Stopping
takes nothing away: the account goes on from the moment somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word


class FiguresNotUnderstood(Refusal):
    """The figures of accounts cannot be read."""


class Standing(Word):
    """How an account stands to its next confirmation."""

    CONFIRMED = "confirmed", "Confirmed"
    DUE = "due", "To be confirmed"
    WARNED = "warned", "Overdue: will be stopped"
    STOPPED = "stopped", "Stopped until confirmed"


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """The numbers of `account_rules.toml`, as its comments say."""

    confirm_every: int
    listed_before: int
    stopped_after_warning: int
    invitation_hours: int
    password_link_hours: int
    listed_after_leaving: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What is known of one account: `last` is the day it was given or last confirmed.

    `warned_on` is the day its holder was warned of this overdue confirmation, None where nobody
    was. `is_stopped` says that it was stopped since.
    """

    last: date
    warned_on: date | None = None
    is_stopped: bool = False


def due_on(confirmed: Confirmed, figures: AccountFigures) -> date:
    """The day by which somebody confirms the account again."""
    return confirmed.last + timedelta(days=figures.confirm_every)


def stops_on(confirmed: Confirmed, figures: AccountFigures) -> date | None:
    """The day from which an account that was warned about is stopped; None before the warning."""
    if confirmed.warned_on is None:
        return None
    return confirmed.warned_on + timedelta(days=figures.stopped_after_warning)


def standing_of(confirmed: Confirmed, figures: AccountFigures, *, today: date) -> Standing:
    """How an account stands today."""
    if confirmed.is_stopped:
        return Standing.STOPPED
    if confirmed.warned_on is not None:
        return Standing.WARNED
    listed = due_on(confirmed, figures) - timedelta(days=figures.listed_before)
    return Standing.DUE if today >= listed else Standing.CONFIRMED


def is_to_be_warned(confirmed: Confirmed, figures: AccountFigures, *, today: date) -> bool:
    """Whether its day has passed and nobody was warned yet."""
    waits = confirmed.warned_on is None and not confirmed.is_stopped
    return waits and today > due_on(confirmed, figures)


def is_to_be_stopped(confirmed: Confirmed, figures: AccountFigures, *, today: date) -> bool:
    """Whether it was warned about long enough ago."""
    stops = stops_on(confirmed, figures)
    return not confirmed.is_stopped and stops is not None and today >= stops


def read_figures(told: Mapping[str, Any]) -> AccountFigures:
    """The figures of a parsed `account_rules.toml`. Raises FiguresNotUnderstood."""
    found = {}
    for name in AccountFigures.__dataclass_fields__:
        value = told.get(name, {}).get("value")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise FiguresNotUnderstood(
                f"“{name}” of the figures of accounts is not a whole number."
            )
        found[name] = value
    return AccountFigures(**found)
