"""Whatever can carry words out of the record is in the register of output kinds, each with a check.

A file, a message or a command that is new and in no register fails here; and it would not leave if
it did not (see tests/web/addresses/test_documents.py).
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from django.urls import get_resolver

from goldenthread.config.cli import main
from goldenthread.domain.addresses.output_kinds import (
    COMMANDS,
    MACHINE_ANSWERS,
    MAILS,
    OUTPUTS,
    SCRATCH,
    Check,
    kind_at,
)

SOURCE = Path(__file__).resolve().parents[2] / "src" / "goldenthread"
# What makes an answer something else than a page.
MAKES_A_FILE = re.compile(
    r"Content-Disposition|content_type\s*=|FileResponse|StreamingHttpResponse|JsonResponse"
)
SENDS = re.compile(r"\bEmailMessage\b|\bsend_mail\b|\bmail_admins\b|\bmail_managers\b|smtplib")
# Pages that stand in one module with a file or a machine's answer, and are pages.
PAGES_BESIDE = frozenset(
    {
        "publish", "publications", "drafts", "resume_draft", "discard_draft", "plan_start",
        "plan_write", "decision_start", "decision_write", "decision_again", "summary_start",
        "summary_write", "needs_start", "needs_draft", "needs_part", "adjustment_start",
        "adjustment", "adjustment_agreement", "adjustment_tell", "challenge_start",
        "challenge_raise", "challenge_step_start", "challenge_step", "account_login",
        "account_logout",
    }
)  # fmt: skip


def views(patterns=None) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            found |= views(one.url_patterns)
        elif one.callback.__module__.startswith("goldenthread."):
            found[one.name] = getattr(one.callback, "view_class", one.callback)
    return found


def unregistered(found: dict[str, object]) -> list[str]:
    named = {kind.address for kind in OUTPUTS} | MACHINE_ANSWERS | PAGES_BESIDE
    return sorted(
        name
        for name, view in found.items()
        if MAKES_A_FILE.search(inspect.getsource(inspect.getmodule(inspect.unwrap(view))))
        and name not in named
    )


def test_every_address_that_makes_a_file_is_registered():
    assert unregistered(views()) == []


def test_a_new_file_is_noticed():
    from goldenthread.interop.exports import views as exports

    assert unregistered({"history_ods": exports.history_csv}) == ["history_ods"]


def test_every_registered_address_is_there():
    there = views()
    assert {kind.address for kind in OUTPUTS if kind.address} | MACHINE_ANSWERS <= set(there)
    assert set(there) >= PAGES_BESIDE


def test_every_page_made_for_paper_is_registered():
    """A page that a template of paper makes is asked for whom it is, as a file is."""
    paper = {"decision_print", "needs_sheet", "plan_own", "family_copy"}
    assert paper <= {
        kind.address for kind in OUTPUTS if kind.check in (Check.FOR_WHOM, Check.NAMED)
    }


def test_every_module_that_sends_a_message_is_registered():
    sending = {
        str(path.relative_to(SOURCE)).replace("\\", "/")
        for path in SOURCE.rglob("*.py")
        if SENDS.search(path.read_text())
    }
    assert sending <= MAILS


def test_every_module_that_works_in_files_of_its_own_is_registered():
    """Each is gone when its work is: none is named so that it stays."""
    making = {
        str(path.relative_to(SOURCE)).replace("\\", "/"): text
        for path in SOURCE.rglob("*.py")
        if "tempfile" in (text := path.read_text())
    }
    assert set(making) == SCRATCH
    staying = re.compile(r"delete\s*=\s*False|mkstemp|mktemp\b")
    assert [name for name, text in making.items() if staying.search(text)] == []


def test_every_command_is_registered():
    assert set(main.commands) == set(COMMANDS), "and none is registered that is not there"
    keys = {kind.key for kind in OUTPUTS}
    assert {kind for kind in COMMANDS.values() if kind} <= keys


def test_no_two_kinds_are_the_same_and_the_more_particular_comes_first():
    assert len({kind.key for kind in OUTPUTS}) == len(OUTPUTS)
    for kind in OUTPUTS:
        if kind.address:
            assert kind_at(kind.address, dict(kind.asked)) is kind
