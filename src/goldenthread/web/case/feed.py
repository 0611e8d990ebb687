"""What changed since somebody last looked, as lines: what, whose, and why it stands here."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.chronology.change_feed import Because, Why
from goldenthread.usecases.chronology.read_summary import ShownFeed, ShownLine
from goldenthread.web.kit import words

# Enough to see what happened; the whole of it is one press away.
OPENING = 150  # characters
AFFECTS_SHOWN, ALSO_SHOWN = 8, 5
NAMES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One change, ready to show."""

    kind: str
    when: str
    by: str
    words: str
    because: str
    href: str
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedShown:
    """Both groups, the first lines of each, and how many more there are."""

    affects: tuple[FeedLine, ...]
    also: tuple[FeedLine, ...]
    number: int
    counted: str
    affects_more: str
    also_more: str


def feed_shown(
    feed: ShownFeed, *, affects: int = AFFECTS_SHOWN, also: int = ALSO_SHOWN
) -> FeedShown:
    """The first of what changed in a family; all of it is counted."""
    return FeedShown(
        affects=_lines(feed.affects[:affects], feed.case),
        also=_lines(feed.also[:also], feed.case),
        number=len(feed.affects) + len(feed.also),
        counted=words.counted(len(feed.affects) + len(feed.also), "change"),
        affects_more=words.more(len(feed.affects) - affects),
        also_more=words.more(len(feed.also) - also),
    )


def _lines(lines: Sequence[ShownLine], case: UUID) -> tuple[FeedLine, ...]:
    return tuple(_line(one, case) for one in lines)


def _line(one: ShownLine, case: UUID) -> FeedLine:
    happened = words.date_in_words(one.happened, weekday=False) if one.happened else ""
    return FeedLine(
        kind=one.change.kind.label,
        when=happened if one.by else words.day_of_instant(one.change.at),
        by=one.by,
        words=textwrap.shorten(one.says, OPENING, placeholder=" …"),
        because=because_words(one),
        href=_address(one, case),
        within=one.within,
    )


def because_words(one: ShownLine) -> str:
    """Why a change affects its reader: "you are the allocated worker"; empty where it does not.

    Whom the agency works with is said where that alone is the reason.
    """
    reasons = [because for because in one.line.because if because.why is not Why.WORKS_WITH]
    return words.listed(_reason(because, one) for because in reasons or one.line.because)


def _reason(because: Because, one: ShownLine) -> str:
    if because.why is not Why.WORKS_WITH:
        return because.why.label
    others = len(one.people) - NAMES_SHOWN
    named = list(one.people) if others < 2 else [*one.people[:NAMES_SHOWN], f"{others} others"]
    return f"{because.why.label} {words.listed(named)}"


def _address(one: ShownLine, case: UUID) -> str:
    """Where a change is read: its entry, its question, or who is of the team."""
    change = one.change
    if change.statement is not None:
        return reverse("entry", kwargs={"case": case, "statement": change.statement})
    sort, _, rest = change.key.partition(":")
    if sort == "gap":
        page = reverse("network_question", kwargs={"case": case})
        return f"{page}?{urlencode({'gap': rest})}"
    if sort == "question":
        page = reverse("picture", kwargs={"case": case})
        return f"{page}?{urlencode({'question': rest})}#q-{rest}"
    return reverse("team", kwargs={"case": case})
