"""What is still to be said before a decision is signed: what must be mended, what is only asked.

Answers the findings that rationale, dissent and what was not known were left out of decisions
(seed coverage L-5a, C-10, G-5, Q-1, Q-5). It advises and never traps: without its reasons, without
somebody who decided or resting on what nobody knew yet, a decision is refused; all else is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.decisions.proposing import (
    KnownPin,
    ProposedDecision,
    ProposedPin,
    Remark,
)
from goldenthread.domain.decisions.record import Party, decided_at
from goldenthread.domain.decisions.vocabulary import (
    NEEDS_A_REASON,
    SEES_IT_DIFFERENTLY,
    Asked,
    Heading,
    Part,
    Setting,
    Tell,
    Threshold,
    Use,
)
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import MONTHS

LONGEST = 12_000  # letters of one part; a decision is read at a meeting. Ours.
MUST_SAY = (
    ("question", "Say what was to be decided, as a question."),
    ("decided", "Say what was decided, in your own words."),
    ("rationale", "Give the reasons. Somebody who was not there must be able to follow them."),
)
ASKS = (
    (
        Heading.UNKNOWN,
        "Nothing is recorded as not known. Say what nobody could say, or that everybody was asked "
        "and nothing was missing.",
    ),
    (Heading.RISK, "Nothing is said of what worries you."),
    (Heading.STRENGTH, "Nothing is said of what is going well. Strengths are weighed too."),
    (
        Heading.ACCUMULATION,
        "Nothing is said of what had built up over time. Was it looked at?",
    ),
    (Heading.PLAN, "Say what this changes in the plan, or that it changes nothing."),
    (Heading.FAMILY_TOLD, "Say what the family is told, by whom and when; or why not."),
    (Heading.LOOK_AGAIN, "Say what would make you look at this decision again."),
)


def check(
    proposed: ProposedDecision,
    known: Mapping[UUID, KnownPin],
    *,
    own: UUID,
    now: datetime,
    is_later: bool = False,
) -> tuple[Remark, ...]:
    """Everything to be said of a decision before it is signed, in the order it is written.

    `known` holds, for each entry pinned that the writer may read, who has known it since when.
    """
    today = day_of(now)
    return (
        *_of_the_words(proposed, is_later),
        *_of_the_day(proposed, today),
        *_of_the_options(proposed),
        *_of_the_people(proposed),
        *_of_the_grounds(proposed, known, now),
        *_of_the_prose(proposed),
        *_of_the_telling(proposed, own, today),
    )


def refusals(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Those that stand in the way of signing."""
    return tuple(one for one in remarks if one.refuses)


def _of_the_words(proposed: ProposedDecision, is_later: bool) -> Iterator[Remark]:
    for part, sentence in MUST_SAY:
        if not getattr(proposed, part).strip():
            yield Remark(part, sentence, refuses=True)
    if is_later and not proposed.why_again.strip():
        yield Remark("why_again", "Say why there is a new version.", refuses=True)
    if not proposed.about:
        yield Remark("about", "Say whom this is about.", refuses=True)
    said = {"question": proposed.question, "decided": proposed.decided}
    said |= {"rationale": proposed.rationale, "why_again": proposed.why_again, **proposed.parts}
    for part, words in said.items():
        if len(words) > LONGEST:
            sentence = f"This has {len(words):,} letters; {LONGEST:,} are as many as can be kept."
            yield Remark(str(part), sentence, refuses=True)


def _of_the_day(proposed: ProposedDecision, today: date) -> Iterator[Remark]:
    day = proposed.day
    if day is None:
        yield Remark("decided_on", "Enter the day on which it was decided.", refuses=True)
    elif day > today:
        sentence = "This day is in the future. Sign it once it has been decided."
        yield Remark("decided_on", sentence, refuses=True)
    if proposed.setting not in set(Setting):
        yield Remark("setting", "Choose where it was decided.", refuses=True)
    if proposed.threshold not in set(Threshold):
        yield Remark("threshold", "No threshold is named. Which test was applied?")
    elif proposed.threshold != Threshold.NONE and not proposed.met:
        yield Remark("threshold", "Say whether the threshold was met.")
    again = proposed.look_again_by
    if again is None:
        yield Remark("look_again_by", "No day is set by which it is looked at again.")
    elif day is not None and again < day:
        sentence = "The day to look again lies before the decision."
        yield Remark("look_again_by", sentence, refuses=True)


def _of_the_options(proposed: ProposedDecision) -> Iterator[Remark]:
    if len(proposed.options) < 2:
        yield Remark("options", "Fewer than two courses are recorded. What else was considered?")
    for place, one in enumerate(proposed.options, start=1):
        if not one.words.strip():
            yield Remark(f"option-{place}", "Say what this course was.", refuses=True)
        elif not one.why.strip():
            why = "why it was taken" if one.taken else "why it was not taken"
            yield Remark(f"option-{place}", f"Say {why}.")


