"""How two people are a couple on a day, out of every period anybody claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.contradicting import ENDINGS, begins, ends
from goldenthread.domain.network.vocabulary import CoupleNature


@dataclass(frozen=True, slots=True)
class CoupleAt:
    """Two people, in the order of their ids, who are or were a couple on a day.

    `state` is a CoupleNature: the latest to have begun. `has_ended` where it is a separation or
    divorce, or where its period is over and nothing followed. `since` is the earliest day the
    state (or, for a period that is over, its end) can have begun; None where nobody dated it.
    `certain` is False where the dates leave room, or another account of that day says otherwise.
    `was_before` is the last state before a separation or divorce, for the line it was drawn with.
    `otherwise` are claims of that day that say another state.
    """

    people: tuple[str, str]
    state: str
    since: date | None
    is_approximate: bool
    is_dated: bool
    certain: bool
    has_ended: bool
    was_before: str
    because: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    is_disputed: bool = False


def couples_at(claims: Iterable[Claim], on: date) -> tuple[CoupleAt, ...]:
    """The couples of a day, among asserting claims of couples; those still to come are left out.

    "Separated" and "divorced" end the claims that began before them. "Never a couple" is a state.
    """
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        first = claim.happened.from_min
        if first is None or first <= on:
            pairs[min(claim.people), max(claim.people)].append(claim)
    found = (_couple(pair, pairs[pair], on) for pair in sorted(pairs))
    return tuple(couple for couple in found if couple is not None)


def _couple(pair: tuple[str, str], claims: list[Claim], on: date) -> CoupleAt | None:
    """The state of one pair; None where all that is known is a separation that is over."""
    claims = sorted(claims, key=_by_beginning)
    states = [claim for claim in claims if claim.nature not in ENDINGS]
    endings = [c for c in claims if c.nature in ENDINGS and c.held_on(on) is not False]
    ending = endings[-1] if endings else None
    going_on = [c for c in states if c.held_on(on) is not False and not _is_over(c, ending)]
    dated = [c for c in going_on if c.happened.is_known]
    over = [c for c in states if c.held_on(on) is False]
    last_over = max(over, key=lambda c: (ends(c) or date.min, c.id)) if over else None
    if dated or (going_on and ending is None and last_over is None):
        shown = (dated or going_on)[-1]
        rest = [c for c in (*going_on, *endings) if not _is_earlier(c, shown)]
        return _said(pair, shown, on, before=shown.nature, rest=rest)
    if last_over is not None and (ending is None or not _came_first(last_over, ending)):
        return _said(pair, last_over, on, before=last_over.nature, rest=going_on, is_over=True)
    if ending is None and not going_on:
        return None
    if ending is None:  # only undated claims beside nothing that ended
        return _said(pair, going_on[-1], on, before=going_on[-1].nature, rest=going_on)
    before = [c for c in states if _is_over(c, ending) or c.held_on(on) is False or c in going_on]
    was = before[-1].nature if before else CoupleNature.NOT_KNOWN
    undated = [c for c in going_on if not ending.happened.is_known]
    return _said(pair, ending, on, before=was, rest=undated)


def _said(
    pair: tuple[str, str],
    shown: Claim,
    on: date,
    *,
    before: str,
    rest: list[Claim],
    is_over: bool = False,
) -> CoupleAt:
    otherwise = tuple(sorted(c.id for c in rest if c.nature != shown.nature and c.id != shown.id))
    sure = (is_over or shown.held_on(on) is True) and not otherwise
    return CoupleAt(
        people=pair,
        state=shown.nature,
        since=shown.happened.to_min if is_over else begins(shown),
        is_approximate=not _is_one_day(shown, at_end=is_over),
        is_dated=shown.happened.is_known,
        certain=sure,
        has_ended=is_over or shown.nature in ENDINGS,
        was_before=before,
        because=(shown.id,),
        otherwise=otherwise,
        is_disputed=shown.is_disputed,
    )


def _is_one_day(claim: Claim, *, at_end: bool) -> bool:
    when = claim.happened
    low, high = (when.to_min, when.to_max) if at_end else (when.from_min, when.from_max)
    return low is not None and low == high and not when.is_approximate


def _by_beginning(claim: Claim) -> tuple[date, bool, date, str]:
    """By when it began, undated first; an ending after the state it ends on one day."""
    known = claim.source.known_on if claim.source else date.min
    return begins(claim) or date.min, claim.nature in ENDINGS, known, claim.id


def _is_over(claim: Claim, ending: Claim | None) -> bool:
    """Whether a separation ended a state: it did where the state began first, or undated."""
    return (
        ending is not None
        and ending.happened.is_known
        and (begins(claim) or date.min) <= (begins(ending) or date.min)
    )


def _is_earlier(claim: Claim, shown: Claim) -> bool:
    """Whether a state simply led to the one shown: lived together, then married."""
    begun, later = begins(claim), begins(shown)
    return begun is not None and later is not None and begun < later


def _came_first(claim: Claim, ending: Claim) -> bool:
    """Whether a period that is over lies before the separation, which then says how it ended."""
    began, ended = begins(claim) or date.min, begins(ending)
    return ended is None or began <= ended
