"""Which looks of one agency's week somebody should ask about: a list with its reasons, no score.

Every line may have a good reason. A rule finds lines from what the trail holds of looks at whole
families, of refusals and of addresses that were shown, with what is known of the family; `because`
are the events it rests on. Thresholds are the partnership's (`unusual_rules.toml`). Lines are in
order of person and day, never of weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Action, Outcome
from goldenthread.domain.audit.trail import is_by_id, is_look_at_family
from goldenthread.domain.shared.instants import LONDON, day_of, start_of_day
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, Refusal
from goldenthread.domain.shared.word import Word


class UnusualKind(Word):
    """Why a line is on the list."""

    NO_RELATIONSHIP = "no_relationship", "Their agency is not part of the team now"
    SURNAME = "surname", "Has the surname of somebody in this family"
    POSTCODE = "postcode", "Lives where somebody in this family does, by the postcode"
    OUT_OF_HOURS = "out_of_hours", "Opened many families out of hours"
    NO_PART = "no_part", "Is neither allocated nor a named member"
    REFUSED = "refused", "Was refused many times"
    ADDRESS = "address", "Was shown a safe address"


class UnusualAnswer(Word):
    """What a lead says of a line."""

    EXPLAINED = "explained", "Asked, and explained"
    TAKEN_FURTHER = "taken_further", "Taken further"
    NOT_KNOWN = "not_known", "Not known"


class RulesNotUnderstood(Refusal):
    """The rules of what is unusual cannot be read."""


@dataclass(frozen=True, slots=True)
class UnusualFigures:
    """The numbers of `unusual_rules.toml`, as its comments say."""

    night_begins: int
    night_ends: int
    weekends_count: int
    families_in_a_night: int
    days_without_a_part: int
    refusals_in_a_week: int
    addresses_in_a_week: int
    common_surname_at: int
    answer_within: int
    works_at_night: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an agency's week, as the trail holds it."""

    id: UUID
    at: datetime
    practitioner: UUID
    action: str
    outcome: str
    case: UUID | None
    resource: str = ""
    rule: str = ""
    opened: str = ""


