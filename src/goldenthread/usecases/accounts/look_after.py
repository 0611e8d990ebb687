"""Joining, changing a post, moving, leaving and coming back: what an account administrator does.

Nothing is deleted. A post that ends takes its memberships of families' teams with it on a day;
whoever is allocated or chairs there is told that there is something to read, and somebody of the
agency is given what was answered for, to hand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from goldenthread.domain.access.accounts import AccountAction, PostChangeKind, asks_second_step
from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.leaving import end_memberships, looking_after
from goldenthread.records.accounts import store
from goldenthread.records.accounts.reading import (
    HolderRow,
    change_made,
    changes_of,
    holder,
    holders_of,
    is_taken,
    leaving_days,
    lock_post,
)
from goldenthread.records.accounts.store import Post
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import addresses_of
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases._steps.staff import ask_to_match
from goldenthread.usecases.accounts import mails
from goldenthread.usecases.accounts.links import Sent, add_link, mail_link
from goldenthread.usecases.accounts.permitted import (
    AccountPermission,
    NotOnesOwn,
    permitted_account,
)
from goldenthread.usecases.accounts.typed import (
    ChangedMeanwhile,
    PostNotSet,
    PostTyped,
    StaffTyped,
    checked_day,
    checked_detail,
    checked_email,
    checked_hand_to,
    checked_post,
)

__all__ = [
    "ChangedMeanwhile", "NotFoundHere", "NotOnesOwn", "PostNotSet", "PostTyped", "StaffTyped",
    "Told",
]  # fmt: skip

TAKEN = "Somebody changed this post while the form was open. Look at it as it is now."
NOT_TO_BE_USED = (
    "No account can be made with this address. If they have one already, perhaps with another "
    "agency, ask the partnership."
)
HANDING_ON = "/handing-on/"


class AlreadyEnded(Refusal):
    """The account was ended before, or was not."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a post that ended: from which day, and whether the mails about it went off."""

    on: date
    mail_sent: bool


def add_holder(
    actor: Actor, typed: PostTyped, email: str, *, id: UUID, token: str, shown: StepShown,
    now: datetime, known: StaffTyped | None = None,
) -> Sent:  # fmt: skip
    """Add somebody who joins and send them a link; asked twice with one id it is done once.

    `known` is kept to match them to people of the record, and shown to nobody. Raises NotFoundHere,
    PostNotSet and, for a remit that weighs, StepUpNeeded.
    """
    with permitted_account(actor, AccountAction.ADD_ACCOUNT) as permission:
        if (there := holder(id)) is not None and there.agency == actor.agency:
            return Sent(id, True, 0)
        post, problems = checked_post(typed)
        address, wrong = checked_email(email)
        if not wrong and is_taken(address):
            wrong = NOT_TO_BE_USED
        if wrong:
            problems["email"] = wrong
        (born, postcode), unfit = checked_detail(known or StaffTyped(), today=day_of(now))
        if problems := problems | unfit:
            raise PostNotSet(problems)
        if asks_second_step(None, post.remit):
            require_step_up(SensitiveAct.GIVE_REMIT, shown, now=now)
        try:
            with transaction.atomic():
                store.add_holder(
                    id, uuid5(id, "account"), actor.agency, post, email=address,
                    change=uuid5(id, "joined"), on=day_of(now), by=actor.account,
                    event=permission.event(added=str(id), remit=post.remit),
                )  # fmt: skip
        except IntegrityError as taken:
            raise PostNotSet({"email": NOT_TO_BE_USED}) from taken
        if born or postcode:
            detail = uuid5(id, "detail")
            store.note_detail(detail, id, born=born, postcode=postcode, by=actor.account)
        ask_to_match(id)
        held = holder(id)
        assert held is not None
        lasts = add_link(permission, held, id=uuid5(id, "link"), token=token, now=now)
    return Sent(id, mail_link(held, token, lasts), mails.hours_of(lasts))


