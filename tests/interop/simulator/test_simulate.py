"""Families loaded in bulk are the rows that opening them one by one would have made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.domain.access.decision import Actor
from goldenthread.interop.simulator.partnership import Partnership, SimulatedFamily
from goldenthread.interop.simulator.simulate import simulate
from goldenthread.records.access.models import TeamMember
from goldenthread.records.people.models import Case, CaseMember, Person
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.people.load_families import load_families
from goldenthread.usecases.people.set_up import open_family, set_up_agencies
from tests.conftest import PRISTINE, cloned

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def partnership() -> tuple[Actor, list[SimulatedFamily]]:
    """The same families each time, and somebody who is on the team of the first."""
    made = Partnership(11)
    families = list(made.families(4))
    by_id = {one.id: one for one in made.practitioners}
    worker = by_id[families[0].family.team[0].practitioner]
    assert worker.account
    actor = Actor(worker.account, worker.id, worker.agency)
    set_up_agencies(actor, made.agencies, made.practitioners)
    return actor, families


def rows() -> dict[str, list]:
    """Every row of a family but how many entries are filed on it."""
    kept = {"recorded_at", "entries_filed"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in kept}
            for row in model.objects.order_by("id").values()
        ]
        for model in (Case, Person, CaseMember, TeamMember)
    }


def test_loaded_together_they_are_what_they_are_opened_one_by_one(postgres):
    made = []
    for _ in cloned(postgres, PRISTINE):
        actor, families = partnership()
        load_families(actor, [(one.family, one.entries) for one in families])
        made.append(rows())
    for _ in cloned(postgres, PRISTINE):
        actor, families = partnership()
        for one in families:
            open_family(actor, one.family)
        made.append(rows())

    together, one_by_one = made
    assert together["Case"]
    assert together == one_by_one


def test_a_family_of_a_simulated_partnership_is_found_by_its_name(record):
    actor, families = partnership()
    load_families(actor, [(one.family, one.entries) for one in families])

    found = families_of(actor, now=NOW, words=families[0].family.family_label)

    assert families[0].family.id in {line.case.id for line in found}


@pytest.mark.parametrize("children", [1, 3])
def test_a_partnership_has_as_many_children_as_were_asked_for(record, children):
    made, statements = simulate(children=children, seed=5)

    assert made >= children
    assert statements >= made * 5
