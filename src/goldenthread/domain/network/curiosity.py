"""What a curiosity list is made of: the facts it looks at, its thresholds, and one gap."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.shared.word import Word


class GapKind(Word):
    """What is not known. Permanent words: an answer sticks to them."""

    UNKNOWN_PARENT = "unknown_parent", "A parent nobody has recorded"
    NOT_SPOKEN_TO = "not_spoken_to", "An adult in the household nobody has spoken to"
    NO_CHECKS = "no_checks", "A new partner with no checks recorded"
    ONE_WORD = "one_word", "A carer known from one person's word alone"
    ACCOUNTS_DIFFER = "accounts_differ", "Accounts that differ"
    ENDED_AND_GOES_ON = "ended_and_goes_on", "Ended for one agency, going on for another"
    HISTORY_STOPS = "history_stops", "An adult whose history stops"
    NOT_SEEN_ALONE = "not_seen_alone", "A child nobody has seen alone"


@dataclass(frozen=True, slots=True)
class FactAt:
    """Something recorded about one person on a day, because of one statement."""

    person: str
    on: date
    because: str


@dataclass(frozen=True, slots=True)
class GapFacts:
    """What the network itself cannot say. Several facts about one person may be given.

    `spoken_to`: direct contact, a practitioner with the person. `seen_alone`: a child seen without
    any family member or carer. `checks`: an agency was asked what it knows of the person, or said.
    `mentioned`: any statement about the person, by when it was known; the last is enough.
    """

    spoken_to: tuple[FactAt, ...] = ()
    seen_alone: tuple[FactAt, ...] = ()
    checks: tuple[FactAt, ...] = ()
    mentioned: tuple[FactAt, ...] = ()


@dataclass(frozen=True, slots=True)
class GapRules:
    """The thresholds of the list, in days: policy, so there are no defaults.

    The caller fills them from the partnership's own settings, where each says its source.
    `partner_is_new_for`: how long after a couple began a partner counts as new.
    `history_stops_after`: how long without any statement before an adult's history has stopped.
    `not_seen_alone_after`: how long a child may go without being seen alone; asked from the age
    `seen_alone_from_age` on, 0 for every child.
    """

    partner_is_new_for: int
    history_stops_after: int
    not_seen_alone_after: int
    seen_alone_from_age: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """One plain question. `id` stays the same while what it rests on does, so an answer sticks.

    `about` are the people concerned, the one the question is about first. `because` are the ids of
    the claims and statements it rests on; empty where it rests on nothing being recorded.
    """

    id: str
    kind: GapKind
    question: str
    about: tuple[str, ...]
    because: tuple[str, ...] = ()


def gap(
    kind: GapKind,
    question: str,
    about: Iterable[str],
    *,
    because: Iterable[str] = (),
    rests_on: Iterable[str] = (),
) -> Gap:
    """A gap whose id is made of its kind, its people and what it `rests_on`.

    `rests_on` are the ids that, when they change, make it another question: a new denial does, one
    more statement that he lives there does not.
    """
    people = tuple(dict.fromkeys(about))
    parts = (kind.value, *sorted(people), "", *sorted(set(rests_on)))
    written = "\x1f".join(parts).encode()
    key = f"{kind}-{hashlib.sha256(written).hexdigest()[:16]}"
    return Gap(key, kind, question, people, tuple(dict.fromkeys(because)))


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts known by a day, the last of each person first to hand."""

    spoken_to: dict[str, FactAt] = field(default_factory=dict)
    seen_alone: dict[str, FactAt] = field(default_factory=dict)
    checks: dict[str, FactAt] = field(default_factory=dict)
    mentioned: dict[str, FactAt] = field(default_factory=dict)


def facts_by(facts: GapFacts, on: date) -> Facts:
    """The last fact of each sort about each person, up to and with a day."""
    return Facts(
        _last(facts.spoken_to, on),
        _last(facts.seen_alone, on),
        _last(facts.checks, on),
        _last(facts.mentioned, on),
    )


def _last(facts: Iterable[FactAt], on: date) -> dict[str, FactAt]:
    last: dict[str, FactAt] = {}
    for fact in sorted(facts, key=lambda one: (one.on, one.because)):
        if fact.on <= on:
            last[fact.person] = fact
    return last


def is_under_18(one: Relative, on: date) -> bool:
    """Whether somebody is a child (under 18: Children Act 1989, section 105), born or unborn.

    Where no date of birth is known, whether they are recorded as a child of the family.
    """
    born = one.born.from_min if one.born else None
    if born is None:
        return one.is_child or one.expected_on is not None
    # Born on 29 February, somebody comes of age on 28 February of another year at the latest.
    day = 28 if (born.month, born.day) == (2, 29) else born.day
    return on < born.replace(year=born.year + 18, day=day)


def people_of(network: Network) -> dict[str, Relative]:
    """Everybody by id."""
    return {one.id: one for one in network.people}
