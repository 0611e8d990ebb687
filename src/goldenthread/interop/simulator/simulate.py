"""Writes a simulated partnership into the database, family by family, with progress."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from goldenthread.domain.access.decision import Actor
from goldenthread.interop.simulator.partnership import Partnership
from goldenthread.usecases.people.load_families import load_families
from goldenthread.usecases.people.set_up import set_up_agencies

FAMILIES_A_BATCH = 100


def simulate(
    *, children: int, seed: int, on_progress: Callable[[int, int], None] | None = None
) -> tuple[int, int]:
    """Simulate about this many children; returns how many children and statements were written.

    The same seed gives the same partnership, and cannot be written twice into one database.
    """
    partnership = Partnership(seed)
    first = partnership.practitioners[0]
    assert first.account is not None
    by = Actor(first.account, first.id, first.agency)
    set_up_agencies(by, partnership.agencies, partnership.practitioners)
    made = statements = 0
    families = partnership.families(children)
    while batch := list(itertools.islice(families, FAMILIES_A_BATCH)):
        load_families(by, [(one.family, one.entries) for one in batch])
        made += sum(one.children for one in batch)
        statements += sum(len(one.entries) for one in batch)
        if on_progress:
            on_progress(made, statements)
    return made, statements
