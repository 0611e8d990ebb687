"""From what was loaded of a family to the history the pure functions live through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.life import Answer, Given
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.thread.history import History, history_of
from goldenthread.records.risk.loading import Loaded
from goldenthread.records.risk.reading import AnswerRow


def history_loaded(
    loaded: Loaded, answers: Iterable[AnswerRow], patterns: Sequence[Pattern]
) -> History:
    """The history of what was loaded, with the answers that count in it."""
    return history_of(
        loaded.statements,
        loaded.awareness,
        loaded.agency_kinds,
        loaded.called,
        loaded.links,
        given_by(answers, patterns),
    )


def given_by(answers: Iterable[AnswerRow], patterns: Sequence[Pattern]) -> tuple[Given, ...]:
    """Answers as the pure functions take them, each with its question as it was put."""
    by_key = {one.key: one for one in patterns}
    return tuple(_given(row, by_key) for row in answers)


def _given(row: AnswerRow, patterns: Mapping[str, Pattern]) -> Given:
    pattern = patterns.get(row.pattern)  # None where the partnership no longer asks by it
    on = day_of(row.answered_at)
    put = Raised(
        pattern=row.pattern,
        version=row.version,
        nature=pattern.nature if pattern else Nature.HARM,
        type=pattern.type if pattern else None,
        on=on,
        question=row.question,
        asked_of=row.asked_of,
        because=tuple(map(str, row.because)),
        evidence=frozenset(map(str, row.evidence)),
        about=row.about,
        subject=row.subject,
    )
    answer = Answer(on, str(row.id), row.what_we_make_of_it, row.what_we_will_do)
    return Given(put, answer)
