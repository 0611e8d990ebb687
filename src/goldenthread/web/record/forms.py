"""From what was typed to what the record is asked to hold, with a sentence for each thing amiss.

These functions read and check shapes; whether an entry may be recorded is the domain's to say. A
part of an answer that cannot be read is a problem, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import Problem, ProposedEntry
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind
from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    PartialDate,
    not_known,
    on_day,
)
from goldenthread.usecases.chronology.family_around import FamilyAround
from goldenthread.usecases.chronology.record_entry import Unknown
from goldenthread.usecases.people.add_unknown import LONGEST_DESCRIPTION
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import boxes_date, boxes_filled, question_date
from goldenthread.web.record.tellings import read_tellings

LONGEST_INFORMANT = 300  # characters; what the record holds of one informant
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Around what, by whom and on which day a form was filled in; `entry` will be its id."""

    actor: Actor
    around: FamilyAround
    entry: UUID
    today: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says, and everything about it that a person must still mend."""

    proposed: ProposedEntry
    unknown: tuple[Unknown, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Parts:
    """The parts of an entry as they are read; a problem is noted once for each part."""

    problems: list[Problem] = field(default_factory=list)

    def amiss(self, part: str, sentence: str) -> None:
        """Note a problem, unless that part has one already."""
        if all(problem.part != part for problem in self.problems):
            self.problems.append(Problem(part, sentence))

    def dated(self, part: str, read: Callable[[], PartialDate]) -> PartialDate:
        """A date, or not known together with the sentence that says why it could not be read."""
        try:
            return read()
        except DateNotUnderstood as error:
            self.amiss(part, error.reason)
            return not_known()


def read_entry(who: Answers, when: Answers, told: Answers, asked: Asked) -> Reading:
    """Read the three screens of a new entry."""
    parts = Parts()
    for screen in (who, when, told):
        note_replaced(screen, parts)
    subjects, unknown = read_people(who, asked, parts)
    how, informant, reasoning = read_how(when, parts)
    happened = read_when(when, asked.today, parts)
    proposed = ProposedEntry(
        id=asked.entry,
        agency=asked.actor.agency,
        asserted_by=asked.actor.practitioner,
        text=who.one("text"),
        kind=read_kind(who),
        subjects=subjects,
        happened=happened,
        how_known=how,
        informant=informant,
        reasoning=reasoning,
        known=read_known(when, asked.today, parts, happened=happened),
        impact=when.one("impact"),
        concerns=read_concerns(when, parts),
        action=told.one("action"),
        tellings=read_tellings(told, asked.around, asked.today, parts.amiss),
    )
    return Reading(proposed, unknown, tuple(parts.problems))


def note_replaced(screen: Answers, parts: Parts) -> None:
    """Say where a character could not be kept."""
    for name in screen.replaced():
        parts.amiss(
            name,
            "A character here cannot be kept; “\ufffd” stands in its place. Take it out.",
        )


def read_people(
    answers: Answers, asked: Asked, parts: Parts
) -> tuple[tuple[Subject, ...], tuple[Unknown, ...]]:
    """Whom it is about: people of the family, and perhaps somebody not listed."""
    roles = {str(member.person): member.role for member in asked.around.family.members}
    chosen = dict.fromkeys(answers.many("people"))
    subjects = [Subject(UUID(person), roles[person]) for person in chosen if person in roles]
    if any(person not in roles for person in chosen):
        parts.amiss("people", "Somebody you chose is no longer listed. Choose again.")
    described = answers.one("unlisted").strip()
    if not described:
        return tuple(subjects), ()
    if len(described) > LONGEST_DESCRIPTION:
        parts.amiss(
            "unlisted", f"Use {LONGEST_DESCRIPTION} characters at most. You used {len(described)}."
        )
    stranger = Unknown(uuid5(asked.entry, "unlisted"), described)
    return (*subjects, Subject(stranger.id, stranger.role)), (stranger,)


def read_kind(answers: Answers) -> str:
    """The kind chosen; "other" where none was: it is asked, not insisted on."""
    chosen = answers.one("kind")
    return chosen if chosen in Kind._value2member_map_ else Kind.OTHER


def read_when(
    answers: Answers, today: date, parts: Parts, *, as_before: PartialDate | None = None
) -> PartialDate:
    """When it happened; `as_before` is what "as in the earlier entry" stands for."""
    choice = answers.one("when")
    if choice == "today":
        return on_day(today)
    if choice == "yesterday":
        return on_day(today - DAY)
    if choice == "same" and as_before is not None:
        return as_before
    if choice == "unknown" and not boxes_filled(answers, "happened"):
        return not_known()
    if choice == "other" or boxes_filled(answers, "happened"):
        return parts.dated("happened", lambda: question_date(answers, "happened"))
    parts.amiss("when", "Say when it happened, or choose “Not known”.")
    return not_known()


def read_how(answers: Answers, parts: Parts) -> tuple[str, str, str]:
    """How it is known, who told it or where it was read, and the reasoning."""
    how = answers.one("how_known")
    if how not in HowKnown._value2member_map_:
        parts.amiss("how_known", "Say how you know it, or choose “Not known how”.")
        how = HowKnown.NOT_RECORDED
    informant = answers.one(f"informant_{how}")
    if len(informant.strip()) > LONGEST_INFORMANT:
        parts.amiss(
            f"informant_{how}",
            f"Use {LONGEST_INFORMANT} characters at most. You used {len(informant.strip())}.",
        )
    return how, informant, answers.one("reasoning") if how == HowKnown.INFERRED else ""


def read_known(
    answers: Answers,
    today: date,
    parts: Parts,
    *,
    happened: PartialDate,
    as_before: date | None = None,
) -> PartialDate:
    """When one's own agency came to know: today unless said otherwise."""
    choice = answers.one("known", "today")
    if choice == "same" and as_before is not None:
        return on_day(as_before)
    if choice == "then":
        return happened
    if choice == "other" or boxes_filled(answers, "known_on"):
        return parts.dated("known", lambda: boxes_date(answers, "known_on"))
    return on_day(today)


def read_concerns(answers: Answers, parts: Parts) -> tuple[Concern, ...]:
    """The concerns and strengths chosen, in the vocabulary's order."""
    chosen = tuple(concern for concern in Concern if concern in answers.many("concerns"))
    if Concern.NONE in chosen and any(c not in (Concern.NONE, Concern.STRENGTH) for c in chosen):
        parts.amiss("concerns", "Choose the concerns, or “No concern”, not both.")
    return chosen
