"""Runs the benchmarks and prints the tables, on a throw-away PostgreSQL with durable writes off.

`python -m bench genogram`, `sweep` and `sweep-spark` need no database.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("GOLDENTHREAD_SECRET_KEY", "a key for benchmarks alone")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
os.environ["GOLDENTHREAD_TLS"] = "0"
os.environ.setdefault("GOLDENTHREAD_REQUIRE_SECOND_STEP", "0")

WITHOUT_DATABASE = {"genogram", "sweep", "sweep-spark"}


def main() -> None:
    """Run the parts asked for, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = ["import", "history", "picture", "thread", "gap", "protection", "search", "as_known"]
    parser.add_argument("parts", nargs="*", default=usual)
    parser.add_argument("--children", type=int, default=20_000, help="the larger partnership")
    parser.add_argument("--rows", type=int, default=5_000, help="rows of each imported file")
    parser.add_argument("--pedigrees", default="", help="genogram: a folder of public pedigrees")
    parser.add_argument("--large", action="store_true", help="genogram: up to 1,000 people")
    parser.add_argument("--seconds", type=float, default=60, help="genogram: most for one drawing")
    parser.add_argument("--out", default="", help="genogram: a CSV of every figure")
    parser.add_argument("--events", type=int, default=1_000_000, help="audit: sealed and checked")
    parser.add_argument("--folder", default="", help="of a sweep: files written already")
    chosen = parser.parse_args()

    without_database(chosen)
    if not set(chosen.parts) - WITHOUT_DATABASE:
        return

    import django

    from bench.database import migrated_server
    from goldenthread.config.collector import look_rarely

    django.setup()
    look_rarely()  # as the web server does
    from bench import (
        as_known,
        audit,
        gap,
        history,
        importing,
        picture,
        protection,
        replay,
        search,
        thread,
    )

    with migrated_server() as server:
        measured = {
            "import": lambda: importing.run(server, rows=chosen.rows),
            "history": history.run,
            "picture": picture.run,
            "replay": replay.run,
            "thread": thread.run,
            "audit": lambda: audit.run(events=chosen.events),
            "gap": lambda: gap.run(children=chosen.children),
            "protection": lambda: protection.run(children=chosen.children),
            "search": lambda: search.run(children=chosen.children),
            "as_known": lambda: as_known.run(children=chosen.children),
        }
        for name, run in measured.items():
            if name in chosen.parts:
                run()


def without_database(chosen: argparse.Namespace) -> None:
    """Run those of the parts asked for that read files alone."""
    if "genogram" in chosen.parts:
        from bench import genogram

        genogram.run(
            folder=chosen.pedigrees, large=chosen.large, seconds=chosen.seconds, out=chosen.out
        )
    if "sweep" in chosen.parts:
        from bench import sweep

        sweep.run(children=chosen.children, folder=chosen.folder)
    if "sweep-spark" in chosen.parts:
        from bench import sweep_spark

        sweep_spark.run(children=chosen.children, folder=chosen.folder)


main()
