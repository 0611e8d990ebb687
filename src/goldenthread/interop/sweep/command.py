"""What `goldenthread sweep` does, apart from talking to a terminal.

The lines are described in docs/reference/sweep-json.md. They come in the order of the families,
then of the patterns and subjects, whichever engine answers: two engines' files can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from typing import Protocol

from goldenthread.analytics.sweep import by_reference, on_duckdb
from goldenthread.analytics.sweep.compiling import is_covered
from goldenthread.analytics.sweep.found import Question
from goldenthread.analytics.sweep.reading import Batch, Partnership
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.risk.shipped import shipped_patterns

ENGINES = ("reference", "duckdb", "spark")
Progress = Callable[[int, int], None]


class Lines(Protocol):
    """Somewhere to write lines: a file, or one that looks through what it is given."""

    def writelines(self, lines: Iterable[str], /) -> None:
        """Write these lines."""


class SparkNotInstalled(Refusal):
    """The engine asked for is an extra that this installation was made without."""


class DayNotUnderstood(Refusal):
    """The day of the sweep is no date."""


@dataclass
class Swept:
    """How many families were swept, and the questions and families found, as they are written."""

    families: int = 0
    questions: int = 0
    asked_of: set[str] = field(default_factory=set)


def day_asked(said: str, today: date) -> date:
    """The day to sweep as of. Raises DayNotUnderstood."""
    try:
        return date.fromisoformat(said) if said else today
    except ValueError as wrong:
        raise DayNotUnderstood(f"“{said}” is not a day: write it as 2026-03-14.") from wrong


def check_engine(engine: str) -> None:
    """Raise SparkNotInstalled before anything is read, where the engine is not there."""
    if engine == "spark" and find_spec("pyspark") is None:
        raise SparkNotInstalled(
            "Spark is not installed here. Install the extra: pip install goldenthread[spark], with "
            "Java 17; or use --engine duckdb."
        )


def left_to_the_reference(patterns: Iterable[Pattern]) -> list[str]:
    """The patterns whose shape cannot be asked in sets; the reference engine answers for them."""
    return [one.key for one in patterns if not is_covered(one)]


def sweep(
    partnership: Partnership,
    out: Lines,
    *,
    engine: str,
    on: date,
    patterns: tuple[Pattern, ...] | None = None,
    on_progress: Progress | None = None,
) -> Swept:
    """Write one JSON object a line for each question that a pattern asks on a day.

    The patterns are those that ship, unless others are given. `on_progress` is told (families done,
    questions so far). Raises a Refusal.
    """
    check_engine(engine)
    swept = Swept()
    asking = shipped_patterns() if patterns is None else patterns
    for families, questions in _found(engine, asking, partnership, on):
        swept.families += families
        swept.questions += len(questions)
        swept.asked_of.update(one.family for one in questions)
        out.writelines(f"{one.as_line()}\n" for one in questions)
        if on_progress:
            on_progress(swept.families, swept.questions)
    return swept


def _found(
    engine: str, patterns: tuple[Pattern, ...], partnership: Partnership, on: date
) -> Iterator[tuple[int, list[Question]]]:
    if engine == "reference":
        for found in by_reference.sweep(patterns, partnership.histories(), on):
            yield 1, list(found)
        return
    sweep_of: Callable[..., Iterator[tuple[Batch, list[Question]]]] = on_duckdb.sweep
    if engine == "spark":
        from goldenthread.analytics.sweep import on_spark

        sweep_of = on_spark.sweep
    for batch, questions in sweep_of(patterns, partnership, on):
        yield batch.last - batch.first + 1, questions
