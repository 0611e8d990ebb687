"""The two scanners as they are run, each in a process of its own, and what they say they found."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit

from tests.scan.offers import TOKEN, Offer, matched

HERE = Path(__file__).parents[2]
SCANNERS = HERE / ".tools/scanners/bin"
STAYS_HERE = Path(__file__).parent / "loopback_only"
# Everything the web scanner knows how to try that can be so of a service like this one. Left out:
# what asks other machines (ssrf, xxe, log4shell), what looks for other products, and what the
# other tool does better (sql).
WEB_MODULES = (
    "cookieflags", "http_headers", "csp", "csrf", "crlf", "redirect", "xss", "permanentxss",
    "htaccess", "upload",
)  # fmt: skip
SECONDS_BETWEEN_WORDS = 60
# What a tool says where it went on without an answer: what it did not try it did not find.
WENT_WITHOUT = re.compile("skipped due to network issues|unable to connect|connection timed out")
# The year stands for the three parts of a date, which one widget reads.
NOT_TRIED = f"^{TOKEN}$|-(day|month)$"
# How SQL is injected: by error into every field; by difference into every field whose value makes
# one, since a condition put behind a value that makes none makes none either.
WAYS = {
    "error": ("--technique", "E", "--skip-heuristics"),
    "difference": ("--technique", "B", "--skip-static"),
}
# By difference texts are compared: a file that says when it was made differs from itself.
BINARY = re.compile("_(pdf|png|xlsx)$")
TAKEN_BACK = "false positive or unexploitable"
# Questions that sqlmap asks, by a word of each, and what it is answered.
ANSWERS = "skip further tests=N,keep testing=Y,exploit this=N,merge them=N,URI injections=N"


@dataclass(frozen=True, order=True)
class Finding:
    """Something a scanner says: what, at which address by its name, and in which field."""

    tool: str
    kind: str
    at: str
    field: str


class Site(Protocol):
    """The service as a scanner finds it."""

    address: str
    folder: Path

    def goes_on(self) -> None:
        """Say that a scanner is still at work."""


@dataclass(frozen=True)
class Visitor:
    """As whom a scanner comes: the cookies it sends with everything."""

    cookies: str
    token: str


def web_scanner(site: Site, batch: str, visitor: Visitor) -> list[Finding]:
    """Wapiti over everything that is listed in a batch; raises AssertionError where it broke off."""
    folder, report = site.folder, site.folder / f"web-{batch}.json"
    _run(
        site, f"web-{batch}.log", "wapiti", "--url", f"{site.address}/scan/list/{batch}/", "--scope", "domain", "--depth", "1",
        "--scan-force", "insane", "--max-links-per-page", "100000",
        "--header", f"Cookie: {visitor.cookies}", "--skip", TOKEN, "--timeout", "60",
        "--module", ",".join(WEB_MODULES), "--no-bugreport", "--dns-endpoint", "localhost",
        "--endpoint", site.address, "--store-session", str(folder / f"web-{batch}"),
        "--store-config", str(folder / "web"), "--format", "json", "--output", str(report),
    )  # fmt: skip
    told = json.loads(report.read_text())
    return [
        Finding("wapiti", kind, _named(one["path"]), _field(one))
        for part in ("vulnerabilities", "anomalies")
        for kind, found in told[part].items()
        for one in found
    ]


def _field(one: dict) -> str:
    # What is said of a cookie names it in words alone.
    return one["parameter"] or one["info"].rpartition(" : ")[2].partition("'")[0][:40]


def injection(
    site: Site, batch: str, offers: Iterable[Offer], visitor: Visitor, into: str = ""
) -> list[Finding]:
    """sqlmap over every field of every offer, by error and by difference.

    `into` names what is tried instead of the fields: cookies and headers, parted by commas.
    """
    every = list(offers)
    which = ("--level", "2", "-p", into) if into else ("--param-exclude", NOT_TRIED)
    found = []
    for way, how in WAYS.items():
        tried = every if way == "error" else [one for one in every if not BINARY.search(one.name)]
        if not tried:
            continue
        asked = site.folder / f"sql-{batch}-{way}.txt"
        asked.write_text("".join(_as_logged(one, site.address, visitor) for one in tried), "utf-8")
        told = site.folder / f"sql-{batch}-{way}.csv"
        _run(
            site, f"sql-{batch}-{way}.log", "sqlmap", "-l", str(asked), *which, *how,
            "--batch", "--answers", ANSWERS, "--disable-coloring", "--dbms", "PostgreSQL",
            "--ignore-code", "*", "--ignore-redirects", "--text-only", "--skip-waf",
            "--timeout", "60", "--output-dir", str(site.folder / f"sql-{batch}-{way}"),
            "--results-file", str(told),
        )  # fmt: skip
        found += told_in(told) if told.exists() else []
    return found


def told_in(results: Path) -> list[Finding]:
    """What sqlmap found; nothing that it tried again itself and took back."""
    with results.open(newline="") as table:
        return [
            Finding("sqlmap", technique, _named(row["Target URL"]), row["Parameter"])
            for row in csv.DictReader(table)
            if TAKEN_BACK not in row["Note(s)"]
            for technique in row["Technique(s)"]
        ]


def _as_logged(offer: Offer, address: str, visitor: Visitor) -> str:
    """An offer in the form of a proxy's log, in which sqlmap takes many."""
    asked = f"?{urlencode(offer.fields)}" if offer.method == "GET" and offer.fields else ""
    lines = [
        f"{offer.method} {quote(offer.address, safe='/?=&%*')}{asked} HTTP/1.1",
        f"Host: {urlsplit(address).netloc}",
        f"Cookie: {visitor.cookies}",
    ]
    body = ""
    if offer.method == "POST":
        lines.append("Content-Type: application/x-www-form-urlencoded")
        body = urlencode([*offer.fields, (TOKEN, visitor.token)])
    between = "=" * 54
    return "\n".join([between, *lines, "", body, between, ""])


def _named(url: str) -> str:
    path = urlsplit(url).path
    if path.startswith("/scan/list/"):
        return "every page"  # what the scanner says of cookies and headers, of the first it met
    match = matched(path)
    return match.url_name if match else path


def _run(site: Site, log: str, tool: str, *how: str) -> None:
    kept = {
        "PATH": os.environ["PATH"],
        "HOME": str(site.folder),
        "TERM": "dumb",
        "PYTHONPATH": str(STAYS_HERE),
        "GOLDENTHREAD_SCAN_LEFT": str(site.folder / "left.txt"),
    }
    with (site.folder / log).open("w") as said:
        running = subprocess.Popen(
            [str(SCANNERS / tool), *how],
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            cwd=site.folder, env=kept,
        )  # fmt: skip
        try:
            while running.poll() is None:
                try:
                    running.wait(SECONDS_BETWEEN_WORDS)
                except subprocess.TimeoutExpired:
                    site.goes_on()
        finally:
            if running.poll() is None:
                running.kill()
    assert running.returncode == 0, f"{tool} ended with {running.returncode}: see {log}"
    without = WENT_WITHOUT.findall((site.folder / log).read_text("utf-8", errors="replace"))
    assert not without, f"{tool} went on {len(without)} times without an answer: see {log}"
