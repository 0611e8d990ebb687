"""What an entry changed, in words, with the way to each question in the family's picture."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from goldenthread.usecases.risk.what_changed import Changed, QuestionSeen
from goldenthread.web.kit import words


def changed_words(changed: Changed, case: UUID) -> dict[str, object]:
    """The parts of “What this changed”: its sentence and the lists that are not empty."""
    parts = (
        ("Now asked because of it:", changed.put),
        ("It adds to what was asked already:", changed.added_to),
        ("No longer asked:", changed.ended),
        ("Part of what holds:", changed.holds),
    )
    return {
        "waiting": _waiting(changed.not_yet_considered),
        "nothing": changed.is_nothing and not changed.not_yet_considered,
        "parts": [
            {"heading": heading, "questions": list(_lines(questions, case))}
            for heading, questions in parts
            if questions
        ],
    }


def _waiting(entries: int) -> str:
    if not entries:
        return ""
    counted = words.counted(entries, "entry", "entries")
    return f"Not yet considered: {counted}. What is saved is safe; this is tried again by itself."


def _lines(questions: Iterable[QuestionSeen], case: UUID) -> Iterable[dict[str, str]]:
    address = reverse("picture", kwargs={"case": case})
    for one in questions:
        person = one.asked_person
        yield {
            "question": one.question,
            "href": f"{address}?question={one.key}#q-{one.key}",
            "person": f"{person.name}, {person.agency_name}" if person and one.is_open else "",
        }
