"""Whose word a claim is, as a mark and a link, and since when it is said to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.web.kit.words import date_in_words, how_known_in_words

# Where the page of an entry is.
Address = Callable[[UUID], str]


@dataclass(frozen=True, slots=True)
class SourceMark:
    """One agency's word: the shape of its mark, how it knows in a phrase, and the entry."""

    agency: str
    shape: str
    how: str
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one or more agencies say, in words, with their marks."""

    words: str
    sources: tuple[SourceMark, ...]


def marks_of(claims: Iterable[Claim], address: Address) -> tuple[SourceMark, ...]:
    """One mark for each agency, by the last it said."""
    latest: dict[str, SourceMark] = {}
    for claim in claims:
        source = claim.source
        if source is None:
            continue
        saw = source.how_known != HowKnown.NOT_RECORDED
        latest[source.agency] = SourceMark(
            agency=source.agency_name,
            shape=source.how_known if saw else "record",
            how=how_known_in_words(
                source.how_known, who=source.asserted_by, informant=source.informant
            ),
            href=address(UUID(source.statement)),
        )
    return tuple(latest.values())


def accounts_of(
    claims: Iterable[Claim], words_of: Callable[[Claim], str], address: Address
) -> tuple[Said, ...]:
    """What claims say, each account once with everybody whose word it is, in the order known."""
    same: dict[str, list[Claim]] = {}
    for claim in claims:
        same.setdefault(words_of(claim), []).append(claim)
    return tuple(Said(words, marks_of(found, address)) for words, found in same.items())


def dated(claim: Claim, on: date) -> str:
    """Over which time a claim says it is so, and whether its dates leave that day open."""
    since = since_words(claim.happened) or "since when is not recorded"
    open_day = claim.happened.is_known and claim.held_on(on) is None
    words = f"{since}; by its dates this may be over" if open_day else since
    return f"{words}; disputed" if claim.is_disputed else words


def since_words(when: PartialDate) -> str:
    """Over which time a claim says it is so: "since July 2022"; empty where nobody said."""
    if not when.is_known:
        return ""
    said = date_in_words(when, weekday=False).removesuffix(", still going on")
    said = said.removesuffix(", end not known")
    if when.is_period or when.edtf.startswith("["):
        return said
    return f"from {said}"
