"""Pregnancies beside the mother's line, and where a couple begins or ends, between two lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.vocabulary import ClaimKind, CoupleNature, Gender, ParentNature
from goldenthread.domain.people.age import WEEKS_OF_PREGNANCY
from goldenthread.drawing.believed import is_believed
from goldenthread.drawing.marks import Mark, Path, Tone, path_through
from goldenthread.drawing.residence.lanes import Lanes
from goldenthread.drawing.residence.stays import LanesLook, Stay

_ENDINGS = (CoupleNature.SEPARATED, CoupleNature.DIVORCED)
_NO_COUPLE = (CoupleNature.NEVER_TOGETHER, CoupleNature.UNDISCLOSED)


def pregnancy_marks(network: Network, lanes: Lanes, look: LanesLook) -> Iterator[Mark]:
    """A thin stretch beside the mother's line, from 40 weeks before a birth or the day expected."""
    people = {one.id: one for one in network.people if one.id not in look.hidden}
    for claim in _drawn(network, ClaimKind.PARENT, look):
        mother, child = people.get(claim.person), people.get(claim.other)
        if mother is None or child is None or claim.nature != ParentNature.BIRTH:
            continue
        birth = (child.born.from_min if child.born else None) or child.expected_on
        if birth is None or mother.gender != Gender.WOMAN:
            continue
        began = birth - timedelta(weeks=WEEKS_OF_PREGNANCY)
        for stay in _homes(lanes, mother.id):
            first, last = max(began, stay.first), min(birth, stay.last)
            if first < last and lanes.x(last) - lanes.x(first) > 1:
                y = lanes.y(stay) + 6
                line = path_through(((lanes.x(first), y), (lanes.x(last), y)))
                yield Path(line, width=1.5, stroke=Tone.GOLD, role="pregnancy")


def couple_marks(network: Network, lanes: Lanes, look: LanesLook) -> Iterator[Mark]:
    """A tie between two lines of one band where a couple begins, a broken one where it ends.

    Couples who live apart have lines in different bands: the genogram says it of them.
    """
    pairs: dict[tuple[str, ...], list[Claim]] = {}
    for claim in _drawn(network, ClaimKind.COUPLE, look):
        if claim.nature not in _NO_COUPLE and len(set(claim.people)) == 2:
            pairs.setdefault(tuple(sorted(claim.people)), []).append(claim)
    for pair in sorted(pairs):
        for on, is_end in _turns(pairs[pair]):
            yield from _tie(pair, on, lanes, is_end=is_end)


def _turns(claims: list[Claim]) -> Iterator[tuple[date, bool]]:
    """The days a couple began and ended, as (day, it ended); of several accounts the first."""
    found: list[tuple[date, bool]] = []
    for claim in claims:
        is_end = claim.nature in _ENDINGS
        if claim.happened.from_min is not None:
            found.append((claim.happened.from_min, is_end))
        if not is_end and claim.happened.is_period and claim.happened.to_max is not None:
            found.append((claim.happened.to_max, True))
    together = False
    for on, is_end in sorted(set(found)):
        if is_end == together:
            yield on, is_end
            together = not is_end


def _drawn(network: Network, kind: ClaimKind, look: LanesLook) -> Iterator[Claim]:
    for claim in sorted(network.of(kind), key=lambda c: c.id):
        if is_believed(claim, look.known_claims) and not set(claim.people) & look.hidden:
            yield claim


def _homes(lanes: Lanes, person: str) -> list[Stay]:
    return [stay for stay in lanes.stays if stay.person == person and stay.household]


def _tie(pair: tuple[str, ...], on: date, lanes: Lanes, *, is_end: bool) -> Iterator[Mark]:
    if not lanes.span.first <= on <= lanes.span.last:
        return
    there = [
        {stay.household: stay for stay in _homes(lanes, one) if stay.first <= on <= stay.last}
        for one in pair
    ]
    for household in sorted(there[0].keys() & there[1].keys()):
        top, low = sorted(lanes.y(each[household]) for each in there)
        x, middle = lanes.x(on), (top + low) / 2
        for a, b in ((top, middle - 4), (middle + 4, low)) if is_end else ((top, low),):
            role = "couple-ends" if is_end else "couple"
            yield Path(path_through(((x, a), (x, b))), width=1.75, stroke=Tone.TIE, role=role)
        if is_end:
            for y in (middle - 4, middle + 4):
                bar = path_through(((x - 6, y), (x + 6, y)))
                yield Path(bar, width=1.75, stroke=Tone.TIE, role="couple-ends")
