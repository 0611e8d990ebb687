"""The life of a question: raised, answered, cleared, re-opened; it never nags about the same facts.

    raised ----answered----> answered ---new evidence---> re-opened
      |                                                       |
      +---no longer arises---> cleared ---new evidence---> re-opened

A question that is open stays as it is, whatever else comes to it. One that was answered, with
reasons, or that ceased to arise, is asked again only when enough entries came that it had not been
asked about before; how many is the pattern's own `reopens_after`. An answer holds for the entries
it was given about and for no others: what its author could not have looked at, it cannot silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word

Key = tuple[str, str]


class PromptState(Word):
    """Where a question stands."""

    RAISED = "raised", "Raised"
    ANSWERED = "answered", "Answered"
    CLEARED = "cleared", "No longer arises"
    REOPENED = "reopened", "Re-opened"


OPEN = frozenset({PromptState.RAISED, PromptState.REOPENED})


class AnswerWithoutReasons(Refusal):
    """An answer must say what is made of it; a bare dismissal is no answer."""


class NothingToAnswer(Refusal):
    """The question is not open."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody makes of a question, what will be done, and who agrees, with reasons."""

    on: date
    by: str
    what_we_make_of_it: str
    what_we_will_do: str = ""
    who_agrees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, with the question as it was put to whoever gave it."""

    put: Raised
    answer: Answer


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question over time: as it was last put, its state, and since when.

    `asked_about` are the entries of every time it was put: it is never put again about these.
    `settled` are those of them that no longer count while it is open: from the times before, and
    from answers that did not cover the rest. `times` is how often it was put.
    """

    raised: Raised
    state: PromptState
    since: date
    asked_about: frozenset[str]
    answer: Answer | None = None
    settled: frozenset[str] = frozenset()
    times: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question on a day."""

    on: date
    state: PromptState
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Lived:
    """Every question's state after a day, and what changed on it."""

    prompts: Mapping[Key, Prompt]
    changes: tuple[Change, ...]


def live(
    prompts: Mapping[Key, Prompt],
    arising: Iterable[Raised],
    on: date,
    patterns: Mapping[str, Pattern],
    *,
    back: Set[Key] = frozenset(),
) -> Lived:
    """Carry every question on to a day on which these arise.

    `back` are those that had ceased by an entry which no longer stands from this day on: they are
    asked again, though nothing else came to them.
    """
    now = {one.key: one for one in arising}
    after = dict(prompts)
    changes: list[Change] = []
    for key in sorted(now.keys() | prompts.keys()):
        before = prompts.get(key)
        found = now.get(key)
        changed = _next(before, found, on, patterns, is_back=key in back)
        if changed is not None:
            after[key] = changed
            changes.append(Change(on, changed.state, changed))
        elif before is not None and found is not None and before.is_open:
            known = before.asked_about | found.evidence
            after[key] = replace(before, raised=found, asked_about=known)
    return Lived(after, tuple(changes))


def _next(
    before: Prompt | None,
    found: Raised | None,
    on: date,
    patterns: Mapping[str, Pattern],
    *,
    is_back: bool,
) -> Prompt | None:
    """The question as it stands from this day on, or None where it stands as before."""
    if found is None:
        if before is not None and before.is_open:
            return replace(before, state=PromptState.CLEARED, since=on)
        return None
    if before is None:
        return Prompt(found, PromptState.RAISED, on, found.evidence)
    if before.is_open:
        return None
    again = is_back and before.state is PromptState.CLEARED
    if not again and not _matters(found, before.asked_about, patterns):
        return None
    known = before.asked_about | found.evidence
    settled = frozenset() if again else before.asked_about
    times = before.times + 1
    return Prompt(found, PromptState.REOPENED, on, known, settled=settled, times=times)


def _matters(raised: Raised, besides: Set[str], patterns: Mapping[str, Pattern]) -> bool:
    """Whether enough raises a question besides these entries for it to be put."""
    pattern = patterns.get(raised.pattern)
    return len(raised.evidence - besides) >= (pattern.reopens_after if pattern else 1)


def answered(prompt: Prompt, answer: Answer) -> Prompt:
    """The question once it is answered. Raises AnswerWithoutReasons or NothingToAnswer."""
    if not prompt.is_open:
        raise NothingToAnswer("This question is not open, so there is nothing to answer.")
    if not answer.what_we_make_of_it.strip():
        raise AnswerWithoutReasons("Say what you make of it, so that others can understand.")
    return replace(prompt, state=PromptState.ANSWERED, since=answer.on, answer=answer)


def answer_all(
    prompts: Mapping[Key, Prompt],
    given: Iterable[Given],
    on: date,
) -> Lived:
    """Every question after the answers of a day; the order in which they are given here is nothing.

    Answers close an open question once every entry that raises it was answered for: what nobody who
    answered had before them keeps it open, however many it takes to re-open it later. A question
    that later knowledge shows to have been closed, or never put, by then keeps its answer too: it
    is not asked again about the same.
    """
    after = dict(prompts)
    changes: list[Change] = []
    for one in sorted(given, key=_place):
        before = after.get(one.put.key)
        answered_now = _given(before, one, on)
        after[one.put.key] = answered_now
        is_closed = answered_now.state is PromptState.ANSWERED
        if is_closed and (before is None or before.is_open):
            changes.append(Change(on, answered_now.state, answered_now))
    return Lived(after, tuple(changes))


def _place(one: Given) -> tuple[Key, str, str]:
    return one.put.key, one.answer.by, one.answer.what_we_make_of_it


def _given(before: Prompt | None, one: Given, on: date) -> Prompt:
    if before is None:
        about = one.put.evidence
        return Prompt(one.put, PromptState.ANSWERED, on, about, one.answer, about, times=0)
    if not before.is_open:
        known = before.asked_about | one.put.evidence
        return replace(before, asked_about=known, answer=one.answer)
    settled = before.settled | one.put.evidence
    if before.raised.evidence - settled:
        return replace(before, settled=settled, answer=one.answer)
    return replace(
        before, state=PromptState.ANSWERED, since=on, asked_about=settled, answer=one.answer,
        settled=settled,
    )  # fmt: skip
