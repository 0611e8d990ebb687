"""Checks what is corrected in place: against its history, and who changed it.

The history itself is sealed like the record, so that whatever differs from it was changed behind
it. What was changed in the open by somebody else than the service stands in it, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from goldenthread.domain.audit import findings as said
from goldenthread.domain.audit.findings import Finding, Kind
from goldenthread.records.audit import log_reading
from goldenthread.records.audit.history_reading import Differing, differing
from goldenthread.records.grants import HISTORY, WITH_HISTORY
from goldenthread.usecases.audit.naming import in_words


def behind_the_history() -> Iterator[Finding]:
    """Every row that does not stand as its history leaves it, by table and id."""
    if not log_reading.tables_there((HISTORY,)):
        yield Finding(Kind.REMOVED, said.NO_HISTORY, table=HISTORY)
        return
    for table in log_reading.tables_there(tuple(WITH_HISTORY)):
        for one in differing(table, WITH_HISTORY[table]):
            kind, words = _sentence(in_words(table, one.row), one)
            yield Finding(kind, words, table=table, row=str(one.row))


def _sentence(named: str, one: Differing) -> tuple[Kind, str]:
    if not one.stands:
        return Kind.REMOVED, said.gone_from_its_history(named)
    if one.done in (None, "removed"):
        return Kind.INSERTED, said.without_history(named, is_back=one.done is not None)
    return Kind.ALTERED, said.unlike_its_history(named, one.columns)


def changed_by_hand(
    row: Mapping[str, str | None], place: int, service_roles: set[str]
) -> Finding | None:
    """What one row of the history tells of a change that the service did not make; else None.

    `row` is its columns as the database's own text. A migration is the service's own.
    """
    role = row.get("database_role") or "nobody"
    if role in service_roles or row.get("in_migration") == "true":
        return None
    table, id = row.get("changed_table") or "", UUID(row.get("changed_row") or "")
    when = said.moment(datetime.fromisoformat(row.get("recorded_at") or ""))
    words = said.by_hand(in_words(table, id), row.get("done") or "changed", when, role, place)
    return Finding(Kind.BY_HAND, words, place, table, str(id))
