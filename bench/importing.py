"""Ten agencies' files of 5,000 rows into one family's record, beside pandas and a bare COPY."""

from __future__ import annotations

import io
import resource
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg

from bench.database import table
from goldenthread.domain.access.decision import Actor
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.interop.simulator.partnership import Partnership
from goldenthread.interop.spreadsheets import writing
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.usecases.chronology.same_events import possible_same_events
from goldenthread.usecases.people.set_up import open_family, set_up_agencies

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
FILES = 10


def run(server, *, rows: int) -> None:
    """Write the files, read them plainly, copy them barely, import them; print the ratios."""
    partnership = Partnership(21, tag="import")
    first = partnership.practitioners[0]
    by = Actor(first.account, first.id, first.agency)
    set_up_agencies(by, partnership.agencies, partnership.practitioners)
    one = partnership.family(0, children=3, entries=FILES * rows)
    open_family(by, one.family)
    files = _files(partnership, one, rows)
    total = FILES * rows
    plain = _timed(lambda: [_read_plainly(content) for _, content in files])
    bare = _timed(lambda: _copy_barely(server, one))
    asker = _actor(partnership, one.family.team[0].practitioner)
    bring = _timed(lambda: [_bring(asker, one.family.id, a, c) for a, c in files])
    again = _timed(lambda: _bring(asker, one.family.id, *files[0]))
    same = _timed(lambda: possible_same_events(asker, one.family.id, now=NOW))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    table(
        f"Import of {FILES} files of {rows:,} rows",
        [
            ("pandas.read_excel, the same files", f"{total / plain:9,.0f} rows/s"),
            ("COPY of the same rows' words, one bare table", f"{total / bare:9,.0f} rows/s"),
            ("import: read, check, confirm, keep", f"{total / bring:9,.0f} rows/s"),
            ("import / pandas, time", f"{bring / plain:9.2f} times"),
            ("import / bare COPY, time", f"{bring / bare:9.2f} times"),
            ("the first file again: nothing added", f"{rows / again:9,.0f} rows/s"),
            ("possibly-same-event questions over the family", f"{same:9.1f} s"),
            ("peak memory of this process, pandas included", f"{peak:9.0f} MB"),
            ("peak memory of the largest reading process", f"{child:9.0f} MB"),
        ],
    )


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _actor(partnership: Partnership, practitioner: UUID) -> Actor:
    found = next(p for p in partnership.practitioners if p.id == practitioner)
    return Actor(found.account, found.id, found.agency)


def _files(partnership: Partnership, one, rows: int) -> list[tuple[UUID, bytes]]:
    """Ten workbooks, dealt out to the agencies of the team in turn."""
    team = [_actor(partnership, member.practitioner).agency for member in one.family.team]
    names = {member.id: member.role for member in one.family.members}
    files = []
    for number in range(FILES):
        agency = team[number % len(team)]
        out = io.BytesIO()
        part = one.entries[number * rows : (number + 1) * rows]
        writing.write_xlsx(
            (_plain(e.statement, str(agency), names, f"F{number}-{i}") for i, e in enumerate(part)),
            out,
            made="Invented, for measuring.",
        )
        files.append((agency, out.getvalue()))
    return files


def _plain(said, agency: str, names: dict[UUID, str], ref: str) -> PlainEntry:
    return PlainEntry(
        ref=ref, happened=said.happened.edtf, agency=agency, source="Practitioner",
        how_known=said.how_known, told_by="", people=tuple(names[s.person] for s in said.subjects),
        kind=said.kind, concerns=said.concerns, text=said.text, impact=said.impact,
        action=said.action, known_from="", shares=(), significance=said.significance,
    )  # fmt: skip


def _read_plainly(content: bytes) -> int:
    import pandas

    return len(pandas.read_excel(io.BytesIO(content)))


def _copy_barely(server, one) -> None:
    with psycopg.connect(server.url("gt_owner")) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (id uuid, happened text, kind text, said text)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for entry in one.entries:
                said = entry.statement
                copy.write_row((said.id, said.happened.edtf, said.kind, said.text))


def _bring(asker: Actor, case: UUID, agency: UUID, content: bytes) -> None:
    bring_in(asker, case, content, "file.xlsx", id=uuid4(), now=NOW, agency=agency)
