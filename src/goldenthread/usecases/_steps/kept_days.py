"""Days a scope was lived through to, kept so that a later run need not live through them again.

A kept day is good for the same rules and while nothing that was known by then has become another;
else an earlier one is taken, or none. What comes of it is the same either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.life import Key, Prompt, PromptState
from goldenthread.domain.risk.vocabulary import Nature, PromptType
from goldenthread.domain.thread.following import Followed, basis_of
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.unfolding import Stood
from goldenthread.records.risk import kept_days

# Most entries are known within a day or a few, some within weeks; one told of a year late lives
# through that year again. Days before the present one. Ours.
AGES = (1, 7, 28, 91, 365)


def days_to_keep(through: date) -> tuple[date, ...]:
    """The days to keep of a run through a day."""
    return tuple(through - timedelta(days=age) for age in AGES)


def kept_day(
    case: UUID, agency: UUID | None, history: History, *, before: date, rules: str
) -> Stood | None:
    """The latest kept day before another from which this history can be gone on with."""
    viewpoint = None if agency is None else str(agency)
    for on, basis in kept_days.days_of(case, agency, before=before, rules=rules):
        if basis == basis_of(history, on, viewpoint):
            return Stood(on, _prompts(kept_days.stood_on(case, agency, on)))
    return None


def keep_days(
    case: UUID, agency: UUID | None, history: History, followed: Followed, *, rules: str
) -> None:
    """Keep the days of a run, in place of all later than where it began and of all now too many."""
    viewpoint = None if agency is None else str(agency)
    kept_days.drop_after(case, agency, followed.begun)
    for stood in followed.stood:
        basis = basis_of(history, stood.on, viewpoint)
        kept_days.keep(
            case, agency, stood.on, rules=rules, basis=basis, stood=_plain(stood.prompts)
        )
    there = [on for on, _ in kept_days.days_of(case, agency, before=followed.through, rules=rules)]
    kept_days.drop_others(case, agency, _spread(there, followed.through))


def _spread(days: Iterable[date], through: date) -> set[date]:
    """Of these days, one of each age: the oldest that is not yet of the next."""
    chosen: dict[int, date] = {}
    for day in sorted(days, reverse=True):
        age = (through - day).days
        chosen[sum(age > limit for limit in AGES)] = day
    return set(chosen.values())


def _plain(prompts: Mapping[Key, Prompt]) -> dict[str, Any]:
    """Prompts as lists and numbers, each entry's id written once; answers are kept as answers."""
    places: dict[str, int] = {}

    def numbers(ids: Iterable[str]) -> list[int]:
        return [places.setdefault(id, len(places)) for id in ids]

    told = [
        [
            one.raised.pattern, one.raised.version, str(one.raised.nature),
            str(one.raised.type) if one.raised.type else None, one.raised.on.isoformat(),
            one.raised.question, one.raised.asked_of, numbers(one.raised.because),
            numbers(sorted(one.raised.evidence)), list(one.raised.about), one.raised.subject,
            str(one.state), one.since.isoformat(), numbers(sorted(one.asked_about)),
            numbers(sorted(one.settled)), one.times,
        ]
        for one in prompts.values()
    ]  # fmt: skip
    return {"entries": list(places), "prompts": told}


def _prompts(kept: Mapping[str, Any]) -> Mapping[Key, Prompt]:
    entries = kept["entries"]

    def ids(numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(entries[number] for number in numbers)

    found: dict[Key, Prompt] = {}
    for row in kept["prompts"]:
        raised = Raised(
            pattern=row[0],
            version=row[1],
            nature=Nature(row[2]),
            type=PromptType(row[3]) if row[3] else None,
            on=date.fromisoformat(row[4]),
            question=row[5],
            asked_of=row[6],
            because=ids(row[7]),
            evidence=frozenset(ids(row[8])),
            about=tuple(row[9]),
            subject=row[10],
        )
        found[raised.key] = Prompt(
            raised=raised,
            state=PromptState(row[11]),
            since=date.fromisoformat(row[12]),
            asked_about=frozenset(ids(row[13])),
            settled=frozenset(ids(row[14])),
            times=row[15],
        )
    return found
