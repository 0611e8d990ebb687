"""A profile as it is typed, part by part, and back: nothing typed is trimmed before it is kept.

A part nobody has touched yet says what the versions said that the writing began from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from goldenthread.domain.chronology.admitting import Problem
from goldenthread.domain.needs.checking import part_of_child
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Answer,
    Area,
    Demand,
    EffectAnswer,
    Voice,
)
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.word import Word
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import boxes_day, boxes_filled

WORDS, ABOUT, KEEP, BEGUN = "words", "about", "keep", "begun"
SPARE_STRENGTHS = 3  # empty rows beneath those written, so that no script is needed to add one
MOST_STRENGTHS = 30
EFFECT_TEXTS = (
    "words", "sign_of_worsening", "who_notices", "who_acts", "crisis_contact", "children_then",
    "source",
)  # fmt: skip
Typed = dict[str, list[str]]
W = TypeVar("W", bound=Word)


def part_of_area(area: Area) -> str:
    """The part of the form that asks about an area."""
    return f"area-{area}"


def parts(children: Iterable[UUID | None]) -> tuple[str, ...]:
    """Every part of a profile's form, in the order of its pages."""
    return (
        WORDS,
        *(part_of_area(area) for area in Area),
        *(part_of_child(child) for child in children),
        ABOUT,
        KEEP,
    )


def as_typed(profile: Profile) -> dict[str, Typed]:
    """A version as somebody would have typed it, by part."""
    typed: dict[str, Typed] = {
        WORDS: {"how_to_work_with_me": [profile.how_to_work_with_me]},
        ABOUT: {
            "advocate": [str(profile.advocate)],
            "advocate_words": [profile.advocate_words],
            "diagnosis": [profile.diagnosis],
            "wishes_diagnosis": ["yes"] if profile.wishes_diagnosis else [],
            **day_typed("review_on", profile.review_on),
        },
    }
    for place, one in enumerate(profile.strengths, start=1):
        typed[WORDS] |= {
            f"strength-{place}-words": [one.words],
            f"strength-{place}-said_by": [one.said_by],
        }
    for answer in profile.answers:
        typed[part_of_area(answer.area)] = {
            "answer": [str(answer.answer)],
            "words": [answer.words],
            "voice": [str(answer.voice)],
            "said_by": [answer.said_by],
            "how_known": [answer.how_known],
            "makes_hard": [str(one) for one in answer.makes_hard],
            **day_typed("asked_on", answer.asked_on),
        }
    for effect in profile.effects:
        typed[part_of_child(effect.child)] = {
            "answer": [str(effect.answer)],
            **{name: [getattr(effect, name)] for name in EFFECT_TEXTS},
            **day_typed("source_on", effect.source_on),
        }
    return typed


def day_typed(name: str, day: date | None) -> Typed:
    """A day as three boxes hold it; nothing where there is none."""
    if day is None:
        return {}
    return {
        f"{name}-day": [str(day.day)],
        f"{name}-month": [str(day.month)],
        f"{name}-year": [str(day.year)],
    }


@dataclass
class Read:
    """A profile read from a form, and what could not be read in it."""

    profile: Profile
    problems: list[Problem] = field(default_factory=list)


def read_profile(
    adult: UUID, children: Sequence[UUID | None], on: Callable[[str], Answers]
) -> Read:
    """Read every part; `on` gives what is typed, or stands, in the part of a name."""
    problems: list[Problem] = []
    about = on(ABOUT)
    profile = Profile(
        adult=adult,
        answers=tuple(_answer(area, on(part_of_area(area)), problems) for area in Area),
        strengths=tuple(_strengths(on(WORDS))),
        effects=tuple(
            effect
            for child in children
            if (effect := _effect(child, on(part_of_child(child)), problems)) is not None
        ),
        how_to_work_with_me=on(WORDS).one("how_to_work_with_me").strip(),
        diagnosis=about.one("diagnosis").strip(),
        wishes_diagnosis=about.one("wishes_diagnosis") == "yes",
        advocate=_word(Advocate, about.one("advocate"), Advocate.NOT_ASKED),
        advocate_words=about.one("advocate_words").strip(),
        review_on=_day(about, "review_on", "review_on", problems),
    )
    return Read(profile, problems)


