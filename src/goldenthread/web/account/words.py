"""Words for the account pages: which browser, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from goldenthread.web.kit.environment import FILTERS
from goldenthread.web.kit.words import instant_in_words

# Looked for in this order: many browsers also name the one they descend from.
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "Chromebook"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_in_words(agent: str) -> str:
    """ "Edge on Windows", from what a browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def moment_in_words(at: datetime | float) -> str:
    """A moment in England, from a moment or from seconds since 1970."""
    return instant_in_words(at if isinstance(at, datetime) else datetime.fromtimestamp(at, UTC))


FILTERS.update(browser_in_words=browser_in_words, moment_in_words=moment_in_words)
