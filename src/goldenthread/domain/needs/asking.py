"""What nobody has asked an adult yet, or written down, as open questions and never as a failing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldenthread.domain.needs.profile import Effect, Profile
from goldenthread.domain.needs.vocabulary import ASKED_ABOUT, Advocate, EffectAnswer


def open_questions(
    profile: Profile, name: str, *, today: date, sees_everything: bool
) -> tuple[str, ...]:
    """What is open about one adult called `name`, as sentences.

    A reader who may read no version is told what their own agency has not been told, never that
    nobody asked: another agency may have. `sees_everything` is for a conference chair.
    """
    if profile.version is None:
        if sees_everything:
            return (f"Nobody has written down what {name} needs and is good at.",)
        return (f"Your agency has written or been told nothing of what {name} needs.",)
    return tuple(_of(profile, name, today))


def _of(profile: Profile, name: str, today: date) -> Iterator[str]:
    if not profile.strengths:
        yield f"Nobody has written down what {name} is good at."
    for area in profile.not_asked:
        yield f"Nobody has asked {name} {ASKED_ABOUT[area]}."
    yield from _not_agreed(profile, name)
    if not any(one.answer is not EffectAnswer.NOT_ASKED for one in profile.effects):
        yield f"Nobody has asked what this means for the children {name} cares for."
    for effect in profile.effects:
        yield from _of_effect(effect, name)
    if profile.advocate is Advocate.NOT_ASKED:
        yield f"Nobody has asked {name} about an advocate."
    if profile.advocate is Advocate.WOULD_LIKE_ONE:
        yield f"{name} would like an advocate: who is asking for one?"
    if profile.review_on is not None and profile.review_on < today:
        yield f"The day to look at this again with {name} has passed."


def _not_agreed(profile: Profile, name: str) -> Iterator[str]:
    helped = {demand for one in profile.adjustments for demand in one.helps_with}
    for need in profile.needs:
        hard = [demand.label.lower() for demand in need.makes_hard if demand not in helped]
        if hard:
            yield f"Nothing is agreed yet that helps {name} with {' and '.join(hard)}."


def _of_effect(effect: Effect, name: str) -> Iterator[str]:
    if effect.answer is not EffectAnswer.AFFECTS:
        return
    if not effect.sign_of_worsening.strip():
        yield f"Nobody has written down how anybody would see that {name} is becoming unwell."
    if not (effect.who_notices.strip() and effect.who_acts.strip()):
        yield f"Nobody has written down who notices, and who acts, when {name} becomes unwell."
    if not effect.children_then.strip():
        yield f"Nobody has written down where the children are when {name} is unwell."
