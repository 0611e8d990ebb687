"""The accounts of an administrator's agency: who, in which post, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.accounts import AccountAction
from goldenthread.domain.access.confirmation import (
    AccountFigures,
    Standing,
    due_on,
    standing_of,
    stops_on,
)
from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.remit import WITHOUT_FAMILIES, Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word
from goldenthread.records.accounts.reading import (
    HolderRow,
    PostRow,
    changes_of,
    confirmed_of,
    holders_of,
    leaving_days,
    links_open,
)
from goldenthread.records.audit import store as audit
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.accounts.figures import account_figures
from goldenthread.usecases.accounts.permitted import permitted_account

__all__ = ["Account", "AgencyAccounts", "How", "NotFoundHere", "OneAccount", "Remit"]


class How(Word):
    """How an account stands."""

    ACTIVE = "active", "In use"
    INVITED = "invited", "Invited"
    NOT_STARTED = "not_started", "No password chosen"
    LEAVING = "leaving", "Leaving"
    LEFT = "left", "Left"
    STOPPED = "stopped", "Stopped until confirmed"
    OFF = "off", "Closed"


@dataclass(frozen=True, slots=True)
class Account:
    """One account as its agency's administrator sees it.

    `confirm_by` is the day by which somebody confirms it, `stops` from which it would be stopped.
    """

    row: HolderRow
    how: How
    standing: Standing
    confirm_by: date
    stops: date | None
    ends: date | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class AgencyAccounts:
    """Every account of the agency, and the figures that hold."""

    accounts: tuple[Account, ...]
    figures: AccountFigures
    agency_name: str

    @property
    def to_confirm(self) -> list[Account]:
        """Those that are due, the longest due first."""
        due = [one for one in self.accounts if one.standing is not Standing.CONFIRMED]
        there = [one for one in due if one.how not in (How.LEFT, How.OFF)]
        return sorted(there, key=lambda one: (one.confirm_by, one.row.name))

    @property
    def active_administrators(self) -> int:
        """How many look after the agency's accounts."""
        return sum(
            one.row.remit == Remit.ADMINISTRATOR and one.row.is_active for one in self.accounts
        )


@dataclass(frozen=True, slots=True)
class OneAccount:
    """One account with the history of its holder's posts, and who may hand their work on."""

    account: Account
    history: tuple[PostRow, ...]
    colleagues: tuple[HolderRow, ...]


def read_accounts(actor: Actor, *, now: datetime) -> AgencyAccounts:
    """The accounts of the actor's agency. Raises NotFoundHere."""
    with permitted_account(actor, AccountAction.LIST_ACCOUNTS) as permission:
        found = _accounts(actor, now)
        audit.append(permission.event(accounts=len(found)))
    name = found[0].row.agency_name if found else ""
    return AgencyAccounts(tuple(found), account_figures(), name)


def read_account(actor: Actor, practitioner: UUID, *, now: datetime) -> OneAccount:
    """One account of the actor's agency. Raises NotFoundHere."""
    with permitted_account(actor, AccountAction.LIST_ACCOUNTS, practitioner) as permission:
        accounts = _accounts(actor, now)
        audit.append(permission.event())
        own = next(one for one in accounts if one.row.practitioner == practitioner)
        return OneAccount(
            own, tuple(changes_of(practitioner)), tuple(colleagues(accounts, practitioner))
        )


def colleagues(accounts: list[Account], practitioner: UUID) -> list[HolderRow]:
    """Who of the agency may hand on somebody's work: whoever may open families."""
    return [
        one.row
        for one in accounts
        if one.row.is_active
        and one.row.practitioner != practitioner
        and one.row.remit not in WITHOUT_FAMILIES
        and one.how not in (How.LEAVING, How.LEFT)
    ]


def _accounts(actor: Actor, now: datetime) -> list[Account]:
    rows = holders_of(actor.agency)
    figures, today = account_figures(), day_of(now)
    confirmed = confirmed_of([row.practitioner for row in rows], figures, today=today)
    leaving = leaving_days([row.practitioner for row in rows])
    invited = links_open([row.account for row in rows], at=now)
    found = []
    for row in rows:
        stands = confirmed[row.practitioner]
        standing = standing_of(stands, figures, today=today)
        left = leaving.get(row.practitioner)
        found.append(
            Account(
                row, _how(row, standing, left, row.account in invited), standing,
                due_on(stands, figures), stops_on(stands, figures), left,
                row.practitioner == actor.practitioner,
            )
        )  # fmt: skip
    return found


def _how(row: HolderRow, standing: Standing, left: date | None, invited: bool) -> How:
    if left is not None:
        return How.LEAVING if row.is_active else How.LEFT
    if not row.is_active:
        return How.STOPPED if standing is Standing.STOPPED else How.OFF
    if row.has_password:
        return How.ACTIVE
    return How.INVITED if invited else How.NOT_STARTED
