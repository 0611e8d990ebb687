"""Asks whether something may be asked again now, counts it, and writes down where it may not."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.access.rates import Counted, Rate, opens_at, read_rates
from goldenthread.records.accounts.rates import count_once, drop_before, window_of
from goldenthread.records.audit import store as audit
from goldenthread.usecases._steps.permission import event_of

__all__ = ["Counted", "asked_again", "drop_old_counts", "family_opened"]

NOBODY = Actor(UUID(int=0), UUID(int=0), UUID(int=0))
KEPT_FOR = timedelta(days=1)


@cache
def rates() -> dict[Counted, Rate]:
    """The limits of the file. Raises RatesNotUnderstood."""
    text = (files("goldenthread.usecases.accounts") / "rate_limits.toml").read_text("utf-8")
    return read_rates(tomllib.loads(text))


def asked_again(
    kind: Counted, actor: Actor | None, address: str, *, now: datetime
) -> datetime | None:
    """Count once more; the moment from which it is possible again, None where it is now.

    `address` is of the network, kept as a keyed digest alone. Where it is not possible that is
    written down, once in each window.
    """
    rate = rates()[kind]
    limits = []
    if actor is not None and rate.by_account is not None:
        limits.append((f"account {actor.account}", rate.by_account))
    if address and rate.by_address is not None:
        limits.append((f"address {address}", rate.by_address))
    later = []
    for who, most in limits:
        window = count_once(_key(kind, who), within=rate.within, now=now)
        opens = opens_at(window, most, rate.within)
        if opens is not None:
            later.append(opens)
            if window.count == most + 1:
                _write_down(kind, actor or NOBODY, who.split()[0])
    return max(later, default=None)


def family_opened(actor: Actor, case: UUID, *, now: datetime) -> datetime | None:
    """Count a family that is opened, once in a window whatever is opened of it.

    Gives the moment from which another can be opened; None where this one can be now. Families that
    were opened already stay open.
    """
    rate = rates()[Counted.FAMILIES]
    if rate.by_account is None:
        return None
    who = f"account {actor.account}"
    this = _key(Counted.FAMILIES, f"{who} {case}")
    known = window_of(this, now=now)
    if known is not None and known.began > now - rate.within:
        return None
    all_of_them = window_of(_key(Counted.FAMILIES, who), now=now)
    holds = all_of_them is not None and all_of_them.began > now - rate.within
    if all_of_them is not None and holds and all_of_them.count >= rate.by_account:
        _write_down(Counted.FAMILIES, actor, "account")
        return all_of_them.began + rate.within
    count_once(this, within=rate.within, now=now)
    count_once(_key(Counted.FAMILIES, who), within=rate.within, now=now)
    return None


def drop_old_counts(*, now: datetime) -> int:
    """Drop the counts whose windows are long over; how many that was."""
    return drop_before(now - KEPT_FOR)


def _key(kind: Counted, who: str) -> str:
    return salted_hmac("goldenthread.rate", f"{kind} {who}", algorithm="sha256").hexdigest()


def _write_down(kind: Counted, actor: Actor, whose: str) -> None:
    refused = Decision(Outcome.DENY, f"too-often-by-{whose}", "Asked too often.")
    with transaction.atomic():
        audit.append(event_of(actor, "asked_too_often", refused, None, counted=str(kind)))
