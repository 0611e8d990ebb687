"""Questions nobody has answered: which of my families have them, and how many families in all.

A practitioner sees their own families', from the scope they read each in. Whoever keeps the
partnership sees counts alone, in which no family can be found.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.risk.unanswered import (
    CountingRules,
    Line,
    Unanswered,
    is_too_few,
    lines_of,
)
from goldenthread.domain.risk.vocabulary import Nature, PromptType
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import TeamRow, cases_of, teams_of
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import CaseRow
from goldenthread.records.risk.reading import QuestionRow, open_everywhere, open_questions_of
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases._steps.who_is_asked import who_is_asked

__all__ = ["Line", "Numbers", "UnansweredFamily", "unanswered_families", "unanswered_in_numbers"]

LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")
NOBODY = "Nobody on the team"


@dataclass(frozen=True, slots=True)
class UnansweredFamily:
    """One family with questions open in the scope its reader reads it in.

    `asked` gives each person asked, with how many questions are theirs; None where nobody of the
    team can be asked. `since` is the day since which the oldest is open.
    """

    case: CaseRow
    questions: int
    since: date
    asked: tuple[tuple[TeamRow | None, int], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Families with an unanswered question: by the agency asked, by what is asked, and in all.

    Where there are too few to tell more of, there are no lines.
    """

    bands: tuple[str, ...]
    by_agency: tuple[Line, ...]
    by_type: tuple[Line, ...]
    all: Line


def unanswered_families(actor: Actor, *, now: datetime) -> list[UnansweredFamily]:
    """The actor's families with an open question, the one open longest first; none for others."""
    with transaction.atomic(durable=True):
        on = day_of(now)
        wall.open_for_own(actor, on=on)
        pairs = cases_of(actor, on=on)
        scopes = [(c.id, None if role == TeamRole.CHAIR else actor.agency) for c, role in pairs]
        rows = _harms(open_questions_of(scopes), now)
        found = _families({case.id: case for case, _ in pairs}, rows, on)
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_unanswered", listed, None, families=len(found)))
    return found


def _families(
    cases: dict[UUID, CaseRow], rows: Sequence[QuestionRow], on: date
) -> list[UnansweredFamily]:
    by_case: dict[UUID, list[QuestionRow]] = defaultdict(list)
    for row in rows:
        by_case[row.case].append(row)
    teams, kinds = teams_of(by_case, on=on), _kinds()
    found = []
    for case, questions in by_case.items():
        asked: dict[TeamRow | None, int] = defaultdict(int)
        for one in questions:
            asked[who_is_asked(one.asked_of, teams[case], kinds)] += 1
        named = sorted(asked.items(), key=lambda pair: pair[0].name if pair[0] else "")
        since = min(one.since for one in questions)
        found.append(UnansweredFamily(cases[case], len(questions), since, tuple(named)))
    return sorted(found, key=lambda one: (one.since, one.case.reference))


def unanswered_in_numbers(actor: Actor, *, now: datetime) -> Numbers:
    """Count families by their unanswered questions, for whoever keeps the partnership.

    Counted over all that every agency put in the record together. Raises NotFoundHere.
    """
    with permitted_beside_families(actor, PartnershipAction.COUNT_UNANSWERED) as permission:
        numbers = _numbers(_harms(open_everywhere(), now), now)
        audit.append(permission.event())
    return numbers


def _numbers(rows: Sequence[QuestionRow], now: datetime) -> Numbers:
    rules, on = counting_rules(), day_of(now)
    bands = tuple(words for _, words in rules.bands)
    whole = lines_of((Unanswered(r.case, "", r.since) for r in rows), rules, on, [""])[0]
    if is_too_few(len({row.case for row in rows}), rules):
        return Numbers(bands, (), (), whole)
    types = {one.key: PromptType.label_of(one.type or "") for one in patterns_in_force(now)}
    asked = (Unanswered(row.case, types[row.pattern], row.since) for row in rows)
    by_agency = lines_of(_by_agency(rows, on), rules, on)
    return Numbers(bands, by_agency, lines_of(asked, rules, on), whole)


def _by_agency(rows: Sequence[QuestionRow], on: date) -> Iterable[Unanswered]:
    teams, kinds = teams_of({row.case for row in rows}, on=on), _kinds()
    for row in rows:
        person = who_is_asked(row.asked_of, teams[row.case], kinds)
        yield Unanswered(row.case, person.agency_name if person else NOBODY, row.since)


def _harms(rows: Iterable[QuestionRow], now: datetime) -> list[QuestionRow]:
    """The questions alone: what holds in a family asks nothing of anybody."""
    asking = {one.key for one in patterns_in_force(now) if one.nature is Nature.HARM}
    return [row for row in rows if row.pattern in asking]


def _kinds() -> dict[UUID, str]:
    return {id: agency.kind_label for id, agency in agencies().items()}


@cache
def counting_rules() -> CountingRules:
    """The rules in `counting_rules.toml`. Raises CountingNotUnderstood."""
    text = (files("goldenthread.usecases.risk") / "counting_rules.toml").read_text("utf-8")
    told = tomllib.loads(text)
    bands = tuple((int(day), str(words)) for day, words in told["bands"])
    return CountingRules(bands, int(told["least_told"]), int(told["rounded_to"]))
