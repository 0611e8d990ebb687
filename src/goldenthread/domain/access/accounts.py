"""Who may look after whose account, and what of it asks for the second step again.

Deny by default, as for families (`decision.py`); the first rule that settles the question wins. An
account administrator looks after the accounts of their own agency and never after their own: nobody
gives themselves a right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.access.decision import NOTHING_MATCHED, Actor, Decision, Outcome
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.word import Word


class AccountAction(Word):
    """What can be asked of the accounts of an agency."""

    LIST_ACCOUNTS = "list_accounts", "See the accounts of an agency"
    ADD_ACCOUNT = "add_account_holder", "Add somebody who joins"
    INVITE = "invite_account_holder", "Send a link to choose a password"
    CHANGE_POST = "change_post", "Change a post, telephone number or remit"
    MOVE_POST = "move_post", "Move somebody to another post"
    END_POST = "end_post", "End the account of somebody who leaves"
    CONFIRM_POST = "confirm_post", "Confirm who still works here, and in which post"


class PostChangeKind(Word):
    """What happened to somebody's post."""

    JOINED = "joined", "Joined"
    CHANGED = "changed", "Details changed"
    MOVED = "moved", "Moved to another post"
    LEFT = "left", "Left"
    RETURNED = "returned", "Came back"


# What an account administrator may give. Whoever sets the partnership's patterns is appointed by
# the partnership, on the command line.
GIVEN_BY_AN_ADMINISTRATOR = (
    Remit.PRACTITIONER,
    Remit.CONFERENCE_CHAIR,
    Remit.AGENCY_LEAD,
    Remit.EMERGENCY_DUTY,
    Remit.INFORMATION_GOVERNANCE,
    Remit.ADMINISTRATOR,
)
# Giving one of these asks for the second step again.
WEIGHTY = frozenset(
    {
        Remit.CONFERENCE_CHAIR,
        Remit.AGENCY_LEAD,
        Remit.EMERGENCY_DUTY,
        Remit.INFORMATION_GOVERNANCE,
        Remit.ADMINISTRATOR,
    }
)
# What is done to an account that exists, and never to one's own.
OF_ANOTHER = frozenset(
    {
        AccountAction.INVITE,
        AccountAction.CHANGE_POST,
        AccountAction.MOVE_POST,
        AccountAction.END_POST,
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """Whose account is asked about: its agency and its holder; no holder for the agency as such."""

    agency: UUID
    practitioner: UUID | None = None


@dataclass(frozen=True, slots=True)
class AccountRule:
    """When `applies`, the outcome is settled for this reason."""

    id: str
    outcome: Outcome
    reason: str
    applies: Callable[[Actor, AccountAction, Held], bool]


ACCOUNT_RULES: tuple[AccountRule, ...] = (
    AccountRule(
        "account-not-active",
        Outcome.DENY,
        "This account is not active.",
        lambda actor, action, held: not actor.is_active,
    ),
    AccountRule(
        "administrators-look-after-accounts",
        Outcome.DENY,
        "Only an account administrator looks after accounts.",
        lambda actor, action, held: actor.remit != Remit.ADMINISTRATOR,
    ),
    AccountRule(
        "accounts-of-another-agency",
        Outcome.DENY,
        "An account administrator looks after the accounts of their own agency.",
        lambda actor, action, held: held.agency != actor.agency,
    ),
    AccountRule(
        "never-ones-own-account",
        Outcome.DENY,
        "Nobody changes their own post or ends their own account: another administrator does.",
        lambda actor, action, held: (
            action in OF_ANOTHER and held.practitioner == actor.practitioner
        ),
    ),
    AccountRule(
        "administrator-of-the-agency",
        Outcome.ALLOW,
        "You look after the accounts of your agency.",
        lambda actor, action, held: True,
    ),
)


def decide_account(actor: Actor, action: AccountAction, held: Held) -> Decision:
    """Decide one request about the accounts of an agency."""
    for rule in ACCOUNT_RULES:
        if rule.applies(actor, action, held):
            return Decision(rule.outcome, rule.id, rule.reason)
    return NOTHING_MATCHED


def asks_second_step(before: str | None, after: str) -> bool:
    """Whether giving this remit asks for the second step again; `before` is None for a joiner."""
    return after != before and after in WEIGHTY
