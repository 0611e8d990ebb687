"""A history without the words of safe addresses that its reader may not have.

Taken out here, where pages, files and paper are all made from, so that a document can leave without
them. A search finds nothing by words that are withheld: that an entry answers would tell of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goldenthread.usecases._steps.kept_addresses import Protection
from goldenthread.usecases.chronology.shown import History, ShownEntry

WORDED = ("text", "impact", "action", "informant", "reasoning", "asserted_by_words", "reference")


def without_words(history: History, protection: Protection, *, sought: str = "") -> History:
    """The history as its reader may read it; `sought` are the words that found its entries."""
    if not protection.unseen:
        return history
    entries, touched = [], set()
    for entry in history.entries:
        plain = _without(entry, protection)
        if plain is not entry:
            touched.add(entry.id)
            if sought.strip() and not _answers(plain, sought):
                continue
        entries.append(plain)
    return replace(history, entries=tuple(entries), words_withheld=frozenset(touched))


def _without(entry: ShownEntry, protection: Protection) -> ShownEntry:
    said = entry.statement
    changed: dict[str, Any] = {
        name: protection.shown(words)
        for name in WORDED
        if protection.holds_unseen(words := getattr(said, name))
    }
    return replace(entry, statement=replace(said, **changed)) if changed else entry


def _answers(entry: ShownEntry, sought: str) -> bool:
    """Whether what is left of an entry holds every word sought."""
    left = " ".join(getattr(entry.statement, name) for name in WORDED).casefold()
    return all(word in left for word in sought.casefold().split())
