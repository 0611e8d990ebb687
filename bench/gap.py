"""The knowledge gap of a decision: a family of 2,000 statements and the heaviest generated one.

Asked by a chair, who reads everything, in a database of 2,000, then 20,000, then 50,000 children.
The floor beside it loads the awareness of the same entries and does nothing with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.database import in_ms, table
from bench.partnership import vacuum
from goldenthread.domain.access.decision import Action, Actor
from goldenthread.interop.simulator.partnership import Partnership
from goldenthread.interop.simulator.simulate import simulate
from goldenthread.records.access.reading import team_of
from goldenthread.records.chronology.reading import all_filed
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Awareness
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.decisions.before_deciding import before_deciding
from goldenthread.usecases.decisions.knowledge_gap import GapSeen, Present, Wanted, gap_at
from goldenthread.usecases.people.load_families import load_families
from goldenthread.usecases.people.set_up import set_up_agencies

ENTRIES = 2_000
SIZES = (2_000, 20_000, 50_000)
FIRST_SEED = 101  # other families than those `as_known` may have put in the same database
ASKED = 40
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DECIDED = NOW - timedelta(days=120)
EVERYTHING = Wanted(only_bearing=False)


def run(*, children: int) -> None:
    """Load a partnership size by size, up to so many children, and ask the same at each."""
    long_one = _long_family()
    rows: list[tuple[str, str]] = []
    loaded = 0
    sizes = [one for one in SIZES if one <= children] or [children]
    for seed, size in enumerate(sizes, start=FIRST_SEED):
        started = time.perf_counter()
        made, _ = simulate(children=size - loaded, seed=seed)
        loaded += made
        took = time.perf_counter() - started
        vacuum()
        rows.append((f"{loaded:,} children in the database", f"loaded in {took:.0f} s"))
        heaviest = _heaviest(besides=long_one)
        for name, case in ((f"{ENTRIES:,} statements", long_one), ("the heaviest", heaviest)):
            rows += _asked(name, case)
    table("The knowledge gap of a decision", rows)


def _long_family() -> UUID:
    partnership = Partnership(11, tag="gap")
    first = partnership.practitioners[0]
    by = Actor(first.account, first.id, first.agency)
    set_up_agencies(by, partnership.agencies, partnership.practitioners)
    one = partnership.family(0, children=3, entries=ENTRIES)
    load_families(by, [(one.family, one.entries)])
    return one.family.id


def _heaviest(*, besides: UUID) -> UUID:
    """The simulated family with the most entries."""
    families = Case.objects.exclude(id=besides).order_by("-entries_filed")
    return families.values_list("id", flat=True)[0]


def _asked(name: str, case: UUID) -> list[tuple[str, str]]:
    chair = _chair_of(case)
    of_team = sorted({one.agency for one in team_of(case, on=NOW.date())}, key=str)
    deciding = of_team[:2]

    def gap() -> GapSeen:
        with permitted(chair, case, Action.VIEW_FAMILY, now=NOW) as permission:
            present = tuple(
                Present(one.practitioner, one.name, one.agency, decided=True)
                for one in team_of(case, on=NOW.date())
            )
            return gap_at(
                permission, EVERYTHING, at=DECIDED, deciding=deciding, present=present, now=NOW
            )

    def floor() -> int:
        rows = Awareness.objects.filter(statement__in=all_filed(case).values("id"))
        fields = "statement_id", "agency_id", "known_from", "level", "recorded_at"
        return len(rows.values_list(*fields))

    found = gap()
    with CaptureQueriesContext(connection) as captured:
        gap()
    entries = all_filed(case).count()
    return [
        (
            f"  {name}: {entries:,} entries, {sum(found.counts.values()):,} facts",
            f"{in_ms(_times(gap))}   {len(captured)} queries",
        ),
        ("    before deciding, with whom to ask", in_ms(_times(lambda: before_deciding(
            chair, case, deciding, EVERYTHING, now=NOW)))),
        ("    floor: its awareness loaded, and nothing done", in_ms(_times(floor))),
    ]  # fmt: skip


def _chair_of(case: UUID) -> Actor:
    """Somebody of the team, made its chair."""
    member = team_of(case, on=NOW.date())[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_teammember SET role = 'chair' "
            "WHERE case_id = %s AND practitioner_id = %s",
            [case, member.practitioner],
        )
    account = Account.objects.get(practitioner=member.practitioner)
    return Actor(account.id, member.practitioner, member.agency)


def _times(ask: Callable[[], object]) -> list[float]:
    ask()
    times = []
    for _ in range(ASKED):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return times
