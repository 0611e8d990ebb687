"""How the questions of a scope stood at the end of an earlier day, from what is kept of changes.

Nothing is lived through again: the state of each is its last change by that day, and what an open
one rests on is asked of that day alone. The same as the pure function gives for that day (a test
runs both), at the cost of one day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from goldenthread.domain.risk.engine import questions
from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.life import OPEN, Key
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.thread.becoming_known import BecomingKnown
from goldenthread.records.risk import reading
from goldenthread.records.risk.lean import load_lean
from goldenthread.records.risk.reading import ChangeRow, QuestionRow


def stood_at(
    case: UUID, agency: UUID | None, on: date, patterns: Sequence[Pattern]
) -> list[QuestionRow]:
    """Every question of a scope by a day; the scope must be considered through it or later."""
    changes = [row for row in reading.changes_of(case, agency) if row.on <= on]
    last: dict[Key, ChangeRow] = {}
    times: dict[Key, int] = {}
    # Of one day, a question is put before it is answered, whichever was worked out first.
    for row in sorted(changes, key=lambda row: (row.on, row.state not in OPEN)):
        key = row.pattern, row.subject
        last[key] = row
        times[key] = times.get(key, 0) + (row.state in OPEN)
    arising = _arising(case, agency, on, patterns)
    return [
        _row(case, agency, row, times[key], arising.get(key) if row.state in OPEN else None)
        for key, row in last.items()
    ]


def _arising(
    case: UUID, agency: UUID | None, on: date, patterns: Sequence[Pattern]
) -> Mapping[Key, Raised]:
    lean = load_lean(case, agency)
    viewpoint = None if agency is None else str(agency)
    course = BecomingKnown(patterns, lean.facts, viewpoint, lean.agency_kind, lean.endings)
    course.come_to(on)
    return {one.key: one for one in questions(patterns, course.ledger, on)}


def _row(
    case: UUID, agency: UUID | None, row: ChangeRow, times: int, found: Raised | None
) -> QuestionRow:
    """One question as a row: in the words of that day where it was open, else as it was then."""
    return QuestionRow(
        case=case,
        agency=agency,
        pattern=row.pattern,
        version=found.version if found else row.version,
        subject=row.subject,
        state=row.state,
        since=row.on,
        times=times,
        question=found.question if found else row.question,
        asked_of=found.asked_of if found else row.asked_of,
        because=tuple(map(UUID, found.because)) if found else row.because,
        evidence=frozenset(map(UUID, found.evidence)) if found else frozenset(row.evidence),
        about=found.about if found else row.about,
    )
