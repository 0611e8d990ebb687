"""Layouts of families' networks that were worked out once and are kept, each for one scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.records.network.models import KeptLayout

# A scope keeps its newest few, to start the next from; older ones can be worked out again.
KEPT_IN_A_SCOPE = 5


@dataclass(frozen=True, slots=True)
class LayoutKey:
    """What a kept layout is of: a family, whose sight of it, one graph, one version of the engine.

    `digest` is the SHA-256 of the graph in hexadecimal.
    """

    case: UUID
    scope: str
    digest: str
    version: str

    @property
    def id(self) -> UUID:
        """The id of the row, the same for the same graph."""
        return uuid5(self.case, f"layout:{self.scope}:{self.digest}:{self.version}")


def kept(key: LayoutKey) -> tuple[bool, dict | None]:
    """Whether this layout is kept or asked for, and what was drawn; None while it is waited for."""
    row = KeptLayout.objects.filter(id=key.id).values_list("drawn").first()
    return (False, None) if row is None else (True, row[0])


def latest_drawn(case: UUID, scope: str, version: str) -> dict | None:
    """The newest layout drawn for a scope of a family, whatever its graph; None where none is."""
    rows = KeptLayout.objects.filter(case=case, scope=scope, version=version, drawn__isnull=False)
    return rows.order_by("-asked_at", "id").values_list("drawn", flat=True).first()


def keep(key: LayoutKey, *, drawn: dict | None, graph: dict | None, now: datetime) -> bool:
    """Keep a layout, or the graph of one that is asked for; False where it was there already."""
    row = KeptLayout(
        id=key.id, case_id=key.case, scope=key.scope, digest=key.digest, version=key.version,
        graph=graph, drawn=drawn, asked_at=now,
    )  # fmt: skip
    there = KeptLayout.objects.filter(id=key.id).exists()
    KeptLayout.objects.bulk_create([row], ignore_conflicts=True)
    in_scope = KeptLayout.objects.filter(case=key.case, scope=key.scope).order_by("-asked_at", "id")
    old = list(in_scope.values_list("id", flat=True)[KEPT_IN_A_SCOPE:])
    KeptLayout.objects.filter(id__in=old).delete()
    return not there


def waiting(id: UUID) -> tuple[LayoutKey, dict] | None:
    """The graph of a layout that is waited for, or None where it is drawn or gone."""
    row = (
        KeptLayout.objects.filter(id=id, drawn__isnull=True, graph__isnull=False)
        .values_list("case_id", "scope", "digest", "version", "graph")
        .first()
    )
    if row is None or row[4] is None:
        return None
    return LayoutKey(*row[:4]), row[4]


def fill(id: UUID, drawn: dict) -> None:
    """Keep what was drawn for a layout that was waited for."""
    KeptLayout.objects.filter(id=id).update(drawn=drawn, graph=None)
