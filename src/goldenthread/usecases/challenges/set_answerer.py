"""Set who answers at a stage for an agency, and their deputy between two days; a decision, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.challenges.answering import Answerer, DeputyNotUnderstood, answerer_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.challenges import ladders
from goldenthread.records.shared.reading import agencies, practitioners_by_id
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.set_stages import (
    TAKEN,
    SetMeanwhile,
    SettingsNotSet,
    day_typed,
    holds_from_of,
    reason_problems,
)

__all__ = ["AnswererProposed", "NotFoundHere", "SetMeanwhile", "SettingsNotSet", "set_answerer"]


@dataclass(frozen=True, slots=True)
class AnswererProposed:
    """Who answers, their deputy and the deputy's days as typed, why, and from which day."""

    practitioner: UUID | None
    deputy: UUID | None = None
    deputy_from: str = ""
    deputy_to: str = ""
    reason: str = ""
    holds_from: str = ""


def set_answerer(
    actor: Actor, agency: UUID, stage: int, proposed: AnswererProposed, *, id: UUID, based_on: int,
    now: datetime,
) -> int:  # fmt: skip
    """Append a version and give its number; asked twice with one id it is set once.

    `based_on` is the number of the latest version for this agency and stage when the form was
    opened. Raises NotFoundHere, SettingsNotSet and SetMeanwhile.
    """
    with permitted_beside_families(actor, PartnershipAction.SET_STAGES) as permission:
        if agency not in agencies() or not 1 <= stage <= 9:
            raise NotFoundHere("There is no such agency or stage.")
        versions = [one for one in ladders.answerer_versions(agency) if one.stage == stage]
        there = next((one for one in versions if one.id == id), None)
        if there is not None:
            return there.version
        last = versions[-1].version if versions else 0
        if last != based_on:
            raise SetMeanwhile(TAKEN)
        answerer, holds_from = _checked(proposed, now)
        try:
            with transaction.atomic():
                ladders.append_answerer(
                    id, agency=agency, stage=stage, version=last + 1, answerer=answerer,
                    holds_from=holds_from, reason=proposed.reason.strip(), set_by=actor.account,
                    event=permission.event(
                        resource=str(id), for_agency=str(agency), stage=stage, version=last + 1
                    ),
                )  # fmt: skip
        except IntegrityError as taken:
            raise SetMeanwhile(TAKEN) from taken
    return last + 1


def _checked(proposed: AnswererProposed, now: datetime) -> tuple[Answerer, datetime]:
    problems = reason_problems(proposed.reason)
    days: dict[str, date | None] = {"deputy_from": None, "deputy_to": None}
    for part in days:
        try:
            days[part] = day_typed(getattr(proposed, part), part)
        except SettingsNotSet as refused:
            problems |= refused.problems
    holds_from = now
    try:
        holds_from = holds_from_of(proposed.holds_from, now)
    except SettingsNotSet as refused:
        problems |= refused.problems
    chosen = {one for one in (proposed.practitioner, proposed.deputy) if one is not None}
    known = practitioners_by_id(chosen)
    if proposed.practitioner is None or proposed.practitioner not in known:
        problems["practitioner"] = "Choose who answers at this stage."
    if proposed.deputy is not None and proposed.deputy not in known:
        problems["deputy"] = "Choose a deputy from the list, or nobody."
    if problems or proposed.practitioner is None:
        raise SettingsNotSet(problems)
    try:
        answerer = answerer_of(
            proposed.practitioner, proposed.deputy, days["deputy_from"], days["deputy_to"],
            today=day_of(now),
        )  # fmt: skip
    except DeputyNotUnderstood as refused:
        raise SettingsNotSet({refused.part: refused.reason}) from refused
    return answerer, holds_from
