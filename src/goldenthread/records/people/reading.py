"""Families and their people as frozen rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.people.age import age_in_words
from goldenthread.domain.people.names import fold
from goldenthread.domain.people.references import reference_key
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.people.models import (
    Case,
    CaseMember,
    Filing,
    PersonAlias,
    StatementSubject,
)
from goldenthread.records.shared.conditions import is_one_of


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The record of one family."""

    id: UUID
    reference: str
    family_label: str
    opened_on: date
    closed_on: date | None
    legal_status: str
    entries_filed: int


@dataclass(frozen=True)
class MemberRow:
    """One person in one family; the name and birth date are worked out once, not for each entry."""

    person: UUID
    role: str
    is_child: bool
    given_name: str
    family_name: str
    known_as: str
    description: str
    is_identified: bool
    born_edtf: str
    expected_on: date | None
    died_edtf: str = ""
    gender: str = ""
    loss: str = ""
    brought_by: UUID | None = None

    @cached_property
    def name(self) -> str:
        """What to call them; an unknown person's description."""
        first = self.known_as or self.given_name
        return " ".join(filter(None, (first, self.family_name))) or self.description

    @cached_property
    def born(self) -> PartialDate | None:
        """The date of birth as known."""
        return parse_edtf(self.born_edtf) if self.born_edtf else None

    @property
    def died(self) -> PartialDate | None:
        """The date of death as known; None where nobody has recorded a death."""
        return parse_edtf(self.died_edtf) if self.died_edtf else None

    def age_on(self, day: date) -> str:
        """The age in words on a day."""
        return age_in_words(self.born, day, expected_on=self.expected_on)


CASE_FIELDS = (
    "id", "reference", "family_label", "opened_on", "closed_on", "legal_status", "entries_filed",
)  # fmt: skip


def case(case_id: UUID) -> CaseRow | None:
    """One family's record, or None."""
    row = Case.objects.filter(id=case_id).values_list(*CASE_FIELDS).first()
    return None if row is None else CaseRow(*row)


def cases_by_id(ids: Iterable[UUID]) -> dict[UUID, CaseRow]:
    """These families' records, by id."""
    rows = Case.objects.filter(id__in=list(ids)).values_list(*CASE_FIELDS)
    return {row[0]: CaseRow(*row) for row in rows}


def members(*case_ids: UUID) -> dict[UUID, list[MemberRow]]:
    """The people of these families in the order the family lists them, by case.

    For identity and for work inside the record: what a reader is shown is `members_seen`.
    """
    return _member_rows(CaseMember.objects.filter(case__in=case_ids), case_ids)


def children(*case_ids: UUID) -> dict[UUID, list[MemberRow]]:
    """The children of these families in the order the family lists them, by case."""
    return _member_rows(CaseMember.objects.filter(case__in=case_ids, is_child=True), case_ids)


def _member_rows(
    listed: QuerySet[CaseMember], case_ids: Iterable[UUID]
) -> dict[UUID, list[MemberRow]]:
    rows = listed.order_by("case_id", "position", "id").values_list(
        "case_id",
        "person_id",
        "role",
        "is_child",
        "person__given_name",
        "person__family_name",
        "person__known_as",
        "person__description",
        "person__is_identified",
        "person__born",
        "person__expected_on",
        "person__died",
        "person__gender",
        "person__loss",
        "brought_by_id",
    )
    found: dict[UUID, list[MemberRow]] = {case_id: [] for case_id in case_ids}
    for row in rows:
        found[row[0]].append(MemberRow(*row[1:]))
    return found


def people_by_words(case_id: UUID, seen: Iterable[MemberRow]) -> dict[str, UUID]:
    """Whom words in this family's papers mean: folded words to person.

    Whoever writes somebody's whole name, or words their file was matched by before, knows of them;
    a role, a first name or a description means only somebody the file's reader has `seen`.
    """
    meanings: dict[str, UUID] = {}
    known = {member.person for member in seen}
    for member in reversed(members(case_id)[case_id]):
        full = f"{member.given_name} {member.family_name}"
        short = (member.role, member.known_as, member.given_name, member.description)
        for words in (*(short if member.person in known else ()), full):
            if fold(words):
                meanings[fold(words)] = member.person
    aliases = PersonAlias.objects.filter(case=case_id).values_list("folded", "person_id")
    return {**meanings, **dict(aliases)}


def cases_of_statement(statement: UUID) -> list[UUID]:
    """The families a statement is filed on."""
    return list(Filing.objects.filter(statement=statement).values_list("case_id", flat=True))


def every_case() -> list[UUID]:
    """The ids of every family's record, in order of reference."""
    return list(Case.objects.order_by("reference").values_list("id", flat=True))


def case_by_reference(reference: str) -> UUID | None:
    """The id of the family with this reference, however it is spelt, or None.

    Where two differ in spelling alone, only the whole reference as it is kept finds either.
    """
    rows = Case.objects.filter(reference_key=reference_key(reference))
    found = list(rows.values_list("reference", "id"))
    if len(found) > 1:
        found = [row for row in found if row[0] == reference.strip()]
    return found[0][1] if found else None


def subjects_of(statements: Iterable[UUID]) -> dict[UUID, list[Subject]]:
    """Whom each of these statements is about, in the order they were named, in one query."""
    found: dict[UUID, list[Subject]] = defaultdict(list)
    rows = StatementSubject.objects.filter(is_one_of("statement", statements)).order_by("id")
    for statement, person, role in rows.values_list("statement_id", "person_id", "role"):
        found[statement].append(Subject(person, role))
    return found
