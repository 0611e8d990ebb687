"""Considers one scope of a family: works out its questions and keeps them with the watermark.

A scope is one agency's knowledge, or everything (None). It is worked out from what that scope holds
and from nothing else: what is kept is what the pure function gives from the beginning.
Nothing here is anybody's act, so it leaves no row in the audit trail: the fact that led to it did.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from goldenthread.domain.risk.life import Change, Prompt
from goldenthread.domain.risk.rules import digest_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.thread.following import Followed, follow
from goldenthread.domain.thread.history import History
from goldenthread.records.access.restricting import restricted_among
from goldenthread.records.risk import reading, store
from goldenthread.records.risk.lean import count_scope, load_lean
from goldenthread.records.risk.reading import AnswerRow, ChangeRow, ConsideredRow, QuestionRow
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.kept_days import days_to_keep, keep_days, kept_day
from goldenthread.usecases._steps.scope_history import given_by

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
    rules = digest_of(patterns)
    lean = load_lean(case, agency)
    answers = reading.answers_of(case, agency)
    open_to_all = resting_on_none_of(restricted_among(case), answers)
    history = History(lean.facts, lean.endings, given_by(open_to_all, patterns))
    through = max(day_of(now), before.through) if before else day_of(now)
    followed = follow(
        patterns,
        history,
        through,
        None if agency is None else str(agency),
        lean.agency_kind,
        begun=kept_day(case, agency, history, before=through, rules=rules),
        keep=days_to_keep(through),
    )
    _keep_changes(case, agency, followed, rules)
    store.replace_questions(
        case, agency, (question_row(case, agency, one) for one in followed.prompts.values())
    )
    keep_days(case, agency, history, followed, rules=rules)
    # The numbers of the very rows that were looked at, whatever has been added meanwhile.
    counts = lean.statements, lean.links, lean.awareness, len(answers)
    store.advance(case, agency, counts, through=through, rules=rules)


def resting_on_none_of(
    restricted: frozenset[UUID], answers: Iterable[AnswerRow]
) -> list[AnswerRow]:
    """The answers that rest on none of these: what somebody cleared answered stays with them."""
    return [one for one in answers if restricted.isdisjoint((*one.because, *one.evidence))]


def _keep_changes(case: UUID, agency: UUID | None, followed: Followed, rules: str) -> None:
    """Append what is new of the changes, and take back what is no longer so of earlier days."""
    kept = {_said(row): row.id for row in reading.changes_of(case, agency, after=followed.begun)}
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


def question_row(case: UUID, agency: UUID | None, prompt: Prompt) -> QuestionRow:
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
        times=prompt.times,
        question=raised.question,
        asked_of=raised.asked_of,
        because=_ids(raised.because),
        evidence=frozenset(_ids(raised.evidence)),
        about=raised.about,
    )


def _ids(ids: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, ids))
