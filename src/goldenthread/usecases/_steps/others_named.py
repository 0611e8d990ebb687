"""Who else the words of a family may be about: people of other families, and what is no name.

Of another family only what the reader may know: a family they could open, and in it those whom they
may know of. A family is looked into where a link leads to it that they may follow, or where an
entry that they read names somebody of it. Each that is looked into is audited.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from goldenthread.domain.access.decision import Action, decide
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.subject_access.pointing_out import Ordinary, Somebody
from goldenthread.records.access.people_seen import (
    households_seen,
    members_seen,
    unseen_among,
)
from goldenthread.records.access.reading import teams_of, ties_across
from goldenthread.records.audit import store as audit
from goldenthread.records.network.reading import counterparts, families_with
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import Permission, event_of


def people_of_other_families(
    permission: Permission, here: Collection[UUID], subjects: Iterable[UUID], *, now: datetime
) -> tuple[MemberRow, ...]:
    """The people of families that are linked to this one, or of whom `subjects` are.

    `here` are the people of this family whom the reader may know of. To a reader who may open none
    of those families this says nothing, not even that there is one.
    """
    actor = permission.actor
    with wall.reaching_beyond():
        named = set(subjects) - set(here)
        if decide(actor, Action.FOLLOW_LINK, permission.ties).is_allowed:
            named |= set(here)
            named |= {one for others in counterparts(here).values() for one, _, _ in others}
        pairs = [one for one in families_with(named) if one[0] != permission.family.id]
        teams = teams_of({case for case, _ in pairs}, on=day_of(now))
        ties = ties_across(teams, actor, on=day_of(now))
        # Through somebody whom that family hides from the reader, nothing leads there for them.
        unseen = unseen_among(pairs, actor, ties, now=now)
        cases = {pair[0] for pair in pairs if pair not in unseen}
        found: dict[UUID, MemberRow] = {}
        for case in sorted(cases, key=str):
            opening = decide(actor, Action.VIEW_FAMILY, ties[case])
            if ties[case].restrictions.bars_family or not opening.is_allowed:
                continue
            audit.append(
                event_of(actor, Action.FOLLOW_LINK, opening, case,
                         from_case=str(permission.family.id), names=True)
            )  # fmt: skip
            found |= {one.person: one for one in members_seen(case, actor, ties[case], now=now)}
    return tuple(one for person, one in found.items() if person not in here)


def ordinary_words(permission: Permission, *, now: datetime) -> Ordinary:
    """What is no name in words about this family: ordinary words, its homes, and agencies."""
    named = [one.name for one in agencies().values()]
    # A word in the names of several agencies is a place or a service, and no person.
    shared = Counter(word.casefold() for name in named for word in set(name.split()))
    several = {word for word, number in shared.items() if number > 1}
    homes = households_seen(permission.family.id, permission.actor, permission.ties, now=now)
    told = _told()
    return Ordinary(
        not_names=told.not_names | several,
        also_words=told.also_words,
        places=(*named, *(home.name for home in homes)),
    )


def names_of(member: MemberRow, without: Collection[str] = ()) -> tuple[str, ...]:
    """Every name somebody goes by, longest first, but for family names they share."""
    said = {
        "" if member.family_name in without else member.family_name,
        " ".join(filter(None, (member.given_name, member.family_name))),
        member.name,
        member.known_as,
        member.given_name,
    }
    return tuple(sorted((one for one in said if len(one) > 1), key=len, reverse=True))


def as_others(
    family: Iterable[MemberRow], elsewhere: Iterable[MemberRow], without: Collection[str]
) -> Iterator[Somebody]:
    """People as what is pointed out says who they are; `without` are family names they share."""
    for one in family:
        yield Somebody(names_of(one, without), one.role)
    for one in elsewhere:
        yield Somebody(names_of(one, without), f"{one.role} of another family")


@cache
def _told() -> Ordinary:
    text = (files("goldenthread.usecases._steps") / "ordinary_words.toml").read_text("utf-8")
    told = tomllib.loads(text)
    return Ordinary(frozenset(told["not_names"]), frozenset(told["also_words"]))
