"""The form of a later version begins with the words of the one it follows, to be changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.domain.decisions.record import DecisionRecord, Party
from goldenthread.domain.decisions.vocabulary import Tell
from goldenthread.domain.shared.instants import LONDON, day_of
from goldenthread.usecases.decisions.seen import DecisionRead
from goldenthread.web.kit.words import day_in_words
from goldenthread.web.record.answers import Answers


def words_of(read: DecisionRead) -> Answers:
    """What the form shows of an earlier version: all of it but who is told, which is asked anew."""
    record = read.record
    said: dict[str, list[str]] = {
        "after": [str(record.id)],
        "question": [record.question],
        "decided": [read.decided.text],
        "rationale": [record.rationale],
        "setting": [record.setting],
        "threshold": [record.threshold],
        "met": [record.met],
        "asked": [record.asked],
        "about": [str(one.person) for one in read.decided.subjects],
        "pin": [str(one.statement) for one in record.pins],
        **{heading: [words] for heading, words in record.parts},
        **_days(record),
    }
    for one in record.pins:
        said |= {f"use-{one.statement}": [one.use], f"why-{one.statement}": [one.why]}
    for number, option in enumerate(record.options):
        said |= {f"option-{number}": [option.words], f"option_why-{number}": [option.why]}
        said |= {f"option_taken-{number}": ["yes"]} if option.taken else {}
    others = 0
    for party in record.parties:
        said |= _party(party, others)
        others += party.practitioner is None
    for told in read.told:
        if told.agency != read.seen.agency:
            how = told.how if told.how in (Tell.NOT, Tell.NOT_YET) else Tell.WITH_THIS
            said |= _telling(told.agency, how, told.why, told.review_on)
    return Answers(said)


def _days(record: DecisionRecord) -> dict[str, list[str]]:
    found = _boxes("decided_on", day_of(record.decided_at))
    if record.time_is_known:
        found["decided_time"] = [f"{record.decided_at.astimezone(LONDON):%H:%M}"]
    if record.look_again_by:
        found |= _boxes("look_again_by", record.look_again_by)
    return found


def _boxes(name: str, day: date) -> dict[str, list[str]]:
    return {
        f"{name}-day": [str(day.day)],
        f"{name}-month": [str(day.month)],
        f"{name}-year": [str(day.year)],
    }


def _party(one: Party, number: int) -> dict[str, list[str]]:
    views = {"view": one.view, "said": one.said, "note": one.note, "part": one.part}
    views |= {"sure": one.sure, "missing": one.missing}
    if one.practitioner:
        return {f"{name}-{one.practitioner}": [words] for name, words in views.items()}
    words = {**views, "name": one.name, "role": one.role, "agency": str(one.agency or "")}
    return {f"other_{name}-{number}": [said] for name, said in words.items()}


def _telling(agency: UUID, how: str, why: str, review: date | None) -> dict[str, list[str]]:
    found = {f"tell-{agency}": [how], f"tell_why-{agency}": [why]}
    return found | ({f"tell_review-{agency}": [day_in_words(review)]} if review else {})
