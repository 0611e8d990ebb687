"""Words looked for in the entries of every family whose team the reader is on.

In the families of colleagues it looks for nothing: whoever opens one of those opens that one, for
a reason. What is found is asked for again, entry by entry, of the rules that its own page asks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.access.reading import families_with_ties, visible_filings
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.searching import END, START, Answer, answers
from goldenthread.records.people.reading import CaseRow
from goldenthread.records.search import entries_found
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.kept_addresses import Protection, protection_everywhere
from goldenthread.usecases._steps.permission import event_of

SEARCHED = Decision(Outcome.ALLOW, "own-families-searched", "You are on these families’ teams.")
MORE_EACH_TIME = 4
BEGINNING = 12  # characters by which a part of a text is known to be its beginning, or its end
LONGEST_EXCERPT = 240  # characters of an entry whose words are not marked


@dataclass(frozen=True, slots=True)
class EntryFound:
    """One entry in which the words stand, in pieces: each with whether it is one of the words."""

    case: CaseRow
    statement: UUID
    kind: str
    happened: PartialDate
    agency: str
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class EntriesFound:
    """The latest entries found; `more` says whether there are others that the reader may read."""

    entries: tuple[EntryFound, ...] = ()
    more: bool = False


def entries_with(actor: Actor, words: str, *, now: datetime, most: int = 30) -> EntriesFound:
    """The latest `most` entries with these words that the actor may read in full, newest first.

    Words are found by their stem, in quotation marks as they stand, and not at all after a minus.
    Neither the words nor what they are is kept: only in which families something was found.
    """
    if not words.strip():
        return EntriesFound()
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        protection = protection_everywhere(actor, now=now)
        found, ties = _found(actor, words, protection, now=now, most=most)
        shown = found[:most]
        _note_looks(actor, shown, ties)
    return EntriesFound(tuple(shown), len(found) > most)


def _note_looks(actor: Actor, shown: list[EntryFound], ties: dict[UUID, FamilyTies]) -> None:
    """Keep that these families were looked at, as their own pages do; or that nothing was found."""
    events = []
    for case, number in Counter(one.case.id for one in shown).items():
        allowed = decide(actor, Action.VIEW_FAMILY, ties[case])
        events.append(
            event_of(actor, Action.VIEW_FAMILY, allowed, case, resource="search", entries=number)
        )
    audit.append(*events or [event_of(actor, "search_entries", SEARCHED, None, entries=0)])


def _found(
    actor: Actor, words: str, protection: Protection, *, now: datetime, most: int
) -> tuple[list[EntryFound], dict[UUID, FamilyTies]]:
    """At least one more than `most`, where there are so many that the actor may read."""
    asked = most + 1
    while True:
        pairs = entries_found(words, at=now, most=asked)
        wall.open_for_those({family for family, _ in pairs})
        found, ties = _readable(actor, pairs, words, protection, now)
        if len(found) > most or len(pairs) < asked:
            return found, ties
        asked *= MORE_EACH_TIME


def _readable(
    actor: Actor, pairs: list[tuple[UUID, UUID]], words: str, protection: Protection, now: datetime
) -> tuple[list[EntryFound], dict[UUID, FamilyTies]]:
    """Those of these entries that both walls let the actor read, in the same order; their ties."""
    on = day_of(now)
    among = {family for family, _ in pairs}
    families = [one for one in families_with_ties(actor, on=on, among=among) if one[1].role]
    rows = {case.id: case for case, _ in families}
    ties = {case.id: tie for case, tie in families}
    filed = visible_filings(ties, actor, now=now).filter(statement__in={id for _, id in pairs})
    visible = set(filed.values_list("case_id", "statement_id"))
    known = agencies()
    said = answers(visible, words, actor, ties)
    found = [
        EntryFound(
            rows[family], id, one.kind, parse_edtf(one.happened), known[one.agency].name, excerpt
        )
        for family, id in pairs
        if (one := said.get((family, id))) and (excerpt := _excerpt(one, words, protection))
    ]
    return found, ties


def _excerpt(one: Answer, words: str, protection: Protection) -> tuple[tuple[str, bool], ...]:
    """What is shown of an entry; nothing where it answers only by words that are withheld.

    Words of a safe address are shown to nobody here, and what stands around them is not cut.
    """
    if protection.holds_any(one.whole):
        left = protection.without_any(one.whole).casefold()
        if not all(word in left for word in words.casefold().split()):
            return ()
        return ((protection.without_any(one.text)[:LONGEST_EXCERPT], False),)
    pieces = re.split(f"([{START}{END}])", one.marked)
    plain = one.marked.replace(START, "").replace(END, "")
    shown, marked = [] if one.text.startswith(plain[:BEGINNING]) else [("… ", False)], False
    for piece in pieces:
        if piece in (START, END):
            marked = piece == START
        elif piece:
            shown.append((piece, marked))
    ends = one.text.rstrip().endswith(plain.rstrip()[-BEGINNING:])
    return tuple(shown) if ends else (*shown, (" …", False))
