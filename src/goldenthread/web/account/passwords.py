"""What a new password is asked, beside its length: each says plainly what to do instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from goldenthread.usecases.accounts.passwords import has_leaked, is_of_work

LONGEST = 1_000  # characters; Django takes in no more than 4,096


class NotTooLong:
    """Refuses what is longer than is ever checked: a password is never cut short."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """What is asked."""
        return f"Your password can have at most {LONGEST:,} characters."


class NotWordsOfWork:
    """Refuses what is made of the words of the service, the agencies and the posts."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if is_of_work(password):
            raise ValidationError(
                "This password is made of words of your work, which are tried first. "
                "Choose other words.",
                code="password_of_work",
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return "Your password must hold more than words of your work, such as your agency’s name."


class NotLeaked:
    """Refuses a password that stands in the installation's file of leaked ones, if it has one."""

    def __init__(self, listed: str = "") -> None:
        self.listed = Path(listed) if listed else None

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if self.listed is not None and has_leaked(password, self.listed):
            raise ValidationError(
                "This password is known from a leak of another service. Choose another, "
                "and do not use it anywhere else either.",
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return "Your password must not be known from a leak of another service."
