"""Links by which somebody chooses a password: sent once, used once, over after a time.

Nobody but their receiver ever holds one: the record keeps a digest, and no password is chosen by
whoever sends it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from goldenthread.domain.access.accounts import AccountAction
from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.accounts import store
from goldenthread.records.accounts.reading import (
    HolderRow,
    LinkRow,
    has_link,
    is_latest_link,
    link_by_digest,
)
from goldenthread.records.accounts.store import LinkKind
from goldenthread.records.shared.reading import actor_of
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.accounts import mails
from goldenthread.usecases.accounts.figures import account_figures
from goldenthread.usecases.accounts.permitted import AccountPermission, permitted_account

OWN_LINK = Decision(Outcome.ALLOW, "own-link", "The link was sent to whoever holds this account.")
LINK_PATH = "/account/choose-password/"
NO_SUCH_LINK = "This link does not work any longer."


class LinkNotGood(Refusal):
    """A link that was never sent, was used, is over, or was overtaken by a later one."""


class NobodyToInvite(Refusal):
    """The account is not one to which a link can be sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a link: whose it is, whether the mail went off, and how long it lasts.

    Of one that was sent before, when its form was first sent: no hours.
    """

    practitioner: UUID
    mail_sent: bool
    hours: int


def digest_of(token: str) -> str:
    """The SHA-256 of a link's secret part."""
    return hashlib.sha256(token.encode()).hexdigest()


def send_link(
    actor: Actor, practitioner: UUID, *, id: UUID, token: str, shown: StepShown, now: datetime
) -> Sent:
    """Send somebody of one's agency a link to choose a password; earlier links end.

    Asked twice with one id it is sent once. Raises NotFoundHere, NotOnesOwn, StepUpNeeded and
    NobodyToInvite.
    """
    with permitted_account(actor, AccountAction.INVITE, practitioner) as permission:
        require_step_up(SensitiveAct.SEND_PASSWORD_LINK, shown, now=now)
        if not permission.held.is_active:
            raise NobodyToInvite("This account is closed or stopped: no link can be sent to it.")
        if has_link(id, permission.held.account):
            return Sent(practitioner, True, 0)
        lasts = add_link(permission, permission.held, id=id, token=token, now=now)
    return Sent(practitioner, mail_link(permission.held, token, lasts), mails.hours_of(lasts))


def add_link(
    permission: AccountPermission, held: HolderRow, *, id: UUID, token: str, now: datetime
) -> timedelta:
    """Add a link within the caller's transaction; how long it lasts."""
    figures = account_figures()
    kind = LinkKind.PASSWORD if held.has_password else LinkKind.JOINING
    hours = figures.password_link_hours if held.has_password else figures.invitation_hours
    lasts = timedelta(hours=hours)
    store.add_link(
        id, account=held.account, kind=kind, digest=digest_of(token), expires_at=now + lasts,
        by=permission.actor.account, event=permission.event(link=str(id), sort=str(kind)),
    )  # fmt: skip
    return lasts


def mail_link(held: HolderRow, token: str, lasts: timedelta) -> bool:
    """Send the link to its receiver, after it was committed; whether the mail went off."""
    mail = mails.PASSWORD if held.has_password else mails.JOINING
    link = f"{mails.site()}{LINK_PATH}{token}/"
    return mails.send(mail, [held.email], link=link, hours=mails.hours_of(lasts))


def is_good(token: str, *, now: datetime) -> bool:
    """Whether a link can be used now."""
    return _good(token, now) is not None


def choose_password(token: str, password: str, *, id: UUID, now: datetime) -> UUID:
    """Set the password of whoever the link was sent to; gives the account. Raises LinkNotGood.

    The password was checked by the page. A second use is refused by the database.
    """
    with transaction.atomic(durable=True):
        link = _good(token, now)
        actor = actor_of(link.account) if link else None
        if link is None or actor is None:
            raise LinkNotGood(NO_SUCH_LINK)
        event = event_of(actor, "choose_password", OWN_LINK, None, resource=str(link.id))
        try:
            with transaction.atomic():
                store.use_link(uuid5(id, "use"), link.id, link.account, password, event=event)
        except IntegrityError as used:
            raise LinkNotGood(NO_SUCH_LINK) from used
    return link.account


def account_of(token: str, *, now: datetime) -> UUID:
    """Whose link it is. Raises LinkNotGood."""
    link = _good(token, now)
    if link is None:
        raise LinkNotGood(NO_SUCH_LINK)
    return link.account


def _good(token: str, now: datetime) -> LinkRow | None:
    link = link_by_digest(digest_of(token)) if token else None
    if link is None or link.is_used or link.expires_at <= now or not is_latest_link(link):
        return None
    actor = actor_of(link.account)
    return link if actor is not None and actor.is_active else None