def _of_the_people(proposed: ProposedDecision) -> Iterator[Remark]:
    parties = proposed.parties
    if not any(one.part == Part.DECIDED for one in parties):
        yield Remark("parties", "Name at least one person who decided.", refuses=True)
    if proposed.asked != Asked.YES:
        yield Remark(
            "asked",
            "Nothing says that everybody was asked: does anyone see it differently? Whoever does "
            "is named with what they said.",
        )
    named = Counter(one.practitioner for one in parties if one.practitioner)
    for place, one in enumerate(parties, start=1):
        yield from _of_one(one, f"party-{place}", named)


def _of_one(one: Party, part: str, named: Counter[UUID]) -> Iterator[Remark]:
    if one.practitioner is None and not one.name.strip():
        yield Remark(part, "Say who this is, by name or in words.", refuses=True)
    if one.practitioner and named[one.practitioner] > 1:
        yield Remark(part, "Somebody is named twice. Keep them in one place.", refuses=True)
    if one.view in SEES_IT_DIFFERENTLY and not one.said.strip():
        yield Remark(part, "Say what they said, as near to their words as you can.", refuses=True)
    if one.part == Part.ABSENT and not one.note.strip():
        yield Remark(part, "Say why they were not there, and how what they know was asked for.")


def _of_the_grounds(
    proposed: ProposedDecision, known: Mapping[UUID, KnownPin], now: datetime
) -> Iterator[Remark]:
    if not proposed.pins:
        yield Remark("pins", "No entry is named as what this rests on.")
    for one in proposed.pins:
        part = f"pin-{one.statement}"
        if one.statement not in known:
            sentence = "This entry is not in what you can read. Leave it out."
            yield Remark(part, sentence, refuses=True, names_a_stranger=True)
            continue
        if one.use == Use.SET_ASIDE and not one.why.strip():
            yield Remark(part, "Say why this was set aside.", refuses=True)
        if one.use == Use.WEIGHED_AGAINST and not one.why.strip():
            yield Remark(part, "Say why the rest weighed more.")
        yield from _of_its_day(proposed, one, known[one.statement], now)


def _of_its_day(
    proposed: ProposedDecision, one: ProposedPin, known: KnownPin, now: datetime
) -> Iterator[Remark]:
    if proposed.day is None or proposed.day > day_of(now):
        return
    at = decided_at(proposed.day, proposed.at, signed_at=now)
    part, first = f"pin-{one.statement}", day_of(known.first)
    if known.first > at:
        yield Remark(
            part,
            f"Nobody knew this before {_in_words(first)}: a decision of "
            f"{_in_words(proposed.day)} cannot have turned on it. Leave it out, or put the day "
            "of the decision right.",
            refuses=True,
        )
    elif proposed.agencies_in_the_room and not known.known_by(proposed.agencies_in_the_room, at):
        yield Remark(
            part,
            "No agency of those who decided or were there is recorded as knowing this by "
            f"{_in_words(proposed.day)}. Say how they came to know it, or leave it out.",
        )


def _of_the_prose(proposed: ProposedDecision) -> Iterator[Remark]:
    for heading, sentence in ASKS:
        if not proposed.words(heading):
            yield Remark(str(heading), sentence)
    if proposed.words(Heading.ACCUMULATION) and not proposed.words(Heading.ACCUMULATION_CHANGED):
        sentence = "Say what the build-up changed in this decision, or that it changed nothing."
        yield Remark(str(Heading.ACCUMULATION_CHANGED), sentence)


def _of_the_telling(proposed: ProposedDecision, own: UUID, today: date) -> Iterator[Remark]:
    there = proposed.agencies_in_the_room
    for one in proposed.must_tell:
        part = f"tell-{one.agency}"
        if one.agency in there and one.how in NEEDS_A_REASON:
            yield Remark(part, "Somebody of this agency was there, so it knows.", refuses=True)
        elif one.how in NEEDS_A_REASON and not one.why.strip():
            yield Remark(part, "Say why it has not been told.", refuses=True)
        if one.how == Tell.NOT and one.review_on is None:
            sentence = "Enter the day on which not telling will be looked at again."
            yield Remark(part, sentence, refuses=True)
        elif one.review_on is not None and one.review_on < today:
            yield Remark(part, "The day to look at this again has passed.", refuses=True)
    told = there | {one.agency for one in proposed.must_tell} | {own}
    if any(one.agency and one.agency not in told for one in proposed.parties):
        yield Remark(
            "must_tell",
            "An agency that was asked or was absent is not among those who are told. Must it know?",
        )


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
