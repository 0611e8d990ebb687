"""Confirms again, every four months, who works for an agency and in which post.

An administrator confirms; the nightly count reminds, warns and in the end stops what nobody
confirmed. It never stops an account that was not warned, and confirming lets it go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from goldenthread.domain.access.accounts import AccountAction
from goldenthread.domain.access.confirmation import (
    Confirmed,
    Standing,
    due_on,
    is_to_be_stopped,
    is_to_be_warned,
    standing_of,
    stops_on,
)
from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.accounts import store
from goldenthread.records.accounts.reading import (
    HolderRow,
    confirmed_of,
    confirmed_on,
    every_holder,
    holders_of,
    is_counted,
    leaving_days,
    notice_given,
)
from goldenthread.records.accounts.store import NoticeKind
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import actor_of
from goldenthread.usecases._steps.permission import NotFoundHere, event_of
from goldenthread.usecases.accounts import mails
from goldenthread.usecases.accounts.figures import account_figures
from goldenthread.usecases.accounts.permitted import permitted_account

__all__ = [
    "AnotherConfirms",
    "Counted",
    "NotFoundHere",
    "confirm_posts",
    "count_confirmations",
    "warning_of",
]

COUNTED_NIGHTLY = Decision(
    Outcome.ALLOW, "confirmations-are-counted", "What is due is counted every night."
)
CONFIRM_PATH = "/accounts/confirm/"


class AnotherConfirms(Refusal):
    """Another administrator of the agency confirms one's own account."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one night's count did, in accounts."""

    begun: int
    reminded: int
    warned: int
    stopped: int
    left: int


def confirm_posts(
    actor: Actor, practitioners: Iterable[UUID], *, id: UUID, now: datetime
) -> list[str]:
    """Confirm that these people still work here in the posts they have; gives their names.

    One's own account is confirmed by another administrator, where the agency has one. One that was
    stopped goes on. Asked twice on a day it is done once. Raises NotFoundHere, AnotherConfirms.
    """
    wanted, today, names = set(practitioners), day_of(now), []
    with permitted_account(actor, AccountAction.CONFIRM_POST) as permission:
        rows = {one.practitioner: one for one in holders_of(actor.agency)}
        if wanted - set(rows):
            raise NotFoundHere("There is no such account in your agency.")
        others = any(
            one.remit == Remit.ADMINISTRATOR
            and one.is_active
            and one.practitioner != actor.practitioner
            for one in rows.values()
        )
        if actor.practitioner in wanted and others:
            raise AnotherConfirms("Another administrator of your agency confirms your own account.")
        gone = leaving_days(wanted)
        stood = confirmed_of(wanted, account_figures(), today=today)
        for one in sorted(wanted - set(gone), key=str):
            row = rows[one]
            names.append(row.name)
            if confirmed_on(one, today) and not stood[one].is_stopped:
                continue
            store.confirm(
                uuid5(id, str(one)), one, on=today, post=row.post, remit=row.remit,
                by=actor.account, event=permission.event(confirmed=str(one)),
            )  # fmt: skip
            if stood[one].is_stopped:
                started = permission.event(started_again=str(one))
                store.set_active(one, active=True, event=started)
    return sorted(names)


def warning_of(account: UUID, *, now: datetime) -> date | None:
    """The day from which the account is stopped unless somebody confirms it; None: not warned."""
    actor = actor_of(account)
    if actor is None:
        return None
    figures = account_figures()
    stands = confirmed_of([actor.practitioner], figures, today=day_of(now))
    return stops_on(stands[actor.practitioner], figures)


def count_confirmations(*, now: datetime, new_id: Callable[[], UUID]) -> Counted:
    """Remind, warn and stop as the figures say; close accounts whose last day has come.

    Done twice on a day it does nothing more. Each account in a transaction of its own: one that
    fails leaves the others counted. Mails go once all that is noted was kept.
    """
    figures, today = account_figures(), day_of(now)
    rows = every_holder()
    night = _Night(rows, today, new_id)
    leaving = leaving_days([row.practitioner for row in rows])
    stood = confirmed_of([row.practitioner for row in rows], figures, today=today)
    for row in rows:
        if row.practitioner in leaving:
            night.close(row, leaving[row.practitioner])
        elif not is_counted(row.practitioner):
            night.note(row, today, NoticeKind.BEGUN)
        elif row.is_active:
            night.count(row, stood[row.practitioner])
    night.send()
    return Counted(
        night.begun, len(night.reminded), len(night.warned), len(night.stopped), night.left
    )


class _Night:
    """One night's count: what it noted, and the mails to send about it."""

    def __init__(self, rows: list[HolderRow], today: date, new_id: Callable[[], UUID]) -> None:
        self.today, self.new_id, self.begun, self.left = today, new_id, 0, 0
        self.figures = account_figures()
        self.administrators: dict[UUID, list[str]] = defaultdict(list)
        for row in rows:
            if row.remit == Remit.ADMINISTRATOR and row.is_active:
                self.administrators[row.agency].append(row.email)
        self.reminded: list[HolderRow] = []
        self.warned: list[HolderRow] = []
        self.stopped: list[HolderRow] = []

    def count(self, row: HolderRow, stands: Confirmed) -> None:
        """Do what is due about one account, the gravest first and one thing a night."""
        due = due_on(stands, self.figures)
        if is_to_be_stopped(stands, self.figures, today=self.today):
            kind, told = NoticeKind.STOPPED, self.stopped
        elif is_to_be_warned(stands, self.figures, today=self.today):
            kind, told = NoticeKind.WARNED, self.warned
        elif standing_of(stands, self.figures, today=self.today) is Standing.DUE:
            kind, told = NoticeKind.LISTED, self.reminded
        else:
            return
        if not notice_given(row.practitioner, due, kind) and self.note(row, due, kind):
            told.append(row)

    def note(self, row: HolderRow, due: date, kind: NoticeKind) -> bool:
        """Note one thing, and stop where that is it; False where it was noted meanwhile."""
        try:
            with transaction.atomic(durable=True):
                store.give_notice(
                    self.new_id(), row.practitioner, due_on=due, kind=kind, on=self.today
                )
                if kind is NoticeKind.STOPPED:
                    store.set_active(
                        row.practitioner, active=False, event=_event(row, "stop_account")
                    )
        except IntegrityError:
            return False
        self.begun += kind is NoticeKind.BEGUN
        return True

    def close(self, row: HolderRow, on: date) -> None:
        """Close an account whose holder leaves today or left."""
        if row.is_active and on <= self.today:
            with transaction.atomic(durable=True):
                wall.open_beyond_one_family()  # they leave every team
                store.close(row.practitioner, event=_event(row, "close_account"))
            self.left += 1

    def send(self) -> None:
        """Mail administrators what is to be confirmed, and holders what happens to them."""
        days = self.figures.stopped_after_warning
        mails.send(mails.WARNED, [row.email for row in self.warned], days=days)
        mails.send(mails.STOPPED, [row.email for row in self.stopped])
        agencies = {row.agency for row in (*self.reminded, *self.warned, *self.stopped)}
        told = [email for agency in agencies for email in self.administrators[agency]]
        mails.send(mails.TO_CONFIRM, told, link=mails.sign_in_to(CONFIRM_PATH))


def _event(row: HolderRow, action: str):
    nobody = Actor(UUID(int=0), UUID(int=0), row.agency)
    return event_of(nobody, action, COUNTED_NIGHTLY, None, resource=str(row.practitioner))
