"""What an adult needs and is good at, in their own words, and how it bears on their care.

Answers the findings that safety plans did not fit the adults who had to carry them out, and that
nobody was curious about adults' histories: each area is answered, refused, not known or not asked,
and never silently empty. A diagnosis is there only where the adult wishes it; nothing here follows
from one. Strengths are kept as fully as needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Answer,
    Area,
    Demand,
    EffectAnswer,
    Voice,
)


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """What came of asking about one area, in whose words, and what it makes hard.

    `said_by` names whoever's words they are where they are not the adult's own. `makes_hard` was
    said by the adult or of them; it is never worked out from the area.
    """

    area: Area
    answer: Answer = Answer.NOT_ASKED
    words: str = ""
    voice: Voice = Voice.OWN
    said_by: str = ""
    how_known: str = ""
    asked_on: date | None = None
    makes_hard: tuple[Demand, ...] = ()

    @property
    def is_need(self) -> bool:
        """Whether there is something to know."""
        return self.answer is Answer.SAID


@dataclass(frozen=True, slots=True)
class Strength:
    """Something the adult is good at or has, in their own words or of whoever said it."""

    words: str
    voice: Voice = Voice.OWN
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """How an adult's needs bear on their care of one child, or of all they care for (None).

    "No known effect" has a source and a day.
    """

    answer: EffectAnswer
    child: UUID | None = None
    words: str = ""
    sign_of_worsening: str = ""
    who_notices: str = ""
    who_acts: str = ""
    crisis_contact: str = ""
    children_then: str = ""
    source: str = ""
    source_on: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One adult as one version says, with the adjustments agreed and in force.

    `version` is None where the reader may read no version: then nothing is known here of needs,
    not even that nobody asked. `answers` may leave areas out; those were not asked.
    """

    adult: UUID
    version: UUID | None = None
    answers: tuple[AreaAnswer, ...] = ()
    strengths: tuple[Strength, ...] = ()
    effects: tuple[Effect, ...] = ()
    how_to_work_with_me: str = ""
    diagnosis: str = ""
    wishes_diagnosis: bool = False
    advocate: Advocate = Advocate.NOT_ASKED
    advocate_words: str = ""
    review_on: date | None = None
    adjustments: tuple[Adjustment, ...] = field(default_factory=tuple)

    def on(self, area: Area) -> AreaAnswer:
        """What came of asking about an area; not asked where the version leaves it out."""
        return next((one for one in self.answers if one.area is area), AreaAnswer(area))

    @property
    def by_area(self) -> tuple[AreaAnswer, ...]:
        """Every area in its order, those not asked included."""
        return tuple(self.on(area) for area in Area)

    @property
    def needs(self) -> tuple[AreaAnswer, ...]:
        """What there is to know, in the order of the areas."""
        order = {area: place for place, area in enumerate(Area)}
        said = (one for one in self.answers if one.is_need)
        return tuple(sorted(said, key=lambda one: order[one.area]))

    @property
    def not_asked(self) -> tuple[Area, ...]:
        """The areas nobody has asked about, in their order."""
        asked = {one.area for one in self.answers if one.answer is not Answer.NOT_ASKED}
        return tuple(area for area in Area if area not in asked)


def together(profiles: Sequence[Profile]) -> Profile:
    """One profile that holds all of several that stand beside each other, the first one's first.

    Two agencies may each have written of one adult. Whatever either says there is to know is kept;
    an area is not asked where neither asked. Raises ValueError where there is none.
    """
    if not profiles:
        raise ValueError("There is no profile to put together.")
    if len(profiles) == 1:
        return profiles[0]
    first = profiles[0]
    asked = [a for one in profiles for a in one.answers if a.answer is not Answer.NOT_ASKED]
    return replace(
        first,
        answers=tuple(dict.fromkeys(asked)),
        how_to_work_with_me=_beneath(one.how_to_work_with_me for one in profiles),
        diagnosis=_beneath(one.diagnosis for one in profiles),
        wishes_diagnosis=any(one.wishes_diagnosis for one in profiles),
        advocate=next(
            (one.advocate for one in profiles if one.advocate is not Advocate.NOT_ASKED),
            Advocate.NOT_ASKED,
        ),
        advocate_words=_beneath(one.advocate_words for one in profiles),
        review_on=min((one.review_on for one in profiles if one.review_on), default=None),
        strengths=tuple(dict.fromkeys(s for one in profiles for s in one.strengths)),
        effects=tuple(dict.fromkeys(e for one in profiles for e in one.effects)),
        adjustments=tuple(dict.fromkeys(a for one in profiles for a in one.adjustments)),
    )


def as_one(profile: Profile) -> Profile:
    """The same profile with each area and each child once: where a form begins from several.

    What was said twice stands beneath each other; nothing that was said is left out.
    """
    answers = [
        _one_answer([one for one in profile.answers if one.area is area])
        for area in dict.fromkeys(one.area for one in profile.answers)
    ]
    effects = [
        _one_effect([one for one in profile.effects if one.child == child])
        for child in dict.fromkeys(one.child for one in profile.effects)
    ]
    return replace(profile, answers=tuple(answers), effects=tuple(effects))


def _one_answer(those: Sequence[AreaAnswer]) -> AreaAnswer:
    first = next((one for one in those if one.is_need), those[0])
    if len(those) == 1:
        return first
    own = all(one.voice is Voice.OWN for one in those)
    return replace(
        first,
        words=_beneath(one.words for one in those),
        voice=Voice.OWN if own else Voice.ANOTHER,
        said_by=_beneath((one.said_by for one in those), "; "),
        makes_hard=tuple(dict.fromkeys(hard for one in those for hard in one.makes_hard)),
    )


def _one_effect(those: Sequence[Effect]) -> Effect:
    first = next((one for one in those if one.answer is EffectAnswer.AFFECTS), those[0])
    if len(those) == 1:
        return first
    return replace(
        first,
        words=_beneath(one.words for one in those),
        sign_of_worsening=_beneath(one.sign_of_worsening for one in those),
        who_notices=_beneath(one.who_notices for one in those),
        who_acts=_beneath(one.who_acts for one in those),
        crisis_contact=_beneath(one.crisis_contact for one in those),
        children_then=_beneath(one.children_then for one in those),
        source=_beneath(one.source for one in those),
    )


def _beneath(texts: Iterable[str], between: str = "\n") -> str:
    return between.join(dict.fromkeys(text.strip() for text in texts if text.strip()))
