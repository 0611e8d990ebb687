"""Whom somebody has told, will tell, or has decided not to tell, read from a form.

"I will tell them" is kept as not told yet, with the day by which it will be done: a promise is not
a telling, and nobody is credited with knowledge they have not been given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.vocabulary import Fidelity, LawfulBasis
from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    PartialDate,
    not_known,
    on_day,
)
from goldenthread.usecases.chronology.family_around import FamilyAround
from goldenthread.usecases.chronology.shown import TeamRow
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import boxes_date, boxes_day, boxes_filled
from goldenthread.web.record.wording import CHANNELS

WILL_TELL = "Will be told."
GROUPS = ("told", "will", "not_telling")
Amiss = Callable[[str, str], None]


def read_tellings(
    answers: Answers, around: FamilyAround, today: date, amiss: Amiss
) -> tuple[Telling, ...]:
    """The tellings a form holds; `amiss(part, sentence)` is called for each thing to mend."""
    groups = {name: _agencies(answers, name, around, amiss) for name in GROUPS}
    beyond = answers.one("told_beyond")
    if beyond:
        known = [row.id for row in around.others_beyond_team if str(row.id) == beyond]
        groups["told"] += [agency for agency in known if agency not in groups["told"]]
    in_person = _in_person(answers, around, amiss)
    # Whoever told somebody there has told their agency, whether or not they also said so.
    groups["told"] += [agency for agency in in_person if agency not in groups["told"]]
    chosen = [agency for name in GROUPS for agency in groups[name]]
    twice = next((around.agencies[a].name for a in chosen if chosen.count(a) > 1), None)
    if twice:
        amiss("told", f"You chose {twice} more than once. Choose it in one place.")
    return (
        *_told(answers, groups["told"], in_person, around, today, amiss),
        *_will_tell(answers, groups["will"], today, amiss),
        *_not_telling(answers, groups["not_telling"], amiss),
    )


def _agencies(answers: Answers, name: str, around: FamilyAround, amiss: Amiss) -> list[UUID]:
    offered = {str(row.id): row.id for row in (*around.others_on_team, *around.others_beyond_team)}
    chosen = dict.fromkeys(answers.many(name))
    if any(value not in offered for value in chosen):
        amiss(name, "Choose agencies from the list.")
    return [offered[value] for value in chosen if value in offered]


def _in_person(answers: Answers, around: FamilyAround, amiss: Amiss) -> dict[UUID, list[UUID]]:
    """Who of the team was told in person, by their agency."""
    offered = {str(one.practitioner): one for one in others_on_team(around)}
    chosen = dict.fromkeys(answers.many("in_person"))
    if any(value not in offered for value in chosen):
        amiss("in_person", "Choose people from the list.")
    found: dict[UUID, list[UUID]] = {}
    for value in chosen:
        if value in offered:
            found.setdefault(offered[value].agency, []).append(offered[value].practitioner)
    return found


def others_on_team(around: FamilyAround) -> list[TeamRow]:
    """The people of the family's team who work for another agency than the reader's."""
    own = around.family.reader.agency
    return [one for one in around.family.team if one.agency != own]


def _told(
    answers: Answers,
    agencies: list[UUID],
    in_person: dict[UUID, list[UUID]],
    around: FamilyAround,
    today: date,
    amiss: Amiss,
) -> list[Telling]:
    if not agencies:
        return []
    told = _told_on(answers, today, amiss)
    basis, much, channel = (answers.one(name) for name in ("basis", "fidelity", "channel"))
    colleagues = {str(row.id): row.id for row in around.colleagues}
    return [
        Telling(
            agency,
            told=told,
            lawful_basis=basis if basis in set(LawfulBasis) else LawfulBasis.NOT_RECORDED,
            channel=channel if channel in CHANNELS else "",
            fidelity=much if much in set(Fidelity) else Fidelity.VERBATIM,
            shared_by=colleagues.get(answers.one("shared_by"), around.family.reader.id),
            subject_told=answers.one("subject_told"),
            reason=answers.one("why_told"),
            to_person=person,
        )
        for agency in agencies
        for person in in_person.get(agency) or (None,)
    ]


def _told_on(answers: Answers, today: date, amiss: Amiss) -> PartialDate:
    choice = answers.one("told_when", "today")
    if choice == "unknown":
        return not_known()
    if choice != "other" and not boxes_filled(answers, "told_on"):
        return on_day(today)
    try:
        return boxes_date(answers, "told_on")
    except DateNotUnderstood as error:
        amiss("told_on", error.reason)
        return not_known()


def _will_tell(answers: Answers, agencies: list[UUID], today: date, amiss: Amiss) -> list[Telling]:
    if not agencies:
        return []
    by = today + timedelta(days=1)
    if boxes_filled(answers, "will_by"):
        by = _day(answers, "will_by", amiss) or by
    if by < today:
        amiss("will_by", "The day by which you will tell them has passed.")
    return [Telling(a, shared=False, reason=WILL_TELL, review_on=by) for a in agencies]


def _not_telling(answers: Answers, agencies: list[UUID], amiss: Amiss) -> list[Telling]:
    if not agencies:
        if answers.said("not_reason"):
            amiss("not_telling", "Choose who is not told yet.")
        return []
    reason = answers.one("not_reason")
    if not reason.strip():
        amiss("not_reason", "Say why they are not told yet.")
    review = _day(answers, "review_on", amiss)
    return [Telling(a, shared=False, reason=reason, review_on=review) for a in agencies]


def _day(answers: Answers, name: str, amiss: Amiss) -> date | None:
    if not boxes_filled(answers, name):
        amiss(name, "Enter the day on which this will be looked at again.")
        return None
    try:
        return boxes_day(answers, name)
    except DateNotUnderstood as error:
        amiss(name, error.reason)
        return None
