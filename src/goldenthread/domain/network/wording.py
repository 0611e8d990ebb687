"""People and days of a network in words, for questions and for the ticks of the date control."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.vocabulary import Gender
from goldenthread.domain.shared.partial_date import MONTHS, PartialDate


def called(one: Relative) -> str:
    """What somebody is called: the name, else the description or role, else that nobody knows.

    Words that describe somebody not identified stand in quotation marks, so that a sentence holds.
    """
    if not one.is_identified and one.description:
        return f"“{one.description}”"
    return one.name or one.description or one.role or "somebody not identified"


def names_of(network: Network) -> dict[str, str]:
    """What to call everybody, every household and every agency of a network, by id."""
    names = {one.id: called(one) for one in network.people}
    names.update({home.id: home.name for home in network.households})
    names.update(dict(network.agencies))
    return names


def pronoun(gender: str) -> str:
    """He, she or they; they where the gender is not known."""
    pronouns: dict[str, str] = {Gender.MAN: "he", Gender.WOMAN: "she"}
    return pronouns.get(gender, "they")


def day_in_words(day: date) -> str:
    """3 March 2026."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def beginning_in_words(when: PartialDate) -> str:
    """When a period began, as far as it is known; empty where nothing is.

    1 July 2025, July 2025, 2025, between two days; "about" before what is approximate.
    """
    first, last = when.from_min, when.from_max
    about = "about " if when.is_approximate else ""
    if first is None or last is None:
        if last is not None:
            return f"{day_in_words(last)} or before"
        return f"{day_in_words(first)} or after" if first is not None else ""
    if first == last:
        return about + day_in_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{about}{first.year}"
    if (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return f"{about}{MONTHS[first.month - 1].title()} {first.year}"
    return f"{about}some time between {day_in_words(first)} and {day_in_words(last)}"


def listed(words: Sequence[str]) -> str:
    """Ann; Ann and Bob; Ann, Bob and Caz."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def when_begun(when: PartialDate) -> str:
    """When a period began, to stand after a verb: on 3 March 2026, during July 2025, around 2025.

    Empty where nothing is known.
    """
    words = beginning_in_words(when)
    if not words:
        return ""
    if when.from_min is not None and when.from_min == when.from_max:
        return f"on {words}"
    if words.startswith("about "):
        return "around " + words.removeprefix("about ")
    if words.startswith("some time ") or words.endswith((" or before", " or after")):
        return words
    return f"during {words}"
