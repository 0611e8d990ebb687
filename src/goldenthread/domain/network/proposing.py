"""Whether a claim somebody wants to make can stand: what its kind needs, and what it cannot have.

The same question is asked for the page, the demonstration and a file. The database refuses the same
rows by named constraints; here each is a sentence for the person who can mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from goldenthread.domain.network.vocabulary import (
    NATURES,
    ClaimKind,
    HarmStatus,
    NeedNature,
)
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import PartialDate, not_known
from goldenthread.domain.shared.refusal import Refusal

LONGEST_WORDS = 2_000  # characters; a longer account belongs in the entry itself
BETWEEN_TWO = frozenset(
    {
        ClaimKind.PARENT,
        ClaimKind.SIBLING,
        ClaimKind.COUPLE,
        ClaimKind.QUALITY,
        ClaimKind.HARM,
        ClaimKind.RESPONSIBILITY,
        ClaimKind.CARES_FOR,
    }
)
OF_ONE = frozenset({ClaimKind.LIVES_AT, ClaimKind.INVOLVEMENT, ClaimKind.NEED})
BY_WEEKDAY = frozenset({ClaimKind.CARES_FOR, ClaimKind.LIVES_AT})


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """What somebody wants to claim; `id` is minted where the form or row is read.

    Directed kinds run from `person` to `other`: parent to child, carer to child, from who causes
    harm to who is harmed. `days` and `nights` are ISO weekdays (1 is Monday).
    """

    id: UUID
    kind: str
    nature: str
    person: UUID
    other: UUID | None = None
    household: UUID | None = None
    agency: UUID | None = None
    happened: PartialDate = field(default_factory=not_known)
    polarity: str = Polarity.ASSERTS
    status: str = ""
    days: tuple[int, ...] = ()
    nights: tuple[int, ...] = ()
    words: str = ""

    @property
    def people(self) -> tuple[UUID, ...]:
        """Everybody it names."""
        return (self.person,) if self.other is None else (self.person, self.other)


@dataclass(frozen=True, slots=True)
class ClaimProblem:
    """What is wrong with one part of one claim; `place` is its place in the list, from 0."""

    place: int
    part: str
    sentence: str


class CannotBeClaimed(Refusal):
    """A claim lacks something its kind must have; `problems` says what, claim by claim."""

    def __init__(self, problems: tuple[ClaimProblem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def check_claims(claims: Sequence[ProposedClaim], *, today: date) -> None:
    """Raise CannotBeClaimed naming every problem of these claims at once."""
    problems = tuple(
        ClaimProblem(place, part, sentence)
        for place, claim in enumerate(claims)
        for part, sentence in _problems(claim, today)
    )
    if problems:
        raise CannotBeClaimed(problems)


def _problems(claim: ProposedClaim, today: date) -> Iterator[tuple[str, str]]:
    if claim.kind not in NATURES:
        yield "kind", "Choose what sort of thing this says of them from the list."
        return
    if claim.nature not in dict(NATURES[ClaimKind(claim.kind)].choices()):
        label = ClaimKind.label_of(claim.kind)
        yield "nature", f"Choose one of the answers listed for “{label}”; “not known” is one."
    if claim.polarity not in dict(Polarity.choices()):
        yield "polarity", "Choose whether it is so, is not so, or is not known."
    yield from _problems_of_parties(claim)
    yield from _problems_of_harm(claim)
    yield from _problems_of_weekdays(claim)
    if (
        claim.kind == ClaimKind.NEED
        and claim.nature == NeedNature.OTHER
        and not claim.words.strip()
    ):
        yield "words", "Say in a few words what this is."
    if len(claim.words) > LONGEST_WORDS:
        yield "words", f"This is longer than {LONGEST_WORDS:,} characters."
    if claim.happened.from_min is not None and claim.happened.from_min > today:
        yield "happened", "This date is in the future. Record it once it is so."


def _problems_of_parties(claim: ProposedClaim) -> Iterator[tuple[str, str]]:
    if claim.kind in BETWEEN_TWO and claim.other is None:
        yield "other", "Say who the other person is; somebody unknown can be described."
    if claim.kind in OF_ONE and claim.other is not None:
        yield "other", "This can be said of one person only."
    if claim.other == claim.person:
        yield "other", "These are the same person twice; it takes two different people."
    if (claim.kind == ClaimKind.LIVES_AT) is (claim.household is None):
        wanted = claim.kind == ClaimKind.LIVES_AT
        yield "household", "Say at which household." if wanted else "A household does not fit here."
    if (claim.kind == ClaimKind.INVOLVEMENT) is (claim.agency is None):
        wanted = claim.kind == ClaimKind.INVOLVEMENT
        yield (
            "agency",
            "Say which agency is involved." if wanted else "An agency does not fit here.",
        )


def _problems_of_harm(claim: ProposedClaim) -> Iterator[tuple[str, str]]:
    if claim.kind != ClaimKind.HARM:
        if claim.status:
            yield "status", "Only harm is alleged, admitted or found."
    elif claim.status not in dict(HarmStatus.choices()):
        yield "status", "Say how firmly this is established: alleged, admitted, found or not."


def _problems_of_weekdays(claim: ProposedClaim) -> Iterator[tuple[str, str]]:
    weekdays = (*claim.days, *claim.nights)
    if any(day not in range(1, 8) for day in weekdays):
        yield "days", "Choose days of the week."
    if weekdays and claim.kind not in BY_WEEKDAY:
        yield "days", "Days and nights belong to who looks after a child, or where somebody stays."
