"""Whom and what a plan's form offers: people of the family, the team, homes, entries."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from goldenthread.domain.needs.vocabulary import Demand
from goldenthread.domain.plans.plan import Who
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.usecases.plans.shown import PlanPage
from goldenthread.web.kit.words import date_in_words
from goldenthread.web.plan.currency import beginning_of
from goldenthread.web.plan.form import Row

OFFERED = 30  # entries offered beside one assumption; the newest that name its people
DECIDE = frozenset({Kind.DECISION, Kind.CONFERENCE, Kind.STRATEGY_MEETING, Kind.CORE_GROUP})
Choice = dict[str, object]


def people(page: PlanPage) -> list[Choice]:
    """The people of the family, by code."""
    return [
        {"value": Who(one.person).code, "text": f"{one.name} ({one.role})"}
        for one in page.family.members
    ]


def practitioners(page: PlanPage) -> list[Choice]:
    """The team, by code, each with post and agency; and whoever the plan names already."""
    return [
        {
            "value": Who(row.id, is_practitioner=True).code,
            "text": f"{row.name}, {row.role}, {row.agency_name}",
        }
        for row in sorted(page.named.practitioners.values(), key=lambda row: row.name)
    ]


def adults(page: PlanPage) -> list[Choice]:
    """The people of the family who are not children."""
    grown = {one.person for one in page.family.members if not one.is_child}
    return [one for one in people(page) if _id(one) in grown]


def plain(choices: Iterable[Choice]) -> list[Choice]:
    """The same by plain id, where only people can be meant."""
    return [{**one, "value": str(_id(one))} for one in choices]


def homes(page: PlanPage) -> list[Choice]:
    """The homes the writer may know of."""
    return [{"value": str(id), "text": home.name} for id, home in page.named.households.items()]


def chosen(choices: Iterable[Choice], values: Iterable[str]) -> list[Choice]:
    """These choices, with those chosen marked."""
    ticked = set(values)
    return [{**one, "chosen": one["value"] in ticked} for one in choices]


def words(vocabulary: type[Part | Demand | Situation | AssumptionNature]) -> list[Choice]:
    """The words of a vocabulary as choices."""
    return [{"value": value, "text": label} for value, label in vocabulary.choices()]


def entries_for(row: Row, history: History) -> list[Choice]:
    """Entries an assumption may rest on: those chosen, and the newest that name its people."""
    ticked = set(row.many("rests_on"))
    named = {code.partition(":")[2] for code in row.many("people")}
    found: list[Choice] = []
    for entry in reversed(history.entries):
        is_chosen = str(entry.id) in ticked
        about = {str(subject.person) for subject in entry.subjects}
        if is_chosen or (named & about and len(found) < OFFERED):
            found.append({"value": str(entry.id), "text": _line(entry), "chosen": is_chosen})
    return found


def decisions(history: History) -> list[Choice]:
    """Entries that may be the decision which caused a version, the newest first."""
    deciding = [one for one in history.entries if one.statement.kind in DECIDE]
    return [{"value": str(one.id), "text": _line(one)} for one in reversed(deciding)][:OFFERED]


def _line(entry: ShownEntry) -> str:
    when = date_in_words(entry.happened, weekday=False)
    return f"{when}, {entry.agency.name}: {beginning_of(entry.statement.text)}"


def _id(choice: Choice) -> UUID:
    return UUID(str(choice["value"]).partition(":")[2])
