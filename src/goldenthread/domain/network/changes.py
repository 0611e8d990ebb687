"""The days on which a family's network changed: the ticks of the date control, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.contradicting import known_on
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.network.wording import day_in_words
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.word import Word

_NEXT_DAY = timedelta(days=1)


class ChangeKind(Word):
    """What changed. Deaths come before ends, and births before what begins, of one day."""

    DIED = "died", "Died"
    ENDED = "ended", "Ended"
    BORN = "born", "Born"
    BEGAN = "began", "Began"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `on` is the first day the network shows it; `day` the day it is said to be.

    The two differ for an end: who left on 10 March was there on 10 March, and gone on the 11th.
    Where the date is partial or approximate both are the earliest it can mean, and it is marked.
    `claim` is the first known claim that says so, `because` all of them; a birth or death comes
    from the person and has none. `words_key` names the wording: `lives_at.lives.began`.
    """

    on: date
    day: date
    kind: ChangeKind
    is_approximate: bool
    words_key: str
    people: tuple[str, ...]
    claim: str = ""
    because: tuple[str, ...] = ()
    household: str = ""
    agency: str = ""


def changes_of(network: Network) -> tuple[Change, ...]:
    """Every dated beginning and end of a claim that asserts, and every birth and death, in order.

    Claims that say the same began or ended on the same day are one change. Harm counts only with a
    status and a source. What has no date at all is in `undated_of`.
    """
    people = {one.id for one in network.people}
    same: dict[tuple[object, ...], list[tuple[Change, Claim]]] = defaultdict(list)
    for claim in network.claims:
        if _counts(claim) and people.issuperset(claim.people):
            for change in _of_claim(claim):
                key = (change.on, change.kind, change.words_key, change.people)
                same[(*key, change.household, change.agency, change.is_approximate)].append(
                    (change, claim)
                )
    found = [_joined(group) for group in same.values()]
    for one in network.people:
        found.extend(_of_life(one.id, one.born, ChangeKind.BORN))
        found.extend(_of_life(one.id, one.died, ChangeKind.DIED))
    return tuple(sorted(found, key=_order))


def undated_of(network: Network) -> tuple[Claim, ...]:
    """The claims that assert something of which nobody knows when, in the order they were known."""
    undated = (c for c in network.claims if _counts(c) and not c.happened.is_known)
    return tuple(sorted(undated, key=lambda claim: (known_on(claim), claim.id)))


def days_to_stop_at(changes: Iterable[Change], network: Network) -> tuple[date, ...]:
    """The days a date control stops at, in order: every day of a change, within reason.

    Births and deaths of others than the children are left out before the first of the children is
    born: a grandmother's birth in 1944 is no step of the children's story, and would take the width
    that the months of their own lives need. They stay changes. Where no child's birth is dated,
    nothing is left out.
    """
    children = {one.id for one in network.people if one.is_child}
    births = [
        one.born.from_min
        for one in network.people
        if one.id in children and one.born is not None and one.born.from_min is not None
    ]
    began = min(births, default=date.min)
    of_a_life = (ChangeKind.BORN, ChangeKind.DIED)
    return tuple(
        sorted(
            {
                change.on
                for change in changes
                if change.on >= began
                or change.kind not in of_a_life
                or not children.isdisjoint(change.people)
            }
        )
    )


def next_change(changes: Sequence[Change], after: date) -> Change | None:
    """The first change that shows later than a day; None at the end."""
    place = bisect_right(changes, after, key=_shown_on)
    return changes[place] if place < len(changes) else None


def previous_change(changes: Sequence[Change], before: date) -> Change | None:
    """The last change that shows earlier than a day; None at the beginning."""
    place = bisect_left(changes, before, key=_shown_on)
    return changes[place - 1] if place else None


def said(change: Change, names: Mapping[str, str]) -> str:
    """The change in words: "Carl moves in at Elm Road". `names` as in `wording.names_of`.

    Never more than the claim says; "about" is said where the date is partial.
    """
    kind, _, rest = change.words_key.partition(".")
    nature = rest.rpartition(".")[0]
    one = names.get(change.people[0], "Somebody")
    other = names.get(change.people[1], "somebody") if len(change.people) > 1 else ""
    place = names.get(change.household, "") or names.get(change.agency, "")
    template = (
        _WORDS.get((kind, nature, change.kind))
        or _WORDS.get((kind, "", change.kind))
        or "{one} {other}: {nature} ({change})"
    )
    words = template.format(
        one=one,
        other=other,
        place=place or "a household",
        agency=place or "an agency",
        nature=nature.replace("_", " "),
        change=change.kind.label.lower(),
    )
    return f"{words} (about {day_in_words(change.day)})" if change.is_approximate else words


