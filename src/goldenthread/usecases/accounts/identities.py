"""Whose account an agency's own identity provider speaks of; it never makes one.

A binding is to an issuer and a subject. It begins with an address the provider says it verified, of
an account that this agency has already; from then on the address counts for nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import actor_by_email, actor_of
from goldenthread.usecases._steps.permission import event_of

BOUND = Decision(Outcome.ALLOW, "identity-bound", "An account was bound to its agency’s identity.")
NOBODY = UUID(int=0)


def account_to_bind(agency: UUID, email: object, verified: object) -> UUID | None:
    """The account of this agency that a verified address belongs to, or None."""
    if verified is not True or not isinstance(email, str) or not email.strip():
        return None
    actor = actor_by_email(email)
    return actor.account if actor and actor.agency == agency and actor.is_active else None


def is_of(account: UUID, agency: UUID) -> bool:
    """Whether an account that may sign in belongs to this agency."""
    actor = actor_of(account)
    return actor is not None and actor.agency == agency and actor.is_active


def identity_bound(account: UUID, *, provider: str) -> None:
    """Write down that an account was bound to an identity of this provider."""
    actor = actor_of(account)
    if actor is not None:
        with transaction.atomic():
            audit.append(event_of(actor, "bind_identity", BOUND, None, provider=provider))


def identity_refused(agency: UUID, *, provider: str, why: str) -> None:
    """Write down that an identity was refused: the rule, and nothing of whom it spoke of."""
    nobody = Actor(NOBODY, NOBODY, agency)
    refused = Decision(Outcome.DENY, f"identity-{why}", "The identity was refused.")
    with transaction.atomic():
        audit.append(event_of(nobody, "sign_in", refused, None, provider=provider))