def _answer(area: Area, typed: Answers, problems: list[Problem]) -> AreaAnswer:
    answer = _word(Answer, typed.one("answer"), Answer.NOT_ASKED)
    voice = _word(Voice, typed.one("voice"), Voice.OWN)
    another = voice is Voice.ANOTHER
    how = typed.one("how_known")
    part = part_of_area(area)
    if answer is Answer.NOT_ASKED and typed.said("words"):
        problems.append(
            Problem(f"{part}-answer", f"{area.label}: you wrote something. Say what came of it.")
        )
    return AreaAnswer(
        area=area,
        answer=answer,
        words=typed.one("words").strip(),
        voice=voice,
        said_by=typed.one("said_by").strip() if another else "",
        how_known=how if how in set(HowKnown) and another else "",
        asked_on=_day(typed, "asked_on", f"{part}-asked_on", problems),
        makes_hard=tuple(one for one in Demand if one in typed.many("makes_hard")),
    )


def _strengths(typed: Answers) -> Iterator[Strength]:
    for place in range(1, MOST_STRENGTHS + 1):
        words = typed.one(f"strength-{place}-words").strip()
        said_by = typed.one(f"strength-{place}-said_by").strip()
        if words or said_by:
            yield Strength(words, Voice.ANOTHER if said_by else Voice.OWN, said_by)


def _effect(child: UUID | None, typed: Answers, problems: list[Problem]) -> Effect | None:
    answer = _word(EffectAnswer, typed.one("answer"), EffectAnswer.NOT_ASKED)
    texts = {name: typed.one(name).strip() for name in EFFECT_TEXTS}
    part = part_of_child(child)
    if answer is EffectAnswer.NOT_ASKED:
        if any(texts.values()):
            sentence = "You wrote something. Say whether it matters for the care of this child."
            problems.append(Problem(f"{part}-answer", sentence))
        return None
    source_on = _day(typed, "source_on", f"{part}-source_on", problems)
    return Effect(answer=answer, child=child, source_on=source_on, **texts)


def day_in(typed: Answers, name: str, problems: list[Problem], *, part: str = "") -> date | None:
    """The day in three boxes, None where they are empty; what cannot be read is a problem."""
    return _day(typed, name, part or name, problems)


def _day(typed: Answers, name: str, part: str, problems: list[Problem]) -> date | None:
    if not boxes_filled(typed, name):
        return None
    try:
        return boxes_day(typed, name)
    except DateNotUnderstood as error:
        problems.append(Problem(part, error.reason))
        return None


def _word(vocabulary: type[W], value: str, otherwise: W) -> W:
    return next((one for one in vocabulary if one == value), otherwise)


def rows_of_strengths(typed: Answers) -> range:
    """The numbers of the rows to show: those written and a few more."""
    written = [
        place
        for place in range(1, MOST_STRENGTHS + 1)
        if typed.said(f"strength-{place}-words") or typed.said(f"strength-{place}-said_by")
    ]
    return range(1, min(max(written, default=0) + SPARE_STRENGTHS, MOST_STRENGTHS) + 1)


def of_part(part: str, problem: Problem) -> str | None:
    """The field of a part that a problem is about; None where it is about another part."""
    if problem.part.startswith(f"{part}-"):
        return problem.part.removeprefix(f"{part}-")
    own = {
        WORDS: ("how_to_work_with_me", "strength-"),
        ABOUT: ("diagnosis", "advocate_words", "review_on"),
    }
    if part in own:
        return problem.part if problem.part.startswith(own[part]) else None
    if part != KEEP:
        return None
    elsewhere = ("area-", "child-", *(name for names in own.values() for name in names))
    return None if problem.part.startswith(elsewhere) else problem.part


def ids_in(values: Iterable[str]) -> tuple[UUID, ...]:
    """The values that are ids; any other is nobody's version and is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def chips(
    vocabulary: Iterable[Word], chosen: Sequence[str], first: Iterable[Word] = ()
) -> list[Mapping[str, object]]:
    """Words of a vocabulary as chips, those named `first` before the others."""
    order = list(dict.fromkeys([*first, *vocabulary]))
    return [
        {"value": str(one), "text": one.label, "about": "", "checked": str(one) in chosen}
        for one in order
    ]
