"""Restricts what a family's story says was restricted, each by the practitioner who did it.

A family's `restricted.toml` says it: an entry that carries a label, one that is sealed, one that is
withheld, and somebody with a conflict of interest. What is there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import ProposedEntry, Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.instants import LONDON
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.access.conflicts import declare_own
from goldenthread.usecases.access.label_entry import put_label
from goldenthread.usecases.access.seal_record import seal_record
from goldenthread.usecases.access.withhold_record import withhold
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]
OFFICE_CLOSES = time(17, 0)  # when a day's work was written down, in England


def restrict_all(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    """Record and restrict what is not there yet; returns how many entries are new.

    `told` is a restricted.toml and `acts` who a practitioner acts as.
    """
    new = 0
    for one in told["entry"]:
        actor, at = acts(one["by"]), _instant(one["on"])
        entry = key("entry", one["key"])
        if at > now or entry in _readable(actor, case, now):
            continue
        record_entry(actor, case, _proposed(one, entry, actor, key), now=at)
        _restrict(one, case, entry, actor, key, at)
        new += 1
    for one in told["conflict"]:
        declare_own(
            acts(one["by"]), family=one["family"], reason=one["why"],
            id=key("conflict", one["by"]), now=_instant(one["on"]),
        )  # fmt: skip
    return new


def _readable(actor: Actor, case: UUID, now: datetime) -> set[UUID]:
    return {one.id for one in read_history(actor, case, Viewpoint(now), now=now).entries}


def _proposed(one: dict[str, Any], id: UUID, actor: Actor, key: Key) -> ProposedEntry:
    day = on_day(date.fromisoformat(one["on"]))
    return ProposedEntry(
        id=id,
        agency=actor.agency,
        text=one["what"],
        happened=day,
        how_known=one["how_known"],
        informant=one.get("told_by", ""),
        subjects=tuple(Subject(key("person", name)) for name in one["people"]),
        kind=one["kind"],
        asserted_by=actor.practitioner,
        concerns=tuple(one["domain"]),
        significance="routine",
        reference=one["key"],
        tellings=tuple(
            Telling(key("agency", name), told=day) for name in one.get("shared_with", ())
        ),
    )


def _restrict(
    one: dict[str, Any], case: UUID, entry: UUID, actor: Actor, key: Key, at: datetime
) -> None:
    why, id = one["why"], key("restricted", one["key"])
    if "label" in one:
        put_label(actor, case, entry, one["label"], reason=why, id=id, now=at)
    if "seal" in one:
        seal_record(
            actor, case, kind=one["seal"], reason=why, id=id, now=at, statement=entry,
            named=[key("practitioner", name) for name in one["named"]],
        )  # fmt: skip
    if "withheld_from" in one:
        withhold(
            actor, case, reason=why, id=id, now=at, statement=entry,
            agency=key("agency", one["withheld_from"]),
        )  # fmt: skip


def _instant(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), OFFICE_CLOSES, LONDON).astimezone(UTC)