def change_post(
    actor: Actor, practitioner: UUID, typed: PostTyped, *, id: UUID, based_on: int,
    shown: StepShown, now: datetime,
) -> None:  # fmt: skip
    """Correct a name, a post's name, a telephone number, or change the remit.

    A remit that opens no family ends every membership of a family's team. Raises NotFoundHere,
    NotOnesOwn, PostNotSet, ChangedMeanwhile and, for a remit that weighs, StepUpNeeded.
    """
    cases: list[UUID] = []
    with permitted_account(actor, AccountAction.CHANGE_POST, practitioner) as permission:
        if change_made(id) is not None:
            return
        number = _next_number(permission, based_on)
        post = _checked(permission, typed, shown, now)
        _append(permission, post, PostChangeKind.CHANGED, id=id, number=number, on=day_of(now))
        if post.name != permission.held.name:
            ask_to_match(practitioner)
        if post.remit in WITHOUT_FAMILIES and permission.held.remit not in WITHOUT_FAMILIES:
            cases = end_memberships(practitioner, on=day_of(now))
    _tell_teams(cases, practitioner, day_of(now))


def move_post(
    actor: Actor, practitioner: UUID, typed: PostTyped, day: str, hand_to: UUID | None, *,
    id: UUID, based_on: int, shown: StepShown, now: datetime,
) -> Told:  # fmt: skip
    """Move somebody to another post: their memberships of families' teams end on a day.

    `day` is as typed; nothing means today. Raises as `change_post`.
    """
    with permitted_account(actor, AccountAction.MOVE_POST, practitioner) as permission:
        if change_made(id) is not None:
            return Told(day_of(now), True)
        number = _next_number(permission, based_on)
        post = _checked(permission, typed, shown, now, also=_ending(permission, day, hand_to, now))
        on, _ = checked_day(day, today=day_of(now))
        cases = _end(permission, post, PostChangeKind.MOVED, hand_to, id=id, number=number, on=on)
    return Told(on, _tell(cases, practitioner, hand_to, on))


def end_post(
    actor: Actor, practitioner: UUID, day: str, hand_to: UUID | None, *, id: UUID, based_on: int,
    shown: StepShown, now: datetime,
) -> Told:  # fmt: skip
    """End the account of somebody who leaves; from that day no request of theirs is answered.

    `day` is as typed; nothing means today. Raises NotFoundHere, NotOnesOwn, AlreadyEnded,
    PostNotSet, ChangedMeanwhile and StepUpNeeded.
    """
    with permitted_account(actor, AccountAction.END_POST, practitioner) as permission:
        if change_made(id) is not None:
            return Told(day_of(now), True)
        number = _next_number(permission, based_on)
        if practitioner in leaving_days([practitioner]):
            raise AlreadyEnded("The day on which they leave is set already.")
        if problems := _ending(permission, day, hand_to, now):
            raise PostNotSet(problems)
        require_step_up(SensitiveAct.END_ACCOUNT, shown, now=now)
        on, _ = checked_day(day, today=day_of(now))
        as_it_is = _post_of(permission.held)
        cases = _end(
            permission, as_it_is, PostChangeKind.LEFT, hand_to, id=id, number=number, on=on
        )
        if on <= day_of(now):
            store.close(practitioner, event=permission.event(active=False))
    return Told(on, _tell(cases, practitioner, hand_to, on))


def bring_back(
    actor: Actor, practitioner: UUID, *, id: UUID, based_on: int, token: str, shown: StepShown,
    now: datetime,
) -> Sent:  # fmt: skip
    """Open the account of somebody who came back, with a link to choose a password anew.

    They are on no team until they are put on one. Raises as `end_post`.
    """
    with permitted_account(actor, AccountAction.INVITE, practitioner) as permission:
        if change_made(id) is not None:
            return Sent(practitioner, True, 0)
        number = _next_number(permission, based_on)
        if practitioner not in leaving_days([practitioner]):
            raise AlreadyEnded("They have not left.")
        require_step_up(SensitiveAct.SEND_PASSWORD_LINK, shown, now=now)
        as_it_is, today = _post_of(permission.held), day_of(now)
        _append(permission, as_it_is, PostChangeKind.RETURNED, id=id, number=number, on=today)
        store.set_active(practitioner, active=True, event=permission.event(active=True))
        lasts = add_link(permission, permission.held, id=uuid5(id, "link"), token=token, now=now)
    return Sent(practitioner, mail_link(permission.held, token, lasts), mails.hours_of(lasts))


