"""One simulated partnership for every part that asks about a whole one, loaded once in a run."""

from __future__ import annotations

from functools import cache

from django.db import connections

from goldenthread.interop.simulator.simulate import simulate

SEED = 303  # other families than those `as_known` and `gap` put in the same database


@cache
def load(children: int) -> None:
    """Load a partnership of so many children, unless this run has done so."""
    simulate(children=children, seed=SEED)
    vacuum()


def vacuum() -> None:
    """Bring up to date what the planner knows of the tables."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
