"""Who may be on the named list of a seal: refused in words, before the seal is made or changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.access.seals import TOO_FEW, Named, outlasts, refused
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of
from goldenthread.records.shared.reading import actors_of, agencies, practitioners_by_id
from goldenthread.usecases.access.seal_rules import seal_rules


class CannotSeal(Refusal):
    """This seal cannot be made or changed as it was asked; `part` names the field, or ""."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


def refuse_named(case: UUID, kind: str, wanted: Collection[UUID], *, now: datetime) -> None:
    """Refuse whoever a seal of this kind may not name. Raises CannotSeal."""
    rule = seal_rules().named.get(kind)
    barred = refused(people_named(case, wanted, now=now), rule)
    if barred and rule is not None:
        names = ", ".join(f"{one.name} of {one.agency_name}" for one in barred)
        raise CannotSeal(
            "named",
            f"A seal for “{SealKind.label_of(kind)}” cannot name {names}. It names only the "
            "allocated worker, the chair, leads and emergency duty of children’s social care "
            f"({rule.agency_source}).",
        )


def refuse_list_of_too_few(case: UUID, wanted: Collection[UUID], *, now: datetime) -> None:
    """Refuse a named list that would leave nobody to lift the seal. Raises CannotSeal."""
    if not outlasts(people_named(case, wanted, now=now)):
        raise CannotSeal("named", TOO_FEW)


def people_named(case: UUID, wanted: Collection[UUID], *, now: datetime) -> list[Named]:
    """These people as a seal's rules ask about them, by name."""
    team = team_of(case, on=day_of(now))
    roles = {one.practitioner: one.role for one in team}
    on_team = {one.agency for one in team}
    kinds = agencies()
    able = {one.practitioner for one in actors_of(set(wanted))}
    rows = sorted(practitioners_by_id(set(wanted)).values(), key=lambda row: row.name)
    return [
        Named(
            row.id, row.name, kinds[row.agency].kind, row.agency_name, row.remit,
            roles.get(row.id), row.agency in on_team, row.id in able,
        )
        for row in rows
    ]  # fmt: skip
