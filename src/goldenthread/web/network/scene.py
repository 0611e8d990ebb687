"""A family's network as one page shows it: what was known from the viewpoint, on one day.

The table, the panel, the paragraphs and the drawing are made from this one value, so that nobody is
in one of them and not in another. What was not known from the viewpoint is left out altogether;
what was known and not so on the day stays, and is said to be earlier or later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.domain.network.at_date import NetworkAt, PersonAt, network_at
from goldenthread.domain.network.claim import Claim, Household, Network, Relative
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import Loss
from goldenthread.domain.network.wording import called

Address = Callable[[str], str]
NO_NAME = "Somebody whose name is not known"
NOW, UNDATED, LATER, EARLIER = "now", "undated", "later", "earlier"


@dataclass(frozen=True)
class Scene:
    """The network known from a viewpoint, the day it is shown on, and where its links lead.

    `person_at` and `entry_at` give the address of a person's panel and of a statement.
    """

    network: Network
    day: date
    person_at: Address
    entry_at: Address

    @cached_property
    def at(self) -> NetworkAt:
        """Everything in force on the day."""
        return network_at(self.network, self.day)

    @cached_property
    def people(self) -> dict[str, Relative]:
        """Everybody known, by id."""
        return {one.id: one for one in self.network.people}

    @cached_property
    def presences(self) -> dict[str, PersonAt]:
        """How everybody is there on the day, by id."""
        return {one.id: one for one in self.at.people}

    @cached_property
    def households(self) -> dict[str, Household]:
        """Every home, by id."""
        return {home.id: home for home in self.network.households}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim, by id."""
        return {claim.id: claim for claim in self.network.claims}

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Every agency's name, by id."""
        return dict(self.network.agencies)

    def name(self, id: str) -> str:
        """What a person, a home or an agency is called."""
        if id in self.people:
            one = self.people[id]
            return one.name or one.description or one.role or NO_NAME
        if id in self.households:
            return self.households[id].name
        return self.agencies.get(id, NO_NAME)

    def called(self, id: str) -> str:
        """The same within a sentence, where words that only describe somebody are quoted."""
        return called(self.people[id]) if id in self.people else self.name(id)

    def state(self, claim: Claim) -> str:
        """Whether a claim was so on the day: now, earlier, later, or undated for cannot say."""
        held = claim.held_on(self.day)
        if held is None:
            return UNDATED
        if held:
            return NOW
        began = claim.happened.from_min
        return LATER if began is not None and self.day < began else EARLIER

    def about(self, id: str) -> tuple[Claim, ...]:
        """Every claim that names this person, whatever its date."""
        return tuple(claim for claim in self.network.claims if id in claim.people)

    def age(self, id: str) -> str:
        """How old somebody was on the day or at death; a loss is called what it was."""
        one, at = self.people[id], self.presences[id]
        if one.loss != Loss.NONE:
            return Loss.label_of(one.loss)
        if at.presence == Presence.DIED:
            return f"died at {at.age_words}" if at.is_dated else "has died"
        return at.age_words if at.is_dated else ""

    def named(self, id: str) -> str:
        """Somebody with their age in brackets: "Theo Rudland (3 years)"."""
        age = self.age(id)
        return f"{self.name(id)} ({age})" if age else self.name(id)
