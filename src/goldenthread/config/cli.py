"""The command line: hands each command to the part of the service that does it.

Each command imports what it needs itself: one that reads a file must not wait for a database's
driver to load.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from goldenthread.config.changing_keys import change_address_key
from goldenthread.config.proving import verify, witness
from goldenthread.config.saying import demonstration_home, say
from goldenthread.domain.shared.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from goldenthread.interop.genealogy.command import Drawn


class _PlainRefusals(click.Group):
    """Shows a refusal as its plain sentence, never as a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=_PlainRefusals, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="goldenthread")
def main() -> None:
    """Goldenthread: one sourced record per family."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="The port on this machine.")
@click.option("--load-only", is_flag=True, help="Load the family and stop.")
def demo(port: int, load_only: bool) -> None:
    """Start the demonstration: an invented family, its agencies, and accounts to sign in with."""
    from goldenthread.config import postgres, serving
    from goldenthread.config.environment import environment, sealing, set_up_django

    with postgres.running_server(demonstration_home(), say=say) as server:
        set_up_django(server, demonstration=True, tls=False)
        from goldenthread.config.migrating import migrate
        from goldenthread.interop.demo import loader

        say("Bringing the database up to date.")
        migrate()
        accounts = loader.load(say=say)
        if load_only:
            return
        address = f"http://localhost:{port}/"
        given = environment(server, owner=False, demonstration=True, tls=False)
        commands = [serving.web_command(host="127.0.0.1", port=port), serving.worker_command()]
        with serving.running(commands, given, of_worker=sealing(server)) as processes:
            serving.wait_until_answering(f"{address}accessibility/", processes, say=say)
            click.echo(loader.welcome(address, accounts))
            serving.until_told_to_stop(processes)
            say("Stopping.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--without-tls", is_flag=True, help="Only for a machine of your own.")
def serve(host: str, port: int, without_tls: bool) -> None:
    """Run the service, behind a proxy that speaks TLS."""
    from goldenthread.config import postgres, serving
    from goldenthread.config.environment import environment, sealing, set_up_django

    with postgres.running_server(say=say) as server:
        set_up_django(server, tls=not without_tls)
        from goldenthread.config.migrating import migrate

        migrate()
        postgres.assert_fit_for_use(server.url("gt_app"))
        given = environment(server, owner=False, tls=not without_tls)
        commands = [serving.web_command(host=host, port=port), serving.worker_command()]
        with serving.running(commands, given, of_worker=sealing(server)) as processes:
            say(f"Goldenthread is listening on {host}:{port}.")
            serving.until_told_to_stop(processes)


@main.command()
def stop() -> None:
    """Stop a database server of ours that was left running."""
    from goldenthread.config import postgres

    postgres.stop_server(say=say)


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django

    with postgres.running_server(say=say) as server:
        set_up_django(server)
        from goldenthread.config.migrating import migrate as bring_up_to_date

        bring_up_to_date(verbosity=1)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--family", required=True, help="The family's reference.")
@click.option("--as", "email", required=True, help="The account that imports.")
@click.option("--agency", default="", help="Whose chronology it is; your own by default.")
@click.option("--check", "check_only", is_flag=True, help="Check every row and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the receipt for a machine.")
@click.option("--demo", "in_demo", is_flag=True, help="Into the demonstration's record.")
def import_(files: tuple[Path, ...], family: str, email: str, agency: str, **flags: bool) -> None:
    """Bring agencies' spreadsheets into a family's record."""
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django
    from goldenthread.config.progress import progress_bar

    home = demonstration_home() if flags["in_demo"] else None
    with postgres.running_server(home, say=say) as server:
        set_up_django(server)
        from goldenthread.domain.chronology.imports import RowOutcome
        from goldenthread.domain.shared.counting import counted
        from goldenthread.interop.chronology.command import import_files

        with progress_bar("Files", len(files)) as on_progress:
            brought = import_files(
                files, family=family, email=email, agency=agency,
                check_only=flags["check_only"], on_progress=on_progress,
            )  # fmt: skip
        if flags["as_json"]:
            click.echo(json.dumps([one.as_json() for one in brought]))
            return
        for one in brought:
            counts = ", ".join(
                f"{RowOutcome.label_of(outcome).lower()}: {n}"
                for outcome, n in one.receipt.counts.items()
            )
            click.echo(
                f"{one.file}: {counted(one.receipt.kept, 'entry', 'entries')} added ({counts})"
            )
            for row, because in one.not_kept:
                click.echo(f"  row {row} not kept: {because}")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.File("wb"), required=True, help="The merged CSV; - for output.")
@click.option("--agency", default="", help="Whose a file is that does not say.")
@click.option("--json", "as_json", is_flag=True, help="Write the report for a machine.")
def merge(files: tuple[Path, ...], out: click.File, agency: str, as_json: bool) -> None:
    """Put several agencies' chronologies in one time order; needs no database."""
    from goldenthread.config.progress import progress_bar
    from goldenthread.domain.shared.counting import counted
    from goldenthread.interop import clock
    from goldenthread.interop.chronology.merging import merge_files, merged_as_json

    with progress_bar("Files", len(files)) as on_progress:
        merged = merge_files(
            files, out=out, today=clock.today(), agency=agency, on_progress=on_progress
        )
    if as_json:
        click.echo(json.dumps(merged_as_json(merged)), err=out.name == "-")
        return
    say(f"{counted(len(merged.entries), 'entry', 'entries')} in time order.")
    for row in merged.held_back:
        say(f"{row.file}, row {row.row}, left out: {' '.join(row.sentences)}")
    if merged.repeated:
        verb = "is" if merged.repeated == 1 else "are"
        rows = counted(merged.repeated, "row")
        say(f"{rows} stood there more than once and {verb} listed once.")
    for pair in merged.possibly_same:
        say(f"Rows {pair.one} and {pair.other} are possibly the same event. {pair.because}")


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--family", default="", help="A family's reference, instead of a file.")
@click.option("--as", "email", default="", help="With --family: the account that asks.")
@click.option("--demo", "in_demo", is_flag=True, help="With --family: in the demonstration.")
@click.option("--at", "day", default="", help="The day to show, such as 2026-03-14.")
@click.option("--encoding", default="", help="How the file's letters are written, if it is wrong.")
@click.option("--svg", "svg_to", type=click.File("wb", lazy=True), help="Where to draw it.")
@click.option("--json", "json_to", type=click.File("wb", lazy=True), help="Where to write it.")
@click.option("--gedcom", "gedcom_to", type=click.File("wb", lazy=True), help="Also as GEDCOM.")
@click.option("--gedcom-version", type=click.Choice(["5", "7"]), default="7", show_default=True)
@click.option("--csv", "csv_to", type=click.File("wb", lazy=True), help="Also as relations CSV.")
def genogram(file: Path | None, family: str, day: str, **options: Any) -> None:
    """Lay a family out, from a FILE (.ged, .ped, .csv) or from the record (--family).

    Without any place to write to, the JSON goes to standard output.
    """
    from goldenthread.interop.genealogy import command

    if bool(file) == bool(family):
        raise click.UsageError("Give a file or --family, one of the two.")
    at = command.day_asked(day)
    if file:
        drawn = command.genogram_of_file(file, at=at, encoding=options["encoding"])
    else:
        drawn = _of_family(family, options["email"], at, in_demo=options["in_demo"])
    for warned in drawn.warnings:
        say(warned.sentence)
    for sentence in command.write(
        drawn.genogram, gedcom_version=int(options["gedcom_version"]),
        svg=options["svg_to"], gedcom=options["gedcom_to"], relations=options["csv_to"],
        json=options["json_to"],
    ):  # fmt: skip
        say(sentence)
    if not any(options[f"{kind}_to"] for kind in ("svg", "json", "gedcom", "csv")):
        command.write(drawn.genogram, json=sys.stdout.buffer)


