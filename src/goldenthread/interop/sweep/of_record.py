"""The sweep of the record itself, for `goldenthread sweep --as`: the families an account chairs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

from goldenthread.analytics.sweep.reading import Partnership
from goldenthread.analytics.sweep.writing import write
from goldenthread.interop import clock
from goldenthread.interop.sweep.command import Progress, Swept, check_engine, day_asked, sweep
from goldenthread.usecases.addresses.check_command import LookedThrough
from goldenthread.usecases.risk.in_force import patterns_in_force
from goldenthread.usecases.risk.whole_histories import who_sweeps, whole_histories


def sweep_record(
    email: str,
    out: IO[str],
    *,
    engine: str,
    on: str,
    on_read: Progress | None = None,
) -> Swept:
    """Sweep every family of the record that the account may read whole. Raises a Refusal.

    Asked with the numbers the partnership has set. `on_read` is told (families read, families in
    all). What is read lies in a folder of its own
    meanwhile, which is deleted at the end.
    """
    check_engine(engine)
    day = day_asked(on, clock.today())
    actor = who_sweeps(email)
    with tempfile.TemporaryDirectory(prefix="goldenthread-sweep-") as folder:
        now = clock.now()
        write(Path(folder), whole_histories(actor, now=now, on_progress=on_read))
        partnership, patterns = Partnership(Path(folder)), patterns_in_force(now)
        looked_through = LookedThrough(out, actor, now=now)
        return sweep(partnership, looked_through, engine=engine, on=day, patterns=patterns)
