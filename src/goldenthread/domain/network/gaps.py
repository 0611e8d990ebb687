"""The curiosity list: what nobody knows about a family's network, as plain questions.

Nothing is scored and nobody is credited or blamed. Each question says what it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from goldenthread.domain.network import asking
from goldenthread.domain.network.asking import Ground
from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.contradicting import ENDINGS, Contradiction, ContradictionKind
from goldenthread.domain.network.curiosity import (
    FactAt,
    Gap,
    GapFacts,
    GapKind,
    GapRules,
    facts_by,
    gap,
    is_under_18,
    people_of,
)
from goldenthread.domain.network.parentage import parentages_of
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.siblings import with_siblings
from goldenthread.domain.network.vocabulary import ClaimKind, CoupleNature
from goldenthread.domain.network.wording import listed, names_of
from goldenthread.domain.provenance.vocabulary import Polarity

__all__ = ["FactAt", "Gap", "GapFacts", "GapKind", "GapRules", "gaps_of"]

_ASKING = (
    asking.unknown_parents,
    asking.not_spoken_to,
    asking.without_checks,
    asking.on_one_word,
    asking.stopped,
    asking.not_seen_alone,
)


def gaps_of(network: Network, facts: GapFacts, *, rules: GapRules, on: date) -> tuple[Gap, ...]:
    """Every gap on a day, by kind and people; each id once. What is later than the day is unknown.

    The same gaps come in whatever order people, claims and facts are given.
    """
    ground = _ground(network, facts, rules, on)
    found = [one for ask in _ASKING for one in ask(ground)]
    found.extend(_differing(ground))
    order = list(GapKind)
    unique = {one.id: one for one in found}
    return tuple(sorted(unique.values(), key=lambda g: (order.index(g.kind), g.about, g.id)))


def _ground(network: Network, facts: GapFacts, rules: GapRules, on: date) -> Ground:
    at = network_at(network, on)
    people = people_of(network)
    claims = {
        claim.id: claim
        for claim in sorted(network.claims, key=lambda claim: claim.id)
        if claim.asserts and all(one in people for one in claim.people)
    }
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        for one in claim.people:
            about[one].append(claim)
    there = {one.id: one for one in at.people}
    of_child: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(network.of(ClaimKind.PARENT), key=lambda claim: claim.id):
        of_child[claim.other].append(claim)
    looked_after: dict[str, list[str]] = defaultdict(list)
    for care in at.care:
        for carer in care.carers:
            looked_after[carer.carer].append(care.child)
    return Ground(
        at=at,
        there=there,
        people=people,
        names=names_of(network),
        parentages=with_siblings(network, parentages_of(network))[0],
        children=frozenset(
            one
            for one in people
            if is_under_18(people[one], on)
            and there[one].presence in (Presence.PRESENT, Presence.UNBORN)
        ),
        claims=claims,
        about={one: tuple(said) for one, said in about.items()},
        of_child={child: tuple(said) for child, said in of_child.items()},
        looked_after={carer: tuple(children) for carer, children in looked_after.items()},
        facts=facts_by(facts, on),
        rules=rules,
        on=on,
    )


def _differing(ground: Ground) -> Iterator[Gap]:
    """One question for each contradiction of the day, until somebody settles it."""
    for found in ground.at.contradictions:
        goes_on = found.kind == ContradictionKind.GOES_ON
        yield gap(
            GapKind.ENDED_AND_GOES_ON if goes_on else GapKind.ACCOUNTS_DIFFER,
            _QUESTIONS[found.kind](ground, found),
            found.people,
            because=found.because,
            rests_on=found.because,
        )


def _denied(ground: Ground, found: Contradiction) -> str:
    denying = [claim for claim in found.claims if _is_denial(claim)]
    saying = [claim for claim in found.claims if not _is_denial(claim)]
    return (
        f"Accounts differ on whether {_matter(ground, saying[0])}: {_agencies(saying)} recorded "
        f"that it is so, {_agencies(denying)} that it is not. What would settle it?"
    )


def _goes_on(ground: Ground, found: Contradiction) -> str:
    over = [c for c in found.claims if c.nature in ENDINGS or c.happened.to_max is not None]
    over = [c for c in over if c.nature in ENDINGS or c.happened.is_period]
    on = [claim for claim in found.claims if claim not in over]
    return (
        f"{_agencies(on)} recorded that {_matter(ground, on[0])}; {_agencies(over)} last recorded "
        "that this had ended. Which is so now, and who has to be told?"
    )


def _two_births(ground: Ground, found: Contradiction) -> str:
    parents = list(dict.fromkeys(ground.names[claim.person] for claim in found.claims))
    child = ground.names[found.claims[0].other]
    return f"{listed(parents)} are each recorded as a parent of {child}: what would settle it?"


_QUESTIONS = {
    ContradictionKind.DENIED: _denied,
    ContradictionKind.GOES_ON: _goes_on,
    ContradictionKind.TWO_BIRTHS: _two_births,
}


def _is_denial(claim: Claim) -> bool:
    return claim.polarity == Polarity.DENIES or claim.nature == CoupleNature.NEVER_TOGETHER


def _agencies(claims: list[Claim]) -> str:
    """Who recorded them; "the record" where no claim has a source."""
    names = [claim.source.agency_name or claim.source.agency for claim in claims if claim.source]
    return listed(list(dict.fromkeys(names))) or "the record"


def _matter(ground: Ground, claim: Claim) -> str:
    """What a claim is about, in words that do not say that it is so."""
    one = ground.names[claim.person]
    other = ground.names.get(claim.other, "")
    place = ground.names.get(claim.household, "the household")
    agency = ground.names.get(claim.agency, "the agency")
    if claim.kind == ClaimKind.COUPLE:
        return f"{one} and {other} {'have parted' if claim.nature in ENDINGS else 'are a couple'}"
    words: dict[str, str] = {
        ClaimKind.PARENT: f"{one} is a parent of {other}",
        ClaimKind.SIBLING: f"{one} and {other} are brothers or sisters",
        ClaimKind.LIVES_AT: f"{one} lives or stays at {place}",
        ClaimKind.CARES_FOR: f"{one} looks after {other}",
        ClaimKind.RESPONSIBILITY: f"{one} has parental responsibility for {other}",
        ClaimKind.HARM: f"there was harm to {other} by {one}",
        ClaimKind.QUALITY: f"the account of how {one} and {other} get on is right",
        ClaimKind.INVOLVEMENT: f"{agency} is involved with {one}",
        ClaimKind.NETWORK: f"{one} is around the family",
        ClaimKind.NEED: f"what is recorded of {one}’s history or needs is right",
    }
    return words.get(claim.kind, f"what is recorded of {one} is right")
