"""What cannot be right in a family's network, named with the people it concerns; the rest is kept.

Nothing is refused here and nothing is put right: a date mistyped must not take a mother from her
child. Only claims that no drawing could hold are left out, and each says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from goldenthread.domain.network.circles import circles_of
from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.contradicting import begins, ends
from goldenthread.domain.network.parentage import first_known, parentages_of
from goldenthread.domain.network.presence import pregnant_from
from goldenthread.domain.network.proposing import BETWEEN_TWO
from goldenthread.domain.network.vocabulary import ClaimKind, ParentNature
from goldenthread.domain.network.wording import called, listed
from goldenthread.domain.shared.word import Word

# Asked about, not called wrong: children have had children, and dates are mistyped by a decade.
LEAST_YEARS_BETWEEN = 10
MOST_NAMED = 8  # steps of a circle that one sentence names; `people` has them all
_BY_BODY = frozenset(
    (ParentNature.BIRTH, ParentNature.NOT_KNOWN, ParentNature.DONOR, ParentNature.SURROGATE)
)
_LASTING = frozenset((ClaimKind.PARENT, ClaimKind.SIBLING, ClaimKind.NEED))


class WarningKind(Word):
    """What is wrong, by name."""

    SAME_PERSON_TWICE = "same_person_twice", "One id for two people"
    NOBODY = "nobody", "A claim about somebody who is not there"
    WITH_ONESELF = "with_oneself", "Somebody in a relation to themselves"
    OWN_ANCESTOR = "own_ancestor", "A circle of descent"
    BORN_TWICE = "born_twice", "Two births for one person"
    OLDER_THAN_PARENT = "older_than_parent", "A child older than a parent"
    CLOSE_IN_AGE = "close_in_age", "A parent hardly older than the child"
    BORN_AFTER_DEATH = "born_after_death", "Born long after a parent's death"
    DIED_BEFORE_BIRTH = "died_before_birth", "Died before being born"
    OVER_BEFORE_BIRTH = "over_before_birth", "Over before somebody was born"
    BEGINS_AFTER_DEATH = "begins_after_death", "Begins after somebody's death"


@dataclass(frozen=True, slots=True)
class Warning_:
    """One thing that cannot be right: the people and claims it concerns, and a plain sentence.

    `leaves_out` are those of the claims that are left out of the drawing for it.
    """

    kind: WarningKind
    people: tuple[str, ...]
    claims: tuple[str, ...]
    sentence: str
    leaves_out: tuple[str, ...] = ()


def check(network: Network) -> tuple[Warning_, ...]:
    """Everything that cannot be right, by kind, people and claims. Never raises."""
    return sound(network)[1]


def sound(network: Network) -> tuple[Network, tuple[Warning_, ...]]:
    """The network without the claims no drawing can hold, and every warning about the whole of it.

    Left out are claims about somebody who is not there, relations of somebody to themselves, and
    of a circle of descent the claim last known. Of two rows with one id the first is kept. All
    other claims stay, wrong dates included: somebody has to look at them.
    """
    warnings: list[Warning_] = []
    people = {one.id: one for one in sorted(network.people, key=_stable, reverse=True)}
    warnings.extend(_same_person_twice(network, people))
    unsound = list(_unsound(network, people))
    warnings.extend(unsound)
    gone = {key for warning in unsound for key in warning.leaves_out}
    rest = replace(
        network,
        people=tuple({one.id: people[one.id] for one in network.people}.values()),
        claims=tuple(claim for claim in network.claims if claim.id not in gone),
    )
    rest = _without_circles(rest, people, warnings)
    warnings.extend(_born_twice(rest, people))
    for one in people.values():
        warnings.extend(_of_dates(one))
    for claim in rest.claims:
        if claim.asserts:
            warnings.extend(_of_ages(claim, people))
            warnings.extend(_of_period(claim, people))
    order = list(WarningKind)
    warnings.sort(key=lambda w: (order.index(w.kind), w.people, w.claims))
    return rest, tuple(warnings)


def _stable(one: Relative) -> tuple[str, str, str]:
    return one.id, one.name, repr(one)


def _same_person_twice(network: Network, people: Mapping[str, Relative]) -> Iterator[Warning_]:
    rows: dict[str, int] = defaultdict(int)
    for one in network.people:
        rows[one.id] += 1
    for key in sorted(key for key, count in rows.items() if count > 1):
        yield Warning_(
            WarningKind.SAME_PERSON_TWICE,
            (key,),
            (),
            f"{rows[key]} people have the same id, {key}. Only {called(people[key])} is shown.",
        )


def _unsound(network: Network, people: Mapping[str, Relative]) -> Iterator[Warning_]:
    for claim in network.claims:
        between = claim.people if claim.kind not in BETWEEN_TWO else (claim.person, claim.other)
        missing = [one or "nobody" for one in between if one not in people]
        kind = ClaimKind.label_of(claim.kind).lower()
        if missing:
            yield Warning_(
                WarningKind.NOBODY,
                tuple(sorted(one for one in set(between) if one in people)),
                (claim.id,),
                f"A claim ({kind}) names {listed(missing)}, not one of this family’s people. "
                "It is left out.",
                (claim.id,),
            )
        elif claim.person == claim.other:
            yield Warning_(
                WarningKind.WITH_ONESELF,
                (claim.person,),
                (claim.id,),
                f"{called(people[claim.person])} is in a relation ({kind}) to themselves. "
                "It is left out.",
                (claim.id,),
            )


def _without_circles(
    network: Network, people: Mapping[str, Relative], warnings: list[Warning_]
) -> Network:
    """Leave out the last known claim of every circle; again, while leaving one out opens another.

    A child may hang from carers once a birth parent is left out, and so close a further circle.
    """
    while True:
        said: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in sorted(network.of(ClaimKind.PARENT), key=first_known):
            if claim.asserts:
                said[claim.person, claim.other].append(claim)
        hung = [
            (parent, child)
            for child, parentage in parentages_of(network).items()
            for parent in parentage.parents
        ]
        hung.sort(key=lambda edge: first_known(said[edge][0]))
        circles = circles_of(hung)
        if not circles:
            return network
        gone: set[str] = set()
        for circle in circles:
            claims = tuple(claim.id for claim in said[circle.closing])
            gone.update(claims)
            warnings.append(_circle(circle.people, claims, said, people))
        network = replace(network, claims=tuple(c for c in network.claims if c.id not in gone))


def _circle(
    circle: tuple[str, ...],
    closing: tuple[str, ...],
    said: Mapping[tuple[str, str], list[Claim]],
    people: Mapping[str, Relative],
) -> Warning_:
    edges = zip(circle, circle[1:] + circle[:1], strict=True)
    claims = {claim.id for edge in edges for claim in said[edge]}
    names = [called(people[one]) for one in circle]
    steps = [f"{parent} as a parent of {child}" for parent, child in pairwise(names)]
    if len(steps) > MOST_NAMED:
        steps = [*steps[:MOST_NAMED], f"so on through {len(circle):,} people"]
    way = ", ".join(steps)
    return Warning_(
        WarningKind.OWN_ANCESTOR,
        circle,
        tuple(sorted(claims)),
        f"{way}, and {names[-1]} as a parent of {names[0]}, are recorded: nobody can be their own "
        "ancestor. The claim known last is left out of the drawing; one of them must be wrong.",
        closing,
    )


def _born_twice(network: Network, people: Mapping[str, Relative]) -> Iterator[Warning_]:
    for child, parentage in parentages_of(network).items():
        # "Father, not identified" beside a father who is named is no second father.
        second = [c for c in parentage.second_births if people[c.person].is_identified]
        if second:
            kept = [called(people[one]) for one in parentage.parents]
            others = list(dict.fromkeys(called(people[claim.person]) for claim in second))
            yield Warning_(
                WarningKind.BORN_TWICE,
                (child, *parentage.parents, *dict.fromkeys(claim.person for claim in second)),
                tuple(sorted(claim.id for claim in second)),
                f"{called(people[child])} is recorded as born to {listed(kept)}, and also to "
                f"{listed(others)}. The first known is kept; the other is drawn as said to be "
                "the parent.",
            )


def _of_dates(one: Relative) -> Iterator[Warning_]:
    born, died = one.born, one.died
    first = born.from_min if born else None
    last = died.to_max if died else None
    if first is not None and last is not None and last < first:
        yield Warning_(
            WarningKind.DIED_BEFORE_BIRTH,
            (one.id,),
            (),
            f"{called(one)} is recorded as having died before being born.",
        )


def _of_ages(claim: Claim, people: Mapping[str, Relative]) -> Iterator[Warning_]:
    """A child surely older than a birth parent, hardly younger, or born long after the death."""
    if claim.kind != ClaimKind.PARENT or claim.nature not in _BY_BODY:
        return
    parent, child = people[claim.person], people[claim.other]
    both = (claim.person, claim.other)
    (parent_first, _), (_, child_last) = _birth_bounds(parent), _birth_bounds(child)
    if parent_first is not None and child_last is not None:
        if child_last < parent_first:
            yield Warning_(
                WarningKind.OLDER_THAN_PARENT,
                both,
                (claim.id,),
                f"{called(child)} is recorded as older than {called(parent)}, a parent. "
                "One of the dates of birth, or the relation, must be wrong.",
            )
        elif child_last - parent_first < LEAST_YEARS_BETWEEN:
            yield Warning_(
                WarningKind.CLOSE_IN_AGE,
                both,
                (claim.id,),
                f"{called(parent)} is recorded as less than {LEAST_YEARS_BETWEEN} years older than "
                f"{called(child)}. It may be a slip in a date: please look at both.",
            )
    died = parent.died.to_max if parent.died else None
    born = child.born.from_min if child.born else None
    if died is not None and born is not None and pregnant_from(born) > died:
        yield Warning_(
            WarningKind.BORN_AFTER_DEATH,
            both,
            (claim.id,),
            f"{called(child)} is recorded as born more than 40 weeks after the death of "
            f"{called(parent)}. It may be a slip in a date: please look at both.",
        )


def _birth_bounds(one: Relative) -> tuple[float | None, float | None]:
    """The first and last a birth can have been, as years with a fraction."""
    if one.birth_order is not None:
        return one.birth_order, one.birth_order
    if one.born is None:
        return None, None
    return _as_year(one.born.from_min), _as_year(one.born.from_max)


def _as_year(day: date | None) -> float | None:
    return None if day is None else day.year + (day.timetuple().tm_yday - 1) / 366


def _of_period(claim: Claim, people: Mapping[str, Relative]) -> Iterator[Warning_]:
    """Periods surely over before the pregnancy, or surely begun after the death."""
    if claim.kind in _LASTING:
        return
    over, start = ends(claim), begins(claim)
    for key in claim.people:
        one = people[key]
        born = one.born.from_min if one.born else None
        if over is not None and born is not None and over < pregnant_from(born):
            yield _crossing(WarningKind.OVER_BEFORE_BIRTH, claim, one, "over before the birth of")
        died = one.died.to_max if one.died else None
        if start is not None and died is not None and claim.happened.from_min and start > died:
            yield _crossing(WarningKind.BEGINS_AFTER_DEATH, claim, one, "begun after the death of")


def _crossing(kind: WarningKind, claim: Claim, one: Relative, words: str) -> Warning_:
    said = ClaimKind.label_of(claim.kind).lower()
    return Warning_(
        kind,
        (one.id,),
        (claim.id,),
        f"A period ({said}) is recorded as {words} {called(one)}. One of the dates must be wrong.",
    )
