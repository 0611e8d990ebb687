"""Write the reference of limits and of rules: python -m goldenthread.config.reference [FOLDER].

Every number and rule is taken from where the service takes it itself. Run it after changing one; a
test says when it was forgotten.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

FOLDER = Path("docs/reference/generated")
MADE = "Made by `python -m goldenthread.config.reference` from where the service takes it; do not edit."


def pages() -> dict[str, str]:
    """Each page by its file's name. Django is set up."""
    return {"limits.md": limits(), "validation.md": validation()}


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every page."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages()]


def _table(headings: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _time(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} hours" if minutes % 60 == 0 and minutes > 60 else f"{minutes} minutes"


def _size(count: int) -> str:
    megabyte = 1024 * 1024
    return f"{count // megabyte} MB" if count >= megabyte else f"{count:,} bytes"


def limits() -> str:
    """What one person, one network address and the whole service may do, and what follows."""
    return (
        "\n\n".join(
            (
                "# Limits",
                MADE,
                "A limit stops a machine, or a mistake, and never a person at work. Whoever comes to one "
                "is told so, with until when, and nothing that was typed is lost.",
                "## How often something may be asked",
                _table(
                    ("What", "By one account", "From one network address", "Within"), _of_rates()
                ),
                "A page then answers 429 with when to try again. It is written down in the trail once in "
                "each window. `usecases/accounts/rate_limits.toml`.",
                "## Signing in",
                _table(("What", "Limit"), _of_signing_in()),
                "## Files that are sent in",
                _table(("What", "A chronology or a past case", "A family tree"), _of_files()),
                "Each is read by a child process with these limits, no secrets and no database. What is "
                "not of its kind, is larger, unpacks to more, holds a link, a macro, an entity or a "
                "request, or takes too long is refused in one sentence, and no copy of it is kept. "
                "Pictures and what a sheet hides are not taken. No file that was sent in is ever given "
                "back: what leaves is written anew, and every cell is text. "
                "`interop/spreadsheets/limits.py`, `interop/genealogy/limits.py`.",
                "## What is done at once",
                _table(("What", "Limit", "When it is reached"), chain(_of_work(), _of_waiting())),
                "## Steps that need time or a second person",
                _table(("What", "Limit"), _of_flows()),
                "## What takes long, and what keeps it from standing in the way",
                _table(("What", "How it is kept apart"), _of_what_takes_long()),
                "## What the line on a sheet cannot do",
                "Every page, as it is printed, and every file says whose it is: by whom, when, for whom. "
                "What the service makes is counted and audited; what a browser makes of a page that is "
                "shown is not: printing it, saving it, a picture of the screen, copying its words. "
                "The line is there for whoever finds a sheet, and proves nothing: it can be cut off, "
                "covered, or typed by somebody else. A CSV carries it in the name of its file alone, "
                "and a file can be named anew. What was looked at, and by whom, is in the trail.",
            )
        )
        + "\n"
    )


def _of_rates() -> Iterator[tuple[object, ...]]:
    from goldenthread.usecases.accounts.rates import rates

    for kind, rate in rates().items():
        yield kind.label, rate.by_account or "—", rate.by_address or "—", _time(rate.within)


def _of_signing_in() -> Iterator[tuple[object, ...]]:
    from django.conf import settings

    from goldenthread.usecases.accounts.figures import account_figures
    from goldenthread.web.account.passwords import LONGEST

    figures = account_figures()
    shortest = settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"]
    yield "Wrong passwords for one address, then a pause", settings.AXES_FAILURE_LIMIT
    yield "The pause", _time(settings.AXES_COOLOFF_TIME)
    most, within, _ = settings.ACCOUNT_RATE_LIMITS["login_failed"].split("/")
    yield "Wrong codes of the second step", f"{most} in {within.removesuffix('m')} minutes"
    yield "A session without a request", _time(settings.SESSION_IDLE)
    yield "A session in any case", _time(settings.SESSION_WHOLE)
    yield "Sessions of one account at once", "no limit; each is listed and can be ended"
    yield "How long a second step counts before an act that weighs", _time(settings.STEP_UP_LASTS)
    yield "A password", f"{shortest} to {LONGEST:,} characters"
    yield "A link for somebody who joins", f"{figures.invitation_hours} hours, once"
    yield "A link to choose a new password", f"{figures.password_link_hours} hours, once"


def _of_files() -> Iterator[tuple[object, ...]]:
    from goldenthread.interop.genealogy import limits as trees
    from goldenthread.interop.spreadsheets import limits as sheets

    yield (
        "Kinds",
        "XLSX, XLSM (its macros are never run), CSV or other separated text",
        ("GEDCOM 5.5.1 and 7, PED, the relations CSV"),
    )
    yield "Names end in", ".xlsx, .xlsm, .csv, .txt", ".ged, .gedcom, .ped, .csv, .txt"
    yield "Size", _size(sheets.UPLOAD_BYTES), _size(trees.FILE_BYTES)
    yield (
        "Unpacked",
        (
            f"{_size(sheets.INFLATED_BYTES)} in {sheets.ARCHIVE_MEMBERS:,} parts, at most "
            f"{sheets.INFLATION_RATIO} times its size"
        ),
        "never unpacked",
    )
    yield "Rows", f"{sheets.ROWS:,} of {sheets.COLUMNS} columns", f"{trees.ROWS:,}"
    yield "Sheets, people", f"{sheets.SHEETS} sheets", f"{trees.PEOPLE:,} people"
    yield (
        "One cell, one line",
        (f"{sheets.CELL_CHARACTERS:,} characters"),
        f"{trees.LINE_CHARACTERS:,} characters",
    )
    yield "Processor time of the child", f"{sheets.SECONDS} seconds", f"{trees.SECONDS} seconds"
    yield "Memory of the child", _size(sheets.MEMORY_BYTES), _size(trees.MEMORY_BYTES)


def _of_work() -> Iterator[tuple[object, ...]]:
    from django.conf import settings

    from goldenthread.config import serving, web_server
    from goldenthread.jobs import worker

    command = serving.web_command(host="", port=0)
    told = {one: command[command.index(one) + 1] for one in command if one.startswith("--")}
    yield (
        "Requests at work",
        f"{told['--workers']} processes of {told['--threads']} threads",
        ("The next waits; the proxy in front says how many may"),
    )
    yield (
        "One request",
        f"{told['--timeout']} seconds without a sign of life",
        ("The process is ended and another started; what was typed is in a draft"),
    )
    yield "Jobs at work", f"{worker.CONCURRENCY}", "The next waits in the queue, in order"
    yield "A job whose worker died", f"{worker.SILENT_SECONDS} seconds", "Begun again by another"
    yield (
        "A form",
        (
            f"{_size(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}, "
            f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields"
        ),
        "Refused",
    )
    yield (
        "A request's first line and headers",
        (
            f"{web_server.limit_request_line:,} characters, {web_server.limit_request_fields} headers of "
            f"{web_server.limit_request_field_size:,}"
        ),
        "Refused",
    )


def _of_waiting() -> Iterator[tuple[object, ...]]:
    from django.conf import settings

    from goldenthread.domain.chronology.imports import MOST_UNFINISHED
    from goldenthread.web.identity.adapter import SECONDS

    yield (
        "Connections to the database",
        (
            "one for each thread and role; kept for "
            f"{settings.DATABASES['default']['CONN_MAX_AGE']} seconds, looked at before each use"
        ),
        "503, with the words that were sent; never tried again by itself",
    )
    yield (
        "Waiting for the mail server",
        f"{settings.EMAIL_TIMEOUT} seconds",
        ("Not sent again; logged, and what was done stands"),
    )
    yield "Waiting for an agency's provider", f"{SECONDS} seconds", "Nobody is signed in; said so"
    yield "Files of one family that nobody finished", MOST_UNFINISHED, "Finish or put one aside"


def _of_flows() -> Iterator[tuple[object, ...]]:
    from goldenthread.records.access.glass_rules import glass_rules
    from goldenthread.usecases.accounts.figures import account_figures
    from goldenthread.usecases.chronology.keep_draft import DRAFTS_KEPT

    figures, glass = account_figures(), glass_rules()
    yield "An account is confirmed again", f"every {figures.confirm_every} days"
    yield "Breaking the glass opens a record", _time(glass.lasts)
    yield "Breaking it again without a second person", f"after {_time(glass.alone_again_after)}"
    yield "An agreement to break it again", _time(glass.agreed_for)
    yield "Its review", f"within {glass.review_within_working_days} working days, by somebody else"
    yield "A draft", f"{_time(DRAFTS_KEPT)} after its last word"
    yield "A pack of papers", "made, checked and released by different people"


def _of_what_takes_long() -> Iterator[tuple[object, ...]]:
    from goldenthread.usecases.network.layouts import DRAWN_AT_ONCE
    from goldenthread.web.replay.of_case import SECONDS as replayed

    yield "Reading a file", "A child process, limited as above; counted by account and address"
    yield "Checking and keeping its rows", "A job of the queue, in batches; the page may be left"
    yield "Asking every pattern of a family", "At once for short histories, a job for long ones"
    yield "Asking every family", "A job by night; `goldenthread sweep` outside the service"
    yield (
        "Drawing a network",
        f"At once up to {DRAWN_AT_ONCE} people; above, a job, and the table meanwhile",
    )
    yield "Living a history through again", f"{replayed:g} seconds at most"
    yield "PDF and XLSX", "Within a request, of one family; counted by account and address"
    yield "Searching", "Within the families of whoever asks; counted by account and address"
    yield "Sealing", "The worker, every few seconds, in batches"
    yield "Verifying everything", "A command; no page asks for it"


def validation() -> str:
    """What the database itself holds every row to, whoever writes it."""
    one, several = _rules()
    return (
        f"# What is asked of every row\n\n{MADE}\n\n"
        "Forms say in words what is amiss and keep what was typed; these are the rules beneath, which "
        "the database refuses to pass whatever wrote the row. A name is a rule in words. Dates are "
        "ISO 8601 and may be partial (`2026-03`); instants are in UTC; postcodes follow BS 7666, "
        "telephone numbers have 10 to 15 digits (ITU-T E.164); addresses for signing in have one @ and "
        "no space; ids are UUIDs; digests have 64 hexadecimal digits.\n\n"
        f"## Of one item\n\n{_table(('Table', 'Rule', 'Item'), iter(one))}\n\n"
        "## Of several items together\n\n"
        f"{_table(('Table', 'Rule', 'Items'), iter(several))}\n"
    )


def _rules() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    from django.apps import apps

    one, several = [], []
    for app in apps.get_app_configs():
        if app.name.startswith("goldenthread.records"):
            for model in app.get_models():
                for rule in model._meta.constraints:
                    items = sorted(_items(rule))
                    row = (model._meta.db_table, rule.name.replace("_", " "), ", ".join(items))
                    (one if len(items) == 1 else several).append(row)
    return sorted(one), sorted(several)


def _items(rule: object) -> set[str]:
    """The columns that a constraint speaks of."""
    from django.db.models import F, Q

    def of(part: object) -> set[str]:
        if isinstance(part, Q):
            return set().union(*map(of, part.children))
        if isinstance(part, tuple):
            return {part[0].partition("__")[0], *of(part[1])}
        if isinstance(part, F):
            return {part.name.partition("__")[0]}
        inner = part.get_source_expressions() if hasattr(part, "get_source_expressions") else ()
        return set().union(*map(of, (one for one in inner if one is not None)))

    spoken = [*getattr(rule, "fields", ()), *(f for f, _ in _excluded(rule))]
    found = {str(one) for one in spoken if isinstance(one, str)}
    for part in (getattr(rule, "condition", None), *getattr(rule, "expressions", ())):
        found |= of(part[0] if isinstance(part, tuple) and not isinstance(part[0], str) else part)
    return found


def _excluded(rule: object) -> list[tuple[str, str]]:
    pairs = getattr(rule, "expressions", ())
    return [one for one in pairs if isinstance(one, tuple) and isinstance(one[0], str)]


if __name__ == "__main__":
    os.environ.setdefault("GOLDENTHREAD_SECRET_KEY", "of nothing: no page is served")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    import django

    django.setup()
    for path in write(*[Path(one) for one in sys.argv[1:2]]):
        print(path)
