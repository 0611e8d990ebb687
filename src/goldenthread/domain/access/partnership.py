"""What may be done that concerns no family on record: the handbook, its settings, a file of a case.

Deny by default, as for families (`decision.py`); the first rule that settles the question wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goldenthread.domain.access.decision import NOTHING_MATCHED, Actor, Decision, Outcome
from goldenthread.domain.access.remit import WITHOUT_FAMILIES, Remit
from goldenthread.domain.shared.word import Word


class PartnershipAction(Word):
    """What can be asked beside any family's record."""

    READ_PATTERNS = "read_patterns", "Read the handbook of patterns"
    SET_PATTERN = "set_pattern", "Set when a pattern asks"
    REPLAY_FILE = "replay_file", "Live through a file of a past case"
    READ_STAGES = "read_stages", "Read who answers a challenge at which stage, and how soon"
    SET_STAGES = "set_stages", "Set who answers a challenge at which stage, and how soon"
    COUNT_CHALLENGES = "count_challenges", "Count how challenges were settled"
    COUNT_UNANSWERED = "count_unanswered", "Count families with an unanswered question"
    LOOK_AFTER = "look_after", "Look after the clearances and conflicts of one's agency"
    ASK_OF_ACCESS = "ask_of_access", "Ask about unusual access in one's agency"
    BREAK_GLASS = "break_glass", "Ask to break the glass"
    REVIEW_GLASS = "review_glass", "Review that somebody broke the glass"
    COUNT_GLASS = "count_glass", "Count how often the glass was broken"


A_LEADS = frozenset({PartnershipAction.LOOK_AFTER, PartnershipAction.ASK_OF_ACCESS})
GLASS = frozenset({PartnershipAction.REVIEW_GLASS, PartnershipAction.COUNT_GLASS})
COUNTS = frozenset({PartnershipAction.COUNT_UNANSWERED, PartnershipAction.COUNT_CHALLENGES})


@dataclass(frozen=True, slots=True)
class PartnershipRule:
    """When `applies`, the outcome is settled for this reason."""

    id: str
    outcome: Outcome
    reason: str
    applies: Callable[[Actor, PartnershipAction], bool]


PARTNERSHIP_RULES: tuple[PartnershipRule, ...] = (
    PartnershipRule(
        "account-not-active",
        Outcome.DENY,
        "This account is not active.",
        lambda actor, action: not actor.is_active,
    ),
    PartnershipRule(
        "handbook-is-for-everybody",
        Outcome.ALLOW,
        "Everybody in the partnership may read when patterns ask, and why.",
        lambda actor, action: action is PartnershipAction.READ_PATTERNS,
    ),
    PartnershipRule(
        "stages-are-for-everybody",
        Outcome.ALLOW,
        "Everybody in the partnership may read who answers a challenge, and how soon.",
        lambda actor, action: action is PartnershipAction.READ_STAGES,
    ),
    PartnershipRule(
        "administrator-opens-no-case",
        Outcome.DENY,
        "Account administrators look after accounts and do not open the files of cases.",
        lambda actor, action: actor.remit == Remit.ADMINISTRATOR,
    ),
    PartnershipRule(
        "partnership-manager-sets-patterns",
        Outcome.ALLOW,
        "You set, for the partnership, when a pattern asks.",
        lambda actor, action: (
            action is PartnershipAction.SET_PATTERN and actor.remit == Remit.PARTNERSHIP_MANAGER
        ),
    ),
    PartnershipRule(
        "patterns-are-set-for-the-partnership",
        Outcome.DENY,
        "Only the partnership manager sets when a pattern asks.",
        lambda actor, action: action is PartnershipAction.SET_PATTERN,
    ),
    PartnershipRule(
        "partnership-manager-sets-stages",
        Outcome.ALLOW,
        "You set, for the partnership, who answers a challenge and how soon.",
        lambda actor, action: (
            action is PartnershipAction.SET_STAGES and actor.remit == Remit.PARTNERSHIP_MANAGER
        ),
    ),
    PartnershipRule(
        "stages-are-set-for-the-partnership",
        Outcome.DENY,
        "Only the partnership manager sets who answers a challenge, and how soon.",
        lambda actor, action: action is PartnershipAction.SET_STAGES,
    ),
    PartnershipRule(
        "partnership-manager-counts",
        Outcome.ALLOW,
        "You see, for the partnership, counts in which no family can be found.",
        lambda actor, action: action in COUNTS and actor.remit == Remit.PARTNERSHIP_MANAGER,
    ),
    PartnershipRule(
        "counts-are-for-the-partnership",
        Outcome.DENY,
        "Only the partnership manager sees counts of the whole partnership.",
        lambda actor, action: action in COUNTS,
    ),
    PartnershipRule(
        "lead-looks-after-restrictions",
        Outcome.ALLOW,
        "You are your agency's lead: you look after clearances, conflicts of interest and unusual "
        "access.",
        lambda actor, action: action in A_LEADS and actor.remit == Remit.AGENCY_LEAD,
    ),
    PartnershipRule(
        "governance-asks-of-a-lone-lead",
        Outcome.ALLOW,
        "You ask about unusual access of a lead whose agency has no other.",
        lambda actor, action: (
            action is PartnershipAction.ASK_OF_ACCESS
            and actor.remit == Remit.INFORMATION_GOVERNANCE
        ),
    ),
    PartnershipRule(
        "restrictions-are-for-a-lead",
        Outcome.DENY,
        "Only the agency's lead looks after clearances, conflicts of interest and unusual access.",
        lambda actor, action: action in A_LEADS,
    ),
    PartnershipRule(
        "glass-is-not-for-this-post",
        Outcome.DENY,
        "Whoever sees no family's record has no glass to break.",
        lambda actor, action: (
            action is PartnershipAction.BREAK_GLASS and actor.remit in WITHOUT_FAMILIES
        ),
    ),
    PartnershipRule(
        "glass-may-be-asked-for",
        Outcome.ALLOW,
        "Whether your post may break the glass is for its policy.",
        lambda actor, action: action is PartnershipAction.BREAK_GLASS,
    ),
    PartnershipRule(
        "lead-reviews-glass",
        Outcome.ALLOW,
        "You are your agency's lead: you review who of it broke the glass, and why.",
        lambda actor, action: (
            action is PartnershipAction.REVIEW_GLASS and actor.remit == Remit.AGENCY_LEAD
        ),
    ),
    PartnershipRule(
        "governance-reviews-glass",
        Outcome.ALLOW,
        "You review, for the partnership, who broke the glass, and why.",
        lambda actor, action: action in GLASS and actor.remit == Remit.INFORMATION_GOVERNANCE,
    ),
    PartnershipRule(
        "glass-is-reviewed-by-others",
        Outcome.DENY,
        "Only an agency's lead and information governance review who broke the glass.",
        lambda actor, action: action in GLASS,
    ),
    PartnershipRule(
        "own-file-of-a-past-case",
        Outcome.ALLOW,
        "You may live through a file that you hold yourself; nothing of it is kept.",
        lambda actor, action: action is PartnershipAction.REPLAY_FILE,
    ),
)


def decide_beside_families(actor: Actor, action: PartnershipAction) -> Decision:
    """Decide one request that concerns no family on record."""
    for rule in PARTNERSHIP_RULES:
        if rule.applies(actor, action):
            return Decision(rule.outcome, rule.id, rule.reason)
    return NOTHING_MATCHED
