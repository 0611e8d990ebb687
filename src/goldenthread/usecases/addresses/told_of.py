"""Whom else the entries of a document may tell of: said to its sender before it leaves.

Advice and nothing more: no word is taken out by it, and nothing is held. It is worked out from the
entries that are given, by the rules that a pack is read with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.recipient import Recipient
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import SOURCE_PROTECTED, Statement
from goldenthread.domain.subject_access.pointing_out import (
    LOOKS_LIKE_A_NAME,
    MAY_BE_A_NAME,
    pointed_out,
)
from goldenthread.domain.subject_access.vocabulary import Part
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.usecases._steps.family import Family
from goldenthread.usecases._steps.others_named import (
    as_others,
    names_of,
    ordinary_words,
    people_of_other_families,
)
from goldenthread.usecases._steps.permission import Permission

LEAVING = (Part.TEXT, Part.IMPACT, Part.ACTION, Part.INFORMANT)
# By how sure it is that somebody is meant.
SURE_LAST = (LOOKS_LIKE_A_NAME, MAY_BE_A_NAME)


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry in which words stand: its id, its number, and when it happened, as EDTF."""

    id: UUID
    number: int
    happened: str


@dataclass(frozen=True, slots=True)
class ToldOf:
    """Words that may be about somebody else, why in a few words, and where they stand."""

    words: str
    because: str
    entries: tuple[Standing, ...]


def told_of(
    permission: Permission, family: Family, given: Collection[UUID],
    recipients: Iterable[Recipient], *, now: datetime,
) -> tuple[ToldOf, ...]:  # fmt: skip
    """Words of the entries `given` that may be about others than these, the surest first.

    People of other families are pointed out for everybody. Where somebody of the family is given
    the document, so are its other people.
    """
    loaded = load_history(
        family.case.id, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=frozenset(given)),
    )  # fmt: skip
    said = [entry.statement for entry in loaded.entries]
    here = {one.person for one in family.members}
    subjects = {each.person for one in said for each in one.subjects}
    elsewhere = people_of_other_families(permission, here, subjects, now=now)
    them = {one.person for one in recipients if one.person}
    theirs = [one for one in family.members if not them or one.person in them]
    others = [one for one in family.members if one not in theirs]
    shared = {one.family_name for one in theirs}
    whom = list(as_others(others, elsewhere, without=shared))
    own = {name for one in theirs for name in names_of(one)} | set(filter(None, shared))
    own |= {word for one in family.team for word in (one.name, *one.name.split())}
    ordinary = ordinary_words(permission, now=now)
    found: dict[str, ToldOf] = {}
    for one in said:
        at = Standing(one.id, loaded.numbers[one.id], one.happened.edtf)
        for text in _texts(one):
            for place in pointed_out(text, whom, own, (), ordinary):
                words = text[place.span.begins : place.span.ends]
                before = found.get(words.casefold(), ToldOf(words, place.because, ()))
                if at not in before.entries:
                    before = ToldOf(before.words, before.because, (*before.entries, at))
                found[words.casefold()] = before
    return tuple(sorted(found.values(), key=_surest))


def _texts(one: Statement) -> list[str]:
    texts = (getattr(one, part) for part in LEAVING)
    return [text for text in texts if text and text != SOURCE_PROTECTED]


def _surest(one: ToldOf) -> tuple[int, str]:
    at = SURE_LAST.index(one.because) + 1 if one.because in SURE_LAST else 0
    return at, one.words.casefold()
