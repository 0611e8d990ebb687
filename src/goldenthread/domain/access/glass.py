"""Breaking the glass: for how long, by whom, for which reasons, and who looks at it afterwards.

In an emergency somebody opens a record, or what is masked in it, that the policy otherwise keeps
from them. What that opens, how far and for how long is fixed by policy and never by whoever asks
(section 6 of the access policy of the design; the figures and words are in `glass_rules.toml`).
Nothing here knows a clock or a family.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import is_of_the_future
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word

# What no policy may exceed; the database holds a break to the first of them.
LONGEST = timedelta(hours=8)
LEAST_WORDS = 20
MOST_WORDS = 2_000


class GlassRulesNotUnderstood(Refusal):
    """The rules of breaking the glass cannot be read; says which part."""


class CannotBreak(Refusal):
    """The glass is not broken as it was asked; `problems` say what is wrong, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class ReviewOutcome(Word):
    """What whoever reviewed a break found."""

    JUSTIFIED = "justified", "It was justified"
    NOT_JUSTIFIED = "not_justified", "It was not justified"
    CANNOT_SAY = "cannot_say", "Cannot say from what there is"


@dataclass(frozen=True, slots=True)
class OpenGlass:
    """A break that stands: which, from when until when, and the labels whose masks it opens."""

    id: UUID
    since: datetime
    until: datetime
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GlassRules:
    """The policy of breaking the glass, as the partnership set it.

    `labels` are those whose masks are opened. `alone_again_after` is the time after which the same
    person may break it again for the same family without somebody else's agreement, `agreed_for`
    how long such an agreement holds. `reasons` and `bases` are by code, each with its words.
    """

    lasts: timedelta
    alone_again_after: timedelta
    agreed_for: timedelta
    remits: frozenset[str]
    labels: frozenset[str]
    reasons: Mapping[str, str]
    bases: Mapping[str, str]
    review_within_working_days: int
    escalates_after_days: int
    least_told: int
    sources: tuple[str, ...] = ()


def is_open(glass: OpenGlass, *, now: datetime) -> bool:
    """Whether a break is open now: within its hours, and not before they began.

    Its hours are those the policy gave when it was broken, whatever the policy says since.
    """
    return now < glass.until and not is_of_the_future(glass.since, now)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed and chose to break the glass; nothing of it says how far or how long."""

    reference: str
    reason: str
    basis: str
    words: str


def may_break(remit: str, rules: GlassRules) -> bool:
    """Whether a post of this kind is one of those that may break the glass at all."""
    return remit in rules.remits


def problems_of(asked: Asked, rules: GlassRules) -> dict[str, str]:
    """Everything that is wrong with what was asked, by field; empty where nothing is."""
    found = {}
    if not asked.reference.strip():
        found["reference"] = "Give the family’s reference exactly, like GT-0001."
    if asked.reason not in rules.reasons:
        found["reason"] = "Choose the reason."
    if asked.basis not in rules.bases:
        found["basis"] = "Choose the legal basis."
    if len(asked.words.strip()) < LEAST_WORDS:
        found["words"] = f"Say in at least {LEAST_WORDS} characters what makes it necessary now."
    elif len(asked.words.strip()) > MOST_WORDS:
        found["words"] = f"Say it in at most {MOST_WORDS:,} characters."
    return found


def needs_second_person(earlier: Iterable[datetime], *, now: datetime, rules: GlassRules) -> bool:
    """Whether somebody else agrees first: the same person opened this family not long ago.

    `earlier` are the instants at which they did.
    """
    return any(now < at + rules.alone_again_after for at in earlier)


def reports_to(
    person_agency: UUID, person_remit: str, other_agency: UUID, other_remit: str
) -> bool:
    """Whether one person answers to another, as far as the record knows lines of management.

    It keeps none but this: everybody of an agency answers to its leads, who answer to nobody in it.
    """
    lead = Remit.AGENCY_LEAD
    return person_agency == other_agency and other_remit == lead and person_remit != lead


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody other than the breaker: who would agree to a break, or review it."""

    practitioner: UUID
    agency: UUID
    remit: str


@dataclass(frozen=True, slots=True)
class Breaker:
    """Who broke the glass; `remits` are the post then and the post now."""

    practitioner: UUID
    agency: UUID
    remits: Collection[str]


def stands_over(other: Other, breaker: Breaker) -> bool:
    """Whether somebody may agree to a break, or review it: never the breaker, nor their reports.

    A lead of the breaker's agency stands in for the line manager; information governance stands
    over everybody but whoever leads the agency they are in themselves.
    """
    if other.practitioner == breaker.practitioner:
        return False
    own, theirs = (other.agency, other.remit), breaker.agency
    if any(reports_to(*own, theirs, remit) for remit in breaker.remits):
        return False
    leads = other.remit == Remit.AGENCY_LEAD and other.agency == breaker.agency
    return leads or other.remit == Remit.INFORMATION_GOVERNANCE


def is_escalated(opened_at: datetime, *, now: datetime, rules: GlassRules) -> bool:
    """Whether a break that nobody reviewed has gone to information governance."""
    return now >= opened_at + timedelta(days=rules.escalates_after_days)


def told_count(number: int, least: int) -> str:
    """A count as a report may tell it: one so small that it could point to a family is not told.

    None at all is told like a few: that there is one where there was none tells of that one.
    """
    return f"fewer than {least}" if number < least else f"{number:,}"
