"""What an answer to an entry starts from, and what it asks the record to hold.

A correction starts from every value of the earlier entry except when one's agency knew: that the
words were put right today is not knowledge the agency had before.
"""

from __future__ import annotations

from goldenthread.domain.chronology.admitting import Problem, ProposedEntry
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.shown import ShownEntry
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.forms import (
    Asked,
    Parts,
    note_replaced,
    read_concerns,
    read_how,
    read_kind,
    read_known,
    read_people,
    read_when,
)


def as_it_was(entry: ShownEntry, kind: LinkKind) -> Answers:
    """The answers a form starts with: about the same people and day; all of it for a correction."""
    s = entry.statement
    start = {"people": [str(subject.person) for subject in s.subjects], "when": ["same"]}
    if kind is LinkKind.CORRECTS:
        start |= {
            "text": [s.text],
            "kind": [str(s.kind)],
            "how_known": [str(s.how_known)],
            f"informant_{s.how_known}": [s.informant],
            "reasoning": [s.reasoning],
            "impact": [s.impact],
            "action": [s.action],
            "concerns": [str(concern) for concern in s.concerns],
        }
    return Answers(start)


def answer_from(
    answers: Answers, entry: ShownEntry, kind: LinkKind, asked: Asked
) -> tuple[ProposedEntry, str, tuple[Problem, ...]]:
    """The further statement, the reason for it, and what is still to be mended."""
    parts = Parts()
    note_replaced(answers, parts)
    reason = answers.one("reason")
    if not reason.strip():
        parts.amiss("reason", "Say why, so that the next reader understands.")
    s = entry.statement
    happened = read_when(answers, asked.today, parts, as_before=s.happened)
    how, informant, reasoning = read_how(answers, parts)
    correction = kind is LinkKind.CORRECTS
    proposed = ProposedEntry(
        id=asked.entry,
        agency=asked.actor.agency,
        asserted_by=asked.actor.practitioner,
        text=reason if kind is LinkKind.WITHDRAWS else answers.one("text"),
        kind=read_kind(answers) if correction else s.kind,
        subjects=_subjects(answers, s, asked, parts),
        happened=happened,
        how_known=how,
        informant=informant,
        reasoning=reasoning,
        known=read_known(
            answers, asked.today, parts, happened=happened, as_before=day_of(s.known_at)
        ),
        polarity=s.polarity if correction else "asserts",
        impact=answers.one("impact") if correction else "",
        action=answers.one("action") if correction else "",
        concerns=read_concerns(answers, parts) if correction else (),
        significance=s.significance if correction else "",
        reference=s.reference if correction else "",
    )
    return proposed, reason, tuple(parts.problems)


def _subjects(
    answers: Answers, earlier: Statement, asked: Asked, parts: Parts
) -> tuple[Subject, ...]:
    """The people chosen, in the part the earlier entry gave them where it gave one.

    Somebody the earlier entry names who belongs to another family stays named.
    """
    chosen, _ = read_people(answers, asked, parts)
    before = {subject.person: subject for subject in earlier.subjects}
    family = {member.person for member in asked.around.family.members}
    elsewhere = [subject for subject in earlier.subjects if subject.person not in family]
    return (*(before.get(subject.person, subject) for subject in chosen), *elsewhere)
