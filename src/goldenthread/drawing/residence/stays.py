"""Who stayed where, and when nobody knows: the stretches that household lanes are drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.vocabulary import ClaimKind, HomeNature, StayNature
from goldenthread.drawing.believed import is_believed

DAY = timedelta(days=1)
GAP = ""  # the household of a gap: nobody knows where


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in one household, as one claim says it.

    Surely there from `surely_from` to `surely_to`; perhaps from `first` and until `last`. Where no
    date is known `is_dated` is False and it spans everything.
    """

    person: str
    household: str
    first: date
    surely_from: date
    surely_to: date
    last: date
    nature: str
    nights: tuple[int, ...]
    is_dated: bool
    claim: Claim | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing says that it ended."""
        when = self.claim.happened if self.claim else None
        return when is not None and not (when.is_period and when.to_max)


def no_link(_person: str) -> str:
    """Nobody is a link: for a drawing on paper."""
    return ""


@dataclass(frozen=True, slots=True)
class LanesLook:
    """What of the lanes is shown, and by which viewpoint's claims."""

    hidden: frozenset[str] = frozenset()
    known_claims: frozenset[str] | None = None
    link_for: Callable[[str], str] = no_link
    of_whom: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days the whole picture covers, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


def claims_of_stays(network: Network, look: LanesLook) -> tuple[Claim, ...]:
    """The claims of living somewhere that are drawn."""
    people = {one.id for one in network.people} - look.hidden
    return tuple(
        claim
        for claim in network.of(ClaimKind.LIVES_AT)
        if is_believed(claim, look.known_claims) and claim.person in people and claim.household
    )


def span_of(network: Network, since: date | None, until: date) -> Span:
    """From `since`, or the first stay or child's birth of all that is recorded, to `until`."""
    if since is not None and since < until:
        return Span(since, until)
    firsts = [c.happened.from_min for c in network.of(ClaimKind.LIVES_AT) if c.says_so]
    firsts += [one.born.from_min for one in network.people if one.is_child and one.born]
    days = [day for day in firsts if day is not None and day < until]
    return Span(min(days, default=until - 365 * DAY), until)


def stays_of(network: Network, look: LanesLook, span: Span) -> tuple[Stay, ...]:
    """Every stay within the span, in the order they began."""
    found = []
    for claim in claims_of_stays(network, look):
        stay = _stay(claim, span)
        if stay is not None:
            found.append(stay)
    return tuple(sorted(found, key=lambda s: (s.first, s.last, s.person, s.household)))


def _stay(claim: Claim, span: Span) -> Stay | None:
    when = claim.happened
    if not when.is_known:
        bounds = (span.first, span.first, span.last, span.last)
    else:
        has_end = when.is_period and when.to_max is not None  # a single date is a beginning
        first = when.from_min or span.first
        last = when.to_max if has_end and when.to_max else span.last
        surely_to = (when.to_min or last) if has_end else span.last
        bounds = (first, when.from_max or first, min(surely_to, last), last)
    if bounds[0] > span.last or bounds[3] < span.first:
        return None
    first, surely_from, surely_to, last = (min(max(day, span.first), span.last) for day in bounds)
    if surely_to < surely_from:  # the dates leave no day that is sure
        surely_from = surely_to = surely_from if surely_from <= last else last
    return Stay(
        claim.person,
        claim.household,
        first,
        surely_from,
        surely_to,
        last,
        claim.nature,
        claim.nights,
        when.is_known,
        claim,
    )


def clipped(stay: Stay, span: Span) -> Stay:
    """The part of a stay that lies within a span it has days in."""
    bounds = (stay.first, stay.surely_from, stay.surely_to, stay.last)
    first, surely_from, surely_to, last = (min(max(d, span.first), span.last) for d in bounds)
    return replace(stay, first=first, surely_from=surely_from, surely_to=surely_to, last=last)


def gaps_of(
    one: Relative, stays: tuple[Stay, ...], span: Span, homes: dict[str, str]
) -> tuple[Stay, ...]:
    """The stretches in which nobody knows where a person lived.

    A child's whole life is covered; an adult's from the first stay recorded of them. A household
    that is itself "not known where" is a gap too.
    """
    mine = [s for s in stays if s.person == one.id and s.nature != StayNature.VISITS]
    known = [s for s in mine if homes.get(s.household) != HomeNature.NOT_KNOWN]
    born = one.born.from_min if one.born else None
    start = max(born, span.first) if one.is_child and born else None
    if start is None:
        if not known:
            return ()
        start = min(s.first for s in known)
    died = one.died.to_max if one.died else None
    end = min(died, span.last) if died else span.last
    gaps, here = [], start
    for stay in sorted(known, key=lambda s: s.first):
        if stay.first > here:
            gaps.append(_gap(one.id, here, stay.first - DAY))
        here = max(here, stay.last + DAY)
    if here <= end:
        gaps.append(_gap(one.id, here, end))
    return tuple(gaps)


def _gap(person: str, first: date, last: date) -> Stay:
    return Stay(person, GAP, first, first, last, last, "", (), True)
