"""Who asks, how they stand to a family, what is asked, and what a rule of `decision.py` is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from goldenthread.domain.access.actions import Action, Outcome
from goldenthread.domain.access.glass import OpenGlass
from goldenthread.domain.access.recipient import Recipient
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.restrictions import UNRESTRICTED, EntryRestriction, Restrictions
from goldenthread.domain.access.team import Candidate, TeamRole


@dataclass(frozen=True, slots=True)
class Actor:
    """The person asking; `gives_to` are those a document is for that they are taking out."""

    account: UUID
    practitioner: UUID
    agency: UUID
    remit: str = Remit.PRACTITIONER
    is_active: bool = True
    gives_to: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyTies:
    """How the actor stands to one family today.

    Own role, whether a colleague is on its team, what restricts the family for them, and the glass
    they broke, where it is open now.
    """

    role: str | None = None
    agency_on_team: bool = False
    restrictions: Restrictions = UNRESTRICTED
    glass: OpenGlass | None = None

    @property
    def reads_all(self) -> bool:
        """Whether what other agencies hold is read too, as far as nothing restricts it."""
        return self.role == TeamRole.CHAIR or self.glass is not None


def by_glass(ties: FamilyTies, glass: OpenGlass) -> FamilyTies:
    """The same ties with a glass that is open now: it clears for its labels."""
    cleared = ties.restrictions.cleared | glass.labels
    return replace(ties, glass=glass, restrictions=replace(ties.restrictions, cleared=cleared))


@dataclass(frozen=True, slots=True)
class EntryHolders:
    """Which agency made an entry, which agencies know it now, and what restricts it."""

    agency: UUID
    known_to: frozenset[UUID] = field(default_factory=frozenset)
    restriction: EntryRestriction | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the id of the rule that settled it, and the reason in words."""

    outcome: Outcome
    rule: str
    reason: str

    @property
    def is_allowed(self) -> bool:
        """Whether the whole of what was asked may be done or shown."""
        return self.outcome is Outcome.ALLOW


@dataclass(frozen=True, slots=True)
class Question:
    """One request for a decision."""

    actor: Actor
    action: Action
    ties: FamilyTies
    entry: EntryHolders | None = None
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """When `applies`, the outcome is settled for this reason."""

    id: str
    outcome: Outcome
    reason: str
    applies: Callable[[Question], bool]