_WORDS: dict[tuple[str, str, ChangeKind], str] = {
    ("person", "", ChangeKind.BORN): "{one} is born",
    ("person", "", ChangeKind.DIED): "{one} dies",
    ("couple", "married", ChangeKind.BEGAN): "{one} and {other} marry",
    ("couple", "cohabiting", ChangeKind.BEGAN): "{one} and {other} live together as a couple",
    ("couple", "separated", ChangeKind.BEGAN): "{one} and {other} separate",
    ("couple", "divorced", ChangeKind.BEGAN): "{one} and {other} divorce",
    ("couple", "separated", ChangeKind.ENDED): "{one} and {other} are no longer separated",
    ("couple", "", ChangeKind.BEGAN): "{one} and {other} become a couple",
    ("couple", "", ChangeKind.ENDED): "{one} and {other}: this stops ({nature})",
    ("lives_at", "lives", ChangeKind.BEGAN): "{one} moves in at {place}",
    ("lives_at", "lives", ChangeKind.ENDED): "{one} leaves {place}",
    ("lives_at", "stays", ChangeKind.BEGAN): "{one} begins to stay at {place} at times",
    ("lives_at", "stays", ChangeKind.ENDED): "{one} no longer stays at {place}",
    ("lives_at", "visits", ChangeKind.BEGAN): "{one} begins to be often at {place}",
    ("lives_at", "visits", ChangeKind.ENDED): "{one} is no longer often at {place}",
    ("cares_for", "none", ChangeKind.BEGAN): "{one} must not care for {other} alone from now on",
    ("cares_for", "none", ChangeKind.ENDED): "{one} may care for {other} again",
    ("cares_for", "", ChangeKind.BEGAN): "{one} begins to look after {other} ({nature})",
    ("cares_for", "", ChangeKind.ENDED): "{one} no longer looks after {other} ({nature})",
    ("parent", "", ChangeKind.BEGAN): "{one} takes a parent's place for {other} ({nature})",
    ("parent", "", ChangeKind.ENDED): "{one} no longer has a parent's place for {other} ({nature})",
    ("responsibility", "", ChangeKind.BEGAN): "{one} has parental responsibility for {other}",
    ("responsibility", "", ChangeKind.ENDED): (
        "{one} no longer has parental responsibility for {other}"
    ),
    ("involvement", "", ChangeKind.BEGAN): "{agency} is involved with {one}",
    ("involvement", "", ChangeKind.ENDED): "{agency} is no longer involved with {one}",
    ("network", "", ChangeKind.BEGAN): "{one} comes to the family ({nature})",
    ("network", "", ChangeKind.ENDED): "{one} is no longer around the family ({nature})",
    ("need", "", ChangeKind.BEGAN): "{one}: {nature} begins",
    ("need", "", ChangeKind.ENDED): "{one}: {nature} ends",
    ("quality", "", ChangeKind.BEGAN): "{one} and {other}: {nature}",
    ("quality", "", ChangeKind.ENDED): "{one} and {other}: no longer {nature}",
    ("harm", "", ChangeKind.BEGAN): "Harm by {one} to {other} ({nature}) begins, as recorded",
    ("harm", "", ChangeKind.ENDED): "Harm by {one} to {other} ({nature}) ends, as recorded",
    ("sibling", "", ChangeKind.BEGAN): "{one} and {other} become brothers or sisters ({nature})",
    ("sibling", "", ChangeKind.ENDED): "{one} and {other}: no longer ({nature})",
}


def _counts(claim: Claim) -> bool:
    unsure_harm = claim.kind == ClaimKind.HARM and not (claim.status and claim.source)
    return claim.asserts and not unsure_harm and claim.person != claim.other


def _of_claim(claim: Claim) -> Iterator[Change]:
    when = claim.happened
    start = when.from_min or when.from_max
    if start is not None:
        sure = when.from_min == when.from_max and not when.is_approximate
        yield _change(claim, start, start, ChangeKind.BEGAN, sure)
    end = (when.to_min or when.to_max) if when.is_period and when.to_max is not None else None
    if end is not None and end < date.max:
        sure = when.to_min == when.to_max and not when.is_approximate
        yield _change(claim, end + _NEXT_DAY, end, ChangeKind.ENDED, sure)


def _change(claim: Claim, on: date, day: date, kind: ChangeKind, is_sure: bool) -> Change:
    return Change(
        on=on,
        day=day,
        kind=kind,
        is_approximate=not is_sure,
        words_key=f"{claim.kind}.{claim.nature}.{kind}",
        people=claim.people,
        claim=claim.id,
        because=(claim.id,),
        household=claim.household,
        agency=claim.agency,
    )


def _joined(group: list[tuple[Change, Claim]]) -> Change:
    group = sorted(group, key=lambda pair: (known_on(pair[1]), pair[1].id))
    return replace(group[0][0], because=tuple(claim.id for _, claim in group))


def _of_life(one: str, when: PartialDate | None, kind: ChangeKind) -> Iterator[Change]:
    day = (when.from_min or when.from_max) if when else None
    if day is not None and when is not None:
        sure = when.from_min == when.to_max and not when.is_approximate
        yield Change(day, day, kind, not sure, f"person..{kind}", (one,))


def _order(change: Change) -> tuple[object, ...]:
    rank = list(ChangeKind).index(change.kind)
    return change.on, rank, change.words_key, change.people, change.household, change.claim


def _shown_on(change: Change) -> date:
    return change.on
