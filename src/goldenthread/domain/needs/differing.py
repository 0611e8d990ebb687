"""What changed from one version of a profile to the next, part by part, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import Advocate, Answer, Area, Voice


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that reads otherwise now; `before` or `after` is empty where it was not there."""

    part: str
    before: str
    after: str


def differences(
    old: Profile,
    new: Profile,
    *,
    called: Mapping[UUID, str],
    day: Callable[[date], str] = date.isoformat,
) -> tuple[Difference, ...]:
    """Say what differs, in the order of a profile's parts.

    `called` are the names of children, `day` how a day is written.
    """
    before, after = (dict(_lines(one, called, day)) for one in (old, new))
    return tuple(
        Difference(part, before.get(part, ""), after.get(part, ""))
        for part in dict.fromkeys((*before, *after))
        if before.get(part, "") != after.get(part, "")
    )


def _lines(
    profile: Profile, called: Mapping[UUID, str], day: Callable[[date], str]
) -> Iterator[tuple[str, str]]:
    yield "How to work with me", profile.how_to_work_with_me.strip()
    yield "What I am good at", "\n".join(map(_strength, profile.strengths))
    for area in Area:
        said = [one for one in profile.answers if one.area is area]
        yield area.label, "\n".join(answer_in_words(one, day) for one in said)
    for effect in profile.effects:
        of = called.get(effect.child, "a child") if effect.child else "the children"
        yield f"What it means for {of}", effect_in_words(effect, day)
    advocate = "" if profile.advocate is Advocate.NOT_ASKED else profile.advocate.label
    yield "Advocate", ". ".join(filter(None, (advocate, profile.advocate_words.strip())))
    yield "Diagnosis, as they wish it written", profile.diagnosis.strip()
    yield "Next review", day(profile.review_on) if profile.review_on else ""


def answer_in_words(one: AreaAnswer, day: Callable[[date], str]) -> str:
    """One answer with whose words it is, when it was asked and what it makes hard."""
    if one.answer is Answer.NOT_ASKED:
        return ""
    said = [one.words.strip() if one.answer is Answer.SAID else one.answer.label]
    if one.answer is not Answer.SAID and one.words.strip():
        said.append(one.words.strip())
    if one.voice is Voice.ANOTHER:
        said.append(f"Said by {one.said_by.strip()}")
    if one.asked_on:
        said.append(f"Asked on {day(one.asked_on)}")
    if one.makes_hard:
        said.append("Hard: " + ", ".join(d.label.lower() for d in one.makes_hard))
    return ". ".join(part.rstrip(".") for part in said)


def _strength(one: Strength) -> str:
    by = f" (said by {one.said_by.strip()})" if one.voice is Voice.ANOTHER else ""
    return one.words.strip() + by


def effect_in_words(one: Effect, day: Callable[[date], str]) -> str:
    """How needs bear on the care of a child, with signs, who acts and where the children are."""
    named = (
        ("", one.words),
        ("Signs that it is getting worse: ", one.sign_of_worsening),
        ("Who notices: ", one.who_notices),
        ("Who acts: ", one.who_acts),
        ("In a crisis: ", one.crisis_contact),
        ("The children then: ", one.children_then),
        ("Source: ", one.source),
        ("On ", day(one.source_on) if one.source_on else ""),
    )
    parts = [label + words.strip() for label, words in named if words.strip()]
    return ". ".join(part.rstrip(".") for part in (one.answer.label, *parts))
