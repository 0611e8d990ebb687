"""The acts that ask somebody to show again that it is they, and how long having shown it counts.

One list. Whoever does one of these has shown their second step (or, where none is required, their
password) within the time that settings give. OWASP ASVS 5.0, V7.5.3: further authentication before
highly sensitive acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word


class SensitiveAct(Word):
    """What asks for the second step again."""

    GIVE_REMIT = "give_remit", "Make somebody a chair, an administrator or a lead"
    SEND_PASSWORD_LINK = "send_password_link", "Send somebody a link to choose a new password"
    END_ACCOUNT = "end_account", "End somebody’s account"
    BREAK_GLASS = "break_glass", "Break the glass"
    JOIN_TEAM = "join_team", "Open a family’s record to somebody"
    AGREE_TO_BREAK = "agree_to_break", "Agree that somebody breaks the glass again"
    TAKE_WHOLE_RECORD = "take_whole_record", "Take a family’s whole history away"
    RELEASE_PACK = "release_pack", "Release what is kept about somebody"
    RELEASE_DOCUMENT = "release_document", "Let a document leave that was held for a safe address"


class StepUpNeeded(Refusal):
    """Something sensitive was asked for, and the second step was not shown lately."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """When somebody last showed that it is they, None where never; and for how long it counts."""

    at: datetime | None
    lasts: timedelta


def require_step_up(act: SensitiveAct, shown: StepShown, *, now: datetime) -> None:
    """Let the act go on where the second step was shown lately. Raises StepUpNeeded."""
    if shown.at is None or not timedelta(0) <= now - shown.at <= shown.lasts:
        raise StepUpNeeded(f"{act.label}: show first that it is you.")
