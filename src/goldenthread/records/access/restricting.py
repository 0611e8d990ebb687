"""Loads what restricts families and their entries for one person on one day, in one query.

The tables are tiny beside the record. What is found goes with the ties a reader has to a family, so
that every query form and every rule asks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from goldenthread.domain.access.glass import OpenGlass
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.access.restrictions import EntryRestriction, Restrictions
from goldenthread.domain.shared.instants import start_of_day
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.labels import label_table
from goldenthread.records.access.models import (
    Clearance,
    ClearanceEnd,
    Conflict,
    ConflictEnd,
    GlassBreak,
    GlassEnd,
    Seal,
    SealName,
    SealNameEnd,
    SealStep,
    StatementLabel,
    Withholding,
    WithholdingEnd,
)
from goldenthread.records.people.models import Filing
from goldenthread.records.shared.conditions import as_array, is_one_of

NOBODY = UUID(int=0)
NO_ID = Cast(Value(None), UUIDField())
# Where a query that is written once has what each who asks it asks for.
A_CASE, A_PERSON, A_DAY = UUID(int=1), UUID(int=2), date(1900, 1, 1)


@dataclass
class Standing:
    """What stands today for some families, before it is said of one person.

    `seals` and `named` give for each family, and each entry, the people named on each seal.
    `broken` are, by family and person, the breaks of the glass that nobody ended and whose hours
    reach into the day.
    """

    conflicts: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    cleared: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    seals: dict[UUID, dict[str, set[UUID]]] = field(default_factory=lambda: defaultdict(dict))
    withheld: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    authors: dict[UUID, UUID | None] = field(default_factory=dict)
    labels: dict[UUID, dict[str, Uncleared]] = field(default_factory=lambda: defaultdict(dict))
    named: dict[UUID, dict[str, set[UUID]]] = field(default_factory=lambda: defaultdict(dict))
    broken: dict[tuple[UUID, UUID], list[OpenGlass]] = field(
        default_factory=lambda: defaultdict(list)
    )
    from_people: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    from_agencies: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def entries(self) -> dict[UUID, EntryRestriction]:
        """The restricted entries, by id."""
        return {
            statement: EntryRestriction(
                author=author,
                labels=dict(self.labels.get(statement, {})),
                named=_on_every(self.named[statement]) if statement in self.named else None,
                withheld_people=frozenset(self.from_people.get(statement, ())),
                withheld_agencies=frozenset(self.from_agencies.get(statement, ())),
            )
            for statement, author in self.authors.items()
        }

    def of(self, case: UUID, practitioner: UUID, agency: UUID) -> Restrictions:
        """What restricts one of the families for one person."""
        return Restrictions(
            in_conflict=case in self.conflicts.get(practitioner, ()),
            is_sealed=case in self.seals,
            is_named=practitioner in _on_every(self.seals.get(case, {})),
            is_withheld=not self.withheld.get(case, set()).isdisjoint((practitioner, agency)),
            cleared=frozenset(self.cleared.get(practitioner, ())),
            broken=tuple(self.broken.get((case, practitioner), ())),
            entries=self.entries,
        )


def restrictions_of(
    cases: Collection[UUID], practitioner: UUID, agency: UUID, *, on: date
) -> dict[UUID, Restrictions]:
    """What restricts each of these families for one person on a day. One query for all of them."""
    found = standing_on(cases, on=on, for_alone=practitioner)
    return {case: found.of(case, practitioner, agency) for case in cases}


def standing_on(cases: Collection[UUID], *, on: date, for_alone: UUID | None = None) -> Standing:
    """What stands on a day for these families, for everybody or for one person alone. One query."""
    found = Standing()
    if cases:
        for row in _rows(cases, on, for_alone):
            _take(found, *row)
    return found


# An entry that something restricts for anybody. What is kept for a whole agency is worked out
# without these: each of its people may read the rest. A label that keeps back the source alone does
# not count, and a withholding counts until somebody ends it. For a query over `people_filing f`,
# whose parameters are those of `restricted_words`.
RESTRICTED = """(
    EXISTS (SELECT FROM access_statementlabel l
            WHERE l.statement_id = f.statement_id AND l.takes_off_id IS NULL
            AND l.label = ANY(%(restricting_labels)s)
            AND NOT EXISTS (SELECT FROM access_statementlabel o WHERE o.takes_off_id = l.id))
    OR EXISTS (SELECT FROM access_seal z WHERE z.statement_id = f.statement_id
               AND NOT EXISTS (SELECT FROM access_sealstep t WHERE t.seal_id = z.id AND t.lifts))
    OR EXISTS (SELECT FROM access_withholding w WHERE w.statement_id = f.statement_id
               AND NOT EXISTS (SELECT FROM access_withholdingend e
                               WHERE e.withholding_id = w.id))
)"""


def restricted_words() -> dict[str, list[str]]:
    """The parameters of `RESTRICTED`."""
    labels = label_table().labels.values()
    whole = [str(one.key) for one in labels if one.uncleared is not Uncleared.SOURCE]
    return {"restricting_labels": whole}


_AMONG = "SELECT f.statement_id FROM people_filing f WHERE f.case_id = %(case)s AND " + RESTRICTED


def restricted_among(case: UUID) -> frozenset[UUID]:
    """The entries of a family that something restricts for anybody, as `RESTRICTED` says."""
    with connection.cursor() as cursor:
        cursor.execute(_AMONG, {"case": case, **restricted_words()})
        return frozenset(row[0] for row in cursor.fetchall())


def sealed_families() -> frozenset[UUID]:
    """The families that are sealed: no count over many families takes them in."""
    rows = standing_seals().filter(case__isnull=False)
    return frozenset(rows.values_list("case_id", flat=True))


def standing_labels() -> QuerySet[StatementLabel]:
    """The labels that were put on and not taken off."""
    off = StatementLabel.objects.filter(takes_off=OuterRef("pk"))
    return StatementLabel.objects.filter(~Exists(off), takes_off__isnull=True)


def standing_seals() -> QuerySet[Seal]:
    """The seals that were not lifted."""
    lifted = SealStep.objects.filter(seal=OuterRef("pk"), lifts=True)
    return Seal.objects.filter(~Exists(lifted))


def standing_names(on: date) -> QuerySet[SealName]:
    """Who is on the named list of any seal on a day."""
    ended = SealNameEnd.objects.filter(name=OuterRef("pk"), to_on__lte=on)
    return SealName.objects.filter(_on(on), ~Exists(ended))


def standing_withholdings(on: date | None) -> QuerySet[Withholding]:
    """The withholdings that stand on a day; None for all that nobody ended."""
    ended = WithholdingEnd.objects.filter(withholding=OuterRef("pk"))
    rows = Withholding.objects.filter(~Exists(ended))
    return rows if on is None else rows.filter(Q(until__isnull=True) | Q(until__gte=on))


def standing_breaks(on: date) -> QuerySet[GlassBreak]:
    """The breaks of the glass that nobody ended and that reach into a day, or past it."""
    ended = GlassEnd.objects.filter(broken=OuterRef("pk"))
    return GlassBreak.objects.filter(~Exists(ended), until__gt=start_of_day(on))


def standing_conflicts() -> QuerySet[Conflict]:
    """The conflicts that nobody lifted."""
    return Conflict.objects.filter(~Exists(ConflictEnd.objects.filter(conflict=OuterRef("pk"))))


def standing_clearances(on: date) -> QuerySet[Clearance]:
    """The clearances that hold on a day."""
    ended = ClearanceEnd.objects.filter(clearance=OuterRef("pk"))
    return Clearance.objects.filter(_on(on), ~Exists(ended))


def _on(day: date, prefix: str = "") -> Q:
    began = Q(**{f"{prefix}from_on__lte": day})
    goes_on = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gt": day})
    return began & goes_on


def _rows(cases: Collection[UUID], on: date, for_alone: UUID | None) -> Iterable[tuple]:
    """What stands, each as (sort, case, statement, word, practitioner, agency, author)."""
    with connections[Conflict.objects.db].cursor() as cursor:
        cursor.execute(*as_sent(cases, on, for_alone))
        return cursor.fetchall()


def as_sent(
    cases: Collection[UUID], on: date, for_alone: UUID | None
) -> tuple[str, tuple[Any, ...]]:
    """The query of `as_written` and its parameters, without writing it anew.

    Every page asks it, and Django takes longer to write it than the database to answer.
    """
    sql, parameters = _written_once(for_alone is not None)
    asked = {
        as_array([A_CASE]): as_array(cases),
        A_DAY: on,
        start_of_day(A_DAY): start_of_day(on),
        A_PERSON: for_alone,
    }
    return sql, tuple(asked.get(one, one) for one in parameters)


@cache
def _written_once(for_alone: bool) -> tuple[str, tuple[Any, ...]]:
    return as_written([A_CASE], A_DAY, A_PERSON if for_alone else None)


def as_written(
    cases: Collection[UUID], on: date, for_alone: UUID | None
) -> tuple[str, tuple[Any, ...]]:
    """The query for what stands, and its parameters, as Django writes it."""
    filed = Exists(Filing.objects.filter(is_one_of("case", cases), statement=OuterRef("statement")))
    among = is_one_of("case", cases)
    here = Q(among) | Q(filed)
    theirs = Q() if for_alone is None else Q(practitioner=for_alone)
    named = standing_names(on).filter(seal__in=standing_seals().filter(here).values("id"))
    hours = Concat(_as_words("opened_at"), Value("/"), _as_words("until"))
    broken = standing_breaks(on).filter(among, theirs).annotate(hours=hours)
    parts = [
        _as(standing_conflicts().filter(among, theirs), "conflict"),
        _as(standing_clearances(on).filter(theirs), "cleared", word="label"),
        _as(standing_labels().filter(filed), "label", word="label"),
        _as(standing_seals().filter(here), "seal", word="id"),
        _as(named, "seal", case="seal__case_id", statement="seal__statement_id",
            author="seal__statement__asserted_by_id", word="seal_id"),
        _as(standing_withholdings(on).filter(here), "withheld"),
        _as(broken, "broken", word="hours", author="id"),
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def _as(rows: QuerySet, sort: str, **columns: str) -> QuerySet:
    """Rows of any of these tables in the one shape that they are joined in."""
    has = {one.attname for one in rows.model._meta.fields}

    def of(name: str, usual: str) -> Combinable:
        column = columns.get(name, usual)
        return Cast(F(column), UUIDField()) if "__" in column or column in has else NO_ID

    author = "statement__asserted_by_id" if "statement_id" in has else ""
    word = columns.get("word")
    return rows.order_by().values_list(
        Value(sort, output_field=CharField()),
        of("case", "case_id"),
        of("statement", "statement_id"),
        _as_words(word) if word else Value("", output_field=CharField()),
        of("practitioner", "practitioner_id"),
        of("agency", "agency_id" if rows.model is Withholding else ""),
        of("author", author),
    )


def _as_words(column: str) -> Cast:
    return Cast(F(column), CharField())


def _take(
    found: Standing, sort: str, case: UUID | None, statement: UUID | None, word: str,
    person: UUID | None, agency: UUID | None, author: UUID | None,
) -> None:  # fmt: skip
    if statement is not None:
        found.authors[statement] = author
    if sort == "conflict" and case and person:
        found.conflicts[person].add(case)
    elif sort == "cleared" and person:
        found.cleared[person].add(word)
    elif sort == "label" and statement:
        found.labels[statement][word] = label_table().labels[word].uncleared
    elif sort == "seal":
        of = found.seals[case] if case else found.named[statement or NOBODY]
        of.setdefault(word, set()).update({person} if person else ())
    elif sort == "broken" and case and person and author:
        since, until = map(datetime.fromisoformat, word.split("/"))
        found.broken[case, person].append(OpenGlass(author, since, until, glass_rules().labels))
    elif sort == "withheld" and case:
        found.withheld[case].add(person or agency or NOBODY)
    elif sort == "withheld" and statement:
        whom = found.from_people if person else found.from_agencies
        whom[statement].add(person or agency or NOBODY)


def _on_every(lists: Mapping[str, set[UUID]]) -> frozenset[UUID]:
    """Who is on the named list of each of these seals: one that lets in opens no other."""
    first, *others = lists.values() or [set[UUID]()]
    return frozenset(first.intersection(*others))
