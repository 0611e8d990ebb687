"""What a profile or an adjustment must say before it can be kept, problem by problem.

"None" and "no known effect" are answers with a source and a day, or they are not answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from uuid import UUID

from goldenthread.domain.chronology.admitting import Problem
from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Answer,
    Delivered,
    EffectAnswer,
    Voice,
)
from goldenthread.domain.shared.refusal import Refusal

LONGEST = 4_000  # letters of one answer: it is read at a table, with the adult


class NotComplete(Refusal):
    """Something that must be said is not; `problems` says what, part by part."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def check_profile(profile: Profile, *, today: date) -> None:
    """Raise NotComplete naming every problem at once, each with the part of the form it is in."""
    problems = tuple(_of_profile(profile, today))
    if problems:
        raise NotComplete(problems)


def check_adjustment(adjustment: Adjustment, *, today: date) -> None:
    """Raise NotComplete where an adjustment does not say what, with whom, from when or where."""
    problems = tuple(_of_adjustment(adjustment, today))
    if problems:
        raise NotComplete(problems)


def check_delivery(answer: Delivered, words: str) -> None:
    """Raise NotComplete where an adjustment was not used and nobody says why."""
    if answer is Delivered.NO and not words.strip():
        raise NotComplete((Problem("words", "Say why it was not used this time."),))
    if len(words) > LONGEST:
        raise NotComplete((_too_long("words"),))


def _of_profile(profile: Profile, today: date) -> Iterator[Problem]:
    for answer in profile.answers:
        yield from _of_answer(answer, today)
    for place, strength in enumerate(profile.strengths, start=1):
        yield from _of_strength(strength, f"strength-{place}")
    for place, effect in enumerate(profile.effects):
        part = part_of_child(effect.child)
        yield from _of_effect(effect, part, today)
        if any(effect.child == other.child for other in profile.effects[:place]):
            yield Problem(f"{part}-words", "Write of each child once.")
    if profile.diagnosis.strip() and not profile.wishes_diagnosis:
        yield Problem(
            "diagnosis",
            "A diagnosis is written here only where they want it to be. "
            "Say that they do, or leave it out: no adjustment needs one.",
        )
    for part in ("how_to_work_with_me", "diagnosis", "advocate_words"):
        if len(getattr(profile, part)) > LONGEST:
            yield _too_long(part)
    if _says_nothing(profile):
        yield Problem(
            "how_to_work_with_me", "Write one thing at least, or say that nothing was asked yet."
        )


def _says_nothing(profile: Profile) -> bool:
    said = (
        profile.how_to_work_with_me.strip(),
        profile.answers,
        profile.strengths,
        profile.effects,
        profile.advocate is not Advocate.NOT_ASKED,
    )
    return not any(said)


def _of_answer(one: AreaAnswer, today: date) -> Iterator[Problem]:
    part, named = f"area-{one.area}", one.area.label
    if one.answer is Answer.SAID and not one.words.strip():
        yield Problem(f"{part}-words", f"{named}: write what there is to know.")
    if one.answer is Answer.NONE and one.asked_on is None:
        yield Problem(f"{part}-asked_on", f"{named}: say on which day nothing was needed.")
    if one.voice is Voice.ANOTHER and not one.said_by.strip():
        yield Problem(f"{part}-said_by", f"{named}: say whose words these are.")
    if one.asked_on is not None and one.asked_on > today:
        yield Problem(f"{part}-asked_on", f"{named}: the day it was asked is in the future.")
    if one.makes_hard and one.answer is not Answer.SAID:
        yield Problem(f"{part}-answer", f"{named}: what is hard goes with something to know.")
    if len(one.words) > LONGEST:
        yield _too_long(f"{part}-words")


def _of_strength(one: Strength, part: str) -> Iterator[Problem]:
    if not one.words.strip():
        yield Problem(f"{part}-words", "Write what the strength is.")
    if one.voice is Voice.ANOTHER and not one.said_by.strip():
        yield Problem(f"{part}-said_by", "Say whose words the strength is in.")
    if len(one.words) > LONGEST:
        yield _too_long(f"{part}-words")


def part_of_child(child: UUID | None) -> str:
    """The part of a profile that says what it means for a child, or for all of them (None)."""
    return f"child-{child or 'all'}"


def _of_effect(one: Effect, part: str, today: date) -> Iterator[Problem]:
    if one.answer is EffectAnswer.AFFECTS and not one.words.strip():
        yield Problem(f"{part}-words", "Write how it matters for the care of this child.")
    if one.answer is EffectAnswer.NO_KNOWN_EFFECT:
        if not one.source.strip():
            yield Problem(f"{part}-source", "“No known effect” needs who says so.")
        if one.source_on is None:
            yield Problem(f"{part}-source_on", "“No known effect” needs the day it was said.")
    if one.source_on is not None and one.source_on > today:
        yield Problem(f"{part}-source_on", "The day of the source is in the future.")
    for field in fields(one):
        text = getattr(one, field.name)
        if isinstance(text, str) and len(text) > LONGEST:
            yield _too_long(f"{part}-{field.name}")


def _of_adjustment(one: Adjustment, today: date) -> Iterator[Problem]:
    if not one.what.strip():
        yield Problem("what", "Write what is done differently, in words somebody can act on.")
    if len(one.what) > LONGEST:
        yield _too_long("what")
    if not one.agreed_by.strip():
        yield Problem("agreed_by", "Say who agreed it. The adult is one of them.")
    if not one.settings:
        yield Problem("settings", "Choose where it must be used.")
    if one.from_on > today:
        yield Problem("from_on", "The day it was agreed from is in the future.")
    if one.review_on is not None and one.review_on <= one.from_on:
        yield Problem("review_on", "The review must come after the day it was agreed from.")


def _too_long(part: str) -> Problem:
    return Problem(part, f"This is longer than {LONGEST:,} letters.")
