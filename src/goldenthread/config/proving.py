"""The commands that prove the record: checked here, and by partner agencies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from goldenthread.config.saying import demonstration_home, say

if TYPE_CHECKING:
    from goldenthread.config.postgres import Server
    from goldenthread.domain.audit.signed_note import VerifierKey


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
@click.option(
    "--accept", "accepted", multiple=True, type=click.IntRange(1), metavar="NUMBER",
    help="A number that was erased, or changed by hand, and of which you have seen why; may be "
    "given again.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write what was found for a machine.")
@click.option("--demo", "in_demo", is_flag=True, help="Of the demonstration's record.")
def verify(
    key: str, witnessed: tuple[Path, ...], accepted: tuple[int, ...], as_json: bool, in_demo: bool
) -> None:
    """Check the whole record against what was sealed, and name every row that differs.

    Ends with 0 where everything is as it was sealed, with 3 where something is not, and with 4
    where all there is was erased, or changed by hand, and nobody has accepted it with --accept. May
    be run beside a service that is at work.
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
                accepted=accepted,
            )  # fmt: skip
        if as_json:
            click.echo(json.dumps(command.as_json(checked)))
        else:
            click.echo("\n".join(command.said_of(checked)))
        if code := command.exit_code(checked):
            raise SystemExit(code)


@click.group()
def witness() -> None:
    """Have partner agencies witness the log, so that nobody alone can rewrite it."""


@contextmanager
def _log(in_demo: bool, key: str) -> Iterator[VerifierKey]:
    """The record's database in use, and the log's public key."""
    from goldenthread.config.environment import sealing, set_up_django

    with _server_at_work(demonstration_home() if in_demo else None) as server:
        set_up_django(server)
        from goldenthread.interop.audit import command

        yield command.log_key(key, sealing(server).get("GOLDENTHREAD_SEAL_KEY", ""))


_KEY = click.option(
    "--key", default="", help="The log's public key; the one kept here unless given."
)
_DEMO = click.option("--demo", "in_demo", is_flag=True, help="Of the demonstration's record.")


@witness.command("log-key")
@_DEMO
def log_key(in_demo: bool) -> None:
    """Print the log's public key, to be handed to each witness once, on paper or in person."""
    with _log(in_demo, "") as key:
        click.echo(key.text())


@witness.command("add")
@click.argument("witness_key")
@click.option("--agency", required=True, help="The agency's name in the partnership.")
@_DEMO
def add(witness_key: str, agency: str, in_demo: bool) -> None:
    """Make a partner agency a witness, by the public key it made."""
    with _log(in_demo, ""):
        from goldenthread.interop.clock import new_id
        from goldenthread.usecases.audit.witness import add_witness

        added = add_witness(new_id(), agency_name=agency, key=witness_key)
        say(f"{added.name} is a witness of this log.")


@witness.command("export")
@click.option("--since", default=0, type=click.IntRange(0), help="How many rows it witnessed last.")
@click.option("--agency", default="", help="With --events: whose people's.")
@click.option("--events", "with_events", is_flag=True, help="Also what the agency's people did.")
@click.option("--out", type=click.File("w", encoding="utf-8", lazy=True), required=True)
@_KEY
@_DEMO
def export(
    since: int, agency: str, with_events: bool, out: IO[str], key: str, in_demo: bool
) -> None:
    """Write the latest checkpoint, with the proof that nothing before it was rewritten."""
    with _log(in_demo, key) as log_key:
        from goldenthread.interop.audit import command

        command.export_to(out, log_key, old=since, agency=agency, with_events=with_events)


@witness.command("keep")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_KEY
@_DEMO
def keep(file: Path, key: str, in_demo: bool) -> None:
    """Keep a checkpoint that a witness co-signed and sent back."""
    with _log(in_demo, key) as log_key:
        from goldenthread.interop.audit import command

        say(command.keep_file(file, log_key))
