"""What every command of the command line says with, and where the demonstration is kept."""

from __future__ import annotations

from pathlib import Path

import click


def say(words: str) -> None:
    """Tell the operator something, on standard error so that output stays machine-readable."""
    click.echo(words, err=True)


def demonstration_home() -> Path:
    """The demonstration keeps a folder of its own, beside and never inside a real one."""
    from goldenthread.config import postgres

    real = postgres.default_home()
    return real.with_name(f"{real.name}-demo")
