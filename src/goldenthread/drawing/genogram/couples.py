"""How a couple's bracket is drawn and dated on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.at_date import CoupleAt
from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.vocabulary import ClaimKind, CoupleNature
from goldenthread.drawing import dates
from goldenthread.drawing.believed import is_believed
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.signs import Sign

ENDINGS = (CoupleNature.SEPARATED, CoupleNature.DIVORCED)
DIFFER = "accounts differ"
_ABBREVIATIONS = {
    CoupleNature.MARRIED: "m",
    CoupleNature.COHABITING: "LT",
    CoupleNature.SEPARATED: "s",
    CoupleNature.DIVORCED: "d",
}
_SIGNS = {
    CoupleNature.MARRIED: Sign.MARRIED,
    CoupleNature.COHABITING: Sign.COHABITING,
    CoupleNature.TOGETHER: Sign.TOGETHER,
    CoupleNature.BRIEF: Sign.BRIEF,
    CoupleNature.UNDISCLOSED: Sign.UNDISCLOSED,
    CoupleNature.NEVER_TOGETHER: Sign.NEVER_TOGETHER,
    CoupleNature.NOT_KNOWN: Sign.COUPLE_NOT_KNOWN,
    CoupleNature.SEPARATED: Sign.COUPLE_NOT_KNOWN,
    CoupleNature.DIVORCED: Sign.MARRIED,
}


@dataclass(frozen=True, slots=True)
class CoupleState:
    """How a couple stands: the sign of its line, its bars (0, 1 or 2), and its dates in words."""

    sign: Sign
    bars: int = 0
    is_reunited: bool = False
    is_future: bool = False
    words: str = ""
    because: tuple[str, ...] = ()


def claims_of_couple(
    network: Network, pair: Iterable[str], look: Look, *, of_all: bool = False
) -> tuple[Claim, ...]:
    """What is claimed of two people as a couple and may be drawn, in the order it began.

    `of_all` ignores the viewpoint: the room that words need is the same for every viewpoint.
    """
    both = frozenset(pair)
    found = [
        claim
        for claim in network.of(ClaimKind.COUPLE)
        if frozenset(claim.people) == both and may_draw(claim, look, of_all=of_all)
    ]
    return tuple(sorted(found, key=lambda c: (_began(c), c.nature in ENDINGS, c.id)))


def may_draw(claim: Claim, look: Look, *, of_all: bool = False) -> bool:
    """Whether a claim says what the viewpoint took to be so, and is not sensitive to this reader.

    `of_all` asks for every viewpoint together: whether any can ever have taken it to be so.
    """
    if claim.nature == CoupleNature.UNDISCLOSED and not look.sensitive:
        return False
    return claim.says_so if of_all else is_believed(claim, look.known_claims)


def _began(claim: Claim) -> date:
    return claim.happened.from_min or claim.happened.from_max or date.min


def state_of(
    couple: CoupleAt | None, claims: tuple[Claim, ...], on: date, look: Look
) -> CoupleState:
    """How a couple stands on a day: `couple` as the rules say, `claims` for all its dates.

    Without a claim the kind of couple is not known; with one that begins later it is yet to come.
    """
    if not claims:
        return CoupleState(Sign.COUPLE_NOT_KNOWN)
    if couple is None:
        return CoupleState(Sign.BIRTH_PARENT, is_future=True, because=_ids(claims))
    before = couple.was_before if couple.state in ENDINGS else couple.state
    sign = _SIGNS[CoupleNature(before)]
    is_again = not couple.has_ended and any(
        c.nature in ENDINGS and couple.since is not None and _began(c) < couple.since
        for c in claims
    )
    bars = 0
    if (couple.has_ended or is_again) and not look.is_gentle:
        bars = (
            2 if any(c.nature == CoupleNature.DIVORCED and _began(c) <= on for c in claims) else 1
        )
    return CoupleState(
        sign,
        bars=bars,
        is_reunited=is_again and not look.is_gentle,
        words="" if sign == Sign.NEVER_TOGETHER else words_of_dates(claims, on, couple),
        because=(*couple.because, *couple.otherwise),
    )


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def words_of_dates(claims: tuple[Claim, ...], on: date, couple: CoupleAt | None) -> str:
    """All its dates in one label: "LT 2016–2023", "m 2014 · s 2016 · d 2017".

    Where another account of the day says otherwise, the label says so.
    """
    parts: dict[str, str] = {}
    for claim in claims:
        if _began(claim) > on:
            continue
        word, when = _ABBREVIATIONS.get(CoupleNature(claim.nature), ""), dates.year(claim.happened)
        end = claim.happened.to_max if claim.happened.is_period else None
        is_over = end is not None and end <= on and claim.nature not in ENDINGS
        if end is not None and is_over and str(end.year) not in when:
            when = f"{when}–{end.year}"
        if not word and when and not is_over and claim.nature == CoupleNature.TOGETHER:
            word = "since"
        key = f"{word} {when.removeprefix('c ')[:4]}"  # one state from one year is said once
        if len(when) > len(parts.get(key, "")) or not when.startswith("c "):
            parts[key] = f"{word} {when or '(date?)'}".strip()
    text = " · ".join(parts.values())
    if couple is None or couple.otherwise or couple.is_disputed:
        text = f"{text} · {DIFFER}"
    return text