def _of_family(family: str, email: str, at: date | None, *, in_demo: bool) -> Drawn:
    """The genogram of a family of the record, as the account may see it."""
    if not email:
        raise click.UsageError("Say which account asks, with --as.")
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django

    with postgres.running_server(demonstration_home() if in_demo else None, say=say) as server:
        set_up_django(server)
        from goldenthread.interop.genealogy.of_family import genogram_of_family

        return genogram_of_family(family, email=email, at=at)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--json",
    "json_to",
    type=click.File("w", encoding="utf-8", lazy=False),
    required=True,
    help="Where to write the lines; - for output.",
)
@click.option("--viewpoint", default="pooled", show_default=True, help="Or one agency's word.")
@click.option(
    "--known-at/--happened-at",
    "as_known",
    default=True,
    show_default=True,
    help="Day by day as it became known, or as it happened.",
)
def replay(file: Path, json_to: IO[str], viewpoint: str, as_known: bool) -> None:
    """Live through a past case's FILE day by day and write which questions would have been asked.

    Needs no database. Rows that cannot be used are named, and the others are used.
    """
    from goldenthread.config.progress import progress_bar
    from goldenthread.domain.shared.counting import counted
    from goldenthread.interop.replay import command

    whose = command.viewpoint_of(viewpoint)
    read = command.read_file(file, by_event=not as_known)
    for sentence in read.sentences:
        say(sentence)
    with progress_bar("Entries", len(read.placed.facts)) as on_progress:
        written = command.replay(read, json_to, viewpoint=whose, on_progress=on_progress)
    say(f"{counted(written, 'line')} written.")


