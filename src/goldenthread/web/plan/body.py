"""The body of a plan, the same on every page that shows one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.plans.currency import PlanCurrency
from goldenthread.domain.plans.plan import DangerAndGoal, SafetyPlan, Who, WhomToRing
from goldenthread.usecases.plans.shown import EntryLine, Named
from goldenthread.web.kit.words import listed
from goldenthread.web.plan import rows

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Body:
    """What a plan says, ready to show."""

    dangers: tuple[tuple[DangerAndGoal, str], ...]
    doers: tuple[rows.DoerShown, ...]
    what_ifs: tuple[dict[str, str], ...]
    assumptions: tuple[rows.AssumptionShown, ...]
    non_negotiables: tuple[str, ...]
    ring: tuple[WhomToRing, ...]
    child_view: str
    no_men_because: str


def body_of(
    plan: SafetyPlan, named: Named, entries: Mapping[UUID, EntryLine], case: UUID, *,
    version: UUID = NOBODY, currency: PlanCurrency | None = None, holds: str = "",
    hints: Mapping[str, tuple[str, ...]] | None = None,
) -> Body:  # fmt: skip
    """The body of a plan; without a version nobody's own is offered."""
    return Body(
        dangers=tuple(
            (one, listed([named.of(Who(id)) for id in one.about])) for one in plan.dangers
        ),
        doers=tuple(rows.doers(plan, named, case, version, hints or {})),
        what_ifs=tuple(rows.what_if_words(one, named) for one in plan.what_ifs),
        assumptions=tuple(
            rows.assumptions(plan, named, entries, case, currency=currency, holds=holds)
        ),
        non_negotiables=plan.non_negotiables,
        ring=plan.ring,
        child_view=plan.child_view,
        no_men_because=plan.no_men_because,
    )
