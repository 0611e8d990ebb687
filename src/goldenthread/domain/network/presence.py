"""Whether somebody is there on a day: born, alive, and tied to anybody here yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.vocabulary import ClaimKind, Loss
from goldenthread.domain.people.age import WEEKS_OF_PREGNANCY, age_in_words
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.word import Word

PREGNANCY = timedelta(weeks=WEEKS_OF_PREGNANCY)


class Presence(Word):
    """How somebody is shown on a day. Nobody is removed: not yet there, they are dimmed."""

    PRESENT = "present", "There"
    UNBORN = "unborn", "Not yet born"
    NOT_YET = "not_yet", "Not yet in the family"
    DIED = "died", "Has died"


@dataclass(frozen=True, slots=True)
class PersonAt:
    """One person on a day.

    `age_words` is the age as people say it, at death for somebody who has died. `is_dated` says
    whether a date of birth, even a partial or expected one, is known; `certain` whether the
    presence is sure, given how partial the dates are. `because` are the claims that tie them to
    somebody by then, where these and not the birth decided.
    """

    id: str
    presence: Presence
    age_words: str
    is_dated: bool
    certain: bool = True
    because: tuple[str, ...] = ()
    is_born: bool = True


def person_at(one: Relative, ties: Iterable[Claim], births: dict[str, date], on: date) -> PersonAt:
    """One person on a day; `ties` are the claims that name them, `births` the first day each
    person can have been born on.

    From the earliest day a birth or a death can have happened it is shown as such, and marked
    unsure until the latest. A pregnancy is shown from 40 weeks before the birth or expected date.
    """
    age = _age_words(one, on)
    born, expected = one.born, one.expected_on
    is_dated = expected is not None or (born is not None and born.is_known)
    died = _has_happened(one.died, on)
    if died is not False and not _is_before_birth(one, on):
        return PersonAt(one.id, Presence.DIED, age, is_dated, certain=died is True)
    if one.loss != Loss.NONE and one.died is None and (born is None or not born.is_known):
        return PersonAt(one.id, Presence.DIED, age, is_dated, certain=False)
    is_born = born is not None and born.is_known
    if not is_born and expected is not None:
        # Past the expected date with no birth recorded: nobody has said, so nothing is sure.
        coming = Presence.UNBORN if on >= pregnant_from(expected) else Presence.NOT_YET
        return PersonAt(one.id, coming, age, is_dated, certain=on <= expected, is_born=False)
    first = born.from_min if born is not None else None
    if first is not None and on < first:
        coming = Presence.UNBORN if on >= pregnant_from(expected or first) else Presence.NOT_YET
        return PersonAt(one.id, coming, age, is_dated, is_born=False)
    sure = born is not None and born.from_max is not None and on >= born.from_max
    came, because = _in_the_family(one, tuple(ties), births, on)
    presence = Presence.NOT_YET if came is False else Presence.PRESENT
    certain = came is not None and (sure or not is_dated)
    return PersonAt(one.id, presence, age, is_dated, certain, because)


def pregnant_from(birth: date) -> date:
    """The first day of the 40 weeks before a birth or expected date, as far as a calendar goes."""
    return birth - PREGNANCY if birth - date.min > PREGNANCY else date.min


def earliest_births(network: Network) -> dict[str, date]:
    """The first day on which each person can have been born, for those of whom one is known."""
    births = {}
    for one in network.people:
        day = (one.born.from_min if one.born else None) or one.expected_on
        if day is not None:
            births[one.id] = day
    return births


def is_alive(person: PersonAt) -> bool:
    """Whether they can live anywhere or look after anybody on that day."""
    return person.is_born and not (person.presence == Presence.DIED and person.certain)


def _age_words(one: Relative, on: date) -> str:
    """The age on the day, or at death; not known at a death of which nobody knows when."""
    died = one.died
    if died is None or _is_before_birth(one, on):
        return age_in_words(one.born, on, expected_on=one.expected_on)
    last = died.from_min or died.to_max
    if last is None:
        return age_in_words(None, on)
    return age_in_words(one.born, min(on, last), expected_on=one.expected_on)


def _is_before_birth(one: Relative, on: date) -> bool:
    """Whether the day is surely before they were born."""
    return one.born is not None and one.born.from_min is not None and on < one.born.from_min


def _has_happened(when: PartialDate | None, on: date) -> bool | None:
    """False before the earliest day, True from the latest, None between or where nobody knows."""
    if when is None:
        return False
    if when.from_min is not None and on < when.from_min:
        return False
    return True if when.to_max is not None and on >= when.to_max else None


def _in_the_family(
    one: Relative, ties: tuple[Claim, ...], births: dict[str, date], on: date
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether anything ties them to somebody by then: False only where every tie begins later.

    A child belongs from birth. So does everybody of whom no tie is dated: not knowing when
    somebody came is no reason to hide them.
    """
    if one.is_child or not ties:
        return True, ()
    begins = [(_begins(claim, one.id, births), claim.id) for claim in ties]
    if any(day is None for day, _ in begins):
        return True, ()
    came = [key for day, key in begins if day is not None and day <= on]
    if not came:
        first = min(day for day, _ in begins if day is not None)
        return False, tuple(sorted(key for day, key in begins if day == first))
    sure = any(
        claim.happened.from_max is None or claim.happened.from_max <= on
        for claim in ties
        if claim.id in came
    )
    return True if sure else None, tuple(sorted(came))


def _begins(claim: Claim, one: str, births: dict[str, date]) -> date | None:
    """The earliest day a tie can have begun: of a parent, the pregnancy; None where not known."""
    if claim.kind == ClaimKind.SIBLING or (claim.kind == ClaimKind.PARENT and claim.other == one):
        return None
    undated = not claim.happened.is_known
    if undated and claim.kind == ClaimKind.PARENT and claim.other in births:
        return pregnant_from(births[claim.other])
    return claim.happened.from_min
