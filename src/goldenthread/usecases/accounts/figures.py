"""The numbers in force for accounts, read from `account_rules.toml` beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from goldenthread.domain.access.confirmation import AccountFigures, read_figures


@cache
def account_figures() -> AccountFigures:
    """The figures of the file. Raises FiguresNotUnderstood."""
    text = (files("goldenthread.usecases.accounts") / "account_rules.toml").read_text("utf-8")
    return read_figures(tomllib.loads(text))
