"""One object a line, in UTC, with no content: whatever is asked, sent or quoted by a fault."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from goldenthread.config import web_server
from goldenthread.config.log_lines import OneLine
from goldenthread.config.serving import web_command
from tests.web.account.conftest import person, world  # noqa: F401 - fixtures

HERE = Path(__file__).parents[2]
SECRET = "a key for checking alone which guards nothing 4f9c1e7b2a"
CANARY = "Ada fell on the stairs"


class Kept(logging.Handler):
    """Keeps lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(OneLine())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written():
    kept = Kept()
    root = logging.getLogger()
    root.addHandler(kept)
    yield kept.lines
    root.removeHandler(kept)


def line_of(**parts: object) -> dict:
    record = logging.makeLogRecord({"name": "a.part", "levelname": "WARNING", **parts})
    text = OneLine().format(record)
    assert "\n" not in text and text.isascii()
    return json.loads(text)


def test_a_line_says_when_in_utc_how_grave_and_which_part():
    line = line_of(msg="%s of %s done", args=(3, 4), created=1_800_000_000.5)

    assert line["at"] == "2027-01-15T08:00:00.500+00:00"
    assert datetime.fromisoformat(line["at"]).utcoffset().total_seconds() == 0
    assert (line["level"], line["part"], line["said"]) == ("warning", "a.part", "3 of 4 done")


@pytest.mark.parametrize(
    "ending", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\u202e", "\x1b[2J", "\x00"]
)
def test_what_was_sent_begins_no_line_of_its_own(ending):
    said = f'a.txt{ending}{{"at": "2026-01-01", "level": "info", "said": "All is well."}}'

    assert line_of(msg="File %s.", args=(said,))["said"] == f"File {said}."


def test_of_a_fault_its_kind_and_places_are_written_and_never_what_it_says():
    def quoting() -> None:
        raise ValueError(f"Failing row contains ({CANARY})")

    try:
        quoting()
    except ValueError:
        line = line_of(msg="A job failed.", exc_info=sys.exc_info())

    assert line["fault"] == "ValueError"
    assert re.fullmatch(r"tests/config/test_log_lines\.py:\d+", line["where"][-1])
    assert CANARY not in json.dumps(line)


def only(lines: list[str], **like: object) -> dict:
    found = [json.loads(line) for line in lines]
    [one] = [line for line in found if like.items() <= line.items()]
    return one


def test_what_is_refused_is_written_down_by_page_and_account(person, written):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    ama.client.get(f"/families/{ama.account.id}/?words={CANARY}")
    line = only(written, status=404)

    assert (line["page"], line["method"]) == ("family", "GET")
    assert line["account"] == str(ama.account.id)
    assert line["said"] == "Not Found"
    assert CANARY not in "".join(written) and "families/" not in "".join(written)


def test_a_form_that_is_not_right_is_written_down_without_what_was_typed(person, written):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/account/choose-password/the-secret-of-a-link/")
    answer = ama.client.post(reverse("account_choose_password"), {"password1": CANARY})

    assert answer.status_code == 410
    assert only(written, status=410)["page"] == "account_choose_password"
    assert CANARY not in "".join(written) and "the-secret" not in "".join(written)


def test_a_form_from_elsewhere_and_another_host_are_written_down(person, written):  # noqa: F811
    ama = person("ama")
    strict = Client(enforce_csrf_checks=True)
    strict.post(reverse("account_login"), {"login": ama.email})
    strict.get("/", headers={"host": "evil.example\n"})
    said = [json.loads(line)["said"] for line in written]

    assert any(one.startswith("Forbidden (CSRF") for one in said)
    assert "Invalid HTTP_HOST header" in said
    assert "evil.example" not in "".join(written)


def test_a_fault_is_written_down_without_content(person, written, monkeypatch):  # noqa: F811
    from goldenthread.web.account import acting

    def broken(account):
        raise RuntimeError(CANARY)

    ama = person("ama")
    ama.sign_in()
    monkeypatch.setattr(acting, "who_acts", broken)
    assert ama.client.post("/", {"text": CANARY}).status_code == 500
    line = only(written, status=500)

    assert (line["level"], line["fault"]) == ("error", "RuntimeError")
    assert CANARY not in "".join(written)


@pytest.mark.parametrize(
    "told", [settings.LOGGING, web_server.logconfig_dict], ids=("service", "web server")
)
def test_lines_go_to_standard_error_and_nowhere_else(told):
    assert told["handlers"] == {"console": {"class": "logging.StreamHandler", "formatter": "line"}}
    assert {one for part in told["loggers"].values() for one in part.get("handlers", ())} <= {
        "console"
    }
    assert told["formatters"]["line"]["()"] == "goldenthread.config.log_lines.OneLine"


def test_no_part_of_the_service_writes_a_log_of_its_own():
    """The inventory is docs/explanation/where-information-goes.md; nothing else opens a place to log to."""
    kinds = re.compile(r"\b(\w*Handler\(|basicConfig|addHandler|syslog|print\(.*file=)")
    found = [
        f"{file.relative_to(HERE)}:{number}"
        for file in sorted((HERE / "src").rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if kinds.search(line) and "StreamHandler" not in line
    ]

    assert found == []
    assert settings.ADMINS in ([], ()) and settings.MANAGERS in ([], ()), "nothing is mailed either"


def test_the_web_server_writes_such_lines_too_and_none_of_what_is_asked():
    assert "python:goldenthread.config.web_server" in web_command(host="127.0.0.1", port=1)
    assert web_server.accesslog is None
    ran = subprocess.run(
        [
            sys.executable, "-m", "gunicorn", "--config", "python:goldenthread.config.web_server",
            "--bind", "256.1.1.1:1", "--log-level", "warning", "wsgiref.simple_server:demo_app",
        ],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ},
    )  # fmt: skip
    lines = [json.loads(line) for line in ran.stderr.splitlines() if line.startswith("{")]

    assert ran.returncode != 0
    assert lines and {line["part"] for line in lines} == {"gunicorn.error"}
