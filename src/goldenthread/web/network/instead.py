"""A relation said instead of an earlier one, and what a form starts from.

Nothing is edited. One's own agency corrects its entry; another agency's entry is disputed. Either
way the earlier claim stays readable. An entry may say several things of the network: what was not
wrong in it is said again with the correction, so that putting one thing right loses none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.network.wording import names_of
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.network.record_claims import (
    ProposedClaim,
    add_household,
    record_claims,
)
from goldenthread.web.network import wording
from goldenthread.web.network.period_form import period_as_typed
from goldenthread.web.network.relation_form import RelationReading
from goldenthread.web.network.surroundings import Surroundings
from goldenthread.web.record.answers import Answers


@dataclass(frozen=True)
class Earlier:
    """The claim that is put right, in words, and what else its entry says."""

    claim: Claim
    link: LinkKind
    words: str
    source: str
    others: tuple[Claim, ...]
    others_words: tuple[str, ...]

    @property
    def is_correction(self) -> bool:
        """Whether it is one's own agency's entry, which a correction stands in for."""
        return self.link is LinkKind.CORRECTS

    @property
    def period_answers(self) -> Answers:
        """The second step as the earlier claim would have filled it in."""
        return Answers(period_as_typed(self.claim.happened))


def earlier_of(around: Surroundings, claim_id: str) -> Earlier | None:
    """The claim of this id, where the reader may see it and it still stands; else None."""
    claims = {claim.id: claim for claim in around.network.claims if claim.still_counts}
    claim = claims.get(claim_id)
    if claim is None or claim.source is None:
        return None
    own = claim.source.agency == str(around.around.family.reader.agency)
    others = tuple(
        one
        for one in claims.values()
        if one.source is not None
        and one.source.statement == claim.source.statement
        and one.id != claim.id
    )
    return Earlier(
        claim=claim,
        link=LinkKind.CORRECTS if own else LinkKind.DISPUTES,
        words=_said(around, claim),
        source=f"{wording.how(claim.source)}. {wording.known_since(claim.source)}.",
        others=others,
        others_words=tuple(_said(around, one) for one in others),
    )


def starting_answers(around: Surroundings, given: Mapping[str, str]) -> Answers:
    """What the first step begins with: whoever it was opened for, or the claim to put right."""
    earlier = earlier_of(around, given.get("instead", ""))
    if earlier is None:
        start = {name: [given[name]] for name in ("person", "other") if given.get(name)}
        kind = given.get("kind", "")
        return Answers(start | ({"kind": [kind]} if kind in ClaimKind._value2member_map_ else {}))
    claim = earlier.claim
    return Answers(
        {
            "instead": [claim.id],
            "person": [claim.person],
            "other": [claim.other],
            "household": [claim.household],
            "agency": [claim.agency],
            "relation": [f"{claim.kind}:{claim.nature}"],
            "status": [claim.status],
            "polarity": [claim.polarity],
            "days": [str(day) for day in claim.days],
            "nights": [str(night) for night in claim.nights],
            "detail": [claim.words],
        }
    )


def record_relation(
    actor: Actor,
    around: Surroundings,
    earlier: Earlier | None,
    reading: RelationReading,
    *,
    now: datetime,
) -> None:
    """Put the relation in the record, by itself or instead of an earlier one.

    Raises what `record_claims` and `answer_entry` raise.
    """
    if earlier is None:
        record_claims(
            actor, around.case, reading.proposed, [reading.claim],
            now=now, unknown=reading.people, households=reading.households,
        )  # fmt: skip
        return
    assert earlier.claim.source is not None
    for home in reading.households:
        add_household(actor, around.case, home, now=now)
    kept = [_again(one, reading) for one in earlier.others] if earlier.is_correction else []
    answer_entry(
        actor, around.case, UUID(earlier.claim.source.statement), earlier.link, reading.proposed,
        reason=reading.reason, claims=[reading.claim, *kept], now=now,
    )  # fmt: skip


def _again(claim: Claim, reading: RelationReading) -> ProposedClaim:
    """A claim of the earlier entry as it was, for the entry that stands in for it."""
    return replace(
        reading.claim,
        id=uuid5(reading.proposed.id, claim.id),
        kind=claim.kind,
        nature=claim.nature,
        person=UUID(claim.person),
        other=UUID(claim.other) if claim.other else None,
        household=UUID(claim.household) if claim.household else None,
        agency=UUID(claim.agency) if claim.agency else None,
        happened=claim.happened,
        polarity=claim.polarity,
        status=claim.status,
        days=claim.days,
        nights=claim.nights,
        words=claim.words,
    )


def _said(around: Surroundings, claim: Claim) -> str:
    people = {one.id: one for one in around.network.people}
    names = names_of(around.network)
    when = wording.when(claim.happened)
    return f"{wording.sentence(claim, people, lambda id: names.get(id, id))} ({when})"
