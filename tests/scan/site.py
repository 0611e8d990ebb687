"""The service as the scanners meet it: over one family, with weak pages beside it.

Its limits of rate are raised here, because a scanner asks more than anybody may, and one paper is
drawn once, because to draw it again is minutes and tells nothing.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from django.db import connections
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.crypto import get_random_string

from goldenthread.domain.access.rates import Counted, Rate
from goldenthread.usecases.accounts import rates
from goldenthread.web.outputs import drawings, pdf, summary, views
from goldenthread.web.subject_access import papers
from tests.scan import weak
from tests.scan.families import Family
from tests.scan.listing import BATCHES
from tests.scan.offers import Offer, Walk, every_offer, matched, routes, words_in_addresses
from tests.scan.tools import Visitor
from tests.serving import served

ANY_NUMBER = {kind: Rate(None, None, timedelta(minutes=1)) for kind in Counted}
# What ends the session it is sent in, or closes the family to whoever sends it: tried at the end.
ENDS = {"account_logout", "usersessions_list", "own_conflict"}

OPEN_TO_ALL = {"weak_echo", "weak_search"}


@dataclass
class Heard:
    """What the service was asked and how it answered, as it stood between it and the scanner."""

    service: Callable
    asked: set[tuple[str, str]] = field(default_factory=set)
    answered: Counter = field(default_factory=Counter)
    failed: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, environ: dict, start_response: Callable) -> object:
        """Answer as the service does, and note it."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        match = matched(path)
        name = match.url_name if match else path
        self.asked.add((method, name))

        def started(status: str, *more: object) -> object:
            self.answered[status[:3]] += 1
            if status.startswith("5"):
                self.failed.add((method, name))
            return start_response(status, *more)

        return self.service(environ, started)


@dataclass
class Site:
    """The service on loopback, what is offered of it, and what it has heard."""

    address: str
    heard: Heard
    folder: Path
    family: Family
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> list[str]:
        """What a scanner asked of another machine, and was refused."""
        file = self.folder / "left.txt"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def say(self, words: str) -> None:
        """A line of progress, with the minutes since the beginning."""
        passed = int(time.monotonic() - self.began)
        print(f"[{passed // 60:2}:{passed % 60:02}] {words}", file=sys.stderr, flush=True)

    def goes_on(self) -> None:
        """Said every minute while a scanner is at work."""
        self.say(f"  {sum(self.heard.answered.values())} requests answered so far")

    def signed_in(self) -> Visitor:
        """The worker in a session of their own."""
        cookies = signed_in(self.family).cookies
        return _visitor(f"sessionid={cookies['sessionid'].value}; ")

    def nobody(self) -> Visitor:
        """Somebody who is not signed in."""
        return _visitor("")

    def still_opens(self, visitor: Visitor) -> bool:
        """Whether a session goes on and the family is open in it."""
        client = Client(headers={"cookie": visitor.cookies})
        return client.get(reverse("family", kwargs={"case": self.family.case})).status_code == 200


@contextmanager
def _papers_drawn_once() -> Iterator[None]:
    once = cache(pdf.pdf_of)
    with ExitStack() as patched:
        for module in (drawings, summary, views, papers):
            patched.enter_context(patch.object(module, "pdf_of", once))
        yield


@contextmanager
def _failures_written_to(file: Path) -> Iterator[None]:
    """What the service logs goes to a file, but for refusals, of which there are thousands."""
    logger, handler = logging.getLogger("django"), logging.FileHandler(file)
    handler.setLevel(logging.ERROR)
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(handler)
        handler.close()


@contextmanager
def site(family: Family) -> Iterator[Site]:
    """The service over the present database, with its weak pages and what is offered of it."""
    weak.make_table()
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-scan-"))
    with (
        override_settings(
            DEMONSTRATION=True,
            ROOT_URLCONF="tests.scan.urls",
            STEP_UP_LASTS=timedelta(hours=9),
            ACCOUNT_RATE_LIMITS=False,
            AXES_FAILURE_LIMIT=10**9,
        ),
        patch.object(rates, "rates", lambda: ANY_NUMBER),
        _papers_drawn_once(),
        _failures_written_to(folder / "failures.log"),
    ):
        # As where it is installed: a tool asks over one connection, which then has one of its own.
        for alias in connections:
            connections.settings[alias]["CONN_MAX_AGE"] = 60
        heard: list[Heard] = []

        def listens(service: Callable) -> Heard:
            heard.append(Heard(service))
            return heard[0]

        with served(listens) as address:
            present = Site(address, heard[0], folder, family)
            present.say(f"The service answers at {address}; reports go to {folder}")
            _fill_batches(family)
            present.say(", ".join(f"{name}: {len(of)} requests" for name, of in BATCHES.items()))
            yield present


def signed_in(family: Family) -> Client:
    """The worker, signed in through the sign-in page."""
    client = Client()
    sent = {"login": family.email, "password": family.password}
    answer = client.post(reverse("account_login"), sent)
    assert answer.status_code == 302, f"{answer.status_code}: the worker could not sign in"
    return client


def _fill_batches(family: Family) -> None:
    walk = Walk(signed_in(family), str(family.case))
    walk.go("/", reverse("family", kwargs={"case": family.case}), *_without_ids())
    offers = every_offer(walk)
    outside = Walk(Client(), str(family.case))
    outside.go(*_without_ids())
    known = {(one.name, one.method) for one in offers if one.fields}
    # The forms of signing in are on no page of somebody who is.
    forms = [
        one for one in every_offer(outside) if one.fields and (one.name, one.method) not in known
    ]
    BATCHES.clear()
    BATCHES["weak"] = weak_offers()
    BATCHES["weak-outside"] = [one for one in weak_offers() if one.name in OPEN_TO_ALL]
    BATCHES["signed-in"] = [one for one in offers if one.name not in ENDS or one.method == "GET"]
    BATCHES["words"] = words_in_addresses(walk)
    BATCHES["signed-out"] = [*_bare(offers), *forms]
    BATCHES["forms-signed-out"] = forms
    BATCHES["ending"] = [one for one in offers if one.name in ENDS and one.method == "POST"]


def weak_offers() -> list[Offer]:
    """The weak pages, as the service's own are offered."""
    return [
        Offer("weak_echo", "GET", reverse("weak_echo"), (("words", "x"),)),
        Offer("weak_search", "GET", reverse("weak_search"), (("of", "1"),)),
        Offer("weak_form", "POST", reverse("weak_form"), (("of", "one"),)),
        Offer("weak_kept", "GET", reverse("weak_kept")),
    ]


def _bare(offers: list[Offer]) -> list[Offer]:
    """Each address and method alone: who is not signed in is turned away before a field is read."""
    return list(dict.fromkeys(Offer(one.name, one.method, one.address) for one in offers))


def _without_ids() -> list[str]:
    return [f"/{route}" for _, route in routes() if "<" not in route]


def _visitor(session: str) -> Visitor:
    token = get_random_string(CSRF_SECRET_LENGTH)
    return Visitor(f"{session}csrftoken={token}", token)
