"""Load many whole families at once: for simulated partnerships, never for a real family.

Everything goes through the same admission as any entry; only the filing is done in bulk.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import AdmittedEntry
from goldenthread.domain.people.names import fold
from goldenthread.records.copying import copy_rows
from goldenthread.records.people import store as people
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.people.set_up import SETTING_UP, NewFamily


def load_families(by: Actor, families: Sequence[tuple[NewFamily, Sequence[AdmittedEntry]]]) -> None:
    """Append families with their people, teams and histories in one transaction."""
    with transaction.atomic(durable=True):
        copy_rows(
            "people_case",
            "id reference family_label opened_on legal_status entries_filed version".split(),
            (
                (f.id, f.reference, f.family_label, f.opened_on, f.legal_status, len(entries), 1)
                for f, entries in families
            ),
        )
        copy_rows(
            "people_person",
            "id given_name family_name known_as is_identified description born born_from born_to"
            " expected_on folded recorded_by_id version".split(),
            (
                (
                    m.id,
                    m.given_name,
                    m.family_name,
                    m.known_as,
                    m.is_identified,
                    m.description,
                    m.born.edtf if m.born else "",
                    m.born and m.born.from_min,
                    m.born and m.born.to_max,
                    m.expected_on,
                    fold(f"{m.given_name} {m.family_name} {m.known_as} {m.description}"),
                    by.account,
                    1,
                )  # fmt: skip
                for f, _ in families
                for m in f.members
            ),
        )
        copy_rows(
            "people_casemember",
            "id case_id person_id role is_child position".split(),
            (
                (uuid5(f.id, f"member:{m.id}"), f.id, m.id, m.role, m.is_child, position)
                for f, _ in families
                for position, m in enumerate(f.members)
            ),
        )
        copy_rows(
            "access_teammember",
            "id case_id practitioner_id role from_on to_on version".split(),
            (
                (t.id, f.id, t.practitioner, t.role, t.from_on, t.to_on, 1)
                for f, _ in families
                for t in f.team
            ),
        )
        everything = [entry for _, entries in families for entry in entries]
        provenance.append(
            everything,
            recorded_by=by.account,
            event=event_of(by, "load_families", SETTING_UP, None, entries=len(everything)),
        )
        people.copy_subjects(everything)
        people.copy_filings((f.id, 1, entries) for f, entries in families)
