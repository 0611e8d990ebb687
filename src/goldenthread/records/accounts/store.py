"""Changes posts and ends accounts, each with its row of history; adds links and confirmations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import F

from goldenthread.domain.access.accounts import PostChangeKind
from goldenthread.records.accounts.models import (
    Confirmation,
    ConfirmationNotice,
    LinkKind,
    NoticeKind,
    PasswordLink,
    PasswordLinkUse,
    PostChange,
    StaffDetail,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.models import Account, Practitioner

__all__ = ["LinkKind", "NoticeKind", "Post"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it is to stand: who holds it, what it is called, telephone, remit."""

    name: str
    post: str
    phone: str
    remit: str


def add_holder(
    practitioner: UUID, account: UUID, agency: UUID, post: Post, *, email: str, change: UUID,
    on: date, by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Add somebody who joins, with an account that has no password yet."""
    Practitioner.objects.create(
        id=practitioner, agency_id=agency, name=post.name, role=post.post, phone=post.phone,
        remit=post.remit,
    )  # fmt: skip
    row = Account(id=account, practitioner_id=practitioner, email=email.lower())
    row.set_unusable_password()
    row.save(force_insert=True)
    _append(change, practitioner, agency, post, kind=PostChangeKind.JOINED, number=1, on=on, by=by)
    audit.append(event)


def change_post(
    change: UUID, practitioner: UUID, agency: UUID, post: Post, *, kind: str, number: int,
    on: date, by: UUID, hand_to: UUID | None, event: audit.Event,
) -> None:  # fmt: skip
    """Let a post stand as given from now on; `number` is that of this change."""
    Practitioner.objects.filter(id=practitioner).update(
        name=post.name, role=post.post, phone=post.phone, remit=post.remit, version=F("version") + 1
    )
    _append(
        change, practitioner, agency, post, kind=kind, number=number, on=on, by=by, hand_to=hand_to
    )
    audit.append(event)


def _append(
    id: UUID, practitioner: UUID, agency: UUID, post: Post, *, kind: str, number: int, on: date,
    by: UUID, hand_to: UUID | None = None,
) -> None:  # fmt: skip
    PostChange.objects.create(
        id=id, practitioner_id=practitioner, number=number, kind=kind, agency_id=agency,
        name=post.name, post=post.post, phone=post.phone, remit=post.remit, on=on,
        hand_to_id=hand_to, decided_by_id=by,
    )  # fmt: skip


def note_detail(
    id: UUID, practitioner: UUID, *, born: date | None, postcode: str, by: UUID
) -> None:
    """Keep what is known of somebody to match them to people of the record; within its change."""
    StaffDetail.objects.create(
        id=id, practitioner_id=practitioner, born=born, postcode=postcode, recorded_by_id=by
    )


def set_active(practitioner: UUID, *, active: bool, event: audit.Event) -> None:
    """Let an account sign in, or let it sign in no longer from the next request on."""
    Account.objects.filter(practitioner=practitioner).update(is_active=active)
    audit.append(event)


def close(practitioner: UUID, *, event: audit.Event) -> None:
    """End an account: it signs in no longer, and no session of it comes back with it."""
    # A session carries a keyed digest of the password: with another password it is over.
    Account.objects.filter(practitioner=practitioner).update(
        is_active=False, password=make_password(None)
    )
    audit.append(event)


def add_link(
    id: UUID, *, account: UUID, kind: str, digest: str, expires_at: datetime, by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Add a link; `digest` is the SHA-256 of what only its receiver is sent."""
    PasswordLink.objects.create(
        id=id, account_id=account, kind=kind, digest=digest, expires_at=expires_at, sent_by_id=by
    )
    audit.append(event)


def use_link(id: UUID, link: UUID, account: UUID, password: str, *, event: audit.Event) -> None:
    """Set the password that was chosen; IntegrityError where the link was used meanwhile."""
    PasswordLinkUse.objects.create(id=id, link_id=link)
    Account.objects.filter(id=account).update(password=make_password(password))
    audit.append(event)


def confirm(
    id: UUID, practitioner: UUID, *, on: date, post: str, remit: str, by: UUID, event: audit.Event
) -> None:
    """Add that an agency confirmed a post."""
    Confirmation.objects.create(
        id=id, practitioner_id=practitioner, on=on, post=post, remit=remit, confirmed_by_id=by
    )
    audit.append(event)


def give_notice(id: UUID, practitioner: UUID, *, due_on: date, kind: str, on: date) -> None:
    """Note what was done about a confirmation; IntegrityError where it was noted before."""
    ConfirmationNotice.objects.create(
        id=id, practitioner_id=practitioner, due_on=due_on, kind=kind, on=on
    )