@dataclass(frozen=True, slots=True)
class Worker:
    """What is known of somebody who looked: the surname folded, the postcode without spaces."""

    surname: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a family that was looked at.

    `has_tie` says whether the agency is part of its team when the list is made; `with_part` are the
    practitioners who were on its team by name at any time of the week. `surnames` and `postcodes`
    give for each the people, and the kept addresses, that have it. `known` are ids of what in the
    family is open to everybody of the agency: a look at anything else is for others to ask about.
    """

    has_tie: bool
    with_part: frozenset[UUID] = frozenset()
    surnames: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    postcodes: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AgencyWeek:
    """What one agency's people did in the week that begins on a Monday, and what is known of it.

    `surnames_held` says how many of the agency's people have each surname.
    """

    begins: date
    kind: str
    events: tuple[Happened, ...]
    workers: Mapping[UUID, Worker]
    families: Mapping[UUID, Around]
    surnames_held: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnusualLine:
    """One line: whom, which family (None where it is of none alone), on which days, and why.

    `about` are the ids the rule met: people, kept addresses, or the families of a night. A reader
    is told of a line by those of them that they may know; `at_least` is the threshold it met.
    `number` counts refusals.
    """

    kind: UnusualKind
    practitioner: UUID
    case: UUID | None
    days: tuple[date, ...]
    because: tuple[UUID, ...]
    about: tuple[UUID, ...] = ()
    number: int = 0
    at_least: int = 1


def unusual_in(week: AgencyWeek, figures: UnusualFigures) -> tuple[UnusualLine, ...]:
    """Every line of the week, by person, first day and reason; of the same week the same."""
    looks = [one for one in week.events if one.case and _is_look(one, week.families.get(one.case))]
    by_pair: dict[tuple[UUID, UUID], list[Happened]] = defaultdict(list)
    for one in looks:
        if one.case is not None and one.case in week.families:
            by_pair[one.practitioner, one.case].append(one)
    found: list[UnusualLine] = []
    for (who, case), theirs in by_pair.items():
        found += _of_family(week, figures, who, case, theirs)
    if week.kind not in figures.works_at_night:
        found += _nights(looks, figures)
    found += _refusals(week.events, figures)
    found += _addresses(week.events, figures)
    order = list(UnusualKind)
    return tuple(
        sorted(found, key=lambda one: (str(one.practitioner), one.days[0], order.index(one.kind),
                                       str(one.case)))
    )  # fmt: skip


def _is_look(one: Happened, around: Around | None) -> bool:
    known = around.known if around else frozenset[str]()
    return is_look_at_family(one.action, one.outcome, one.resource, one.opened, known)


def seen_by_id_alone(events: Iterable[Happened]) -> set[UUID]:
    """The families somebody looked at on some day by ids alone, and by no page of the family."""
    pages: set[tuple[UUID, UUID, date]] = set()
    by_id: set[tuple[UUID, UUID, date]] = set()
    for one in events:
        if one.case is None:
            continue
        seen = (one.practitioner, one.case, day_of(one.at))
        if _is_look(one, None):
            pages.add(seen)
        elif is_by_id(one.action, one.outcome, one.resource):
            by_id.add(seen)
    return {case for _, case, _ in by_id - pages}


def _of_family(
    week: AgencyWeek, figures: UnusualFigures, who: UUID, case: UUID, looks: list[Happened]
) -> Iterator[UnusualLine]:
    """What the looks of one person at one family meet."""
    around, worker = week.families[case], week.workers.get(who, Worker())
    days, because = _days(looks), tuple(one.id for one in looks)
    if not around.has_tie:
        yield UnusualLine(UnusualKind.NO_RELATIONSHIP, who, case, days, because)
    elif who not in around.with_part and len(days) >= figures.days_without_a_part:
        least = figures.days_without_a_part
        yield UnusualLine(UnusualKind.NO_PART, who, case, days, because, at_least=least)
    rare = week.surnames_held.get(worker.surname, 0) < figures.common_surname_at
    if worker.surname and rare and (same := around.surnames.get(worker.surname)):
        yield UnusualLine(UnusualKind.SURNAME, who, case, days, because, _sorted(same))
    if worker.postcode and (same := around.postcodes.get(worker.postcode)):
        yield UnusualLine(UnusualKind.POSTCODE, who, case, days, because, _sorted(same))


def _nights(looks: Iterable[Happened], figures: UnusualFigures) -> Iterator[UnusualLine]:
    """Somebody opened many families in one night, or on a day at a weekend."""
    nights: dict[tuple[UUID, date], list[Happened]] = defaultdict(list)
    for one in looks:
        if (night := night_of(one.at, figures)) is not None:
            nights[one.practitioner, night].append(one)
    for (who, night), theirs in nights.items():
        families = {one.case for one in theirs if one.case}
        if len(families) >= figures.families_in_a_night:
            yield UnusualLine(
                UnusualKind.OUT_OF_HOURS, who, None, (night,), tuple(one.id for one in theirs),
                _sorted(families), at_least=figures.families_in_a_night,
            )  # fmt: skip


def night_of(at: datetime, figures: UnusualFigures) -> date | None:
    """The day to whose night, or weekend, an instant belongs; None within hours."""
    local = at.astimezone(LONDON)
    day = local.date()
    if local.hour < figures.night_ends:
        return day - timedelta(days=1)
    if local.hour >= figures.night_begins or (figures.weekends_count and day.weekday() >= 5):
        return day
    return None


def _refusals(events: Iterable[Happened], figures: UnusualFigures) -> Iterator[UnusualLine]:
    """Refusals in number, of whatever: which family was refused is told to nobody.

    Also what is by its id in no family that is known: somebody else's draft.
    """
    refused: dict[UUID, list[Happened]] = defaultdict(list)
    for one in events:
        by_id = one.case is not None or one.rule == NOT_IN_WHAT_THEY_READ
        if one.outcome == Outcome.DENY and by_id:
            refused[one.practitioner].append(one)
    for who, theirs in refused.items():
        if len(theirs) >= figures.refusals_in_a_week:
            yield UnusualLine(
                UnusualKind.REFUSED, who, None, _days(theirs), tuple(one.id for one in theirs),
                number=len(theirs), at_least=figures.refusals_in_a_week,
            )  # fmt: skip


def _addresses(events: Iterable[Happened], figures: UnusualFigures) -> Iterator[UnusualLine]:
    """Safe addresses that were shown to somebody, family by family."""
    shown: dict[tuple[UUID, UUID], list[Happened]] = defaultdict(list)
    for one in events:
        if one.action == Action.REVEAL_ADDRESS and one.outcome == Outcome.ALLOW and one.case:
            shown[one.practitioner, one.case].append(one)
    for (who, case), theirs in shown.items():
        if len(theirs) >= figures.addresses_in_a_week:
            yield UnusualLine(
                UnusualKind.ADDRESS, who, case, _days(theirs), tuple(one.id for one in theirs),
                _sorted({UUID(one.resource) for one in theirs}),
                at_least=figures.addresses_in_a_week,
            )  # fmt: skip


def told_of(line: UnusualLine, known: frozenset[UUID]) -> UnusualLine | None:
    """The line as somebody is told of it who may know these of what it is `about`; None for not.

    A night counts the families they may know alone, and is no line where those are too few.
    """
    if not line.about:
        return line
    about = tuple(one for one in line.about if one in known)
    least = line.at_least if line.kind is UnusualKind.OUT_OF_HOURS else 1
    if len(about) < least:
        return None
    return UnusualLine(
        line.kind, line.practitioner, line.case, line.days, line.because, about, line.number,
        line.at_least,
    )  # fmt: skip


def week_of(day: date) -> date:
    """The Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())


def span_of(begins: date) -> tuple[datetime, datetime]:
    """The first instant of a week and the first after it."""
    return start_of_day(begins), start_of_day(begins + timedelta(days=7))


def read_rules(told: Mapping[str, Any]) -> UnusualFigures:
    """The figures of a parsed `unusual_rules.toml`. Raises RulesNotUnderstood."""
    numbers = [name for name in UnusualFigures.__dataclass_fields__ if name != "works_at_night"]
    found = {}
    for name in numbers:
        value = told.get(name, {}).get("value")
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise RulesNotUnderstood(f"“{name}” of what is unusual is not a whole number.")
        found[name] = value
    for name in ("families_in_a_night", "days_without_a_part", "refusals_in_a_week",
                 "addresses_in_a_week"):  # fmt: skip
        if found[name] < 1:
            raise RulesNotUnderstood(f"“{name}” of what is unusual is to be at least 1.")
    if not found["night_ends"] < found["night_begins"] <= 24:
        raise RulesNotUnderstood("A night is to begin after the one before it has ended.")
    kinds = told.get("works_at_night", {}).get("value", [])
    if not isinstance(kinds, list) or not all(isinstance(one, str) for one in kinds):
        raise RulesNotUnderstood("“works_at_night” is to be a list of kinds of agency.")
    return UnusualFigures(**found, works_at_night=frozenset(kinds))


def _days(events: Iterable[Happened]) -> tuple[date, ...]:
    return tuple(sorted({day_of(one.at) for one in events}))


def _sorted(ids: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(ids))
