"""Writes down who signed in and out, and who could not, in the audit trail.

Ids only: an address that was tried and belongs to nobody leaves no address behind, only a keyed
digest by which repeated attempts can be told apart. It decides nothing about who may sign in.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import actor_by_email, actor_of

# Stands where an attempt belongs to no account.
NOBODY = UUID(int=0)

SIGNED_IN = "sign_in"
SIGNED_OUT = "sign_out"
SECOND_STEP = "sign_in_second_step"
SIGN_IN_CHANGED = "change_sign_in"


def signed_in(account: UUID, *, methods: tuple[str, ...]) -> None:
    """An account signed in; `methods` are how ("password", "totp", "passkey")."""
    _append(account, SIGNED_IN, "allow", "signed-in", methods=list(methods))


def signed_out(account: UUID) -> None:
    """An account signed out."""
    _append(account, SIGNED_OUT, "allow", "signed-out")


def second_step_failed(account: UUID) -> None:
    """The password was right and the code was not."""
    _append(account, SECOND_STEP, "deny", "wrong-code")


def sign_in_failed(address: str, *, digest: str) -> None:
    """A sign-in failed. `address` is looked up, never stored; `digest` is a keyed hash of it."""
    with transaction.atomic():
        actor = actor_by_email(address)
        account = actor.account if actor else NOBODY
        _append(account, SIGNED_IN, "deny", "wrong-password-or-paused", tried=digest)


def sign_in_changed(account: UUID, *, what: str) -> None:
    """How an account signs in was changed: its password, its app, its passkeys or its codes."""
    _append(account, SIGN_IN_CHANGED, "allow", "own-account", what=what)


def _append(account: UUID, action: str, outcome: str, rule: str, **detail: object) -> None:
    with transaction.atomic():
        actor = None if account == NOBODY else actor_of(account)
        audit.append(
            audit.Event(
                account=account,
                practitioner=actor.practitioner if actor else NOBODY,
                agency=actor.agency if actor else NOBODY,
                action=action,
                outcome=outcome,
                rule=rule,
                detail=detail,
            )
        )
