"""Tells, reads and acknowledges as the people of a family's story did, on its days.

A family's `sharing.toml` says who. Each step goes through the ordinary use case by the practitioner
who took it; what is there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import LONDON, day_of, end_of_day
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.chronology.acknowledge_entry import acknowledge_entry
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.chronology.what_needs_me import what_needs_me

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]


def share_all(
    told: dict[str, Any], case: UUID, readers: Iterable[str], acts: Acts, key: Key, *, now: datetime
) -> int:
    """Take every step that was not taken yet; returns how many were new.

    `told` is a sharing.toml and `readers` who is of the team, in the order they read. Raises
    KeyError where it names a row that its person could not read on that day.
    """
    new = 0
    for one in told.get("tell", ()):
        new += _tell(one, case, acts, key)
    for one in told.get("not_told", ()):
        new += _decide(one, case, acts, key)
    for one in told.get("opened", ()):
        actor, at = acts(one["by"]), _instant(one["on"])
        read_entry(actor, case, _entry(actor, case, one["row"], at), now=at)
    for one in told.get("acknowledged", ()):
        actor, at = acts(one["by"]), _instant(one["on"])
        statement = _entry(actor, case, one["row"], at)
        said = {name: one.get(name, "") for name in ("will_do", "asks")}
        new += not acknowledge_entry(actor, case, statement, **said, now=at).already
    for who in readers:
        new += _read(acts(who), case, told["read"], now=now)
    return new


def _tell(one: dict[str, Any], case: UUID, acts: Acts, key: Key) -> int:
    actor, at = acts(one["by"]), _instant(one["on"])
    tellings = [
        Telling(
            key("agency", one["to"]),
            told=on_day(day_of(at)),
            lawful_basis=one["basis"],
            channel=one["channel"],
            reason=one["why"],
            subject_told=one["family_told"],
            to_person=key("practitioner", person),
        )
        for person in one["in_person"]
    ]
    statement = _entry(actor, case, one["row"], at)
    return share_entry(actor, case, statement, tellings, now=at).added


def _decide(one: dict[str, Any], case: UUID, acts: Acts, key: Key) -> int:
    actor, at = acts(one["by"]), _instant(one["on"])
    decided = Telling(
        key("agency", one["to"]),
        shared=False,
        reason=one["reason"],
        review_on=one["review_on"],
    )
    statement = _entry(actor, case, one["row"], at)
    return share_entry(actor, case, statement, [decided], now=at).added


def _read(actor: Actor, case: UUID, rule: dict[str, Any], *, now: datetime) -> int:
    """Acknowledge what somebody's agency was told up to a day, some days after each."""
    through, later = end_of_day(rule["through"]), timedelta(days=rule["days_later"])
    waiting = [
        one.progress.told
        for one in what_needs_me(actor, now=now).to_read
        if one.family.id == case and one.progress.told.told_at <= through
    ]
    for one in waiting:
        at = min(one.told_at + later, now)
        acknowledge_entry(actor, case, one.statement, now=at)
    return len(waiting)


def _entry(actor: Actor, case: UUID, row: str, at: datetime) -> UUID:
    """The entry of a row, as somebody could read it at that instant."""
    history = read_history(actor, case, Viewpoint(at), now=at)
    return {one.statement.reference: one.id for one in history.entries}[row]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)
