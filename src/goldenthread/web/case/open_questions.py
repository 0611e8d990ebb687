"""What nobody knows about a family, as its first page asks it: whose question, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.usecases.chronology.shown import History, Question
from goldenthread.web.kit import words

AT_MOST = 6
NOBODY = "Nobody has taken this on."


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question, and in a sentence whose it is and by when."""

    words: str
    state: str
    is_overdue: bool
    href: str


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """The first of the open questions, how many more there are, and what else is not known."""

    first: tuple[OpenQuestion, ...]
    number: int
    more: str
    also: tuple[str, ...]

    @property
    def nobodys(self) -> bool:
        """Whether nobody has taken on any of the first: then that is said once."""
        return len(self.first) > 1 and all(one.state == NOBODY for one in self.first)


def open_questions_of(
    questions: Sequence[Question], history: History, today: date
) -> OpenQuestions:
    """Overdue questions first, then those nobody has taken on, then the others by their date.

    Somebody nobody has identified is a question of its own only where none of these asks of them.
    """
    still = [one for one in questions if one.is_open]
    still.sort(key=lambda one: _place(one, today))
    asked_of = {person for one in still for person in one.about}
    unknown = [
        f"{member.name}: nobody has said who this is."
        for member in history.family.members
        if not member.is_identified and str(member.person) not in asked_of
    ]
    case = history.family.case.id
    return OpenQuestions(
        first=tuple(_asked(one, case, today) for one in still[:AT_MOST]),
        number=len(still),
        more=words.more(len(still) - AT_MOST),
        also=(*unknown, *_held_elsewhere(history)),
    )


def _place(question: Question, today: date) -> tuple[bool, bool, date]:
    last = question.latest
    return (
        not question.is_overdue(today),
        last is not None,
        (last.due if last else None) or date.max,
    )


def _asked(question: Question, case: UUID, today: date) -> OpenQuestion:
    page = reverse("network_question", kwargs={"case": case})
    return OpenQuestion(
        words=question.asked,
        state=state_words(question),
        is_overdue=question.is_overdue(today),
        href=f"{page}?{urlencode({'gap': question.id})}",
    )


def state_words(question: Question) -> str:
    """Whose question it is and by when, or what became of it, in a sentence."""
    last = question.latest
    if last is None:
        return NOBODY
    due = f", due {words.day_in_words(last.due)}" if last.due else ""
    if last.outcome == GapOutcome.CARRIED_TO_SUPERVISION:
        owner = f" with {last.owner_name}" if last.owner_name else ""
        return f"Carried to supervision{owner}{due}."
    if last.outcome == GapOutcome.TAKEN_ON:
        return f"{last.owner_name or last.agency_name} will find out{due}."
    label = GapOutcome.label_of(last.outcome)
    return f"{label}. {last.owner_name} sees to it{due}." if last.owner_name else f"{label}."


def _held_elsewhere(history: History) -> list[str]:
    """That other agencies hold entries, and whom to ask; never what they say."""
    if not history.masked:
        return []
    ask = history.family.whom_to_ask
    whom = " Ask the agencies of the team."
    if ask and ask.phone and ask.practitioner != history.family.reader.id:
        whom = f" Ask {ask.name}, {ask.phone}."
    held = words.counted(len(history.masked), "entry", "entries")
    say = "says" if len(history.masked) == 1 else "say"
    return [f"What {held} {history.kept_by} {say}: not shared with yours.{whom}"]