def _next_number(permission: AccountPermission, based_on: int) -> int:
    """The number of the change to come. `based_on` is that of the latest when the form opened."""
    lock_post(permission.held.practitioner)
    changes = changes_of(permission.held.practitioner)
    latest = changes[-1].number if changes else 0
    if latest != based_on:
        raise ChangedMeanwhile(TAKEN)
    return latest + 1


def _checked(
    permission: AccountPermission, typed: PostTyped, shown: StepShown, now: datetime,
    also: dict[str, str] | None = None,
) -> Post:  # fmt: skip
    post, problems = checked_post(typed, now_held=permission.held.remit)
    if problems := problems | (also or {}):
        raise PostNotSet(problems)
    if asks_second_step(permission.held.remit, post.remit):
        require_step_up(SensitiveAct.GIVE_REMIT, shown, now=now)
    return post


def _ending(
    permission: AccountPermission, day: str, hand_to: UUID | None, now: datetime
) -> dict[str, str]:
    """What is wrong with the day a post ends on, and with whom the work is handed to."""
    of_agency = {
        one.practitioner
        for one in holders_of(permission.actor.agency)
        if one.is_active and one.remit not in WITHOUT_FAMILIES
    }
    _, day_wrong = checked_day(day, today=day_of(now))
    who_wrong = checked_hand_to(hand_to, of_agency - {permission.held.practitioner})
    if permission.held.remit in WITHOUT_FAMILIES and hand_to is None:
        who_wrong = ""  # they open no family: nothing of any waits to be handed on
    return {part: said for part, said in (("on", day_wrong), ("hand_to", who_wrong)) if said}


def _end(
    permission: AccountPermission, post: Post, kind: str, hand_to: UUID | None, *, id: UUID,
    number: int, on: date,
) -> list[UUID]:  # fmt: skip
    _append(permission, post, kind, id=id, number=number, on=on, hand_to=hand_to)
    return end_memberships(permission.held.practitioner, on=on)


def _append(
    permission: AccountPermission, post: Post, kind: str, *, id: UUID, number: int, on: date,
    hand_to: UUID | None = None,
) -> None:  # fmt: skip
    before = _post_of(permission.held)
    parts = ("name", "post", "phone")
    changed = [part for part in parts if getattr(before, part) != getattr(post, part)]
    store.change_post(
        id, permission.held.practitioner, permission.held.agency, post, kind=str(kind),
        number=number, on=on, by=permission.actor.account, hand_to=hand_to,
        event=permission.event(
            number=number, kind=str(kind), on=on.isoformat(), changed=changed,
            **({"remit": post.remit} if before.remit != post.remit else {}),
        ),
    )  # fmt: skip


def _post_of(held: HolderRow) -> Post:
    return Post(held.name, held.post, held.phone, held.remit)


def _tell(cases: list[UUID], practitioner: UUID, hand_to: UUID | None, on: date) -> bool:
    """Mail whoever is given the work to hand on and whoever looks after the teams."""
    link = mails.sign_in_to(HANDING_ON)
    told = mails.send(mails.HAND_ON, addresses_of({hand_to}) if hand_to else (), link=link)
    return _tell_teams(cases, practitioner, on) and told


def _tell_teams(cases: list[UUID], practitioner: UUID, on: date) -> bool:
    with transaction.atomic():
        wall.open_for_the_record(*cases)
        told = looking_after(cases, on=on) - {practitioner}
    return mails.send(mails.TEAM_CHANGED, addresses_of(told), link=mails.sign_in_to(HANDING_ON))
