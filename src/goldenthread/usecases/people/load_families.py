"""Load many whole families at once: for simulated partnerships, never for a real family.

Everything goes through the same admission as any entry; only the filing is done in bulk.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import AdmittedEntry
from goldenthread.domain.people.names import fold
from goldenthread.records.copying import copy_rows
from goldenthread.records.people import store as people
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.people.set_up import SETTING_UP, NewFamily, NewMember

Loaded = Sequence[tuple[NewFamily, Sequence[AdmittedEntry]]]


def load_families(by: Actor, families: Loaded) -> None:
    """Append families with their people, teams and histories in one transaction."""
    everything = [entry for _, entries in families for entry in entries]
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        _copy_cases(families)
        _copy_people(families, recorded_by=by.account)
        _copy_teams(families)
        provenance.append(
            everything,
            recorded_by=by.account,
            event=event_of(by, "load_families", SETTING_UP, None, entries=len(everything)),
        )
        people.copy_subjects(everything)
        people.copy_filings((f.id, 1, entries) for f, entries in families)


def _copy_cases(families: Loaded) -> None:
    copy_rows(
        "people_case",
        [
            "id",
            "reference",
            "family_label",
            "opened_on",
            "legal_status",
            "folded",
            "entries_filed",
            "version",
        ],
        (_case_row(f, len(entries)) for f, entries in families),
    )


def _case_row(f: NewFamily, entries: int) -> tuple[object, ...]:
    found_by = fold(f"{f.reference} {f.family_label}")
    return (f.id, f.reference, f.family_label, f.opened_on, f.legal_status, found_by, entries, 1)


def _copy_people(families: Loaded, *, recorded_by: UUID) -> None:
    copy_rows(
        "people_person",
        [
            "id",
            "given_name",
            "family_name",
            "known_as",
            "is_identified",
            "description",
            "born",
            "born_from",
            "born_to",
            "expected_on",
            "died",
            "died_from",
            "died_to",
            "gender",
            "loss",
            "folded",
            "recorded_by_id",
            "version",
        ],
        (_person_row(m, recorded_by) for f, _ in families for m in f.members),
    )
    copy_rows(
        "people_casemember",
        ["id", "case_id", "person_id", "role", "is_child", "position"],
        (
            (uuid5(f.id, f"member:{m.id}"), f.id, m.id, m.role, m.is_child, position)
            for f, _ in families
            for position, m in enumerate(f.members)
        ),
    )


def _person_row(m: NewMember, recorded_by: UUID) -> tuple[object, ...]:
    names = fold(f"{m.given_name} {m.family_name} {m.known_as} {m.description}")
    born = (m.born.edtf, m.born.from_min, m.born.to_max) if m.born else ("", None, None)
    died = (m.died.edtf, m.died.from_min, m.died.to_max) if m.died else ("", None, None)
    return (
        m.id, m.given_name, m.family_name, m.known_as, m.is_identified, m.description, *born,
        m.expected_on, *died, m.gender, m.loss, names, recorded_by, 1,
    )  # fmt: skip


def _copy_teams(families: Loaded) -> None:
    copy_rows(
        "access_teammember",
        ["id", "case_id", "practitioner_id", "role", "from_on", "to_on", "version"],
        (
            (t.id, f.id, t.practitioner, t.role, t.from_on, t.to_on, 1)
            for f, _ in families
            for t in f.team
        ),
    )
