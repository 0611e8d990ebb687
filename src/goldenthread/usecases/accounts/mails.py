"""Mails about accounts: that there is something to do, a link where one is needed, and no more.

A mail travels where the record must not: it names no agency, no family and nobody. A fault is
logged and answered with False; what was done stands, and the page that did it says so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

_log = logging.getLogger(__name__)
END = "\n\nNobody reads answers to this message.\n"
JOINING = (
    "Your account in Goldenthread",
    "An account was made for you by whoever looks after accounts where you work.\n\n"
    "Choose your password: {link}\n\n"
    "The link works once, for {hours} hours. If you did not expect it, leave it alone.",
)
PASSWORD = (
    "Choose a new password",
    "Whoever looks after accounts where you work sent you this link to choose a new password.\n\n"
    "{link}\n\n"
    "The link works once, for {hours} hours. If you did not ask for it, tell them.",
)
TEAM_CHANGED = (
    "There is something for you to read",
    "Somebody is leaving a team that you look after.\n\nSign in to read it: {link}",
)
HAND_ON = (
    "There is something for you to hand on",
    "Somebody’s work was given to you to hand on.\n\nSign in to see it: {link}",
)
TO_CONFIRM = (
    "There are accounts to confirm",
    "Accounts that you look after are to be confirmed again.\n\nSign in to do it: {link}",
)
WARNED = (
    "Your account was not confirmed",
    "Nobody has confirmed again that you work where your account says. In {days} days it will be "
    "stopped until somebody does.\n\nAsk whoever looks after accounts where you work.",
)
STOPPED = (
    "Your account is stopped",
    "Nobody confirmed that you work where your account says, so you cannot sign in until somebody "
    "does. Nothing of yours is lost.\n\nAsk whoever looks after accounts where you work.",
)


def site() -> str:
    """Where this service answers, without the path of a page."""
    return settings.SIGN_IN_ADDRESS.removesuffix("/account/login/")


def sign_in_to(path: str) -> str:
    """The address that leads to a page once somebody has signed in."""
    return f"{settings.SIGN_IN_ADDRESS}?next={quote(path)}"


def send(mail: tuple[str, str], addresses: Iterable[str], **words: object) -> bool:
    """Send a mail to each of these addresses by itself; whether it could be handed over."""
    subject, body = mail
    text = body.format(**words) + END
    messages = [EmailMessage(subject, text, to=[one]) for one in sorted(set(addresses))]
    if not messages:
        return True
    if not settings.EMAIL_HOST and settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return False
    try:
        get_connection().send_messages(messages)
    except Exception as fault:  # any fault of any mail server: what was done stands all the same
        _log.error("A mail about an account was not sent: %s.", type(fault).__name__)
        return False
    return True


def hours_of(lasts: timedelta) -> int:
    """How long a link lasts, in whole hours."""
    return int(lasts.total_seconds() // 3600)
