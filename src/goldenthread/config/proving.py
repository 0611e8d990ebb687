"""The commands that prove the record: checked here, and by partner agencies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.config.saying import demonstration_home, say

if TYPE_CHECKING:
    from goldenthread.config.postgres import Server


@contextmanager
def _server_at_work(home: Path | None) -> Iterator[Server]:
    """The server that is running, beside whoever runs it; else one of our own for the while."""
    from goldenthread.config import postgres

    try:
        server = postgres.attached_server(home, say=say)
    except postgres.DatabaseRefused:
        with postgres.running_server(home, say=say) as own:
            yield own
    else:
        yield server


@click.command()
@click.option("--key", default="", help="The log's public key; the one kept here unless given.")
@click.option(
    "--witnessed", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint that a partner agency kept; may be given again.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write what was found for a machine.")
@click.option("--demo", "in_demo", is_flag=True, help="Of the demonstration's record.")
def verify(key: str, witnessed: tuple[Path, ...], as_json: bool, in_demo: bool) -> None:
    """Check the whole record against what was sealed, and name every row that differs.

    Ends with 0 where everything is as it was sealed, and with 3 where something is not. May be run
    beside a service that is at work.
    """
    from goldenthread.config.environment import sealing, set_up_django
    from goldenthread.config.progress import progress_bar

    with _server_at_work(demonstration_home() if in_demo else None) as server:
        set_up_django(server)
        from goldenthread.interop.audit import command

        given = sealing(server)
        head = given.get("GOLDENTHREAD_SEAL_HEAD")
        with progress_bar("Rows", 0) as on_progress:
            checked = command.check(
                command.log_key(key, given.get("GOLDENTHREAD_SEAL_KEY", "")),
                head=Path(head) if head else None, witnessed=witnessed, on_progress=on_progress,
            )  # fmt: skip
        if as_json:
            click.echo(json.dumps(command.as_json(checked)))
        else:
            click.echo("\n".join(command.said_of(checked)))
        if not checked.holds:
            raise SystemExit(command.TAMPERED)
