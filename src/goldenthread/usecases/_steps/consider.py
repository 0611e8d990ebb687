"""Considers one scope of a family: works out its questions and keeps them with the watermark.

A scope is one agency's knowledge, or everything (None). It is worked out from what that scope holds
and from nothing else, always from the beginning: what is kept is what the pure function gives.
Nothing here is anybody's act, so it leaves no row in the audit trail: the fact that led to it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from goldenthread.domain.risk.life import Change, Prompt
from goldenthread.domain.risk.rules import digest_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.thread.following import Followed, follow
from goldenthread.records.risk import reading, store
from goldenthread.records.risk.loading import count_scope, load_scope
from goldenthread.records.risk.reading import ChangeRow, ConsideredRow, QuestionRow
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.scope_history import history_loaded

_NONE_YET = UUID(int=0)  # a change that was not kept before has no id


def not_yet_considered(
    case: UUID, agency: UUID | None, before: ConsideredRow | None, *, now: datetime
) -> int | None:
    """How many entries a scope has not been considered against; None where it is up to date.

    Nought where no entry is new and yet it must be looked at again: somebody was told, something
    was answered, a day went by or the patterns are others.
    """
    counts = count_scope(case, agency)
    if before is None:
        return counts[0]
    new = counts[0] - before.statements
    if counts != before.counts or before.through < day_of(now):
        return new
    return None if before.rules == digest_of(patterns_in_force(now)) else new


def consider(case: UUID, agency: UUID | None, *, now: datetime) -> None:
    """Consider a scope of a family through today, in the caller's transaction; twice is as once."""
    store.hold_scope(case, agency)
    before = reading.considered(case, agency)
    if not_yet_considered(case, agency, before, now=now) is None:
        return
    patterns = patterns_in_force(now)
    loaded = load_scope(case, agency)
    answers = reading.answers_of(case, agency)
    through = max(day_of(now), before.through) if before else day_of(now)
    followed = follow(
        patterns,
        history_loaded(loaded, answers, patterns),
        through,
        None if agency is None else str(agency),
        "" if agency is None else loaded.agency_kinds[agency],
    )
    rules = digest_of(patterns)
    _keep_changes(case, agency, followed, rules)
    store.replace_questions(case, agency, _questions(case, agency, followed))
    # The numbers of the very rows that were looked at, whatever has been added meanwhile.
    counts = len(loaded.statements), len(loaded.links), loaded.awareness_rows, len(answers)
    store.advance(case, agency, counts, through=through, rules=rules)


def _keep_changes(case: UUID, agency: UUID | None, followed: Followed, rules: str) -> None:
    """Append what is new of the changes, and take back what is no longer so of earlier days."""
    kept = {_said(row): row.id for row in reading.changes_of(case, agency)}
    worked_out = {_said(row): row for row in map(_change, followed.changes)}
    store.take_back(id for said, id in kept.items() if said not in worked_out)
    fresh = [row for said, row in worked_out.items() if said not in kept]
    store.append_changes(case, agency, fresh, rules=rules)


def _said(row: ChangeRow) -> tuple[object, ...]:
    """A change without its id: what two of them are compared by."""
    return (
        row.pattern, row.version, row.subject, row.state, row.on, row.question, row.asked_of,
        row.because, row.evidence, row.about,
    )  # fmt: skip


def _change(change: Change) -> ChangeRow:
    raised = change.prompt.raised
    return ChangeRow(
        id=_NONE_YET,
        pattern=raised.pattern,
        version=raised.version,
        subject=raised.subject,
        state=str(change.state),
        on=change.on,
        question=raised.question,
        asked_of=raised.asked_of,
        because=_ids(raised.because),
        evidence=tuple(sorted(_ids(raised.evidence))),
        about=raised.about,
    )


def _questions(case: UUID, agency: UUID | None, followed: Followed) -> Iterator[QuestionRow]:
    times = followed.times()
    for key, prompt in followed.prompts.items():
        yield question_row(case, agency, prompt, times.get(key, 0))


def question_row(case: UUID, agency: UUID | None, prompt: Prompt, times: int) -> QuestionRow:
    """One question as it stands, as a row of its scope."""
    raised = prompt.raised
    return QuestionRow(
        case=case,
        agency=agency,
        pattern=raised.pattern,
        version=raised.version,
        subject=raised.subject,
        state=str(prompt.state),
        since=prompt.since,
        times=times,
        question=raised.question,
        asked_of=raised.asked_of,
        because=_ids(raised.because),
        evidence=frozenset(_ids(raised.evidence)),
        about=raised.about,
    )


def _ids(ids: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, ids))
