"""What cannot be right in a network, in sentences: on the page, and before a relation is added.

Nothing is refused for it: two agencies may have recorded two things of which one is wrong, and
somebody has to see both to find out which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.network.checking import check
from goldenthread.domain.network.claim import Claim, Network, Source
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.web.network import wording
from goldenthread.web.network.scene import Scene

# Of what is about to be said nobody can have known before: what is in the record comes first.
LAST_KNOWN = Source("", "", "", HowKnown.NOT_RECORDED, date.max)


@dataclass(frozen=True, slots=True)
class Amiss:
    """One thing that cannot be right, and what it rests on: each in words, with its entry."""

    sentence: str
    because: tuple[tuple[str, str], ...]


def amiss_in(scene: Scene) -> list[Amiss]:
    """Everything that cannot be right in what was known from the viewpoint."""
    return [
        Amiss(
            warning.sentence,
            tuple(
                (
                    wording.sentence(claim, scene.people, scene.called),
                    scene.entry_at(claim.source.statement),
                )
                for claim in map(scene.claims.get, warning.claims)
                if claim is not None and claim.source is not None
            ),
        )
        for warning in check(scene.network)
    ]


def amiss_with(network: Network, proposed: ProposedClaim, instead: Claim | None) -> list[str]:
    """What would not be right any more with one claim more, which may stand instead of another."""
    claims = tuple(claim for claim in network.claims if claim is not instead)
    claim = Claim(
        id=str(proposed.id),
        kind=proposed.kind,
        nature=proposed.nature,
        person=str(proposed.person),
        other=str(proposed.other or ""),
        household=str(proposed.household or ""),
        agency=str(proposed.agency or ""),
        happened=proposed.happened,
        polarity=proposed.polarity,
        source=LAST_KNOWN,
    )
    people = {one.id for one in network.people}
    if not claim.kind or not people.issuperset(claim.people):
        return []  # somebody new to the record contradicts nothing in it
    before = {warning.sentence for warning in check(replace(network, claims=claims))}
    after = check(replace(network, claims=(*claims, claim)))
    return [warning.sentence for warning in after if warning.sentence not in before]
