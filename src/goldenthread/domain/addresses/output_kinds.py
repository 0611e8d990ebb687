"""Every kind of output there is, each with the check it passes before it leaves: the one register.

An output is whatever can carry words out of the record: a file, a page made for paper, any page a
browser prints, a message, what a command writes. One that is not registered does not leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.domain.shared.word import Word


class Check(Word):
    """What is done before an output of a kind leaves."""

    FOR_WHOM = "for_whom", "Made for those it is for; they, and all its text, are checked"
    NAMED = "named", "For the person its address names; they, and all its text, are checked"
    PAGE = "page", "Shown without the words its reader may not have; printed without any of them"
    CONTENT_FREE = "content_free", "Made of fixed words, which say nothing of any family"
    SCANNED = "scanned", "Nothing is written where a part of a protected address stands in it"
    NO_ADDRESS = "no_address", "Made from a file that was given, and of nothing in the record"
    OWN_USE = "own_use", "Read by the program alone, and gone when its work is done"


class Others(Word):
    """What somebody else than its maker is given of a document: nothing, until its kind says."""

    NARROWED = "narrowed", "What they may have of what its maker reads"
    WHOLE = "whole", "The whole, where they may have all of it; or nothing"
    NEVER = "never", "Nothing: it is for whoever takes it, and nobody else"


@dataclass(frozen=True, slots=True)
class OutputKind:
    """One kind of output.

    `address` is the name of the address it is fetched from, `asked` what that is asked with it.
    `read_as` is the form of the same output whose text is looked through for it: a picture has none
    of its own. `others` is what a document gives to somebody else than whoever takes it.
    """

    key: str
    label: str
    check: Check
    address: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    read_as: str = ""
    others: Others = Others.NEVER


def _drawings() -> tuple[OutputKind, ...]:
    forms = (("ecomap", "ecomap"), ("homes", "homes over time"), ("", "genogram"))
    return tuple(
        OutputKind(
            f"{form or 'genogram'}_{file}",
            f"The {label} as {file.upper()}",
            Check.FOR_WHOM,
            f"network_{file}",
            (("form", form),) if form else (),
            read_as="svg" if file == "png" else "",
            others=Others.NARROWED,
        )
        for form, label in forms
        for file in ("svg", "pdf", "png")
    )


OUTPUTS: tuple[OutputKind, ...] = (
    OutputKind("history_pdf", "The chronology as PDF", Check.FOR_WHOM, "history_pdf",
               others=Others.NARROWED),
    OutputKind("history_xlsx", "The chronology as a workbook", Check.FOR_WHOM, "history_xlsx",
               others=Others.NARROWED),
    OutputKind("history_csv", "The chronology as CSV", Check.FOR_WHOM, "history_csv",
               others=Others.NARROWED),
    OutputKind(
        "publication_pdf", "A published chronology as PDF", Check.FOR_WHOM, "publication",
        (("form", "pdf"),), others=Others.WHOLE,
    ),
    OutputKind("summary_pdf", "A cumulative summary as PDF", Check.FOR_WHOM, "summary_pdf",
               others=Others.WHOLE),
    *_drawings(),
    OutputKind("network_csv", "The relations as CSV", Check.FOR_WHOM, "network_csv",
               others=Others.NARROWED),
    OutputKind(
        "network_gedcom_5", "The family tree as GEDCOM 5.5.1", Check.FOR_WHOM, "network_gedcom",
        (("version", "5"),), others=Others.NARROWED,
    ),
    OutputKind("network_gedcom", "The family tree as GEDCOM 7", Check.FOR_WHOM, "network_gedcom",
               others=Others.NARROWED),
    OutputKind("decision_print", "A decision for paper", Check.FOR_WHOM, "decision_print",
               others=Others.WHOLE),
    OutputKind("needs_sheet", "The sheet of an adult’s needs", Check.FOR_WHOM, "needs_sheet",
               others=Others.WHOLE),
    OutputKind(
        "plan_own_easy", "Somebody’s own copy of the plan, in easy layout", Check.NAMED, "plan_own",
        (("layout", "easy"),),
    ),
    OutputKind("plan_own", "Somebody’s own copy of the plan", Check.NAMED, "plan_own"),
    OutputKind("family_copy", "A family’s copy of who was told", Check.NAMED, "family_copy"),
    OutputKind("pack_pdf", "What is kept about somebody, for who asked, as PDF", Check.NAMED,
               "pack_pdf"),
    OutputKind("pack_text", "What is kept about somebody, for who asked, as text", Check.NAMED,
               "pack_text"),
    OutputKind(
        "import_problem_rows", "The rows of a file that were not kept", Check.FOR_WHOM,
        "import_problem_rows",
    ),
    OutputKind("page", "Any page, on screen and as a browser prints it", Check.PAGE),
    OutputKind("notice", "A notice by e-mail", Check.CONTENT_FREE),
    OutputKind("account_mail", "A message about somebody’s account", Check.CONTENT_FREE),
    OutputKind("command_sweep", "The questions of a sweep of the record", Check.SCANNED),
    OutputKind("command_genogram", "A family’s genogram from the command line", Check.SCANNED),
    OutputKind("command_replay", "A replay of a file", Check.NO_ADDRESS),
    OutputKind("command_merge", "Files merged into one", Check.NO_ADDRESS),
    OutputKind("command_import", "The receipt of a file brought in", Check.NO_ADDRESS),
    OutputKind("command_proof", "What proves the record: digests and counts", Check.CONTENT_FREE),
    OutputKind("log", "A line that the server logs", Check.CONTENT_FREE),
    OutputKind("scratch", "A file that a program works in", Check.OWN_USE),
)  # fmt: skip
# What holds entries as they were written, of as many as are chosen.
HOLDS_ENTRIES = frozenset({"history_pdf", "history_xlsx", "history_csv"})
# What can carry a whole record off: asked for again only by whoever showed lately that it is they.
CARRIES_WHOLE = HOLDS_ENTRIES | {"publication_pdf", "pack_pdf", "pack_text"}
# The modules that send messages, those that work in files of their own, and each command with the
# kind of output it writes; "" for none of any family.
MAILS = frozenset({"usecases/_steps/notices.py", "usecases/accounts/mails.py"})
SCRATCH = frozenset(
    {
        "analytics/sweep/on_duckdb.py", "interop/confined/outside.py", "interop/sweep/of_record.py",
        # The database's own folders, of which the record itself is made.
        "config/postgres/cluster.py", "config/postgres/lifetime.py",
        "config/postgres/throwaway.py",
    }
)  # fmt: skip
COMMANDS: dict[str, str] = {
    "sweep": "command_sweep",
    "genogram": "command_genogram",
    "replay": "command_replay",
    "merge": "command_merge",
    "import": "command_import",
    "verify": "command_proof",
    "witness": "command_proof",
    **dict.fromkeys(
        (
            "demo",
            "serve",
            "stop",
            "migrate",
            "simulate",
            "worker",
            "change-address-key",
        ),
        "",
    ),
}
# Answers of a machine to a machine, which hold an hour or a fixed sentence and nothing else.
MACHINE_ANSWERS = frozenset(
    {
        "save_draft", "plan_save", "needs_save", "adjustment_save", "decision_save", "summary_save",
        "challenge_raise_save", "challenge_step_save", "session_left", "pending_code",
    }
)  # fmt: skip


def kind_at(address: str, asked: Mapping[str, str]) -> OutputKind | None:
    """The kind of output fetched from an address so asked; None where it is a page."""
    return next(
        (
            kind
            for kind in OUTPUTS
            if kind.address == address
            and all(asked.get(name) == value for name, value in kind.asked)
        ),
        None,
    )
