"""Tells people that there is something for them to read, and nothing of what it is.

A notice travels where the record must not: it holds no name, no reference, no family and no word of
an entry. It says where to sign in. Sent after the telling was committed; that it could not be sent
is logged and takes nothing back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import TeamRow, team_of
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import addresses_of

SUBJECT = "There is something for you to read"
BODY = """You have been told something about a family you work with.

Sign in to read it: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
WAITING_SUBJECT = "Something waits for your answer"
WAITING = """Something about a family you work with waits for your answer.

Sign in to see what, and by which day: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
LATE_SUBJECT = "Something still waits for your answer"
LATE = """Something about a family you work with still waits for your answer. Its day has passed.

Sign in to see what: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
_log = logging.getLogger(__name__)


def notify_once_kept(
    actor: Actor, case: UUID, tellings: Iterable[Telling], *, now: datetime
) -> None:
    """Send whoever these tellings ask to read them a notice, after the transaction is committed.

    Where it is rolled back nothing is sent. A fault is logged and never raised.
    """
    asked = [one for one in tellings if one.receipt_asked]
    if asked:
        transaction.on_commit(partial(_give_notice, actor, case, asked, now))


def notify_of_waiting(practitioner: UUID, case: UUID, *, is_late: bool) -> None:
    """Send somebody a notice that an answer of theirs is waited for, after the transaction.

    `is_late` where the day for it has passed. A fault is logged and never raised.
    """
    subject, body = (LATE_SUBJECT, LATE) if is_late else (WAITING_SUBJECT, WAITING)
    transaction.on_commit(partial(_give_waiting, practitioner, case, subject, body))


def _give_waiting(practitioner: UUID, case: UUID, subject: str, body: str) -> None:
    try:
        _send(addresses_of({practitioner}), subject, body)
    except Exception as fault:  # their own page says so when they sign in
        _log.error("A notice of family %s was not sent: %s.", case, type(fault).__name__)


def _give_notice(actor: Actor, case: UUID, asked: list[Telling], now: datetime) -> None:
    try:
        with transaction.atomic():
            wall.open_for_the_record(case)
            addresses = addresses_of(_reached(actor, case, asked, now))
        _send(addresses)
    except Exception as fault:  # the telling stands, and their own page says so when they sign in
        _log.error("Notices of family %s were not sent: %s.", case, type(fault).__name__)


def _reached(actor: Actor, case: UUID, asked: list[Telling], now: datetime) -> set[UUID]:
    """Whoever was told in person; otherwise everybody of the agency who is on the family's team."""
    team = team_of(case, on=day_of(now))
    reached: set[UUID] = set()
    for telling in asked:
        if telling.to_person is not None:
            reached.add(telling.to_person)
        else:
            reached |= {one.practitioner for one in team if one.agency == telling.to_agency}
    return reached - {actor.practitioner} - _closed_to(case, team, reached, now)


def _closed_to(case: UUID, team: list[TeamRow], reached: set[UUID], now: datetime) -> set[UUID]:
    """Those for whom the family does not exist today: they are told nothing of it."""
    found = standing_on([case], on=day_of(now))
    agency = {one.practitioner: one.agency for one in team}
    return {one for one in reached if found.of(case, one, agency.get(one, one)).bars_family}


def _send(addresses: list[str], subject: str = SUBJECT, body: str = BODY) -> None:
    if not addresses:
        return
    body = body.format(address=settings.SIGN_IN_ADDRESS)
    # One message each: nobody learns from it who else was told.
    get_connection().send_messages([EmailMessage(subject, body, to=[one]) for one in addresses])


LOOKED_SUBJECT = "Somebody opened a record in an emergency"
LOOKED = """Somebody opened the record of a family you work with, or answer for, in an emergency.

Sign in to see who, under “Who has looked” or among what is due: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
AGREE_SUBJECT = "A colleague asks for your agreement"
AGREE = """A colleague asks for your agreement to something that needs a second person.

Sign in to see what: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
LIST_SUBJECT = "A list waits for you"
LIST = """A list that is made each week waits for your answers.

Sign in to read it: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""
JOINED_SUBJECT = "You are on the team around a family"
JOINED = """You were put on the team around a family.

Sign in to see which, from your first day on it: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""


def notify_of_list(practitioners: set[UUID]) -> None:
    """Send these people a notice that a week's list waits, after the transaction is committed."""
    transaction.on_commit(partial(_give_list, practitioners))


def _give_list(practitioners: set[UUID]) -> None:
    try:
        _send(addresses_of(practitioners, every_post=True), LIST_SUBJECT, LIST)
    except Exception as fault:  # their own page says so when they sign in
        _log.error("Notices of a week's list were not sent: %s.", type(fault).__name__)


def notify_of_joining(practitioner: UUID, case: UUID) -> None:
    """Send somebody a notice that they were put on a team, after the transaction is committed."""
    transaction.on_commit(partial(_give_waiting, practitioner, case, JOINED_SUBJECT, JOINED))


def notify_of_broken_glass(practitioners: set[UUID], case: UUID) -> None:
    """Send these people a notice that the glass was broken, after the transaction is committed."""
    transaction.on_commit(partial(_give_to_posts, practitioners, case, LOOKED_SUBJECT, LOOKED))


def notify_of_asked_agreement(practitioners: set[UUID], case: UUID) -> None:
    """Send these people a notice that a colleague asks for agreement, after the transaction."""
    transaction.on_commit(partial(_give_to_posts, practitioners, case, AGREE_SUBJECT, AGREE))


def _give_to_posts(practitioners: set[UUID], case: UUID, subject: str, body: str) -> None:
    try:
        _send(addresses_of(practitioners, every_post=True), subject, body)
    except Exception as fault:  # their own page says so when they sign in
        _log.error("Notices of family %s were not sent: %s.", case, type(fault).__name__)


WITHHELD_SUBJECT = "A record you answer for is withheld from somebody"
WITHHELD = """Somebody withholds the record of a family you work with, or answer for, from a person
or an agency.

Sign in to see from whom and why, under “Who can see this record”: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""


def notify_of_withholding(practitioners: set[UUID], case: UUID) -> None:
    """Send these people a notice that a record is withheld, after the transaction is committed."""
    transaction.on_commit(partial(_give_to_posts, practitioners, case, WITHHELD_SUBJECT, WITHHELD))


LATE_REVIEW_SUBJECT = "Something you review is late"
LATE_REVIEW = """Something that you, or others with you, are to review has waited longer than
it may.

Sign in to see what, among what is due: {address}

This message holds nothing of what it is about. Nobody reads answers to it.
"""


def notify_of_late_review(practitioners: set[UUID], case: UUID) -> None:
    """Send these people a notice that a review is late, after the transaction is committed."""
    give = partial(_give_to_posts, practitioners, case, LATE_REVIEW_SUBJECT, LATE_REVIEW)
    transaction.on_commit(give)
