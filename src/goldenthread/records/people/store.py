"""Adds people and families, and files statements on families in a counted order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db.models import F

from goldenthread.domain.chronology.admitting import AdmittedEntry
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.people.models import Case, CaseMember, Person, PersonAlias


def open_case(
    id: UUID, *, reference: str, family_label: str, opened_on: date, legal_status: str,
    event: audit.Event,
) -> None:  # fmt: skip
    """Open the record of one family."""
    Case.objects.create(
        id=id,
        reference=reference,
        family_label=family_label,
        folded=fold(f"{reference} {family_label}"),
        opened_on=opened_on,
        legal_status=legal_status,
    )
    audit.append(event)


def add_person(
    id: UUID, *, given_name: str, family_name: str, known_as: str, description: str,
    is_identified: bool, born: PartialDate | None, expected_on: date | None, recorded_by: UUID,
    event: audit.Event, died: PartialDate | None = None, gender: str = "", loss: str = "",
) -> None:  # fmt: skip
    """Add one person, who may be somebody nobody has identified, has died or was lost unborn."""
    names = f"{given_name} {family_name} {known_as} {description}"
    person = Person(
        id=id,
        given_name=given_name,
        family_name=family_name,
        known_as=known_as,
        description=description,
        is_identified=is_identified,
        born=born.edtf if born else "",
        born_from=born.from_min if born else None,
        born_to=born.to_max if born else None,
        expected_on=expected_on,
        died=died.edtf if died else "",
        died_from=died.from_min if died else None,
        died_to=died.to_max if died else None,
        gender=gender,
        loss=loss,
        folded=fold(names),
        recorded_by_id=recorded_by,
    )
    Person.objects.bulk_create([person])
    audit.append(event)


def add_member(
    case: UUID, person: UUID, *, role: str, is_child: bool, position: int, aliases: Sequence[str],
    event: audit.Event, brought_by: UUID | None = None,
) -> None:  # fmt: skip
    """Place a person in a family, with the words agencies use for them.

    `brought_by` is the agency whose entry or file brings them; None when the record is opened.
    """
    CaseMember.objects.bulk_create(
        [
            CaseMember(
                id=uuid5(case, f"member:{person}"),
                case_id=case,
                person_id=person,
                role=role,
                is_child=is_child,
                position=position,
                brought_by_id=brought_by,
            )
        ],
        ignore_conflicts=True,
    )
    remember_aliases(case, {words: person for words in aliases})
    audit.append(event)


def remember_aliases(case: UUID, aliases: dict[str, UUID]) -> None:
    """Remember what somebody in this family is called; a name already taken keeps its meaning."""
    PersonAlias.objects.bulk_create(
        [
            PersonAlias(
                id=uuid5(case, f"alias:{fold(words)}"),
                case_id=case,
                person_id=person,
                words=words,
                folded=fold(words),
            )
            for words, person in aliases.items()
            if fold(words)
        ],
        ignore_conflicts=True,
    )


def file_entries(case: UUID, entries: Sequence[AdmittedEntry]) -> int:
    """File statements on a family in the order given, and name their subjects.

    Returns the number the first of them was given. The update locks the case row until the end of
    the transaction, so numbers are handed out in the order they become visible.
    """
    Case.objects.filter(id=case).update(entries_filed=F("entries_filed") + len(entries))
    last = Case.objects.values_list("entries_filed", flat=True).get(id=case)
    first = last - len(entries) + 1
    copy_subjects(entries)
    copy_filings([(case, first, entries)])
    return first


def copy_subjects(entries: Sequence[AdmittedEntry]) -> None:
    """Name the people that statements are about."""
    copy_rows(
        "people_statementsubject",
        ("id", "statement_id", "person_id", "role"),
        (
            (uuid5(e.statement.id, f"subject:{s.person}"), e.statement.id, s.person, s.role)
            for e in entries
            for s in e.statement.subjects
        ),
    )


def copy_filings(filed: Iterable[tuple[UUID, int, Sequence[AdmittedEntry]]]) -> None:
    """File statements on families: each family with its first number and its entries in order."""
    copy_rows(
        "people_filing",
        ("id", "case_id", "statement_id", "number"),
        (
            (uuid5(case, f"filing:{e.statement.id}"), case, e.statement.id, first + place)
            for case, first, entries in filed
            for place, e in enumerate(entries)
        ),
    )
