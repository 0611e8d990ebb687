"""The questions beside the lanes, in words: because of which entries, asked of whom, since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.risk.vocabulary import Nature, PromptType
from goldenthread.usecases.risk.asked import AnswerSeen, Asked, QuestionSeen
from goldenthread.web.kit.words import counted, day_in_words, day_of_instant, listed
from goldenthread.web.picture.counts import agencies_of, when_of
from goldenthread.web.picture.scene import Placed, Scene, beginning

# The first sorts of question stand open, up to about so many questions; the others are one press
# away and say how many they are.
SHOWN = 4
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Because:
    """One entry behind a question: when, whose, its first words, and where it is in the history."""

    when: str
    agency: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to show."""

    key: str
    text: str
    title: str
    type: str
    state: str
    because_words: str
    because: tuple[Because, ...]
    elsewhere: str
    asked_of: str
    since: str
    why: str
    guidance: str
    certainty: str
    pattern: str
    is_chosen: bool
    show: str
    answer: str
    answers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """The open questions of one sort, newest first."""

    title: str
    questions: tuple[Question, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, what was answered, what holds, and how far the entries were considered.

    The sorts stand in the order of their vocabulary, which ranks nothing.
    """

    open: tuple[Question, ...]
    sorts: tuple[Sort, ...]
    settled: tuple[Question, ...]
    holds: tuple[Question, ...]
    considered: str
    chosen: Question | None


def questions_of(
    asked: Asked,
    scene: Scene,
    *,
    entry_at: Callable[[UUID], str],
    show_at: Callable[[str], str],
    answer_at: Callable[[str], str] | None,
) -> Questions:
    """Every question of the page; `entry_at` leads to an entry in the history.

    `answer_at` is None where nothing can be answered: at an earlier day, or as another agency.
    """

    def told(found: Iterable[QuestionSeen], answer: bool = False) -> tuple[Question, ...]:
        newest = sorted(found, key=lambda q: (q.since, q.key), reverse=True)
        return tuple(
            _question(q, scene, entry_at, show_at, answer_at if answer else None) for q in newest
        )

    opened, settled, holds = (
        told(asked.open, answer=True),
        told(asked.settled),
        told(asked.strengths),
    )
    every = (*opened, *settled, *holds)
    return Questions(
        open=opened,
        sorts=tuple(_sorts(opened)),
        settled=settled,
        holds=holds,
        considered=considered_words(asked),
        chosen=next((one for one in every if one.is_chosen), None),
    )


def _sorts(opened: tuple[Question, ...]) -> Iterator[Sort]:
    before = 0
    labels = [word.label for word in PromptType]
    for label in (*labels, *sorted({q.type for q in opened} - set(labels))):
        own = tuple(q for q in opened if q.type == label)
        if own:
            chosen = any(q.is_chosen for q in own)
            yield Sort(label, own, chosen or before == 0 or before + len(own) <= SHOWN)
            before += len(own)


def behind(asked: Asked, key: str) -> frozenset[UUID]:
    """The entries behind one question; none where there is no such question."""
    every = (*asked.open, *asked.settled, *asked.strengths)
    return frozenset(next((q.because for q in every if q.key == key), ()) if key else ())


def considered_words(asked: Asked) -> str:
    """How far the questions have been worked out, plainly."""
    left = asked.not_yet_considered
    later = f"Not yet considered: {counted(left, 'entry', 'entries')}." if left else ""
    if asked.considered_on is None:
        return " ".join(filter(None, ("No entry has been considered yet.", later)))
    return " ".join(
        filter(None, (f"Considered through {day_in_words(asked.considered_on)}.", later))
    )


def _question(q: QuestionSeen, scene: Scene, entry_at, show_at, answer_at) -> Question:
    placed = [scene.by_id[id] for id in q.because if id in scene.by_id]
    missing = len(q.because) - len(placed)
    return Question(
        key=q.key,
        text=q.question,
        title=q.title,
        type=q.type_label,
        state=q.state_label,
        because_words=_because_words(placed),
        because=tuple(_because(one, entry_at) for one in placed),
        elsewhere=(
            f"{counted(missing, 'entry is', 'entries are')} not shown from this viewpoint."
            if missing
            else ""
        ),
        asked_of=asked_of_words(q),
        since=_since(q, scene.asked.on),
        why=q.why,
        guidance=q.guidance,
        certainty=q.certainty_label,
        pattern=q.pattern,
        is_chosen=q.key == scene.asked.question,
        show=show_at(q.key),
        answer=answer_at(q.key) if answer_at else "",
        answers=tuple(answer_words(one) for one in reversed(q.answers)),
    )


def _because_words(placed: list[Placed]) -> str:
    if not placed:
        return ""
    number = "this entry" if len(placed) == 1 else f"these {len(placed)} entries"
    return f"Because of {number}, by {agencies_of(placed)}"


def _because(one: Placed, entry_at: Callable[[UUID], str]) -> Because:
    entry = one.entry
    return Because(when_of(one), entry.agency.name, beginning(entry, LONGEST), entry_at(entry.id))


def asked_of_words(q: QuestionSeen) -> str:
    """Who is asked: the named person with a telephone, and in which part."""
    who = q.asked_person
    if who is None:
        return f"Asked of: {q.asked_of}"
    phone = f", {who.phone}" if who.phone else ""
    return f"Asked of {who.name} ({who.post}, {who.agency_name}{phone})"


def _since(q: QuestionSeen, on: date) -> str:
    days = (on - q.since).days
    ago = "today" if days == 0 else f"{counted(days, 'day', 'days')} ago"
    if days >= 21:
        ago = f"{days // 7} weeks ago"
    is_strength = q.type_label == Nature.STRENGTH.label
    again = "" if q.times < 2 or is_strength else f", for the {_ordinal(q.times)} time"
    return f"since {day_in_words(q.since)}, {ago}{again}"


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")


def answer_words(one: AnswerSeen) -> tuple[str, tuple[tuple[str, str], ...]]:
    """An answer: who gave it and when, and its parts with what each is."""
    parts = [("What we make of it", one.what_we_make_of_it)]
    if one.what_we_will_do:
        by = f" (by {day_in_words(one.by_when)})" if one.by_when else ""
        parts.append(("What we will do", f"{one.what_we_will_do}{by}"))
    agrees = listed(one.who_agrees)
    if agrees:
        parts.append(("Who agrees", agrees))
    given = f"{one.by_name}, {one.agency_name}, on {day_of_instant(one.recorded_at)}"
    return given, tuple(parts)