@main.command()
@click.option(
    "--children", default=200, type=click.IntRange(1), show_default=True, help="About how many."
)
@click.option("--seed", default=1, show_default=True, help="The same seed, the same partnership.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write files for the sweep here, and nothing into the database.",
)
def simulate(children: int, seed: int, folder: Path | None) -> None:
    """Write an invented partnership of any size into the database, or as files for the sweep."""
    from goldenthread.config.progress import progress_bar

    if folder is not None:
        from goldenthread.interop.simulator.files import simulate_files

        with progress_bar("Children", children) as on_progress:
            made, entries = simulate_files(
                folder, children=children, seed=seed, on_progress=on_progress
            )
        click.echo(f"{made:,} children and {entries:,} statements written to {folder}.")
        return
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django

    with postgres.running_server(say=say) as server:
        set_up_django(server)
        from goldenthread.config.migrating import migrate as bring_up_to_date
        from goldenthread.interop.simulator.simulate import simulate as write

        bring_up_to_date()
        with progress_bar("Children", children) as on_progress:
            made, statements = write(children=children, seed=seed, on_progress=on_progress)
        click.echo(f"{made:,} children and {statements:,} statements written.")


def _say_now_and_then(done: int, of: int) -> None:
    if done % 100 == 0 or done == of:
        say(f"{done:,} of {of:,} families read.")


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--engine",
    type=click.Choice(["reference", "duckdb", "spark"]),
    default="duckdb",
    show_default=True,
)
@click.option(
    "--json",
    "json_to",
    type=click.File("w", encoding="utf-8", lazy=True),
    required=True,
    help="Where to write the lines; - for output.",
)
@click.option("--on", "day", default="", help="The day to ask on; today unless said.")
@click.option("--as", "email", default="", help="Without a folder: the account that asks.")
@click.option("--demo", "in_demo", is_flag=True, help="Without a folder: in the demonstration.")
def sweep(folder: Path | None, engine: str, json_to: IO[str], day: str, **record: Any) -> None:
    """Ask every pattern of every family at once: of the files in FOLDER, or of the record.

    The files come from `goldenthread simulate --out FOLDER`. Of the record, the families that the
    account chairs are swept.
    """
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django
    from goldenthread.config.progress import progress_bar

    if folder is None and not record["email"]:
        raise click.UsageError("Give a folder, or say which account asks, with --as.")
    if folder is not None:
        from goldenthread.analytics.sweep.reading import Partnership
        from goldenthread.interop import clock
        from goldenthread.interop.sweep import command

        partnership = Partnership(folder)
        on = command.day_asked(day, clock.today())
        with progress_bar("Families", partnership.families()) as on_progress:
            swept = command.sweep(
                partnership, json_to, engine=engine, on=on, on_progress=on_progress
            )
    else:
        home = demonstration_home() if record["in_demo"] else None
        with postgres.running_server(home, say=say) as server:
            set_up_django(server)
            from goldenthread.interop.sweep import command, of_record

            swept = of_record.sweep_record(
                record["email"], json_to, engine=engine, on=day, on_read=_say_now_and_then
            )
    for pattern in command.left_to_the_reference(command.shipped_patterns()):
        say(f"{pattern} cannot be asked in sets: the reference engine answered for it.")
    say(
        f"{swept.families:,} families swept; {swept.questions:,} questions of "
        f"{len(swept.asked_of):,} of them."
    )


@main.command(hidden=True)
def worker() -> None:
    """Do the jobs that wait in the queue, until told to stop."""
    import django

    django.setup()
    from goldenthread.jobs.worker import run

    run()


main.add_command(verify)
main.add_command(change_address_key)
main.add_command(witness)

if __name__ == "__main__":
    sys.exit(main())
