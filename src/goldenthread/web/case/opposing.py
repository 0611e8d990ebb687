"""What an account says against another, in one plain sentence with its agency; nobody is weighed.

The family page and the Network page take these words from here, so that a difference reads one way.
"""

from __future__ import annotations

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import StayNature
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.web.case.sources import since_words
from goldenthread.web.kit.words import date_in_words

NOT_SO = {
    StayNature.LIVES: ("does not live", "do not live"),
    StayNature.STAYS: ("does not stay", "do not stay"),
    StayNature.VISITS: ("is not often", "are not often"),
}


def against_living(claim: Claim, who: str, *, nature: str, where: str = "here") -> str:
    """What speaks against somebody's living somewhere: that it is not so, or that it is over.

    `nature` is how they are said to be there by those who say so; `who` is a name, he, she or they.
    """
    agency = _agency(claim)
    if claim.polarity == Polarity.DENIES:
        wrong, many = NOT_SO.get(StayNature(nature), NOT_SO[StayNature.STAYS])
        since = since_words(claim.happened)
        words = f"{agency} says {who} {many if who == 'they' else wrong} {where}"
        words += f" {since}" if since else ""
    else:
        over = date_in_words(claim.happened, weekday=False)
        were = "were" if who == "they" else "was"
        words = f"{agency} says {who} {were} {where} {over}, and no later"
    return words + _told(claim)


def against_caring(claim: Claim, who: str) -> str:
    """What speaks against somebody's looking after a child: that it is not so, or until when."""
    agency = _agency(claim)
    if claim.polarity == Polarity.DENIES:
        since = since_words(claim.happened)
        return f"{agency} says {who} does not{' ' if since else ''}{since}."
    over = date_in_words(claim.happened, weekday=False)
    return f"{agency} says this of {who} {over}, and no later."


def elsewhere(claim: Claim, who: str, where: str) -> str:
    """That somebody is said to be in another home as well: how, and since when."""
    since = since_words(claim.happened)
    words = f"{_agency(claim)} says {who} also {'stay' if who == 'they' else 'stays'} {where}"
    return words + (f", {since}" if since else "") + _told(claim)


def _agency(claim: Claim) -> str:
    return claim.source.agency_name if claim.source else "Somebody"


def _told(claim: Claim) -> str:
    told = claim.words.strip()
    return f" ({told})." if told else "."
