"""What an adult cannot do as it is written, because of which need, and what would let them.

A hint stands beside an action, a letter or a meeting and changes nothing of it: the action stays,
and the adult is helped to meet it. It is never worked out from a diagnosis or an area, only from
what was said to be hard for this person and what was agreed with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.profile import AreaAnswer, Profile
from goldenthread.domain.needs.vocabulary import ASKED_ABOUT, SHOWN_BY, Area, Demand
from goldenthread.domain.shared.word import Word


class HintNature(Word):
    """What a hint says of one demand on one adult."""

    ADJUSTED = "adjusted", "Hard as written; an adjustment is agreed"
    NONE_AGREED = "none_agreed", "Hard as written; no adjustment has been agreed"
    AGREED_ONLY = "agreed_only", "An adjustment is agreed"
    NOT_ASKED = "not_asked", "Nobody has asked"


@dataclass(frozen=True, slots=True)
class Hint:
    """What one demand means for one adult.

    `need` is what makes it hard, where the reader may read that. `adjustments` are those agreed
    that help with this demand. `area` is what to ask about where nobody has asked.
    """

    demand: Demand
    nature: HintNature
    need: AreaAnswer | None = None
    adjustments: tuple[Adjustment, ...] = ()
    area: Area | None = None

    def sentence(self, name: str) -> str:
        """What it means, in one or two plain sentences, of the adult called `name`."""
        asks = self.demand.label[:1].lower() + self.demand.label[1:]
        helps = "; ".join(one.what.rstrip(".") for one in self.adjustments)
        if self.nature is HintNature.NOT_ASKED and self.area is not None:
            return f"This asks for {asks}. Nobody has asked {name} {ASKED_ABOUT[self.area]}."
        if self.need is None:
            return f"This asks for {asks}. Agreed with {name}: {helps}."
        because = f"This asks for {asks}, which is hard for {name}: {self.need.area.label.lower()}."
        if self.adjustments:
            return f"{because} Agreed: {helps}."
        return f"{because} No adjustment has been agreed yet: ask {name} what would help."


def hints_for(demands: Iterable[Demand], profile: Profile) -> tuple[Hint, ...]:
    """Say what of these demands this adult cannot meet as written, and what would let them.

    In the order of the vocabulary, each demand once. More demands never give fewer hints, and an
    adjustment that is agreed never takes a hint away. Of an adult whose profile the reader may not
    read, only adjustments are said.
    """
    wanted = frozenset(demands)
    return tuple(hint for demand in Demand if demand in wanted for hint in _of(demand, profile))


def _of(demand: Demand, profile: Profile) -> Iterator[Hint]:
    agreed = tuple(one for one in profile.adjustments if demand in one.helps_with)
    because = [need for need in profile.needs if demand in need.makes_hard]
    nature = HintNature.ADJUSTED if agreed else HintNature.NONE_AGREED
    for need in because:
        yield Hint(demand, nature, need, agreed)
    if because:
        return
    if agreed:
        yield Hint(demand, HintNature.AGREED_ONLY, adjustments=agreed)
    area = SHOWN_BY[demand]
    if profile.version is not None and area in profile.not_asked:
        yield Hint(demand, HintNature.NOT_ASKED, area=area)
